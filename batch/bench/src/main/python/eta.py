"""Compares the time left that `migrate` tells with the time that it takes, on a table with sizes and keys that make it hard.

eta.py HOST:PORT USER PASSWORD ROWS COMMAND...      COMMAND is the command line of Picklift; makes the schemas eta_source and eta_target
"""
import math
import os
import pickle
import pty
import random
import re
import sys
import tempfile
import time
import uuid

import pymysql

SERVER, USER, PASSWORD, ROWS, PICKLIFT = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:]
HOST, PORT = SERVER.rsplit(":", 1)
LEFT = re.compile(r"migrate.*?\((\d+):(\d\d):(\d\d) / (\d+):(\d\d):(\d\d)\)")
BOUND = 0.15


def connect(schema=None):
    return pymysql.connect(host=HOST, port=int(PORT), user=USER, password=PASSWORD, database=schema, max_allowed_packet=256 << 20)


def save(chance, growth):
    """Half a KB in the middle, and one of a thousand a hundred times as long; those of later keys are longer."""
    items = min(4000, int(growth * math.exp(2 + 1.5 * chance.gauss(0, 1))))
    return pickle.dumps({
        "name": "".join(chance.choices("abcdefgh", k=12)),
        "score": chance.randrange(10 ** 6),
        "items": [{"sku": "S%06d" % chance.randrange(10 ** 6), "count": chance.randrange(9), "price": chance.random()}
                  for _ in range(items)],
    }, 4)


def make():
    chance = random.Random(11)
    cursor = connect().cursor()
    for schema in ("eta_source", "eta_target"):
        cursor.execute("DROP DATABASE IF EXISTS " + schema)
        cursor.execute("CREATE DATABASE " + schema)
    connection = connect("eta_source")
    connection.cursor().execute("CREATE TABLE saves (id VARCHAR(36) PRIMARY KEY, data LONGBLOB)")
    keys = sorted(str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(ROWS))
    total = 0
    for start in range(0, ROWS, 500):
        rows = [(key, save(chance, math.exp((start + i) / ROWS))) for i, key in enumerate(keys[start:start + 500])]
        total += sum(len(data) for _, data in rows)
        connection.cursor().executemany("INSERT INTO saves VALUES (%s, %s)", rows)
    connection.commit()
    return total


def on_terminal(command):
    """Runs a command on a terminal of its own; what it showed, with the time of each piece."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", COLUMNS="150")
        os.execvp(command[0], command)
    shown = []
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:
            piece = b""
        if not piece:
            break
        shown.append((time.monotonic(), piece.decode("utf-8", "replace")))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def seconds(hours, minutes, rest):
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def main():
    total = make()
    options = "allowPublicKeyRetrieval=true&sslMode=DISABLED"
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "picklift.yaml")
        with open(config, "w") as file:
            for role in ("source", "target"):
                file.write('%s:\n  url: "jdbc:mysql://%s/eta_%s?%s"\n  username: ${ETA_USER}\n  password: ${ETA_PASSWORD}\n'
                           % (role, SERVER, role, options))
                file.write("  table: saves\n  key: id\n  blob: data\n" if role == "source" else "mapping: mapping.yaml\n")
        os.environ.update(ETA_USER=USER, ETA_PASSWORD=PASSWORD, PICKLIFT_LOG=os.path.join(folder, "log"))
        status, shown = on_terminal(PICKLIFT + ["profile", "--config", config, "--sample", "300", "--out", folder])
        if status not in (0, 1):
            sys.exit("profile ended with %d: %s" % (status, "".join(text for _, text in shown)))
        # The launcher's first start of a kind of command keeps what Java made of its classes.
        on_terminal(PICKLIFT + ["migrate", "--help"])
        status, shown = on_terminal(PICKLIFT + ["migrate", "--config", config, "--progress", "bar"])
    told = []
    for at, text in shown:
        for match in LEFT.finditer(text):
            groups = match.groups()
            told.append((at, seconds(*groups[:3]), seconds(*groups[3:])))
    if status != 0 or not told:
        sys.exit("migrate ended with %d: %s" % (status, "".join(text for _, text in shown)[-2000:]))
    began = next(at for at, text in shown if "migrate" in text and "%" in text)
    end = shown[-1][0]  # the command's results: what comes after the bar is a part of the run
    print("%d saves of %.1f MB in all, %.1f s" % (ROWS, total / 1e6, end - began))
    worst = 0
    for share in range(1, 10):
        due = began + (end - began) * share / 10
        at, _, left = min(told, key=lambda each: abs(each[0] - due))
        off = (at + left - end) / (end - began)
        worst = max(worst, abs(off))
        print("at %d%%: %3d s were left, %3d s were told: the end was told %+.1f%% off" % (10 * share, round(end - at), left, 100 * off))
    cursor = connect().cursor()
    for schema in ("eta_source", "eta_target"):
        cursor.execute("DROP DATABASE " + schema)
    sys.exit(0 if worst <= BOUND else 1)


main()
