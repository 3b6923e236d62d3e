"""What a graph means, as far as the walk of a mapping looks at it: proto/RESIDUE.md, "What values mean"."""

import ast
import codecs
import struct
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING

from graph import *

KINDS = {}
for first, last, kind in ((NONE, NONE, "none"), (NEWTRUE, INT_FALSE, "bool"), (INT, LONG4, "int"), (FLOAT, BINFLOAT, "float"),
                          (STRING, SHORT_BINSTRING, "py2"), (UNICODE, BINUNICODE8, "str"), (BINBYTES, BINBYTES8, "bytes"),
                          (BYTEARRAY8, BYTEARRAY8, "bytearray"), (LIST, EMPTY_LIST, "list"), (TUPLE, TUPLE3, "tuple"),
                          (DICT, EMPTY_DICT, "dict"), (EMPTY_SET, EMPTY_SET, "set"), (FROZENSET, FROZENSET, "frozenset"),
                          (GLOBAL, INST_NAME_FIX, "global"), (INST, NEWOBJ_EX, "object"), (PERSID, BINPERSID, "persid"),
                          (EXT1, EXT4, "ext"), (NEXT_BUFFER, NEXT_BUFFER, "buffer"), (REDUCE, REDUCE, "call"),
                          (REDUCE_BYTES, REDUCE_BYTES, "bytes"), (REDUCE_BYTEARRAY, REDUCE_BYTEARRAY, "bytearray"),
                          (REDUCE_SET, REDUCE_SET, "set"), (REDUCE_FROZENSET, REDUCE_FROZENSET, "frozenset"),
                          (REDUCE_OBJECT, REDUCE_NEWOBJ_EX, "object"), (REDUCE_NAME, REDUCE_NAME, "global")):
    for op in range(first, last + 1):
        KINDS[op] = kind

CONTAINERS = {"list", "tuple", "set", "frozenset", "dict"}
FIX = {GLOBAL_FIX, STACK_GLOBAL_FIX, INST_NAME_FIX}


