"""The JSON form of a decoded value. Three walks, none of them recursive: who refers to what, what is shown, the text."""

import base64
import json

from oracle_fold import known
from oracle_model import Buffer, Dict, Equality, Ext, Name, Obj, Persid, Py2Str, Set, plain_text, text_of
from oracle_model import HIGH_THEN_LOW

SPACED = (", ", ": ")
COMPACT = (",", ":")


class Text(str):
    """A piece of JSON text among values that are still to be shown."""


def b64(raw):
    return base64.b64encode(bytes(raw)).decode("ascii")


class Shower:
    def __init__(self, root, style):
        self.root = root
        self.comma, self.colon = style
        self.equality = Equality()
        self.known = {}
        self.references = {}
        self.shown = {}
        self.numbers = {}

    # Leaves

    def member(self, name):
        return json.dumps(name) + self.colon

    def one(self, name, text):
        return "{" + self.member(name) + text + "}"

    def string(self, text):
        if HIGH_THEN_LOW.search(text):
            return self.one("$str", json.dumps(b64(text.encode("utf-8", "surrogatepass"))))
        return json.dumps(text)

    def leaf(self, v):
        """The text of a value that is never given an id, or None."""
        t = type(v)
        if t is str:
            return self.string(v)
        if v is None:
            return "null"
        if t is bool:
            return "true" if v else "false"
        if t is int:
            if abs(v) < 2**53:
                return str(v)
            return self.one("$int", json.dumps(hex(v) if v.bit_length() > 4096 else str(v)))
        if t is float:
            if v != v:
                return self.one("$float", '"nan"')
            if v in (float("inf"), float("-inf")):
                return self.one("$float", json.dumps(repr(v)))
            return repr(v)
        if t is bytes:
            return self.one("$bytes", json.dumps(b64(v)))
        if t is Py2Str:
            return self.one("$bytes", json.dumps(b64(v.raw))) if v.text is None else self.string(v.text)
        if t is Name:
            return self.one("$global", self.string(v.joined()))
        if t is Ext:
            return self.one("$ext", str(v.code))
        if t is Buffer:
            return self.one("$buffer", str(v.index))
        if t is tuple and not v:
            return self.one("$tuple", "[]")
        return None

    # Shapes: what stands between the braces, as Text and values

    def array(self, values):
        parts = [Text("[")]
        for i, v in enumerate(values):
            if i:
                parts.append(Text(self.comma))
            parts.append(v)
        parts.append(Text("]"))
        return parts

    def pairs(self, pairs):
        parts = [Text("[")]
        for i, (k, v) in enumerate(pairs):
            parts += [Text(self.comma + "[" if i else "["), k, Text(self.comma), v, Text("]")]
        parts.append(Text("]"))
        return parts

    def text_keys(self, d):
        """The dict's members as (text, value) where it can be an object, else None."""
        found = []
        for k, v in d.items():
            t = plain_text(k)
            if t is None or t.startswith("$"):
                return None
            found.append((t, v))
        return found

    def shape(self, v):
        """(parts, bare): the members of the value's object, and how it is shown without an id if not in braces."""
        t = type(v)
        if t is list:
            parts = self.array(v)
            return [Text(self.member("$list"))] + parts, parts
        if t is tuple:
            return [Text(self.member("$tuple"))] + self.array(v), None
        if t is bytearray:
            return [Text(self.member("$bytearray") + json.dumps(b64(v)))], None
        if t is Set:
            name = "$frozenset" if v.frozen else "$set"
            return [Text(self.member(name))] + self.array(v.members.values()), None
        if t is Dict:
            members = self.text_keys(v)
            if members is None:
                return [Text(self.member("$dict"))] + self.pairs(v.items()), None
            return self.joined([[Text(self.member(k)), x] for k, x in members]), None
        return self.joined(self.object_members(v)), None

    def joined(self, members):
        parts = []
        for m in members:
            if parts:
                parts.append(Text(self.comma))
            parts += m
        return parts

    def known_of(self, v):
        if id(v) not in self.known:
            self.known[id(v)] = known(v, self.equality)
        return self.known[id(v)]

    def object_members(self, v):
        found = self.known_of(v)
        if found is not None:
            name, (kind, value), more = found
            if kind == "text":
                first = [Text(json.dumps(value))]
            else:
                first = self.array(value) if kind == "array" else self.pairs(value)
            return [[Text(self.member(name))] + first] + [[Text(self.member(k)), x] for k, x in more]
        name = "$call" if v.call else "$class"
        if type(v.cls) is Name:
            members = [[Text(self.member(name) + self.string(v.cls.joined()))]]
        else:
            members = [[Text(self.member(name)), v.cls]]
        if v.args or v.call:
            members.append([Text(self.member("$args"))] + self.array(v.args))
        if v.kwargs is not None and v.kwargs.pairs:
            members.append([Text(self.member("$kwargs"))] + self.pairs(v.kwargs.items()))
        if len(v.states) == 1:
            members += self.state(v.states[0])
        elif v.states:
            members.append([Text(self.member("$states"))] + self.array(v.states))
        if v.items:
            members.append([Text(self.member("$items"))] + self.array(v.items))
        if v.entries:
            members.append([Text(self.member("$entries"))] + self.pairs(v.entries))
        return members

    def inline(self, state):
        """A state dict's members where it may stand inline, else None."""
        if type(state) is not Dict or self.references[id(state)] != 1:
            return None
        return self.text_keys(state)

    def state(self, state):
        members = self.inline(state)
        if members:
            return [[Text(self.member(k)), x] for k, x in members]
        if type(state) is tuple and len(state) == 2 and self.references[id(state)] == 1:
            first = [] if state[0] is None else self.inline(state[0])
            slots = self.inline(state[1])
            if first is not None and slots is not None:
                names = {k for k, _ in first}
                if not any(k in names for k, _ in slots):
                    head = [Text(self.member("$slots"))] + self.array([k for k, _ in slots])
                    return [head] + [[Text(self.member(k)), x] for k, x in first + slots]
        return [[Text(self.member("$state")), state]]

    # Walks

    def edges(self, v):
        t = type(v)
        if t is list or t is tuple:
            return v
        if t is Set:
            return v.members.values()
        if t is Dict:
            return [x for pair in v.items() for x in pair]
        if t is Persid:
            return (v.value,)
        if t is Obj:
            entries = v.entries
            found = self.known_of(v)
            if found is not None and found[0] in ("$ordereddict", "$defaultdict") and entries:
                entries = found[1][1]
            kwargs = () if v.kwargs is None else (v.kwargs,)
            return [v.cls, v.args, *kwargs, *v.states, *v.items, *(x for pair in entries for x in pair)]
        return ()

    def count_references(self):
        self.references = {id(self.root): 1}
        todo = [self.root]
        while todo:
            for x in self.edges(todo.pop()):
                if type(x) not in (list, tuple, Set, Dict, Persid, Obj):
                    continue
                seen = self.references.get(id(x), 0)
                self.references[id(x)] = seen + 1
                if not seen:
                    todo.append(x)

    def count_shown(self):
        todo = [self.root]
        while todo:
            v = todo.pop()
            if type(v) is Text or self.leaf_type(v):
                continue
            if type(v) is Persid:
                todo.append(v.value)
                continue
            seen = self.shown.get(id(v), 0)
            self.shown[id(v)] = seen + 1
            if not seen:
                todo.extend(reversed(self.shape(v)[0]))

    @staticmethod
    def leaf_type(v):
        return type(v) not in (list, tuple, Set, Dict, Persid, Obj, bytearray) or v == () and type(v) is tuple

    def text(self):
        self.count_references()
        self.count_shown()
        out = []
        todo = [self.root]
        while todo:
            v = todo.pop()
            if type(v) is Text:
                out.append(v)
                continue
            leaf = self.leaf(v)
            if leaf is not None:
                out.append(leaf)
            elif type(v) is Persid:
                todo += [Text("}"), v.value, Text("{" + self.member("$persid"))]
            elif id(v) in self.numbers:
                out.append(self.one("$ref", str(self.numbers[id(v)])))
            else:
                members, bare = self.shape(v)
                head = "{"
                if self.shown[id(v)] > 1:
                    bare = None
                    self.numbers[id(v)] = len(self.numbers) + 1
                    head += self.member("$id") + str(self.numbers[id(v)]) + (self.comma if members else "")
                if bare is None:
                    todo.append(Text("}"))
                    todo.extend(reversed(members))
                    todo.append(Text(head))
                else:
                    todo.extend(reversed(bare))
        return "".join(out)


def to_json(value, style=SPACED):
    return Shower(value, style).text()
