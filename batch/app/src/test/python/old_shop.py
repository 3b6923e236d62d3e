"""Makes the saves of src/test/resources/made-by-537887c/shop.tar.gz.

    python2.7 old_shop.py SAVES && python3.11 old_shop.py SAVES
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C SAVES -c . | gzip -9n > FOLDER/shop.tar.gz

The attributes of one class are plain containers in some saves, and containers of classes of their own in others, which 537887c
looked into less than later builds do. `doc` holds what JSON has no type for.
"""

import collections
import datetime
import os
import pickle
import sys
import types

out = sys.argv[1]
if not os.path.isdir(out):
    os.makedirs(out)
shop = types.ModuleType("shop")
sys.modules["shop"] = shop
python = sys.version_info[0]


def put(made, name=None):
    made.__module__ = "shop"
    setattr(shop, name or made.__name__, made)
    return made


Bag = put(type("Bag", (list,), {}))
Stock = put(type("Stock", (dict,), {}))
Shelf = put(type("Shelf", (collections.OrderedDict,), {}))
Queue = put(type("Queue", (collections.deque,), {}))
Tags = put(type("Tags", (set,), {}))
Order = put(type("Order", (object,), {}))
Pair = put(type("Pair", (object,), {"__slots__": ("a", "b")}))
Pos = put(collections.namedtuple("Pos", "x y"))


@put
class StateTags(set):
    """A set that is its state, as Ren'Py has it."""

    def __reduce__(self):
        return StateTags, (), (dict((tag, True) for tag in self),)


@put
class Level(object):
    """A value that is made of one argument, as a member of an enum is."""

    def __init__(self, number):
        self.number = number

    def __reduce__(self):
        return Level, (self.number,)


def named(container):
    container.owner = "me"
    return container


def document(number, protocol):
    plain = Order()
    plain.x = number
    of = {
        "level": Level(number),
        "word": Level("a word"),
        "nan": float("nan"),
        "inf": float("-inf"),
        "big": 2**80,
        "bytes": bytearray(b"\xff"),
        "call": complex(1, 2),
        "bag": Bag([1]),
        "named": named(Stock(a=1)),
        "namedBag": named(Bag([1])),
        "empty": Bag(),
        "shelf": Shelf([("a", 1), ("b", 2)]),
        "queue": Queue([1, 2]),
        "pos": Pos(1, 2),
        "tags": Tags(["x"]),
        "stateTags": StateTags(["x"]),
        "span": datetime.timedelta(1),
        "odd": {1: 1, "a": 2},
        "class": Order,
        "plain": plain,
        "none": None,
    }
    if protocol >= 2:
        of["pair"] = Pair()
        of["pair"].a = number
    if python > 2:
        zone = datetime.timezone.utc
        of["zone"] = datetime.datetime(2020, 1, 1, tzinfo=zone)
        of["time"] = datetime.time(1, 2, tzinfo=zone)
        of["fold"] = datetime.datetime(2020, 1, 1, fold=1)
        of["text"] = "\ud800"
    return of


def order(number, protocol):
    made = Order()
    own = number % 2
    made.number = number
    made.bag = named(Bag([1, 2])) if own else [1, 2]
    made.stock = named(Stock(a=1, b=2)) if own else dict(a=1, b=2)
    made.shelf = Shelf([("a", 1), ("b", 2)]) if own else dict(a=1, b=2)
    made.queue = Queue([1, 2]) if own else [1, 2]
    made.tags = Tags(["x"]) if own else set(["x"])
    made.stateTags = StateTags(["x"]) if own else set(["x"])
    made.pos = Pos(3, 4) if own else (3, 4)
    made.level = Level(number)
    made.score = float("nan") if own else 1.5
    made.at = datetime.datetime(2020, 1, 1, 1)
    if own and python > 2:
        made.at = made.at.replace(tzinfo=datetime.timezone.utc)
    made.doc = document(number, protocol)
    return made


for number in range(2):
    for protocol in (0, 2) if python == 2 else (0, 2, 4):
        with open(os.path.join(out, "order%d-python%d-protocol%d.pkl" % (number, python, protocol)), "wb") as file:
            file.write(pickle.dumps(order(number, protocol), protocol))
