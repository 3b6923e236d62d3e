#!/usr/bin/env python3
"""The way to the tables and back with the game's saves: see README.md beside this file.

  drill.py [--seed S] [--edits N] [--host H] [--port P] [--user U] [--password W] [--picklift COMMAND] [--pythons DIR] [--keep]

Needs PyMySQL, a MySQL or MariaDB account that may make the schemas picklift_rollback and picklift_rollback_v2, the built picklift,
and the Pythons that wrote the saves (--pythons: a folder of pyenv's versions). Status 1: something was not found.
"""
import argparse
import collections
import glob
import json
import os
import shlex
import subprocess
import sys
import tarfile
import tempfile

import pymysql

from application import Application

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.dirname(HERE)
TOP = os.path.dirname(os.path.dirname(SAMPLE))
SOURCE, TARGET = "picklift_rollback", "picklift_rollback_v2"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3306)
    parser.add_argument("--user", default="test")
    parser.add_argument("--password", default="test")
    parser.add_argument("--picklift", default=os.path.join(TOP, "batch/app/target/picklift"))
    parser.add_argument("--pythons", default=os.path.expanduser("~/.pyenv/versions"))
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def connect(given, schema):
    return pymysql.connect(host=given.host, port=given.port, user=given.user, password=given.password, database=schema, charset="utf8mb4")


def fill(connection):
    """The table as the game has it."""
    with open(os.path.join(TOP, "sql/src/main/resources/db/sample/baolife/V1__source.sql"), encoding="utf-8") as f:
        text = "\n".join(line for line in f.read().splitlines() if not line.lstrip().startswith("--"))
    with connection.cursor() as cursor, tarfile.open(os.path.join(SAMPLE, "src/main/resources/baolife/saves.tar.gz")) as saves:
        for statement in filter(str.strip, text.split(";\n")):
            cursor.execute(statement.rstrip().rstrip(";"))
        for line in saves.extractfile("rows.ndjson").read().decode("utf-8").splitlines():
            row = json.loads(line)
            blob = None if row["blob"] is None else saves.extractfile(row["blob"]).read()
            cursor.execute(
                "INSERT INTO lifesim_savegames (id, firstname, lastname, ageDays, ageYears, json, pickle_data)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [row[n] for n in ("id", "firstname", "lastname", "ageDays", "ageYears", "json")] + [blob])
    connection.commit()


def configure(given, folder):
    with open(os.path.join(SAMPLE, "picklift.yaml"), encoding="utf-8") as f:
        text = f.read()
    url = "jdbc:mysql://%s:%d/" % (given.host, given.port)
    text = text.replace("jdbc:mysql://127.0.0.1:3306/baolife_v2", url + TARGET).replace("jdbc:mysql://127.0.0.1:3306/baolife", url + SOURCE)
    text = text.replace("mapping: mapping.yaml", "mapping: " + os.path.join(SAMPLE, "mapping.yaml"))
    text = text.replace("[adapters/*.py]", "[%s/adapters/*.py]" % SAMPLE)
    file = os.path.join(folder, "picklift.yaml")
    with open(file, "w", encoding="utf-8") as f:
        f.write(text)
    return file


def picklift(given, file, *words):
    environment = dict(os.environ, BAOLIFE_USER=given.user, BAOLIFE_PASSWORD=given.password)
    done = subprocess.run(shlex.split(given.picklift) + list(words) + ["--config", file], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    print("$ picklift", " ".join(words), "-> status", done.returncode)
    print("\n".join("    " + line for line in done.stdout.splitlines()))
    return done.returncode


def python(given, version):
    found = sorted(glob.glob(os.path.join(given.pythons, version + ".*", "bin", "python")))
    if not found:
        sys.exit("there is no Python %s in %s" % (version, given.pythons))
    return found[-1]


def check(given, connection, expected, folder):
    """Each save that the tables own is loaded from the source by the Python that wrote it."""
    with open(os.path.join(SAMPLE, "src/main/resources/baolife/expected.json"), encoding="utf-8") as f:
        known = json.load(f)["rows"]
    jobs = collections.defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, pickle_data FROM lifesim_savegames ORDER BY id")
        for number, (key, blob) in enumerate(cursor.fetchall()):
            if known[key]["outcome"] != "migrated":
                continue
            file = os.path.join(folder, "%d.pkl" % number)
            with open(file, "wb") as f:
                f.write(blob)
            jobs[known[key]["python"]].append({"key": key, "file": file, "hostile": key == "u1030", "edits": expected.get(key, [])})
    loaded = found = missing = 0
    for version, of in sorted(jobs.items()):
        done = subprocess.run([python(given, version), os.path.join(HERE, "game.py")], input="".join(json.dumps(j) + "\n" for j in of),
                              stdout=subprocess.PIPE, universal_newlines=True, env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        loaded += len(answers)
        found += sum(a["found"] for a in answers)
        print("CPython %-5s %2d of %2d saves loaded, %4d of %4d edits found" % (
            version, len(answers), len(of), sum(a["found"] for a in answers), sum(len(j["edits"]) for j in of)))
        for answer in answers:
            for edit in answer["missing"]:
                missing += 1
                print("    MISSING in %s: %s" % (answer["key"], json.dumps(edit)))
    return loaded == sum(map(len, jobs.values())) and found == sum(map(len, expected.values()))


def main():
    given = arguments()
    server = connect(given, None)
    with server.cursor() as cursor, tempfile.TemporaryDirectory() as folder:
        for schema in (SOURCE, TARGET):
            cursor.execute("DROP DATABASE IF EXISTS " + schema)
            cursor.execute("CREATE DATABASE %s CHARACTER SET utf8mb4" % schema)
        try:
            file = configure(given, folder)
            fill(connect(given, SOURCE))
            # 5 quarantined saves and copies that disagree: status 1.
            picklift(given, file, "migrate")
            picklift(given, file, "cutover", "--all")
            application = Application(connect(given, TARGET), given.seed)
            application.play(given.edits)
            print("%d edits by SQL (seed %d): %s" % (given.edits, given.seed, ", ".join("%d %s" % (n, k) for k, n in sorted(application.kinds.items()))))
            status = picklift(given, file, "writeback", "--clear-json")
            is_good = check(given, connect(given, SOURCE), application.expected, folder)
        finally:
            if not given.keep:
                for schema in (SOURCE, TARGET):
                    cursor.execute("DROP DATABASE IF EXISTS " + schema)
    print("every save was loaded, and every edit found" if is_good and status == 0 else "NOT ALL WAS FOUND")
    return 0 if is_good and status == 0 else 1


sys.exit(main())
