"""Which node each cell is of, and what it gives it: proto/RESIDUE.md, "The walk" and "The values"."""

import datetime
import decimal
import json
import struct

from graph import *


def written(text):
    """The mapping's written form as a tree of (keyword, value, below)."""
    root = ("", "", [])
    open_ = [root]
    for line in text.split("\n"):
        if line:
            depth = (len(line) - len(line.lstrip(" "))) // 2
            keyword, _, value = line.strip(" ").partition(" ") if " " in line.strip(" ") else (line.strip(" "), "", "")
            value = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\r", "\r").replace("\0", "\\")
            fact = (keyword, value, [])
            del open_[depth + 1:]
            open_[depth][2].append(fact)
            open_.append(fact)
    return root


def all_of(fact, keyword):
    return [f for f in fact[2] if f[0] == keyword]


def one(fact, keyword):
    found = all_of(fact, keyword)
    return found[0][1] if found else None


def path(text):
    """Steps: a text is a name, an int a place."""
    steps, at = [], 0
    while text != "." and at < len(text):
        if text[at] == "[" and text[at + 1] == '"':
            name, at = "", at + 2
            while text[at] != '"':
                at += text[at] == "\\"
                name += text[at]
                at += 1
            steps.append(name)
            at += 2
        elif text[at] == "[":
            end = text.index("]", at)
            steps.append(int(text[at + 1:end]))
            at = end + 1
        else:
            at += text[at] == "."
            end = at
            while end < len(text) and text[end] not in ".[":
                end += 1
            steps.append(text[at:end])
            at = end
    return steps


KIND_OF = {"BOOLEAN": "bool", "DOUBLE": "float", "DECIMAL": "decimal", "VARCHAR": "text", "TEXT": "text", "MEDIUMTEXT": "text",
           "LONGTEXT": "text", "DATETIME": "datetime", "DATE": "date", "TIME": "time", "BINARY": "uuid", "VARBINARY": "bytes",
           "BLOB": "bytes", "MEDIUMBLOB": "bytes", "LONGBLOB": "bytes"}
LABELS = {"text": "str", "duration": "timedelta"}
ARRAYS = {"numpy.core.multiarray._reconstruct": "state", "numpy._core.multiarray._reconstruct": "state",
          "numpy.core.numeric._frombuffer": "buffer", "numpy._core.numeric._frombuffer": "buffer"}
FORMS = {"datetime.datetime": "datetime", "datetime.date": "date", "datetime.time": "time", "datetime.timedelta": "duration",
         "decimal.Decimal": "decimal", "uuid.UUID": "uuid"}
WHOLE = ("BOOLEAN", "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT")


