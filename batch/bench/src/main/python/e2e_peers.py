"""What a user would do instead of Picklift, on the very rows that it made.

e2e_peers.py PORT fill SCHEMA FOLDER [COUNT]    makes SCHEMA.saves of the pickles in FOLDER, each again and again until there are COUNT
e2e_peers.py PORT peers SCHEMA WORK PROJECT TABLE...   prints what each peer takes

script  pickle.loads of each BLOB, then executemany of that save's rows, a transaction a save. The rows are taken from the target
        before the clock starts: a lower bound of any script, which has to walk the objects too.
floor   LOAD DATA of ready files.
dump    INSERTs of 1 MB, ready as text.
read    SELECT of all rows, by two clients: what restore has to do at least.
"""
import glob
import multiprocessing
import os
import pickle
import sys
import time

import pymysql

PORT = int(sys.argv[1])


def connect(schema=None):
    return pymysql.connect(host="127.0.0.1", port=PORT, user="test", password="test", database=schema, local_infile=True,
                           max_allowed_packet=256 << 20, charset="utf8mb4")


def fill(schema, folder, count=None):
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("DROP DATABASE IF EXISTS " + schema)
    cursor.execute("CREATE DATABASE " + schema)
    cursor.execute("CREATE TABLE %s.saves (id VARCHAR(64) PRIMARY KEY, pickle_data LONGBLOB)" % schema)
    paths = sorted(glob.glob(folder + "/*.pkl"))
    for number in range(int(count or len(paths))):
        path = paths[number % len(paths)]
        key = os.path.basename(path)[:-4] + ("-%06d" % (number // len(paths)) if count else "")
        with open(path, "rb") as file:
            cursor.execute("INSERT INTO %s.saves VALUES (%%s, %%s)" % schema, (key, file.read()))
    connection.commit()


def say(what, work, arguments):
    processes = [multiprocessing.Process(target=work, args=a) for a in arguments]
    start = time.time()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("%-62s %8.2f s" % (what, time.time() - start), flush=True)


class Peers:
    """The peers, on the rows of the schema e2e_t."""

    def __init__(self, source, work, tables):
        self.source, self.tables = source, tables
        self.folder = os.path.join(work, "tsv")
        os.makedirs(self.folder, exist_ok=True)
        os.chmod(self.folder, 0o777)
        for old in glob.glob(self.folder + "/*"):
            os.remove(old)
        cursor = connect("e2e_t").cursor()
        cursor.execute("SELECT save_id, source_key FROM picklift_save WHERE status = 'migrated' ORDER BY save_id")
        self.saves = cursor.fetchall()
        self.half = self.saves[len(self.saves) // 2][0]
        self.columns = {table: self.column_list(cursor, table) for table in tables}
        self.rows = {save: {} for save, _ in self.saves}
        for table in tables:
            for number, condition in enumerate(("<", ">=")):
                cursor.execute("SELECT * FROM `%s` WHERE save_id %s %d ORDER BY save_id, ordinal INTO OUTFILE '%s/%s.%d'"
                               % (table, condition, self.half, self.folder, table, number))
            cursor.execute("SELECT * FROM `%s`" % table)
            names = [column[0] for column in cursor.description]
            insert = "INSERT INTO `%s` (%s) VALUES " % (table, ",".join("`%s`" % name for name in names))
            marks = "(" + ",".join(["%s"] * len(names)) + ")"
            for row in cursor.fetchall():
                self.rows[row[names.index("save_id")]].setdefault(table, (insert, marks, []))[2].append(row)

    @staticmethod
    def column_list(cursor, table):
        cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'e2e_t'"
                       " AND table_name = %s ORDER BY ordinal_position", (table,))
        columns = cursor.fetchall()
        targets = ["@v%d" % i if kind == "json" else "`%s`" % name for i, (name, kind) in enumerate(columns)]
        sets = ["`%s` = CONVERT(@v%d USING utf8mb4)" % (name, i) for i, (name, kind) in enumerate(columns) if kind == "json"]
        return "(" + ",".join(targets) + ")" + (" SET " + ",".join(sets) if sets else "")

    def fresh(self, schema):
        cursor = connect().cursor()
        cursor.execute("DROP DATABASE IF EXISTS " + schema)
        cursor.execute("CREATE DATABASE " + schema)
        for table in self.tables:
            cursor.execute("SHOW CREATE TABLE e2e_t.`%s`" % table)
            lines = [line for line in cursor.fetchone()[1].split("\n") if "FOREIGN KEY" not in line]
            cursor.execute("USE " + schema)
            cursor.execute("\n".join(lines).replace(",\n)", "\n)"))

    def load(self, halves):
        connection = connect("e2e_peer")
        for table in self.tables:
            for half in halves:
                connection.cursor().execute("LOAD DATA INFILE '%s/%s.%d' INTO TABLE `%s` CHARACTER SET binary %s"
                                            % (self.folder, table, half, table, self.columns[table]))
        connection.commit()

    def script(self, saves):
        read, write = connect(self.source).cursor(), connect("e2e_peer")
        cursor = write.cursor()
        for save, key in saves:
            read.execute("SELECT pickle_data FROM saves WHERE id = %s", (key,))
            pickle.loads(read.fetchone()[0])
            for insert, marks, rows in self.rows[save].values():
                cursor.executemany(insert + marks, rows)
            write.commit()

    def statements(self):
        escape, files = connect().escape, [[], []]
        for half in (0, 1):
            for table in self.tables:
                text, size = [], 0
                for save, _ in self.saves:
                    if (save >= self.half) != bool(half) or table not in self.rows[save]:
                        continue
                    insert, _, rows = self.rows[save][table]
                    for row in rows:
                        text.append("(" + ",".join(escape(value) for value in row) + ")")
                        size += len(text[-1])
                        if size > 1 << 20:
                            files[half].append(insert + ",".join(text))
                            text, size = [], 0
                if text:
                    files[half].append(insert + ",".join(text))
        return files

    @staticmethod
    def replay(*files):
        connection = connect("e2e_peer")
        for file in files:
            for statement in file:
                connection.query(statement)
        connection.commit()

    def read(self, half):
        cursor = pymysql.cursors.SSCursor(connect("e2e_t"))
        for table in self.tables:
            cursor.execute("SELECT * FROM `%s` WHERE save_id %s %d ORDER BY save_id, ordinal"
                           % (table, (">=" if half else "<"), self.half))
            while cursor.fetchmany(10000):
                pass


def main():
    if sys.argv[2] == "fill":
        fill(*sys.argv[3:6])
        return
    source, work, project = sys.argv[3:6]
    for folder, folders, _ in os.walk(os.path.join(project, "samples/baolife")):
        if "lifesim" in folders:
            sys.path.insert(0, folder)
    peers = Peers(source, work, sys.argv[6:])
    for what, method, arguments in (
            ("floor: LOAD DATA of ready files, 1 client", peers.load, [((0, 1),)]),
            ("floor: LOAD DATA of ready files, 2 clients", peers.load, [((0,),), ((1,),)]),
            ("script: loads and executemany, 1 process", peers.script, [(peers.saves,)]),
            ("script: loads and executemany, 2 processes", peers.script, [(peers.saves[::2],), (peers.saves[1::2],)])):
        peers.fresh("e2e_peer")
        say(what, method, arguments)
    say("read: all rows, 2 clients", peers.read, [(0,), (1,)])
    files = peers.statements()
    peers.rows.clear()
    for what, arguments in (("dump: INSERTs of 1 MB, 1 client", [files]), ("dump: INSERTs of 1 MB, 2 clients", [files[:1], files[1:]])):
        peers.fresh("e2e_peer")
        say(what, peers.replay, arguments)


main()
