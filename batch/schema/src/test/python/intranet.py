# -*- coding: utf-8 -*-
"""The application `intranet` of applications2.zip: documents and their workflow as Python 2.7 pickles them, old-style
classes, unicode and str, long integers: python2.7 intranet.py ZIP (see application_saves.py).
"""
import UserDict
import UserList
import array
import cPickle
import collections
import datetime
import decimal
import pickle
import random
import sets
import sys
import time

from application_saves import Application, home

random.seed(41)


@home("intranet.people")
class Person:
    def __init__(self, login, name, groups):
        self.login, self.name, self.groups = login, name, groups
        self.phone = None


@home("intranet.people")
class Robot(Person):
    def __getinitargs__(self):
        return self.login, self.name, self.groups


@home("intranet.documents")
class Properties(UserDict.UserDict):
    pass


@home("intranet.documents")
class Document:
    pass


@home("intranet.documents")
class Revision(object):
    def __init__(self, n, author, body):
        self.n, self.author, self.body, self.at = n, author, body, 1199145600.25 + n * 3600


@home("intranet.workflow")
class WorkflowError:
    def __init__(self, code, text):
        self.code, self.text = code, text


@home("intranet.workflow")
class Rejected(Exception):
    pass


@home("intranet.workflow")
class State(object):
    __slots__ = ("name", "since", "due")

    def __getstate__(self):
        return self.name, self.since, self.due

    def __setstate__(self, state):
        self.name, self.since, self.due = state


@home("intranet.workflow")
class History(UserList.UserList):
    pass


@home("intranet.forms")
class Field(dict):
    pass


def is_pure(i):
    """Whether pickle.py writes the save, not cPickle."""
    return i % 4 == 3


def document(i):
    people = [Person("anna", u"Anna M\xfcller", ["staff", u"red\xe1ktion"]), Person("bo%d" % i, u"Bo", ["staff"])]
    if not is_pure(i):
        # pickle.py leaves a number of its memo out after __getinitargs__: such a pickle is kept whole, beside its rows.
        people.append(Robot("cron", "Cron", []))
    one = Document()
    one.id = 4000000000L + i
    one.title = u"Protokoll %d \u2013 Sitzung" % i if i % 2 else "Minutes %d" % i
    one.slug = "minutes-%d" % i
    one.body = u"<p>Stra\xdfe %d</p>".encode("latin-1") % i
    one.checksum = "".join(chr((i * 13 + n * 37) % 256) for n in range(16))
    one.author, one.owner = people[i % 2], people[0]
    one.people = people
    one.created = datetime.datetime(2008, 1 + i % 12, 5, i, 30, 0, i * 1000)
    one.expires = datetime.date(2010, 1, 1 + i) if i % 3 else None
    one.review = datetime.time(8, i)
    one.budget = decimal.Decimal("%d.5" % i)
    one.size = 2 ** 31 + i if i % 4 == 0 else random.randrange(5000)
    one.revisions = [Revision(n, people[n % 2], "Text %d" % n if n % 2 else u"Text \xe9 %d" % n) for n in range(1 + i % 4)]
    one.current = one.revisions[-1]
    one.acl = {"staff": ["read"], u"red\xe1ktion": ["read", "write"][:i % 3]}
    one.properties = Properties({"lang": "de", u"ma\xdf": i, "public": i % 2 == 0, "rank": i / 4.0})
    one.state = State()
    one.state.name, one.state.since = ("draft", "review", "published")[i % 3], datetime.datetime(2008, 2, 1 + i)
    one.state.due = None if i % 2 else datetime.timedelta(days=i, seconds=90)
    one.history = History([("created", i, "anna"), (u"ge\xe4ndert", i + 1, u"bo")][:1 + i % 2])
    one.keywords = set(["a", u"\xfc", "c"][:i % 4])
    one.readers = frozenset(["anna"])
    one.related = sets.Set([i, i + 1])
    one.mtime = time.struct_time((2008, 1 + i % 12, 1, 12, 0, i, 1, 32, 0))
    one.error = [None, WorkflowError(40 + i, "locked"), Rejected("no", i), KeyError(u"k%d" % i)][i % 4]
    one.form = Field(label=u"Gr\xfc\xdfe", required=True, maxlen=80L)
    one.votes = collections.defaultdict(int, anna=i, bo=2)
    one.weights = array.array("d", [i * 0.5, 1.25])
    one.extra = {"ids": (1L, 2, 3 + i), "nested": {"a": [1, u"zwei", 3.0], 7: None}, "ratio": complex(i, -1)}
    one.children, one.parent = [], None
    for n in range(i % 3):
        child = Document()
        child.id, child.title, child.slug, child.parent, child.children = one.id * 10 + n, u"Anlage %d" % n, "att-%d" % n, one, []
        one.children.append(child)
    return one


