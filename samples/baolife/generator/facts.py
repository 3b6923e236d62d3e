"""What a save says, found by CPython itself: what a test holds the tables of the migration against.

Runs on the Python that made the save, on the save as that Python's own pickle.loads reads it.
Values are written as Picklift's JSON form has them, so that 1, 1.0, Decimal("1") and a date differ.
"""
import datetime
import sys
from collections import OrderedDict, deque
from decimal import Decimal

PY2 = sys.version_info[0] == 2


def facts(player):
    objects = list(distinct_objects(player))
    counts = {}
    for o in objects:
        name = type_name(o)
        counts[name] = counts.get(name, 0) + 1
    persons = [o for o in objects if type_name(o) in ("personClass", "charClass")]
    messages = [o for o in objects if type_name(o) == "messageClass"]
    items = [o for o in objects if type_name(o) == "itemClass"]
    sums = {
        "person.ageDays": sum(p.ageDays for p in persons),
        "relationship.affection": sum(r.affection for r in player.r),
        "message.id": sum(m.id for m in messages),
        "item.quantity": sum(i.quantity for i in items),
        "item.price": str(sum((i.price for i in items), Decimal("0.00"))),
    }
    linked = sum(1 for r in player.r if r.player is player and any(x is r for x in r.person.relationships))
    return {
        "objects": counts,
        "rows": rows(player, objects),
        "sums": sums,
        "relationshipsThatPointBack": linked,
        "personsWithSeveralRelationships": sum(1 for p in persons if len(p.relationships) > 1),
        "values": values(player),
    }


def rows(player, objects):
    """How many rows each table of mapping.yaml gets from this save."""

    def members(class_names, attribute):
        of = [o for o in objects if type_name(o) in class_names]
        return sum(len(getattr(o, attribute, None) or ()) for o in of)

    persons = ("personClass", "charClass")
    return OrderedDict(
        [
            ("player", 1),
            ("person", sum(1 for o in objects if type_name(o) in persons)),
            ("person_parent", members(persons, "parents")),
            ("person_child", members(persons, "children")),
            ("person_trait", members(persons, "traits")),
            ("person_skill", members(persons, "skills")),
            ("memory", members(persons, "memories")),
            ("relationship", sum(1 for o in objects if type_name(o) == "relationshipClass")),
            ("relationship_flag", members(["relationshipClass"], "flags")),
            ("relationship_moment", members(["relationshipClass"], "history")),
            ("conversation", members(["playerClass"], "conversations")),
            ("message", members(["conversationClass"], "messages")),
            ("message_log", members(["playerClass"], "messageLog")),
            ("event", members(["playerClass"], "events")),
            ("event_participant", members(["eventClass"], "participants")),
            ("inventory_item", members(["playerClass"], "inventory")),
            ("visited_place", members(["playerClass"], "visited")),
            ("achievement", members(["playerClass"], "achievements")),
            ("stat", members(["playerClass"], "stats")),
        ]
    )


def type_name(o):
    return o.__class__.__name__


def is_object(o):
    return o.__class__.__module__.startswith("lifesim.")


def attributes(o):
    slots = getattr(o, "__slots__", None)
    if slots and is_object(o) and not isinstance(o, tuple):
        return OrderedDict((n, getattr(o, n)) for n in slots if hasattr(o, n))
    return o.__dict__


def distinct_objects(root):
    """Every object of a class of the game, once, enums and namedtuples left out; without recursion."""
    seen = set()
    todo = [root]
    while todo:
        o = todo.pop()
        if id(o) in seen:
            continue
        if isinstance(o, dict):
            inside = list(o.keys()) + list(o.values())
        elif isinstance(o, (list, tuple, set, frozenset, deque)):
            inside = list(o)
        elif is_object(o) and type_name(o).endswith("Class"):
            yield o
            inside = list(attributes(o).values())
        else:
            continue
        seen.add(id(o))
        todo.extend(inside)


def values(player):
    """A few dozen values by path, spread over the save."""
    found = OrderedDict()

    def take(path, holder, names):
        for name in names:
            value = getattr(holder, name, None)
            if value is not None and not isinstance(value, (list, dict, set, frozenset, tuple, deque)):
                if not is_object(value):
                    found[path + name] = shown(value)
                elif not type_name(value).endswith("Class"):
                    found[path + name] = shown(value.value)

    take(
        "",
        player,
        "id saveVersion date hourOfDay minuteOfHour energy money status diamonds created lastUpdate savings worldSeed".split(),
    )
    person = "id firstname lastname ageYears ageDays status birthday mood bio".split()
    take("c.", player.c, person)
    for i in spread(player.r):
        take("r[%d]." % i, player.r[i], "id kind affection since trust".split())
        take("r[%d].person." % i, player.r[i].person, person)
    for i in spread(player.events):
        take("events[%d]." % i, player.events[i], "id date kind title seen place".split())
    conversations = getattr(player, "conversations", {})
    for key in sorted(conversations)[:2]:
        messages = conversations[key].messages
        for i in spread(messages):
            path = 'conversations["%s"].messages[%d].' % (key, i)
            take(path, messages[i], "id text date read".split())
            take(path + "sender.", messages[i].sender, ["id", "firstname"])
    inventory = getattr(player, "inventory", [])
    for i in spread(inventory):
        take("inventory[%d]." % i, inventory[i], "id name rarity price quantity bought".split())
    if getattr(player, "job", None) is not None and not isinstance(player.job, str):
        take("job.", player.job, "title employer salary level since".split())
    return found


def spread(items):
    return sorted(set([0, len(items) // 2, len(items) - 1])) if items else []


def shown(value):
    if PY2 and isinstance(value, str):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            import base64

            return {"$bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return {"$float": repr(value)}
        return value
    if isinstance(value, datetime.datetime):
        form = OrderedDict([("$datetime", value.replace(tzinfo=None).isoformat())])
        if getattr(value, "fold", 0):
            form["fold"] = 1
        if value.tzinfo is not None:
            form["utcOffsetSeconds"] = int(value.utcoffset().total_seconds())
        return form
    if isinstance(value, datetime.date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, int) and not -(2**53) < value < 2**53:
        return {"$int": str(value)}
    return value
