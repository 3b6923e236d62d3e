# -*- coding: ascii -*-
"""Reading and writing whole pickles. Runs in the module picklift, after picklift.py."""


def loads(data):
    """The inert value of a pickle (a str); raises Refused."""
    meaning = _checked(_bridge.read(data))
    return _value(_Save(meaning), meaning.root())


def _checked(result):
    if isinstance(result, tuple):
        raise Refused(*result)
    return result


def dumps(obj):
    """The pickle of a value that was loaded, the very bytes where it is a whole pickle's, or of plain Python values."""
    if isinstance(obj, Inert):
        return _checked(_bridge.write(obj._save.meaning, obj._node))
    return _plain_pickle(obj)


def to_json(obj):
    """The JSON of a value, as unicode."""
    if not isinstance(obj, Inert):
        meaning = _checked(_bridge.read(dumps(obj)))
        return _checked(_bridge.json(meaning, meaning.root()))
    return _checked(_bridge.json(obj._save.meaning, obj._node))


def _counted(short, long_op, data):
    if len(data) < 256:
        return short + chr(len(data)) + data
    return long_op + _little(len(data), 4) + data


def _little(number, width):
    return ''.join([chr(number >> 8 * i & 255) for i in range(width)])


def _integer(number):
    if -1 << 31 <= number < 1 << 31:
        return 'J' + _little(number, 4)
    data = _little(number, (number if number >= 0 else ~number).bit_length() // 8 + 1)
    if len(data) < 256:
        return '\x8a' + chr(len(data)) + data
    return '\x8b' + _little(len(data), 4) + data


def _float(number):
    return 'G' + _bridge.doubleBytes(number)


_SCALARS = {
    type(None): lambda value: 'N',
    bool: lambda value: ('\x89', '\x88')[value],
    int: _integer,
    long: _integer,
    float: _float,
    str: lambda value: _counted('U', 'T', value),
    Bytes: lambda value: _counted('C', 'B', value),
    unicode: lambda value: _counted('\x8c', 'X', _bridge.utf8(value)),
}
_CONTAINERS = {list: (']', 'e'), dict: ('}', 'u'), set: ('\x8f', '\x90'), frozenset: ('', '\x91'), tuple: ('', 't')}


def _plain_pickle(obj):
    """Protocol 4, without recursion. What is met twice is the same object again."""
    out = ['\x80\x04']
    memo = {}
    started = set()
    work = [(obj, None)]
    while work:
        value, close = work.pop()
        if close is not None:
            out.append(close)
            if isinstance(value, (tuple, frozenset)):
                memo[id(value)] = len(memo), value
                out.append('\x94')
            continue
        kind = type(value)
        if kind in _SCALARS:
            out.append(_SCALARS[kind](value))
        elif id(value) in memo:
            out.append('j' + _little(memo[id(value)][0], 4))
        elif id(value) in started:
            raise ValueError('a tuple or frozenset that holds itself cannot be written')
        elif kind in _CONTAINERS:
            start, end = _CONTAINERS[kind]
            if start:
                memo[id(value)] = len(memo), value
                out.append(start + '\x94')
            else:
                started.add(id(value))
            out.append('(')
            work.append((value, end))
            members = value
            if kind is dict:
                members = [member for pair in value.items() for member in pair]
            work.extend([(member, None) for member in reversed(list(members))])
        else:
            raise TypeError('no plain value: %s' % kind.__name__)
    out.append('.')
    return ''.join(out)
