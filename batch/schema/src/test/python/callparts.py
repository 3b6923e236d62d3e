"""Makes callparts.zip: complex numbers, times of a class of their own, labels of pandas that stand alone, columns of
Arrow; and what Python says of them.

python3.12 callparts.py ../resources/callparts.zip signals
python2.7 callparts.py ../resources/callparts.zip signals2
python3.12 callparts.py ../resources/callparts.zip values
python3.11 callparts.py ../resources/callparts.zip labels, with pandas 2.2
python3.11 callparts.py ../resources/callparts.zip labels15, with pandas 1.5
python3.11 callparts.py ../resources/callparts.zip arrows, with pandas 2.2 and pyarrow 25

Each adds to the zip, the first makes it.
"""
import datetime as dt
import pickle
import sys
import types
import zipfile

APPLICATION = sys.argv[2]
OUT = zipfile.ZipFile(sys.argv[1], "w" if APPLICATION == "signals" else "a", zipfile.ZIP_DEFLATED)


class Signal(object):
    pass


class Clock(dt.time):
    pass


class Mac(object):
    def __init__(self, data):
        self.data = data

    def __reduce__(self):
        return Mac, (self.data,)


module = types.ModuleType("radio.signals")
sys.modules["radio"] = types.ModuleType("radio")
sys.modules["radio.signals"] = module
for of in (Signal, Clock, Mac):
    of.__module__ = "radio.signals"
    setattr(module, of.__name__, of)


def dump(saves, protocols):
    for i, save in enumerate(saves):
        info = zipfile.ZipInfo("%s/%02d.pickle" % (APPLICATION, i), (2026, 11, 27, 0, 0, 0))
        OUT.writestr(info, pickle.dumps(save, protocols[i % len(protocols)]))


def questions(asked):
    info = zipfile.ZipInfo("%s.tsv" % APPLICATION, (2026, 11, 27, 0, 0, 0))
    OUT.writestr(info, "".join("%s\t%s\t%s\n" % (APPLICATION, sql, answer) for sql, answer in asked))


def signal(i):
    one = Signal()
    one.name = "s%d" % i
    one.gain = complex(i + 0.5, 2 - i / 4.0)
    one.maybe = complex(1, i + 1) if i % 3 else None
    one.loose = complex(0.5, i + 2) if i % 2 else i + 0.25
    one.poles = [complex(n + 1, i + 0.5) for n in range(i % 4)]
    one.starts = Clock(8 + i % 12, i, 1, i)
    one.ends = Clock(20, i) if i % 2 else None
    one.plain = dt.time(7, i)
    one.mac = Mac(b"\x8c\x1b\x2f\xff\x00" + bytes(bytearray([i])))
    return one


if APPLICATION == "signals":
    saves = [signal(i) for i in range(24)]
    dump(saves, (0, 1, 2, 3, 4, 5))
    questions([
        ("SELECT COUNT(*) FROM signals WHERE gain_real > 3 AND gain_imag < 0",
         sum(s.gain.real > 3 and s.gain.imag < 0 for s in saves)),
        ("SELECT COUNT(maybe_imag) FROM signals", sum(s.maybe is not None for s in saves)),
        ("SELECT COUNT(loose) FROM signals", sum(isinstance(s.loose, float) for s in saves)),
        ("SELECT SUM(pole_real) FROM signals_pole", sum(p.real for s in saves for p in s.poles)),
        ("SELECT MAX(starts) FROM signals", max(s.starts for s in saves).isoformat("microseconds")),
        ("SELECT COUNT(*) FROM signals WHERE ends > '20:05:00'", sum(s.ends is not None and s.ends > dt.time(20, 5) for s in saves)),
    ])
elif APPLICATION == "signals2":
    dump([signal(i) for i in range(12)], (0, 1, 2))
elif APPLICATION == "values":
    import fractions
    import pathlib

    def value(i):
        one = Signal()
        one.share = fractions.Fraction(i + 1, 7)
        one.rest = fractions.Fraction(6, i + 11)
        one.span = range(i, i + 9, 2)
        one.part = slice(1, i + 2)
        one.file = pathlib.PurePosixPath("/data/%d" % i)
        one.runs = [{"weights": [(i + n + 1) / 7.0, (n + 2) / 11.0]} for n in range(3)]
        return one

    dump([value(i) for i in range(12)], (2, 3, 5))
