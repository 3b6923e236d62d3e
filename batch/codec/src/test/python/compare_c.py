#!/usr/bin/env python3
"""compare_c.py COUNT [SEED]: the oracle beside CPython's own C unpickler on generated streams. Run it under 3.13.

The C unpickler is given a find_class that makes a harmless recording class of every name, so nothing a stream names
is imported or called. Folding and the mapping of names are off. Disagreements that the format rules want (what is
refused or accepted against Python) are counted by kind, the others are printed; the exit status says if there was one.
"""

import collections
import copyreg
import io
import pickle
import resource
import sys
import warnings
import _pickle
from itertools import chain

from oracle_machine import Machine, Refused
from oracle_model import Buffer, Dict, Ext, Name, Obj, Persid, Py2Str, Set
from streams import streams, text_streams


class Meta(type):
    def __call__(cls, *args, **kwargs):
        return cls.__new__(cls, *args, **kwargs)

    __hash__ = type.__hash__


class Record(metaclass=Meta):
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self.record(cls, args, kwargs)
        return self

    def record(self, cls, args, kwargs):
        self.r_cls, self.r_args, self.r_kwargs = cls, args, kwargs
        self.r_states, self.r_items, self.r_entries = [], [], []

    def __call__(self, *args):
        made = object.__new__(Record)
        made.record(self, args, {})
        return made

    def __setstate__(self, state):
        self.r_states.append(state)

    def append(self, item):
        self.r_items.append(item)

    def add(self, item):
        self.r_items.append(item)

    def __setitem__(self, key, value):
        self.r_entries.append((key, value))


class Pers:
    def __init__(self, value):
        self.value = value

    __call__ = Record.__call__


class Unpickler(_pickle.Unpickler):
    def __init__(self, data):
        super().__init__(io.BytesIO(data), encoding="utf-8", errors="strict", buffers=map(self.buffer, range(10**6)))
        self.names = {}

    def buffer(self, index):
        b = bytearray(b"#%d" % index)
        return pickle.PickleBuffer(b)

    def find_class(self, module, name):
        return self.names.setdefault((module, name), Meta("Stub", (Record,), {"r_name": (module, name)}))

    def persistent_load(self, value):
        return Pers(value)


for code in [1, 2, 200, 300]:
    copyreg.add_extension("ext", str(code), code)


class Shown:
    """A value as text, with numbers for what is shared; sets by their size, as CPython forgets their order."""

    def __init__(self):
        self.seen = {}
        self.kept = []

    def show(self, v):
        t = type(v)
        if t is Py2Str:
            return repr(v.text)
        if v is None or t in (bool, int, float, str, bytes):
            return repr(v)
        if t is Name:
            return "name " + repr((v.module, v.qualname))
        if t is Ext:
            return "name " + repr(("ext", str(v.code)))
        if t is Meta:
            return "name " + repr(v.r_name)
        if t is Buffer:
            return "buffer"
        if t in (memoryview, pickle.PickleBuffer):
            raw = bytes(v)
            return "buffer" if raw[:1] == b"#" else "bytearray " + repr(raw)
        if t is bytearray:
            return "bytearray " + repr(bytes(v))
        if v == ():
            return "()"
        if t is Pers or t is Persid:
            return "persid " + self.show(v.value)
        if id(v) in self.seen:
            return "#%d" % self.seen[id(v)]
        self.seen[id(v)] = len(self.seen)
        self.kept.append(v)
        if t in (list, tuple):
            return t.__name__ + self.all(v)
        if t in (Dict, dict):
            return "dict" + self.all(x for pair in v.items() for x in pair)
        if t is Set:
            return "set %s %d" % (v.frozen, len(v.members))
        if t in (set, frozenset):
            return "set %s %d" % (t is frozenset, len(v))
        if t is Obj:
            kwargs = v.kwargs.items() if v.kwargs else ()
            return self.object(v.cls, v.args, kwargs, v.states, v.items, v.entries)
        return self.object(v.r_cls, v.r_args, v.r_kwargs.items(), v.r_states, v.r_items, v.r_entries)

    def object(self, cls, args, kwargs, states, items, entries):
        return "object(%s %s %s %s %s %s)" % (
            self.show(cls), self.all(args), self.all(x for p in kwargs for x in p), self.all(states),
            self.all(items), self.all(x for p in entries for x in p))

    def all(self, values):
        return "[" + ", ".join(map(self.show, values)) + "]"


class Unmapped(Machine):
    def name(self, module, qualname):
        return Name(module, qualname)


# (what the oracle said, what C said) that the rules ask for; "" for accepted.
WANTED = [
    ("", "unhashable type"), ("", "cannot use '"), ("", "class argument must be a type"), ("", "codec can't decode"),
    ("", "unregistered extension code"), ("", "STACK_GLOBAL requires str"), ("", "keywords must be strings"),
    ("BUILD on ", ""), ("append to ", ""), ("set item in ", ""), ("ADDITEMS to ", ""), ("READONLY_BUFFER on ", ""),
    ("callable or class is ", ""), ("", "MemoryError"),
]


def main(count, seed):
    # C's memo is an array: an index of a billion asks for gigabytes.
    resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
    warnings.simplefilter("ignore")
    kinds = collections.Counter()
    wrong = 0
    for data in chain(streams(count, seed), text_streams(count, seed)):
        if data[2:3] == b"\x95":
            data = data[:2] + data[11:]  # from a file, C reads by frames; pickle.loads, the measure here, does not
        try:
            said, mine = "", Shown().show(Unmapped(data, folding=False).run().value)
        except Refused as e:
            said, mine = e.reason, None
        try:
            c_said, c_has = "", Shown().show(Unpickler(data).load())
        except BaseException as e:
            c_said, c_has = "%s: %s" % (type(e).__name__, e), None
        if mine is not None and c_has is not None:
            if mine == c_has:
                kinds["same value"] += 1
                continue
        elif mine is None and c_has is None:
            kinds["both refuse"] += 1
            continue
        else:
            kind = [w for w in WANTED if said.startswith(w[0]) and bool(said) == bool(w[0]) and w[1] in c_said]
            if kind:
                kinds[kind[0]] += 1
                continue
        wrong += 1
        if wrong < 20:
            print(data.hex(), "\n  oracle:", said or mine, "\n  C:     ", c_said or c_has)
    print(kinds, wrong, "wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
