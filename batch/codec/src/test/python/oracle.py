#!/usr/bin/env python3
"""What a pickle means, by the written format rules alone: the independent expectation of the codec's tests.

    oracle.py decode FILE...       the JSON form, or "refused at OFFSET, OPCODE: REASON" (exit status 1)
    oracle.py canonical FILE...    the same as compact ASCII JSON, the text whose SHA-256 the corpus index keeps

It runs on Python 3.8 or later, imports nothing a pickle names and calls nothing it names. It shares no code and no
idea with the Java decoder; CHOICES.md beside it lists how it reads what the rules leave open.
"""

import sys

from oracle_json import COMPACT, SPACED, to_json
from oracle_machine import Refused, decode


def main(args):
    if len(args) < 2 or args[0] not in ("decode", "canonical"):
        sys.stderr.write(__doc__)
        return 2
    style = SPACED if args[0] == "decode" else COMPACT
    status = 0
    for path in args[1:]:
        with open(path, "rb") as f:
            data = f.read()
        try:
            print(to_json(decode(data).value, style))
        except Refused as e:
            status = 1
            print("refused at %d, %s: %s" % (e.offset, e.opcode or "end", e.reason))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
