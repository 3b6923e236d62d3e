#!/usr/bin/env python3
"""Makes the corpora: build_corpus.py RECORDED_DIR OUT_DIR [--all]

RECORDED_DIR holds what record.py wrote as VERSION.txt and samples.py as s-VERSION.txt, for each version of Python.
OUT_DIR gets cpython.zip, samples.zip and streams.zip. With --all nothing is left out, 100,000 streams are made
and 100,000 recorded pickles damaged, for a run by hand; without, only some of the sources that repeat themselves, as the files go into git.

Each zip holds pickles.bin, the pickles one after the other, and index.tsv, a line for each in the same order:

    name          the first 16 hex digits of the pickle's SHA-256
    length        of the pickle, in bytes
    source        the test module or sample it comes from
    python        the versions that wrote it, with commas
    pickler       C, py or C,py
    flags         p plain, f fast mode, o pickletools.optimize, c a later dump of a pickler that went on with its memo
    protocol      0 to 5
    c_pickler     1 where a C pickler wrote it (and it can be read without what only its owner knows), so that the writer has to give the same bytes; else 0
    result        ok or refused
    expectation   ok: the first 16 hex digits of the SHA-256 of `oracle.py canonical`'s text (without the line's end)
                  refused: OFFSET:OPCODE
"""

import hashlib
import os
import pickletools
import random
import re
import sys
import zipfile

from oracle_json import COMPACT, to_json
from oracle_machine import Refused, decode
from streams import Stream, streams, text_streams

EPOCH = (2026, 1, 1, 0, 0, 0)
HUGE = 64 * 1024


def short(data):
    return hashlib.sha256(data).hexdigest()[:16]


def expectation(data):
    try:
        return "ok", short(to_json(decode(data).value, COMPACT).encode("ascii"))
    except Refused as e:
        return "refused", "%d:%s" % (e.offset, e.opcode)


def protocol(data):
    if data[:1] == b"\x80" and len(data) > 1:
        return min(data[1], 5)
    try:
        return int(any(op.proto >= 1 for op, _, _ in pickletools.genops(data)))
    except Exception:  # a stream that is no pickle: genops raises much
        return 0


class Entry:
    def __init__(self, data, source):
        self.data = data
        self.source = source
        self.pythons = set()
        self.picklers = set()
        self.flags = set()
        self.c_pickler = 0

    def line(self):
        result, expected = expectation(self.data)
        versions = sorted(self.pythons, key=lambda v: [int(x) for x in v.split(".")])
        return "\t".join([short(self.data), str(len(self.data)), self.source, ",".join(versions), ",".join(sorted(self.picklers)),
                          "".join(sorted(self.flags)), str(protocol(self.data)), str(int(self.c_pickler and result == "ok")), result, expected])


def read(folder, prefix):
    found = {}
    for name in sorted(os.listdir(folder)):
        m = re.fullmatch(prefix + r"(\d+\.\d+)\.txt", name)
        if not m:
            continue
        with open(os.path.join(folder, name)) as f:
            for line in f:
                source, letter, flags, text = line.rstrip("\n").split(" ")
                data = bytes.fromhex(text)
                entry = found.setdefault(data, Entry(data, source))
                entry.pythons.add(m.group(1))
                entry.picklers.add(letter)
                entry.flags.update(flags)
                if letter == "C" and flags in ("p", "f"):
                    entry.c_pickler = 1
    return list(found.values())


def thin(entries, most, most_of, huge):
    """At most so many of a source, chosen by hash; and `huge` of those that are huge."""
    kept, counts = [], {}
    for e in sorted(entries, key=lambda e: short(e.data)):
        key = ("huge", e.source) if len(e.data) > HUGE else e.source
        limit = huge if len(e.data) > HUGE else most_of.get(e.source, most)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= limit:
            kept.append(e)
    return kept


def write(path, entries):
    # Like beside like compresses better.
    entries.sort(key=lambda e: (e.source, protocol(e.data), len(e.data), e.data))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name, content in (("index.tsv", "".join(e.line() + "\n" for e in entries).encode()),
                              ("pickles.bin", b"".join(e.data for e in entries))):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, content)
    print("%s: %d pickles, %d bytes" % (path, len(entries), os.path.getsize(path)))


def made_streams(count):
    for data in dict.fromkeys([*streams(count, 20), *text_streams(count // 5, 21)]):
        yield Entry(data, "streams")


def damaged(entries, count, seed=77):
    """Short recorded pickles, each with a few bytes changed."""
    rnd = random.Random(seed)
    whole = sorted({e.data for e in entries if len(e.data) < 1500})
    made = {}
    while len(made) < count:
        made[Stream(rnd).damaged(whole[int(rnd.random() * len(whole))])] = None
    return [Entry(data, "damaged") for data in made]


def main(recorded, out, everything):
    cpython, samples = read(recorded, ""), read(recorded, "s-")
    if not everything:
        cpython = thin(cpython, 250, {"test_pickle": 10**6, "test_cpickle": 10**6}, 2)
        samples = thin(samples, 150, {"many_objects": 4}, 12)
    write(os.path.join(out, "cpython.zip"), cpython)
    write(os.path.join(out, "samples.zip"), samples)
    made = list(made_streams(100_000 if everything else 2_600))
    write(os.path.join(out, "streams.zip"), made + (damaged(cpython + samples, 100_000) if everything else []))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--all" in sys.argv[3:])
