"""Makes src/test/resources/values/keyed.tsv.gz: saves of dicts whose keys have parts, or are values that stand elsewhere too, edits of their rows, and the same in Python.

    for p in 2.7 3.6 3.11 3.13; do PYTHONHASHSEED=0 python$p keyed.py 30; done | gzip -9n > keyed.tsv.gz

With 1500 for 30 that are 6,000 cases less those without an edit. The module app's RandomEditsTest ran them by
-Dpicklift.test.keyed=FILE on MySQL 9.7 and on MariaDB 11.4.5 without a difference.

A line is as edits.py has it. RandomEdits.KEYS is the mapping. Seeds are in the names.
"""
from __future__ import print_function

import collections
import datetime
import decimal
import pickle
import random
import sys

from cases import OLD, PYTHON, line, of_game

if sys.version_info[0] == 2:
    import cPickle as pickle  # noqa: F811

Dict = collections.OrderedDict if OLD else dict


class Crop(object):
    """Called with one text, as an enum's members are, each one object."""

    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Crop, (self.value,)

    def __eq__(self, other):
        return isinstance(other, Crop) and other.value == self.value

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.value)


of_game(Crop)
Pos = of_game(collections.namedtuple("Pos", "x y"))

# Each is one object: what stands in several places is shared there.
TEXTS = ["rye", "oat", "corn", "hay", "beet"]
CROPS = [Crop(text) for text in TEXTS]
PRICES = [decimal.Decimal(text) for text in ("1.50", "2.25", "-3.00", "10.75")]
DAYS = [datetime.date(2024, 5, 1) + datetime.timedelta(n) for n in range(5)]
NUMBERS = [1, 2, 300]


def shown(part):
    """What a cell says."""
    if isinstance(part, Crop):
        return part.value
    if isinstance(part, decimal.Decimal):
        return str(part)
    return part.isoformat() if isinstance(part, datetime.date) else part


class Table(object):
    """A dict and its rows: of each the ordinal, the key and the value."""

    def __init__(self, name, attribute, parts, values, made=None):
        self.name = name
        self.attribute = attribute
        self.parts = parts
        self.values = values
        # What a key is made of its parts by.
        self.made = made or (lambda *key: key if len(key) > 1 else key[0])

    def fill(self, r):
        self.rows = []
        for _ in range(r.randint(1, 4)):
            key = self.key(r)
            if key is not None:
                self.rows.append([len(self.rows), key, r.choice(self.values)])
        self.next = len(self.rows)

    def key(self, r):
        """A key that no row has; None where none was found."""
        for _ in range(20):
            parts = tuple(r.choice(of) for _, of in self.parts)
            if parts not in [row[1] for row in self.rows]:
                return parts
        return None

    def value(self):
        """What the save has."""
        made = Dict()
        for _, key, value in self.rows:
            made[self.made(*key)] = value
        return made

    def edit(self, r, edits):
        what = r.choice(["key", "key", "key", "part", "insert", "insert", "delete", "value"])
        if what == "insert":
            key = self.key(r)
            if key is not None:
                value = r.choice(self.values)
                cells = dict((column, shown(part)) for (column, _), part in zip(self.parts, key))
                cells.update(save_ordinal=0, position=100 + self.next)
                if self.values != [None]:
                    cells["value"] = shown(value)
                edits.append(["insert", self.name, self.next, cells])
                self.rows.append([self.next, key, value])
                self.next += 1
            return
        if not self.rows:
            return
        row = r.choice(self.rows)
        if what == "delete":
            self.rows.remove(row)
            edits.append(["delete", self.name, row[0]])
        elif what == "value" and self.values != [None]:
            row[2] = r.choice(self.values)
            edits.append(["set", self.name, row[0], "value", shown(row[2])])
        elif what != "value":
            key = self.key(r)
            if key is not None and what == "part":
                at = r.randrange(len(key))
                key = row[1][:at] + (key[at],) + row[1][at + 1:]
                key = None if key in [other[1] for other in self.rows] else key
            if key is not None:
                for (column, _), part, before in zip(self.parts, key, row[1]):
                    if part != before:
                        edits.append(["set", self.name, row[0], column, shown(part)])
                row[1] = key


class Members(Table):
    """A set and its rows."""

    def __init__(self, name, attribute, parts):
        Table.__init__(self, name, attribute, parts, [None])

    def value(self):
        return set(self.made(*key) for _, key, _ in self.rows)

    def order(self, written):
        """Rows are in the order in which the set was written."""
        keys = [key if isinstance(key, tuple) else (key,) for key in written]
        self.rows = [[i, key, None] for i, key in enumerate(keys)]


def tables():
    return [
        Table("stock", "stock", [("k", CROPS)], NUMBERS),
        Table("price", "prices", [("grade", NUMBERS), ("k", TEXTS)], NUMBERS),
        Table("plot", "plots", [("crop", CROPS), ("n", NUMBERS)], TEXTS),
        Table("day", "days", [("k", DAYS)], TEXTS),
        Table("fact", "facts", [("at", DAYS), ("n", NUMBERS)], NUMBERS),
        Table("cost", "costs", [("k", PRICES)], TEXTS),
        Table("pos", "places", [("x", NUMBERS), ("y", TEXTS)], NUMBERS, Pos),
        Members("kind", "kinds", [("value", CROPS)]),
        Members("pair", "pairs", [("crop", CROPS), ("n", NUMBERS)]),
    ]


def edit_texts(r, texts, edits):
    """A list of texts, each of which may be that of a key: the rows' ordinals are the places before."""
    at = r.randrange(len(texts))
    texts[at] = r.choice(TEXTS)
    edits.append(["set", "label", at, "value", texts[at]])


def edit_seen(r, before, seen, edits):
    """A set of texts."""
    at = r.randrange(len(before))
    text = r.choice(TEXTS)
    if text not in seen and before[at] in seen:
        seen.remove(before[at])
        seen.add(text)
        edits.append(["set", "seen", at, "value", text])


def main(count):
    for seed in range(count):
        r = random.Random(seed)
        protocol = r.randint(0, pickle.HIGHEST_PROTOCOL)
        all_tables = tables()
        order = list(all_tables)
        r.shuffle(order)
        labels = [r.choice(TEXTS) for _ in range(r.randint(1, 4))]
        seen = set(r.sample(TEXTS, r.randint(1, 3)))
        crop = r.choice(CROPS)

        values = {}

        def save():
            made = collections.OrderedDict()
            made["crop"] = crop
            for table in order:
                made[table.attribute] = values[table] = table.value()
            made["labels"] = labels
            made["seen"] = seen
            return pickle.dumps(made, protocol)

        for table in all_tables:
            table.fill(r)
        before = save()
        for table in all_tables:
            if isinstance(table, Members):
                table.order(values[table])
        members = list(seen)
        edits = []
        for _ in range(r.randint(1, 6)):
            r.choice(all_tables).edit(r, edits)
        if r.random() < 0.3:
            edit_texts(r, labels, edits)
        if r.random() < 0.3:
            edit_seen(r, members, seen, edits)
        if r.random() < 0.3:
            crop = r.choice(CROPS)
            edits.append(["set", "save", 0, "crop", crop.value])
        # Of a row that was inserted the cells are those of the INSERT.
        if edits:
            line("%s seed %d" % (PYTHON, seed), protocol, before, save(), edits)


main(int(sys.argv[1]))
