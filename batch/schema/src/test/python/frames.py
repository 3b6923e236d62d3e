"""Writes frames.tsv.gz: tables of pandas and numpy, and what Python says of their cells.

Run with pandas 1.1.5 (Python 3.9), 1.5.3 and 2.2.3 (Python 3.11), with numpy 1.19, 1.24 and 2.1:

    (python frames.py; second-python frames.py; third-python frames.py) | gzip -9n > frames.tsv.gz

The names of the cases begin with the version of pandas. Those that begin with "0.2" and "1.0" are in the
layouts of these versions, after their sources (BlockManager.__getstate__, Categorical and DatetimeArray
before NDArrayBacked): pandas 1.5.3 gave the values, and a reducer of this script the layout, since these
versions could not be had for a Python that runs here. Those of pandas 1.1.5, whose layout is 1.0's, are its own.

A line: name, protocol, the pickle of {"at": table}, and a JSON list of the rows. A row has, as text, what SQL
gives for: label, price, n, name, at, atz and its offset in seconds, kind, maybe, txt, ok, took in microseconds.
"""
import copyreg
import io
import json
import pickle
import sys

import numpy as np
import pandas as pd

VERSION = ".".join(pd.__version__.split(".")[:2])
COLUMNS = ["price", "n", "name", "at", "atz", "kind", "maybe", "txt", "ok", "took"]


