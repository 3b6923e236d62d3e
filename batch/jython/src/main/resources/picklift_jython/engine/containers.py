# -*- coding: ascii -*-
"""Opcodes of tuples, lists, dicts and sets."""


def container_loads(p, s):
    height, at, unmark, take, extend = p['height'], p['at'], p['unmark'], p['take'], p['extend']
    new, op_of, initial = p['new'], p['op_of'], p['initial']
    appendable = p['is_of'](members(LISTS + MADE))
    settable = p['is_of'](members(DICTS + MADE))
    addable = p['is_of'](members(SETS + MADE))

    def load_tuple(pos):
        start = unmark()
        if start < 0:
            no_mark()
        size = height() - start
        new(TUPLE, take(start), size)
        return pos + 1

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

    def load_list(pos):
        start = unmark()
        if start < 0:
            no_mark()
        size = height() - start
        first = take(start)
        made = new(LIST, 0, -1)
        if size:
            initial(made, first, size)
        return pos + 1

    def load_dict(pos):
        start = unmark()
        if start < 0:
            no_mark()
        size = height() - start
        if size & 1:
            refuse('ODD_ITEMS', 'keys and values do not pair')
        first = take(start)
        made = new(DICT, 0, -1)
        if size:
            initial(made, first, size)
        return pos + 1

    def load_frozenset(pos):
        start = unmark()
        if start < 0:
            no_mark()
        size = height() - start
        new(FROZENSET, take(start), size)
        return pos + 1

    def load_append(pos):
        size = height()
        target = at(size - 2)
        if target < 0:
            underflow()
        if not appendable(op_of(target)):
            refuse('WRONG_TYPE', 'no list, object or call result')
        extend(target, APPEND, size - 1)
        return pos + 1

    def load_appends(pos):
        start = unmark()
        if start < 0:
            no_mark()
        target = at(start - 1)
        if target < 0:
            underflow()
        if not appendable(op_of(target)):
            refuse('WRONG_TYPE', 'no list, object or call result')
        extend(target, APPENDS, start)
        return pos + 1

    def load_setitem(pos):
        size = height()
        target = at(size - 3)
        if target < 0:
            underflow()
        if not settable(op_of(target)):
            refuse('WRONG_TYPE', 'no dict, object or call result')
        extend(target, SETITEM, size - 2)
        return pos + 1

    def load_setitems(pos):
        start = unmark()
        if start < 0:
            no_mark()
        target = at(start - 1)
        if target < 0:
            underflow()
        if not settable(op_of(target)):
            refuse('WRONG_TYPE', 'no dict, object or call result')
        if height() - start & 1:
            refuse('ODD_ITEMS', 'keys and values do not pair')
        extend(target, SETITEMS, start)
        return pos + 1

    def load_additems(pos):
        start = unmark()
        if start < 0:
            no_mark()
        target = at(start - 1)
        if target < 0:
            underflow()
        if not addable(op_of(target)):
            refuse('WRONG_TYPE', 'no set, object or call result')
        extend(target, ADDITEMS, start)
        return pos + 1

    return {
        't': load_tuple, '\x85': tuple_of(TUPLE1, 1), '\x86': tuple_of(TUPLE2, 2), '\x87': tuple_of(TUPLE3, 3),
        ']': empty(EMPTY_LIST), '}': empty(EMPTY_DICT), '\x8f': empty(EMPTY_SET), 'l': load_list, 'd': load_dict,
        '\x91': load_frozenset, 'a': load_append, 'e': load_appends, 's': load_setitem, 'u': load_setitems,
        '\x90': load_additems}
