"""A residue read as a graph: proto/RESIDUE.md, "The file" and "The graph"."""

from zstd import decompress

(NONE, NEWTRUE, NEWFALSE, INT_TRUE, INT_FALSE, INT, LONG, BININT, BININT1, BININT2, LONG1, LONG4, FLOAT, BINFLOAT, STRING, BINSTRING,
 SHORT_BINSTRING, UNICODE, BINUNICODE, SHORT_BINUNICODE, BINUNICODE8, BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8, LIST, EMPTY_LIST,
 TUPLE, EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, DICT, EMPTY_DICT, EMPTY_SET, FROZENSET, GLOBAL, GLOBAL_FIX, STACK_GLOBAL, STACK_GLOBAL_FIX,
 INST_NAME, INST_NAME_FIX, INST, OBJ, NEWOBJ, NEWOBJ_EX, PERSID, BINPERSID, EXT1, EXT2, EXT4, NEXT_BUFFER, REDUCE, REDUCE_BYTES,
 REDUCE_BYTEARRAY, REDUCE_SET, REDUCE_FROZENSET, REDUCE_OBJECT, REDUCE_LIST_OBJECT, REDUCE_DICT_OBJECT, REDUCE_BASE_OBJECT,
 REDUCE_NEWOBJ, REDUCE_NEWOBJ_EX, REDUCE_NAME) = range(64)

INITIAL, APPEND, APPENDS, SETITEM, SETITEMS, ADDITEMS, BUILD = range(7)

SLICES = {INT, LONG, LONG1, LONG4, FLOAT, GLOBAL, GLOBAL_FIX, INST_NAME, INST_NAME_FIX, PERSID} | set(range(STRING, BYTEARRAY8 + 1))
NUMBERS = {BININT, BININT1, BININT2, EXT1, EXT2, EXT4, NEXT_BUFFER}
FIXED = {TUPLE1: 1, TUPLE2: 2, TUPLE3: 3, STACK_GLOBAL: 2, STACK_GLOBAL_FIX: 2, BINPERSID: 1, NEWOBJ: 2, NEWOBJ_EX: 3}
HOLDING = {REDUCE_SET, REDUCE_FROZENSET, REDUCE_LIST_OBJECT, REDUCE_DICT_OBJECT, REDUCE_NEWOBJ_EX}


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def number(self):
        value = shift = 0
        while True:
            b = self.byte()
            value |= (b & 0x7F) << shift
            shift += 7
            if b < 0x80:
                return value

    def signed(self):
        value = self.number()
        return value >> 1 ^ -(value & 1)

    def take(self, length):
        self.at += length
        return self.data[self.at - length:self.at]


class Node:
    """A value: its op, whether a memo put follows, and what the op has."""

    def __init__(self, op, put, taken):
        self.op, self.put, self.taken = op, put, taken
        self.readonly = False
        self.data = b""       # a slice's bytes; a BINFLOAT's eight
        self.number = 0
        self.members = []     # operands, in the order of the pickle machine's stack, a class first
        self.held = 0
        self.chunks = []      # (kind, [nodes])


class Graph:
    pass


class Open:
    """The nodes that nothing refers to yet, in the order they were made."""

    def __init__(self):
        self.before, self.after, self.last = {}, {}, None

    def push(self, node):
        self.before[node], self.after[node] = self.last, None
        if self.last is not None:
            self.after[self.last] = node
        self.last = node

    def remove(self, node):
        if node not in self.before:
            return
        before, after = self.before.pop(node), self.after.pop(node)
        if before is not None:
            self.after[before] = after
        if after is not None:
            self.before[after] = before
        else:
            self.last = before


def read(residue):
    if residue[0] not in (2, 3):
        raise ValueError("version %d of the residue is not known here" % residue[0])
    plain = decompress(residue[1:])
    graph = Graph()
    graph.version = residue[0]
    head = second_version(graph, plain) if residue[0] == 2 else message(graph, plain)
    order, size, edges, chunks, readonly, discards, parts, tokens = head
    graph.discards = list(zip(discards[::2], discards[1::2]))
    rebuild = Rebuild(graph, parts, tokens, size)
    if order == 0:
        rebuild.in_order(chunks)
    else:
        rebuild.explicit(edges, chunks)
    for node in readonly:
        graph.nodes[node].readonly = True
    return graph


