"""The pickle machine: opcodes to values, following the accepting and refusing of CPython 3.13's C unpickler."""

import _compat_pickle
import codecs
import re
import struct
import sys
import warnings

from oracle_fold import fold
from oracle_model import Buffer, Dict, Equality, Ext, Name, Obj, Persid, Py2Str, Set, text_of

DIGITS_LIMIT = 100_000
SSIZE_MAX = 2**63 - 1
# _compat_pickle of 3.13, which is that of the versions before it without this one (a module that is gone).
IMPORTS = {k: v for k, v in _compat_pickle.IMPORT_MAPPING.items() if k != "Tix"}
NAMES = _compat_pickle.NAME_MAPPING
FLOAT = re.compile(rb"[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)", re.I)
NOT_FINITE = re.compile(rb"[+-]?(?:inf|infinity|nan)", re.I)
STRTOL = re.compile(rb"[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)")

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)


class Refused(Exception):
    def __init__(self, offset, opcode, reason):
        super().__init__("%s at %d: %s" % (opcode, offset, reason))
        self.offset = offset
        self.opcode = opcode
        self.reason = reason


class Bad(Exception):
    """A refusal on its way to where the offset and the opcode are known."""


def c_string(line):
    end = line.find(b"\0")
    return line if end < 0 else line[:end]


def long_from_string(text, base):
    """PyLong_FromString, with the limit on digits."""
    if sum(c not in b" \t\n\v\f\r+-_" for c in text) > DIGITS_LIMIT:
        raise Bad("too many digits")
    try:
        return int(text, base)
    except ValueError:
        raise Bad("integer text") from None


