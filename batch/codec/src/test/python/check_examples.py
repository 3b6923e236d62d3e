#!/usr/bin/env python3
"""check_examples.py DIR: does the oracle give what a folder of NAME.pkl with NAME.json or NAME.refused says?"""

import json
import os
import sys

from oracle_json import SPACED, to_json
from oracle_machine import Refused, decode


def parsed(text):
    """JSON as nested tuples, in which 1 and 1.0 and True differ and members have an order."""
    return json.loads(text, object_pairs_hook=lambda pairs: ("object", pairs), parse_int=lambda s: ("int", s),
                      parse_float=lambda s: ("float", float(s), s[0] == "-"))


def main(folder):
    done = wrong = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".pkl"):
            continue
        base = os.path.join(folder, name[:-4])
        with open(base + ".pkl", "rb") as f:
            data = f.read()
        try:
            got = to_json(decode(data).value, SPACED)
        except Refused as e:
            got = e
        done += 1
        if os.path.exists(base + ".refused"):
            right = isinstance(got, Refused)
        else:
            with open(base + ".json", encoding="utf-8") as f:
                right = not isinstance(got, Refused) and repr(parsed(got)) == repr(parsed(f.read()))
        if not right:
            wrong += 1
            print("%s: %s" % (name, got))
    print("%d examples, %d wrong" % (done, wrong))
    return 1 if wrong or not done else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
