"""Makes the pickles of src/test/resources/byvalue: python3 make_by_value.py DIR

Classes and functions of __main__, which cloudpickle (2.2.0) and dill (0.3.6) write whole. Both are Debian's
python3-cloudpickle and python3-dill, with Python 3.11.
"""
import collections
import dataclasses
import enum
import functools
import os
import sys

import cloudpickle
import dill

out = sys.argv[1]
os.makedirs(out, exist_ok=True)

class Base:
    kind = 'base'
    def __init__(self, name): self.name = name
class Point(Base):
    scale = 2.5
    def __init__(self, name, x, y):
        super().__init__(name); self.x = x; self.y = y
    def area(self): return self.x * self.y * self.scale
    @property
    def far(self): return self.x > 100
    @staticmethod
    def make(): return Point('made', 1, 2)
@dataclasses.dataclass
class Order:
    number: int
    total: float
    lines: list
class Color(enum.Enum):
    RED = 1
    BLUE = 2
P = collections.namedtuple('P', 'a b')
class Slotted:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1; self.b = 'two'
def outer(n):
    def inner(x): return x + n + len(names)
    return inner
names = ['one']
vals = {
 'function': outer(5),
 'object': Point('p1', 3, 4),
 'objects': [Point('p%d' % i, i, i * 2) for i in range(3)],
 'dataclass': [Order(i, i * 1.5, ['a', i]) for i in range(3)],
 'enum': {'c': Color.BLUE, 'd': Color.RED},
 'namedtuple': [P(1, 'x'), P(2, 'y')],
 'slots': Slotted(),
 'partial': functools.partial(outer(2), 3),
 'task': (outer(1), (1, 2), {'k': Point('arg', 9, 9)}),
}
for name, v in vals.items():
    with open('%s/cloudpickle_%s.pkl' % (out, name), 'wb') as f: cloudpickle.dump(v, f)
    if name != 'enum':  # which dill writes by name
        with open('%s/dill_%s.pkl' % (out, name), 'wb') as f: dill.dump(v, f, recurse=True)