def message(graph, plain):
    """A picklift.residue.v1.Residue: residue.proto."""
    fields = protobuf(plain)
    style = protobuf(fields.get(6, b""))
    graph.root = fields.get(5, 0)
    graph.protocol, graph.proto, graph.regular = style.get(1, 0), bool(style.get(2, 0)), bool(style.get(3, 0))
    graph.put_base, graph.body_length = zigzag(style.get(4, 0)), zigzag(style.get(5, 0))
    graph.frames, graph.trailing = sums(zigzag(n) for n in packed(style.get(6, b""))), style.get(7, b"")
    graph.notes = notes(fields)
    parts = [Cursor(fields.get(field, b"")) for field in (9, 10, 11, 12, 13, 14, 15, 16, 19)]
    contexts, tokens, context, at = packed(fields.get(17, b"")), packed(fields.get(18, b"")), 0, 0
    by_context = {}
    for step, count in zip(contexts[::2], contexts[1::2]):
        context += step
        by_context[context] = iter(tokens[at:at + count])
        at += count
    return (fields.get(1, 0), fields.get(2, 0), fields.get(3, 0), fields.get(4, 0), sums(packed(fields.get(7, b""))),
            packed(fields.get(8, b"")), parts, by_context)


def notes(fields):
    """For each node with a zone or fold: (offset in microseconds or None, fold, check or None)."""
    offsets, checks = iter([zigzag(n) for n in packed(fields.get(22, b""))]), Cursor(fields.get(23, b""))
    all_ = {}
    for node, flags in zip(sums(packed(fields.get(20, b""))), packed(fields.get(21, b""))):
        offset = next(offsets) * 1000000 + next(offsets) if flags & 2 else None
        all_[node] = offset, flags & 1, int.from_bytes(checks.take(4), "big") if flags & 4 else None
    return all_


def protobuf(data):
    """The fields of a message: numbers, and bytes."""
    cursor, fields = Cursor(data), {}
    while cursor.at < len(data):
        tag = cursor.number()
        fields[tag >> 3] = cursor.number() if tag & 7 == 0 else cursor.take(cursor.number())
    return fields


def packed(data):
    cursor, numbers = Cursor(data), []
    while cursor.at < len(data):
        numbers.append(cursor.number())
    return numbers


def zigzag(number):
    return number >> 1 ^ -(number & 1)


def second_version(graph, plain):
    cursor = Cursor(plain)
    graph.notes = {}
    order = cursor.byte()
    size, edges, chunks, graph.root = (cursor.number() for _ in range(4))
    graph.protocol = cursor.number()
    flags = cursor.byte()
    graph.proto, graph.regular = bool(flags & 1), bool(flags & 2)
    graph.put_base, graph.body_length = cursor.signed(), cursor.signed()
    graph.frames = sums(cursor.signed() for _ in range(cursor.number()))
    graph.trailing = cursor.take(cursor.number())
    readonly = sums([cursor.number() for _ in range(cursor.number())])
    discards = [cursor.number() for _ in range(cursor.number())]
    lengths = [cursor.number() for _ in range(10)]
    parts = [Cursor(cursor.take(length)) for length in lengths]
    all_tokens, sizes, last = parts.pop(8), [], 0
    while True:
        step = all_tokens.number()
        if step == 0:
            break
        last += step - 1
        sizes.append((last, all_tokens.number()))
    tokens = {context: iter(packed(all_tokens.take(size))) for context, size in sizes}
    return order, size, edges, chunks, readonly, discards, parts, tokens


def sums(steps):
    total, all_ = 0, []
    for step in steps:
        total += step
        all_.append(total)
    return all_


