#!/usr/bin/env python3
"""Valid and nearly valid pickles from a grammar: streams.py COUNT [SEED] > FILE, each as 4 bytes of length and itself.

A stream is made by keeping book of what kinds of value stand on the machine's stack and choosing among the opcodes
that fit; some choose what does not fit, and some streams are damaged afterwards. The same seed gives the same
streams on every Python from 3.6.
"""

import random
import struct
import sys

STRINGS = ["", "a", "b", "int", "x y", "latin1", "latin-1", "$a", "$", "\u00e9", "\u20ac", "\U0001f600", "\ud800",
           "\udc00", "\ud83d\ude00", "a\nb", "a\\b", "'", "1.10", "NaN", "1E+3", "0x10", "\x00", "k" * 40, "\u0107"]
PLAIN = ["a", "b", "c", "int", "d"]
INTS = [0, 1, -1, 2, 5, 127, 128, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**53 - 1, 2**53,
        -2**53, 2**63 - 1, -2**63, 2**63, 2**100, -2**100, 2**4096 - 1, 2**4096, -2**4096]
FLOATS = [0.0, -0.0, 1.0, 1.5, 1e22, 1e16, 123456789.125, 5e-324, 1.7976931348623157e308, float("inf"),
          float("-inf"), float("nan"), 0.1, 1e-5, 0.0001, 2.0**53]
NAMES = ["m C", "m C", "m D", "__builtin__ set", "__builtin__ frozenset", "__builtin__ bytearray", "__builtin__ bytes",
         "builtins set", "builtins bytearray", "builtins list", "__builtin__ object", "__builtin__ list",
         "__builtin__ dict", "__builtin__ int", "__builtin__ tuple", "__builtin__ getattr", "__builtin__ complex",
         "builtins complex", "_codecs encode", "copy_reg _reconstructor", "copyreg _reconstructor",
         "copy_reg __newobj__", "copyreg __newobj__", "copyreg __newobj_ex__", "datetime datetime", "datetime date",
         "datetime time", "datetime timedelta", "decimal Decimal", "uuid UUID", "collections OrderedDict",
         "collections defaultdict", "collections deque", "exceptions ValueError", "UserDict UserDict",
         "itertools izip", "__builtin__ unicode", "Tix Tix", "m.n C.D"]
DATES = [b"\x07\xe8\x05\x01", b"\x07\xe4\x02\x1d", b"\x07\xe3\x02\x1d", b"\x00\x00\x01\x01", b"\x27\x0f\x0c\x1f",
         b"\x07\xe8\x85\x01", b"\x27\x10\x01\x01"]
TIMES = [b"\x03\x04\x05\x00\x00\x7b", b"\x17\x3b\x3b\x0f\x42\x3f", b"\x83\x04\x05\x00\x00\x00", b"\x18\x00\x00\x00\x00\x00",
         b"\x00\x00\x3c\x00\x00\x00", b"\x00\x00\x00\x0f\x42\x40"]
ATOMS = ["none", "bool", "int", "int", "float", "str", "str", "str", "py2", "bytes", "name", "ext", "persid", "buffer"]
OBJECTS = ("obj", "call")
CALLABLE = ("name", "obj", "call", "persid", "ext")


