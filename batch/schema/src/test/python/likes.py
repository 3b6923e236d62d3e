"""Makes src/test/resources/values/likes.tsv.gz: edits whose result looks right while it is not, or cannot be told.

    PYTHONHASHSEED=0 python3.11 likes.py | gzip -9n > likes.tsv.gz

A line is as edits.py has it; without a second pickle the edit is to be refused. RandomEdits.LIKES is the mapping.
"""
import collections
import datetime
import decimal
import enum
import json
import pickle

from cases import game, line as write, of_game


class Plain(object):
    def __init__(self, **values):
        self.__dict__.update(values)


for name in ("Foo", "Bar", "Item", "Cat", "Dog"):
    of_game(type(name, (Plain,), {}))
Foo, Bar, Item, Cat, Dog = game.Foo, game.Bar, game.Item, game.Cat, game.Dog


@of_game
class Mood(enum.Enum):
    CALM = "calm"
    HAPPY = "happy"


@of_game
class Bag(dict):
    pass


class Maker(object):
    """What it makes has no class that a pickle names."""

    def __call__(self):
        return Made()


class Made(object):
    def __reduce__(self):
        return maker, ()


Maker = of_game(Maker)
Made = of_game(Made)
maker = Maker()
Point = of_game(collections.namedtuple("Point", "x y"))


def half():
    """Has an attribute, which a document shows, and a key, which it does not."""
    bag = Bag(city="x")
    bag.size = 1
    return bag


DAY = datetime.date(2024, 5, 1)
MOMENT = datetime.datetime(2024, 5, 1, 2, 30)


def line(name, before, edits, after=None, protocol=4):
    made = b"" if after is None else pickle.dumps(after, protocol)
    write(name, protocol, pickle.dumps(before, protocol), made, edits)


def item(ordinal, **cells):
    return ["insert", "item", ordinal, dict(cells, save_ordinal=0, position=ordinal)]


def document(value):
    return [["set", "save", 0, "d", None if value is None else json.dumps(value)]]


def items(make, more):
    """A save before and after: two items, and the same with a third one."""
    made = []
    for count in (2, 3):
        save = Foo(name="s")
        save.items = [make(save, n) for n in range(count)]
        made.append(save)
        if count == 3:
            more(made[-1])
    return made


before, after = items(lambda save, n: Item(name="i%d" % n, world=save), lambda save: None)
line("the save itself is no copy", before, [item(2, name="i2")], after)
world = Foo(big=[1])
before, after = items(lambda save, n: Item(name="i%d" % n, world=world), lambda save: None)
line("one object of all is no copy", before, [item(2, name="i2")], after)
for what, make in [
    ("OrderedDict", collections.OrderedDict),
    ("deque", collections.deque),
    ("defaultdict", lambda: collections.defaultdict(list)),
    ("bytearray", bytearray),
    ("object", Foo),
]:
    before, after = items(lambda save, n: Item(name="i%d" % n, v=make()), lambda save: None)
    line("an empty %s of its own" % what, before, [item(2, name="i2"), item(3, name="i3")],
         Foo(name="s", items=after.items + [Item(name="i3", v=make())]))

cat = Cat(name="a", age=1)
line("gone here, and elsewhere", {"pet": cat, "best": cat},
     [["set", "save", 0, "pet_class", None], ["set", "save", 0, "pet_name", None]])
line("gone", {"pet": cat, "best": None},
     [["set", "save", 0, "pet_class", None], ["set", "save", 0, "pet_name", None]], {"pet": None, "best": None})
line("another class", {"pet": cat, "best": Dog(name="b", legs=4)},
     [["set", "save", 0, "pet_class", "game.Dog"], ["set", "save", 0, "pet_name", "c"]],
     {"pet": Dog(name="c", legs=4), "best": Dog(name="b", legs=4)})
line("a class without its name", {"pet": None, "best": cat}, [["set", "save", 0, "pet_name", "c"]])
foo = Foo(a=1)
line("a document that is None, and elsewhere", {"d": foo, "u": foo}, document(None))
line("a document that is None", {"d": {"a": [1, foo]}, "u": 5}, document(None), {"d": None, "u": 5})

line("keys that are numbers", {"d": [{1: 2}, {1: 3}]}, document([{"1": 3}]), {"d": [{1: 3}]})
line("factories that differ", {"d": [collections.defaultdict(int, a=1), collections.defaultdict(list, a=2)]}, document([{"a": 2}]),
     {"d": [collections.defaultdict(list, a=2)]})
