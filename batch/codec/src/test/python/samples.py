"""Pickles of many kinds of value: samples.py OUT.txt, under each version of Python (2.7, 3.6 on).

For each value every protocol, by the C and the Python pickler, plain, `pickletools.optimize`d ("o") and, for some, in
fast mode ("f"). The lines of OUT.txt are like those of record.py, with the value's name for the test's.
"""

from __future__ import print_function

import array
import binascii
import collections
import datetime
import decimal
import fractions
import functools
import io
import operator
import pickle
import pickletools
import random
import sys
import time
import types
import uuid

import sample_classes as s

PY3 = sys.version_info[0] == 3
if PY3:
    import _pickle as c_pickle
    import copyreg
    unicode, long, unichr = str, int, chr
else:
    import cPickle as c_pickle
    import copy_reg as copyreg

VALUES = []
BIG = []


def value(f):
    VALUES.append((f.__name__, f))
    return f


def big(f):
    BIG.append((f.__name__, f))
    return f


def set_all(obj, **attributes):
    for k in sorted(attributes):
        setattr(obj, k, attributes[k])
    return obj


@value
def scalars():
    return [None, True, False, 0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**63 - 1,
            2**63, -2**63, 2**64, 2**70, -2**70, long(5), long(0), -long(1), long(255), -long(128), -long(129)]


@value
def long_boundaries():
    return [sign * ((1 << bits) + d) for bits in (7, 8, 15, 16, 23, 24, 31, 32, 39, 63, 64, 2031, 2032, 2039, 2040, 2047, 2048,
                                                  4095, 4096) for d in (-1, 0, 1) for sign in (1, -1)]


@value
def floats():
    return [0.0, -0.0, 1.0, -1.5, 0.1, 1e22, 1e16, 1e-5, 5e-324, 1.7976931348623157e308, 2.0**53, 123456789.123456789,
            float("inf"), float("-inf"), float("nan"), 1 / 3.0]


@value
def texts():
    return [unicode(""), unicode("a"), b"caf\xc3\xa9".decode("utf-8"), b"\xe2\x82\xac".decode("utf-8"),
            b"\xf0\x9f\x98\x80".decode("utf-8"), unicode("a\nb\\c\r\0\x1a\t'\""), unicode("\\u0041"),
            unichr(0xD800), unichr(0xDC00) + unichr(0xD800), unicode("x") * 255, unicode("x") * 256, unichr(0xFF) * 128,
            unichr(0x85), unichr(0xA0), unichr(0x2028), unichr(0xFFFF)]


@value
def native_strings():
    return ["", "a", "a\nb\\c\r\0\x1a\t", "'", '"', "'\"", "\x7f\x80\xff", "x" * 255, "x" * 256]


@value
def byte_strings():
    return [b"", b"a", b"\0\xff\x80", bytes(bytearray(range(256))), b"x" * 255, b"x" * 256]


@value
def bytearrays():
    a = bytearray(b"abc")
    return [bytearray(), a, bytearray(b"\xff\0"), a, bytearray(b"x" * 300)]


@value
def empties():
    return [[], (), {}, set(), frozenset(), unicode(""), b"", "", [[]], ((),), {(): ()}, [{}], ({},)]


@value
def tuples():
    t = (1, 2)
    return [(1,), t, (1, 2, 3), (1, 2, 3, 4), (t, t), t, ((((1,),),),), tuple(range(100))]


@value
def sets():
    f = frozenset([1, 2])
    return [set([1]), set([1, 2, 3]), frozenset([1]), f, f, set([f]), set(range(50))]


@value
def dicts():
    shared = {unicode("k"): [1]}
    return [{1: 2}, {unicode("a"): 1}, shared, shared, {"$x": 1}, {1: {2: {3: {}}}}, {(1, 2): 3, None: 4},
            collections.OrderedDict([(i, str(i)) for i in range(12)]), dict.fromkeys(range(20))]


@value
def sharing():
    a, b, t, x = [], {}, (1,), unicode("some text")
    return [a, a, b, b, t, t, x, x, "".join(["some", " text"]), [a, [a, [a]]], 1.5, 1.5]


@value
def many_memos():
    made = [[i] for i in range(300)]
    return made + made[:3] + made[-3:]


@value
def attribute_names():
    return [s.New(name="n%d" % i, age=i, parent=None, tags=[]) for i in range(20)]


@value
def recursive_list():
    a = []
    a.append(a)
    return a


@value
def recursive_dict():
    d = {}
    d[1] = d
    return d


