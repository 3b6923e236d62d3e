"""The digest of a decoded value, by proto/DIGEST.md alone."""

import hashlib
import struct

from oracle_model import Buffer, Dict, Ext, Name, Obj, Persid, Py2Str, Set

FIRST_LINE = b"picklift digest 1\n"
LONGEST_PLAIN = 64
NAN = bytes.fromhex("7ff8000000000000")


def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(raw):
    raw = bytes(raw)
    return varint(len(raw)) + (raw if len(raw) <= LONGEST_PLAIN else hashlib.sha256(raw).digest())


def utf8(text):
    # What Python reads as two surrogates stays two, of three bytes each.
    return text.encode("utf-8", "surrogatepass")


def integer(n):
    if n == 0:
        return b""
    return n.to_bytes((n if n >= 0 else ~n).bit_length() // 8 + 1, "little", signed=True)


class Digest:
    def __init__(self):
        self.numbers = {}
        self.queue = []

    def value(self, v):
        t = type(v)
        if v is None:
            return b"N"
        if t is bool:
            return b"1" if v else b"0"
        if t is int:
            return b"i" + field(integer(v))
        if t is float:
            return b"f" + (NAN if v != v else struct.pack(">d", v))
        if t is str:
            return b"u" + field(utf8(v))
        if t is Py2Str:
            return b"s" + field(v.raw)
        if t is bytes:
            return b"b" + field(v)
        if t is tuple and not v:
            return b"e"
        if t is Name:
            return b"g" + field(utf8(v.module)) + field(utf8(v.qualname))
        if t is Persid:
            depth = 0
            while type(v) is Persid:
                depth += 1
                v = v.value
            return b"p" + varint(depth) + self.value(v)
        if t is Ext:
            return b"x" + varint(v.code)
        if t is Buffer:
            return b"o" + varint(v.index)
        if id(v) not in self.numbers:
            self.queue.append(v)
            self.numbers[id(v)] = len(self.queue)
        return b"r" + varint(self.numbers[id(v)])

    def seq(self, values):
        values = list(values)
        return varint(len(values)) + b"".join(map(self.value, values))

    def pairs(self, pairs):
        pairs = list(pairs)
        return varint(len(pairs)) + b"".join(self.value(k) + self.value(v) for k, v in pairs)

    def record(self, v):
        t = type(v)
        if t is list:
            return b"l" + self.seq(v)
        if t is tuple:
            return b"t" + self.seq(v)
        if t is Set:
            return (b"Z" if v.frozen else b"S") + self.seq(v.members.values())
        if t is Dict:
            return b"d" + self.pairs(v.items())
        if t is bytearray:
            return b"a" + field(v)
        keywords = () if v.kwargs is None else v.kwargs.items()
        return ((b"C" if v.call else b"O") + self.value(v.cls) + self.seq(v.args) + self.pairs(keywords)
                + self.seq(v.states) + self.seq(v.items) + self.pairs(v.entries))


def digest(root):
    d = Digest()
    h = hashlib.sha256(FIRST_LINE + d.value(root))
    done = 0
    while done < len(d.queue):
        h.update(d.record(d.queue[done]))
        done += 1
    return h.digest()
