# -*- coding: ascii -*-
"""Pickles into graphs: protocols 0 to 5, every opcode, nothing imported and nothing called that a pickle names.

Hosted by io.picklift.jython.Engine, which runs ops.py, texts.py, values.py, containers.py, folding.py, calls.py, memo.py and this
file in one namespace, and engine(p) once an interpreter. p holds functions of ints: reads of the
pickle's bytes (io.picklift.jython.PickleInput), the stack (Stack), the memo (Memo) and the graph (GraphArena). These files import
nothing, on purpose: they run in an interpreter that has no import, no open and no eval.

An opcode has a handler, which takes where the opcode stands and returns where the next one does. The commonest stand
in the loop itself. Refusals are raised; the loop knows at which opcode.
"""


class State(object):
    """What lives as long as one pickle: plain attributes, read rarely."""


def engine(p):
    s = State()
    p.update(reading(p, s))
    u8, u32, push, pop, memo_get, puts = p['u8'], p['u32'], p['push'], p['pop'], p['memo_get'], p['puts']
    memoizes, just_made, size8 = p['memoizes'], p['just_made'], p['size8']

    def load_proto(pos):
        value = u8(pos + 1)
        if value < 0:
            truncated()
        if value > 5:
            refuse('PROTOCOL_UNSUPPORTED', 'a protocol over 5')
        if pos:
            s.regular = False
        s.proto = value
        s.has_proto = True
        s.between = just_made()
        return pos + 2

    def load_frame(pos):
        size = size8(pos + 1)
        if pos + 9 + size > s.end:
            refuse('FRAME_LENGTH', 'a frame longer than the bytes left')
        s.frames.append(pos - 9 * (len(s.frames) // 2))
        s.frames.append(size)
        s.between = just_made()
        return pos + 9

    def unknown(pos):
        refuse('OPCODE_UNKNOWN', 'no protocol has this opcode')

    def ended(pos):
        refuse('STOP_MISSING', 'the bytes end before STOP')

    loads = {'\x80': load_proto, '\x95': load_frame}
    for part in (value_loads, container_loads, call_loads, memo_loads):
        loads.update(part(p, s))
    by_code = [unknown] * 256 + [ended]
    for opcode in loads:
        by_code[ord(opcode)] = loads[opcode]
    handler = p['table'](by_code)
    get_far, get_near, memoize = loads['j'], loads['h'], loads['\x94']

    def is_regular():
        """What can be told of the memo only at the end; a PROTO elsewhere than at the start has been seen already."""
        if not s.regular:
            return False
        if memoizes():
            return s.proto >= 4 and puts() == memoizes()
        return s.proto < 4 or not puts()

    def run(pos):
        try:
            while 1:
                op = u8(pos)
                if op == 0x6a:
                    n = memo_get(u32(pos + 1))
                    if n < 0:
                        get_far(pos)
                    push(n)
                    pos += 5
                elif op == 0x94:
                    pos = memoize(pos)
                elif op == 0x68:
                    n = memo_get(u8(pos + 1))
                    if n < 0:
                        get_near(pos)
                    push(n)
                    pos += 2
                elif op == 0x2e:
                    s.root = pop()
                    if s.root < 0:
                        underflow()
                    s.stop = pos + 1
                    return None
                else:
                    pos = handler(op)(pos)
        except Refused, e:
            return e.code, e.reason, pos, 0
        except Limited, e:
            return e.code, e.name, pos, e.value
        except MemoryError:
            return 'LIMIT_NODES', 'nodes', pos, s.max_nodes

    def decode(end, max_nodes, max_memo, max_digits, max_string):
        s.end, s.max_nodes, s.max_memo, s.max_digits, s.max_string = end, max_nodes, max_memo, max_digits, max_string
        s.proto, s.has_proto, s.frames, s.buffers, s.known = 0, False, [], 0, {}
        s.regular, s.put_base, s.memo_kind, s.between = True, 0, None, -1
        refused = run(0)
        if refused is not None:
            return refused
        regular = is_regular()
        if not s.has_proto and s.memo_kind is BINARY:
            s.proto = 1
        return s.root, s.proto, s.has_proto, s.put_base, s.stop, s.frames, regular

    return decode
