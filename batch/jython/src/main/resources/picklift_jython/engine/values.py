# -*- coding: ascii -*-
"""Opcodes of plain values: constants, numbers, text, bytes."""


def reading(p, s):
    """How all handlers read arguments."""
    u8, u32, newline, not_utf8 = p['u8'], p['u32'], p['newline'], p['not_utf8']

    def line(pos):
        """Where the line that starts here ends."""
        stop = newline(pos)
        if stop < 0:
            raise Refused('TRUNCATED', 'a line has no newline')
        return stop

    def full_line(pos):
        """Likewise, of one that has to hold something: C takes an empty one for the end."""
        stop = line(pos)
        if stop == pos:
            raise Refused('TRUNCATED', 'a line is empty')
        return stop

    def check_text(start, stop):
        """UTF-8 where lone surrogates may stand as CPython writes them."""
        bad = not_utf8(start, stop)
        while bad >= 0:
            if bad + 3 > stop or u8(bad) != 0xed or not 0xa0 <= u8(bad + 1) <= 0xbf or u8(bad + 2) & 0xc0 != 0x80:
                raise Refused('UTF8', 'the text is not UTF-8')
            bad = not_utf8(bad + 3, stop)

    def size8(pos):
        low = u32(pos)
        high = u32(pos + 4)
        if low < 0 or high < 0:
            truncated()
        if high:
            return low + (high << 32)
        return low

    def slice_of(start, size):
        """Where a value of size bytes ends."""
        stop = start + size
        if size < 0 or stop > s.end:
            truncated()
        if size > s.max_string:
            raise Limited('LIMIT_STRING_LENGTH', 'stringLength', s.max_string)
        return stop

    def digits_limit(digits):
        if len(digits) > s.max_digits:
            raise Limited('LIMIT_TEXT_INTEGER_DIGITS', 'textIntegerDigits', s.max_digits)

    return {'line': line, 'full_line': full_line, 'check_text': check_text, 'size8': size8, 'slice_of': slice_of,
            'digits_limit': digits_limit}


def value_loads(p, s):
    u8, u16, i32, big32, text, not_utf8 = p['u8'], p['u16'], p['i32'], p['big32'], p['text'], p['not_utf8']
    new, line, full_line, check_text = p['new'], p['line'], p['full_line'], p['check_text']
    slice_of, digits_limit = p['slice_of'], p['digits_limit']

    def constant(op):
        def load(pos):
            new(op, 0, 0)
            return pos + 1
        return load

    def load_int(pos):
        start = pos + 1
        stop = full_line(start)
        raw = text(start, stop - start)
        argument = c_string(raw)
        value = c_long(argument)
        if value is None:
            parsed = python_int(argument, 0)
            if parsed is None:
                refuse('INTEGER_TEXT', 'no integer')
            digits_limit(parsed[1])
        if len(raw) == 2 and (value == 0 or value == 1):
            if raw == '01':
                new(INT_TRUE, 0, 0)
            elif raw == '00':
                new(INT_FALSE, 0, 0)
            else:
                s.regular = False
                new((INT_FALSE, INT_TRUE)[value], 0, 0)
        else:
            new(INT, start, stop - start)
        return stop + 1

    def load_long(pos):
        start = pos + 1
        stop = full_line(start)
        size = stop - start
        raw = text(start, size)
        if raw[-1:] == 'L':
            size -= 1
            raw = raw[:-1]
        else:
            s.regular = False
        parsed = python_int(c_string(raw), 0)
        if parsed is None:
            refuse('INTEGER_TEXT', 'no integer')
        digits_limit(parsed[1])
        new(LONG, start, size)
        return stop + 1

    def load_binint(pos):
        if pos + 5 > s.end:
            truncated()
        new(BININT, i32(pos + 1), 0)
        return pos + 5

    def load_binint1(pos):
        value = u8(pos + 1)
        if value < 0:
            truncated()
        new(BININT1, value, 0)
        return pos + 2

    def load_binint2(pos):
        value = u16(pos + 1)
        if value < 0:
            truncated()
        new(BININT2, value, 0)
        return pos + 3

    def load_long1(pos):
        size = u8(pos + 1)
        stop = pos + 2 + size
        if size < 0 or stop > s.end:
            truncated()
        new(LONG1, pos + 2, size)
        return stop

    def load_long4(pos):
        if pos + 5 > s.end:
            truncated()
        size = i32(pos + 1)
        if size < 0:
            refuse('LENGTH_NEGATIVE', 'a length below zero')
        stop = pos + 5 + size
        if stop > s.end:
            truncated()
        new(LONG4, pos + 5, size)
        return stop

    def load_float(pos):
        start = pos + 1
        stop = full_line(start)
        if not is_float(c_string(text(start, stop - start))):
            refuse('FLOAT_TEXT', 'no float')
        new(FLOAT, start, stop - start)
        return stop + 1

    def load_binfloat(pos):
        if pos + 9 > s.end:
            truncated()
        new(BINFLOAT, big32(pos + 1), big32(pos + 5))
        return pos + 9

    def load_string(pos):
        start = pos + 1
        stop = line(start)
        size = stop - start
        raw = text(start, size)
        if size < 2 or raw[0] != raw[-1] or raw[0] not in ("'", '"'):
            refuse('STRING_TEXT', 'the text has no quotes')
        if not is_escaped(raw[1:-1]):
            refuse('STRING_TEXT', 'an escape that is none')
        slice_of(start, size)
        new(STRING, start, size)
        return stop + 1

    def load_unicode(pos):
        start = pos + 1
        stop = line(start)
        size = stop - start
        if not is_raw_escaped(text(start, size)):
            refuse('UNICODE_TEXT', 'an escape that is none')
        slice_of(start, size)
        new(UNICODE, start, size)
        return stop + 1

    def counted(op, width, is_text):
        """The loader of a value whose length stands before it in width bytes."""
        sizes = {1: p['u8'], 4: p['u32'], 8: p['size8']}[width]

        def load(pos):
            start = pos + 1 + width
            size = sizes(pos + 1)
            stop = start + size
            if size < 0 or stop > s.end:
                truncated()
            if size > s.max_string:
                slice_of(start, size)
            if is_text and not_utf8(start, stop) >= 0:
                check_text(start, stop)
            new(op, start, size)
            return stop
        return load

    return {
        'N': constant(NONE), '\x88': constant(NEWTRUE), '\x89': constant(NEWFALSE), 'I': load_int, 'L': load_long,
        'J': load_binint, 'K': load_binint1, 'M': load_binint2, '\x8a': load_long1, '\x8b': load_long4, 'F': load_float,
        'G': load_binfloat, 'S': load_string, 'T': counted(BINSTRING, 4, False), 'U': counted(SHORT_BINSTRING, 1, False),
        'V': load_unicode, 'X': counted(BINUNICODE, 4, True), '\x8c': counted(SHORT_BINUNICODE, 1, True),
        '\x8d': counted(BINUNICODE8, 8, True), 'B': counted(BINBYTES, 4, False), 'C': counted(SHORT_BINBYTES, 1, False),
        '\x8e': counted(BINBYTES8, 8, False), '\x96': counted(BYTEARRAY8, 8, False), ')': constant(EMPTY_TUPLE)}
