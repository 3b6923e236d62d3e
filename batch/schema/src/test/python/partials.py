"""Makes partials.zip: saves that hold calls which are put off, functools.partial, and what Python says of them.

python3.12 partials.py ../resources/partials.zip && python2.7 partials.py ../resources/partials.zip

queue: jobs whose callbacks differ in what they are given, one of them in two places. queue2: the same of Python 2.
"""
import functools
import pickle
import sys
import types
import zipfile

PYTHON3 = sys.version_info[0] > 2
OUT = zipfile.ZipFile(sys.argv[1], "w" if PYTHON3 else "a", zipfile.ZIP_DEFLATED)


def send(*args, **keywords):
    pass


class Job(object):
    pass


module = sys.modules["queue_app"] = types.ModuleType("queue_app")
for one in (send, Job):
    one.__module__ = "queue_app"
    setattr(module, one.__name__, one)


def job(i):
    one = Job()
    one.number = i
    one.run = functools.partial(send, "user%d" % (i % 4), i * 10, retries=i % 3, urgent=i % 2 == 0)
    one.on_error = functools.partial(send, reason="r%d" % i)
    one.steps = [functools.partial(send, n, to="step%d" % n) for n in range(i % 4)]
    one.again = one.run if i % 5 == 0 else None
    if i == 3:
        one.run.note = "by hand"
    return one


jobs = [job(i) for i in range(24)]
protocols = (0, 1, 2, 3, 4, 5) if PYTHON3 else (0, 1, 2)
for i, one in enumerate(jobs):
    OUT.writestr(zipfile.ZipInfo("queue%s/%02d.pickle" % ("" if PYTHON3 else "2", i), (2026, 11, 27, 0, 0, 0)),
                 pickle.dumps(one, protocols[i % len(protocols)]))
if PYTHON3:
    questions = [
        ("SELECT SUM(run_args_1) FROM job WHERE run_args_0 = 'user1'",
         sum(j.run.args[1] for j in jobs if j.run.args[0] == "user1")),
        ("SELECT COUNT(*) FROM job WHERE run_keywords_retries = 2 AND run_keywords_urgent",
         sum(j.run.keywords["retries"] == 2 and j.run.keywords["urgent"] for j in jobs)),
        ("SELECT on_error_keywords_reason FROM job WHERE number = 7", jobs[7].on_error.keywords["reason"]),
        ("SELECT COUNT(*) FROM job_step WHERE step_keywords_to = 'step1'", sum(len(j.steps) > 1 for j in jobs)),
    ]
    OUT.writestr(zipfile.ZipInfo("questions.tsv", (2026, 11, 27, 0, 0, 0)),
                 "".join("queue\t%s\t%s\n" % question for question in questions))
OUT.close()
