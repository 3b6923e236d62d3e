"""Makes arrow.zip: a pandas table and series whose columns are Arrow's, beside one of numpy's.

python3.11 arrow.py ../resources/arrow.zip, with pandas 2.2 and pyarrow 25
"""
import pickle
import sys
import zipfile

import pandas as pd

OUT = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
for i in range(4):
    frame = pd.DataFrame({"n": pd.array([1, None, i], dtype="int64[pyarrow]"),
                          "s": pd.array(["a", None, "c%d" % i], dtype="string[pyarrow]"),
                          "plain": [1.5, 2.5, i]})
    save = {"id": i, "frame": frame, "series": pd.Series(["x", "y"], dtype="string[pyarrow]")}
    OUT.writestr(zipfile.ZipInfo("arrow/%02d.pickle" % i, (2026, 11, 27, 0, 0, 0)), pickle.dumps(save, (2, 4)[i % 2]))
OUT.close()
