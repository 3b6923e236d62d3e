"""Makes derived.zip: saves with dates of classes derived from Python's, and what Python says of them.

python3.12 derived.py ../resources/derived.zip && python2.7 derived.py ../resources/derived.zip

studio: of datetime and date, with zones and without, at all protocols. studio2: the same of Python 2. addresses: four
and ten bytes in classes of their own that are no dates.
"""
import datetime as dt
import pickle
import sys
import types
import zipfile

PYTHON3 = sys.version_info[0] > 2
OUT = zipfile.ZipFile(sys.argv[1], "w" if PYTHON3 else "a", zipfile.ZIP_DEFLATED)


class Stamp(dt.datetime):
    pass


class Day(dt.date):
    pass


class Address(object):
    def __init__(self, data):
        self.data = data

    def __reduce__(self):
        return Address, (self.data,)


class Session(object):
    pass


module = types.ModuleType("studio.times")
sys.modules["studio"] = types.ModuleType("studio")
sys.modules["studio.times"] = module
for of in (Stamp, Day, Address, Session):
    of.__module__ = "studio.times"
    setattr(module, of.__name__, of)


def add(path, data):
    OUT.writestr(zipfile.ZipInfo(path, (2026, 11, 27, 0, 0, 0)), data)


def dump(application, saves, protocols):
    for i, save in enumerate(saves):
        add("%s/%02d.pickle" % (application, i), pickle.dumps(save, protocols[i % len(protocols)]))


def session(i, zone):
    one = Session()
    one.name = "s%d" % i
    one.begun = Stamp(2024, 1 + i % 12, 2, 3, 4, 5, i)
    one.day = Day(1990 + i, 2, 1 + i)
    one.takes = [Stamp(2024, 3, 1 + n, 10, n) for n in range(i % 4)]
    one.released = Stamp(2024, 7, 1 + i, 12, 30, tzinfo=zone) if i % 2 else None
    one.plain = dt.datetime(2001, 2, 3, 4, 5, 6, i)
    one.any = Stamp(2020, 1, 1 + i) if i % 3 else Stamp(2020, 1, 1 + i, tzinfo=zone)
    return one


if PYTHON3:
    import zoneinfo

    sessions = [session(i, zoneinfo.ZoneInfo("Europe/Berlin") if i % 4 == 1 else dt.timezone(dt.timedelta(hours=-5)))
                for i in range(24)]
    dump("studio", sessions, (0, 1, 2, 3, 4, 5))
    questions = [
        ("SELECT MIN(begun) FROM session", min(s.begun for s in sessions).isoformat(" ")),
        ("SELECT COUNT(*) FROM session WHERE `day` >= '2000-01-01'", sum(s.day >= dt.date(2000, 1, 1) for s in sessions)),
        ("SELECT MAX(take) FROM session_take", max(t for s in sessions for t in s.takes).isoformat(" ")),
        ("SELECT MIN(released) FROM session", min(
            s.released.astimezone(dt.timezone.utc) for s in sessions if s.released).replace(tzinfo=None).isoformat(" ")),
        ("SELECT COUNT(any_utc) FROM session", sum(s.any.tzinfo is not None for s in sessions)),
        ("SELECT COUNT(any) FROM session", sum(s.any.tzinfo is None for s in sessions)),
    ]
    add("questions.tsv", "".join("studio\t%s\t%s\n" % question for question in questions))
    data = [bytes([10, i, 1 + i % 12, 1]) for i in range(8)] + [bytes([200, i, 3, 4]) for i in range(8)]
    dump("addresses", [{"ip": Address(one), "token": Address(one + b"\x00\xff\xff\xff\x01\x02")} for one in data], (2, 4))
else:
    dump("studio2", [session(i, None) for i in range(12)], (0, 1, 2))
OUT.close()
