"""Makes src/test/resources/values/merge_objects.tsv: a save whose objects have rows of their own, to which others refer.

    for p in 2.7 3.11; do PYTHONHASHSEED=0 python$p merge_objects.py; done > merge_objects.tsv

A line: name, protocol, the pickle in hex. SaveMergeObjectsTest has the mapping.
"""
from __future__ import print_function

import binascii
import pickle
import sys
import types

PYTHON = "py%d%d" % sys.version_info[:2]

game = types.ModuleType("game")
sys.modules["game"] = game


class Stat(object):
    pass


class Item(object):
    pass


class Box(object):
    pass


for cls in (Stat, Item, Box):
    cls.__module__ = "game"
    setattr(game, cls.__name__, cls)


def stat(value):
    made = Stat()
    made.value = value
    made.note = u"n"
    return made


def item(amount):
    made = Item()
    made.amount = amount
    made.note = u"n"
    return made


def box(*amounts):
    made = Box()
    made.things = [item(amount) for amount in amounts]
    return made


save = {
    "hp": stat(10),
    "mp": stat(20),
    "luck": stat(1),
    "wit": stat(2),
    "party": [stat(5), stat(6)],
    "items": [item(5), item(6), item(7), item(7)],
    "boxes": {u"a": box(31, 32), u"b": box(33), u"c": box()},
}
for protocol in (0, 2):
    print(PYTHON, protocol, binascii.hexlify(pickle.dumps(save, protocol)).decode("ascii"), sep="\t")
