# -*- coding: ascii -*-
"""Opcodes of the stack and the memo. What style notes they leave: batch/codec/STYLE.md."""


def memo_loads(p, s):
    u8, u32, newline, text, push, pop = p['u8'], p['u32'], p['newline'], p['text'], p['push'], p['pop']
    top, mark, unmark, marked, cut = p['top'], p['mark'], p['unmark'], p['marked'], p['cut']
    memo_get, memo_put, memo_size, op_of = p['memo_get'], p['memo_put'], p['memo_size'], p['op_of']
    a_of, edge_at, mark_put, mark_memoize = p['a_of'], p['edge_at'], p['mark_put'], p['mark_memoize']
    just_made, discard, full_line = p['just_made'], p['discard'], p['full_line']
    discardable = p['is_of'](members((INST, OBJ, NEWOBJ, NEWOBJ_EX) + tuple(range(REDUCE, 64))))

    def load_mark(pos):
        mark()
        return pos + 1

    def load_pop(pos):
        if marked():
            unmark()
        else:
            value = pop()
            if value < 0:
                underflow()
            if value == just_made() and value != s.between and discardable(op_of(value)):
                if sets_state(value, top()):
                    discard(value, top())
                else:
                    kept = next_get(pos + 1)
                    if kept >= 0 and kept != value:
                        discard(value, kept)
        s.between = just_made()
        return pos + 1

    def sets_state(value, owner):
        """Whether a call of (owner, state) was made and thrown away: save_reduce with a state setter."""
        if owner < 0 or op_of(value) != REDUCE:
            return False
        arguments = edge_at(a_of(value) + 1)
        return op_of(arguments) == TUPLE2 and edge_at(a_of(arguments)) == owner

    def next_get(pos):
        """What the opcode here gets from the memo; -1 where it is no get."""
        op = u8(pos)
        if op == 0x68:
            return memo_get(u8(pos + 1))
        if op == 0x6a:
            return memo_get(u32(pos + 1))
        if op == 0x67:
            stop = newline(pos + 1)
            if stop > pos + 1:
                try:
                    return memo_get(slot_of(pos + 1, stop))
                except Refused:
                    # The get itself will be refused.
                    return -1
        return -1

    def load_pop_mark(pos):
        start = unmark()
        if start < 0:
            no_mark()
        cut(start)
        s.between = just_made()
        return pos + 1

    def load_dup(pos):
        s.regular = False
        value = top()
        if value < 0:
            underflow()
        push(value)
        return pos + 1

    def slot_of(start, stop):
        """The number of a memo slot that is written as text."""
        raw = text(start, stop - start)
        if len(raw) > 10 or raw.strip(DIGITS) or len(raw) > 1 and raw[0] == '0':
            s.regular = False
        parsed = python_int(c_string(raw), 10)
        if parsed is None:
            refuse('MEMO_INDEX', 'a memo index that is no number')
        negative, digits = parsed
        digits = digits.lstrip('0')
        if negative and digits or len(digits) > 19 or digits and int(digits) > LONG_MAX:
            refuse('MEMO_INDEX', 'a memo index that is no number from 0')
        return int(digits or '0')

    def memo_opcode(kind):
        """Notes a text or binary memo opcode: s.memo_kind is that of the last one."""
        if s.memo_kind is not None:
            s.regular = False
        s.memo_kind = kind

    def get(slot, after):
        value = memo_get(slot)
        if value < 0:
            refuse('MEMO_UNSET', 'nothing was put into this memo slot')
        push(value)
        return after

    def put(slot, after):
        value = top()
        if value < 0:
            underflow()
        if memo_put(slot, value) < 0 and memo_size() > s.max_memo:
            raise Limited('LIMIT_MEMO_ENTRIES', 'memoEntries', s.max_memo)
        before = mark_put(value)
        if before + s.put_base != slot:
            if before < 0:
                s.regular = False
                before = -1 - before
            if before == 0 and slot == 1:
                s.put_base = 1
            elif before + s.put_base != slot:
                s.regular = False
        return after

    def load_get(pos):
        stop = full_line(pos + 1)
        slot = slot_of(pos + 1, stop)
        if s.memo_kind is not TEXT:
            memo_opcode(TEXT)
        return get(slot, stop + 1)

    def load_binget(pos):
        slot = u8(pos + 1)
        if slot < 0:
            truncated()
        return get(slot, pos + 2)

    def load_long_binget(pos):
        slot = u32(pos + 1)
        if slot < 0:
            truncated()
        return get(slot, pos + 5)

    def load_put(pos):
        stop = full_line(pos + 1)
        if top() < 0:
            underflow()
        slot = slot_of(pos + 1, stop)
        if s.memo_kind is not TEXT:
            memo_opcode(TEXT)
        return put(slot, stop + 1)

    def load_binput(pos):
        slot = u8(pos + 1)
        if slot < 0:
            truncated()
        if s.memo_kind is not BINARY:
            memo_opcode(BINARY)
        return put(slot, pos + 2)

    def load_long_binput(pos):
        slot = u32(pos + 1)
        if slot < 0:
            truncated()
        if s.memo_kind is not BINARY:
            memo_opcode(BINARY)
        if slot < 256:
            s.regular = False
        return put(slot, pos + 5)

    def load_memoize(pos):
        value = top()
        if value < 0:
            underflow()
        slot = memo_size()
        if memo_put(slot, value) < 0 and slot >= s.max_memo:
            raise Limited('LIMIT_MEMO_ENTRIES', 'memoEntries', s.max_memo)
        if mark_memoize(value) != slot:
            s.regular = False
        return pos + 1

    return {
        '(': load_mark, '0': load_pop, '1': load_pop_mark, '2': load_dup, 'g': load_get, 'h': load_binget,
        'j': load_long_binget, 'p': load_put, 'q': load_binput, 'r': load_long_binput, '\x94': load_memoize}
