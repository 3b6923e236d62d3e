"""Makes applications.zip: pickles of six applications that differ as much as they can, and what Python says of
them (questions.tsv: application, SQL, answer).

python3.11 applications.py ../resources/applications.zip      (with numpy 2.1 and pandas 2.2)

sessions: a web framework's sessions, plain dicts; crawl: a crawler's queue, dicts with bytes; chess: an engine's
search trees with __slots__; mud: a world of objects that refer to each other; jobs: a queue of partials, exceptions
and times; runs: an experiment tracker with numpy and pandas.
"""
import array
import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import functools
import pathlib
import pickle
import random
import re
import sys
import types
import uuid
import zipfile
import zoneinfo

import numpy as np
import pandas as pd

from application_saves import home, module

OUT = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
QUESTIONS = []
random.seed(11)
RNG = np.random.default_rng(11)


def add(path, data):
    OUT.writestr(zipfile.ZipInfo(path, (2026, 11, 27, 0, 0, 0)), data)


def save(application, objects, protocols=(2, 4, 5)):
    for i, obj in enumerate(objects):
        add("%s/%02d.pickle" % (application, i), pickle.dumps(obj, protocols[i % len(protocols)]))


def ask(application, sql, answer):
    QUESTIONS.append("%s\t%s\t%s" % (application, sql, answer))


# ---- sessions: a framework's sessions, of guests and of users.
sessions = []
for i in range(24):
    one = {"_permanent": True, "_fresh": i % 3 > 0, "csrf_token": uuid.UUID(int=i * 7919).hex,
           "last_seen": dt.datetime(2026, 1 + i % 12, 5, i, 30, tzinfo=dt.timezone.utc)}
    if i % 4:
        one["_user_id"] = str(1000 + i)
        one["cart"] = {"sku-%d" % (i * 3 + n): n + 1 for n in range(i % 5)}
        one["locale"] = random.choice(["de", "en", None])
        one["roles"] = {"user", "admin"} if i % 5 == 0 else {"user"}
    if i % 6 == 0:
        one["_flashes"] = [("info", "Welcome %d" % i), ("error", "No stock")]
    sessions.append(one)
save("sessions", sessions)
ask("sessions", "SELECT COUNT(*) FROM save WHERE user_id IS NOT NULL", sum("_user_id" in s for s in sessions))
ask("sessions", "SELECT SUM(value) FROM save_cart", sum(sum(s.get("cart", {}).values()) for s in sessions))
ask("sessions", "SELECT COUNT(*) FROM save WHERE last_seen >= '2026-06-01'",
    sum(s["last_seen"].month >= 6 for s in sessions))

# ---- crawl: requests that wait, as dicts with headers of bytes.
crawl = []
for i in range(20):
    crawl.append({
        "url": "https://example.org/%d" % i, "method": "GET" if i % 4 else "POST",
        "headers": {b"User-Agent": [b"bot/1"], b"Accept": [b"text/html", b"*/*"]},
        "body": b"" if i % 4 else b"q=%d" % i, "cookies": {"sid": "s%d" % i} if i % 2 else {},
        "meta": {"depth": i % 4, "download_timeout": 180.0, "retry_times": i % 3, "proxy": None,
                 "download_slot": "example.org"},
        "encoding": "utf-8", "priority": -i, "dont_filter": bool(i % 2), "callback": "parse_%d" % (i % 3),
        "errback": None, "flags": ["cached"] * (i % 2), "cb_kwargs": {"page": i, "tags": ["a", "b"][:i % 3]}})
save("crawl", crawl)
ask("crawl", "SELECT COUNT(*) FROM save WHERE method = 'POST'", sum(c["method"] == "POST" for c in crawl))
ask("crawl", "SELECT MIN(priority) FROM save", -19)
ask("crawl", "SELECT COUNT(*) FROM save WHERE body <> X''", sum(c["body"] != b"" for c in crawl))


# ---- chess: trees with slots.
@home("engine.tree")
class Node:
    __slots__ = ("move", "visits", "total", "prior", "children", "parent")

    def __init__(self, move, parent, depth):
        self.move, self.parent = move, parent
        self.visits, self.total = random.randrange(1, 500), random.uniform(-1, 1)
        self.prior = random.random()
        self.children = [] if depth == 0 else [Node(random.choice(["e4", "d4", "Nf3", "c4"]), self, depth - 1)
                                               for _ in range(random.randrange(1, 4))]