class Stream:
    def __init__(self, rnd):
        self.rnd = rnd
        self.out = bytearray()
        self.stack = []  # kinds; "mark" for a mark
        self.memo = {}
        self.proto = self.pick([0, 1, 2, 3, 4, 5])
        self.python2 = self.proto < 3 and self.chance(0.4)

    def below(self, n):
        return int(self.rnd.random() * n)

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def chance(self, p):
        return self.rnd.random() < p

    def op(self, code, arg=b""):
        self.out += code.encode("latin-1") + arg

    def push(self, kind):
        self.stack.append(kind)

    def text(self):
        """Whether this value is written by a protocol-0 opcode."""
        return self.chance(0.8) if self.proto == 0 else self.chance(0.1)

    # Leaves

    def leaf(self, kind):
        if kind != "tuple":
            getattr(self, "leaf_" + kind)()
        else:
            self.op(")")
        self.push(kind)

    def leaf_none(self):
        self.op("N")

    def leaf_bool(self):
        v = self.chance(0.5)
        if self.text():
            self.op("I", b"01\n" if v else b"00\n")
        else:
            self.op("\x88" if v else "\x89")

    def leaf_int(self, v=None):
        v = self.pick(INTS) if v is None else v
        if self.text():
            if abs(v) >= 2**4000:
                self.op("L", hex(v).encode() + b"L\n")
            elif self.chance(0.5):
                self.op("L", b"%d%s\n" % (v, self.pick([b"", b"L"])))
            else:
                self.op("I", self.pick([b"%d", b"%d", b"%d", b" %d", b"+%d", b"0%d", b"%d ", b"1_%d"]) % v + b"\n")
        elif 0 <= v < 256 and self.chance(0.8):
            self.op("K", bytes([v]))
        elif 0 <= v < 65536 and self.chance(0.8):
            self.op("M", struct.pack("<H", v))
        elif -2**31 <= v < 2**31 and self.chance(0.9):
            self.op("J", struct.pack("<i", v))
        else:
            n = v.bit_length() // 8 + 1 + self.below(2)
            raw = v.to_bytes(n, "little", signed=True)
            if v == 0 and self.chance(0.5):
                raw = b""
            if len(raw) < 256:
                self.op("\x8a", bytes([len(raw)]) + raw)
            else:
                self.op("\x8b", struct.pack("<i", len(raw)) + raw)

    def leaf_float(self):
        v = self.pick(FLOATS)
        if self.text():
            self.op("F", repr(v).encode() + b"\n")
        else:
            self.op("G", struct.pack(">d", v))

    def leaf_str(self, v=None):
        v = self.pick(STRINGS) if v is None else v
        if self.python2 and self.chance(0.6):
            self.leaf_py2(v.encode("utf-8", "surrogatepass"))
            return
        if self.text():
            raw = v.replace("\\", "\\u005c").replace("\n", "\\u000a").replace("\0", "\\u0000")
            self.op("V", raw.encode("raw_unicode_escape") + b"\n")
            return
        raw = v.encode("utf-8", "surrogatepass")
        which = self.below(3)
        if self.proto < 4 and self.chance(0.9) or which == 0:
            self.op("X", struct.pack("<I", len(raw)) + raw)
        elif which == 1:
            self.op("\x8c", bytes([len(raw)]) + raw)
        else:
            self.op("\x8d", struct.pack("<Q", len(raw)) + raw)

    def leaf_py2(self, raw=None):
        if raw is None:
            raw = self.pick([b"", b"a", b"int", b"\xff", b"caf\xc3\xa9", b"\xed\xa0\x80", b"latin1", b"latin-1",
                             b"\n'\"\\"] + DATES)
        if self.text():
            self.op("S", repr(raw)[1:].encode() + b"\n")
        elif self.chance(0.7):
            self.op("U", bytes([len(raw)]) + raw)
        else:
            self.op("T", struct.pack("<I", len(raw)) + raw)

    def leaf_bytes(self, raw=None):
        if raw is None:
            raw = self.pick([b"", b"a", b"\xff\x00"] + DATES)
        which = self.below(4)
        if self.proto < 3 and which:
            self.name("_codecs encode")
            self.leaf("bytestext")
            self.op("X", struct.pack("<I", 6) + b"latin1")
            self.op("\x86R")
            self.stack.pop()
            self.stack.pop()
        elif which == 1:
            self.op("B", struct.pack("<I", len(raw)) + raw)
        elif which == 2:
            self.op("\x8e", struct.pack("<Q", len(raw)) + raw)
        else:
            self.op("C", bytes([len(raw)]) + raw)

    def leaf_bytestext(self):
        raw = self.pick([b"", b"a\xff"] + DATES).decode("latin-1").encode()
        self.op("X", struct.pack("<I", len(raw)) + raw)

    def name(self, name):
        module, qualname = name.split(" ")
        if self.proto >= 3 and self.chance(0.8):
            module = {"__builtin__": "builtins", "copy_reg": "copyreg"}.get(module, module)
        if self.proto >= 4 and self.chance(0.8):
            for part in (module, qualname):
                self.op("\x8c", bytes([len(part)]) + part.encode())
            self.op("\x93")
        else:
            self.op("c", ("%s\n%s\n" % (module, qualname)).encode())
        self.push("name")

    def leaf_name(self):
        self.name(self.pick(NAMES))
        self.stack.pop()

    def leaf_ext(self):
        code = self.pick([1, 2, 200, 300])
        if code < 256:
            self.op("\x82", bytes([code]))
        elif self.chance(0.5):
            self.op("\x83", struct.pack("<H", code))
        else:
            self.op("\x84", struct.pack("<i", code))

    def leaf_persid(self):
        if self.stack and self.stack[-1] != "mark" and self.chance(0.5):
            self.stack.pop()
            self.op("Q")
        else:
            self.op("P", self.pick([b"1", b"abc", b"a b"]) + b"\n")

    def leaf_buffer(self):
        self.op("\x97")
        if self.chance(0.4):
            self.op("\x98")

    # Forms of several opcodes

    def call(self, name, args):
        """A call of a name on what the functions of `args` push; by REDUCE."""
        self.name(name)
        if len(args) in (1, 2, 3) and self.chance(0.7):
            for a in args:
                a()
                self.stack.pop()
            self.op("\x85\x86\x87"[len(args) - 1])
        else:
            self.op("(")
            for a in args:
                a()
                self.stack.pop()
            self.op("t")
        self.op("R")
        self.stack.pop()

    def pushed(self, leaf, *args):
        def act():
            leaf(*args)
            self.push("x")
        return act

    def form(self):
        which = self.below(18)
        raw_ = self.leaf_py2 if self.python2 else self.leaf_bytes
        str_, int_ = self.leaf_str, self.leaf_int
        kind = "call"
        tz = [lambda: self.leaf(self.pick(["none", "name", "str"]))] if self.chance(0.3) else []
        if which == 0:
            self.call("datetime datetime", [self.pushed(raw_, self.pick(DATES) + self.pick(TIMES))] + tz)
        elif which == 1:
            self.call("datetime date", [self.pushed(raw_, self.pick(DATES))] + tz[:self.below(2)])
        elif which == 2:
            self.call("datetime time", [self.pushed(raw_, self.pick(TIMES))] + tz)
        elif which == 3:
            numbers = [self.pick(x) for x in ([0, -1, 999999999, 10**9], [0, 86399, 86400, -1], [0, 999999, 10**6])]
            self.call("datetime timedelta", [self.pushed(int_, n) for n in numbers])
        elif which == 4:
            texts = ["1", "-0", "1.10", "1E+3", "1e3", "NaN", "nan", "sNaN12", "Infinity", "-Infinity", "0E-7",
                     "0.000001", "1E-7", "0.0000001", "12E+1", "1.2E+2", "", " 1", "1_0", "00", "+1", "1E+03"]
            self.call("decimal Decimal", [self.pushed(str_, self.pick(texts))])
        elif which == 5:
            self.call("collections OrderedDict", [])
        elif which == 6:
            self.call("collections defaultdict", [lambda: self.leaf(self.pick(["name", "name", "none"]))][:self.below(2)])
        elif which == 7:
            size = [self.pushed(int_, self.pick([0, 1, 3, -1]))]
            self.call("collections deque", self.pick([[], [lambda: self.leaf("tuple")] + size]))
        elif which == 8:
            self.call("builtins complex", [lambda: self.leaf(self.pick(["float", "float", "int"])),
                                           lambda: self.leaf("float")])
        elif which == 9:
            base = self.pick(["object", "object", "int", "str", "float"])
            kind = "obj"
            self.call("copy_reg _reconstructor", [lambda: self.name("m C"), lambda: self.name("__builtin__ " + base),
                                                  lambda: self.leaf("none" if base == "object" else base[:3] if base != "float" else base)])
        elif which == 10:
            kind = "name"
            self.call("__builtin__ getattr", [lambda: self.leaf("name"), self.pushed(str_, self.pick(PLAIN))])
        elif which == 11:
            kind = "bytearray"
            self.call("__builtin__ bytearray", [self.pushed(str_, self.pick(STRINGS)), self.pushed(str_, "latin-1")])
        elif which == 12:
            kind = "obj"
            self.name("uuid UUID")
            self.op(")\x81}")
            self.leaf_str("int")
            self.leaf_int()
            self.op("sb")
            self.stack.pop()
        elif which == 13:
            kind = "obj"
            self.name("m C")
            self.op(")\x81")
            for _ in range(2):
                if self.chance(0.4):
                    self.leaf_none()
                else:
                    self.op("}")
                    for _ in range(self.below(3)):
                        self.leaf_str(self.pick(PLAIN))
                        self.leaf_int()
                        self.op("s")
            self.op("\x86b")
            self.stack.pop()
        elif which == 14:
            kind = "bytes"
            self.call("_codecs encode", [self.pushed(str_, self.pick(STRINGS)), self.pushed(str_, "latin1")])
        elif which == 15:
            kind = "obj"
            by_call = self.chance(0.5)
            self.name("copyreg __newobj_ex__" if by_call else "m C")
            if by_call:
                self.name("m D")
            self.op(self.pick([")", "K\x01\x85", ")", "N"]))
            self.leaf_kwargs()
            self.op("\x87R" if by_call else "\x92")
            self.drop(2 if by_call else 1)
        elif which == 16:
            self.call("collections OrderedDict", [self.pair_list])
        else:
            kind = "obj"
            self.call("copy_reg __newobj__", [lambda: self.name("m D")] + [lambda: self.leaf("int")] * self.below(3))
        self.push(kind)

    def leaf_kwargs(self):
        self.op("}")
        for _ in range(self.below(3)):
            self.leaf_str(self.pick(PLAIN))
            self.leaf_int()
            self.op("s")

    def pair_list(self):
        self.op("(")
        for _ in range(self.below(4)):
            self.op("](")
            for _ in range(2 if self.chance(0.95) else 3):
                self.leaf_int()
            self.op("e")
        self.op("l")
        self.push("list")

    # Opcodes that fit what is on the stack

    def since_mark(self):
        n = 0
        while n < len(self.stack) and self.stack[-1 - n] != "mark":
            n += 1
        return n, n < len(self.stack)

    def choices(self):
        n, marked = self.since_mark()
        top = self.stack[-1:] if n else [None]
        found = ["leaf"] * 6 + ["form", "(", "]", "}", "\x8f", ")", "bytearray"]
        if n:
            found += ["put", "put", "2", "0", "\x85"]
            if top[0] in ("buffer", "bytes", "bytearray"):
                found += ["\x98"]
        if n > 1:
            found += ["\x86"]
            if self.stack[-2] in ("list", "obj", "call"):
                found += ["a"] * 3
            if self.stack[-2] in OBJECTS:
                found += ["b"] * 6
            if top[0] == "tuple" and self.stack[-2] in CALLABLE:
                found += ["R", "R", "R", "\x81", "\x81", "\x81"]
        if n > 2:
            found += ["\x87"]
            if self.stack[-3] in ("dict", "obj", "call"):
                found += ["s"] * 4
            if top[0] == "dict" and self.stack[-2] == "tuple" and self.stack[-3] in CALLABLE:
                found += ["\x92"] * 5
        if marked:
            found += ["t", "t", "l", "\x91", "1", "t", "i"]
            if n % 2 == 0:
                found += ["d"] * 2
            if n and self.stack[-n] in CALLABLE:
                found += ["o"]
            target = self.stack[-n - 2] if n + 2 <= len(self.stack) else None
            if target in ("list", "obj", "call"):
                found += ["e"] * 6
            if target in ("set", "obj", "call"):
                found += ["\x90"] * 6
            if target in ("dict", "obj", "call") and n % 2 == 0:
                found += ["u"] * 6
        if self.memo:
            found += ["get"] * 3
        return found

    def drop(self, n):
        del self.stack[max(0, len(self.stack) - n):]

    def act(self, choice):
        n, marked = self.since_mark()
        made = {"]": "list", "}": "dict", "\x8f": "set", ")": "tuple", "(": "mark"}
        if choice == "leaf":
            self.leaf(self.pick(ATOMS))
        elif choice == "form":
            self.form()
        elif choice == "bytearray":
            self.op("\x96", struct.pack("<Q", 2) + b"\xff\x00")
            self.push("bytearray")
        elif choice in made:
            self.op(choice)
            self.push(made[choice])
        elif choice == "put":
            self.put()
        elif choice == "get":
            self.get()
        elif choice in "\x85\x86\x87":
            self.op(choice)
            self.drop(ord(choice) - 0x84)
            self.push("tuple")
        elif choice == "2":
            self.op("2")
            self.push(self.stack[-1] if n else "none")
        elif choice == "0":
            self.op("0")
            self.drop(1)
        elif choice in "ab":
            self.op(choice)
            self.drop(1)
        elif choice == "s":
            self.op("s")
            self.drop(2)
        elif choice in "R\x81\x92":
            self.op(choice)
            self.drop(3 if choice == "\x92" else 2)
            self.push("call" if choice == "R" else "obj")
        elif choice in "tld\x91oi":
            self.op(choice, b"m\nC\n" if choice == "i" else b"")
            self.drop(n + 1)
            self.push({"t": "tuple", "l": "list", "d": "dict", "\x91": "fset"}.get(choice, "obj"))
        elif choice in "1eu\x90":
            self.op(choice)
            self.drop(n + 1)
        else:
            self.op(choice)

    def put(self):
        kind = self.stack[-1] if self.stack else "none"
        which = self.below(4)
        index = self.pick([len(self.memo), len(self.memo), self.below(8), 300, 70000])
        if which == 0 or self.proto >= 4 and which < 3:
            index = len(self.memo)
            self.op("\x94")
        elif self.text():
            self.op("p", b"%d\n" % index)
        elif index < 256:
            self.op("q", bytes([index]))
        else:
            self.op("r", struct.pack("<I", index))
        self.memo[index] = kind

    def get(self):
        index = self.pick(sorted(self.memo))
        if self.text():
            self.op("g", b"%d\n" % index)
        elif index < 256:
            self.op("h", bytes([index]))
        else:
            self.op("j", struct.pack("<I", index))
        self.push(self.memo[index])

    def body(self):
        everything = list("(0122aebsuRot]}ld)") + ["\x81", "\x92", "\x85", "\x86", "\x87", "\x8f", "\x90", "\x91",
                                                   "\x93", "\x94", "\x98", "\x97", "Q", "."]
        wild = self.pick([0, 0, 0, 0.02, 0.1])
        for _ in range(1 + self.below(self.pick([6, 20, 60]))):
            self.act(self.pick(everything) if self.chance(wild) else self.pick(self.choices()))
        if self.chance(0.9):
            while "mark" in self.stack:
                self.act(self.pick("ttl"))
            while len(self.stack) > 1:
                if len(self.stack) == 2:
                    self.act("\x86")
                else:
                    self.act(self.pick(["\x87", "\x86", "\x87"]))
            if not self.stack:
                self.leaf("int")

    def bytes(self):
        self.body()
        head = b""
        if self.proto >= 2 or self.chance(0.1):
            head = bytes([0x80, self.proto])
        body = bytes(self.out) + b"."
        if self.proto >= 4 and self.chance(0.7):
            size = len(body) if self.chance(0.9) else max(0, len(body) + self.below(9) - 4)
            head += b"\x95" + struct.pack("<Q", size)
        if self.chance(0.03):
            body += b"trailing"
        return self.damaged(head + body) if self.chance(0.25) else head + body

    def damaged(self, data):
        data = bytearray(data)
        for _ in range(1 + self.below(3)):
            at = self.below(len(data) + 1)
            which = self.below(6)
            if which == 0:
                data[at:at + 1] = bytes([self.below(256)])
            elif which == 1:
                del data[at:at + 1 + self.below(3)]
            elif which == 2:
                data[at:at] = bytes([self.pick(list(b"(.0123JKNQRabcdefghijlopqstu]})\x81\x85\x86\x87\x88\x90\x91\x94\n0 _-"))])
            elif which == 3:
                data = data[:at] if self.chance(0.3) else data
            elif which == 4:
                data[at:at] = data[at:at + 1 + self.below(6)]
            else:
                there = self.below(len(data) + 1)
                data[at:at] = data[there:there + self.below(12)]
            if not data:
                break
        return bytes(data)


