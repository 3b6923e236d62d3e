# -*- coding: utf-8 -*-
"""What real tables hold besides good saves."""
import datetime
import os
from decimal import Decimal

MARKER = "/tmp/picklift-hostile-was-run"


class Command(object):
    """Pickles as a call of os.system, as in every warning about pickle.loads ever written."""

    def __reduce__(self):
        return os.system, ("touch " + MARKER,)


def hostile_root(player):
    return Command()


def hostile_inside(player):
    player.settings["theme"] = Command()
    return player


def values_no_column_holds(player):
    """Each is fine in Python, and lost or bent by the column type one would choose for its attribute."""
    player.money = float("inf")
    player.energy = -0.0
    player.c.mood = float("nan")
    player.savings = Decimal("1.1")  # not 1.10
    player.job.salary = Decimal("1E+3")
    player.diamonds = 2**70
    player.date = datetime.datetime(2031, 10, 26, 2, 30, 0, 123456, fold=1)
    player.created = datetime.datetime(2022, 5, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
    player.c.bio = "cut emoji \ud83d, NUL \x00, trailing blanks  "
    player.r[0].person.firstname = ""
    player.r[0].person.lastname = None
    player.r[1].person.ageYears = "41"  # a text where a number is expected
    player.inventory[0].quantity = 2.0
    player.inventory[0].price = Decimal("NaN")
    player.events[0].title = "x" * 300  # longer than any title so far
    player.calendar = {2031: "Berlin", (1, 2): "corner", None: "someday"}
    player.c.relationships = player.r  # one list in two places
    player.me = player  # the root refers to itself


def latin1_bytes(player):
    """Python 2 text from a Windows client: not UTF-8, so it stays bytes."""
    player.c.bio = "Sch\xf6n hier"
    player.r[0].person.firstname = "Zo\xeb"


def unicode_among_bytes(player):
    player.c.firstname = u"Zo\xeb"
    player.r[0].person.bio = u"\u4f60\u597d \U0001f600"


OF_VALUE = {
    "values no column holds": values_no_column_holds,
    "latin-1 bytes": latin1_bytes,
    "unicode among bytes": unicode_among_bytes,
}
HOSTILE = {"hostile": hostile_root, "hostile inside": hostile_inside}
