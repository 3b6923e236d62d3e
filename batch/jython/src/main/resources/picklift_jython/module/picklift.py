# -*- coding: ascii -*-
"""Pickles in Jython, read and written by Picklift's Java engine: nothing that a pickle names is imported or run.

    import picklift
    player = picklift.loads(open('save.pkl', 'rb').read())
    player.cls                      # 'lifesim.player.playerClass'
    player.c.firstname              # attributes
    player.r[0].person is player.c  # items; one object is one object
    picklift.to_json(player)
    picklift.dumps(player)          # the same bytes

What is loaded is inert and cannot be changed. Plain values are Python's own: None, bool, int, float, unicode, Python 2's
str, datetime, date, time, timedelta, Decimal, UUID, complex; bytes are Bytes and bytearrays bytearray. Everything else is
one of the classes below, made when it is asked for.
"""

__all__ = ['loads', 'dumps', 'to_json', 'cls', 'args', 'attributes', 'Refused', 'Inert', 'Object', 'Call', 'List', 'Tuple',
           'Dict', 'Set', 'Name', 'PersistentId', 'Extension', 'Buffer', 'Bytes', 'column', 'convert', 'renamed', 'reader']

# The host puts _bridge (io.picklift.jython.Bridge) here before this runs, and runs writing.py and adapters.py here after it.


class Refused(ValueError):
    """A pickle that was refused: code, offset (-1 where there is none) and reason."""

    def __init__(self, code, offset, reason):
        ValueError.__init__(self, '%s at byte %d: %s' % (code, offset, reason))
        self.code = code
        self.offset = offset
        self.reason = reason


class _Save(object):
    """What the values of one pickle share."""

    __slots__ = ('meaning', 'made')

    def __init__(self, meaning):
        self.meaning = meaning
        self.made = {}


class Inert(object):
    """A value of a pickle that is no plain value. Equal to itself alone."""

    __slots__ = ('_save', '_node')

    def __init__(self, save, node):
        object.__setattr__(self, '_save', save)
        object.__setattr__(self, '_node', node)
        save.made[node] = self

    def __setattr__(self, name, value):
        raise AttributeError('what was loaded cannot be changed')

    __delattr__ = None


class Bytes(str):
    """Python 3's bytes; a Python 2 str is a plain str."""

    __slots__ = ()


class _Sequence(Inert):
    __slots__ = ('_nodes',)

    def __init__(self, save, node, nodes=None):
        Inert.__init__(self, save, node)
        if nodes is None:
            nodes = _bridge.items(save.meaning, node)
        object.__setattr__(self, '_nodes', nodes)

    def __len__(self):
        return len(self._nodes)

    def __iter__(self):
        save = self._save
        for node in self._nodes:
            yield _value(save, node)

    def __contains__(self, wanted):
        for value in self:
            if value is wanted or value == wanted:
                return True
        return False

    def __repr__(self):
        return '<%s of %d>' % (type(self).__name__, len(self))


class List(_Sequence):
    """A list; also a deque."""

    __slots__ = ()

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [_value(self._save, node) for node in self._nodes[index]]
        return _value(self._save, self._nodes[index])


class Tuple(List):
    __slots__ = ()


class Set(_Sequence):
    """A set or frozenset, in the order of the pickle."""

    __slots__ = ()


class Dict(Inert):
    """A dict, an OrderedDict or a defaultdict, in the order of the pickle."""

    __slots__ = ('_nodes', '_index')

    def __init__(self, save, node, nodes=None):
        Inert.__init__(self, save, node)
        if nodes is None:
            nodes = _bridge.items(save.meaning, node)
        object.__setattr__(self, '_nodes', nodes)
        object.__setattr__(self, '_index', None)

    def _find(self, key):
        if self._index is None:
            object.__setattr__(self, '_index', _index(self._save, self._nodes))
        return self._index.get(_key(key))

    def __getitem__(self, key):
        node = self._find(key)
        if node is None:
            raise KeyError(key)
        return _value(self._save, node)

    def get(self, key, default=None):
        node = self._find(key)
        if node is None:
            return default
        return _value(self._save, node)

    def __contains__(self, key):
        return self._find(key) is not None

    has_key = __contains__

    def __len__(self):
        return len(self._nodes) // 2

    def iterkeys(self):
        return _values(self._save, self._nodes[::2])

    __iter__ = iterkeys

    def itervalues(self):
        return _values(self._save, self._nodes[1::2])

    def iteritems(self):
        nodes = self._nodes
        for i in range(0, len(nodes), 2):
            yield _value(self._save, nodes[i]), _value(self._save, nodes[i + 1])

    def keys(self):
        return list(self.iterkeys())

    def values(self):
        return list(self.itervalues())

    def items(self):
        return list(self.iteritems())

    def __repr__(self):
        return '<Dict of %d>' % len(self)


