"""Makes src/test/resources/values/parts.tsv.gz: saves of objects whose values are calls of parts, have one of several kinds, or are containers of Python's library, edits of their rows, and the same in Python.

    for p in 2.7 3.6 3.11 3.13; do PYTHONHASHSEED=0 python$p parts.py 30; done | gzip -9n > parts.tsv.gz

With 1500 for 30 that are 6,000 cases. The module app's RandomEditsTest runs them by -Dpicklift.test.parts=FILE.

A line is as edits.py has it. RandomEdits.PARTS is the mapping. Seeds are in the names.
"""
from __future__ import print_function

import collections
import datetime
import decimal
import fractions
import pickle
import random
import sys

from cases import OLD, PYTHON, line, of_game

PY2 = sys.version_info[0] == 2
if PY2:
    import cPickle as pickle  # noqa: F811

    range = xrange  # noqa: F821

Index = collections.OrderedDict
MAXLEN = 4
KEYS = ["a", "b", "c", "d", "e"]
ATTRIBUTES = ["title", "sig", "odds", "counts", "any", "span", "wait", "cost", "bag", "log", "idx", "grp", "raw", "at"]
ZONE = None if PY2 else datetime.timezone(datetime.timedelta(hours=2))
EPOCH = datetime.datetime(1970, 1, 1)


class Card(object):
    pass


of_game(Card)


def number(r):
    return r.choice([0, 1, 7, 300, -5, 70000, 2**40])


def real(r):
    return r.choice([0.5, 1.5, -2.25, 1e10, 3.0])


def sig(r):
    return complex(real(r), real(r))


def odds(r):
    return fractions.Fraction(r.choice([1, 2, 5, -3]), r.choice([7, 11, 13]))


def any_of(r):
    return r.choice([number, real, lambda r: r.choice(KEYS)])(r)


def at(r):
    return datetime.datetime(2024, 1 + r.randrange(12), 3, 10, 20, 30, r.choice([0, 123456]), ZONE)


def cost(r):
    return decimal.Decimal(r.choice(["1.50", "20.25", "-3.75"]))


def wait(r):
    return datetime.timedelta(r.randrange(3), r.randrange(999), r.randrange(99))


def span(r):
    return range(r.randrange(5), r.randrange(5, 20), r.choice([1, 2]))


def span_cells(value):
    start, stop, step = value.__reduce__()[1]
    return {"span_start": start, "span_stop": stop, "span_step": step}


def odds_cells(value):
    arguments = value.__reduce__()[1]
    if len(arguments) == 1:
        return {"odds": arguments[0]}
    return {"odds_n": arguments[0], "odds_d": arguments[1]}


def any_cells(value):
    kind = "str" if isinstance(value, str) else "float" if isinstance(value, float) else "int"
    cells = {"any_int": None, "any_real": None, "any_str": None, "any_kind": kind}
    cells["any_" + {"str": "str", "float": "real", "int": "int"}[kind]] = value
    return cells


def at_cells(value):
    shown = value.replace(tzinfo=None) - (ZONE.utcoffset(None) if ZONE else datetime.timedelta())
    return {"at_utc" if ZONE else "at": shown.isoformat(" ")}


PLAIN = {
    "title": (lambda r: r.choice(KEYS), lambda value: {"title": value}),
    "sig": (sig, lambda value: {"sig_real": value.real, "sig_imag": value.imag}),
    "odds": (odds, odds_cells),
    "any": (any_of, any_cells),
    "span": (span, span_cells),
    "wait": (wait, lambda value: {"wait": (value.days * 86400 + value.seconds) * 10**6 + value.microseconds}),
    "cost": (cost, lambda value: {"cost": str(value)}),
    "at": (at, at_cells),
    "raw": (lambda r: bytearray("".join(r.choice(KEYS) for _ in range(3)).encode("ascii")), lambda value: {"raw": value.decode("ascii")}),
}

# What may be None, but for the first card's.
NONES = ["sig", "odds", "span"]


