"""The committed fixture: the orders, what is done to a row afterwards, and what is to come of it."""
import hashlib
import json
import os
import subprocess
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))

# (id, Python, protocol, messages[, oddity[, what it is]]); the save version follows from the Python.
ORDERS = [
    ("u1001", "2.7", 0, 40),
    ("u1002", "2.7", 0, 0),
    ("u1003", "2.7", 1, 60),
    ("u1004", "2.7", 2, 90),
    ("u1005", "2.7", 2, 30, "latin-1 bytes", "Python 2 text that is not UTF-8"),
    ("u1006", "2.7", 2, 35, "unicode among bytes", "Python 2 unicode beside Python 2 str"),
    ("u1007", "3.6", 3, 80),
    ("u1008", "3.6", 3, 25),
    ("u1009", "3.6", 2, 45),
    ("u1010", "3.6", 0, 30),
    ("u1011", "3.6", 4, 60),
    ("u1012", "3.8", 4, 90),
    ("u1013", "3.8", 4, 20),
    ("u1014", "3.8", 3, 50),
    ("u1015", "3.8", 5, 40),
    ("u1016", "3.11", 4, 2600, None, "the big one"),
    ("u1017", "3.11", 4, 120),
    ("u1018", "3.11", 4, 0, None, "just started: no message yet"),
    ("u1019", "3.11", 4, 60, "torn", "columns, JSON and BLOB of three different writes"),
    ("u1020", "3.11", 4, 45, "stale column", "renamed in the game, not in the column"),
    ("u1021", "3.11", 4, 35, "stale json", "the JSON is one write behind, deep inside"),
    ("u1022", "3.11", 4, 400, "json cut", "the JSON was cut at 65,535 characters"),
    ("u1023", "3.11", 4, 30, "no json", "no JSON copy"),
    ("u1024", "3.11", 4, 420, "blob cut", "the BLOB was cut at 65,535 bytes, as a BLOB column did"),
    ("u1025", "3.11", 4, 30, "not a pickle", "a proxy's error page"),
    ("u1026", "3.11", 4, 150, "zlib", "zlib-compressed"),
    ("u1027", "3.11", 4, 10, "empty", "no byte in the BLOB"),
    ("u1028", "3.11", 4, 10, "null", "no BLOB"),
    ("u1029", "3.11", 4, 10, "hostile", "a call of os.system in place of a save"),
    ("u1030", "3.11", 4, 25, "hostile inside", "a whole save with a call of os.system as a setting"),
    ("u1031", "3.11", 4, 40, "values no column holds", "nan, -0.0, big numbers, lone surrogates, wrong types"),
    ("u1032", "3.11", 4, 55, "optimized", "rewritten by pickletools.optimize"),
    ("u1033", "3.11", 4, 70),
    ("u1034", "3.11", 4, 35),
    ("u1035", "3.11", 4, 15),
    ("u1036", "3.11", 2, 30),
    ("u1037", "3.13", 4, 110),
    ("u1038", "3.13", 4, 25),
    ("u1039", "3.13", 5, 140),
    ("u1040", "3.13", 5, 30),
    ("guest/17", "3.13", 5, 5, None, "a key that is no file name"),
    ("zo\u00eb@example.org", "3.11", 4, 15, None, "a key that is not ASCII"),
]
VERSIONS = {"2.7": 1, "3.6": 2, "3.8": 3, "3.11": 4, "3.13": 4}
QUARANTINED = {
    "blob cut": "truncated",
    "not a pickle": "not-a-pickle",
    "empty": "empty",
    "null": "null",
    "hostile": "wrong-root",
}
# What the decoder says of it (io.picklift.codec.error.ErrorCode): the first frame of the cut one is longer than what is left.
CODES = {"blob cut": "frame_length", "not a pickle": "opcode_unknown"}
ERROR_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


def made_by(pythons, orders):
    """Runs make.py under each Python; gives (order, blob, what make.py wrote) in the orders' sequence."""
    with tempfile.TemporaryDirectory() as folder:
        for version, python in pythons.items():
            mine = [o for o in orders if o["python"] == version]
            environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
            subprocess.run(
                [python, os.path.join(HERE, "make.py"), folder],
                input=json.dumps(mine).encode(),
                env=environment,
                check=True,
            )
        for o in orders:
            with open(os.path.join(folder, "%d.pkl" % o["number"]), "rb") as f:
                blob = f.read()
            with open(os.path.join(folder, "%d.json" % o["number"])) as f:
                yield o, blob, json.load(f)


