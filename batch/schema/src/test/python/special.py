"""Makes special.zip: saves with numbers that no column of numbers holds, and what Python says of them.

python3.11 special.py FIELD_CASES ../resources/special.zip

gauges: floats and Decimals that are nan, infinite or -0.0, alone and among values of other kinds. The other folders of
the zip are pickles that people's reports were rebuilt as (FIELD_CASES: a folder each, some pickles in base64).
"""
import base64
import datetime as dt
import decimal
import math
import pathlib
import pickle
import sys
import zipfile

FOLDERS = ["05-numpy", "09-constance-py2", "10-apscheduler", "11-oldstyle", "16-moved-class", "19-gramps",
           "28-container-subclasses", "29-email-dates"]
OUT = zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED)
QUESTIONS = []


def add(path, data):
    OUT.writestr(zipfile.ZipInfo(path, (2026, 11, 27, 0, 0, 0)), data)


def ask(sql, answer):
    QUESTIONS.append("gauges\t%s\t%s" % (sql, answer))


for folder in FOLDERS:
    for file in sorted(pathlib.Path(sys.argv[1], folder).iterdir()):
        data = file.read_bytes()
        if data[:1].isalpha() and data.rstrip().isascii() and not data.rstrip().endswith(b"."):
            data = base64.b64decode(data, validate=True)
        add("%s/%s.pickle" % (folder, file.stem), data)

FLOATS = [1.5, math.nan, math.inf, -math.inf, -0.0, 0.0, 2.25, -3.0]
DECIMALS = ["1.50", "NaN", "Infinity", "-Infinity", "2.75", "-NaN", "sNaN", "0.00"]
MIXED = ["text", math.nan, 5, math.inf, dt.date(2024, 2, 3), decimal.Decimal("NaN"), 2.5, True]
gauges = []
for i in range(16):
    gauges.append({"id": i, "level": FLOATS[i % 8], "price": decimal.Decimal(DECIMALS[i % 8]), "any": MIXED[i % 8],
                   "never": math.nan, "steps": i if i % 4 else math.nan,
                   "past": [{"at": n, "x": FLOATS[(i + n) % 8]} for n in range(i % 3)]})
for i, one in enumerate(gauges):
    add("gauges/%02d.pickle" % i, pickle.dumps(one, (0, 2, 4, 5)[i % 4]))

ask("SELECT COUNT(*) FROM save WHERE level_special = 'nan'", sum(math.isnan(g["level"]) for g in gauges))
ask("SELECT COUNT(*) FROM save WHERE level_special = '-0.0'",
    sum(g["level"] == 0 and math.copysign(1, g["level"]) < 0 for g in gauges))
ask("SELECT COUNT(*) FROM save WHERE level IS NULL AND level_special IS NULL", 0)
ask("SELECT SUM(level) FROM save", repr(sum(g["level"] for g in gauges if math.isfinite(g["level"]))).removesuffix(".0"))
ask("SELECT GROUP_CONCAT(DISTINCT price_special ORDER BY price_special) FROM save",
    ",".join(sorted({str(g["price"]) for g in gauges if not g["price"].is_finite()}, key=str.lower)))
ask("SELECT CONCAT(any_kind, ' ', any_special) FROM save WHERE any_special IS NOT NULL ORDER BY save_id LIMIT 1",
    "float nan")
ask("SELECT COUNT(*) FROM save WHERE never_special = 'nan' AND never IS NULL", len(gauges))
ask("SELECT COUNT(*) FROM save_past WHERE x_special IS NOT NULL",
    sum(not math.isfinite(p["x"]) or str(p["x"]) == "-0.0" for g in gauges for p in g["past"]))
ask("SELECT COUNT(*) FROM save WHERE steps_special = 'nan'", 4)
add("questions.tsv", "\n".join(QUESTIONS) + "\n")
OUT.close()
