"""Many small saves, such as sessions, carts and jobs, and the script a user would write for them.

e2e_small.py PORT make N      makes sm.saves with N pickles of half a KB
e2e_small.py PORT script N    prints how long the script takes, by one process and by two
"""
import datetime
import decimal
import multiprocessing
import pickle
import random
import sys
import time

import pymysql

PORT, WHAT, COUNT = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
WORDS = "alpha bravo charlie delta echo foxtrot golf hotel".split()
TABLES = (
    "CREATE TABLE save (save_id BIGINT, user INT, name VARCHAR(16), score INT, ratio DOUBLE, last DATETIME(6), price DECIMAL(10,2),"
    " note VARCHAR(400), PRIMARY KEY (save_id), KEY (last))",
    "CREATE TABLE save_cart (save_id BIGINT, ordinal INT, position INT, sku VARCHAR(16), qty INT, PRIMARY KEY (save_id, ordinal),"
    " KEY (sku))")


def connect(schema=None):
    return pymysql.connect(host="127.0.0.1", port=PORT, user="test", password="test", database=schema, max_allowed_packet=256 << 20)


def save(chance, i):
    return pickle.dumps({
        "user": i,
        "name": chance.choice(WORDS) + str(i),
        "score": chance.randrange(10 ** 6),
        "ratio": chance.random(),
        "last": datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=i),
        "price": decimal.Decimal(chance.randrange(10 ** 5)) / 100,
        "cart": [{"sku": "S%05d" % chance.randrange(10 ** 5), "qty": chance.randrange(1, 9)} for _ in range(6)],
        "note": " ".join(chance.choice(WORDS) for _ in range(40)),
    }, 4)


def fresh(schema, statements):
    cursor = connect().cursor()
    cursor.execute("DROP DATABASE IF EXISTS " + schema)
    cursor.execute("CREATE DATABASE " + schema)
    cursor.execute("USE " + schema)
    for statement in statements:
        cursor.execute(statement)


def make():
    fresh("sm", ["CREATE TABLE saves (id INT PRIMARY KEY, b BLOB)"])
    connection, chance = connect("sm"), random.Random(5)
    for start in range(0, COUNT, 1000):
        rows = [(i, save(chance, i)) for i in range(start, min(COUNT, start + 1000))]
        connection.cursor().executemany("INSERT INTO saves VALUES (%s, %s)", rows)
    connection.commit()


def script(first, end):
    read, connection = connect("sm").cursor(), connect("sms")
    cursor = connection.cursor()
    for start in range(first, end, 500):
        read.execute("SELECT id, b FROM saves WHERE id >= %s AND id < %s", (start, min(end, start + 500)))
        saves, carts = [], []
        for i, blob in read.fetchall():
            o = pickle.loads(blob)
            saves.append((i, o["user"], o["name"], o["score"], o["ratio"], o["last"], o["price"], o["note"]))
            carts += [(i, at, at, item["sku"], item["qty"]) for at, item in enumerate(o["cart"])]
        cursor.executemany("INSERT INTO save VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", saves)
        cursor.executemany("INSERT INTO save_cart VALUES (%s, %s, %s, %s, %s)", carts)
        connection.commit()


def main():
    if WHAT == "make":
        make()
        return
    half = COUNT // 2
    for what, ranges in (("1 process", [(0, COUNT)]), ("2 processes", [(0, half), (half, COUNT)])):
        fresh("sms", TABLES)
        processes = [multiprocessing.Process(target=script, args=a) for a in ranges]
        start = time.time()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        print("%-62s %8.2f s" % ("script: 500 saves a transaction, " + what, time.time() - start), flush=True)


main()
