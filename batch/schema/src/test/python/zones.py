"""Makes src/test/resources/values/zones.tsv: pickles of dates with zones, and what Python says of them.

    python2.7 zones.py > zones.tsv; python3.11 zones.py >> zones.tsv

A line: name, protocol, the pickle of {"at": value} in hex, then the instant in UTC, the offset in seconds, the fold.
Needs pytz, dateutil, Django 3.2, psycopg2 and pymongo's bson where they are to be had; a library that is not
there is left out. Debian 12's packages for Python 3.11 made the file, Python 2.7 with pytz and dateutil the rest.
"""
from __future__ import print_function

import binascii
import datetime
import pickle
import sys

D = datetime.datetime
T = datetime.timedelta
PYTHON = "py%d%d" % sys.version_info[:2]


def cases():
    summer = D(2024, 7, 1, 12, 30, 15, 123456)
    winter = D(2024, 1, 15, 23, 59, 59, 999999)
    twice = D(2024, 10, 27, 2, 30)  # twice in Berlin
    if sys.version_info[0] > 2:
        zone = datetime.timezone
        yield "timezone_utc", winter.replace(tzinfo=zone.utc)
        yield "timezone_offset", summer.replace(tzinfo=zone(T(hours=5, minutes=30)))
        yield "timezone_negative", winter.replace(tzinfo=zone(T(hours=-3), "BRT"))
        yield "timezone_seconds", winter.replace(tzinfo=zone(T(seconds=3208)))
        yield "timezone_fold", winter.replace(tzinfo=zone.utc, fold=1)
        yield "naive_fold", twice.replace(fold=1)
        import zoneinfo
        berlin = zoneinfo.ZoneInfo("Europe/Berlin")
        for name, at in [("summer", summer), ("winter", winter), ("first", twice), ("second", twice.replace(fold=1)),
                         ("lmt", D(1880, 1, 1)), ("far", D(2480, 7, 1))]:
            yield "zoneinfo_" + name, at.replace(tzinfo=berlin)
        yield "zoneinfo_utc", summer.replace(tzinfo=zoneinfo.ZoneInfo("UTC"))
        yield "zoneinfo_kathmandu", summer.replace(tzinfo=zoneinfo.ZoneInfo("Asia/Kathmandu"))
        yield "zoneinfo_lord_howe", D(2024, 4, 7, 1, 45, fold=1, tzinfo=zoneinfo.ZoneInfo("Australia/Lord_Howe"))
    try:
        import pytz
        berlin = pytz.timezone("Europe/Berlin")
        yield "pytz_summer", berlin.localize(summer)
        yield "pytz_winter", berlin.localize(winter)
        yield "pytz_first", berlin.localize(twice, is_dst=True)
        yield "pytz_second", berlin.localize(twice, is_dst=False)
        yield "pytz_lmt", winter.replace(tzinfo=berlin)
        yield "pytz_utc", summer.replace(tzinfo=pytz.utc)
        yield "pytz_fixed", summer.replace(tzinfo=pytz.FixedOffset(-210))
        yield "pytz_static", pytz.timezone("Etc/GMT+5").localize(summer)
    except ImportError:
        pass
    try:
        from dateutil import tz
        berlin = tz.gettz("Europe/Berlin")
        yield "dateutil_utc", summer.replace(tzinfo=tz.tzutc())
        yield "dateutil_offset", summer.replace(tzinfo=tz.tzoffset("X", 5400))
        yield "dateutil_offset_none", summer.replace(tzinfo=tz.tzoffset(None, -12600))
        yield "dateutil_summer", summer.replace(tzinfo=berlin)
        yield "dateutil_winter", winter.replace(tzinfo=berlin)
        yield "dateutil_early", D(1850, 1, 1, tzinfo=berlin)
        if sys.version_info[0] > 2:
            yield "dateutil_first", twice.replace(tzinfo=berlin)
            yield "dateutil_second", twice.replace(tzinfo=berlin, fold=1)
    except ImportError:
        pass
    try:
        from django.utils import timezone
        yield "django_fixed", summer.replace(tzinfo=timezone.get_fixed_timezone(330))
        yield "django_utc", summer.replace(tzinfo=timezone.utc)
    except ImportError:
        pass
    for kind, name in django_old():
        yield kind, name
    try:
        from psycopg2.tz import FixedOffsetTimezone
        yield "psycopg2", summer.replace(tzinfo=FixedOffsetTimezone(offset=120, name=None))
        yield "psycopg2_named", summer.replace(tzinfo=FixedOffsetTimezone(offset=-345, name="X"))
    except ImportError:
        pass
    try:
        from bson import tz_util
        yield "bson_utc", summer.replace(tzinfo=tz_util.utc)
        yield "bson_fixed", summer.replace(tzinfo=tz_util.FixedOffset(-90, "X"))
    except ImportError:
        pass


def django_old():
    """The fixed offset of Django 1.4 to 2.1, which is in no library any more, with the same layout and name."""
    import types

    module = types.ModuleType("django.utils.timezone_old")

    class FixedOffset(datetime.tzinfo):
        def __init__(self, offset=None, name=None):
            if offset is not None:
                self.__offset = T(minutes=offset)
            if name is not None:
                self.__name = name

        def utcoffset(self, dt):
            return self.__offset

    class UTC(datetime.tzinfo):
        def utcoffset(self, dt):
            return T(0)

    names = {}
    for cls in (FixedOffset, UTC):
        cls.__module__ = "django.utils.timezone"
        cls.__qualname__ = cls.__name__
        names[cls.__name__] = cls
    try:
        import django.utils.timezone as real
    except ImportError:
        real = types.ModuleType("django.utils.timezone")
        for name in ("django", "django.utils"):
            sys.modules.setdefault(name, types.ModuleType(name))
        sys.modules["django.utils.timezone"] = real
    for name, cls in names.items():
        setattr(real, name, cls)
    yield "django_fixed_offset", D(2024, 7, 1, 12, tzinfo=FixedOffset(-480, "-0800"))
    yield "django_utc_class", D(2024, 7, 1, 12, tzinfo=UTC())


def main():
    highest = pickle.HIGHEST_PROTOCOL
    for name, made in cases():
        for protocol in range(highest + 1):
            data = pickle.dumps({"at": made}, protocol)
            if len(data) > 2000 and protocol not in (2, highest):
                continue  # a whole table of a zone's changes
            value = pickle.loads(data)["at"]  # protocols before 4 have no fold
            offset = value.utcoffset()
            if offset is None:
                utc, seconds = value, ""
            else:
                utc = value.replace(tzinfo=None) - offset
                seconds = offset.days * 86400 + offset.seconds
            print(PYTHON + "_" + name, protocol, binascii.hexlify(data).decode(), utc.replace(tzinfo=None).isoformat("T"), seconds,
                  getattr(value, "fold", 0), sep="\t")


main()
