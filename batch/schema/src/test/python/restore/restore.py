"""Restores the saves of a dump from rows, residues and the mapping's text, as proto/RESIDUE.md says, with nothing of Picklift:

    python3 restore.py [DUMP.ndjson.gz... MAPPING.written]

A line of a dump is a save or a mapping, which is that of the saves after it. Compares the SHA-256 of each pickle with the one
listed beside it. Python 3.8 or newer, no packages.
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
names = ("saves-2.ndjson.gz", "saves-3.ndjson.gz", "values.ndjson.gz", "mapping.written")
*dumps, mapping = sys.argv[1:] or [os.path.join(folder, name) for name in names]
with open(mapping, encoding="utf-8", newline="\n") as file:
    given = rows.written(file.read())
wrong = 0
for dump in dumps:
    with gzip.open(dump, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    plan = given
    for line in lines:
        save = json.loads(line)
        if "mapping" in save:
            plan = rows.written(save["mapping"])
            continue
        residue = base64.b64decode(save["residue"])
        read = graph.read(residue)
        try:
            rows.Rows(plan, meaning.Meaning(read), save["rows"]).run()
            pickle = pickler.Pickler(read).write()
        except (ValueError, LookupError) as e:
            wrong += 1
            print("%s  %s" % (save["save"], e))
            continue
        same = hashlib.sha256(pickle).hexdigest() == save["sha256"]
        wrong += not same
        print("%s  residue %d, protocol %d, %d bytes: %s"
              % (save["save"], residue[0], read.protocol, len(pickle), "the same" if same else "DIFFERENT"))
sys.exit(1 if wrong else 0)
