"""A graph written as a pickle: proto/RESIDUE.md, "The pickle"."""

import struct

from graph import *

SIMPLE = {NONE: b"N", NEWTRUE: b"\x88", NEWFALSE: b"\x89", INT_TRUE: b"I01\n", INT_FALSE: b"I00\n"}
LINES = {INT: b"I", FLOAT: b"F", STRING: b"S", UNICODE: b"V", PERSID: b"P"}
SHORT = {SHORT_BINUNICODE: b"\x8c", SHORT_BINBYTES: b"C", SHORT_BINSTRING: b"U"}
FOUR = {BINUNICODE: b"X", BINBYTES: b"B", BINSTRING: b"T"}
EIGHT = {BINUNICODE8: b"\x8d", BINBYTES8: b"\x8e", BYTEARRAY8: b"\x96"}
GROUPS = {TUPLE1: b"\x85", TUPLE2: b"\x86", TUPLE3: b"\x87", TUPLE: b"t", FROZENSET: b"\x91"}
CLOSING = {INITIAL: b"", APPENDS: b"e", SETITEMS: b"u", ADDITEMS: b"\x90", BUILD: b"b", APPEND: b"", SETITEM: b""}
MADE = {OBJ: b"o", NEWOBJ: b"\x81", NEWOBJ_EX: b"\x92"}


class Framer:
    """Where CPython starts and ends frames."""

    TARGET = 65536

    def __init__(self, out):
        self.out, self.open, self.frames = out, None, []

    def value(self):
        if self.open is None:
            self.open = len(self.out)
        elif len(self.out) - self.open >= self.TARGET:
            self.close()
            self.open = len(self.out)

    def close(self):
        if self.open is not None and len(self.out) - self.open >= 4:
            self.frames += [self.open, len(self.out) - self.open]
        self.open = None


