"""Makes the pickles of src/test/resources/shapes.zip: applications whose values are subclasses of containers, tuples,
named tuples, slots.

Run it with Python 2.7 and 3 into one folder, a protocol each, and zip that folder:

    python2.7 shapes.py FOLDER 0; python2.7 shapes.py FOLDER 2; python3.6 shapes.py FOLDER 1; python3.13 shapes.py FOLDER 5
"""
import collections
import os
import pickle
import random
import sys
import types

out, proto = sys.argv[1], int(sys.argv[2])
P3 = sys.version_info[0] == 3
def mod(name, **classes):
    m = types.ModuleType(name); sys.modules[name] = m
    parts = name.split('.')
    for k, c in classes.items():
        c.__module__ = name; c.__name__ = k
        if P3: c.__qualname__ = k
        setattr(m, k, c)
    return m
random.seed(5)
N = 6
def dump(app, i, obj):
    d = os.path.join(out, app); 
    if not os.path.isdir(d): os.makedirs(d)
    with open(os.path.join(d, 'p%d_%d.pkl' % (proto, i)), 'wb') as f:
        pickle.dump(obj, f, proto)

# --- Ren'Py
mod('renpy'); mod('renpy.revertable')
class RevertableList(list): pass
class RevertableDict(dict): pass
class RevertableSet(set):
    def __setstate__(self, state):
        self.update(state[0].keys() if isinstance(state, tuple) else state)
    def __getstate__(self):
        return (dict((i, True) for i in self),)
    __reduce__ = object.__reduce__
    __reduce_ex__ = object.__reduce_ex__
class RevertableObject(object): pass
mod('renpy.revertable', RevertableList=RevertableList, RevertableDict=RevertableDict, RevertableSet=RevertableSet, RevertableObject=RevertableObject)
class Item(RevertableObject):
    def __init__(s, name, price): s.name=name; s.price=price
class Inventory(RevertableObject):
    def __init__(s): s.items = RevertableList(); s.gold = 0; s.tags = RevertableSet()
class Quest(RevertableObject): pass
mod('store', Item=Item, Inventory=Inventory, Quest=Quest)
for i in range(N):
    inv = Inventory(); inv.gold = random.randrange(10000)
    inv.items.extend(Item('item%d' % j, random.random()*100) for j in range(i % 5))
    inv.tags.update('tag%d' % j for j in range(i % 4))
    q = Quest(); q.title = 'Quest %d' % i; q.stages = RevertableList(RevertableDict(no=j, text='stage %d' % j, done=j % 2 == 0) for j in range(i % 3))
    store = {
        'store.player_name': u'Eileen %d' % i,
        'store.inventory': inv, 'store.day': i, 'store.flags': RevertableDict(('flag_%d' % j, bool(j % 2)) for j in range(i % 6)),
        'store.visited': RevertableList('room%d' % j for j in range(i % 7)),
        'store.seen': RevertableSet(range(i % 3)),
        'store.quests': RevertableDict(('q%d' % j, q) for j in range(1)),
        'store.points': RevertableDict(eileen=i, lucy=2*i),
        'store.numbers': RevertableList(range(i % 4)),
        'store.names': RevertableList(['a', 'b'][: i % 3]),
    }
    dump('renpy', i, store)

# --- Gramps-like
for i in range(N):
    def date(y): return (0, 0, 0, (y % 28 + 1, y % 12 + 1, 1900 + y, False), '', 2415021 + y, 0)
    t = ('h%06d' % i, 'E%04d' % i, (i % 13, u'' if i % 2 else u'custom'), None if i % 5 == 0 else date(i), u'Born %d' % i,
         'p%d' % i, [('c%d' % j, 2, [], None) for j in range(i % 3)], ['n%d' % j for j in range(i % 2)], [], [], 1500000000 + i, [], i % 2 == 0)
    dump('gramps_event', i, t)

# --- namedtuples and slots
Point = collections.namedtuple('Point', 'x y')
Event = collections.namedtuple('Event', 'at kind payload')
class Vec(object):
    __slots__ = ('dx', 'dy')
    def __init__(s, a, b): s.dx = a; s.dy = b
class Body(object):
    __slots__ = ('pos', 'vel', 'name', 'trail', 'events', '__dict__')