line("a maxlen that differs", {"d": [collections.deque([1], 2), collections.deque([3], 5)]}, document([[3]]), {"d": [collections.deque([3], 5)]})
line("tuples and lists", {"d": [[(1,), [2]], [[3], (4,)]]}, document([[[3], [4]]]), {"d": [[[3], (4,)]]})
line("folds that differ", {"d": [MOMENT, MOMENT.replace(fold=1)]}, document(["2024-05-01T02:30:00.000000"]), {"d": [MOMENT]})
line("classes that differ", {"d": [Foo(a=1), Bar(a=2)]}, document([{"a": 2}]), {"d": [Bar(a=2)]})
line("two that change places", {"d": [Foo(a=1), Bar(a=2)]}, document([{"a": 2}, {"a": 1}]), {"d": [Bar(a=2), Foo(a=1)]})
line("one changed, one moved", {"d": [Bar(a=2), Foo(a=1), 5]}, document([5, {"a": 7}, {"a": 2}]), {"d": [5, Foo(a=7), Bar(a=2)]})
line("another object beside objects", {"d": [Foo(a=1)]}, document([{"a": 1}, {"a": 2}]), {"d": [Foo(a=1), Foo(a=2)]})
line("an object beside None", {"d": [None, Foo(a=1)]}, document([None, {"a": 1}, {"a": 2, "b": 3}]), {"d": [None, Foo(a=1), Foo(a=2, b=3)]})
line("an object by its keys", {"d": [Foo(a=1), Bar(b=2)]}, document([{"a": 1}, {"b": 2}, {"b": 3}]), {"d": [Foo(a=1), Bar(b=2), Bar(b=3)]})
line("an object of one of two classes", {"d": [Foo(a=1), Bar(a=2)]}, document([{"a": 1}, {"a": 2}, {"a": 3}]))
line("a dict beside an object", {"d": [Foo(a=1), {"k": 1}]}, document([{"a": 1}, {"k": 1}, {"k": 2}]), {"d": [Foo(a=1), {"k": 1}, {"k": 2}]})
line("a dict or an object", {"d": [Foo(a=1), {"k": 1}]}, document([{"a": 1}, {"k": 1}, {"z": 2}]))
line("an object by key", {"d": {"x": Foo(a=1)}}, document({"x": {"a": 1}, "y": {"a": 2}}), {"d": {"x": Foo(a=1), "y": Foo(a=2)}})
line("an object in an object", {"d": [Foo(a=Bar(b=1), c=DAY)]}, document([{"a": {"b": 1}, "c": "2024-05-01"}, {"a": {"b": 2}, "c": "2024-05-02"}]),
     {"d": [Foo(a=Bar(b=1), c=DAY), Foo(a=Bar(b=2), c=DAY + datetime.timedelta(1))]})
line("another tuple beside tuples", {"d": [(1, 2)]}, document([[1, 2], [3, 4]]), {"d": [(1, 2), (3, 4)]})
line("a named tuple", {"d": [Point(1, 2)]}, document([[1, 2], [3, 4]]), {"d": [Point(1, 2), Point(3, 4)]})
line("a named tuple of three", {"d": [Point(1, 2)]}, document([[1, 2], [3, 4, 5]]))
line("a Counter", {"d": [collections.Counter(a=1)]}, document([{"a": 1}, {"b": 2}]), {"d": [collections.Counter(a=1), collections.Counter(b=2)]})
line("an OrderedDict", {"d": [collections.OrderedDict(a=1)]}, document([{"a": 1}, {"b": 2}]),
     {"d": [collections.OrderedDict(a=1), collections.OrderedDict(b=2)]})
line("a defaultdict", {"d": [collections.defaultdict(list, a=1)]}, document([{"a": 1}, {"b": 2}]),
     {"d": [collections.defaultdict(list, a=1), collections.defaultdict(list, b=2)]})
