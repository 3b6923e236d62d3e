"""Makes the dumps of src/test/resources/made-by-537887c: targets as commit 537887c left them.

    git worktree add /tmp/old 537887c && mvn -q -DskipTests package -f /tmp/old
    python3 old_target.py FOLDER /tmp/old/batch/app/target/picklift.jar HOST PORT USER PASSWORD CLIENT DUMP NAME [TARGET...]

FOLDER is made-by-537887c, CLIENT and DUMP are the server's command-line client and dump program, NAME (mysql or mariadb) goes
into the dumps' names; a TARGET is game, life or shop, and all are made by default. Python 3.8 or newer. A schema for each,
picklift_old_game and so on, is made and dropped.
"""

import gzip
import os
import pickle
import pickletools
import re
import subprocess
import sys
import tempfile
import zlib

folder, jar, host, port, user, password, client, dump, name = sys.argv[1:10]
only = sys.argv[10:]
account = ["-h", host, "-P", port, "-u", user, "-p" + password]
here = os.path.dirname(os.path.abspath(__file__))
game_saves = os.path.join(here, "..", "resources", "game")


def sql(text, schema=None):
    command = [client, *account] + ([schema] if schema else [])
    subprocess.run(command, input=text.encode(), check=True)


def run(command, config):
    done = subprocess.run(["java", "-jar", jar, command, "--config", config])
    if done.returncode > 1:
        sys.exit("%s failed" % command)


def config(work, schema, source, mapping, more=""):
    file = os.path.join(work, "picklift.yaml")
    target = "  url: jdbc:mysql://%s:%s/%s?allowPublicKeyRetrieval=true&sslMode=DISABLED\n  username: %s\n  password: %s\n" % (
        host, port, schema, user, password)
    with open(file, "w") as out:
        out.write("source:\n%s%starget:\n%smapping: %s\n%s" % (
            target if "table:" in source else "", source, target, mapping, more))
    return file


def loads_everywhere(text):
    """One server's dump in a form that both take."""
    text = re.sub(r"(?m)^(/\*(!|M!)|SET @).*\n", "", text)
    text = re.sub(r"longtext( CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)? DEFAULT NULL CHECK \(json_valid\(`\w+`\)\)", "json DEFAULT NULL", text)
    text = re.sub(r" COLLATE[= ]utf8mb4_(uca1400|0900)_ai_ci", "", text)
    return text


def keep(schema, file):
    command = [dump, *account, "--compact", "--extended-insert", "--hex-blob", "--no-tablespaces", "--skip-triggers",
               "--create-options", "--default-character-set=utf8mb4", schema]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
    with open(os.path.join(folder, file), "wb") as raw:
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as out:
            out.write(loads_everywhere(text).encode())


def hexed(blob):
    return "NULL" if blob is None else "''" if not blob else "0x" + blob.hex()


def game(work):
    """A table as source, an adapter; saves that are encoded, kept as they were, quarantined, deleted."""
    sql("DROP SCHEMA IF EXISTS picklift_old_game; CREATE SCHEMA picklift_old_game CHARACTER SET utf8mb4")
    saves = {}
    for number in range(6):
        with open(os.path.join(game_saves, "save%02d.pkl" % number), "rb") as file:
            saves["p%04d" % number] = file.read()
    saves["zlib"] = zlib.compress(saves["p0003"], 6)
    saves["kept"] = pickletools.optimize(saves["p0004"]) + b"after the end"
    saves["no pickle"] = b"\x01"
    saves["null"] = None
    saves["gone"] = saves["p0001"]
    rows = ",".join("('%s', 'Player', 1, 0, %s)" % (key, hexed(blob)) for key, blob in saves.items())
    sql("CREATE TABLE saves (id VARCHAR(40) NOT NULL PRIMARY KEY, name VARCHAR(40), level INT, changed INT NOT NULL DEFAULT 0,"
        " data LONGBLOB);\nINSERT INTO saves VALUES " + rows, "picklift_old_game")
    file = config(work, "picklift_old_game", "  table: saves\n  key: id\n  blob: data\n", os.path.join(folder, "game.yaml"),
                  "adapters: [\"%s\"]\n" % os.path.join(folder, "game.py"))
    run("migrate", file)
    sql("DELETE FROM saves WHERE id = 'gone'", "picklift_old_game")
    run("backfill", file)
    keep("picklift_old_game", "game-%s.sql.gz" % name)
    sql("DROP SCHEMA picklift_old_game")


def life(work):
    """An archive as source, with a folder in it; saves of baolife, from Python 2.7 to 3.13."""
    sql("DROP SCHEMA IF EXISTS picklift_old_life; CREATE SCHEMA picklift_old_life CHARACTER SET utf8mb4")
    file = config(work, "picklift_old_life", "  files: %s\n" % os.path.join(folder, "life.tar.gz"), os.path.join(folder, "life.yaml"))
    run("migrate", file)
    keep("picklift_old_life", "life-%s.sql.gz" % name)
    sql("DROP SCHEMA picklift_old_life")


def shop(work):
    """What old_shop.py made: containers and JSON that 537887c showed by other rules, in an archive whose names begin with ./"""
    sql("DROP SCHEMA IF EXISTS picklift_old_shop; CREATE SCHEMA picklift_old_shop CHARACTER SET utf8mb4")
    file = config(work, "picklift_old_shop", "  files: %s\n" % os.path.join(folder, "shop.tar.gz"), os.path.join(folder, "shop.yaml"))
    run("migrate", file)
    keep("picklift_old_shop", "shop-%s.sql.gz" % name)
    sql("DROP SCHEMA picklift_old_shop")


with tempfile.TemporaryDirectory() as work:
    for made in (game, life, shop):
        if not only or made.__name__ in only:
            made(work)