class Machine:
    def __init__(self, data, folding=True):
        self.data = data
        self.pos = 0
        self.start = 0
        self.stack = []
        self.marks = []
        self.memo = {}
        self.proto = 0
        self.buffers = 0
        self.equality = Equality()
        self.folding = folding
        self.value = None

    # Reading

    def read(self, n):
        if n > len(self.data) - self.pos:
            raise Bad("truncated")
        self.pos += n
        return self.data[self.pos - n:self.pos]

    def unsigned(self, n):
        return int.from_bytes(self.read(n), "little")

    def signed(self, n):
        return int.from_bytes(self.read(n), "little", signed=True)

    def counted(self, n):
        return self.read(self.unsigned(n))

    def line(self, least=0):
        """A line without its newline, of at least so many bytes."""
        end = self.data.find(b"\n", self.pos)
        if end < 0:
            raise Bad("truncated line")
        line = self.data[self.pos:end]
        self.pos = end + 1
        if len(line) < least:
            raise Bad("empty line")
        return line

    def utf8(self, raw, errors="surrogatepass"):
        try:
            return raw.decode("utf-8", errors)
        except UnicodeDecodeError:
            raise Bad("not UTF-8") from None

    def ascii(self, raw):
        try:
            return raw.decode("ascii")
        except UnicodeDecodeError:
            raise Bad("not ASCII") from None

    # The stack

    def fence(self):
        return self.marks[-1] if self.marks else 0

    def push(self, v):
        self.stack.append(v)

    def pop(self):
        if len(self.stack) <= self.fence():
            raise Bad("stack underflow")
        return self.stack.pop()

    def top(self, below=0):
        if len(self.stack) - below <= self.fence():
            raise Bad("stack underflow")
        return self.stack[-1 - below]

    def to_mark(self):
        if not self.marks:
            raise Bad("no mark")
        at = self.marks.pop()
        values = self.stack[at:]
        del self.stack[at:]
        return values

    def pairs(self, values):
        if len(values) % 2:
            raise Bad("odd number")
        return zip(values[::2], values[1::2])

    # Names and what is made of them

    def name(self, module, qualname):
        if self.proto < 3:
            if (module, qualname) in NAMES:
                module, qualname = NAMES[module, qualname]
            elif module in IMPORTS:
                module = IMPORTS[module]
        return Name(module, qualname)

    def check_callable(self, v):
        if type(v) not in (Name, Obj, Persid, Ext):
            raise Bad("callable or class is " + type(v).__name__)

    def build_object(self, cls, args, kwargs=None):
        if type(args) is not tuple:
            raise Bad("arguments are no tuple")
        if kwargs is not None and type(kwargs) is not Dict:
            raise Bad("keywords are no dict")
        self.check_callable(cls)
        self.push(Obj(False, cls, args, kwargs))

    def append_to(self, target, values):
        if type(target) is list:
            target.extend(values)
        elif type(target) is Obj:
            target.items.extend(values)
        else:
            raise Bad("append to " + type(target).__name__)

    def set_in(self, target, pairs):
        if type(target) is Dict:
            for k, v in pairs:
                target.put(k, v, self.equality)
        elif type(target) is Obj:
            target.entries.extend([k, v] for k, v in pairs)
        else:
            raise Bad("set item in " + type(target).__name__)

    def remember(self, index):
        if index > SSIZE_MAX or index < 0:
            raise Bad("memo index")
        self.memo[index] = self.top()

    def recall(self, index):
        if index not in self.memo:
            raise Bad("memo slot %d is not set" % index)
        self.push(self.memo[index])

    # Opcodes with something to them

    def op_proto(self):
        proto = self.unsigned(1)
        if proto > 5:
            raise Bad("protocol %d" % proto)
        self.proto = proto

    def op_frame(self):
        if self.unsigned(8) > len(self.data) - self.pos:
            raise Bad("frame longer than the bytes left")

    def op_int(self):
        line = c_string(self.line(1) + b"\n")
        length = self.pos - self.start - 1
        m = STRTOL.match(line)
        if m is None and line == b"":
            number, end = 0, 0  # strtol found nothing, and what it stopped at is the end of the C string
        elif m is None:
            number, end = None, 0
        else:
            digits = m.group(2)
            base = 16 if digits[:2].lower() == b"0x" else 8 if digits[:1] == b"0" else 10
            if len(digits) > DIGITS_LIMIT:
                raise Bad("too many digits")
            number, end = int(m.group(1) + digits, base), m.end()
        whole = number is not None and -2**63 <= number < 2**63 and line[end:end + 1] in (b"", b"\n")
        if not whole:
            self.push(long_from_string(line, 0))
        elif length == 3 and number in (0, 1):
            self.push(number == 1)
        else:
            self.push(number)

    def op_long(self):
        line = self.line(1)
        self.push(long_from_string(c_string(line[:-1] if line.endswith(b"L") else line), 0))

    def op_float(self):
        text = c_string(self.line(1))
        if NOT_FINITE.fullmatch(text):
            self.push(float(text))
        elif FLOAT.fullmatch(text):
            value = float(text)
            if value in (float("inf"), float("-inf")):
                raise Bad("FLOAT overflow")
            self.push(value)
        else:
            raise Bad("FLOAT text")

    def op_string(self):
        line = self.line()
        if len(line) < 2 or line[0] != line[-1] or line[:1] not in (b"'", b'"'):
            raise Bad("STRING quotes")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                raw = codecs.escape_decode(line[1:-1])[0]
        except ValueError:
            raise Bad("STRING escape") from None
        self.push(Py2Str(raw))

    def op_unicode(self):
        try:
            self.push(codecs.raw_unicode_escape_decode(self.line())[0])
        except UnicodeDecodeError:
            raise Bad("UNICODE escape") from None

    def op_long4(self):
        n = self.signed(4)
        if n < 0:
            raise Bad("negative length")
        self.push(self.signed(n))

    def op_global(self):
        module = self.utf8(self.line(1), "strict")
        self.push(self.name(module, self.utf8(self.line(1), "strict")))

    def op_stack_global(self):
        qualname = text_of(self.pop())
        module = text_of(self.pop())
        if qualname is None or module is None:
            raise Bad("STACK_GLOBAL requires str")
        self.push(self.name(module, qualname))

    def op_inst(self):
        if not self.marks:
            raise Bad("no mark")
        at = self.marks.pop()
        module = self.ascii(self.line(1))
        name = self.name(module, self.ascii(self.line(1)))
        args = tuple(self.stack[at:])
        del self.stack[at:]
        self.build_object(name, args)

    def op_obj(self):
        values = self.to_mark()
        if not values:
            raise Bad("stack underflow")
        self.build_object(values[0], tuple(values[1:]))

    def op_newobj(self):
        args = self.pop()
        self.build_object(self.pop(), args)

    def op_newobj_ex(self):
        kwargs = self.pop()
        if type(kwargs) is not Dict:
            raise Bad("keywords are no dict")
        args = self.pop()
        self.build_object(self.pop(), args, kwargs)

    def op_reduce(self):
        args = self.pop()
        callee = self.pop()
        if type(args) is not tuple:
            raise Bad("arguments are no tuple")
        self.check_callable(callee)
        folded = fold(callee, args, self.equality) if self.folding else None
        self.push(Obj(True, callee, args) if folded is None else folded[0])

    def op_build(self):
        target = self.top(1)
        if type(target) is not Obj:
            raise Bad("BUILD on " + type(target).__name__)
        target.states.append(self.pop())

    def op_append(self):
        target = self.top(1)
        self.append_to(target, [self.pop()])

    def op_appends(self):
        values = self.to_mark()
        self.append_to(self.top(), values)

    def op_setitem(self):
        target = self.top(2)
        value = self.pop()
        self.set_in(target, [(self.pop(), value)])

    def op_setitems(self):
        values = self.to_mark()
        self.set_in(self.top(), self.pairs(values))

    def op_additems(self):
        values = self.to_mark()
        target = self.top()
        if type(target) is Set and not target.frozen:
            target.add(values, self.equality)
        elif type(target) is Obj:
            target.items.extend(values)
        else:
            raise Bad("ADDITEMS to " + type(target).__name__)

    def op_dict(self):
        values = self.to_mark()
        d = Dict()
        self.set_in(d, self.pairs(values))
        self.push(d)

    def op_tuple(self, n):
        if n == 0:
            self.push(())
            return
        self.top(n - 1)
        values = tuple(self.stack[-n:])
        del self.stack[-n:]
        self.push(values)

    def op_pop(self):
        if self.marks and self.marks[-1] == len(self.stack):
            self.marks.pop()
        else:
            self.pop()

    def op_put(self):
        index = long_from_string(c_string(self.line(1)), 10)
        self.top()
        self.remember(index)

    def op_get(self):
        self.recall(long_from_string(c_string(self.line(1)), 10))

    def op_ext(self, code):
        if code < 1:
            raise Bad("extension code")
        self.push(Ext(code))

    def op_next_buffer(self):
        self.push(Buffer(self.buffers))
        self.buffers += 1

    def op_readonly_buffer(self):
        if type(self.top()) not in (Buffer, bytes, bytearray):
            raise Bad("READONLY_BUFFER on " + type(self.top()).__name__)

    def run(self):
        while True:
            self.start = self.pos
            if self.pos == len(self.data):
                raise Refused(self.pos, "", "no STOP")
            code = self.data[self.pos]
            self.pos += 1
            entry = OPCODES.get(code)
            if entry is None:
                raise Refused(self.start, "0x%02x" % code, "unknown opcode")
            opcode, act = entry
            try:
                if opcode == "STOP":
                    self.value = self.pop()
                    return self
                act(self)
            except Bad as e:
                raise Refused(self.start, opcode, str(e)) from None