class Object(Inert):
    """An instance. Its attributes are those of the pickle; where the pickle has none of that name, there are also:

    cls     module.qualname of its class, renamed as adapters say
    args    the arguments that it is made with, as a list
    kwargs  likewise the keywords, as a dict
    state   what BUILD gave where it is no dict of attributes
    items   what was appended or added, as a list
    entries pairs that were set, as a list
    tz      of a datetime or time with a zone that Python 2 has none for, or a fold: its zone, as it was pickled

    obj[key] and iteration are of entries and items.
    """

    __slots__ = ('_attributes',)

    def __init__(self, save, node):
        Inert.__init__(self, save, node)
        object.__setattr__(self, '_attributes', None)

    def _find(self, name):
        if self._attributes is None:
            object.__setattr__(self, '_attributes', _index(self._save, _bridge.attributes(self._save.meaning, self._node)))
        return self._attributes.get(name)

    def __getattr__(self, name):
        node = self._find(name)
        if node is not None:
            return _value(self._save, node)
        extra = _EXTRAS.get(name)
        if extra is None:
            raise AttributeError('%s has no attribute %r' % (cls(self), name))
        return extra(self)

    def __iter__(self):
        appended = _appended(self)
        if appended:
            return iter(appended)
        return iter([key for key, value in _entries(self)])

    def __len__(self):
        return len(_appended(self)) or len(_entries(self))

    def __nonzero__(self):
        return True

    def __getitem__(self, key):
        save = self._save
        entries = _bridge.entries(save.meaning, self._node)
        if entries:
            node = _index(save, entries).get(_key(key))
            if node is None:
                raise KeyError(key)
            return _value(save, node)
        return _appended(self)[key]

    def __repr__(self):
        return '<%s %s>' % (type(self).__name__, cls(self))


class Call(Object):
    """The result of a call that was not made: cls is the name of what was to be called."""

    __slots__ = ()


class Name(Inert):
    """A class or function by its name."""

    __slots__ = ('name',)

    def __init__(self, save, node):
        Inert.__init__(self, save, node)
        object.__setattr__(self, 'name', _renamed_name(_bridge.name(save.meaning, node)))

    def __eq__(self, other):
        return isinstance(other, Name) and other.name == self.name

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)

    def __str__(self):
        return self.name

    def __repr__(self):
        return '<Name %s>' % self.name


class _Numbered(Inert):
    __slots__ = ('value',)

    def __init__(self, save, node):
        Inert.__init__(self, save, node)
        object.__setattr__(self, 'value', self._read(save, node))

    def _read(self, save, node):
        return _bridge.number(save.meaning, node)

    def __repr__(self):
        return '<%s %r>' % (type(self).__name__, self.value)


class Extension(_Numbered):
    """An extension code, its value."""

    __slots__ = ()


class Buffer(_Numbered):
    """An out-of-band buffer, its index as value."""

    __slots__ = ()


class PersistentId(_Numbered):
    """A persistent id, its value."""

    __slots__ = ()

    def _read(self, save, node):
        inner = _bridge.persid(save.meaning, node)
        if inner < 0:
            return _bridge.persidText(save.meaning, node)
        return _value(save, inner)


def _text(value):
    """Text as the index of names has it, whichever of Python 2's types it is."""
    if isinstance(value, str) and not isinstance(value, Bytes):
        try:
            return value.decode('utf-8')
        except UnicodeDecodeError:
            return Bytes(value)
    return value


def _key(value):
    """What a dict's key is found by: plain values by value, tuples of such member by member, others by identity."""
    if isinstance(value, Bytes):
        # Python 2 holds bytes and text equal; the pickle's Python did not.
        return ('bytes', str(value))
    if isinstance(value, str):
        value = _text(value)
        if isinstance(value, Bytes):
            return ('bytes', str(value))
        return value
    if isinstance(value, (tuple, Tuple)):
        return ('tuple',) + tuple([_key(member) for member in value])
    if isinstance(value, bytearray):
        return ('id', id(value))
    return value


def _index(save, nodes):
    """Keys to the nodes of their values, of key, value, key, value..."""
    index = {}
    for i in range(0, len(nodes), 2):
        index[_key(_value(save, nodes[i]))] = nodes[i + 1]
    return index


def _values(save, nodes):
    for node in nodes:
        yield _value(save, node)


def _arguments(obj):
    return list(_values(obj._save, _bridge.arguments(obj._save.meaning, obj._node)))


def _keywords(obj):
    nodes = _bridge.keywords(obj._save.meaning, obj._node)
    return dict([(_value(obj._save, nodes[i]), _value(obj._save, nodes[i + 1])) for i in range(0, len(nodes), 2)])


def _state(obj):
    nodes = _bridge.states(obj._save.meaning, obj._node)
    if not nodes:
        return None
    return _value(obj._save, nodes[-1])


def _appended(obj):
    return list(_values(obj._save, _bridge.appended(obj._save.meaning, obj._node)))


def _entries(obj):
    nodes = _bridge.entries(obj._save.meaning, obj._node)
    return [(_value(obj._save, nodes[i]), _value(obj._save, nodes[i + 1])) for i in range(0, len(nodes), 2)]


