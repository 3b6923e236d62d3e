"""Makes some of the pickles of src/test/resources/unseen: python3 unseen.py FOLDER (any from 3.8)."""

import enum
import os
import pickle
import sys
from collections import namedtuple


class Rule:
    def __init__(self, limit):
        self.limit = limit


class Switches:
    """Dicts and sets whose keys and members only a bool tells apart."""

    def __init__(self, n):
        self.by_state = {True: Rule(n), False: Rule(n + 1)}
        self.texts = {True: "on", False: "off %d" % n}
        self.pairs = {(True, n), (False, n)}
        self.flags = {True, False} if n % 2 else {False}
        pair = (True, n)
        self.shared = {pair: pair, (False, n): (False, n)}


class Shade(enum.Enum):
    RED = (255, 0)
    GREEN = (0, 255)


class Size(enum.Enum):
    SMALL = 1
    WIDE = (2, 1)


class Rgb(tuple):
    def __reduce__(self):
        return Rgb, (tuple(self),)


class Options(dict):
    def __reduce__(self):
        return Options, (dict(self),)


Spot = namedtuple("Spot", "x label")


class Picture:
    """Calls of one argument, which is a tuple or a dict; Spot has one under protocols 0 and 1 alone."""

    def __init__(self, n):
        self.shade = list(Shade)[n % 2]
        self.size = list(Size)[n % 2]
        self.rgb = Rgb((n, n + 1, n + 2))
        self.options = Options(depth=n, name="n%d" % n)
        self.spot = Spot(n, "here")
        self.spots = [{"at": Spot(i, "s")} for i in range(n)]


class Machine:
    """Lists of many classes that have attributes in common, each of them rare."""

    def __init__(self, n):
        self.parts = [PARTS[(n + i) % len(PARTS)]() for i in range(len(PARTS))]
        for i, part in enumerate(self.parts):
            part.weight = i
            part.maker = "m%d" % n
            part.on = self.parts[i - 1]


PARTS = [type("Part%d" % i, (), {}) for i in range(60)]


class Oddity:
    """Attributes and keys that stand in a file of lines only when they are escaped."""

    def __init__(self, n):
        names = ["\x7f", "\x85", "a\u2028b", "\u2029", "\ufffe", "# c", "\ufeff", "]"]
        for i, name in enumerate(names):
            self.__dict__[name] = [None, len, [], {"q" + name: n}][i % 4]
        self.nothing = dict.fromkeys(names)
        self.numbers = dict.fromkeys(names, n)


class Fields:
    """As attrs and data classes with slots are pickled: the values alone, in a list or tuple."""

    def __init__(self, *fields):
        self.fields = fields

    def __getstate__(self):
        return self.fields

    def __setstate__(self, fields):
        self.fields = fields


class Point(Fields):
    def __getstate__(self):
        return list(self.fields)


class Segment(Fields):
    pass


class Celsius(Fields):
    def __getstate__(self):
        return self.fields[0]


class Index(Fields):
    def __getstate__(self):
        return {self.fields[0]: "first", "n": self.fields[0]}


FIELDS = [Fields, Point, Segment, Celsius, Index]


class Drawing:
    """Objects whose state is no dict of attributes; the newer ones have one field more."""

    def __init__(self, n):
        points = [Point(*[i, i / 2, "p%d" % i][: 2 + n // 2]) for i in range(4)]
        self.segments = [Segment(points[i], points[i - 1], (i, n)) for i in range(4)]
        self.origin = points[n % 4]
        self.warmth = Celsius(20.5 + n)
        self.index = Index(n)


def main(folder):
    sys.modules["shop"] = sys.modules["__main__"]
    for thing in [Rule, Switches, Shade, Size, Rgb, Options, Spot, Picture, Machine, Oddity, Drawing] + PARTS + FIELDS:
        thing.__module__ = "shop"
        setattr(sys.modules["shop"], thing.__name__, thing)
    made = (
        ("boolkeys", Switches, range(5)),
        ("wrapped", Picture, range(5)),
        ("parts", Machine, (2, 4)),
        ("escaped", Oddity, (0, 4)),
        ("fields", Drawing, range(5)),
    )
    for name, make, protocols in made:
        for protocol in protocols:
            with open(os.path.join(folder, "%s%d.pkl" % (name, protocol)), "wb") as file:
                file.write(pickle.dumps(make(protocol), protocol))


if __name__ == "__main__":
    main(*sys.argv[1:])
