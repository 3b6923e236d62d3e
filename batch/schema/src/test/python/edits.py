"""Makes src/test/resources/values/edits.tsv.gz: saves, edits of their rows, and the same edits in Python.

    for p in 2.7 3.6 3.11 3.13; do PYTHONHASHSEED=0 python$p edits.py 30; done | gzip -9n > edits.tsv.gz

With 2600 for 30 (Pythons 2.7.18, 3.6.15, 3.11.7, 3.13.0) that are 10,388 cases, seeds 0 to 2,599 of each; 12 seeds make no edit. The
module app's RandomEditsTest ran them by -Dpicklift.test.edits=FILE on MySQL 9.7 and on MariaDB 11.4.5 without a difference.

A line: name, protocol, the pickle in hex, the pickle of the edited save in hex, the edits as JSON.
RandomEdits has the mapping that the ordinals are of. Seeds are in the names.
"""
from __future__ import print_function

import collections
import pickle
import random
import sys

from cases import OLD, PYTHON, line, of_game, text

if sys.version_info[0] == 2:
    import cPickle as pickle  # noqa: F811


class Item(object):
    pass


class Order(object):
    pass


for cls in (Item, Order):
    of_game(cls)


def scalar(r):
    return r.choice([r.randint(-5, 5), r.randint(-2 ** 40, 2 ** 40), 0, 255, 256, 65535, 65536])


def item(r):
    made = Item()
    made.name = text(r)
    made.price = r.choice([1.5, 2.25, 1000.125, -0.5])
    made.note = r.choice([None, text(r)])
    made.kind = u"common"
    made.flags = [1, 2]
    return made


def order(r):
    made = Order()
    made.number = r.randint(0, 10 ** 6)
    made.lines = [text(r) for _ in range(r.randint(0, 4))]
    return made


def new_key(r, taken):
    while True:
        key = text(r) + u"%d" % r.randint(0, 999)
        if key not in taken:
            return key


def save(r, big):
    most = 1200 if big else 6
    made = {"name": text(r)}
    made["scores"] = [scalar(r) for _ in range(r.randint(0, most))]
    made["tags"] = collections.OrderedDict() if r.random() < 0.3 else {}
    for _ in range(r.randint(0, 5)):
        made["tags"][new_key(r, made["tags"])] = scalar(r)
    made["seen"] = set(scalar(r) for _ in range(r.randint(1, 5)))
    made["items"] = [item(r) for _ in range(r.randint(1, 4))]
    made["orders"] = dict((new_key(r, ()), order(r)) for _ in range(r.randint(1, 3)))
    made["recent"] = collections.deque([scalar(r) for _ in range(r.randint(0, 4))])
    made["home"] = tuple(text(r) for _ in range(r.randint(0, 5)))
    made["points"] = [{"x": r.randint(0, 9), "y": r.choice([0.5, 1.5])} for _ in range(r.randint(1, 3))]
    made["rest"] = [u"kept"]
    return made


class Table(object):
    """The members of one container: what each row is, by ordinal, in the container's order."""

    def __init__(self, rows):
        self.rows = rows  # [ordinal, owner, key, value]
        self.next = len(rows)


def tables(s):
    t = {}
    t["score"] = Table([[i, 0, None, v] for i, v in enumerate(s["scores"])])
    t["tag"] = Table([[i, 0, k, v] for i, (k, v) in enumerate(s["tags"].items())])
    t["recent"] = Table([[i, 0, None, v] for i, v in enumerate(s["recent"])])
    t["home"] = Table([[i, 0, None, v] for i, v in enumerate(s["home"])])
    t["item"] = Table([[i, 0, None, v] for i, v in enumerate(s["items"])])
    t["point"] = Table([[i, 0, None, v] for i, v in enumerate(s["points"])])
    t["orders"] = Table([[i, 0, k, v] for i, (k, v) in enumerate(s["orders"].items())])
    lines = []
    for owner, (_, o) in enumerate(s["orders"].items()):
        for v in o.lines:
            lines.append([len(lines), owner, None, v])
    t["line"] = Table(lines)
    # A set's ordinals are those of the pickle, which writes its own iteration order.
    t["seen"] = Table([[i, 0, None, v] for i, v in enumerate(s["seen"])])
    return t


OWNER = {"line": "orders_ordinal"}


def cells(name, value):
    if name == "item":
        return {"name": value.name, "price": value.price, "note": value.note}
    if name == "point":
        return dict(value)
    if name == "orders":
        return {"number": value.number}
    return {"value": value}


def fresh(r, name):
    if name == "item":
        return item(r)
    if name == "point":
        return {"x": r.randint(0, 9), "y": 0.5}
    if name == "orders":
        made = order(r)
        made.lines = []
        return made
    return text(r) if name in ("line", "home") else scalar(r)


