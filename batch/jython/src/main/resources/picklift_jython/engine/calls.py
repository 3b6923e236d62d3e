# -*- coding: ascii -*-
"""Opcodes of names, objects, calls and what stands for something outside."""


def call_loads(p, s):
    i32, below, not_utf8, pop, top = p['i32'], p['below'], p['not_utf8'], p['pop'], p['top']
    height, at, unmark, cut, take = p['height'], p['at'], p['unmark'], p['cut'], p['take']
    extend, node, new, op_of, a_of = p['extend'], p['node'], p['new'], p['op_of'], p['a_of']
    b_of, edge, edge_at, mark_readonly = p['b_of'], p['edge'], p['edge_at'], p['mark_readonly']
    is_readonly, just_made, line, full_line = p['is_readonly'], p['just_made'], p['line'], p['full_line']
    buildable = p['is_of'](members(MADE))
    callable_op = p['is_of'](members(CALLABLES))
    tuple_op = p['is_of'](members(TUPLES))
    is_text, fold_of = folding(p)

    def load_global(pos):
        start = pos + 1
        middle = full_line(start)
        stop = full_line(middle + 1)
        # A newline ends no character of UTF-8, so that the two names are checked as one.
        if not_utf8(start, stop) >= 0:
            refuse('NAME_TEXT', 'a name is not UTF-8')
        new((GLOBAL, GLOBAL_FIX)[s.proto < 3], start, stop - start)
        return stop + 1

    def load_inst(pos):
        bottom = unmark()
        if bottom < 0:
            no_mark()
        start = pos + 1
        middle = full_line(start)
        stop = full_line(middle + 1)
        if not below(start, stop, 0x80):
            refuse('NAME_TEXT', 'a name is not ASCII')
        cls = node((INST_NAME, INST_NAME_FIX)[s.proto < 3], start, stop - start)
        first = edge(cls)
        edge(height() - bottom)
        take(bottom)
        new(INST, first, -1)
        return stop + 1

    def load_stack_global(pos):
        name = pop()
        module = pop()
        if name < 0 or module < 0:
            underflow()
        if not is_text(name) or not is_text(module):
            refuse('WRONG_TYPE', 'a name that is no text')
        new((STACK_GLOBAL, STACK_GLOBAL_FIX)[s.proto < 3], module, name)
        return pos + 1

    def load_obj(pos):
        start = unmark()
        if start < 0:
            no_mark()
        size = height()
        if size == start:
            underflow()
        cls = at(start)
        if not callable_op(op_of(cls)):
            refuse('WRONG_TYPE', 'a class that is none')
        first = edge(cls)
        edge(size - start - 1)
        take(start + 1)
        cut(start)
        new(OBJ, first, -1)
        return pos + 1

    def load_newobj(pos):
        args = pop()
        cls = pop()
        if cls < 0:
            underflow()
        if not tuple_op(op_of(args)):
            refuse('WRONG_TYPE', 'arguments that are no tuple')
        if not callable_op(op_of(cls)):
            refuse('WRONG_TYPE', 'a class that is none')
        first = edge(cls)
        edge(args)
        new(NEWOBJ, first, -1)
        return pos + 1

    def load_newobj_ex(pos):
        keywords = pop()
        args = pop()
        cls = pop()
        if cls < 0:
            underflow()
        if not tuple_op(op_of(args)):
            refuse('WRONG_TYPE', 'arguments that are no tuple')
        if op_of(keywords) not in DICTS:
            refuse('WRONG_TYPE', 'keywords that are no dict')
        if not callable_op(op_of(cls)):
            refuse('WRONG_TYPE', 'a class that is none')
        first = edge(cls)
        edge(args)
        edge(keywords)
        new(NEWOBJ_EX, first, -1)
        return pos + 1

    def load_reduce(pos):
        args = pop()
        function = pop()
        if function < 0:
            underflow()
        if not tuple_op(op_of(args)):
            refuse('WRONG_TYPE', 'arguments that are no tuple')
        if not callable_op(op_of(function)):
            refuse('WRONG_TYPE', 'a callable that is none')
        known = s.known
        if function in known:
            fold = known[function]
        else:
            fold = known[function] = fold_of(function)
        op, count = REDUCE, -1
        if fold is not None:
            n = 0
            if op_of(args) != EMPTY_TUPLE:
                n = b_of(args)
            first = a_of(args)
            folded = fold(n, [edge_at(i) for i in range(first, first + min(n, 3))])
            if folded is not None:
                op, count = folded
        first = edge(function)
        edge(args)
        if count >= 0:
            edge(count)
        new(op, first, -1)
        return pos + 1

    def load_build(pos):
        size = height()
        target = at(size - 2)
        if target < 0:
            underflow()
        if not buildable(op_of(target)):
            refuse('WRONG_TYPE', 'no object or call result')
        extend(target, BUILD, size - 1)
        return pos + 1

    def load_persid(pos):
        start = pos + 1
        stop = line(start)
        if not below(start, stop, 0x80):
            refuse('NAME_TEXT', 'a persistent id that is not ASCII')
        new(PERSID, start, stop - start)
        return stop + 1

    def load_binpersid(pos):
        value = pop()
        if value < 0:
            underflow()
        new(BINPERSID, value, 0)
        return pos + 1

    def extension(op, width):
        codes = {1: p['u8'], 2: p['u16']}.get(width)

        def load(pos):
            if pos + 1 + width > s.end:
                truncated()
            if codes is None:
                code = i32(pos + 1)
            else:
                code = codes(pos + 1)
            if code <= 0:
                refuse('EXTENSION_CODE', 'an extension code below 1')
            new(op, code, 0)
            return pos + 1 + width
        return load

    def load_next_buffer(pos):
        new(NEXT_BUFFER, s.buffers, 0)
        s.buffers += 1
        return pos + 1

    def load_readonly_buffer(pos):
        value = top()
        if value < 0:
            underflow()
        if op_of(value) not in BUFFERS:
            refuse('WRONG_TYPE', 'no buffer, bytes or bytearray')
        if value != just_made() or is_readonly(value):
            s.regular = False
        mark_readonly(value)
        return pos + 1

    return {
        'c': load_global, '\x93': load_stack_global, 'i': load_inst, 'o': load_obj, '\x81': load_newobj,
        '\x92': load_newobj_ex, 'R': load_reduce, 'b': load_build, 'P': load_persid, 'Q': load_binpersid,
        '\x82': extension(EXT1, 1), '\x83': extension(EXT2, 2), '\x84': extension(EXT4, 4), '\x97': load_next_buffer,
        '\x98': load_readonly_buffer}
