"""What the scripts that make saves and edits of their rows share: edits.py, firsts.py, documents.py, keyed.py and likes.py."""
from __future__ import print_function

import binascii
import json
import sys
import types

OLD = sys.version_info < (3, 7)
PYTHON = "py%d%d" % sys.version_info[:2]
TEXT = u"ab\u00e9\u00df\u20ac xyz"

game = types.ModuleType("game")
sys.modules["game"] = game


def of_game(cls):
    """Has a class be one of the game's module."""
    cls.__module__ = "game"
    cls.__qualname__ = cls.__name__
    setattr(game, cls.__name__, cls)
    return cls


def text(r):
    return u"".join(r.choice(TEXT) for _ in range(r.randint(0, 9)))


def line(name, protocol, before, after, edits):
    """Prints a case: name, protocol, both pickles in hex, the edits as JSON."""
    parts = [name, str(protocol)] + [binascii.hexlify(b).decode("ascii") for b in (before, after)]
    print("\t".join(parts + [json.dumps(edits)]))
