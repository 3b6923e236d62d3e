"""The application `etl` of applications2.zip: checkpoints of a pipeline whose first half an old Python wrote, with a class
under an older name, and whose second half a new one did: python3.7 checkpoints.py ZIP old; python3.13 checkpoints.py ZIP new (see application_saves.py).
"""
import collections
import datetime as dt
import enum
import functools
import operator
import pathlib
import pickle
import random
import re
import sys
import uuid
from decimal import Decimal

from application_saves import Application, home

OLD = sys.argv[2] == "old"
COUNT = 20
random.seed(31)


@home("pipeline.base")
class Base(object):
    __slots__ = ("key", "created")


@home("pipeline.base")
class Stage(Base):
    __slots__ = ("name", "rows", "took", "source", "sink", "error", "result", "_hash")


@home("pipeline.base")
class LoadStage(Stage):
    """Slots of its bases and a dict of its own."""


@home("pipeline.watermarks")
class Watermark(object):
    __slots__ = ("column", "value", "token")

    def __getstate__(self):
        return {"column": self.column, "value": self.value, "token": self.token}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)


@home("pipeline.flags")
class Trait(enum.Flag):
    RESUMABLE, IDEMPOTENT, STREAMING = 1, 2, 4


@home("pipeline.errors")
class RowRejected(ValueError):
    def __init__(self, row, reason):
        ValueError.__init__(self, row, reason)
        self.row, self.reason = row, reason

    def __reduce__(self):
        return RowRejected, (self.row, self.reason)


@home("pipeline.transforms")
def scale(factor, value):
    return factor * value


@home("pipeline.transforms")
class Rename(object):
    def __init__(self, mapping):
        self.mapping = mapping

    def __call__(self, row):
        return {self.mapping.get(k, k): v for k, v in row.items()}


def named(module, name):
    return home(module)(type(name, (object,), {"__doc__": "A class that was moved and renamed, with an attribute."}))


Target = named("pipeline.load", "Loader") if OLD else named("pipeline.sinks.tables", "TableSink")


