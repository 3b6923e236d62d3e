"""The values a pickle can hold, told apart where Python 3 would not.

None, bool, int, float, str, bytes, bytearray, list and tuple stand for themselves; the classes below are the rest.
"""

import re

HIGH_THEN_LOW = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Py2Str:
    """A Python 2 str: bytes which count as their text where they are strict UTF-8."""

    __slots__ = ("raw", "text")

    def __init__(self, raw):
        self.raw = raw
        try:
            self.text = raw.decode("utf-8", "strict")
        except UnicodeDecodeError:
            self.text = None


class Name:
    __slots__ = ("module", "qualname")

    def __init__(self, module, qualname):
        self.module = module
        self.qualname = qualname

    def joined(self):
        return self.module + "." + self.qualname


class Persid:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


class Ext:
    __slots__ = ("code",)

    def __init__(self, code):
        self.code = code


class Buffer:
    __slots__ = ("index",)

    def __init__(self, index):
        self.index = index


class Obj:
    """An object, or (call=True) the result of a call."""

    __slots__ = ("call", "cls", "args", "kwargs", "states", "items", "entries")

    def __init__(self, call, cls, args, kwargs=None):
        self.call = call
        self.cls = cls
        self.args = args
        self.kwargs = kwargs
        self.states = []
        self.items = []
        self.entries = []


class Dict:
    """Pairs in order of first setting; `pairs` maps the canonical key to [key, value]."""

    __slots__ = ("pairs",)

    def __init__(self):
        self.pairs = {}

    def put(self, key, value, equality):
        canon = equality.of(key)
        pair = self.pairs.get(canon)
        if pair is None:
            self.pairs[canon] = [key, value]
        else:
            pair[1] = value

    def items(self):
        return self.pairs.values()


class Set:
    __slots__ = ("frozen", "members")

    def __init__(self, frozen, values, equality):
        self.frozen = frozen
        self.members = {}
        self.add(values, equality)

    def add(self, values, equality):
        for v in values:
            self.members.setdefault(equality.of(v), v)


def text_of(v):
    """The text that a value counts as where a rule asks for text, or None."""
    if type(v) is str:
        return v
    if type(v) is Py2Str:
        return v.text
    return None


def plain_text(v):
    """Like text_of, but None as well for what JSON shows as {"$str": ...}."""
    t = text_of(v)
    return None if t is None or HIGH_THEN_LOW.search(t) else t


class Equality:
    """Gives equal values (in Python's sense, as far as the rules take it) the same canonical key.

    A tuple's key is a number given to the sequence of its members' keys, so a tuple of tuples of tuples costs
    its distinct nodes only, however often they are shared.
    """

    def __init__(self):
        self._numbers = {}
        self._tuples = {}
        self._kept = []

    def of(self, value):
        if type(value) is tuple:
            return self._tuple(value)
        return self._simple(value)

    def _simple(self, v):
        t = type(v)
        if t is str:
            return ("text", v)
        if v is None:
            return "none"
        if t is bool or t is int:
            return ("number", v)
        if t is float and v == v:
            return ("number", v)
        if t is bytes:
            return ("bytes", v)
        if t is Py2Str:
            return ("bytes", v.raw) if v.text is None else ("text", v.text)
        if t is Name:
            return ("name", v.module, v.qualname)
        self._kept.append(v)
        return ("identity", id(v))

    def _tuple(self, root):
        todo = [root]
        while todo:
            t = todo[-1]
            if id(t) in self._tuples:
                todo.pop()
                continue
            open_members = [m for m in t if type(m) is tuple and id(m) not in self._tuples]
            if open_members:
                todo.extend(open_members)
                continue
            todo.pop()
            key = tuple(self._tuples[id(m)] if type(m) is tuple else self._simple(m) for m in t)
            number = self._numbers.setdefault(key, len(self._numbers))
            self._tuples[id(t)] = ("tuple", number)
            self._kept.append(t)
        return self._tuples[id(root)]
