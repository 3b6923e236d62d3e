#!/usr/bin/env python3
"""Makes baolife's source data. Run on CPython 3.11; the same arguments give the same bytes.

  generate.py fixture --out DIR      saves.tar.gz and expected.json, as committed under src/main/resources/baolife;
                                     needs CPython 2.7, 3.6, 3.8, 3.11 and 3.13 (--pythons, default pyenv's)
  generate.py saves   --out DIR      DIR/save-000001.pkl ...: any number of saves, for benchmarks
  generate.py sql     --out FILE     the same saves as INSERT statements for V1__source.sql's tables ('-': standard
                                     output), or with --fixture DIR/saves.tar.gz the fixture's rows

Saves of `saves` and `sql`: --count N, --size 0.1..2 (MB at protocol 4, spread evenly) or --size 1, --protocol 0-5, --seed S.
"""
import argparse
import gzip
import io
import json
import os
import pickle
import random
import sys
import tarfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(HERE, "model")]

from generator import fixture, make  # noqa: E402
from generator.life import Life, Spec  # noqa: E402
from lifesim.jsoncopy import to_json  # noqa: E402

# Measured at protocol 4, save version 4: a save of n messages is about BASE + n * BYTES_A_MESSAGE bytes.
BASE = 4000
BYTES_A_MESSAGE = 204
COLUMNS = ["id", "firstname", "lastname", "ageDays", "ageYears", "json", "pickle_data"]


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of a set of strings is part of a pickle.
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable] + sys.argv)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, does in (("fixture", write_fixture), ("saves", write_saves), ("sql", write_sql)):
        command = commands.add_parser(name)
        command.set_defaults(does=does)
        command.add_argument("--out", required=True)
        if name == "fixture":
            command.add_argument("--pythons", default=os.path.expanduser("~/.pyenv/versions"))
        else:
            command.add_argument("--count", type=int, default=100)
            command.add_argument("--size", type=size_range, default=(0.1, 2.0), metavar="MB or MB..MB")
            command.add_argument("--protocol", type=int, default=4, choices=range(6))
            command.add_argument("--seed", type=int, default=1)
        if name == "sql":
            command.add_argument("--fixture")
    options = parser.parse_args()
    options.does(options)


def size_range(text):
    low, _, high = text.partition("..")
    low, high = float(low), float(high or low)
    if not 0 < low <= high:
        raise argparse.ArgumentTypeError("sizes are MB above 0, the smaller first: 0.1..2")
    return low, high


def players(options):
    """The made saves as (id, player), ids in key order."""
    if options.protocol < 2:
        sys.exit("generate.py: itemClass has __slots__, which protocols 0 and 1 cannot pickle")
    draw = random.Random(options.seed).random
    low, high = options.size
    for i in range(1, options.count + 1):
        size = (low + (high - low) * draw()) * 1e6
        messages = max(0, int((size - BASE) / BYTES_A_MESSAGE))
        key = "s%07d" % i
        yield key, Life(Spec(key, options.seed * 1000003 + i, 4, messages)).live()


def write_saves(options):
    os.makedirs(options.out, exist_ok=True)
    start, total = time.time(), 0
    for i, (_, player) in enumerate(players(options), 1):
        blob = pickle.dumps(player, options.protocol)
        total += len(blob)
        with open(os.path.join(options.out, "save-%06d.pkl" % i), "wb") as f:
            f.write(blob)
    print("%d saves, %.1f MB, %.1f s" % (options.count, total / 1e6, time.time() - start), file=sys.stderr)


def write_sql(options):
    out = io.TextIOWrapper(open(1 if options.out == "-" else options.out, "wb"), encoding="utf-8", newline="\n")
    with out:
        out.write("SET NAMES utf8mb4;\n")
        if options.fixture:
            rows, messages = read_fixture(options.fixture)
        else:
            rows, messages = map(row_of(options.protocol), players(options)), []
        for row in rows:
            blob = row["pickle_data"]
            values = [quoted(row[c]) for c in COLUMNS[:-1]]
            values.append("NULL" if blob is None else "X'%s'" % blob.hex())
            out.write("INSERT INTO lifesim_savegames (%s) VALUES (%s);\n" % (", ".join(COLUMNS), ", ".join(values)))
        for m in messages:
            columns = ["id", "partner", "player", "message", "sender", "date"]
            values = ", ".join(quoted(m[c]) for c in columns)
            out.write("INSERT INTO messages (%s) VALUES (%s);\n" % (", ".join(columns), values))


def row_of(protocol):
    def row(made):
        key, player = made
        c = player.c
        blob = pickle.dumps(player, protocol)
        values = (key, c.firstname, c.lastname, c.ageDays, c.ageYears, to_json(player), blob)
        return dict(zip(COLUMNS, values))

    return row


def read_fixture(path):
    with tarfile.open(path) as tar:
        rows = [json.loads(line) for line in tar.extractfile("rows.ndjson")]
        messages = [json.loads(line) for line in tar.extractfile("messages.ndjson")]
        for row in rows:
            row["pickle_data"] = None if row["blob"] is None else tar.extractfile(row["blob"]).read()
    return rows, messages


def quoted(value):
    """A MySQL literal for the default sql_mode, in which a backslash escapes."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace("'", "''").replace("\0", "\\0").replace("\n", "\\n").replace("\r", "\\r")
    return "'%s'" % escaped


def write_fixture(options):
    pythons = {v: python_at(options.pythons, v) for v in fixture.VERSIONS}
    rows, expected = fixture.fixture(pythons)
    os.makedirs(options.out, exist_ok=True)
    lines, blobs = [], []
    for number, row in enumerate(rows, 1):
        blob = row.pop("blob")
        name = None if blob is None else "blobs/%04d.pkl" % number
        row["blob"] = name
        lines.append(row)
        if name:
            blobs.append((name, blob))
        expected["rows"][row["id"]]["file"] = name
    files = [("rows.ndjson", ndjson(lines)), ("messages.ndjson", ndjson(chat(rows)))] + blobs
    with open(os.path.join(options.out, "saves.tar.gz"), "wb") as f:
        with gzip.GzipFile("", "wb", 9, f, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, data in files:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    with open(os.path.join(options.out, "expected.json"), "w") as f:
        json.dump(expected, f, indent=1, ensure_ascii=True)
        f.write("\n")
    print(json.dumps(expected["totals"]), file=sys.stderr)


def chat(rows):
    """The messages table: a few rows for some players, numbered as AUTO_INCREMENT would have."""
    made = []
    for number, row in enumerate(rows):
        if number % 4 == 0:
            made.extend(make.messages_of(row["id"], 9000 + number, 4, 30))
    made.sort(key=lambda m: (m["date"], m["player"]))
    return [dict(m, id=i) for i, m in enumerate(made, 1)]


def ndjson(rows):
    return "".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows).encode()


def python_at(folder, version):
    """The newest patch release of a minor version under pyenv's folder."""
    found = [n for n in os.listdir(folder) if n == version or n.startswith(version + ".")]
    if not found:
        sys.exit("generate.py: no CPython %s under %s" % (version, folder))
    found.sort(key=lambda n: [int(part) for part in n.split(".") if part.isdigit()])
    return os.path.join(folder, found[-1], "bin", "python")


if __name__ == "__main__":
    main()