def text(value):
    """As SQL prints it, in the form that the test asks for."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return [None]
    if isinstance(value, pd.Timestamp):
        wall = value.tz_convert("UTC") if value.tzinfo else value
        shown = [wall.strftime("%Y-%m-%d %H:%M:%S.%f")]
        return shown + ([str(int(value.utcoffset().total_seconds()))] if value.tzinfo else [])
    if isinstance(value, pd.Timedelta):
        return [str(value.value // 1000)]
    if isinstance(value, (bool, np.bool_)):
        return [str(int(value))]
    if isinstance(value, (int, np.integer)):
        return [str(int(value))]
    if isinstance(value, (float, np.floating)):
        return [repr(float(value))]
    return [str(value)]


def rows(frame):
    plain = isinstance(frame.index, (pd.RangeIndex, pd.MultiIndex))
    all_rows = []
    for i in range(len(frame)):
        label = None if plain else frame.index[i]
        row = text(label)[:1]
        for column in COLUMNS:
            value = frame[column].iloc[i] if column in frame else None
            shown = text(value)
            row += shown + ([None] if column == "atz" and len(shown) == 1 else [])
        all_rows.append(row)
    return all_rows


def big():
    return pd.DataFrame({
        "price": [1.5, -2.25, float("nan"), 1e100],
        "n": [1, 2, 3, -2**62],
        "name": ["a", "b\u00e9", None, float("nan")],
        "at": pd.to_datetime(["2024-01-01", "2024-06-01", None, "1999-12-31"]),
        "atz": pd.to_datetime(["2024-01-01", "2024-06-01", None, "1999-12-31"]).tz_localize("Europe/Berlin"),
        "kind": pd.Categorical(["x", "y", None, "x"]),
        "maybe": pd.array([1, None, 3, 4], dtype="Int64"),
        "txt": pd.array(["q", None, "r", ""], dtype="string"),
        "ok": [True, False, True, True],
        "took": pd.to_timedelta(["1 days", "2 hours", None, "5 us"]),
    })


def cases():
    frame = big()
    yield "all", frame
    yield "text_index", frame.set_axis(["r1", "r2", "r3", "r4"], axis=0)
    yield "multi_index", frame.set_axis(pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1), ("b", 2)]), axis=0)
    yield "turned", frame[list(reversed(frame.columns))]
    yield "across", pd.DataFrame(np.arange(8.0).reshape(4, 2) + 0.5, columns=["price", "other"])
    yield "down", pd.DataFrame(np.asfortranarray(np.arange(8.0).reshape(4, 2) + 0.5), columns=["other", "price"])
    yield "part", frame.iloc[1:3]
    yield "objects", pd.DataFrame({"price": [1.5, 2.5], "name": ["x", "y"], "kind": ["u", None]})
    yield "small_types", pd.DataFrame({"price": np.array([1.5, 2.5], "f4"), "n": np.array([7, -7], "i2"),
                                       "maybe": np.array([7, 8], "u1")})
    real = "float64" if VERSION == "1.1" else "Float64"
    yield "nullable", pd.DataFrame({"ok": pd.array([True, None], dtype="boolean"),
                                    "price": pd.array([1.5, np.nan], dtype=real)})
    yield "empty", frame.iloc[:0]
    yield "no_columns", pd.DataFrame(index=pd.RangeIndex(3))
    yield "coded_numbers", pd.DataFrame({"n": pd.Categorical([5, 7, 5])})
    yield "after_insert", insert(frame)
    yield "shifted", frame[["n"]].iloc[1:3]
    yield "periods", pd.DataFrame({"n": [1, 2], "month": pd.period_range("2024-01", periods=2, freq="M")})


def odd():
    """What is not read, or in part."""
    one = np.dtype([("a", "i4")])
    many = np.dtype([("a", "i4"), ("pair", "f8", (2,)), ("inner", [("x", "i2")])])
    return {"n": 1, "masked": np.ma.array([1.5, 2.5], mask=[0, 1]), "grid": np.zeros((2, 2), one), "sub": np.zeros(2, many),
            "void": np.zeros(1, one)[0], "waves": np.array([1 + 2j]), "long": np.longdouble(1.5),
            "periods": pd.Series(pd.period_range("2024-01", periods=2, freq="M")),
            "cut": pd.DataFrame({"a": [1]}, index=pd.IntervalIndex.from_breaks([0, 1])),
            "levels": pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")])),
            "sparse": pd.DataFrame({"s": pd.arrays.SparseArray([0, 1])}), "nat": pd.NaT,
            "mixed": pd.DataFrame({"v": [1, "a", None, 2.5]}), "nested": pd.DataFrame({"d": [{"k": 1}, {"k": 2}]}),
            "reals": pd.Series([float("inf"), 1.0, float("nan")])}


def insert(frame):
    made = frame[["n", "name"]].copy()
    made.insert(0, "price", [1.0, 2.0, 3.0, 4.0])
    made["ok"] = [True, False, False, True]
    return made


class Old(pickle.Pickler):
    """Gives the layouts of pandas 0.2x to 1.2."""

    def __init__(self, out, protocol, version, stand_ins):
        super().__init__(out, protocol)
        self.version = version
        self.stand_ins = stand_ins

    def manager(self, value):
        kind = type(value).__name__
        values = [b.values for b in value.blocks]
        if self.version == "0.2":
            # Times were plain arrays in blocks of two dimensions, those with a zone an index.
            values = [self.plain(v) for v in values]
        places = [b.mgr_locs.indexer for b in value.blocks]
        axes = list(value.axes)
        items = [value.items[p] for p in places] if kind == "BlockManager" else [value.index]
        extra = {"0.14.1": {"axes": axes, "blocks": [
            dict(values=v, mgr_locs=p) for v, p in zip(values, places)]}}
        made = self.stand_ins[kind]()
        made.state = (axes, values, items, extra)
        return made

    def reducer_override(self, value):
        kind = type(value).__name__
        if kind in ("DataFrame", "Series"):
            state = value.__getstate__()
            state = {k: v for k, v in state.items() if k not in ("attrs", "_flags", "_mgr")}
            return copyreg.__newobj__, (type(value),), {"_data": self.manager(value._mgr), **state}
        if kind == "Categorical":
            state = {"_dtype": value.dtype, "_codes": value._ndarray}
            if self.version == "0.2":
                state = {"_codes": value._ndarray, "_categories": value.categories, "_ordered": False}
            return copyreg.__newobj__, (type(value),), state
        if kind in ("DatetimeArray", "TimedeltaArray"):
            return copyreg.__newobj__, (type(value),), {"_data": value._ndarray, "_dtype": value.dtype, "_freq": None}
        if kind == "StringArray":
            return copyreg.__newobj__, (type(value),), {"_ndarray": value._ndarray, "_dtype": value.dtype}
        return NotImplemented

    def plain(self, array):
        kind = type(array).__name__
        if kind == "DatetimeArray" and array.tz is not None:
            return pd.DatetimeIndex(array.reshape(-1) if array.ndim > 1 else array)
        return array._ndarray if kind in ("DatetimeArray", "TimedeltaArray") else array


def dump_old(value, protocol, version):
    """The pickler looks a class up in its module: it has to find the stand-in there."""
    module = "pandas.core.internals" if version == "0.2" else "pandas.core.internals.managers"
    home = sys.modules[module]
    before = {name: getattr(home, name, None) for name in ("BlockManager", "SingleBlockManager")}
    body = {"__module__": module, "__getstate__": lambda self: self.state}
    stand_ins = {name: type(name, (), dict(body)) for name in before}
    out = io.BytesIO()
    try:
        for name, stand_in in stand_ins.items():
            setattr(home, name, stand_in)
        Old(out, protocol, version, stand_ins).dump(value)
    finally:
        for name, real in before.items():
            setattr(home, name, real)
    return out.getvalue()


def line(name, protocol, dumped, said):
    print("\t".join([name, str(protocol), dumped.hex(), json.dumps(said)]))


def main():
    for name, frame in cases():
        said = rows(frame)
        for protocol in range(6) if name == "all" else (2, 5):
            line(VERSION + "_" + name, protocol, pickle.dumps({"at": frame}, protocol), said)
            if VERSION == "1.5" and protocol == 2:
                for version in ("0.2", "1.0"):
                    line(version + "_" + name, protocol, dump_old({"at": frame}, protocol, version), said)
    if VERSION > "2":
        for protocol in (2, 5):
            line(VERSION + "_odd", protocol, pickle.dumps({"at": odd()}, protocol), [])
        record = {"k%d" % i: i for i in range(20)}
        record["prices"] = big()[["price", "n"]]
        line(VERSION + "_record", 5, pickle.dumps({"at": record}, 5), [])
    frame = big()
    for label in ("price", "name", "atz", "kind"):
        for protocol in (2, 5):
            series = frame.set_axis(["r1", "r2", "r3", "r4"], axis=0)[label]
            line("%s_series_%s" % (VERSION, label), protocol, pickle.dumps({"at": series}, protocol), [])
            if VERSION == "1.5" and protocol == 2:
                line("0.2_series_" + label, protocol, dump_old({"at": series}, protocol, "0.2"), [])
    fields = np.dtype([("price", "f8"), ("n", ">i4"), ("name", "U4"), ("ok", "?"), ("at", "M8[us]")])
    array = np.array([(1.5, 7, "ab", True, "2024-01-01"), (2.5, -7, "", False, "NaT")], fields)
    frame = pd.DataFrame({key: array[key] for key in ("price", "n", "name", "ok", "at")})
    said = rows(frame)
    for protocol in (0, 2, 5):
        line("numpy%s_fields" % np.__version__[:3], protocol, pickle.dumps({"at": array}, protocol), said)
        line("numpy%s_records" % np.__version__[:3], protocol,
             pickle.dumps({"at": array.view(np.recarray)}, protocol), said)
        aligned = array.astype(np.dtype(fields.descr, align=True))
        line("numpy%s_aligned" % np.__version__[:3], protocol, pickle.dumps({"at": aligned}, protocol), said)


main()
