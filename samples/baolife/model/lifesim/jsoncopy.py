"""What the game writes to lifesim_savegames.json beside the pickle."""
import datetime
import decimal
import enum
import json
import uuid
from collections import deque

# Attributes that point back or across. The same person stands in c and r[].person; following these
# as well would never end.
LEFT_OUT = frozenset(
    ["player", "relationships", "partner", "sender", "spouse", "parents", "children", "participants", "boss", "me"]
)


def default(o):
    if isinstance(o, enum.Enum):
        return o.value
    if isinstance(o, (datetime.date, datetime.time)):
        return o.isoformat()
    if isinstance(o, (decimal.Decimal, uuid.UUID)):
        return str(o)
    if isinstance(o, datetime.timedelta):
        return o.total_seconds()
    if isinstance(o, (set, frozenset, deque)):
        return list(o)
    if isinstance(o, (bytes, bytearray)):
        return o.hex()
    if hasattr(o, "__slots__"):
        return {name: getattr(o, name) for name in o.__slots__ if hasattr(o, name)}
    return {name: value for name, value in o.__dict__.items() if name not in LEFT_OUT}


def to_json(player):
    return json.dumps(default(player), default=default, skipkeys=True)
