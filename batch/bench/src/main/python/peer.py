"""CPython's C pickle as a peer: how long loads and dumps take of one file, best and median, with the collector on.

Usage: peer.py MODEL_DIR FILE SECONDS. Prints one line: version, bytes, then seconds of loads (best, median) and dumps.
"""
import gc
import pickle
import statistics
import sys
import time


def times(call, seconds):
    found = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(found) < 5:
        start = time.perf_counter()
        result = call()
        found.append(time.perf_counter() - start)
        # What was made is freed outside of the time that counts.
        del result
    return found


def main():
    model, path, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    sys.path.insert(0, model)
    assert pickle.loads.__module__ == "_pickle" and gc.isenabled()
    with open(path, "rb") as f:
        blob = f.read()
    value = pickle.loads(blob)
    protocol = blob[1]
    times(lambda: pickle.loads(blob), seconds / 4)
    loads = times(lambda: pickle.loads(blob), seconds / 2)
    dumps = times(lambda: pickle.dumps(value, protocol), seconds / 2)
    figures = [min(loads), statistics.median(loads), min(dumps), statistics.median(dumps)]
    print("%d.%d.%d" % sys.version_info[:3], len(blob), *("%.9f" % f for f in figures))


main()