class Meaning:
    def __init__(self, graph):
        self.graph, self.nodes = graph, graph.nodes
        self.references = {}
        self.count(graph.root)

    def kind(self, n):
        return KINDS[self.nodes[n].op]

    # Scalars. A value that is in a row is not known, and equal to no other.

    def text(self, n):
        """The text of a node, or None where it is none or is in a row."""
        node, kind = self.nodes[n], self.kind(n)
        if node.taken or kind not in ("str", "py2"):
            return None
        if node.op == UNICODE:
            return node.data.decode("raw-unicode-escape")
        if kind == "str":
            return node.data.decode("utf-8", "surrogatepass")
        try:
            return self.py2(node).decode("utf-8")
        except UnicodeDecodeError:
            return None

    @staticmethod
    def py2(node):
        return codecs.escape_decode(node.data[1:-1])[0] if node.op == STRING else node.data

    def integer(self, n):
        node = self.nodes[n]
        if node.op in (BININT, BININT1, BININT2):
            return node.number
        if node.op in (LONG1, LONG4):
            return int.from_bytes(node.data, "little", signed=True)
        return ast.literal_eval(node.data.decode().strip() or "0")

    def real(self, n):
        node = self.nodes[n]
        return struct.unpack(">d", node.data)[0] if node.op == BINFLOAT else float(node.data)

    def key(self, n):
        """What is equal for two keys that Python holds equal."""
        node, kind = self.nodes[n], self.kind(n)
        if node.taken:
            return "taken", n
        if kind == "none":
            return "none", 0
        if kind == "bool":
            return "number", node.op in (NEWTRUE, INT_TRUE)
        if kind == "int":
            return "number", self.integer(n)
        if kind == "float":
            value = self.real(n)
            return ("number", value) if value == value else ("node", n)
        if kind in ("str", "py2"):
            text = self.text(n)
            return ("text", text) if text is not None else ("py2", self.py2(node))
        if kind == "bytes" and node.op != REDUCE_BYTES:
            return "bytes", node.data
        if kind == "global":
            return "name", self.name(n)
        if kind == "tuple":
            return "tuple", tuple(self.key(m) for m in node.members)
        return "node", n

    def name(self, n):
        node = self.nodes[n]
        if node.op == REDUCE_NAME:
            of, attribute = self.nodes[node.members[1]].members[:2]
            return self.name(of) + "." + str(self.text(attribute))
        if node.op in (STACK_GLOBAL, STACK_GLOBAL_FIX):
            module, name = (str(self.text(m)) for m in node.members)
        else:
            module, name = node.data.decode("utf-8", "surrogatepass").split("\n", 1)
        if node.op in FIX:
            if (module, name) in NAME_MAPPING:
                module, name = NAME_MAPPING[module, name]
            else:
                module = IMPORT_MAPPING.get(module, module)
        return module + "." + name

    # Classes that cloudpickle and dill wrote whole.

    def maker(self, n):
        """The function of cloudpickle or dill that a call is of; an empty text for any other node."""
        if self.kind(n) != "call" or self.kind(self.callable(n)) != "global":
            return ""
        module, _, name = self.name(self.callable(n)).rpartition(".")
        known = module in ("cloudpickle", "dill.dill", "dill._dill") or module.endswith((".cloudpickle", "cloudpickle_fast"))
        return name if known else ""

    def class_name(self, n):
        """The name of a class, by name or by value; None for any other node."""
        if self.kind(n) == "global":
            return self.name(n)
        maker = self.maker(n)
        given = list(self.arguments(n)) + [None] * 5 if maker else []
        if maker == "_make_skeleton_class":
            return self.dotted(given[1], self.class_module(n))
        if maker == "_make_skeleton_enum":
            return self.dotted(given[2], given[4])
        if maker == "_create_namedtuple":
            return self.dotted(given[0], given[2])
        if maker == "_create_type":
            return self.dotted(given[1], self.module_in(given[3]))
        if maker == "_rehydrate_skeleton_class" and self.kind(given[0]) == "call":
            skeleton = self.arguments(given[0])
            return self.dotted(skeleton[1 if len(skeleton) > 2 else 0], self.module_in(given[1]))
        return None

    def class_module(self, n):
        module = self.module_in(self.arguments(n)[3])
        while module is None and n is not None:
            for other in range(len(self.nodes)):
                if self.maker(other) == "_class_setstate" and self.arguments(other)[0] == n:
                    module = self.module_in(self.nodes[self.arguments(other)[1]].members[0])
                    break
            bases = self.arguments(n)[2] if module is None else None
            n = next((b for b in self.items(bases) if self.kind(b) == "call" and b < n), None) if bases is not None else None
        return module

    def module_in(self, n):
        if n is None or self.kind(n) != "dict":
            return None
        return next((v for k, v in self.pairs(n) if self.text(k) == "__module__" and self.text(v) is not None), None)

    def dotted(self, name, module):
        if name is None or self.text(name) is None:
            return None
        return self.text(name) if module is None or self.text(module) is None else self.text(module) + "." + self.text(name)

    # Containers.

    def raw(self, n):
        return [m for kind, members in self.nodes[n].chunks if kind != BUILD for m in members]

    def fold(self, flat):
        """Pairs with equal keys made one: the first key, the last value."""
        pairs = {}
        for key, value in zip(flat[::2], flat[1::2]):
            known = self.key(key)
            pairs[known] = (pairs[known][0] if known in pairs else key, value)
        return list(pairs.values())

    def unique(self, nodes):
        return list({self.key(n): n for n in reversed(nodes)}.values())[::-1] if nodes else []

    def items(self, n):
        node, kind = self.nodes[n], self.kind(n)
        if kind == "tuple":
            return node.members
        if kind == "list":
            return self.raw(n)
        if node.op == FROZENSET:
            found = node.members
        elif node.op in (REDUCE_SET, REDUCE_FROZENSET):
            found = self.raw(self.nodes[node.members[1]].members[0])[:node.held] + self.raw(n)
        else:
            found = self.raw(n)
        first = {}
        for member in found:
            first.setdefault(self.key(member), member)
        return list(first.values())

    def pairs(self, n):
        return self.fold(self.raw(n))

    # Objects and calls.

    def callable(self, n):
        node = self.nodes[n]
        return self.nodes[node.members[1]].members[0] if node.op > REDUCE else node.members[0]

    def arguments(self, n):
        node = self.nodes[n]
        op = node.op
        if op in (OBJ, INST):
            return node.members[1:]
        given = self.nodes[node.members[1]].members
        if op in (REDUCE_OBJECT, REDUCE_LIST_OBJECT, REDUCE_DICT_OBJECT):
            return []
        if op == REDUCE_NEWOBJ:
            return given[1:]
        if op == REDUCE_BASE_OBJECT:
            return given[2:3]
        return self.nodes[given[1]].members if op == REDUCE_NEWOBJ_EX else given

    def keywords(self, n):
        node = self.nodes[n]
        if node.op == NEWOBJ_EX:
            return self.pairs(node.members[2])
        if node.op == REDUCE_NEWOBJ_EX:
            return self.fold(self.raw(self.nodes[node.members[1]].members[2])[:2 * node.held])
        return []

    def states(self, n):
        return [m for kind, members in self.nodes[n].chunks if kind == BUILD for m in members]

    def appended(self, n):
        node = self.nodes[n]
        before = self.raw(self.nodes[node.members[1]].members[2])[:node.held] if node.op == REDUCE_LIST_OBJECT else []
        return before + [m for kind, members in node.chunks if kind not in (BUILD, SETITEM, SETITEMS) for m in members]

    def entries(self, n):
        node = self.nodes[n]
        before = []
        if node.op == REDUCE_DICT_OBJECT:
            before = self.fold(self.raw(self.nodes[node.members[1]].members[2])[:2 * node.held])
        flat = [m for kind, members in node.chunks if kind in (SETITEM, SETITEMS) for m in members]
        return before + list(zip(flat[::2], flat[1::2]))

    def count(self, root):
        """How often each value is referred to, from the root on."""
        self.references[root] = 1
        todo = [root]
        while todo:
            for member in self.shown(todo.pop()):
                seen = self.references.get(member, 0)
                self.references[member] = seen + 1
                if not seen:
                    todo.append(member)

    def shown(self, n):
        kind = self.kind(n)
        if kind == "dict":
            return [m for pair in self.pairs(n) for m in pair]
        if kind in CONTAINERS:
            return self.items(n)
        if kind in ("object", "call"):
            pairs = self.keywords(n) + self.entries(n)
            return ([self.callable(n)] + list(self.arguments(n)) + self.states(n) + self.appended(n)
                    + [m for pair in pairs for m in pair])
        return self.nodes[n].members if self.nodes[n].op == BINPERSID else []

    def well_known(self, n):
        """The pairs or items of an OrderedDict, defaultdict or deque: ("pairs" or "items", them); None for any other."""
        if self.kind(n) != "call" or self.kind(self.callable(n)) != "global" or self.states(n):
            return None
        name, given = self.name(self.callable(n)), self.arguments(n)
        appended, entries = self.appended(n), self.entries(n)
        flat = [m for pair in entries for m in pair]
        if name == "collections.OrderedDict" and not appended:
            if not given:
                return "pairs", self.fold(flat)
            if len(given) == 1 and not entries and self.kind(given[0]) == "list":
                items = self.items(given[0])
                if all(self.kind(i) == "list" and len(self.items(i)) == 2 for i in items):
                    return "pairs", self.fold([m for i in items for m in self.items(i)])
        if name == "collections.defaultdict" and not appended and len(given) < 2 and not (given and self.kind(given[0]) == "none"):
            return "pairs", self.fold(flat)
        if name == "collections.deque" and not entries:
            if not given or (len(given) == 2 and self.kind(given[0]) == "tuple" and not self.items(given[0])):
                return "items", appended
            if len(given) <= 2 and self.kind(given[0]) == "list" and not appended:
                return "items", self.items(given[0])
        return None

    def argument(self, n):
        """The container that is the only argument, where nothing was added; or None."""
        given = self.arguments(n)
        if self.entries(n) or self.appended(n):
            return None
        if len(given) == 1 and self.kind(given[0]) in CONTAINERS:
            return given[0]
        if (self.graph.version > 2 and len(given) == 2 and self.kind(n) == "call" and self.kind(given[0]) == "list"
                and self.kind(given[1]) in ("none", "int")):
            return given[0]
        return None

    def state_set(self, n):
        """The dict of a state ({member: True, ...},)."""
        form, state = self.form(n)
        if (self.graph.version == 2 or form != "state" or self.kind(state) != "tuple" or len(self.items(state)) != 1 or self.entries(n)
                or self.appended(n)):
            return None
        of = self.items(state)[0]
        return of if self.kind(of) == "dict" and all(self.kind(value) == "bool" for _, value in self.pairs(of)) else None

    def places(self, n):
        """The members by place of an object or call that is a tuple; None of any other."""
        if self.graph.version == 2 or self.kind(n) not in ("object", "call") or self.keywords(n):
            return None
        argument = self.argument(n)
        if argument is not None:
            return self.items(argument) if self.kind(argument) == "tuple" else None
        is_tuple = (self.kind(n) == "object" and len(self.arguments(n)) > 1 and not self.states(n) and not self.appended(n)
                    and not self.entries(n))
        return self.arguments(n) if is_tuple else None

    def contents(self, n):
        """("items", nodes) or ("pairs", pairs)."""
        kind = self.kind(n)
        if kind == "dict":
            return "pairs", self.pairs(n)
        if kind in CONTAINERS:
            return "items", self.items(n)
        if kind not in ("object", "call"):
            return "items", []
        known = self.well_known(n)
        if known:
            return known
        state_set = self.state_set(n)
        if state_set is not None:
            return "pairs", self.pairs(state_set)
        argument = self.argument(n)
        if argument is not None:
            return self.contents(argument)
        entries = self.entries(n)
        return ("pairs", entries) if entries else ("items", self.appended(n))

    # Attributes.

    def own_dict(self, n):
        return (self.kind(n) == "dict" and self.references.get(n) == 1
                and all(self.member_name(key) for key, _ in self.pairs(n)))

    def member_name(self, n):
        text = self.text(n)
        if text is None or text.startswith("$"):
            return False
        return not any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in zip(text, text[1:]))

    def form(self, n):
        """none, dict, slots, state or states; with the pairs, or the state."""
        states = self.states(n)
        if len(states) != 1:
            return ("states" if states else "none"), None
        state = states[0]
        if self.own_dict(state):
            return "dict", self.pairs(state)
        if self.kind(state) == "tuple" and self.references.get(state) == 1 and len(self.items(state)) == 2:
            plain, slots = self.items(state)
            if self.own_dict(slots) and self.kind(plain) == "none":
                return "slots", self.pairs(slots)
            if self.own_dict(slots) and self.own_dict(plain):
                left, right = self.pairs(plain), self.pairs(slots)
                if not {self.key(k) for k, _ in left} & {self.key(k) for k, _ in right}:
                    return "slots", left + right
        return "state", state
