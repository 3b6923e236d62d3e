# -*- coding: ascii -*-
"""What adapters are made with. Runs in the module picklift, after picklift.py.

    from picklift import column, convert, renamed, reader

    @column('player.net_worth', 'DECIMAL(18,2)')
    def net_worth(player):
        return Decimal(str(player.money)) + sum(item.price * item.quantity for item in player.inventory)

    @convert('inventory_item.rarity_name', 'VARCHAR(16)', of='rarity')
    class RarityName(object):
        def to_column(self, rarity): ...
        def from_column(self, name): ...

    renamed('lifesim.character.charClass', 'lifesim.person.personClass')

    @reader('numpy.core.multiarray._reconstruct', {'cells': 'INT', 'mean': 'DOUBLE'}, at='player.map')
    def read_map(array):
        return {'cells': ..., 'mean': ...}

A function gets a row's object and gives None, a bool, an int, a float, text, Bytes, a Decimal, a datetime, date, time or
UUID. Where it raises, the cell is NULL, and the line that it comes from is told; with unfit='quarantine' the save goes to the
quarantine.
"""

import re


class _Registry(object):
    """What the adapters of this interpreter registered, in order; the host reads it."""

    def __init__(self):
        self.columns = []
        self.renames = []


_registry = _Registry()

# Given for a cell where there is nothing that it is computed of.
_NOTHING = object()


class _Column(object):
    """A column that an adapter computes: of a table's rows, or (table None) of the calls of a name wherever they are rows."""

    def __init__(self, table, called, name, sql_type, code, compute, back=None, index=False, unfit=None, path=None):
        if unfit not in (None, 'null', 'quarantine'):
            raise ValueError("unfit is 'null' or 'quarantine', not %r" % unfit)
        self.refuses = unfit == 'quarantine'
        # What the saves may lack: an attribute, or there a call of what is read.
        self.path = path
        self.table = table
        self.called = called
        self.name = name
        self.sql_type = sql_type
        self.file = code.co_filename
        self.line = code.co_firstlineno
        self.compute = compute
        self.back = back
        self.index = index
        self.reads = None
        _registry.columns.append(self)


def _target(target):
    table, dot, name = target.partition('.')
    if not table or not name or '.' in name:
        raise ValueError("a column is written 'table.column', not %r" % target)
    return table, name


_STEP = re.compile(r'''\.?([^.\[\]"']+)|\[(-?[0-9]+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]''')


def _path(target):
    """'table.a.b[0]["c d"]' as the table, the steps and a name for columns: a_b_0_c_d."""
    table, dot, rest = target.partition('.')
    steps = []
    at = 0
    while at < len(rest):
        found = _STEP.match(rest, at)
        if found is None:
            break
        name, place, quoted, other = found.groups()
        steps.append(int(place) if place is not None else name or re.sub(r'\\(.)', r'\1', quoted or other or u''))
        at = found.end()
    if not table or not steps or at < len(rest):
        raise ValueError("a reader's place is written 'table.path', not %r" % target)
    name = '_'.join([part for part in re.split('[^A-Za-z0-9]+', rest) if part])
    return table, steps, rest, name or 'value'


def column(target, sql_type, index=False, unfit=None):
    """A computed column of a table: the function gets each row's object. A JSON column takes what json.dumps takes."""
    table, name = _target(target)

    def register(function):
        _Column(table, None, name, sql_type, function.func_code, function, None, index, unfit)
        return function
    return register


def _unwrapped(value):
    """An enum member, or any object or call with one plain argument and nothing else, as that argument."""
    if isinstance(value, Object) and not _bridge.states(value._save.meaning, value._node):
        arguments = value.args
        if len(arguments) == 1 and not isinstance(arguments[0], Inert) and not value.kwargs and not len(value):
            return arguments[0]
    return value


def _same(left, right):
    """Whether two values are the same for a conversion: no int is a float, no text bytes; nan is itself."""
    left, right = _text(left), _text(right)
    kinds = [long if type(value) is int else type(value) for value in (left, right)]
    return kinds[0] is kinds[1] and (left == right or left != left and right != right)


class _NotInverse(Exception):
    pass


def convert(target, sql_type, of=None, index=False, unfit=None):
    """A conversion of an attribute into a column and back: a class with to_column(value) and from_column(value).

    of names the attribute where it is not the column's name. Each value met is converted there and back again, and has to
    come back the same.
    """
    table, name = _target(target)
    attribute = of or name

    def register(kind):
        conversion = kind()

        def compute(row):
            try:
                value = getattr(row, attribute)
            except AttributeError:
                return _NOTHING
            value = _unwrapped(value)
            shown = conversion.to_column(value)
            if not _same(conversion.from_column(shown), value):
                raise _NotInverse('from_column does not give back what to_column was given')
            return shown

        code = conversion.to_column.im_func.func_code
        _Column(table, None, name, sql_type, code, compute, conversion.from_column, index, unfit, attribute)
        return kind
    return register


