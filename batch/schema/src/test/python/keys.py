"""Makes keys.zip: dicts whose keys are of several kinds, have parts or are objects, Decimals of different numbers of
places, and what Python says of them.

python3.11 keys.py ../resources/keys.zip
"""
import datetime as dt
import decimal
import enum
import pickle
import sys
import types
import zipfile

OUT = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
QUESTIONS = []


def home(one):
    for name in ("farm", "farm.models"):
        module = sys.modules.setdefault(name, types.ModuleType(name))
    one.__module__, one.__qualname__ = "farm.models", one.__name__
    setattr(module, one.__name__, one)
    return one


@home
class Crop(enum.Enum):
    RYE = "rye"
    OATS = "oats"


@home
class Field:
    def __init__(self, name, area):
        self.name, self.area = name, area


def ask(sql, answer):
    QUESTIONS.append("farm\t%s\t%s" % (sql, answer))


farms = []
for i in range(16):
    fields = [Field("field %d" % n, decimal.Decimal(n) / 4 + i) for n in range(4)]
    farms.append({
        "id": i, "fields": fields,
        "options": {"gift": "yes", 1: "one", i + 10: "many", dt.date(2024, 1, 1 + i): "day", None: "none"},
        "plan": {(2020 + i, Crop.RYE): 1.5 * i, (2021 + i, Crop.OATS): 2.5},
        "yields": {field: 10 * n + i for n, field in enumerate(fields)},
        "regions": {frozenset(["north", "n%d" % i]): i},
        "mostly": {**{"k%d" % n: n for n in range(i % 4)}, **({i: -1} if i % 5 == 0 else {})}})
for i, farm in enumerate(farms):
    OUT.writestr(zipfile.ZipInfo("farm/%02d.pickle" % i, (2026, 11, 27, 0, 0, 0)),
                 pickle.dumps(farm, (0, 2, 4, 5)[i % 4]))

ask("SELECT COUNT(*) FROM save_option WHERE key_str = 'gift' AND value = 'yes'", len(farms))
ask("SELECT COUNT(*) FROM save_option WHERE key_int = 1", len(farms))
ask("SELECT COUNT(*) FROM save_option WHERE key_kind = 'none'", len(farms))
ask("SELECT COUNT(*) FROM save_option WHERE key_date >= '2024-01-10'", sum(i >= 9 for i in range(16)))
ask("SELECT SUM(value) FROM save_plan WHERE key_1 = 'rye' AND key_0 >= 2030",
    repr(sum(v for f in farms for (year, crop), v in f["plan"].items() if crop is Crop.RYE and year >= 2030)).removesuffix(".0"))
ask("SELECT SUM(y.value) FROM save_yield y JOIN field f ON f.save_id = y.save_id AND f.ordinal = y.key_value"
    " WHERE f.name = 'field 3'", sum(v for f in farms for field, v in f["yields"].items() if field.name == "field 3"))
ask("SELECT COUNT(*) FROM field WHERE area = 15.75", sum(f.area == decimal.Decimal("15.75") for x in farms for f in x["fields"]))
ask("SELECT COUNT(*) FROM field WHERE area IS NULL", 0)
OUT.writestr(zipfile.ZipInfo("questions.tsv", (2026, 11, 27, 0, 0, 0)), "\n".join(QUESTIONS) + "\n")
OUT.close()
