"""Restores the saves of a dump from rows, residues and the mapping's text, as proto/RESIDUE.md says, with nothing of Picklift:

    python3 restore.py [DUMP.ndjson.gz... MAPPING.written]

Compares the SHA-256 of each pickle with the one listed beside it. Python 3.7 or newer, no packages.
"""

import base64
import gzip
import hashlib
import json
import os
import sys

import graph
import meaning
import pickler
import rows

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "resources", "restorable")
names = ("saves-2.ndjson.gz", "saves-3.ndjson.gz", "mapping.written")
*dumps, mapping = sys.argv[1:] or [os.path.join(folder, name) for name in names]
with open(mapping, encoding="utf-8", newline="\n") as file:
    plan = rows.written(file.read())
wrong = 0
for dump in dumps:
    with gzip.open(dump, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines:
        save = json.loads(line)
        residue = base64.b64decode(save["residue"])
        read = graph.read(residue)
        rows.Rows(plan, meaning.Meaning(read), save["rows"]).run()
        pickle = pickler.Pickler(read).write()
        same = hashlib.sha256(pickle).hexdigest() == save["sha256"]
        wrong += not same
        print("%s  residue %d, protocol %d, %d bytes: %s"
              % (save["save"], residue[0], read.protocol, len(pickle), "the same" if same else "DIFFERENT"))
sys.exit(1 if wrong else 0)