elif APPLICATION.startswith("labels"):
    import pandas as pd

    def labels(i):
        return {
            "id": i,
            "names": pd.Index(["n%d" % (n * i) for n in range(4)], name="names"),
            "codes": pd.Index([n * 7 + i for n in range(3)]),
            "days": pd.date_range("2024-01-0%d" % (1 + i), periods=3),
            "times": pd.date_range("2024-07-01 10:00", periods=2, tz="Europe/Berlin") + pd.Timedelta(hours=i),
            "span": pd.RangeIndex(i, 10 * i + 1, 2),
            "pairs": pd.MultiIndex.from_tuples([("a", i), ("b", i + 1)]),
            "kinds": pd.CategoricalIndex(["x", "y", "x"][: 1 + i % 3]),
            "table": pd.DataFrame({"v": [1.5, i]}, index=["one", "two"]),
        }

    saves = [labels(i) for i in range(8)]
    dump(saves, (2, 4, 5))
    if APPLICATION == "labels":
        questions([
            ("SELECT COUNT(*) FROM save_name WHERE value = 'n0'", sum(list(s["names"]).count("n0") for s in saves)),
            ("SELECT SUM(value) FROM save_code", sum(int(n) for s in saves for n in s["codes"])),
            ("SELECT MAX(value) FROM save_day", max(s["days"].max() for s in saves).strftime("%Y-%m-%d %H:%M:%S")),
            ("SELECT MIN(value) FROM save_time",
             min(s["times"].min() for s in saves).tz_convert("UTC").strftime("%Y-%m-%d %H:%M:%S")),
            ("SELECT MAX(span_stop) FROM save", max(s["span"].stop for s in saves)),
            ("SELECT COUNT(*) FROM save_kind WHERE value = 'x'", sum(list(s["kinds"]).count("x") for s in saves)),
        ])
else:
    import pandas as pd
    import pyarrow as pa

    def arrows(i):
        frame = pd.DataFrame({
            "n": pd.array([1, None, i], dtype="int64[pyarrow]"),
            "small": pd.array([i, 2, 3], dtype="uint8[pyarrow]"),
            "ratio": pd.array([0.5, None, i + 0.25], dtype="double[pyarrow]"),
            "name": pd.array(["a", None, "\u00e9%d" % i], dtype="string[pyarrow]"),
            "word": pd.Series(["x", "yy", None], dtype=pd.ArrowDtype(pa.string())),
            "raw": pd.Series([b"\x00", None, b"q" * i], dtype=pd.ArrowDtype(pa.binary())),
            "flag": pd.array([True, None, i % 2 == 0], dtype="bool[pyarrow]"),
            "at": pd.Series([dt.datetime(2024, 1, 1 + i, 5), None, dt.datetime(2001, 2, 3)],
                            dtype=pd.ArrowDtype(pa.timestamp("us"))),
            "day": pd.Series([dt.date(2024, 1, 1 + i), None, dt.date(1999, 12, 31)], dtype=pd.ArrowDtype(pa.date32())),
            "took": pd.Series([dt.timedelta(seconds=i), None, dt.timedelta(1)], dtype=pd.ArrowDtype(pa.duration("ms"))),
            "plain": [1.5, 2.5, i],
        })
        parts = pa.chunked_array([pa.array([i, i + 1]), pa.array([None, 7]), pa.array([9, 10, 11]).slice(1)])
        return {"id": i, "frame": frame, "joined": pd.Series(pd.arrays.ArrowExtensionArray(parts))}

    saves = [arrows(i) for i in range(8)]
    dump(saves, (2, 4, 5))

    def column(name):
        return [v for s in saves for v in s["frame"][name] if v is not pd.NA]

    questions([
        ("SELECT SUM(n) FROM save_frame", sum(column("n"))),
        ("SELECT COUNT(*) FROM save_frame WHERE n IS NULL", len(saves)),
        ("SELECT SUM(small) FROM save_frame", sum(column("small"))),
        ("SELECT SUM(ratio) FROM save_frame", sum(column("ratio"))),
        (u"SELECT COUNT(*) FROM save_frame WHERE name = '\u00e93'", 1),
        ("SELECT COUNT(word) FROM save_frame", len(column("word"))),
        ("SELECT SUM(flag) FROM save_frame", sum(column("flag"))),
        ("SELECT MAX(at) FROM save_frame", max(column("at")).strftime("%Y-%m-%d %H:%M:%S")),
        ("SELECT COUNT(*) FROM save_frame WHERE `day` < '2000-01-01'", sum(d < dt.date(2000, 1, 1) for d in column("day"))),
        ("SELECT SUM(value) FROM save_joined", sum(int(v) for s in saves for v in s["joined"] if v is not pd.NA)),
    ])
OUT.close()
