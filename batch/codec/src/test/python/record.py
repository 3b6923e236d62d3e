"""Runs CPython's own tests with recording picklers: record.py OUT.txt, under each version of Python (2.7, 3.6 on).

Each line of OUT.txt is a distinct pickle: the test module, pickler ("C" or "py"), flags ("f" fast mode, "c" a pickler's
later dump that goes on with its memo, "p" a plain one), hex. What the tests themselves say is not looked at: replaced picklers fail some.
"""

from __future__ import print_function

import binascii
import importlib
import sys
import unittest

PY3 = sys.version_info[0] == 3
TESTS = """test_pickle test_cpickle test_pickletools test_datetime test_decimal test_collections test_enum test_uuid
test_ordered_dict test_deque test_defaultdict test_set test_array test_range test_slice test_fractions test_exceptions
test_exception_group test_functools test_types test_random test_ipaddress test_pathlib test_typing test_dataclasses
test_bytes test_complex test_copy test_copyreg test_copy_reg test_re test_itertools test_enumerate test_iter
test_zoneinfo test_descr test_builtin test_userdict test_userlist test_weakset test_genericalias test_dict test_list
test_tuple test_structseq test_http_cookies test_cookies test_http_cookiejar test_xml_etree test_xml_etree_c
test_operator test_graphlib test_sets test_logging""".split()
LIMIT = 1 << 20

found = {}
running = [""]


def record(pickler, flags, data):
    if len(data) <= LIMIT:
        found.setdefault((pickler, flags, bytes(data)), running[0])


class Tee(object):
    def __init__(self, out):
        self.out = out
        self.parts = []

    def write(self, data):
        self.parts.append(bytes(data))
        return self.out.write(data)

    def __getattr__(self, name):
        return getattr(self.out, name)

    def take(self):
        data = b"".join(self.parts)
        del self.parts[:]
        return data


def flags_of(pickler):
    flags = ("f" if pickler.fast else "") + ("c" if pickler.recorded_before else "")
    return flags or "p"


def recording3(base, kind):
    class Recording(base):
        def __init__(self, file, *args, **kwargs):
            self.recorded_tee = Tee(file)
            self.recorded_before = False
            if not hasattr(file, "write"):
                base.__init__(self, file, *args, **kwargs)
            base.__init__(self, self.recorded_tee, *args, **kwargs)

        def dump(self, obj):
            self.recorded_tee.take()
            base.dump(self, obj)
            record(kind, flags_of(self), self.recorded_tee.take())
            self.recorded_before = True

        def clear_memo(self):
            self.recorded_before = False
            return base.clear_memo(self)

    Recording.__name__ = Recording.__qualname__ = base.__name__
    Recording.__module__ = base.__module__
    return Recording


def prepare3():
    import pickle
    import _pickle
    c_dumps, c_dump = _pickle.dumps, _pickle.dump

    def dumps(*args, **kwargs):
        data = c_dumps(*args, **kwargs)
        record("C", "p", data)
        return data

    def dump(obj, file, *args, **kwargs):
        tee = Tee(file)
        c_dump(obj, tee, *args, **kwargs)
        record("C", "p", tee.take())

    _pickle.dumps, _pickle.dump, pickle.dumps, pickle.dump = dumps, dump, dumps, dump
    pickle.Pickler = _pickle.Pickler = recording3(_pickle.Pickler, "C")
    pickle._Pickler = recording3(pickle._Pickler, "py")


def prepare2():
    import cPickle
    import pickle
    c_dumps, c_dump, c_pickler = cPickle.dumps, cPickle.dump, cPickle.Pickler
    base = pickle.Pickler

    def dumps(*args, **kwargs):
        data = c_dumps(*args, **kwargs)
        record("C", "p", data)
        return data

    def dump(obj, file, *args):
        tee = Tee(file)
        c_dump(obj, tee, *args)
        record("C", "p", tee.take())

    class Proxy(object):
        def __init__(self, *args, **kwargs):
            own = {"recorded_before": False, "tee": None}
            if args and hasattr(args[0], "write"):
                own["tee"] = Tee(args[0])
                args = (own["tee"],) + args[1:]
            own["real"] = c_pickler(*args, **kwargs)
            self.__dict__.update(own)

        def __getattr__(self, name):
            return getattr(self.__dict__["real"], name)

        def __setattr__(self, name, value):
            setattr(self.real, name, value)

        def dump(self, *args):
            result = self.real.dump(*args)
            if self.tee is not None:
                flags = ("f" if self.real.fast else "") + ("c" if self.recorded_before else "")
                record("C", flags or "p", self.tee.take())
            self.__dict__["recorded_before"] = True
            return result

        def clear_memo(self):
            self.__dict__["recorded_before"] = False
            return self.real.clear_memo()

    cPickle.dumps, cPickle.dump, cPickle.Pickler = dumps, dump, Proxy

    class Recording(base):
        def __init__(self, file, *args, **kwargs):
            self.recorded_tee = Tee(file)
            self.recorded_before = False
            base.__init__(self, self.recorded_tee, *args, **kwargs)

        def dump(self, obj):
            self.recorded_tee.take()
            base.dump(self, obj)
            record("py", flags_of(self), self.recorded_tee.take())
            self.recorded_before = True

        def clear_memo(self):
            self.recorded_before = False
            base.clear_memo(self)

    pickle.Pickler = Recording


def run(name):
    running[0] = name
    try:
        module = importlib.import_module("test." + name)
        loader = unittest.TestLoader()
        suite = loader.loadTestsFromModule(module)
        if not suite.countTestCases() and hasattr(module, "test_main"):
            module.test_main()
            return
        result = unittest.TestResult()
        suite.run(result)
        print(name, result.testsRun, len(result.errors) + len(result.failures), len(found), file=sys.stderr)
    except BaseException as e:
        print(name, "not run:", type(e).__name__, e, file=sys.stderr)


def main(out):
    prepare3() if PY3 else prepare2()
    for name in TESTS:
        run(name)
    with open(out, "w") as f:
        for pickler, flags, data in sorted(found):
            f.write("%s %s %s %s\n" % (found[pickler, flags, data], pickler, flags, binascii.hexlify(data).decode("ascii")))


if __name__ == "__main__":
    main(sys.argv[1])
