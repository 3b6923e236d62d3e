"""Makes src/test/resources/values/firsts.tsv.gz: saves without objects, members or keys that other saves have, edits that give them
the first ones, and the same edits in Python.

    for p in 2.7 3.6 3.11 3.13; do PYTHONHASHSEED=0 python$p firsts.py 30; done | gzip -9n > firsts.tsv.gz

With 2600 for 30 (Pythons 2.7.18, 3.6.15, 3.11.7, 3.13.0) that are 10,324 cases with edits, seeds 0 to 2,599 of each. The module app's
RandomEditsTest ran them by -Dpicklift.test.firsts=FILE on MySQL 9.7 and on MariaDB 11.4.5 without a difference.

The first lines of a Python, one for each protocol and without edits, are saves that have all: what the others are made like.
A line is as edits.py has it. RandomEdits.FIRSTS is the mapping. Seeds are in the names.
"""
from __future__ import print_function

import collections
import pickle
import random
import sys

from cases import OLD, PYTHON, line, of_game, text

if sys.version_info[0] == 2:
    import cPickle as pickle  # noqa: F811


class Home(object):
    pass


class Item(object):
    pass


class Quest(object):
    pass


class Cat(object):
    pass


class Dog(object):
    pass


class Mood(object):
    """Called with one text, as an enum's members are."""

    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Mood, (self.value,)


for cls in (Home, Item, Quest, Cat, Dog, Mood):
    of_game(cls)

CLASSES = {"game.Cat": Cat, "game.Dog": Dog}


def home(city, zip_code, rooms):
    made = Home()
    made.owner = u"town"
    made.city = city
    made.zip = zip_code
    made.rooms = rooms
    return made


def item(name, price, mood, part):
    made = Item()
    made.name = name
    made.price = price
    made.flags = [1, 2]
    made.mood = mood
    made.part = part
    return made


def part(weight):
    return collections.OrderedDict([(u"weight", weight), (u"unit", u"kg")]) if not OLD else {"weight": weight, "unit": u"kg"}


def quest(number, steps):
    made = Quest()
    made.number = number
    made.steps = steps
    return made


def pet(cls, name):
    made = cls()
    made.name = name
    made.legs = 4
    return made


def some(r, value):
    return value if r.random() < 0.4 else None


def rich(r):
    made = collections.OrderedDict()
    made["name"] = text(r)
    made["home"] = home(text(r), text(r), [text(r), text(r)])
    made["pet"] = pet(Cat, text(r))
    made["mate"] = pet(Dog, text(r))
    made["stats"] = {"dex": r.randint(0, 9), "might": r.randint(0, 9)}
    made["items"] = [item(text(r), 1.5, Mood(u"calm"), part(2)), item(text(r), 2.5, Mood(u"mad"), part(3))]
    made["slots"] = [item(text(r), 0.5, Mood(u"calm"), part(1)), None]
    made["quests"] = {u"a": quest(1, [text(r)]), u"b": quest(2, [text(r)])}
    made["mood"] = Mood(u"mad")
    made["at"] = (1, 2.5)
    return made


def poor(r):
    """Lacks about half of what there is."""
    made = collections.OrderedDict()
    made["name"] = text(r)
    made["home"] = some(r, home(text(r), some(r, text(r)), [text(r)] if r.random() < 0.5 else []))
    made["pet"] = some(r, pet(r.choice([Cat, Dog]), text(r)))
    made["mate"] = some(r, pet(r.choice([Cat, Dog]), text(r)))
    made["stats"] = {}
    for key in ("dex", "might"):
        if r.random() < 0.5:
            made["stats"][key] = r.randint(0, 9)
    few = [item(text(r), 0.5, some(r, Mood(u"calm")), some(r, part(4))) for _ in range(r.choice([0, 0, 1, 2]))]
    made["items"] = few
    made["slots"] = [some(r, item(text(r), 1.25, some(r, Mood(u"mad")), some(r, part(5)))) for _ in range(2)]
    made["quests"] = {u"q": quest(7, [])} if r.random() < 0.3 else {}
    made["mood"] = some(r, Mood(u"calm"))
    made["at"] = some(r, (3, 4.5))
    return made