@home("engine.board")
class Piece(enum.IntEnum):
    NONE, PAWN, KNIGHT, BISHOP, ROOK, QUEEN, KING = range(7)


@home("engine.board")
class Castling(enum.Flag):
    WHITE, BLACK = 1, 2


@home("engine.board")
class Position:
    def __init__(self, i):
        self.squares = [random.choice(list(Piece)) for _ in range(64)]
        self.pawns = random.getrandbits(63)
        self.all_pieces = random.getrandbits(64)
        self.castling = Castling.WHITE | Castling.BLACK if i % 2 else Castling.WHITE
        self.en_passant = None if i % 3 else (i % 8, 5)
        self.history = array.array("h", [random.randrange(-900, 900) for _ in range(12)])
        self.root = Node("", None, 3)
        self.clock = dt.timedelta(minutes=3, seconds=i, microseconds=i * 1000)


def nodes(node):
    return 1 + sum(nodes(child) for child in node.children)


positions = [Position(i) for i in range(12)]
save("chess", positions, (2, 3, 4))
ask("chess", "SELECT COUNT(*) FROM node", sum(nodes(p.root) for p in positions))
ask("chess", "SELECT SUM(all_pieces >= 9223372036854775808) FROM position",
    sum(p.all_pieces >= 2**63 for p in positions))
ask("chess", "SELECT MAX(clock) FROM position", int((positions[-1].clock).total_seconds() * 1e6))


# ---- mud: a world whose things refer to each other.
Coords = home("mud.world")(collections.namedtuple("Coords", "x y plane"))


@home("mud.world")
class Thing:
    pass


@home("mud.world")
class Room(Thing):
    pass


@home("mud.world")
class Character(Thing):
    pass


@home("mud.world")
@dataclasses.dataclass(frozen=True, slots=True)
class Skill:
    name: str
    level: int
    learned: dt.date


def make(of, **attributes):
    one = of.__new__(of)
    one.__dict__.update(attributes)
    return one


def world(i):
    rooms = [make(Room, oid=n, title="Room %d" % n, exits={}, contents=[], at=Coords(n, i, "earth"),
                  tags=frozenset(["dark", "wet"][:n % 3])) for n in range(5)]
    for n, room in enumerate(rooms):
        room.exits["north"] = rooms[(n + 1) % 5]
        if n % 2:
            room.exits["down"] = rooms[0]
    people = []
    for n in range(4):
        person = make(Character, oid=100 + n, name="P%d-%d" % (i, n), room=rooms[n], gold=decimal.Decimal("%d.%02d" % (n, i)),
                      stats=collections.defaultdict(int, str=n + i, dex=7), seen=collections.Counter({"orc": n + 1}),
                      log=collections.deque(["hello", "bye"][:n % 3], maxlen=20), born=dt.date(1990 + n, 1, 1 + i % 27),
                      home=pathlib.PurePosixPath("/home/%d" % n), luck=fractions.Fraction(n + 1, 7), key=uuid.UUID(int=n * 99 + i),
                      skills=[Skill("swim", n, dt.date(2020, 1, 1 + n))], leader=people[0] if people else None,
                      strength=2**70 + n)
        person.friends = list(people)
        rooms[n].contents.append(person)
        people.append(person)
    return make(Thing, rooms=rooms, people=people, tick=i * 1000, weather=collections.OrderedDict(wind=i, rain=i / 2))


worlds = [world(i) for i in range(10)]
save("mud", worlds)
ask("mud", "SELECT COUNT(*) FROM characters c JOIN room r ON r.save_id = c.save_id AND r.ordinal = c.room WHERE r.title = 'Room 2'", 10)
ask("mud", "SELECT SUM(gold) FROM characters", sum(p.gold for w in worlds for p in w.people))


# ---- jobs: partials, exceptions, times with zones, several kinds of results.
@home("worker.tasks")
def send(*args, **kwargs):
    return args


@home("worker.errors")
class TaskError(Exception):
    def __init__(self, message, code):
        super().__init__(message, code)
        self.code = code


