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


def main(folder):
    sys.modules["shop"] = sys.modules["__main__"]
    for thing in (Rule, Switches, Shade, Size, Rgb, Options, Spot, Picture):
        thing.__module__ = "shop"
    for name, make in (("boolkeys", Switches), ("wrapped", Picture)):
        for protocol in range(5):
            with open(os.path.join(folder, "%s%d.pkl" % (name, protocol)), "wb") as file:
                file.write(pickle.dumps(make(protocol), protocol))


if __name__ == "__main__":
    main(*sys.argv[1:])