def streams(count, seed=1):
    rnd = random.Random(seed)
    for _ in range(count):
        yield Stream(rnd).bytes()


ALPHABETS = {
    "I": b"000111234789-+ \t_xXoObBaLn\0\r\v\x1c", "L": b"000111234789-+ \t_xXoObBaL\0\r\v\x1c",
    "F": b"00112359..eE-+ _infaty\0\rxj", "S": b"'\"\\\\x0147nrNu\n\0 a\xc3\xa9\xff", "V": b"\\\\uU0018dDfFaA\xe9\0 \r",
    "P": b"a1 \0\r\xe9", "p": b"00159-+ _\0\rx", "g": b"00159-+ _\0\rx",
    "c": b"ab.1 \0\r\xc3\xa9\xed\xa0\x80\n", "i": b"ab.1 \0\r\xc3\xa9\n",
}


def text_streams(count, seed=1):
    """Streams of one opcode with a text argument of random characters that matter to it."""
    rnd = random.Random(seed)
    codes = sorted(ALPHABETS)
    for _ in range(count):
        code = codes[int(rnd.random() * len(codes))]
        letters = ALPHABETS[code]
        arg = bytes(letters[int(rnd.random() * len(letters))] for _ in range(int(rnd.random() ** 2 * 12)))
        if code == "S" and rnd.random() < 0.8:
            arg = b"'" + arg + b"'"
        head = {"p": b"K\x05", "g": b"K\x05p0\nK\x06p1\nK\x07p15\n", "i": b"("}.get(code, b"")
        second = b"C\n" if code in "ci" and rnd.random() < 0.7 else b""
        yield head + code.encode() + arg + b"\n" + second + b"."


if __name__ == "__main__":
    for stream in streams(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        sys.stdout.buffer.write(struct.pack("<I", len(stream)) + stream)
