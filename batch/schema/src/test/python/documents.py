"""Makes src/test/resources/values/documents.tsv.gz: saves with values in JSON columns, edits of the documents, and the same in Python.

    for p in 2.7 3.6 3.11 3.13; do PYTHONHASHSEED=0 python$p documents.py 30; done | gzip -9n > documents.tsv.gz

With 2600 for 30 (Pythons 2.7.18, 3.6.15, 3.11.7, 3.13.0) that are 10,166 cases, seeds 0 to 2,599 of each; the others make no edit. The module
app's RandomEditsTest ran them by -Dpicklift.test.documents=FILE on MySQL 9.7 and on MariaDB 11.4.5 without a difference.

A line is as edits.py has it. RandomEdits.DOCUMENTS is the mapping. Seeds are in the names.
"""
from __future__ import print_function

import collections
import copy
import datetime
import decimal
import json
import pickle
import random
import sys

from cases import OLD, PYTHON, line, of_game, text

if sys.version_info[0] == 2:
    import cPickle as pickle  # noqa: F811


class Pet(object):
    pass


class Mood(object):
    """Called with one text, as an enum's members are."""

    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Mood, (self.value,)

    def __eq__(self, other):
        return isinstance(other, Mood) and other.value == self.value


class Dog(Pet):
    pass


for cls in (Pet, Mood, Dog):
    of_game(cls)

# In Python 2 a new name of ASCII is a str.
KEYS = [u"\u00e9", u"\u00df"] if sys.version_info[0] == 2 else [u"b", u"a", u"\u00e9", u"zz", u"c d"]
NEW_KEYS = [u"\u00f6"] if sys.version_info[0] == 2 else [u"n", u"m", u"\u00f6"]
DATE = datetime.date(2024, 5, 1)


def scalar(r):
    return r.choice([None, True, False, 0, 7, -2 ** 40, 0.5, 1000.25, text(r), text(r)])


def plain(r, depth):
    """What JSON can say, with an order of keys that is not always that of their bytes."""
    what = r.random()
    if depth == 0 or what < 0.5:
        return scalar(r)
    if what < 0.75:
        return [plain(r, depth - 1) for _ in range(r.randint(0, 4))]
    made = {}
    for key in r.sample(KEYS, r.randint(0, 1 if OLD else 4)):
        made[key] = plain(r, depth - 1)
    return made


def save(r):
    made = collections.OrderedDict()
    made["any"] = plain(r, 3)
    made["bag"] = collections.OrderedDict() if OLD else {}
    for key in r.sample([u"rope", u"axe", u"\u00e4pple", u"map"], r.randint(0, 4)):
        made["bag"][key] = r.randint(0, 9)
    made["days"] = [DATE + datetime.timedelta(r.randint(0, 99)) for _ in range(r.randint(0, 4))]
    made["ranks"] = dict((n, text(r)) for n in range(1 if OLD else r.randint(1, 3)))
    made["pet"] = pet = Pet()
    pet.name = text(r)
    pet.mood = Mood(u"calm")
    pet.born = datetime.datetime(2020, 1, 2, 3, 4, 5, 678)
    pet.worth = decimal.Decimal("1.50")
    pet.at = (1, 2.5)
    made["mix"] = mix(r)
    made["rest"] = [u"kept"]
    return made


def pet_of(cls, r):
    pet = cls()
    pet.name = text(r)
    pet.age = r.randint(0, 9)
    return pet


def mix(r):
    """Members that differ in more than the document shows: these are known again by their value."""
    kinds = [
        lambda: text(r), lambda: r.randint(0, 99), lambda: None, lambda: pet_of(Pet, r),
        lambda: (r.randint(0, 9), text(r)), lambda: DATE + datetime.timedelta(r.randint(0, 99)), lambda: Mood(r.choice([u"calm", u"mad"])),
    ]
    if r.random() < 0.5:
        kinds += [lambda: pet_of(Dog, r), lambda: collections.OrderedDict([(u"name", text(r)), (u"age", 1)])]
    members = [text(r), pet_of(Pet, r)] + [r.choice(kinds)() for _ in range(r.randint(0, 5))]
    r.shuffle(members)
    return members


