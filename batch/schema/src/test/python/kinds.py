"""Makes src/test/resources/values/kinds.tsv: pickles of single values of all kinds, as settings tables have them.

    python2.7 kinds.py > kinds.tsv; python3.11 kinds.py >> kinds.tsv

A line: name, protocol, the pickle in hex, the kind, and the value as SQL shows it in the kind's column.
"""
from __future__ import print_function

import binascii
import datetime
import decimal
import pickle
import sys
import uuid

PYTHON = "py%d%d" % sys.version_info[:2]


def micros(value):
    return "%s.%06d" % (value.strftime("%Y-%m-%d %H:%M:%S"), value.microsecond)


def cases():
    stamp = datetime.datetime(2019, 2, 28, 23, 59, 58, 7)
    delta = datetime.timedelta(-2, 3, 4)
    yield "int", 42, "int", "42"
    yield "minus", -7, "int", "-7"
    yield "true", True, "bool", "1"
    yield "false", False, "bool", "0"
    yield "one", 1, "int", "1"
    yield "float", 2.5, "float", "2.5"
    yield "whole_float", 3.0, "float", "3"
    yield "nan", float("nan"), "float", "null"
    yield "text", u"Gr\u00fc\u00dfe", "str", u"Gr\u00fc\u00dfe"
    yield "empty", u"", "str", ""
    yield "digits", u"42", "str", "42"
    yield "decimal", decimal.Decimal("12.50"), "decimal", "12.50"
    yield "date", stamp.date(), "date", "2019-02-28"
    yield "datetime", stamp, "datetime", micros(stamp)
    yield "time", stamp.time(), "time", "23:59:58.000007"
    yield "timedelta", delta, "timedelta", str(delta.days * 86400000000 + delta.seconds * 1000000 + delta.microseconds)
    yield "uuid", uuid.UUID(int=2 ** 127 + 5), "uuid", uuid.UUID(int=2 ** 127 + 5).hex.upper()
    yield "none", None, "none", "null"
    yield "list", [1], "other", "null"
    if sys.version_info[0] > 2:
        zoned = stamp.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=-8)))
        yield "instant", zoned, "instant", micros(zoned.astimezone(datetime.timezone.utc))
        yield "bytes", b"\x00\xff", "bytes", "00FF"


def main():
    for name, value, kind, shown in cases():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            data = binascii.hexlify(pickle.dumps(value, protocol)).decode()
            line = u"\t".join([PYTHON + "_" + name, str(protocol), data, kind, shown])
            print(line if sys.version_info[0] > 2 else line.encode("utf-8"))


main()