def renamed(old, new=None):
    """The name that a class has now: renamed(old, new), or over a function that gets the old name and gives the new one.

    old may end with '*'. Adapters see the new name as cls, and a mapping may use it.
    """
    if new is not None:
        _registry.renames.append((old, lambda name: new))
        return None

    def register(function):
        _registry.renames.append((old, function))
        return function
    return register


def _renamed_name(name):
    for old, new in _registry.renames:
        if name == old or old.endswith('*') and name.startswith(old[:-1]):
            return new(name)
    return name


def reader(called, columns, at=None, unfit=None):
    """Columns of what a call gives (a numpy array, an application's type): the function gets the inert call, gives a dict.

    The columns stand in the tables whose rows are such calls; with at='table.path' in that table, each named path_column, and
    None where something else stands there.
    """
    where = None if at is None else _path(at)

    def register(function):
        code = function.func_code
        for name in sorted(columns):
            if where is None:
                made = _Column(None, called, name, columns[name], code, _reading(function, name), None, False, unfit)
            else:
                table, steps, path, prefix = where
                compute = _reading_at(function, name, called, steps)
                made = _Column(table, None, prefix + '_' + name, columns[name], code, compute, None, False, unfit, path)
            made.reads = called
        return function
    return register


def _reading(function, name):
    return lambda row: function(row)[name]


def _reading_at(function, name, called, steps):
    def compute(row):
        if not isinstance(row, Inert):
            return _NOTHING
        save, node = row._save, row._node
        for step in steps:
            node = _step(save, node, step)
            if node is None:
                return _NOTHING
        if _bridge.kind(save.meaning, node) not in ('OBJECT', 'CALL'):
            return _NOTHING
        value = _inert(save, node)
        return function(value)[name] if _called(value) == called else _NOTHING
    return compute


def _step(save, node, step):
    """The node at an attribute, key or place of another; None where there is none."""
    value = _value(save, node)
    if isinstance(value, Dict):
        return value._find(step)
    if isinstance(value, _Sequence):
        nodes = value._nodes
    elif isinstance(value, Object):
        found = value._find(step)
        if found is not None:
            return found
        entries = _bridge.entries(save.meaning, node)
        if entries:
            return _index(save, entries).get(_key(step))
        nodes = _bridge.appended(save.meaning, node) or _bridge.arguments(save.meaning, node)
    else:
        return None
    return nodes[step] if isinstance(step, int) and -len(nodes) <= step < len(nodes) else None


def _inert(save, node):
    """An object or call as such, also where it is a well-known type's, as a datetime with a zone is."""
    before = save.made.get(node)
    if isinstance(before, Object):
        return before
    made = (Call if _bridge.kind(save.meaning, node) == 'CALL' else Object)(save, node)
    if before is None:
        del save.made[node]
    else:
        save.made[node] = before
    return made


def _called(value):
    return _bridge.name(value._save.meaning, _bridge.callable(value._save.meaning, value._node))


# ---- for the host

def _compute(column, meaning, node):
    value = column.compute(_adopt_raw(meaning, node) if column.reads and column.table is None else _adopt(meaning, node))
    if value is _NOTHING:
        return ('nothing', '')
    if column.sql_type.strip().upper() == 'JSON':
        if value is None:
            return None
        return unicode(_lazy.json.dumps(value, allow_nan=False))
    return _exported(value)


def _adopt_raw(meaning, node):
    _adopt(meaning, node)
    return _inert(_current[0], node)


def _back(column, value):
    """What a column's value means to the save; None where the column has no way back."""
    if column.back is None:
        return None
    return _exported(column.back(value))


def _exported(value):
    """A value as the host knows it: itself, or (type, text)."""
    if value is None or isinstance(value, (bool, int, long, float, unicode)):
        return value
    if isinstance(value, Bytes):
        return ('bytes', value)
    if isinstance(value, str):
        return value.decode('utf-8')
    if isinstance(value, bytearray):
        return ('bytes', str(value))
    unwrapped = _unwrapped(value)
    if unwrapped is not value:
        return _exported(unwrapped)
    module = type(value).__module__
    if module == 'decimal':
        return ('decimal', str(value))
    if module == 'uuid':
        return ('uuid', str(value))
    if module == 'datetime':
        kind = type(value).__name__
        if kind == 'timedelta':
            return (value.days * 86400 + value.seconds) * 1000000 + value.microseconds
        if getattr(value, 'tzinfo', None) is None:
            return (kind, value.isoformat())
    raise TypeError('no column holds a %s' % type(value).__name__)