class Rows:
    def __init__(self, mapping, meaning, tables):
        self.meaning, self.graph, self.nodes, self.given = meaning, meaning.graph, meaning.nodes, tables
        self.tables = {table[1]: table for table in all_of(mapping, "table")}
        self.rows = {name: [] for name in self.tables}     # (node, key node or None)
        self.filled = set()

    def run(self):
        self.objects()
        done = set()
        for name in self.tables:
            for table in self.owners_first(name, done):
                self.table(table)
        for number, node in enumerate(self.nodes):
            if node.taken and number not in self.filled:
                raise ValueError("node %d is in no row" % number)

    def source(self, name):
        return all_of(self.tables[name], "source")[0]

    def owners_first(self, name, done):
        chain = []
        while name is not None and name not in done:
            done.add(name)
            chain.insert(0, name)
            name = one(self.source(name), "owner_table")
        return chain

    def objects(self):
        classes = {}
        for name in self.tables:
            source = self.source(name)
            if source[1] == "class":
                classes.update((c[1], name) for c in all_of(source, "name"))
            elif source[1] == "root":
                self.rows[name].append((self.graph.root, None))
        for number in range(len(self.nodes)):
            if self.meaning.kind(number) in ("object", "call") and self.meaning.references.get(number):
                callable_ = self.meaning.callable(number)
                class_ = self.meaning.class_name(callable_)
                if class_ in classes:
                    self.rows[classes[class_]].append((number, None))

    def table(self, name):
        table = self.tables[name]
        below = [(other, path(one(self.source(other), "path"))) for other in self.tables if one(self.source(other), "owner_table") == name]
        columns = [(c, one(c, "role"), one(c, "type"), [path(p[1]) for p in all_of(c, "path") + all_of(c, "aka")])
                   for c in all_of(table, "column")]
        numbers = {c[1]: number for number, c in enumerate(all_of(table, "column"))}
        cells = self.given[name]
        if len(cells) != len(self.rows[name]):
            raise ValueError("table %s has %d rows and not %d" % (name, len(cells), len(self.rows[name])))
        for (node, key), row in zip(self.rows[name], cells):
            for other, steps in below:
                found = self.find_in_row(node, key, steps)
                if found is not None:
                    self.members(other, found)
            for (column, role, type_, paths), cell in zip(columns, row):
                if role == "key":
                    found = key
                elif role == "value":
                    found = next((f for f in (self.find_in_row(node, key, steps) for steps in paths) if f is not None), None)
                else:
                    continue
                if found is None or cell is None:
                    continue
                kind = row[numbers[one(column, "kind")]] if one(column, "kind") else None
                if kind is not None and kind != self.column_kind(column):
                    continue
                if type_ == "JSON":
                    self.document(found, json.loads(cell), [])
                else:
                    self.cell(found, type_, cell, one(column, "zone") == "utc")

    @staticmethod
    def column_kind(column):
        """The kind of values that a column holds, as kind columns say it."""
        base = one(column, "type").split("(")[0].split(" ")[0]
        kind = "int" if base in WHOLE and base != "BOOLEAN" else KIND_OF[base]
        return one(column, "only") or ("instant" if one(column, "zone") else LABELS.get(kind, kind))

    def members(self, table, node):
        kind, found = self.meaning.contents(node)
        if kind == "pairs":
            self.rows[table].extend((value, key) for key, value in found)
        else:
            self.rows[table].extend((item, None) for item in found)

    def find_in_row(self, node, key, steps):
        """From the row's value, or from its key."""
        if steps and steps[0] == "$key":
            return None if key is None else self.find(key, steps[1:])
        return self.find(node, steps)

    def find(self, node, steps):
        steps = list(steps)
        while steps:
            step = steps.pop(0)
            if step == "$args" and steps and self.meaning.kind(node) in ("object", "call"):
                given, place = self.meaning.arguments(node), steps.pop(0)
                node = given[place] if -len(given) <= place < len(given) else None
            elif isinstance(step, str):
                node = self.named(node, step)
            else:
                node = self.place(node, step, steps)
            if node is None:
                return None
        return node

    def named(self, node, name):
        meaning = self.meaning
        kind = meaning.kind(node)
        if kind == "dict":
            return self.lookup(meaning.pairs(node), name)
        if kind not in ("object", "call"):
            return None
        known = meaning.well_known(node)
        if known and known[0] == "pairs":
            return self.lookup(known[1], name)
        form, found = meaning.form(node)
        attribute = None
        if form in ("dict", "slots"):
            attribute = self.lookup(found, name)
        elif form == "state" and name == "$state":
            return found
        if self.graph.version > 2:
            if attribute is None:
                kind, held = meaning.contents(node)
                attribute = self.lookup(held, name) if kind == "pairs" else None
            return attribute
        if form in ("dict", "slots"):
            return attribute
        if form == "none":
            argument = meaning.argument(node)
            if argument is not None and meaning.kind(argument) == "dict":
                return self.lookup(meaning.pairs(argument), name)
            return self.lookup(meaning.entries(node), name)
        return None

    def lookup(self, pairs, name):
        found = None
        for key, value in pairs:
            if self.meaning.text(key) == name:
                found = value
        return found

    def place(self, node, place, after):
        meaning = self.meaning
        kind = meaning.kind(node)
        if kind in ("list", "tuple"):
            items = meaning.items(node)
        elif kind == "dict":
            found = None
            for key, value in meaning.pairs(node):
                if meaning.kind(key) == "int" and not self.nodes[key].taken and meaning.integer(key) == place:
                    found = value
            return found
        elif kind in ("object", "call"):
            known = meaning.well_known(node)
            items = known[1] if known and known[0] == "items" else meaning.appended(node) or meaning.arguments(node)
            members = meaning.places(node)
            if members is not None:
                is_nested = members and meaning.kind(members[0]) in ("list", "tuple", "dict", "object", "call")
                if is_nested or not after or isinstance(after[0], str):
                    items = members
        else:
            return None
        at = place + len(items) if place < 0 else place
        return items[at] if 0 <= at < len(items) else None

    # Values.

    def form(self, node):
        callable_ = self.meaning.callable(node)
        if self.meaning.kind(callable_) == "global" and self.nodes[callable_].op != REDUCE_NAME:
            name = self.meaning.name(callable_)
            return FORMS.get(name) or ("array" if name in ARRAYS else "any")
        return "any"

    def only_argument(self, node):
        meaning = self.meaning
        given = meaning.arguments(node)
        if len(given) != 1 or meaning.keywords(node) or meaning.appended(node) or meaning.entries(node):
            return None
        return given[0] if meaning.kind(given[0]) in ("bool", "int", "float", "str", "py2", "bytes") else None

    def type(self, node):
        kind = self.meaning.kind(node)
        if kind in ("object", "call"):
            form = self.form(node)
            if form != "any":
                return form
            argument = self.only_argument(node)
            return "other" if argument is None else self.type(argument)
        if kind == "global":
            return "text" if self.nodes[node].op == REDUCE_NAME else "other"
        return {"str": "text", "py2": "text", "bytes": "bytes", "bytearray": "bytes"}.get(kind, kind)

    def payloads(self, node):
        """The nodes that a value is written in."""
        meaning = self.meaning
        kind = meaning.kind(node)
        if kind in ("bool", "int", "float", "str", "py2"):
            return [node]
        if kind in ("bytes", "bytearray"):
            return self.bytes_payload(node)
        if kind == "global" and self.nodes[node].op == REDUCE_NAME:
            return [self.nodes[self.nodes[node].members[1]].members[1]]
        if kind not in ("object", "call"):
            return []
        form, given = self.form(node), meaning.arguments(node)
        if form in ("datetime", "date", "time"):
            return self.bytes_payload(given[0]) if given and meaning.kind(given[0]) in ("bytes", "py2") else []
        if form == "array":
            return self.bytes_payload(self.elements(node, given))
        if form == "decimal":
            return list(given) if len(given) == 1 and meaning.kind(given[0]) in ("str", "py2") else []
        if form == "duration":
            return list(given) if len(given) == 3 and all(meaning.kind(g) == "int" for g in given) else []
        if form == "uuid":
            states = meaning.states(node)
            if len(states) != 1 or meaning.kind(states[0]) != "dict" or len(meaning.pairs(states[0])) != 1:
                return []
            number = meaning.pairs(states[0])[0][1]
            return [number] if meaning.kind(number) == "int" else []
        argument = self.only_argument(node)
        return [] if argument is None else self.payloads(argument)

    def elements(self, node, given):
        """The node of an array's bytes."""
        if ARRAYS[self.meaning.name(self.meaning.callable(node))] == "buffer":
            return given[0]
        return self.meaning.items(self.meaning.states(node)[0])[4]

    def bytes_payload(self, node):
        while self.nodes[node].op in (REDUCE_BYTES, REDUCE_BYTEARRAY):
            given = self.nodes[self.nodes[node].members[1]].members
            if not given:
                return []
            node = given[0]
        return [node]

    def wanted(self, payloads):
        return [p for p in payloads if self.nodes[p].taken and p not in self.filled]

    def cell(self, node, type_, cell, is_utc):
        payloads = self.payloads(node)
        if self.wanted(payloads):
            value = self.value(type_, cell, self.type(node))
            if self.meaning.kind(node) in ("object", "call") and self.form(node) in ("datetime", "time"):
                value = self.noted(node, value, is_utc and cell)
            self.give(payloads, value)

    def noted(self, node, value, instant):
        """The bytes of a date with the offset and fold that the residue notes of it."""
        offset, fold, check = self.graph.notes.get(node, (None, 0, None))
        if instant and offset is not None:
            at = datetime.datetime.fromisoformat(instant)
            micros = (at - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)
            if check is not None and check != (micros * 0x9E3779B97F4A7C15 & (1 << 64) - 1) >> 32:
                raise ValueError("the date in node %d was changed, and its zone goes by rules" % node)
            at += datetime.timedelta(microseconds=offset)
            value = self.date_bytes(at) + self.time_bytes(at)
        if fold:
            place = 2 if len(value) == 10 else 0
            value = value[:place] + bytes([value[place] | 0x80]) + value[place + 1:]
        return value

    def value(self, column, cell, type_):
        """A cell as the value of the kind that the node has."""
        base = column.split("(")[0].split(" ")[0]
        if base in WHOLE:
            return {"bool": lambda: bool(cell), "float": lambda: float(cell), "duration": lambda: datetime.timedelta(microseconds=cell)}.get(
                type_, lambda: int(cell))()
        if base == "DOUBLE":
            return int(cell) if type_ == "int" else bool(cell) if type_ == "bool" else float(cell)
        if base == "DECIMAL":
            scale = int(column.split(",")[1].rstrip(")"))
            value = decimal.Decimal(cell)
            return int(value) if type_ in ("int", "bool") else str(value.quantize(decimal.Decimal(1).scaleb(-scale), context=decimal.Context(prec=80)))
        if base == "DATETIME":
            at = datetime.datetime.fromisoformat(cell)
            return self.date_bytes(at) + self.time_bytes(at)
        if base == "DATE":
            return self.date_bytes(datetime.date.fromisoformat(cell))
        if base == "TIME":
            return self.time_bytes(datetime.time.fromisoformat(cell))
        if base == "BINARY":
            return int(cell, 16)
        if type_ == "float":
            return float(cell)
        return bytes.fromhex(cell) if "BLOB" in base or base == "VARBINARY" else cell

    @staticmethod
    def date_bytes(at):
        return struct.pack(">HBB", at.year, at.month, at.day)

    @staticmethod
    def time_bytes(at):
        return struct.pack(">BBB", at.hour, at.minute, at.second) + struct.pack(">I", at.microsecond)[1:]

    def give(self, payloads, value):
        if isinstance(value, datetime.timedelta):
            parts = [value.days, value.seconds, value.microseconds]
        else:
            parts = [value]
        for payload, part in zip(payloads, parts):
            if self.wanted([payload]):
                if isinstance(part, bytes) and self.meaning.kind(payload) == "str":
                    part = part.decode("latin-1")
                self.put(payload, part)
                self.filled.add(payload)

    def put(self, number, value):
        """The op that a taken node has, and its argument."""
        node, protocol = self.nodes[number], self.graph.protocol
        kind_op, kind = node.op, self.meaning.kind(number)
        if isinstance(value, bool):
            node.op = (NEWTRUE if value else NEWFALSE) if protocol >= 2 else (INT_TRUE if value else INT_FALSE)
        elif isinstance(value, int):
            self.put_int(node, kind_op if kind == "int" else BININT, value)
        elif isinstance(value, float):
            if kind_op == FLOAT or protocol == 0:
                node.op, node.data = FLOAT, repr(value).encode()
            else:
                node.op, node.data = BINFLOAT, struct.pack(">d", value)
        else:
            self.put_bytes(node, kind, kind_op, value if isinstance(value, bytes) else value.encode("utf-8"))

    def put_int(self, node, op, value):
        if op == BININT:
            op = self.natural_int(value)
        node.op = op
        if op in (BININT, BININT1, BININT2):
            node.number = value
        elif op in (LONG1, LONG4):
            # Two's complement in as few bytes as can be: none for 0.
            node.data = value.to_bytes(((value if value >= 0 else ~value).bit_length() // 8) + 1, "little", signed=True) if value else b""
        else:
            node.data = b"%d" % value

    def natural_int(self, value):
        protocol = self.graph.protocol
        small = -(1 << 31) <= value < 1 << 31
        if protocol == 0:
            return INT if small else LONG
        if small:
            return BININT if value < 0 or value > 0xFFFF else BININT1 if value <= 0xFF else BININT2
        if protocol == 1:
            return LONG
        bits = (value if value >= 0 else ~value).bit_length()
        return LONG1 if bits < 64 or bits // 8 + 1 < 256 else LONG4

    def put_bytes(self, node, kind, op, data):
        protocol, short = self.graph.protocol, len(data) < 256
        natural = {"str": BINUNICODE, "py2": BINSTRING, "bytes": BINBYTES, "bytearray": BYTEARRAY8}
        if op == natural[kind]:
            if kind == "str":
                op = UNICODE if protocol == 0 else SHORT_BINUNICODE if short and protocol >= 4 else BINUNICODE
            elif kind == "py2":
                op = STRING if protocol == 0 else SHORT_BINSTRING if short else BINSTRING
            elif kind == "bytes":
                op = SHORT_BINBYTES if short else BINBYTES
        node.op = op
        if op == UNICODE:
            data = self.raw_unicode_escape(data.decode("utf-8"))
        elif op == STRING:
            data = self.quoted(data)
        node.data = data

    @staticmethod
    def raw_unicode_escape(text):
        out = b""
        for c in text:
            if ord(c) > 0xFFFF:
                out += b"\\U%08x" % ord(c)
            elif ord(c) > 0xFF or c in "\\\0\n\r\x1a":
                out += b"\\u%04x" % ord(c)
            else:
                out += bytes([ord(c)])
        return out

    @staticmethod
    def quoted(data):
        quote = b'"' if b"'" in data and b'"' not in data else b"'"
        out = quote
        for b in data:
            c = bytes([b])
            if c in (b"\\", quote):
                out += b"\\" + c
            elif c in b"\n\r\t":
                out += {b"\n": b"\\n", b"\r": b"\\r", b"\t": b"\\t"}[c]
            else:
                out += c if 0x20 <= b < 0x7F else b"\\x%02x" % b
        return out + quote

    # Documents of JSON columns.

    def document(self, node, document, above):
        container = self.shown(node)
        if container is None or container[0] in above:
            payloads = self.payloads(node)
            if self.wanted(payloads) and document is not None:
                type_ = self.type(node)
                self.give(payloads, float(document) if type_ == "float" and not isinstance(document, bool) else document)
            return
        holder, kind, found = container
        if kind == "pairs":
            for key, value in found:
                text = self.meaning.text(key)
                self.document(value, document[text if text is not None else str(self.meaning.integer(key))], above + [holder])
        else:
            for place, item in enumerate(found):
                self.document(item, document[place], above + [holder])

    def shown(self, node):
        """What a document shows as an object or array: (node, "pairs" or "items", them); None for a single value."""
        meaning = self.meaning
        kind = meaning.kind(node)
        if kind in ("object", "call"):
            known = meaning.well_known(node)
            if known:
                return self.keyed(node, *known)
            if self.form(node) != "any":
                return None
            argument = meaning.argument(node)
            if argument is not None:
                return self.shown(argument)
            form, pairs = meaning.form(node)
            return self.keyed(node, "pairs", pairs) if form == "dict" else None
        if kind == "dict":
            return self.keyed(node, "pairs", meaning.pairs(node))
        return (node, "items", meaning.items(node)) if kind in ("list", "tuple", "set", "frozenset") else None

    def keyed(self, node, kind, found):
        if kind == "items" or all(self.meaning.text(k) is not None for k, _ in found) or all(
                self.meaning.kind(k) == "int" and not self.nodes[k].taken for k, _ in found):
            return node, kind, found
        return None
