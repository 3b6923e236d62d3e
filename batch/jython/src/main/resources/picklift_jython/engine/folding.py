# -*- coding: ascii -*-
"""Calls that mean a plain value: which, and of what (proto/JSON.md)."""


def folding(p):
    """Two functions: whether a node is text, and the fold of a callable: what takes the arguments and gives op and count."""
    text, below, not_utf8, op_of, a_of = p['text'], p['below'], p['not_utf8'], p['op_of'], p['a_of']
    b_of, items, pairs = p['b_of'], p['items'], p['pairs']
    callable_op = p['is_of'](members(CALLABLES))

    def is_text(n):
        """Whether a node is text: Python 3's, or Python 2's that is strict UTF-8."""
        op = op_of(n)
        if UNICODE <= op <= BINUNICODE8:
            return True
        if op == STRING:
            return is_utf8(unescaped(text(a_of(n) + 1, b_of(n) - 2)))
        return BINSTRING <= op <= SHORT_BINSTRING and not_utf8(a_of(n), a_of(n) + b_of(n)) < 0

    def text_of(n):
        """The UTF-8 of a node that is text."""
        op = op_of(n)
        if op == UNICODE:
            return utf8(raw_unescaped(text(a_of(n), b_of(n))))
        if op == STRING:
            return unescaped(text(a_of(n) + 1, b_of(n) - 2))
        return text(a_of(n), b_of(n))

    def is_latin1(n):
        """Whether latin-1 can hold a node that is text."""
        op = op_of(n)
        if op == UNICODE:
            raw = text(a_of(n), b_of(n))
            return raw.find('\\') < 0 or max(raw_unescaped(raw)) < 256
        if op == STRING:
            return not [c for c in text_of(n) if c >= '\xc4']
        # In UTF-8 the characters over 255 are those that begin so.
        return below(a_of(n), a_of(n) + b_of(n), 0xc4)

    def name_of(n):
        """(module, name) of a name, or None where it is none that may fold."""
        op = op_of(n)
        if op == STACK_GLOBAL or op == STACK_GLOBAL_FIX:
            module, name = text_of(a_of(n)), text_of(b_of(n))
        elif GLOBAL <= op <= INST_NAME_FIX:
            module, name = text(a_of(n), b_of(n)).split('\n')
        else:
            return None
        if op == GLOBAL_FIX or op == STACK_GLOBAL_FIX or op == INST_NAME_FIX:
            return python3_name(module, name)
        return module, name

    def fold_encode(n, v):
        if n == 2 and is_text(v[0]) and is_text(v[1]) and text_of(v[1]) == 'latin1' and is_latin1(v[0]):
            return REDUCE_BYTES, -1

    def fold_bytes(n, v):
        if n == 0:
            return REDUCE_BYTES, -1

    def fold_bytearray(n, v):
        if n == 0 or n == 1 and op_of(v[0]) in BYTES:
            return REDUCE_BYTEARRAY, -1
        if n == 2 and is_text(v[0]) and is_text(v[1]) and text_of(v[1]) == 'latin-1' and is_latin1(v[0]):
            return REDUCE_BYTEARRAY, -1

    def fold_set(n, v):
        if n == 1 and op_of(v[0]) in LISTS:
            return REDUCE_SET, items(v[0])

    def fold_frozenset(n, v):
        if n == 1 and op_of(v[0]) in LISTS:
            return REDUCE_FROZENSET, items(v[0])

    def fold_reconstructor(n, v):
        if n != 3 or not callable_op(op_of(v[0])):
            return None
        base = name_of(v[1])
        if base is None or base[0] != 'builtins':
            return None
        base = base[1]
        op = op_of(v[2])
        if base == 'object':
            if op == NONE:
                return REDUCE_OBJECT, -1
        elif base == 'list':
            if op in LISTS:
                return REDUCE_LIST_OBJECT, items(v[2])
        elif base == 'dict':
            if op in DICTS:
                return REDUCE_DICT_OBJECT, pairs(v[2])
        else:
            return REDUCE_BASE_OBJECT, -1

    def fold_newobj(n, v):
        if n > 0 and callable_op(op_of(v[0])):
            return REDUCE_NEWOBJ, -1

    def fold_newobj_ex(n, v):
        if n == 3 and callable_op(op_of(v[0])) and op_of(v[1]) in TUPLES and op_of(v[2]) in DICTS:
            return REDUCE_NEWOBJ_EX, pairs(v[2])

    def fold_getattr(n, v):
        if n == 2 and op_of(v[0]) in NAMES and is_text(v[1]):
            return REDUCE_NAME, -1

    folds = {
        ('_codecs', 'encode'): fold_encode, ('builtins', 'bytes'): fold_bytes, ('builtins', 'bytearray'): fold_bytearray,
        ('builtins', 'set'): fold_set, ('builtins', 'frozenset'): fold_frozenset,
        ('copyreg', '_reconstructor'): fold_reconstructor, ('copyreg', '__newobj__'): fold_newobj,
        ('copyreg', '__newobj_ex__'): fold_newobj_ex, ('builtins', 'getattr'): fold_getattr}

    def fold_of(function):
        return folds.get(name_of(function))

    return is_text, fold_of