def fixture(pythons):
    """(rows, expected): the rows as dicts with `blob` as bytes or None, and expected.json's content."""
    orders = []
    for number, order in enumerate(ORDERS, 1):
        key, python, protocol, messages = order[:4]
        odd, about = (order[4:] + (None, None))[:2] if len(order) < 6 else order[4:6]
        orders.append(
            {
                "number": number,
                "id": key,
                "python": python,
                "protocol": protocol,
                "version": VERSIONS[python],
                "messages": messages,
                "seed": 7000 + number,
                "odd": odd,
                "about": about,
            }
        )
    rows, expected = [], {}
    for order, pickled, made in made_by(pythons, orders):
        row = {"id": order["id"]}
        row.update(made["row"])
        row["blob"] = pickled
        told = {
            "about": order["about"] or "save version %(version)d, Python %(python)s, protocol %(protocol)d" % order,
            "outcome": "quarantined" if order["odd"] in QUARANTINED else "migrated",
            "reason": QUARANTINED.get(order["odd"]),
            "decoderCode": CODES.get(order["odd"]),
            "python": made["python"],
            "protocol": order["protocol"],
            "saveVersion": order["version"],
            "encodings": ["zlib"] if order["odd"] == "zlib" else [],
            "writesBack": "equivalent" if order["odd"] == "optimized" else "identical",
            "names": ["posix.system"] if order["odd"] in ("hostile", "hostile inside") else [],
            "disagreements": damage(order["odd"], row),
            "jsonUnreadable": order["odd"] == "json cut",
        }
        if told["outcome"] == "quarantined":
            del told["encodings"], told["writesBack"]
        else:
            told["pickle"] = hashed(pickled)
            told["facts"] = made["facts"]
        told["blob"] = hashed(row["blob"])
        rows.append(row)
        expected[order["id"]] = told
    outcomes = [e["outcome"] for e in expected.values()]
    totals = {
        "rows": len(rows),
        "migrated": outcomes.count("migrated"),
        "quarantined": outcomes.count("quarantined"),
        "rowsThatDisagree": sum(1 for e in expected.values() if e["disagreements"]),
        "disagreements": sum(len(e["disagreements"]) for e in expected.values()),
        "tableRows": {},
    }
    for e in expected.values():
        for table, count in e.get("facts", {}).get("rows", {}).items():
            totals["tableRows"][table] = totals["tableRows"].get(table, 0) + count
    return rows, {"totals": totals, "rows": expected}


def hashed(data):
    return None if data is None else {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def damage(odd, row):
    """Does to the row what befell it; gives where its columns and JSON part from its BLOB."""
    if odd == "zlib":
        row["blob"] = zlib.compress(row["blob"], 6)
    elif odd == "blob cut":
        assert len(row["blob"]) > 65535
        row["blob"] = row["blob"][:65535]
    elif odd == "not a pickle":
        row["blob"] = ERROR_PAGE
    elif odd == "empty":
        row["blob"] = b""
    elif odd == "null":
        row["blob"] = None
    elif odd == "no json":
        row["json"] = None
    elif odd == "json cut":
        assert len(row["json"]) > 65535
        row["json"] = row["json"][:65535]
    elif odd == "torn":
        copy = json.loads(row["json"])
        differences = [
            of_json(copy, ["money"], lambda v: round(v - 250.5, 2)),
            of_json(copy, ["minuteOfHour"], lambda v: (v + 7) % 60),
            of_json(copy, ["settings", "theme"], lambda v: "neon"),
            of_json(copy, ["r", 1, "person", "ageYears"], lambda v: v - 1),
        ]
        # A row of the JSON that the BLOB has lost: there is no path that both have, so nothing to compare.
        copy["events"].append({"id": 99, "title": "Written after the BLOB", "kind": "fun"})
        row["json"] = json.dumps(copy)
        return differences + [
            of_column(row, "lastname", "c.lastname", lambda v: "Bauer"),
            of_column(row, "ageYears", "c.ageYears", lambda v: v - 1),
            of_column(row, "ageDays", "c.ageDays", lambda v: v - 365),
        ]
    elif odd == "stale column":
        return [of_column(row, "firstname", "c.firstname", lambda v: "Maximilian")]
    elif odd == "stale json":
        copy = json.loads(row["json"])
        key = next(iter(copy["conversations"]))
        last = len(copy["conversations"][key]["messages"]) - 1
        differences = [
            of_json(copy, ["conversations", key, "messages", last, "read"], lambda v: not v),
            of_json(copy, ["inventory", 0, "price"], lambda v: "0.05"),
        ]
        row["json"] = json.dumps(copy)
        return differences
    return []


def of_column(row, column, path, change):
    old = row[column]
    row[column] = change(old)
    return {"copy": "column", "column": column, "path": path, "blob": old, "other": row[column]}


def of_json(copy, steps, change):
    holder = copy
    for step in steps[:-1]:
        holder = holder[step]
    old = holder[steps[-1]]
    holder[steps[-1]] = change(old)
    return {"copy": "json", "path": path_of(steps), "blob": old, "other": holder[steps[-1]]}


def path_of(steps):
    """`r[1].person.ageYears`, `conversations["p1005"].messages[3].read`: a dict's key stands in brackets."""
    path = ""
    in_dict = ("conversations", "settings")
    for i, step in enumerate(steps):
        if isinstance(step, int):
            path += "[%d]" % step
        elif i and steps[i - 1] in in_dict:
            path += "[%s]" % json.dumps(step)
        else:
            path += ("." if path else "") + step
    return path