def stage(i, n):
    one = (LoadStage if n == 2 else Stage)()
    one.key = uuid.UUID(int=random.getrandbits(128))
    one.created = dt.datetime(2025, 1 + i % 12, 3, n, 15, i, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
    one.name = ("extract", "clean", "load")[n]
    one.rows = random.randrange(10**6) if i % 4 else 2**40 + i
    one.took = dt.timedelta(seconds=random.randrange(4000), microseconds=random.randrange(10**6))
    one.source = pathlib.PurePosixPath("/data/in/%02d" % i) / ("part-%d.csv" % n)
    one.sink = pathlib.PureWindowsPath("D:\\out\\%d" % i) if n == 2 else None
    one.error = (None, FileNotFoundError(2, "No such file or directory", "/data/in/%02d" % i),
                 RowRejected({"id": i, "amount": "x%d" % i}, "not a number"), TimeoutError("after %d s" % (i * 10)),
                 UnicodeDecodeError("utf-8", b"\xff\xfe%d" % i, 0, 1, "invalid start byte"))[(i + n) % 5 if n else 0]
    one.result = [random.randrange(99), "skipped", Decimal("%d.50" % i), None][(i + n) % 4]
    if n == 2:
        one.batch_size = 500 + i
        one.committed = {"orders": i * 100, "order_lines": i * 350}
    return one                                  # _hash stays unset


def checkpoint(i):
    watermark = Watermark()
    watermark.column = "updated_at" if i % 2 else "id"
    watermark.value = dt.datetime(2025, 5, 1 + i, 23, 59, 59) if i % 2 else 10**10 + i
    watermark.token = bytes(bytearray((i * 7 + n * 31) % 256 for n in range(16)))
    target = Target()
    target.table, target.mode, target.chunk = "dwh.fact_%d" % (i % 3), ("append", "upsert")[i % 2], 1000 * (1 + i)
    if OLD:
        target.truncate = i % 3 == 0
    else:
        target.truncate_first, target.columns = i % 3 == 0, ["id", "amount"]
    return {
        "run_id": uuid.UUID(int=i * 2**64 + 5), "version": (2, 7 if OLD else 9, "rc%d" % i),
        "started": dt.datetime(2025, 5, 1 + i, 2, 30), "stages": [stage(i, n) for n in range(3)],
        "watermark": watermark, "target": target, "traits": Trait.RESUMABLE | Trait(i % 4 & 2),
        "workdir": pathlib.Path("/var/lib/etl/%d" % i), "logs": [pathlib.Path("/var/log/%d.log" % n) for n in range(i % 3)],
        "limits": {"memory": 2.5 * i, "retries": i % 4, "budget": Decimal("0.%02d" % i), "deadline": dt.time(6, i),
                   "backoff": dt.timedelta(milliseconds=250 * i)},
        "steps": [("scale", functools.partial(scale, Decimal("1.%d" % i))), ("rename", Rename({"Betrag": "amount"})),
                  ("pick", operator.itemgetter("id", "amount"))][:1 + i % 3],
        "skip": re.compile(r"^#|^\s*$"), "columns": collections.OrderedDict([("id", int), ("amount", Decimal), ("at", dt.date)]),
        "seen": {uuid.UUID(int=n + i).bytes for n in range(i % 4)}, "rejects": {i * 10 + n: [b"row;%d" % n, "line %d" % n] for n in range(i % 3)},
        "tail": bytearray(b"partial line %d" % i), "sample": slice(0, 100 * i, None), "shard": range(i, 40, 4),
        "counts": {dt.date(2025, 5, 1 + n): (i + n, n) for n in range(1 + i % 3)}, "parent": None if i % 2 else uuid.UUID(int=i),
        "notes": ["späte Lieferung", "", None][i % 3], "done": i % 5 == 0}


everything = [checkpoint(i) for i in range(COUNT)]
etl = Application(sys.argv[1], "etl")
for i, one in enumerate(everything):
    if (i < COUNT // 2) == OLD:
        etl.save(i, pickle.dumps(one, (2, 4, 3)[i % 3] if OLD else (4, 5)[i % 2]))
if not OLD:
    stages = [s for one in everything for s in one["stages"]]
    etl.ask("SELECT COUNT(*) FROM save WHERE workdir LIKE '/var/lib/etl/1_'", COUNT // 2)
    etl.ask("SELECT run_id = X'%s' FROM save WHERE workdir_2 = 'lib' AND workdir_4 = '7'" % everything[7]["run_id"].hex, 1)
    etl.ask("SELECT SUM(rows_value) FROM stage WHERE name = 'clean'", sum(s.rows for s in stages if s.name == "clean"))
    etl.ask("SELECT SUM(took) FROM stage WHERE class_name = 'pipeline.base.LoadStage'",
            sum(s.took // dt.timedelta(microseconds=1) for s in stages if type(s) is LoadStage))
    etl.ask("SELECT COUNT(*) FROM stage WHERE error_class = 'pipeline.errors.RowRejected' AND error_0_id > 10",
            sum(type(s.error) is RowRejected and s.error.row["id"] > 10 for s in stages))
    etl.ask("SELECT COUNT(*) FROM stage WHERE created < '2025-06-02 20:00:00'",
            sum(s.created < dt.datetime(2025, 6, 2, 20, tzinfo=dt.timezone.utc) for s in stages))
    etl.ask("SELECT COUNT(*) FROM watermark WHERE value_datetime > '2025-05-10' OR value_int >= 10000000010",
            sum(w.value > (dt.datetime(2025, 5, 10) if isinstance(w.value, dt.datetime) else 10000000009)
                for w in (one["watermark"] for one in everything)))
    etl.ask("SELECT COUNT(*) FROM table_sink WHERE mode = 'upsert' AND chunk > 5000",
            sum(one["target"].mode == "upsert" and one["target"].chunk > 5000 for one in everything))
    etl.ask("SELECT SUM(item_0) FROM save_count WHERE item_key = '2025-05-02'",
            sum(one["counts"].get(dt.date(2025, 5, 2), (0, 0))[0] for one in everything))
    etl.ask("SELECT COUNT(*) FROM save_reject_value WHERE value_bytes = 'row;1'",
            sum(b"row;1" in row for one in everything for row in one["rejects"].values()))
    etl.ask("SELECT SUM(limits_budget) FROM save WHERE limits_deadline >= '06:10'",
            sum(one["limits"]["budget"] for one in everything if one["limits"]["deadline"] >= dt.time(6, 10)))
    etl.ask("SELECT COUNT(*) FROM save_step WHERE item_1_args_0 >= 1.5",
            sum(one["steps"][0][1].args[0] >= Decimal("1.5") for one in everything))
    etl.ask("SELECT COUNT(*) FROM stage WHERE result_decimal > 9 OR result_str = 'skipped'",
            sum(s.result == "skipped" or (isinstance(s.result, Decimal) and s.result > 9) for s in stages))
etl.close()