class Save(object):
    def __init__(self, r):
        self.r = r
        self.cards = []
        self.ordinals = []
        # By attribute, of each card the ordinals of its rows in their order.
        self.rows = dict((name, []) for name in ("bag", "log", "idx", "grp"))
        self.next = collections.defaultdict(int)
        for _ in range(r.randint(2, 4)):
            self.cards.append(self.card(not self.cards))
        self.edits = []

    def card(self, is_first):
        r = self.r
        card = Card()
        for name in ATTRIBUTES:
            if name in PLAIN:
                is_none = name in NONES and not is_first and r.random() < 0.3
                value = None if is_none else PLAIN[name][0](r)
            elif name == "counts":
                value = collections.Counter({"a": r.randint(1, 9)})
                if not OLD and r.random() < 0.5:
                    value["b"] = r.randint(1, 9)
            elif name == "bag":
                value = collections.Counter(dict((key, 1 + number(r) % 9) for key in self.some(1)))
            elif name == "log":
                value = collections.deque([r.choice(KEYS) for _ in range(r.randint(0, 3))], MAXLEN)
            elif name == "idx":
                value = Index((key, number(r)) for key in self.some(0))
            else:
                value = collections.defaultdict(int, ((key, number(r)) for key in self.some(0)))
            setattr(card, name, value)
        return card

    def some(self, least):
        """Keys, of which old Pythons write several in any order."""
        most = max(least, 1) if OLD else 3
        return self.r.sample(KEYS, self.r.randint(least, most))

    def number(self):
        """Gives the rows their ordinals, as the walk does."""
        for card in self.cards:
            self.ordinals.append(self.new("card"))
            for name, rows in sorted(self.rows.items()):
                rows.append([self.new(name) for _ in getattr(card, name)])

    def new(self, table):
        self.next[table] += 1
        return self.next[table] - 1

    def dump(self, protocol):
        made = collections.OrderedDict()
        made["name"] = "x"
        made["cards"] = self.cards
        return pickle.dumps(made, protocol)

    def cells(self, card):
        cells = {}
        for name in ATTRIBUTES:
            value = getattr(card, name)
            if name in PLAIN and value is not None:
                cells.update(PLAIN[name][1](value))
        for key in card.counts:
            cells["counts_" + key] = card.counts[key]
        return cells

    def edit(self):
        r = self.r
        at = r.randrange(len(self.cards))
        what = r.choice(["plain"] * 5 + ["none", "counts", "insert", "insert", "delete"] + ["member"] * 4)
        if what == "plain":
            name = r.choice(sorted(PLAIN))
            before = getattr(self.cards[at], name)
            value = PLAIN[name][0](r)
            cells = PLAIN[name][1](value)
            old = {} if before is None else PLAIN[name][1](before)
            setattr(self.cards[at], name, value)
            for column in sorted(cells):
                if cells[column] != old.get(column, None):
                    self.set("card", self.ordinals[at], column, cells[column])
        elif what == "none" and at > 0:
            name = r.choice(NONES)
            before = getattr(self.cards[at], name)
            setattr(self.cards[at], name, None)
            for column in sorted({} if before is None else PLAIN[name][1](before)):
                self.set("card", self.ordinals[at], column, None)
        elif what == "counts":
            key = r.choice(["a", "b"])
            self.cards[at].counts[key] = r.randint(1, 9)
            self.set("card", self.ordinals[at], "counts_" + key, self.cards[at].counts[key])
        elif what == "insert":
            self.insert()
        elif what == "delete" and len(self.cards) > 1 and at > 0:
            self.delete(at)
        elif what == "member":
            self.member(at, r.choice(sorted(self.rows)))

    def set(self, table, ordinal, column, value):
        self.edits.append(["set", table, ordinal, column, value])

    def insert(self):
        card = self.card(False)
        self.cards.append(card)
        ordinal = self.new("card")
        self.ordinals.append(ordinal)
        cells = self.cells(card)
        cells.update(save_ordinal=0, position=100 + ordinal)
        self.edits.append(["insert", "card", ordinal, cells])
        for name, rows in sorted(self.rows.items()):
            own = []
            rows.append(own)
            value = getattr(card, name)
            for i, key in enumerate(value):
                own.append(self.new(name))
                cells = {"card_ordinal": ordinal, "position": i}
                cells.update({"value": key} if name == "log" else {"k": key, "value": value[key]})
                self.edits.append(["insert", name, own[-1], cells])

    def delete(self, at):
        for name, rows in sorted(self.rows.items()):
            for row in rows.pop(at):
                self.edits.append(["delete", name, row])
        self.edits.append(["delete", "card", self.ordinals.pop(at)])
        self.cards.pop(at)

    def member(self, at, name):
        r = self.r
        value = getattr(self.cards[at], name)
        rows = self.rows[name][at]
        what = r.choice(["insert", "insert", "delete", "set"])
        if what == "insert" and name == "log":
            if len(value) < MAXLEN:
                text = r.choice(KEYS)
                value.append(text)
                rows.append(self.new(name))
                cells = {"card_ordinal": self.ordinals[at], "position": 100 + rows[-1], "value": text}
                self.edits.append(["insert", name, rows[-1], cells])
        elif what == "insert":
            key = r.choice(KEYS)
            if key not in value:
                value[key] = 1 + number(r) % 9
                rows.append(self.new(name))
                cells = {"card_ordinal": self.ordinals[at], "position": 100 + rows[-1], "k": key, "value": value[key]}
                self.edits.append(["insert", name, rows[-1], cells])
        elif rows and (name == "log" or len(rows) == 1 or not OLD):
            place = r.randrange(len(rows))
            if what == "set" and name == "log":
                value[place] = r.choice(KEYS)
                self.set(name, rows[place], "value", value[place])
            elif what == "set":
                key = list(value)[place]
                value[key] = 1 + number(r) % 9
                self.set(name, rows[place], "value", value[key])
            else:
                self.edits.append(["delete", name, rows.pop(place)])
                del value[place if name == "log" else list(value)[place]]


def main(count):
    for seed in range(count):
        r = random.Random(seed)
        protocol = r.randint(0, pickle.HIGHEST_PROTOCOL)
        save = Save(r)
        before = save.dump(protocol)
        save.number()
        for _ in range(r.randint(1, 6)):
            save.edit()
        if save.edits:
            line("%s seed %d" % (PYTHON, seed), protocol, before, save.dump(protocol), save.edits)


main(int(sys.argv[1]))