@home("worker.queue")
class Job:
    pass


@home("worker.queue")
class State(enum.Enum):
    WAITING, DONE, FAILED = "waiting", "done", "failed"


BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
jobs = []
for i in range(24):
    job = make(Job, id=uuid.UUID(int=i), call=functools.partial(send, "to%d@example.org" % i, subject="S%d" % i, retries=i % 4),
               state=list(State)[i % 3], due=dt.datetime(2026, 1 + i % 12, 1, 12, 0, tzinfo=BERLIN), tries=i % 4,
               pattern=re.compile("^job-%d$" % i, re.I), window=range(i, i + 10), at=dt.time(6, i),
               options=types.SimpleNamespace(queue="fast" if i % 2 else "slow", weight=i / 4),
               result=[None, 17 + i, "ok", 2.5, True, dt.date(2026, 1, 1 + i)][i % 6])
    job.error = TaskError("no answer", 500 + i) if i % 3 == 2 else (KeyError("k%d" % i) if i % 5 == 0 else None)
    jobs.append(job)
save("jobs", jobs)
ask("jobs", "SELECT COUNT(*) FROM job WHERE state = 'failed'", sum(j.state is State.FAILED for j in jobs))
ask("jobs", "SELECT COUNT(*) FROM job WHERE due < '2026-07-01'", sum(j.due.month < 7 for j in jobs))
ask("jobs", "SELECT SUM(error_code) FROM job", sum(j.error.code for j in jobs if isinstance(j.error, TaskError)))
ask("jobs", "SELECT COUNT(*) FROM job WHERE result_str = 'ok'", sum(j.result == "ok" for j in jobs))


# ---- runs: an experiment tracker.
@home("lab.tracker")
class Run:
    pass


@home("lab.tracker")
@dataclasses.dataclass
class Config:
    rate: float
    layers: tuple
    optimizer: str
    seed: int


runs = []
for i in range(12):
    epochs = 4 + i % 3
    history = pd.DataFrame({
        "epoch": np.arange(epochs), "loss": RNG.random(epochs), "accuracy": RNG.random(epochs).astype("float32"),
        "phase": ["train", "valid"] * (epochs // 2) + ["test"] * (epochs % 2),
        "at": pd.date_range("2026-01-01", periods=epochs, freq="h", tz="UTC")})
    scores = np.array([(n, n / 3, "c%d" % n) for n in range(3)], [("n", "i4"), ("f1", "f8"), ("label", "U8")])
    runs.append(make(Run, name="run-%d" % i, config=Config(0.1 / (i + 1), (64, 32, i), random.choice(["adam", "sgd"]), i),
                     best=np.float32(RNG.random()), steps=np.int64(1000 * i), converged=np.bool_(i % 2), history=history,
                     scores=scores, weights=RNG.random((8, 16)), started=np.datetime64("2026-02-%02dT10:00" % (1 + i), "s"),
                     metrics={"loss": [np.float64(RNG.random()) for _ in range(3)], "f1": [np.float64(RNG.random())]},
                     importance=pd.Series(RNG.random(4), index=["age", "size", "price", "city"]),
                     tags=["a", "b"][:i % 3], parent=runs[-1].name if runs else None,
                     confusion=np.arange(9).reshape(3, 3) + i))
save("runs", runs)
ask("runs", "SELECT COUNT(*) FROM run_history WHERE phase = 'valid'", sum((r.history.phase == "valid").sum() for r in runs))
ask("runs", "SELECT CAST(SUM(loss) AS DECIMAL(20,9)) FROM run_history", "%.9f" % sum(r.history.loss.sum() for r in runs))
ask("runs", "SELECT COUNT(*) FROM run_importance WHERE label = 'price' AND value > 0.5",
    sum(r.importance["price"] > 0.5 for r in runs))
ask("runs", "SELECT CAST(SUM(f1) AS DECIMAL(20,9)) FROM run_score WHERE label <> 'c0'", "%.9f" % (12 * (1 / 3 + 2 / 3)))
ask("runs", "SELECT COUNT(*) FROM run WHERE converged", 6)

add("questions.tsv", "\n".join(QUESTIONS) + "\n")
OUT.close()
