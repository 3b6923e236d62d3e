"""Classes for samples.py, in a module that can be imported, so that their pickles name them; for Python 2.7 and 3.6 on."""

import collections


class Old:  # an old-style class in Python 2
    def method(self):
        return self


class OldInit:
    def __init__(self, *args):
        self.args = args

    def __getinitargs__(self):
        return self.args


class New(object):
    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def method(self):
        return self

    @classmethod
    def factory(cls):
        return cls()


class Outer(object):
    class Inner(object):
        class Innermost(object):
            pass


class Slots(object):
    __slots__ = ("x", "y")


class SlotsAndDict(Slots):
    pass


class State(object):
    """Pickles as whatever state it is given."""

    def __init__(self, state):
        self.state = state

    def __getstate__(self):
        return self.state

    def __setstate__(self, state):
        self.state = state


class Reduce(object):
    """Pickles as the given reduce value."""

    def __init__(self, *value):
        self.value = value

    def __reduce_ex__(self, protocol):
        return self.value if len(self.value) > 1 else self.value[0]


class NewArgs(object):
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self.args = args
        return self

    def __getnewargs__(self):
        return self.args


class NewArgsEx(object):
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self.given = args, kwargs
        return self

    def __getnewargs_ex__(self):
        return self.given


class ListSub(list):
    pass


class DictSub(dict):
    pass


class SetSub(set):
    pass


class FrozenSub(frozenset):
    pass


class TupleSub(tuple):
    pass


class IntSub(int):
    pass


class FloatSub(float):
    pass


class StrSub(str):
    pass


class BytesSub(bytes):
    pass


class ByteArraySub(bytearray):
    pass


class OrderedSub(collections.OrderedDict):
    pass


class DequeSub(collections.deque):
    pass


class Failure(Exception):
    pass


class Extended(object):
    pass


class Extended2(object):
    pass


class Extended4(object):
    pass


Pair = collections.namedtuple("Pair", "left right")


def called(*args):
    return New(args=args)

SINGLETON = Reduce("SINGLETON")
try:
    import enum

    class Made(enum.Enum):
        A = 1
        B = "b"

    class Numbered(enum.IntEnum):
        ONE = 1

    class Flags(enum.IntFlag):
        R = 1
        W = 2
except ImportError:
    pass