@value
def recursive_tuples():
    t = ([],)
    t[0].append(t)
    u = (1, {}, 2, 3)
    u[1][0] = u
    v = ([], [])
    v[0].append(v)
    v[1].append(v)
    return [t, u, v, (t,)]


@value
def recursive_objects():
    a, b = s.New(), s.New()
    a.other, b.other, a.own, b.all = b, a, a, [a, b, (a, b)]
    o = s.Old()
    o.me = o
    return [a, b, o]


@value
def recursive_sets():
    a = s.New()
    a.friends = set([a])
    b = s.New()
    b.friends = frozenset([b])
    c = s.New()
    c.all = set([frozenset([c])])
    return [a, b, c]


@value
def recursive_known():
    d = collections.deque()
    d.append(d)
    o = collections.OrderedDict()
    o["me"] = o
    f = collections.defaultdict(list)
    f["me"] = f
    return [d, o, f]


@value
def recursive_subclasses():
    made = []
    for cls in (s.ListSub, s.DictSub, s.SetSub, s.FrozenSub, s.TupleSub):
        inner = s.New()
        x = cls({1: inner}) if cls is s.DictSub else cls([inner])
        inner.outer = x
        made.append(x)
    x = s.ListSub()
    x.append(x)
    x.me = x
    return made + [x]


@value
def objects():
    return [s.New(), s.New(a=1), s.New(a=1, b=s.New()), s.Old(), set_all(s.Old(), a=1), s.OldInit(1, 2), s.OldInit()]


@value
def old_style_many():
    return [set_all(s.Old(), i=i, t="v%d" % i) for i in range(5)]


@value
def slots():
    return [s.Slots(), set_all(s.Slots(), x=1), set_all(s.Slots(), x=1, y=2), set_all(s.SlotsAndDict(), x=1, z=2),
            set_all(s.SlotsAndDict(), z=2)]


@value
def states():
    shared = {"a": 1}
    return [s.State(x) for x in (1, 0, False, "", "text", (), (1, 2), [1], {1: 2}, {"$a": 1}, {"a": 1}, {"": 1}, (None, {"a": 1}),
                                 ({"a": 1}, {"b": 2}), ({"a": 1}, {"a": 2}), ({}, {}), ({"$a": 1}, {"b": 1}), shared, shared)]


@value
def reduces():
    f = s.called
    return [s.SINGLETON, s.Reduce(f, ()), s.Reduce(f, (1, "a")), s.Reduce(f, (1,), {"a": 1}),
            s.Reduce(f, (1,), None, iter([1, 2])), s.Reduce(f, (1,), None, None, iter([("a", 1)])),
            s.Reduce(f, (1,), {"a": 1}, iter([1, 2]), iter([("a", 1), ("b", 2)])), s.Reduce(f, (1,), (1, 2), iter([1])),
            s.Reduce(f, (1,), None, iter([])), s.Reduce(list, ()), s.Reduce(dict, ([(1, 2)],))]


@value
def setters():
    f = s.called
    found = [s.Reduce(f, (1,), {"a": 1}, None, None, s.called), s.Reduce(f, (), "state", iter([1]), iter([(1, 2)]), s.called)]
    if sys.version_info < (3, 8):
        raise TypeError("no state setters")
    return [found, found[0], [found[0], s.Reduce(f, (found,), 5, None, None, s.called)]] + found


@value
def newargs():
    return [s.NewArgs(), s.NewArgs(1), s.NewArgs(1, "a", [2])]


@value
def newargs_ex():
    return [s.NewArgsEx(1, a=2), s.NewArgsEx(a=2), s.NewArgsEx(1), s.NewArgsEx()]


@value
def subclasses():
    return [s.ListSub([1, 2]), s.ListSub(), s.DictSub(a=1), s.DictSub(), s.SetSub([1]), s.FrozenSub([1]), s.TupleSub((1, 2)),
            s.IntSub(5), s.FloatSub(1.5), s.StrSub("abc"), s.Pair(1, 2), s.OrderedSub([(1, 2)]), s.DequeSub([1]), s.ByteArraySub(b"a"),
            s.BytesSub(b"bc"), set_all(s.ListSub([1]), a=1), set_all(s.DictSub(b=2), a=1), set_all(s.IntSub(7), a=1),
            set_all(s.SetSub([2]), a=1), set_all(s.TupleSub((3,)), a=1), set_all(s.StrSub("d"), a=1),
            set_all(s.OrderedSub([(1, 2)]), a=1), set_all(s.DequeSub([1], 3), a=1), set_all(s.ByteArraySub(b"a"), a=1)]