def change(r, name, row, table):
    """Gives one cell of a row another value, which the object has from now on."""
    if row[2] is not None and r.random() < 0.3:
        row[2] = new_key(r, [x[2] for x in table.rows])
        return "k", row[2]
    if name == "item":
        column = r.choice(["name", "price", "note"])
        value = r.choice([0.25, 7.0, -3.5]) if column == "price" else text(r)
        value = None if column == "note" and r.random() < 0.3 else value
        setattr(row[3], column, value)
        return column, value
    if name == "point":
        column = r.choice(["x", "y"])
        row[3][column] = r.randint(0, 99) if column == "x" else 2.5
        return column, row[3][column]
    if name == "orders":
        row[3].number = r.randint(0, 10 ** 6)
        return "number", row[3].number
    value = text(r) if name in ("line", "home") else scalar(r)
    while name == "seen" and value in [x[3] for x in table.rows]:
        value = r.randint(0, 10 ** 6)
    row[3] = value
    return "value", value


def edit(r, s, t):
    edits = []
    for name in sorted(t):
        if name == "orders" and OLD:
            continue  # a plain dict has no order of its own there
        table = t[name]
        moved = False
        for _ in range(r.choice([0, 0, 1, 2, 3])):
            owners = [row[0] for row in t["orders"].rows] if name == "line" else [0]
            what = r.choice(["delete", "insert", "move", "change"])
            least = 2 if name in ("item", "point", "orders", "seen") else 1
            if what == "delete" and len(table.rows) >= least:
                row = r.choice(table.rows)
                if name == "orders":
                    for line in [x for x in t["line"].rows if x[1] == row[0]]:
                        t["line"].rows.remove(line)
                        edits.append(["delete", "line", line[0]])
                table.rows.remove(row)
                edits.append(["delete", name, row[0]])
            elif what == "insert" and owners:
                owner = r.choice(owners)
                value = fresh(r, name)
                if name == "seen" and value in [x[3] for x in table.rows]:
                    continue
                key = new_key(r, [x[2] for x in table.rows]) if name in ("tag", "orders") else None
                row = [table.next, owner, key, value]
                table.next += 1
                at = r.randint(0, len(table.rows)) if name not in ("seen",) else len(table.rows)
                table.rows.insert(at, row)
                new = cells(name, value)
                new[OWNER.get(name, "save_ordinal")] = owner
                if key is not None:
                    new["k"] = key
                new["position"] = 0
                edits.append(["insert", name, row[0], new])
            elif what == "move" and table.rows and name != "seen":
                row = r.choice(table.rows)
                moved = True
                table.rows.remove(row)
                table.rows.insert(r.randint(0, len(table.rows)), row)
                if name == "line" and owners:
                    row[1] = r.choice(owners)
                    edits.append(["set", name, row[0], "orders_ordinal", row[1]])
            elif what == "change" and table.rows:
                row = r.choice(table.rows)
                column, value = change(r, name, row, table)
                edits.append(["set", name, row[0], column, value])
        # Positions with gaps, as SQL leaves them.
        if moved or any(e[1] == name for e in edits) or edits and r.random() < 0.3:
            at = 0
            for row in table.rows:
                at += r.randint(1, 5)
                edits.append(["set", name, row[0], "position", at])
    return edits


def pairs(like, rows):
    made = type(like)()
    for row in rows:
        made[row[2]] = row[3]
    return made


def apply(s, t):
    s["scores"][:] = [row[3] for row in t["score"].rows]
    s["tags"] = pairs(s["tags"], t["tag"].rows)
    s["recent"] = collections.deque([row[3] for row in t["recent"].rows])
    s["home"] = tuple(row[3] for row in t["home"].rows)
    s["items"][:] = [row[3] for row in t["item"].rows]
    s["points"][:] = [row[3] for row in t["point"].rows]
    s["seen"] = set(row[3] for row in t["seen"].rows)
    s["orders"] = pairs({}, t["orders"].rows)
    for row in t["orders"].rows:
        row[3].lines[:] = [x[3] for x in t["line"].rows if x[1] == row[0]]


def main(count):
    for seed in range(count):
        r = random.Random(seed)
        protocol = r.randint(0, pickle.HIGHEST_PROTOCOL)
        s = save(r, seed % 20 == 19)
        if OLD:
            # Of a plain dict the pickle's order is what the rows have.
            s["tags"] = collections.OrderedDict(s["tags"])
            s["orders"] = dict(list(s["orders"].items())[:1])
        before = pickle.dumps(s, protocol)
        t = tables(s)
        if OLD:
            t_orders = t.pop("orders")
            t["orders"] = t_orders
        edits = edit(r, s, t)
        apply(s, t)
        after = pickle.dumps(s, protocol)
        if not edits:
            continue
        line("%s seed %d" % (PYTHON, seed), protocol, before, after, edits)


main(int(sys.argv[1]))
