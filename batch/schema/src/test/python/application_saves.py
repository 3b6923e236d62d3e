"""What the scripts share that make applications2.zip, each adding its applications to it: pickles, questions, classes in
modules of their own. Python 2.7 and 3.

export PYTHONHASHSEED=0; zip=../resources/applications2.zip; rm $zip
python3.11 applications2.py $zip        (with numpy 2.1 and pandas 2.2)
python3.7 checkpoints.py $zip old; python3.13 checkpoints.py $zip new; python2.7 intranet.py $zip
"""
import sys
import types
import zipfile


class Application(object):
    """An application's saves, and questions in SQL with what Python answers (application, SQL, answer)."""

    def __init__(self, path, name):
        self.zip = zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED)
        self.name = name
        self.questions = []

    def add(self, path, data):
        info = zipfile.ZipInfo(path, (2026, 11, 28, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        self.zip.writestr(info, data)

    def save(self, number, data):
        self.add("%s/%02d.pickle" % (self.name, number), data)

    def ask(self, sql, answer):
        self.questions.append(u"%s\t%s\t%s\n" % (self.name, sql, answer))

    def close(self):
        if self.questions:
            self.add("questions-%s.tsv" % self.name, u"".join(self.questions).encode("utf-8"))
        self.zip.close()


def module(name):
    parts = name.split(".")
    for n in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:n]), types.ModuleType(".".join(parts[:n])))
    return sys.modules[name]


def home(name):
    """Puts a class or function into a module of its own."""
    def put(one):
        one.__module__ = name
        one.__qualname__ = one.__name__
        setattr(module(name), one.__name__, one)
        return one
    return put