@value
def names():
    return [s.New, s.Old, s.called, len, list, dict, type, object, int, float, set, Exception, KeyError, OSError, ImportError,
            type(None), type(Ellipsis), type(NotImplemented), Ellipsis, NotImplemented, functools.reduce, sys.intern if PY3 else intern,
            collections.OrderedDict, range, zip, map, filter, open, bytes, unicode, long]


@value
def nested_classes():
    return [s.Outer.Inner, s.Outer.Inner(), s.Outer.Inner.Innermost, s.Outer.Inner.Innermost()]


@value
def methods():
    n = s.New(a=1)
    return [n.method, n.method, s.New.factory, [].append, "abc".upper, {}.get, set_all(s.Old()).method, s.New.method, list.append]


@value
def exceptions():
    return [ValueError(), ValueError("a", 1), KeyError("k"), OSError(2, "no", "file"), s.Failure("m"), set_all(s.Failure(1), extra=2),
            UnicodeDecodeError("utf-8", b"x", 0, 1, "why"), StopIteration(1), SystemExit(3), SyntaxError("bad", ("f", 1, 2, "t"))]


@value
def dates():
    d = datetime
    made = [d.date(2020, 2, 29), d.date.min, d.date.max, d.datetime(2024, 5, 1, 12), d.datetime(2024, 5, 1, 12, 0, 0, 123),
            d.datetime.min, d.datetime.max, d.time(3, 4, 5), d.time.min, d.time.max, d.timedelta(), d.timedelta(-1, 2, 3),
            d.timedelta.min, d.timedelta.max, d.timedelta(days=5)]
    if PY3:
        zone = d.timezone(d.timedelta(hours=2), "CEST")
        made += [d.datetime(2024, 5, 1, 12, tzinfo=d.timezone.utc), d.datetime(2024, 5, 1, tzinfo=zone), d.time(1, tzinfo=zone),
                 d.datetime(2024, 5, 1, fold=1), d.time(1, fold=1, tzinfo=zone), zone, d.timezone.utc]
    return made


@value
def decimals():
    return [decimal.Decimal(x) for x in ("0", "-0", "1.10", "1E+30", "1E-30", "NaN", "sNaN12", "Infinity", "-Infinity", "0E-10",
                                         "123456789012345678901234567890.5", "-1.5E+10")] + [decimal.DefaultContext.copy()]


@value
def uuids():
    return [uuid.UUID(int=x) for x in (0, 5, 2**128 - 1, 2**64)] + [uuid.NAMESPACE_DNS]


@value
def complexes():
    return [1j, 1 - 2.5j, complex(float("nan"), float("-inf")), complex(-0.0, 0.0)]


@value
def collections_():
    c = collections
    return [c.OrderedDict(), c.OrderedDict([("b", 1), ("a", [2])]), c.defaultdict(list), c.defaultdict(int, {1: 2}), c.defaultdict(),
            c.deque(), c.deque([1, 2]), c.deque([1, 2], 5), c.deque([], 0), c.Counter("abca")] + (
                [c.ChainMap({"a": 1}, {"b": 2}), c.UserDict({"a": 1}), c.UserList([1]), c.UserString("a")] if PY3 else [])


@value
def arrays():
    return [array.array("d", [1.5, 2.5]), array.array("i"), array.array("b", [-1, 0, 1])]


@value
def standard():
    made = [fractions.Fraction(1, 3), time.gmtime(0), functools.partial(int, base=2), operator.itemgetter(1), random.Random(1),
            slice(1, 2, 3) if PY3 else None, range(5), range(0, 10, 3), types.SimpleNamespace(a=1) if PY3 else None]
    if PY3:
        import ipaddress
        import pathlib
        import re
        made += [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_network("10.0.0.0/8"), pathlib.PurePosixPath("/a/b"),
                 pathlib.PureWindowsPath("c:/x"), re.compile("a+", re.I), s.Made.A, s.Made.B, s.Made, s.Numbered.ONE, s.Flags.R, s.Flags.R | s.Flags.W,
                 operator.attrgetter("a.b"), operator.methodcaller("m", 1, k=2), iter([1, 2]), iter((1,)), iter({}), iter(range(3)),
                 enumerate([1]), zip([1], [2]), map(int, ["1"]), reversed([1, 2])]
    return [x for x in made if x is not None]


@value
def generics():
    import typing
    return [typing.List[int], typing.Dict[str, typing.Any], typing.Optional[int]]


@value
def zones():
    import zoneinfo
    z = zoneinfo.ZoneInfo("UTC")
    return [z, datetime.datetime(2024, 1, 1, tzinfo=z)]


