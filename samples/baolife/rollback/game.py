"""The old application: reads saves with its own classes, and says what of the new application's edits it finds.

Runs on the Python that wrote the saves, 2.7 and 3.6 to 3.13: a line of JSON in for each save, a line out.
"""
import io
import json
import os
import pickle
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "model"), os.path.join(HERE, "..")]

from generator.facts import distinct_objects, type_name  # noqa: E402

KINDS = {"personClass": "person", "charClass": "person", "relationshipClass": "relationship", "messageClass": "message",
         "itemClass": "item", "eventClass": "event"}


class Harmless(getattr(pickle, "_Unpickler", pickle.Unpickler)):
    """For the one save of the sample that would run a shell command."""

    def find_class(self, module, name):
        if (module, name) == ("posix", "system"):
            return lambda command: 0
        return getattr(pickle, "_Unpickler", pickle.Unpickler).find_class(self, module, name)


def load(blob, is_hostile):
    if blob[:1] == b"\x78":
        blob = zlib.decompress(blob)
    return Harmless(io.BytesIO(blob)).load() if is_hostile else pickle.loads(blob)


def plain(value):
    value = getattr(value, "value", value)
    return value.decode("utf-8") if isinstance(value, bytes) else value


def same(found, wanted):
    found = plain(found)
    if type(found).__name__ == "Decimal":
        return str(found) == wanted
    if isinstance(wanted, bool):
        return found is wanted
    return found == wanted


def is_found(player, objects, edit):
    what, kind, number, attribute, value = edit
    if kind == "player":
        of = player
    elif kind == "conversation":
        of = [c for k, c in player.conversations.items() if plain(k) == number][0]
    else:
        of = objects.get((kind, number))
    if what == "gone":
        return of is None
    members = getattr(of, attribute)
    if what == "cell":
        return same(members, value)
    if what == "member":
        return [plain(m) for m in members].count(value) == 1
    if what == "no member":
        return value not in [plain(m) for m in members]
    if what == "entry":
        return any(plain(k) == value[0] and same(v, value[1]) for k, v in members.items())
    return any(m.id == value[0] and same(m.text, value[1]) and type_name(m.sender) in ("personClass", "charClass") for m in members)


def main():
    for line in sys.stdin:
        job = json.loads(line)
        with open(job["file"], "rb") as f:
            player = load(f.read(), job["hostile"])
        objects = {}
        for o in distinct_objects(player):
            kind = KINDS.get(type_name(o))
            if kind:
                objects[kind, o.id] = o
        missing = [e for e in job["edits"] if not is_found(player, objects, e)]
        print(json.dumps({"key": job["key"], "class": type_name(player), "found": len(job["edits"]) - len(missing), "missing": missing}))


main()