class Edits(object):
    def __init__(self, s):
        self.s = s
        self.rooms = len(s["home"].rooms) if s["home"] else 0
        self.made = []

    def set(self, table, ordinal, column, value):
        self.made.append(["set", table, ordinal, column, value])

    def insert(self, table, ordinal, **cells):
        self.made.append(["insert", table, ordinal, cells])

    def home(self, r):
        old = self.s["home"]
        if old is None:
            city, zip_code = text(r), some(r, text(r))
            rooms = [text(r) for _ in range(r.choice([0, 0, 1, 2]))]
            self.s["home"] = home(city, zip_code, rooms)
            self.set("save", 0, "home_city", city)
            if zip_code is not None:
                self.set("save", 0, "home_zip", zip_code)
            for i, room in enumerate(rooms):
                self.insert("room", i, save_ordinal=0, position=i, value=room)
        else:
            old.zip = text(r)
            self.set("save", 0, "home_zip", old.zip)
            old.rooms.append(text(r))
            self.insert("room", self.rooms, save_ordinal=0, position=99, value=old.rooms[-1])

    def pet(self, r, name):
        old = self.s[name]
        if old is None:
            cls = r.choice(["game.Cat", "game.Dog"])
            called = some(r, text(r))
            self.s[name] = pet(CLASSES[cls], called)
            self.set("save", 0, name + "_class", cls)
            if called is not None:
                self.set("save", 0, name + "_name", called)
        else:
            self.s[name] = None
            self.set("save", 0, name + "_class", None)
            self.set("save", 0, name + "_name", None)

    def stats(self, r):
        for key in ("dex", "might"):
            if key not in self.s["stats"] and r.random() < 0.7:
                self.s["stats"][key] = r.randint(0, 99)
                if list(self.s["stats"])[-1] != key:
                    del self.s["stats"][key]  # an old dict's order is not that of insertion
                else:
                    self.set("save", 0, "stats_" + key, self.s["stats"][key])

    def cells(self, r):
        mood, weight = r.choice([None, u"calm", u"mad"]), r.choice([None, 6, 7])
        made = item(text(r), r.choice([0.25, 8.0]), mood and Mood(mood), weight and part(weight))
        cells = {"name": made.name, "price": made.price, "mood": mood, "weight": weight, "unit": weight and u"kg"}
        return made, dict((k, v) for k, v in cells.items() if v is not None)

    def items(self, r):
        before = len(self.s["items"])
        for i, old in enumerate(self.s["items"]):
            if old.mood is None and r.random() < 0.5:
                old.mood = Mood(u"mad")
                self.set("item", i, "mood", u"mad")
            if old.part is None and r.random() < 0.5:
                old.part = part(8)
                self.set("item", i, "weight", 8)
                self.set("item", i, "unit", u"kg")
        for i in range(r.choice([0, 1, 2])):
            made, cells = self.cells(r)
            self.s["items"].append(made)
            self.insert("item", before + i, save_ordinal=0, position=10 + i, **cells)

    def slots(self, r):
        for i, old in enumerate(self.s["slots"]):
            if old is None and r.random() < 0.6:
                self.s["slots"][i], cells = self.cells(r)
                self.set("slot", i, "slot_class", "game.Item")
                for column in sorted(cells):
                    self.set("slot", i, column, cells[column])
            elif old is not None and r.random() < 0.4:
                self.s["slots"][i] = None
                self.set("slot", i, "slot_class", None)
                for column in ("name", "price", "mood", "weight", "unit"):
                    self.set("slot", i, column, None)

    def quests(self, r):
        if self.s["quests"]:
            return
        for i in range(1 if OLD else r.choice([1, 2])):
            steps = [text(r) for _ in range(r.choice([0, 1]))]
            key = u"k%d" % i
            self.s["quests"][key] = quest(i, steps)
            self.insert("quest", i, save_ordinal=0, position=i, k=key, number=i)
            for j, step in enumerate(steps):
                self.insert("step", i + j, quest_ordinal=i, position=j, value=step)

    def mood(self, r):
        if self.s["mood"] is None:
            self.s["mood"] = Mood(u"mad")
            self.set("save", 0, "mood", u"mad")

    def at(self, r):
        if self.s["at"] is None:
            self.s["at"] = (r.randint(0, 9), 0.5)
            self.set("save", 0, "at_x", self.s["at"][0])
            self.set("save", 0, "at_y", 0.5)

    def all(self, r):
        for edit in (
            self.home,
            lambda x: self.pet(x, "pet"),
            lambda x: self.pet(x, "mate"),
            self.stats,
            self.items,
            self.slots,
            self.quests,
            self.mood,
            self.at,
        ):
            if r.random() < 0.5:
                edit(r)
        # Two quests' steps have one count.
        steps = [e for e in self.made if e[:2] == ["insert", "step"]]
        for number, edit in enumerate(steps):
            edit[2] = number
        return self.made


def main(count):
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    for protocol in protocols:
        whole = pickle.dumps(rich(random.Random(protocol)), protocol)
        line("%s all" % PYTHON, protocol, whole, whole, [])
    for seed in range(count):
        r = random.Random(seed)
        protocol = r.choice(list(protocols))
        s = poor(r)
        before = pickle.dumps(s, protocol)
        edits = Edits(s).all(r)
        if edits:
            line("%s seed %d" % (PYTHON, seed), protocol, before, pickle.dumps(s, protocol), edits)


main(int(sys.argv[1]))