@value
def game():
    rnd = random.Random(4)
    people = [s.New(id=i, name="Person %d" % (i % 7), age=rnd.randrange(90), money=rnd.random() * 1000, friends=[], job=None)
              for i in range(40)]
    for p in people:
        p.friends = [people[rnd.randrange(40)] for _ in range(4)]
        p.home = {"x": rnd.randrange(10), "y": rnd.randrange(300), "rooms": ("bed", "bath")}
    return s.New(people=people, player=people[0], by_name=dict((p.name, p) for p in people), day=366)


@value
def fake_numpy():
    return numpy_like("numpy.core.multiarray", "numpy")


@value
def fake_numpy2():
    return numpy_like("numpy._core.multiarray", "numpy")


def numpy_like(multiarray, numpy):
    """What numpy's arrays, scalars and dtypes pickle as; numpy itself need not be there."""
    for name in (numpy, multiarray.rpartition(".")[0], multiarray):
        sys.modules[name] = types.ModuleType(name)

    def named(module, name, base=object):
        thing = type(name, (base,), {"__module__": module, "__reduce_ex__": lambda self, p: self.form})
        setattr(sys.modules[module], name, thing)
        return thing

    def function(module, name):
        f = types.FunctionType((lambda: None).__code__, {}, name)
        f.__module__, f.__name__, f.__qualname__ = module, name, name
        setattr(sys.modules[module], name, f)
        return f

    ndarray, dtype = named(numpy, "ndarray"), named(numpy, "dtype")
    reconstruct, scalar = function(multiarray, "_reconstruct"), function(multiarray, "scalar")

    def made(cls, *form):
        thing = cls()
        thing.form = form
        return thing

    def type_of(code, order="<"):
        return made(dtype, dtype, (code, False, True), (3, order, None, None, None, -1, -1, 0))

    f8, i8, b1, obj = type_of("f8"), type_of("i8"), type_of("b1", "|"), type_of("O8", "|")

    def array_of(shape, kind, data):
        return made(ndarray, reconstruct, (ndarray, (0,), b"b"), (1, shape, kind, False, data))

    a = array_of((3,), f8, b"\0\0\0\0\0\0\xf8?" * 3)
    return [a, a, array_of((2, 2), i8, b"\1\0\0\0\0\0\0\0" * 4), array_of((0,), f8, b""), array_of((2,), obj, [None, a]),
            array_of((), b1, b"\1"), made(ndarray, scalar, (f8, b"\0\0\0\0\0\0\xf8?")), made(ndarray, scalar, (i8, b"\5" + b"\0" * 7)), f8]


def lengths(n):
    BIG.append(("list_%d" % n, lambda: list(range(n))))
    BIG.append(("dict_%d" % n, lambda: dict((i, None) for i in range(n))))
    BIG.append(("set_%d" % n, lambda: set(range(n))))
    BIG.append(("frozenset_%d" % n, lambda: frozenset(range(n))))
    BIG.append(("listsub_%d" % n, lambda: s.ListSub(range(n))))
    BIG.append(("dictsub_%d" % n, lambda: s.DictSub((i, None) for i in range(n))))
    BIG.append(("deque_%d" % n, lambda: collections.deque(range(n))))
    BIG.append(("ordereddict_%d" % n, lambda: collections.OrderedDict((i, None) for i in range(n))))


for length in (1, 2, 999, 1000, 1001, 1002, 2000, 2001):
    lengths(length)


