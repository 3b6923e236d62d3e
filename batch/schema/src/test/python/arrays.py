"""Makes src/test/resources/values/arrays.tsv: pickles of numpy and pandas values, and what Python says of them.

    python3 arrays.py > arrays.tsv       (numpy 1.24 and pandas 1.5, as Debian 12 has them)

A line: name, protocol, the pickle of {"at": value} in hex, then the kind and what Python says: of a scalar its value as
SQL shows it, of an array its dtype, shape, bytes in hex and tolist() as JSON. Names of numpy 2 are put in the place of
those of numpy 1, which differ in nothing else.
"""
import binascii
import datetime
import io
import json
import pickle

import numpy
import pandas


class Numpy2(pickle._Pickler):
    def save_global(self, obj, name=None):
        module = getattr(obj, "__module__", None) or ""
        if module.startswith("numpy.core"):
            text = module.replace("numpy.core", "numpy._core") + "\n" + obj.__name__ + "\n"
            if self.proto >= 4:
                self.save(module.replace("numpy.core", "numpy._core"))
                self.save(obj.__name__)
                self.write(pickle.STACK_GLOBAL)
            else:
                self.write(pickle.GLOBAL + text.encode())
            self.memoize(obj)
        else:
            super().save_global(obj, name)

    dispatch = pickle._Pickler.dispatch.copy()
    dispatch[type(lambda: 0)] = save_global
    dispatch[type(len)] = save_global


def micros(value):
    return "%s.%06d" % (value.strftime("%Y-%m-%d %H:%M:%S"), value.microsecond)


def scalars():
    for order in "<>":
        for code in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
            info = numpy.iinfo(code)
            for name, number in [("min", info.min), ("max", min(info.max, 2 ** 63 - 1)), ("seven", 7)]:
                value = numpy.array([number], order + code)[0]
                yield code + order + name, value, "int", str(int(value))
        for code in ["f2", "f4", "f8"]:
            value = numpy.array([0.1], order + code)[0]
            yield code + order, value, "float", repr(float(value))
    yield "bool_true", numpy.bool_(True), "bool", "1"
    yield "bool_false", numpy.bool_(False), "bool", "0"
    yield "nan", numpy.float64("nan"), "float", "null"
    yield "str", numpy.str_("Gr\u00fc\u00dfe \U0001f600"), "str", "Gr\u00fc\u00dfe \U0001f600"
    yield "bytes", numpy.bytes_(b"\x01\xff"), "bytes", "01FF"
    for unit in ["D", "h", "m", "s", "ms", "us", "ns"]:
        value = numpy.datetime64("2022-05-01T12:30:15.123456", unit)
        yield "datetime_" + unit, value, "datetime", micros(value.astype("M8[us]").astype(datetime.datetime))
    yield "datetime_Y", numpy.datetime64("2022", "Y"), "datetime", "2022-01-01 00:00:00.000000"
    yield "datetime_M", numpy.datetime64("1969-11", "M"), "datetime", "1969-11-01 00:00:00.000000"
    yield "datetime_25s", numpy.datetime64(3, "25s"), "datetime", "1970-01-01 00:01:15.000000"
    yield "datetime_odd_ns", numpy.datetime64(1, "ns"), "other", "null"
    yield "nat", numpy.datetime64("NaT", "s"), "other", "null"
    for unit in ["W", "D", "h", "m", "s", "ms", "us", "ns"]:
        value = numpy.timedelta64(-3000, unit)
        yield "timedelta_" + unit, value, "timedelta", str(int(value / numpy.timedelta64(1, "us")))
    yield "complex", numpy.complex128(1 + 2j), "other", "null"
    yield "timestamp", pandas.Timestamp("2024-07-01 12:30:15.123456"), "datetime", "2024-07-01 12:30:15.123456"
    yield "timestamp_utc", pandas.Timestamp("2024-07-01 12:30:15.123456", tz="UTC"), "instant", "2024-07-01 12:30:15.123456"
    yield "timestamp_berlin", pandas.Timestamp("2024-07-01 12:30", tz="Europe/Berlin"), "instant", "2024-07-01 10:30:00.000000"
    yield "timestamp_ns", pandas.Timestamp(1719837015123456789), "other", "null"
    span = pandas.Timedelta("-1 days +2h")
    yield "pandas_timedelta", span, "timedelta", str(span.value // 1000)


def arrays():
    yield "floats", numpy.array([0.5, 0.1, 1e300])
    yield "big_endian", numpy.array([1, 2, 70000], ">i4")
    yield "matrix", numpy.arange(12, dtype="u1").reshape(3, 4)
    yield "fortran", numpy.asfortranarray(numpy.arange(6, dtype="i2").reshape(2, 3))
    yield "cube", numpy.arange(8, dtype="f4").reshape(2, 2, 2)
    yield "texts", numpy.array(["a", "\u00e4b"])
    yield "bools", numpy.array([True, False])
    yield "empty", numpy.array([], "f8")
    yield "nothing", numpy.zeros((0, 3), "i8")
    yield "point", numpy.array(5)
    yield "objects", numpy.array(["a", 1, None], "O")


def plain(value):
    return json.dumps(value)


def main():
    def out(name, protocol, value, kind, *says):
        for numpy2 in (False, True):
            to = io.BytesIO()
            (Numpy2 if numpy2 else pickle.Pickler)(to, protocol).dump({"at": value})
            data = to.getvalue()
            if numpy2 and b"numpy._core" not in data:
                continue
            hexed = binascii.hexlify(data).decode()
            print("\t".join(["numpy2_" * numpy2 + name, str(protocol), hexed, kind, *says]))

    for name, value, kind, shown in scalars():
        for protocol in (0, 2, 4, 5):
            out(name, protocol, value, kind, shown)
    for name, value in arrays():
        for protocol in (0, 2, 4, 5):
            shape = ",".join(map(str, value.shape))
            order = "F" if name == "fortran" else "C"
            data = "" if value.dtype.kind == "O" else value.tobytes(order).hex().upper()
            out(name, protocol, value, "array", value.dtype.str, shape, data, plain(value.tolist()))


main()
