# -*- coding: ascii -*-
"""Text arguments of opcodes, as CPython's C unpickler reads them: what it refuses is refused."""

SPACE = ' \t\n\v\f\r'
DIGITS = '0123456789'
HEXDIGITS = '0123456789abcdefABCDEF'
PREFIXES = {'x': '0123456789abcdef', 'o': '01234567', 'b': '01'}
LONG_MAX = (1 << 63) - 1


def c_string(line):
    """What C sees of a line: up to its first NUL."""
    end = line.find('\0')
    if end >= 0:
        return line[:end]
    return line


def unsigned(text):
    """(negative, the rest) of a number's text, its leading blanks gone."""
    text = text.lstrip(SPACE)
    if text[:1] == '-':
        return True, text[1:]
    if text[:1] == '+':
        return False, text[1:]
    return False, text


def python_int(text, base):
    """PyLong_FromString: (negative, digits) or None. Base 0 or 10."""
    negative, text = unsigned(text)
    alphabet = DIGITS
    zero = False
    if base == 0 and text[:1] == '0':
        alphabet = PREFIXES.get(text[1:2].lower())
        if alphabet is None:
            # An octal number of C: refused, but for zero.
            alphabet = DIGITS
            zero = True
        else:
            text = text[2:]
            if text[:1] == '_':
                text = text[1:]
    text = text.rstrip(SPACE)
    if text[:1] == '_' or text[-1:] == '_' or '__' in text:
        return None
    digits = text.replace('_', '')
    if not digits or digits.lower().strip(alphabet):
        return None
    if zero and digits.strip('0'):
        return None
    return negative, digits


def c_long(text):
    """strtol with base 0 that has to take the whole text: its value, or None where it takes less or overflows.

    A text of nothing at all counts as 0, as the end is where strtol stops.
    """
    if not text:
        return 0
    negative, text = unsigned(text)
    if text[:2].lower() == '0x':
        base = 16
        text = text[2:]
        alphabet = PREFIXES['x']
    elif text[:1] == '0':
        base = 8
        alphabet = PREFIXES['o']
    else:
        base = 10
        alphabet = DIGITS
    if not text or text.lower().strip(alphabet):
        return None
    if len(text.lstrip('0')) > 22:
        return None
    value = int(text, base)
    if negative:
        value = -value
    if -LONG_MAX - 1 <= value <= LONG_MAX:
        return value
    return None


def is_float(text):
    """PyOS_string_to_double on the whole text, overflow refused."""
    if text[:1] in ('+', '-'):
        text = text[1:]
    text = text.lower()
    if text in ('inf', 'infinity', 'nan'):
        return True
    mantissa, e, exponent = text.partition('e')
    if e:
        if exponent[:1] in ('+', '-'):
            exponent = exponent[1:]
        if not exponent or exponent.strip(DIGITS):
            return False
    whole, dot, fraction = mantissa.partition('.')
    digits = whole + fraction
    if not digits or digits.strip(DIGITS):
        return False
    value = float(text)
    return value - value == 0


def is_escaped(text):
    """Whether PyBytes_DecodeEscape takes it."""
    i = text.find('\\')
    while i >= 0:
        c = text[i + 1:i + 2]
        if not c:
            return False
        if c == 'x' and (len(text) < i + 4 or text[i + 2:i + 4].strip(HEXDIGITS)):
            return False
        i = text.find('\\', i + 2)
    return True


ESCAPES = {'\n': '', '\\': '\\', "'": "'", '"': '"', 'b': '\b', 'f': '\f', 't': '\t', 'n': '\n', 'r': '\r', 'v': '\v',
           'a': '\a'}


def unescaped(text):
    """The bytes of an escaped text."""
    parts = []
    last = 0
    i = text.find('\\')
    while i >= 0:
        parts.append(text[last:i])
        c = text[i + 1]
        last = i + 2
        if c in ESCAPES:
            parts.append(ESCAPES[c])
        elif c == 'x':
            parts.append(chr(int(text[i + 2:i + 4], 16)))
            last = i + 4
        elif c in '01234567':
            last = i + 1
            while last < i + 4 and text[last:last + 1] in tuple('01234567'):
                last += 1
            parts.append(chr(int(text[i + 1:last], 8) & 255))
        else:
            parts.append(text[i:last])
        i = text.find('\\', last)
    parts.append(text[last:])
    return ''.join(parts)


def raw_unescaped(text):
    """The code points of a raw-unicode-escaped text, or None."""
    points = []
    last = 0
    i = text.find('\\')
    while i >= 0:
        points.extend([ord(c) for c in text[last:i]])
        count = {'u': 4, 'U': 8}.get(text[i + 1:i + 2])
        if count is None:
            last = i + 2
            points.extend([ord(c) for c in text[i:last]])
        else:
            last = i + 2 + count
            digits = text[i + 2:last]
            if len(digits) < count or digits.strip(HEXDIGITS):
                return None
            point = int(digits, 16)
            if point > 0x10ffff:
                return None
            points.append(point)
        i = text.find('\\', last)
    points.extend([ord(c) for c in text[last:]])
    return points


def is_raw_escaped(text):
    i = text.find('\\')
    while i >= 0:
        c = text[i + 1:i + 2]
        if c == 'u' or c == 'U':
            return raw_unescaped(text) is not None
        i = text.find('\\', i + 2)
    return True


def is_utf8(text):
    """Whether bytes are UTF-8, surrogates not allowed."""
    i = 0
    while i < len(text):
        lead = ord(text[i])
        low, high = 0x80, 0xbf
        if lead < 0x80:
            count = 0
        elif 0xc2 <= lead <= 0xdf:
            count = 1
        elif 0xe0 <= lead <= 0xef:
            count = 2
            if lead == 0xe0:
                low = 0xa0
            elif lead == 0xed:
                high = 0x9f
        elif 0xf0 <= lead <= 0xf4:
            count = 3
            if lead == 0xf0:
                low = 0x90
            elif lead == 0xf4:
                high = 0x8f
        else:
            return False
        for c in text[i + 1:i + 1 + count]:
            if not low <= ord(c) <= high:
                return False
            low, high = 0x80, 0xbf
        i += 1 + count
    return i == len(text)


def utf8(points):
    """Code points as UTF-8, surrogates too."""
    parts = []
    for p in points:
        if p < 0x80:
            parts.append(chr(p))
        elif p < 0x800:
            parts.append(chr(0xc0 | p >> 6) + chr(0x80 | p & 63))
        elif p < 0x10000:
            parts.append(chr(0xe0 | p >> 12) + chr(0x80 | p >> 6 & 63) + chr(0x80 | p & 63))
        else:
            parts.append(chr(0xf0 | p >> 18) + chr(0x80 | p >> 12 & 63) + chr(0x80 | p >> 6 & 63) + chr(0x80 | p & 63))
    return ''.join(parts)