class Pickler:
    def __init__(self, graph):
        self.graph, self.nodes = graph, graph.nodes
        self.out = bytearray()
        self.memo = {}
        self.puts = graph.put_base
        self.framer = Framer(self.out)
        self.discards, self.kept_for, self.setters = {}, {}, {}
        for made, kept in graph.discards:
            if self.is_setter(made, kept):
                self.setters[kept] = made
            else:
                self.kept_for[made] = kept
                self.discards.setdefault(kept, []).append(made)

    def is_setter(self, made, kept):
        node = self.nodes[made]
        arguments = self.nodes[node.members[1]] if node.op == REDUCE else None
        return arguments is not None and arguments.op == TUPLE2 and arguments.members[0] == kept

    def write(self):
        graph = self.graph
        if graph.proto:
            self.out += b"\x80" + bytes([graph.protocol])
        self.framer.open = len(self.out)
        # Without recursion: a stack of generators, each of which yields the node to be written next.
        stack = [self.value(graph.root)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            else:
                stack.append(self.value(child))
        self.out += b"."
        return self.framed()

    def framed(self):
        body, frames = bytes(self.out), self.graph.frames
        if len(body) != self.graph.body_length:
            self.framer.close()
            frames = self.framer.frames if frames and self.graph.protocol >= 4 else []
        out, copied = bytearray(), 0
        for start, length in zip(frames[::2], frames[1::2]):
            out += body[copied:start] + b"\x95" + struct.pack("<Q", length)
            copied = start
        return bytes(out + body[copied:] + self.graph.trailing)

    def value(self, number):
        self.framer.value()
        if number in self.memo and self.memo[number] is not None:
            self.get(self.memo[number])
            return
        node = self.nodes[number]
        if node.op <= BYTEARRAY8:
            self.leaf(node)
            self.put(number)
            return
        if number in self.memo and node.op != EMPTY_TUPLE:
            raise ValueError("a value is met twice that was never put into the memo")
        waiting = self.discards.get(number)
        yield from self.composite(waiting.pop() if waiting else number)

    def leaf(self, node):
        is_large = (node.op in FOUR or node.op in EIGHT) and node.op != BINSTRING and len(node.data) >= Framer.TARGET
        if is_large:
            self.framer.close()
        self.argument(node)
        if is_large:
            self.framer.open = len(self.out)

    def argument(self, node):
        op, data = node.op, node.data
        if op in SIMPLE:
            self.out += SIMPLE[op]
        elif op in LINES:
            self.out += LINES[op] + data + b"\n"
        elif op == LONG:
            self.out += b"L" + data + b"L\n"
        elif op == BININT:
            self.out += b"J" + struct.pack("<i", node.number)
        elif op == BININT1:
            self.out += b"K" + struct.pack("<B", node.number)
        elif op == BININT2:
            self.out += b"M" + struct.pack("<H", node.number)
        elif op == LONG1:
            self.out += b"\x8a" + struct.pack("<B", len(data)) + data
        elif op == LONG4:
            self.out += b"\x8b" + struct.pack("<i", len(data)) + data
        elif op == BINFLOAT:
            self.out += b"G" + data
        elif op in SHORT:
            self.out += SHORT[op] + struct.pack("<B", len(data)) + data
        elif op in FOUR:
            self.out += FOUR[op] + struct.pack("<I", len(data)) + data
        else:
            self.out += EIGHT[op] + struct.pack("<Q", len(data)) + data

    def composite(self, number):
        node = self.nodes[number]
        op, members = node.op, node.members
        if op in (LIST, DICT):
            self.out += b"("
            chunks = node.chunks
            if chunks and chunks[0][0] == INITIAL:
                yield from chunks[0][1]
                chunks = chunks[1:]
            self.out += b"l" if op == LIST else b"d"
            self.put(number)
            yield from self.chunks(number, chunks)
        elif op in (EMPTY_LIST, EMPTY_DICT, EMPTY_SET):
            self.out += {EMPTY_LIST: b"]", EMPTY_DICT: b"}", EMPTY_SET: b"\x8f"}[op]
            self.put(number)
            yield from self.chunks(number, node.chunks)
        elif op == EMPTY_TUPLE:
            self.out += b")"
            self.put(number)
        elif op in GROUPS:
            marked = op in (TUPLE, FROZENSET)
            self.out += b"(" if marked else b""
            yield from members
            if self.memo.get(number) is not None:
                # A recursive tuple: writing its members has written it.
                self.out += b"1" if marked and self.graph.protocol >= 1 else b"0" * (len(members) + marked)
                self.get(self.memo[number])
            else:
                self.out += GROUPS[op]
                self.put(number)
        elif op in (GLOBAL, GLOBAL_FIX, INST_NAME, INST_NAME_FIX):
            self.out += b"c" + node.data + b"\n"
            self.put(number)
        elif op in (STACK_GLOBAL, STACK_GLOBAL_FIX):
            yield from members
            self.out += b"\x93"
            self.put(number)
        elif op == PERSID:
            self.out += b"P" + node.data + b"\n"
            self.put(number)
        elif op == BINPERSID:
            yield members[0]
            self.out += b"Q"
            self.put(number)
        elif op in (EXT1, EXT2, EXT4):
            self.out += {EXT1: b"\x82", EXT2: b"\x83", EXT4: b"\x84"}[op] + struct.pack({EXT1: "<B", EXT2: "<H", EXT4: "<i"}[op], node.number)
            self.put(number)
        elif op == NEXT_BUFFER:
            self.out += b"\x97"
            self.put(number)
        else:
            yield from self.made(number, node)

    def made(self, number, node):
        op = node.op
        if op == INST:
            self.out += b"("
            yield from node.members[1:]
            self.out += b"i" + self.nodes[node.members[0]].data + b"\n"
        else:
            self.out += b"(" if op == OBJ else b""
            yield from node.members
            self.out += MADE.get(op, b"R")
        if self.memo.get(number) is not None:
            self.out += b"0"
            self.get(self.memo[number])
        elif number in self.kept_for:
            self.out += b"0"
            self.get(self.memo[self.kept_for[number]])
        else:
            self.put(number)
            yield from self.chunks(number, node.chunks)

    def chunks(self, number, chunks):
        for kind, members in chunks:
            if kind in (APPENDS, SETITEMS, ADDITEMS):
                self.out += b"("
            for place, member in enumerate(members):
                yield member
                if kind == APPEND:
                    self.out += b"a"
                elif kind == SETITEM and place % 2:
                    self.out += b"s"
            self.out += CLOSING[kind]
        if number in self.setters:
            yield from self.composite(self.setters[number])
            self.out += b"0"

    def put(self, number):
        node = self.nodes[number]
        if node.readonly:
            self.out += b"\x98"
        if not node.put:
            if node.op > BINFLOAT:
                self.memo[number] = None
            return
        index = self.memo[number] = self.puts
        self.puts += 1
        protocol = self.graph.protocol
        if protocol >= 4:
            self.out += b"\x94"
        elif protocol == 0:
            self.out += b"p%d\n" % index
        else:
            self.out += b"q" + struct.pack("<B", index) if index < 256 else b"r" + struct.pack("<I", index)

    def get(self, index):
        if self.graph.protocol == 0:
            self.out += b"g%d\n" % index
        else:
            self.out += b"h" + struct.pack("<B", index) if index < 256 else b"j" + struct.pack("<I", index)