T = 1700000001
line("numbers of many digits", {"d": [Foo(t=T), Bar(t=T + 1)]}, document([{"t": T + 1}]), {"d": [Bar(t=T + 1)]})
line("numbers that change places", {"d": [Foo(t=T), Bar(t=T + 1)]}, document([{"t": T + 1}, {"t": T}]), {"d": [Bar(t=T + 1), Foo(t=T)]})
line("times", {"d": [Foo(t=T + 0.1234567), Bar(t=T + 1.1234567)]}, document([{"t": T + 1.1234567}]), {"d": [Bar(t=T + 1.1234567)]})
line("texts of one hash", {"d": [Foo(t="Aa"), Bar(t="BB")]}, document([{"t": "BB"}]), {"d": [Bar(t="BB")]})
NEXT = DAY + datetime.timedelta(1)
for what, there, given, made in [
    ("a date beside None", [Foo(t=None), Foo(t=DAY)], {"t": "2024-05-02"}, Foo(t=NEXT)),
    ("a member beside None", [Foo(t=None), Foo(t=Mood.CALM)], {"t": "happy"}, Foo(t=Mood.HAPPY)),
    ("an object beside None", [Foo(k=None), Foo(k=Bar(x=1))], {"k": {"x": 2}}, Foo(k=Bar(x=2))),
    ("an object beside none", [Foo(k=[]), Foo(k=[Bar(x=1)])], {"k": [{"x": 2}]}, Foo(k=[Bar(x=2)])),
    ("a key that is a number", [{}, {1: 2}], {"3": 4}, {3: 4}),
    ("a list or a tuple", [Foo(v=(1,)), Foo(v=[2])], {"v": [3]}, None),
    ("a Cat or a Dog", [Foo(v=Cat(a=1)), Foo(v=Dog(a=2))], {"v": {"a": 3}}, None),
    ("by its length", [(1, 2), [3]], [5, 6], None),
    ("a number beside numbers", [Foo(v=1.5), Foo(v=2)], {"v": 3}, Foo(v=3)),
    ("a text beside a date", [Foo(t=DAY), Foo(t="x")], {"t": "hello"}, Foo(t="hello")),
]:
    def plain(value):
        """What the document shows."""
        if isinstance(value, Plain):
            return plain(value.__dict__)
        if isinstance(value, dict):
            return dict((str(k), plain(v)) for k, v in value.items())
        if isinstance(value, (list, tuple)):
            return [plain(v) for v in value]
        return value.value if isinstance(value, enum.Enum) else str(value) if isinstance(value, datetime.date) else value
    line(what, {"d": there}, document([plain(v) for v in there] + [given]), made and {"d": there + [made]})
shared = Bar(x=1)
line("the very same in all", {"d": [Foo(a=1, w=shared), Foo(a=2, w=shared)]},
     document([{"a": n, "w": {"x": 1}} for n in (1, 2, 3)]), {"d": [Foo(a=n, w=shared) for n in (1, 2, 3)]})
line("the very same, or not", {"d": [Foo(a=1, w=shared)], "w": shared, "v": [Foo(a=2, w=shared)]},
     document([{"a": 1, "w": {"x": 1}}, {"a": 2, "w": {"x": 1}}]), {"d": [Foo(a=1, w=shared), Foo(a=2, w=shared)], "w": shared, "v": [Foo(a=2, w=shared)]})
