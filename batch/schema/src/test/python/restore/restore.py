"""Restores the saves of a dump from rows, residues and the mapping's text, as proto/RESIDUE.md says, with nothing of Picklift:

    python3 restore.py [DUMP.ndjson.gz MAPPING.written]

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
dump, mapping = sys.argv[1:] or (os.path.join(folder, "saves-2.ndjson.gz"), os.path.join(folder, "mapping.written"))
with open(mapping, encoding="utf-8", newline="\n") as file:
    plan = rows.written(file.read())
wrong = 0
with gzip.open(dump, "rt", encoding="utf-8") as file:
    for line in file:
        save = json.loads(line)
        read = graph.read(base64.b64decode(save["residue"]))
        rows.Rows(plan, meaning.Meaning(read), save["rows"]).run()
        pickle = pickler.Pickler(read).write()
        same = hashlib.sha256(pickle).hexdigest() == save["sha256"]
        wrong += not same
        print("%s  protocol %d, %d bytes: %s" % (save["save"], read.protocol, len(pickle), "the same" if same else "DIFFERENT"))
        if not same and os.environ.get("RESTORE_OUT"):
            open(os.path.join(os.environ["RESTORE_OUT"], os.path.basename(save["save"])), "wb").write(pickle)
sys.exit(1 if wrong else 0)