class Rebuild:
    def __init__(self, graph, parts, tokens, size):
        self.ops, self.counts, self.gaps, self.links, self.keys, self.numbers, self.floats, self.lengths, self.text = parts
        self.size = size
        self.nodes = graph.nodes = []
        self.memo, self.open = [], Open()
        self.lists, self.key_contexts = {}, {}
        self.tokens = tokens

    def in_order(self, chunks):
        for _ in range(chunks):
            for _ in range(self.gaps.number()):
                self.make()
            self.chunk()
        while len(self.nodes) < self.size:
            self.make()

    def start(self):
        byte = self.ops.byte()
        return Node(byte & 0x3F, bool(byte & 0x40), bool(byte & 0x80))

    def finish(self, node):
        if node.put:
            self.memo.append(len(self.nodes))
        self.nodes.append(node)

    def make(self):
        node = self.start()
        op = node.op
        if op in (TUPLE, FROZENSET):
            node.members = self.operands(op, self.counts.number())
        elif op == OBJ:
            node.members = self.operands(op, self.counts.number() + 1)
        elif op == INST:
            members = self.operands(op, self.counts.number() + 1)
            node.members = members[-1:] + members[:-1]
        elif op in FIXED:
            node.members = self.operands(op, FIXED[op])
        elif op >= REDUCE:
            node.members = self.operands(op, 2)
            if op in HOLDING:
                node.held = self.counts.number()
        else:
            self.leaf(node)
        self.open.push(len(self.nodes))
        self.finish(node)

    def leaf(self, node):
        op = node.op
        if node.taken:
            return
        if op in SLICES:
            node.data = self.text.take(self.lengths.number())
        elif op in NUMBERS:
            node.number = self.numbers.signed()
        elif op == BINFLOAT:
            node.data = self.floats.take(8)

    def operands(self, op, count):
        return self.take([self.link(op * 4 + min(place, 3)) for place in range(count)])[0]

    def chunk(self):
        kind = self.counts.byte()
        given = kind & 0x40
        kind &= 0x3F
        length = self.counts.number()
        container = self.counts.number() if given else None
        links = []
        for place in range(length):
            if kind not in (SETITEM, SETITEMS):
                links.append(self.link(256 + kind * 4 + min(place, 3)))
            elif place % 2 == 0:
                links.append(self.key())
            else:
                links.append(self.link(self.value_context(links[-1])))
        members, below = self.take(links)
        self.nodes[below if container is None else container].chunks.append((kind, members))

    def value_context(self, key):
        if key is None:
            return 288
        if key not in self.key_contexts:
            self.key_contexts[key] = 289 + min(len(self.key_contexts), 255)
        return self.key_contexts[key]

    def key(self):
        token = self.keys.number()
        if token == 0:
            return None
        return self.keys.number() if token == 1 else self.memo[token - 2]

    def link(self, context):
        token = next(self.tokens[context])
        if token == 0:
            return None
        if token == 1:
            return self.links.number()
        recent = self.lists.setdefault(context, [])
        if token == 2:
            number = len(self.memo) - self.links.number()
            if len(recent) == 250:
                recent.pop()
        else:
            number = recent.pop(token - 3)
        recent.insert(0, number)
        return self.memo[number]

    def take(self, links):
        node = self.open.last
        members = list(links)
        for i in range(len(members) - 1, -1, -1):
            if members[i] is None:
                members[i] = node
                node = self.open.before[node]
        for member in members:
            self.open.remove(member)
        return members, node if None in links else self.open.last

    def explicit(self, edge_count, chunks):
        edges = [self.links.number() for _ in range(edge_count)]
        while len(self.nodes) < self.size:
            node = self.start()
            op = node.op
            if op in (STACK_GLOBAL, STACK_GLOBAL_FIX):
                node.members = [self.counts.number(), self.counts.number()]
            elif op == BINPERSID:
                node.members = [self.counts.number()]
            elif op in (TUPLE, TUPLE1, TUPLE2, TUPLE3, FROZENSET):
                first = self.counts.number()
                node.members = edges[first:first + self.counts.number()]
            elif op in (OBJ, INST):
                first = self.counts.number()
                node.members = [edges[first]] + edges[first + 2:first + 2 + edges[first + 1]]
            elif op in FIXED or op >= REDUCE:
                first = self.counts.number()
                node.members = edges[first:first + FIXED.get(op, 2)]
                if op in HOLDING:
                    node.held = edges[first + 2]
            else:
                self.leaf(node)
            self.finish(node)
        for _ in range(chunks):
            container, kind = self.gaps.number(), self.gaps.byte()
            start = self.gaps.number()
            self.nodes[container].chunks.append((kind, edges[start:start + self.gaps.number()]))