def shown(value):
    """What the document says."""
    if isinstance(value, dict):
        return collections.OrderedDict((u"%s" % k, shown(v)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return [shown(v) for v in value]
    if isinstance(value, Pet):
        return shown(value.__dict__)
    if isinstance(value, Mood):
        return value.value
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, decimal.Decimal) else value


def sorted_keys(value):
    """What is new has its keys in the order of their bytes."""
    if isinstance(value, dict):
        made = {}
        for key in sorted(value, key=lambda k: k.encode("utf-8")):
            made[key] = sorted_keys(value[key])
        return made
    return [sorted_keys(v) for v in value] if isinstance(value, list) else value


def kind(value):
    """What a list's members have to have in common where one is taken away or added: lists and dicts as JSON has them."""
    if isinstance(value, dict):
        keys = list(value)
        plain_keys = keys == sorted(keys, key=lambda k: k.encode("utf-8")) and not isinstance(value, collections.OrderedDict)
        return "plain" if plain_keys and all(kind(v) == "plain" for v in value.values()) else "other"
    if isinstance(value, list):
        return "plain" if all(kind(v) == "plain" for v in value) else "other"
    return "plain"


def edit_plain(r, value):
    """Another value in its place, or the same with other keys or members."""
    if isinstance(value, list) and r.random() < 0.8:
        at = r.randint(0, len(value))
        what = r.random()
        if what < 0.4 and value:
            at = r.randint(0, len(value) - 1)
            value[at] = edit_plain(r, value[at])
        elif all(kind(v) == "plain" for v in value):
            if what < 0.7:
                value.insert(at, sorted_keys(plain(r, 1)))
            elif value:
                del value[r.randint(0, len(value) - 1)]
        return value
    if isinstance(value, dict) and r.random() < 0.8:
        for key in list(value):
            what = r.random()
            if what < 0.2:
                del value[key]
            elif what < 0.5:
                value[key] = edit_plain(r, value[key])
        for key in sorted(r.sample(NEW_KEYS, r.randint(0, len(NEW_KEYS))), key=lambda k: k.encode("utf-8")):
            if key not in value and not (OLD and value):
                value[key] = sorted_keys(plain(r, 1))
        return value
    while True:
        made = sorted_keys(plain(r, 2))
        # A dict in the place of a dict is the same one with other keys.
        if isinstance(made, (dict, list)) and type(made) is type(value):
            continue
        # A number in the place of a float is one.
        is_whole = isinstance(value, float) and type(made) not in (float, bool) and isinstance(made, (int, type(2 ** 70)))
        return float(made) if is_whole else made


def same(one, other):
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def matched(before, given):
    """For each of those given its place before: of equal value, then in the same place; None of one that is new."""
    found = [i if i < len(before) and same(before[i], given[i]) else None for i in range(len(given))]
    for i in range(len(given)):
        if found[i] is None:
            found[i] = next((n for n in range(len(before)) if n not in found and same(before[n], given[i])), None)
    return [i if at is None and i < len(before) and i not in found else at for i, at in enumerate(found)]


def changed_member(value, doc):
    """A member that the document has in its place with another value."""
    if isinstance(value, Pet) and isinstance(doc, dict):
        value.__dict__.update(doc)
        return value
    if isinstance(value, dict) and isinstance(doc, dict):
        value.update(doc)
        return value
    if isinstance(value, tuple) and isinstance(doc, list):
        return tuple(doc)
    if isinstance(value, datetime.date) and not isinstance(doc, (list, dict, int)) and doc is not None:
        return datetime.date(*[int(part) for part in doc.split("-")])
    if isinstance(value, Mood) and isinstance(doc, type(u"")):
        return Mood(doc)
    return sorted_keys(doc)


def edit_mix(r, members):
    """Another document, and the members that it means; None where it cannot be said."""
    before = [shown(m) for m in members]
    given = copy.deepcopy(before)
    for _ in range(r.randint(1, 3)):
        what = r.random()
        at = r.randint(0, len(given) - 1) if given else 0
        if what < 0.25:
            r.shuffle(given)
        elif what < 0.5 and given:
            del given[at]
        elif what < 0.6:
            given.insert(at, text(r))
        elif what < 0.7:
            given.insert(at, r.randint(100, 999))
        elif what < 0.8:
            given.insert(at, {u"name": text(r), u"age": r.randint(100, 999)})
        elif given and isinstance(given[at], dict):
            given[at][u"age"] = r.randint(100, 999)
        elif given and isinstance(given[at], list):
            given[at] = [r.randint(100, 999), given[at][1]]
    found = matched(before, given)
    made = []
    for at, doc in zip(found, given):
        if at is not None and same(before[at], doc):
            made.append(members[at])
            continue
        if at is not None and members[at] is None and isinstance(doc, (dict, list)):
            # None says nothing of what else stands there: such a value is one that is new.
            at = None
        old = None if at is None else members[at]
        # A text in the place of a date or the like would have to be one; a dict in that of a dict has its keys.
        is_text = isinstance(doc, type(u""))
        if isinstance(old, (datetime.date, tuple)) and not isinstance(doc, list) and (is_text or isinstance(old, tuple)):
            return None
        if isinstance(old, datetime.date) and is_text or isinstance(old, Mood) and not is_text:
            return None
        # In Python 2 a text of ASCII where none stood is a str.
        is_new = at is not None and (isinstance(doc, dict) and not isinstance(old, (dict, Pet)) or is_text and not isinstance(old, (type(u""), Mood)))
        if sys.version_info[0] == 2 and is_new:
            return None
        if at is not None:
            made.append(changed_member(old, doc))
        elif isinstance(doc, dict):
            shapes = [m for m in members if isinstance(m, (dict, Pet))]
            kinds = set(type(m) for m in shapes)
            if len(kinds) != 1:
                return None
            new = shapes[0].__class__()
            # In the order in which the example has them.
            for key in shapes[0].__dict__ if isinstance(new, Pet) else shapes[0]:
                if isinstance(new, Pet):
                    setattr(new, key, doc[key])
                else:
                    new[key] = doc[key]
            made.append(new)
        elif isinstance(doc, list):
            return None
        else:
            made.append(doc)
    return given, made


def edit(r, s):
    edits = []

    def changed(column, before):
        # For Python 0 is False.
        if json.dumps(shown(s[column])) != json.dumps(before):
            edits.append(["set", "save", 0, column, json.dumps(shown(s[column]))])

    if r.random() < 0.8:
        before = shown(copy.deepcopy(s["any"]))
        if before is not None:
            s["any"] = edit_plain(r, s["any"])
            if s["any"] is None:
                s["any"] = u"\u00df"
            changed("any", before)
    if r.random() < 0.5:
        before = shown(copy.deepcopy(s["bag"]))
        for key in list(s["bag"]):
            if r.random() < 0.4:
                del s["bag"][key]
        for key in (u"\u00dcber", u"\u00fcber"):
            if r.random() < 0.4:
                s["bag"][key] = r.randint(0, 9)
        changed("bag", before)
    if r.random() < 0.5:
        before = shown(list(s["days"]))
        if s["days"]:
            if r.random() < 0.5:
                s["days"][0] = DATE
            else:
                del s["days"][r.randint(0, len(s["days"]) - 1)]
        changed("days", before)
    if r.random() < 0.3 and not OLD:
        before = shown(dict(s["ranks"]))
        s["ranks"][r.randint(3, 99)] = text(r)
        s["ranks"].pop(1, None)
        changed("ranks", before)
    if r.random() < 0.7:
        edited = edit_mix(r, copy.deepcopy(s["mix"]))
        if edited and not same(edited[0], shown(s["mix"])):
            s["mix"] = edited[1]
            edits.append(["set", "save", 0, "mix", json.dumps(edited[0])])
    if r.random() < 0.5:
        pet = s["pet"]
        before = shown(copy.deepcopy(pet.__dict__))
        pet.mood = Mood(r.choice([u"calm", u"mad"]))
        pet.born += datetime.timedelta(r.randint(0, 3))
        pet.worth += 1
        pet.at = (pet.at[0] + r.randint(0, 2), 0.5)
        if r.random() < 0.5 and not OLD:
            pet.toy = [text(r), {u"x": 1}]
        if r.random() < 0.3 and not OLD:
            del pet.name
        if shown(pet) != before:
            edits.append(["set", "save", 0, "pet", json.dumps(shown(pet))])
    return edits


def main(count):
    for seed in range(count):
        r = random.Random(seed)
        protocol = r.randint(0, pickle.HIGHEST_PROTOCOL)
        s = save(r)
        before = pickle.dumps(s, protocol)
        edits = edit(r, s)
        if edits:
            line("%s seed %d" % (PYTHON, seed), protocol, before, pickle.dumps(s, protocol), edits)


main(int(sys.argv[1]))