mod('sim', Point=Point, Event=Event, Vec=Vec, Body=Body)
if proto >= 2:
    for i in range(N):
        b = Body(); b.pos = Point(i, i * 0.5); b.vel = Vec(i, -i); b.name = 'body%d' % i
        b.trail = [Point(j, j + 1) for j in range(i % 6)]; b.events = [Event(1000 + j, 'k%d' % (j % 3), {'a': j}) for j in range(i % 4)]
        b.extra = i
        dump('slots', i, b)

# --- attribute-bearing container subclasses, tuple subclass, OrderedDict/defaultdict/Counter/deque subclasses
class Team(list): pass
class Config(dict): pass
class Tags(set): pass
class Frozen(frozenset): pass
class Coord(tuple): pass
class Scores(collections.Counter): pass
class Hist(collections.deque): pass
class Ordered(collections.OrderedDict): pass
class Grouped(collections.defaultdict): pass
class Node(list): pass
class World(object): pass
class Member(object):
    def __init__(s, n): s.nick = n; s.level = len(n)
mod('world', Team=Team, Config=Config, Tags=Tags, Frozen=Frozen, Coord=Coord, Scores=Scores, Hist=Hist, Ordered=Ordered, Grouped=Grouped, Node=Node, World=World, Member=Member)
def tree(d, i):
    n = Node(); n.label = 'n%d_%d' % (d, i)
    if d: n.extend(tree(d - 1, j) for j in range(2))
    return n
for i in range(N):
    w = World(); w.team = Team(Member('m' * (j + 1)) for j in range(i % 4)); w.team.motto = 'motto %d' % i; w.team.founded = i
    w.config = Config(volume=i, theme='dark'); w.config.path = '/etc/%d' % i
    w.tags = Tags('t%d' % j for j in range(i % 4)); w.tags.owner = 'o%d' % i
    w.frozen = Frozen(range(i % 3))
    w.home = Coord((i, i + 1, 'z')); w.path = [Coord((j, j, 'p')) for j in range(i % 3)]
    w.scores = Scores(); w.scores.update('w%d' % (j % 3) for j in range(i % 8))
    w.hist = Hist((j for j in range(i % 9)), 5); w.hist.unit = 'ms'
    w.ordered = Ordered((('o%d' % j, j) for j in range(i % 4)))
    w.grouped = Grouped(list); w.grouped.update(('g%d' % j, ['x%d' % k for k in range(j)]) for j in range(i % 4))
    w.tree = tree(2, i)
    dump('world', i, w)

# --- root is a dict subclass with attributes; and rows lists of heterogeneous fields
class Session(dict): pass
mod('sess', Session=Session)
for i in range(N):
    s = Session(user_id=i, cart=['sku%d' % j for j in range(i % 3)], lang='en'); s.modified = True; s.accessed = i * 10
    dump('session', i, s)
for i in range(N):
    dump('rowlist', i, ['id%d' % i, i, i * 0.25, i % 2 == 0, None if i % 3 else 'note', ['a%d' % j for j in range(i % 3)]])


# --- a list, dict, set and tuple of each sort beside plain ones
class L(list): pass
class D(dict): pass
class S(set): pass
class L2(list): pass
class Thing(object):
    def __init__(s, v): s.v = v; s.t = 't%d' % v
class Hero(object): pass
mod('hero', L=L, D=D, S=S, L2=L2, Thing=Thing, Hero=Hero)
for i in range(N):
    h = Hero(); h.name = 'h%d' % i; h.plain = ['p%d' % j for j in range(i)]; h.lst = L('k%d' % j for j in range(i))
    h.dct = D(('k%d' % j, j) for j in range(i)); h.st = S('s%d' % j for j in range(i)); h.l2 = L2('x%d' % j for j in range(i)); h.l2.owner = 'o%d' % i
    h.objs = L(Thing(j) for j in range(i)); h.deep = {'a': L(range(3))}
    dump('hero', i, h)

# --- tuples at the ends of what can be columns
for i in range(N):
    row = tuple((i + j) / 2.0 if j % 10 == 0 else '%-20d' % (i + j) for j in range(60))
    dump('wide', i, {'row': row, 'matrix': (row[:40], row[:41], row[:42]), 'vector': tuple(range(i, i + 40)),
                     'box': ((i, 1), (2, 3)), 'id': i})