documents = [document(i) for i in range(20)]
intranet = Application(sys.argv[1], "intranet")
for i, one in enumerate(documents):
    intranet.save(i, (pickle if is_pure(i) else cPickle).dumps(one, i % 3))
revisions = [r for d in documents for r in d.revisions]
intranet.ask(u"SELECT id FROM document WHERE title = 'Protokoll 3 \u2013 Sitzung'", documents[3].id)
intranet.ask("SELECT SUM(budget) FROM document WHERE size >= 2147483648", sum(d.budget for d in documents if d.size >= 2 ** 31))
intranet.ask("SELECT COUNT(*) FROM document WHERE state_state_0 = 'review' AND state_state_1 > '2008-02-10'",
             sum(d.state.name == "review" and d.state.since > datetime.datetime(2008, 2, 10) for d in documents))
intranet.ask("SELECT COUNT(*) FROM document WHERE error_code > 45", sum(getattr(d.error, "code", 0) > 45 for d in documents))
intranet.ask("SELECT COUNT(*) FROM document_acl_redaktion WHERE acl_redaktion = 'write'",
             sum("write" in d.acl[u"red\xe1ktion"] for d in documents))
intranet.ask("SELECT COUNT(*) FROM document c JOIN document p ON p.save_id = c.save_id AND p.ordinal = c.parent WHERE p.slug = 'minutes-5'", 2)
intranet.ask(u"SELECT COUNT(*) FROM document d JOIN person p ON p.save_id = d.save_id AND p.ordinal = d.author WHERE p.name = 'Anna M\xfcller'",
             sum(d.author.login == "anna" for d in documents))
intranet.ask("SELECT SUM(properties_data_mass) FROM document WHERE properties_data_rank >= 2.25",
             sum(d.properties[u"ma\xdf"] for d in documents if d.properties["rank"] >= 2.25))
intranet.ask("SELECT slug FROM document WHERE body = X'%s'" % documents[4].body.encode("hex"), "minutes-4")
intranet.ask("SELECT slug FROM document WHERE checksum = X'%s'" % documents[9].checksum.encode("hex"), "minutes-9")
intranet.ask(u"SELECT COUNT(*) FROM revision WHERE body LIKE '%\xe9%'", sum(isinstance(r.body, unicode) for r in revisions))
intranet.ask("SELECT COUNT(*) FROM document WHERE mtime_0_1 = 5 AND created >= '2008-05-05 04:30:00'",
             sum(d.mtime.tm_mon == 5 and d.created >= datetime.datetime(2008, 5, 5, 4, 30) for d in documents))
intranet.ask(u"SELECT COUNT(*) FROM document_keyword WHERE keyword = '\xfc'", sum(u"\xfc" in d.keywords for d in documents))
intranet.ask("SELECT SUM(extra_ratio_real) FROM document WHERE extra_ratio_imag = -1", sum(d.extra["ratio"].real for d in documents))
intranet.close()