M = Machine
OPCODES = {ord(code): (name, act) for code, name, act in [
    ("(", "MARK", lambda m: m.marks.append(len(m.stack))),
    (".", "STOP", None),
    ("0", "POP", M.op_pop),
    ("1", "POP_MARK", lambda m: m.to_mark()),
    ("2", "DUP", lambda m: m.push(m.top())),
    ("F", "FLOAT", M.op_float),
    ("I", "INT", M.op_int),
    ("J", "BININT", lambda m: m.push(m.signed(4))),
    ("K", "BININT1", lambda m: m.push(m.unsigned(1))),
    ("L", "LONG", M.op_long),
    ("M", "BININT2", lambda m: m.push(m.unsigned(2))),
    ("N", "NONE", lambda m: m.push(None)),
    ("P", "PERSID", lambda m: m.push(Persid(m.ascii(m.line())))),
    ("Q", "BINPERSID", lambda m: m.push(Persid(m.pop()))),
    ("R", "REDUCE", M.op_reduce),
    ("S", "STRING", M.op_string),
    ("T", "BINSTRING", lambda m: m.push(Py2Str(m.counted(4)))),
    ("U", "SHORT_BINSTRING", lambda m: m.push(Py2Str(m.counted(1)))),
    ("V", "UNICODE", M.op_unicode),
    ("X", "BINUNICODE", lambda m: m.push(m.utf8(m.counted(4)))),
    ("a", "APPEND", M.op_append),
    ("b", "BUILD", M.op_build),
    ("c", "GLOBAL", M.op_global),
    ("d", "DICT", M.op_dict),
    ("}", "EMPTY_DICT", lambda m: m.push(Dict())),
    ("e", "APPENDS", M.op_appends),
    ("g", "GET", M.op_get),
    ("h", "BINGET", lambda m: m.recall(m.unsigned(1))),
    ("i", "INST", M.op_inst),
    ("j", "LONG_BINGET", lambda m: m.recall(m.unsigned(4))),
    ("l", "LIST", lambda m: m.push(m.to_mark())),
    ("]", "EMPTY_LIST", lambda m: m.push([])),
    ("o", "OBJ", M.op_obj),
    ("p", "PUT", M.op_put),
    ("q", "BINPUT", lambda m: m.remember(m.unsigned(1))),
    ("r", "LONG_BINPUT", lambda m: m.remember(m.unsigned(4))),
    ("s", "SETITEM", M.op_setitem),
    ("t", "TUPLE", lambda m: m.push(tuple(m.to_mark()))),
    (")", "EMPTY_TUPLE", lambda m: m.push(())),
    ("u", "SETITEMS", M.op_setitems),
    ("G", "BINFLOAT", lambda m: m.push(struct.unpack(">d", m.read(8))[0])),
    ("\x80", "PROTO", M.op_proto),
    ("\x81", "NEWOBJ", M.op_newobj),
    ("\x82", "EXT1", lambda m: m.op_ext(m.unsigned(1))),
    ("\x83", "EXT2", lambda m: m.op_ext(m.unsigned(2))),
    ("\x84", "EXT4", lambda m: m.op_ext(m.signed(4))),
    ("\x85", "TUPLE1", lambda m: m.op_tuple(1)),
    ("\x86", "TUPLE2", lambda m: m.op_tuple(2)),
    ("\x87", "TUPLE3", lambda m: m.op_tuple(3)),
    ("\x88", "NEWTRUE", lambda m: m.push(True)),
    ("\x89", "NEWFALSE", lambda m: m.push(False)),
    ("\x8a", "LONG1", lambda m: m.push(m.signed(m.unsigned(1)))),
    ("\x8b", "LONG4", M.op_long4),
    ("B", "BINBYTES", lambda m: m.push(m.counted(4))),
    ("C", "SHORT_BINBYTES", lambda m: m.push(m.counted(1))),
    ("\x8c", "SHORT_BINUNICODE", lambda m: m.push(m.utf8(m.counted(1)))),
    ("\x8d", "BINUNICODE8", lambda m: m.push(m.utf8(m.counted(8)))),
    ("\x8e", "BINBYTES8", lambda m: m.push(m.counted(8))),
    ("\x8f", "EMPTY_SET", lambda m: m.push(Set(False, (), m.equality))),
    ("\x90", "ADDITEMS", M.op_additems),
    ("\x91", "FROZENSET", lambda m: m.push(Set(True, m.to_mark(), m.equality))),
    ("\x92", "NEWOBJ_EX", M.op_newobj_ex),
    ("\x93", "STACK_GLOBAL", M.op_stack_global),
    ("\x94", "MEMOIZE", lambda m: m.remember(len(m.memo))),
    ("\x95", "FRAME", M.op_frame),
    ("\x96", "BYTEARRAY8", lambda m: m.push(bytearray(m.counted(8)))),
    ("\x97", "NEXT_BUFFER", M.op_next_buffer),
    ("\x98", "READONLY_BUFFER", M.op_readonly_buffer),
]}


def decode(data, folding=True):
    """Runs a pickle; the machine's `value` is what it holds, `pos` where it ended. Raises Refused."""
    return Machine(data, folding).run()
