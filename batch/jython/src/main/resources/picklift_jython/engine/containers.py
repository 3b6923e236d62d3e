# -*- coding: ascii -*-
"""Opcodes of tuples, lists, dicts and sets."""


def container_loads(p, s):
    height, at, unmark, take, extend = p['height'], p['at'], p['unmark'], p['take'], p['extend']
    new, op_of, initial = p['new'], p['op_of'], p['initial']
    appendable = p['is_of'](members(LISTS + MADE))
    settable = p['is_of'](members(DICTS + MADE))
    addable = p['is_of'](members(SETS + MADE))

    def collected(op):
        def load(pos):
            start = unmark()
            if start < 0:
                no_mark()
            size = height() - start
            new(op, take(start), size)
            return pos + 1
        return load

    def tuple_of(op, size):
        def load(pos):
            first = take(height() - size)
            if first < 0:
                underflow()
            new(op, first, size)
            return pos + 1
        return load

    def empty(op):
        def load(pos):
            new(op, 0, -1)
            return pos + 1
        return load

    def filled(op, paired):
        def load(pos):
            start = unmark()
            if start < 0:
                no_mark()
            size = height() - start
            if paired and size & 1:
                refuse('ODD_ITEMS', 'keys and values do not pair')
            first = take(start)
            made = new(op, 0, -1)
            if size:
                initial(made, first, size)
            return pos + 1
        return load

    def one_more(chunk, size, takes, wrong):
        def load(pos):
            start = height() - size
            target = at(start - 1)
            if target < 0:
                underflow()
            if not takes(op_of(target)):
                refuse('WRONG_TYPE', wrong)
            extend(target, chunk, start)
            return pos + 1
        return load

    def many_more(chunk, paired, takes, wrong):
        def load(pos):
            start = unmark()
            if start < 0:
                no_mark()
            target = at(start - 1)
            if target < 0:
                underflow()
            if not takes(op_of(target)):
                refuse('WRONG_TYPE', wrong)
            if paired and height() - start & 1:
                refuse('ODD_ITEMS', 'keys and values do not pair')
            extend(target, chunk, start)
            return pos + 1
        return load

    no_list = 'no list, object or call result'
    no_dict = 'no dict, object or call result'
    no_set = 'no set, object or call result'
    return {
        't': collected(TUPLE), '\x85': tuple_of(TUPLE1, 1), '\x86': tuple_of(TUPLE2, 2), '\x87': tuple_of(TUPLE3, 3),
        '\x91': collected(FROZENSET), ']': empty(EMPTY_LIST), '}': empty(EMPTY_DICT), '\x8f': empty(EMPTY_SET),
        'l': filled(LIST, False), 'd': filled(DICT, True),
        'a': one_more(APPEND, 1, appendable, no_list), 'e': many_more(APPENDS, False, appendable, no_list),
        's': one_more(SETITEM, 2, settable, no_dict), 'u': many_more(SETITEMS, True, settable, no_dict),
        '\x90': many_more(ADDITEMS, False, addable, no_set)}
