"""Makes src/test/resources/game/event.pkl: a date with a zone and a dict that is JSON. Run with CPython 3.11 from batch/app."""

import datetime
import pickle
import sys
import types

game = types.ModuleType("game")
sys.modules["game"] = game


class Event:
    pass


Event.__module__ = "game"
Event.__qualname__ = "Event"
game.Event = Event

event = Event()
event.name = "market"
event.at = datetime.datetime(2024, 7, 1, 10, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
event.price = 5
event.tags = {"kind": "fair", "days": [1, 2]}
with open("src/test/resources/game/event.pkl", "wb") as out:
    pickle.dump(event, out, protocol=4)