there = ([1],)
line("a tuple whose list has changed", {"d": [there], "u": there}, document([[[1, 2]]]), (lambda t: {"d": [t], "u": t})(([1, 2],)))
line("a tuple more in a set", {"d": {(1, 2)}}, document([[1, 2], [3, 4]]), {"d": {(1, 2), (3, 4)}})
line("a number for a member", {"d": [Mood.CALM]}, document([5]))
line("as long as before", {"d": [5] + [300] * 30000}, document([300] * 30000 + [5]), {"d": [300] * 30000 + [5]})
line("a set", {"d": [{1}]}, document([[1], [2, 3]]), {"d": [{1}, {2, 3}]})
line("a frozenset", {"d": [frozenset([1])]}, document([[1], [2]]), {"d": [frozenset([1]), frozenset([2])]})
line("one given a maxlen", {"d": [collections.deque([1], 2)]}, document([[1], [2]]))
line("beside what no document shows whole", {"d": [half()]}, document([{"size": 1}, {"size": 2}]))
line("beside what has no class", {"d": [Made()]}, document([{"$call": "?"}, {"a": 2}]))
line("another date beside dates", {"d": [DAY]}, document(["2024-05-01", "2024-05-02"]), {"d": [DAY, DAY + datetime.timedelta(1)]})
line("no date beside dates", {"d": [DAY]}, document(["2024-05-01", "May"]))
line("another member beside members", {"d": [Mood.CALM]}, document(["calm", "happy"]), {"d": [Mood.CALM, Mood.HAPPY]})
line("a date by key", {"d": {"a": DAY}}, document({"a": "2024-05-01", "b": "2024-05-02"}), {"d": {"a": DAY, "b": DAY + datetime.timedelta(1)}})
line("a form", {"d": None}, document({"$bytes": "AA=="}))
line("a long float stays", {"d": [0.30000000000000004, 0.5]}, document([0.3000000000000001, 0.5, 1]), {"d": [0.30000000000000004, 0.5, 1]})
line("a list in a set", {"d": {1}}, document([1, [2]]))
line("an object in a set", {"d": {1, 2}}, document([1, {"a": 2}]))
line("a list in a tuple in a set", {"d": {(1, 2)}}, document([[1, [3]]]))
line("equal members", {"d": {Mood.CALM, Mood.HAPPY}}, document(["calm", "calm"]))
line("equal numbers", {"d": {decimal.Decimal("1"), decimal.Decimal("2")}}, document(["1", "1.0"]))
line("equal dates", {"d": {DAY, DAY + datetime.timedelta(1)}}, document(["2024-05-01", "2024-05-01"]))
line("equal tuples", {"d": {(1, 2), (3, 4)}}, document([[1, 2], [1, 2]]))
line("a number of 70 bits", {"d": [1]}, document([1, 2 ** 70]))
line("null", {"d": [1]}, document("null") and [["set", "save", 0, "d", "null"]], {"d": None})
line("what has no class stays", {"items": [Item(name="a")], "pet": Made(), "u": 1}, [item(1, name="b")],
     {"items": [Item(name="a"), Item(name="b")], "pet": Made(), "u": 1})
line("a key or an attribute", {"home": half()}, [["set", "save", 0, "home_zip", "z"]])


@of_game
class Rank(enum.Enum):
    """Written by name, as by the first Pythons 3.11."""

    KING = "king"
    PAWN = "pawn"

    def __reduce_ex__(self, protocol):
        return getattr, (Rank, self._name_)


KING, PAWN = Rank
line("by name, one gone", {"d": {"h": [KING, PAWN]}}, document({"h": ["PAWN"]}), {"d": {"h": [PAWN]}})
line("by name, one more", {"d": [KING]}, document(["KING", "PAWN"]), {"d": [KING, PAWN]})
line("by name, changed", {"d": {"h": KING}}, document({"h": "PAWN"}), {"d": {"h": PAWN}})
line("by name, beside a text", {"d": [KING, "x"]}, document(["KING"]), {"d": [KING]})
line("by name, the text stays", {"d": [KING, "x"]}, document(["x"]), {"d": ["x"]})
line("by name, in another object", {"d": [Foo(r=KING)]}, document([{"r": "KING"}, {"r": "PAWN"}]), {"d": [Foo(r=KING), Foo(r=PAWN)]})
line("by name, a number", {"d": {"h": KING}}, document({"h": 1}))
line("by name, in a row", Foo(items=[Item(name=KING)]), [item(1, name="PAWN")], Foo(items=[Item(name=KING), Item(name=PAWN)]))
line("by value, in a row", Foo(items=[Item(name=Mood.CALM)]), [item(1, name="happy")], Foo(items=[Item(name=Mood.CALM), Item(name=Mood.HAPPY)]))
line("of two enums, in a row", Foo(items=[Item(name=Mood.CALM), Item(name=KING)]), [item(2, name="happy")])
line("an enum or a text, in a row", Foo(items=[Item(name=Mood.CALM), Item(name="x")]), [item(2, name="y")],
     Foo(items=[Item(name=Mood.CALM), Item(name="x"), Item(name="y")]))
for old in range(4):
    line("a set, protocol %d" % old, {"d": [{1}]}, document([[1], [2, 3]]), {"d": [{1}, {2, 3}]}, old)
    line("a frozenset, protocol %d" % old, {"d": [frozenset([1])]}, document([[1], [2]]), {"d": [frozenset([1]), frozenset([2])]}, old)
    line("a set in an object, protocol %d" % old, {"d": [Foo(tags={"a"})]}, document([{"tags": ["a"]}, {"tags": ["b", "c"]}]),
         {"d": [Foo(tags={"a"}), Foo(tags={"b", "c"})]}, old)