def cls(obj):
    """module.qualname of an object's class or of what a call calls, renamed as adapters say; a value where it is no name."""
    node = _bridge.callable(obj._save.meaning, obj._node)
    called = _value(obj._save, node)
    if isinstance(called, Name):
        return called.name
    return called


def _tz(obj):
    """The zone of a datetime or time as it was pickled; None where it has none."""
    known = _bridge.wellKnown(obj._save.meaning, obj._node)
    if known is None or known[0] not in ('DateTime', 'Time'):
        raise AttributeError('%s has no attribute %r' % (cls(obj), 'tz'))
    zone = known[1][2]
    return None if zone < 0 else _value(obj._save, zone)


args = _arguments
_EXTRAS = {'tz': _tz, 'cls': cls, 'args': _arguments, 'kwargs': _keywords, 'state': _state, 'items': _appended, 'entries': _entries}


def attributes(obj):
    """The names of an object's attributes, in the order of the pickle."""
    nodes = _bridge.attributes(obj._save.meaning, obj._node)
    names = []
    for node in nodes[::2]:
        name = _text(_value(obj._save, node))
        if name not in names:
            names.append(name)
    return names


# ---- well-known types

def _numbers(text):
    """The numbers of an isoformat()."""
    head, dot, fraction = text.partition('.')
    numbers = [int(part) for part in head.replace('T', '-').replace(':', '-').split('-')]
    return numbers + [int((fraction + '000000')[:6])]


class _Lazy(object):
    """Modules of the standard library that take long to import, when they are needed."""

    def __getattr__(self, name):
        module = __import__(name)
        setattr(self, name, module)
        return module


_lazy = _Lazy()


def _timezone(save, node):
    """(whether it can be had, the tzinfo)."""
    if node < 0:
        return True, None
    zone = _value(save, node)
    if not isinstance(zone, Object) or cls(zone) != 'datetime.timezone' or not zone.args:
        return False, None
    offset = zone.args[0]

    class FixedOffset(_lazy.datetime.tzinfo):
        def utcoffset(self, when):
            return offset

        def dst(self, when):
            return None

        def tzname(self, when):
            return 'UTC%+03d:%02d' % divmod(offset.days * 1440 + offset.seconds // 60, 60)

    return True, FixedOffset()


def _moment(type_name):
    def make(save, node, known):
        text, fold, zone_node = known
        had, zone = _timezone(save, zone_node)
        if not had or fold:
            # Python 2 has neither: the object itself, with its arguments.
            return None
        numbers = _numbers(text)
        return getattr(_lazy.datetime, type_name)(*numbers, **{'tzinfo': zone})
    return make


_KNOWN = {
    'DateTime': _moment('datetime'),
    'Time': _moment('time'),
    'Date': lambda save, node, known: _lazy.datetime.date(*_numbers(known[0])[:3]),
    'TimeDelta': lambda save, node, known: _lazy.datetime.timedelta(*known),
    'Decimal': lambda save, node, known: _lazy.decimal.Decimal(known[0]),
    'Uuid': lambda save, node, known: _lazy.uuid.UUID(known[0]),
    'Complex': lambda save, node, known: complex(*known),
    'OrderedDict': lambda save, node, known: Dict(save, node, known[0]),
    'DefaultDict': lambda save, node, known: Dict(save, node, known[0]),
    'Deque': lambda save, node, known: List(save, node, known[0]),
}


def _made(kind):
    def make(save, node):
        known = _bridge.wellKnown(save.meaning, node)
        if known is not None:
            value = _KNOWN[known[0]](save, node, known[1])
            if value is not None:
                save.made[node] = value
                return value
        return kind(save, node)
    return make


def _bytearray(save, node):
    value = save.made[node] = bytearray(_bridge.bytes(save.meaning, node))
    return value


_MAKERS = {
    'BYTES': lambda save, node: Bytes(_bridge.bytes(save.meaning, node)),
    'BYTEARRAY': _bytearray,
    'LIST': List, 'TUPLE': Tuple, 'DICT': Dict, 'SET': Set, 'FROZENSET': Set, 'GLOBAL': Name, 'OBJECT': _made(Object),
    'CALL': _made(Call), 'PERSID': PersistentId, 'EXT': Extension, 'BUFFER': Buffer,
}


def _value(save, node):
    """The value of a node; the same one each time where it has an identity."""
    value = save.made.get(node)
    if value is not None:
        return value
    kind = _bridge.kind(save.meaning, node)
    make = _MAKERS.get(kind)
    if make is None:
        return _bridge.plain(save.meaning, node)
    return make(save, node)


def _adopt(meaning, node):
    """For the host: the value of a node of a graph that was decoded elsewhere. Values of one meaning share their save."""
    if _current[0] is None or _current[0].meaning is not meaning:
        _current[0] = _Save(meaning)
    return _value(_current[0], node)


_current = [None]