def sizes(n):
    BIG.append(("bytes_%d" % n, lambda: [b"x" * n, b"y"]))
    BIG.append(("text_%d" % n, lambda: [unicode("x") * n, 1]))
    BIG.append(("bytearray_%d" % n, lambda: [bytearray(b"x" * n), 1]))
    BIG.append(("pieces_%d" % n, lambda: [unicode("%05d" % i) * 20 for i in range(n // 100)]))
    BIG.append(("around_%d" % n, lambda: [list(range(70)), b"x" * n, {1: unicode("y") * n}, [2], b"z" * n, b"w" * n]))


for size in (65530, 65535, 65536, 65537, 131080):
    sizes(size)


@big
def frame_steps():
    return [b"x" * n for n in (65000, 500, 20, 10, 5, 1, 65535, 1, 65536, 1, 65537, 3)]


@big
def many_objects():
    return [s.New(number=i, text="t%d" % (i % 300), some=(i, [i])) for i in range(900)]


@big
def deep():
    x = []
    for _ in range(150):
        x = [x, (x,)] if len(x) % 2 else [{1: x}]
    return x


def picklers(protocol, fast=False, python=True):
    """(letter, function that pickles) for each pickler there is."""
    def by(cls, letter):
        def dumps(v):
            out = io.BytesIO()
            p = cls(out, protocol)
            if fast:
                p.fast = True
            p.dump(v)
            return out.getvalue()
        return letter, dumps
    found = [by(c_pickle.Pickler, "C")]
    if python:
        found.append(by(pickle._Pickler if PY3 else pickle.Pickler, "py"))
    return found


def special(emit):
    """Persistent ids, extension codes, buffers, dispatch tables, names not mapped."""
    for code, cls in ((5, s.Extended), (500, s.Extended2), (70000, s.Extended4)):
        copyreg.add_extension("sample_classes", cls.__name__, code)
    extended = [s.Extended, s.Extended(), s.Extended2(), s.Extended4(), s.Extended()]
    person = s.New(a=1)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for letter, dumps in picklers(protocol):
            if protocol > 1:
                emit("extension", letter, "p", dumps(extended))
        if not PY3:
            for letter, cls in (("C", c_pickle.Pickler), ("py", pickle.Pickler)):
                for pid in ("id 1", "7"):
                    out = io.BytesIO()
                    p = cls(out, protocol)
                    p.persistent_id = lambda v: pid if v is person else None
                    p.dump([person, 1, person])
                    emit("persid", letter, "p", out.getvalue())
            continue
        for letter, cls in (("C", c_pickle.Pickler), ("py", pickle._Pickler)):
            def emit_with(name, v, fill=None, pid=None, **options):
                class Special(cls):
                    if pid:
                        def persistent_id(self, x):
                            return pid(x)
                out = io.BytesIO()
                p = Special(out, protocol, **options)
                if fill:
                    fill(p)
                p.dump(v)
                emit(name, letter, "p", out.getvalue())

            emit_with("persid", [person, 1, person], pid=lambda x: "id 1" if x is person else None)
            if protocol:
                emit_with("persid_tuple", [person, 1, person], pid=lambda x: ("person", 7) if x is person else None)
            emit_with("unmapped", [s.New(), len, set([1]), bytearray(b"a"), b"b"], fix_imports=False)
            table = {s.New: lambda x: (s.called, (1, 2), None, iter([3]))}

            def fill(p):
                p.dispatch_table = table
            emit_with("dispatch", [person, [person]], fill=fill)
            if protocol >= 5:
                data = bytearray(b"abc")
                buffers = [pickle.PickleBuffer(data), pickle.PickleBuffer(b"read only"), pickle.PickleBuffer(data)]
                emit_with("buffers_in", buffers)
                emit_with("buffers_out", buffers, buffer_callback=lambda b: None)
                emit_with("buffers_big_in", [pickle.PickleBuffer(b"x" * 70000), pickle.PickleBuffer(bytearray(b"y" * 70000))])


def main(out):
    lines = {}

    def emit(name, letter, flags, data):
        lines.setdefault((letter, flags, data), name)

    def attempt(name, f, protocol, fast, python):
        for letter, dumps in picklers(protocol, fast, python):
            try:
                data = dumps(f())
            except RuntimeError if not PY3 else RecursionError:
                continue  # fast mode and recursion
            except (pickle.PicklingError, TypeError, AttributeError, ValueError, NotImplementedError, c_pickle.PicklingError) as e:
                print(name, protocol, letter, type(e).__name__, e, file=sys.stderr)
                continue
            emit(name, letter, "f" if fast else "p", data)
            if not fast and python:
                try:
                    emit(name, letter, "o", pickletools.optimize(data))
                except (ValueError, UnicodeDecodeError) as e:
                    print(name, "optimize", type(e).__name__, e, file=sys.stderr)

    for name, f in VALUES:
        try:
            every = f()
        except (ImportError, AttributeError, KeyError, TypeError) as e:
            print(name, "is not for this version:", e, file=sys.stderr)
            continue
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            attempt(name, f, protocol, False, True)
            if not name.startswith("recursive") and name != "game":
                attempt(name, f, protocol, True, True)
            if isinstance(every, list) and not name.startswith("recursive"):
                for i in range(len(every)):
                    attempt(name, lambda: f()[i], protocol, False, True)
    for name, f in BIG:
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            attempt(name, f, protocol, False, False)
    special(emit)
    with open(out, "w") as file:
        for letter, flags, data in sorted(lines):
            file.write("%s %s %s %s\n" % (lines[letter, flags, data], letter, flags, binascii.hexlify(data).decode("ascii")))


if __name__ == "__main__":
    main(sys.argv[1])
