"""APScheduler's job store, Celery's result table and a SQLAlchemy PickleType, written by the libraries themselves, on SQLite.

Debian 12: apt-get install python3-apscheduler python3-celery python3-sqlalchemy; then /usr/bin/python3 samples/generate/jobs_tables.py
"""
import datetime
import decimal
import os
import random
import sqlite3
import sys
import tempfile
import types

import sql

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FOLDER = tempfile.mkdtemp()


def rows(name, query):
    with sqlite3.connect(os.path.join(FOLDER, name)) as c:
        return c.execute(query).fetchall()


def url(name):
    return "sqlite:///" + os.path.join(FOLDER, name)


tasks = types.ModuleType("shop_tasks")
sys.modules["shop_tasks"] = tasks
exec(
    """
def send_mail(to, subject="Hello"): pass
def clean_up(days): pass
def remind(user): pass
class Receipt:
    def __init__(self, order, total, at):
        self.order = order
        self.total = total
        self.at = at
class OutOfStock(Exception):
    pass
class Board:
    def __init__(self, name, cells):
        self.name = name
        self.cells = cells
""",
    tasks.__dict__,
)


def apscheduler():
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    import pytz

    start = datetime.datetime(2030, 1, 1, 12, 0)
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=url("jobs"))}, timezone=pytz.timezone("Europe/Berlin")
    )
    scheduler.start(paused=True)
    for i in range(4):
        scheduler.add_job("shop_tasks:send_mail", "cron", hour=i, minute="*/15", day_of_week="mon-fri", end_date=start.replace(year=2031),
                          args=["u%d@example.org" % i], kwargs={"subject": "Report"}, id="mail-%d" % i, name="Report %d" % i)
    for i in range(4):
        scheduler.add_job("shop_tasks:clean_up", "interval", hours=2 + i, start_date=start, args=[30], id="clean-%d" % i)
    for i in range(4):
        scheduler.add_job("shop_tasks:remind", "date", run_date=start + datetime.timedelta(days=i), args=["u%d" % i], id="remind-%d" % i, max_instances=2)
    scheduler.shutdown()
    sql.write(
        os.path.join(HERE, "apscheduler/source.sql"),
        "apscheduler_jobs as APScheduler 3's SQLAlchemyJobStore creates it on MySQL.",
        """
CREATE TABLE `apscheduler_jobs` (`id` VARCHAR(191) NOT NULL, `next_run_time` DOUBLE, `job_state` BLOB NOT NULL, PRIMARY KEY (`id`));
CREATE INDEX `ix_apscheduler_jobs_next_run_time` ON `apscheduler_jobs` (`next_run_time`);""",
        ["id", "next_run_time", "job_state"],
        rows("jobs", "SELECT id, next_run_time, job_state FROM apscheduler_jobs ORDER BY 1"),
    )


def celery():
    from celery import Celery
    from celery.backends.database import DatabaseBackend

    at = datetime.datetime(2024, 5, 1, 9)
    for serializer in ("pickle", "json"):
        app = Celery("shop", backend="db+" + url("celery"))
        app.conf.update(result_serializer=serializer, accept_content=["pickle", "json"], result_extended=False)
        backend = DatabaseBackend(app=app, url=url("celery"))
        for i in range(8):
            task = "%s-%04d-0000-0000-000000000000" % ("aaaaaaaa" if serializer == "pickle" else "bbbbbbbb", i)
            if serializer == "json":
                backend.store_result(task, {"order": i, "sent": True, "to": ["u%d" % i]}, "SUCCESS")
            elif i % 4 == 3:
                try:
                    raise tasks.OutOfStock("lamp %d" % i)
                except tasks.OutOfStock as e:
                    backend.store_result(task, e, "FAILURE", traceback="Traceback (most recent call last): ...")
            else:
                backend.store_result(task, tasks.Receipt(1000 + i, decimal.Decimal("12.50") * i, at + datetime.timedelta(minutes=i)), "SUCCESS")
    found = rows("celery", "SELECT id, task_id, status, result, traceback FROM celery_taskmeta ORDER BY 1")
    # Rows of a backend of somebody's own that writes the JSON itself, as they stand after such a change half-way.
    for i in range(4):
        text = '{"order": %d, "sent": false, "to": ["u%d", "u9"]}' % (50 + i, i)
        found.append((17 + i, "cccccccc-%04d-0000-0000-000000000000" % i, "SUCCESS", text.encode(), None))
    sql.write(
        os.path.join(HERE, "celery/source.sql"),
        "celery_taskmeta as Celery 5's database backend creates it on MySQL.",
        """
CREATE TABLE `celery_taskmeta` (`id` INTEGER NOT NULL AUTO_INCREMENT, `task_id` VARCHAR(155), `status` VARCHAR(50), `result` BLOB, `date_done` DATETIME, `traceback` TEXT, PRIMARY KEY (`id`), UNIQUE (`task_id`));""",
        ["id", "task_id", "status", "result", "date_done", "traceback"],
        [row[:4] + (at + datetime.timedelta(minutes=row[0]),) + row[4:] for row in found],
    )


def sqlalchemy():
    from sqlalchemy import Column, Integer, PickleType, String, create_engine
    from sqlalchemy.orm import Session, declarative_base

    Base = declarative_base()

    class Board(Base):
        __tablename__ = "board"
        id = Column(Integer, primary_key=True)
        title = Column(String(80))
        state = Column(PickleType)

    rng = random.Random(16)
    engine = create_engine(url("boards"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for i in range(8):
            cells = [{"x": x, "y": i, "kind": rng.choice(["sea", "hill", "wood"])} for x in range(1 + i % 4)]
            session.add(Board(title="Board %d" % i, state=tasks.Board("b%d" % i, cells)))
        session.add(Board(title="Large", state=tasks.Board("large", ["%08x" % rng.getrandbits(32) for _ in range(7000)])))
        session.commit()
    # A BLOB ends at 65,535 bytes, and a server that is not strict cuts there without a word.
    found = [(i, title, bytes(state)[:65535]) for i, title, state in rows("boards", "SELECT id, title, state FROM board ORDER BY 1")]
    sql.write(
        os.path.join(HERE, "sqlalchemy/source.sql"),
        "A model with a PickleType as SQLAlchemy creates it on MySQL: a BLOB, which ends at 65,535 bytes.",
        """
CREATE TABLE `board` (`id` INTEGER NOT NULL AUTO_INCREMENT, `title` VARCHAR(80), `state` BLOB, PRIMARY KEY (`id`));""",
        ["id", "title", "state"],
        found,
    )


for folder in ("apscheduler", "celery", "sqlalchemy"):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
apscheduler()
celery()
sqlalchemy()
