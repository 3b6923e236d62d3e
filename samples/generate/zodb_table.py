"""RelStorage's object_state: records that ZODB's own ObjectWriter wrote.

Debian 12 has no python3-zodb. Put the folders src/ZODB, src/persistent and src/zodbpickle of these projects' sources into one
folder, build their C parts in place, and name it: ZODB_SOURCES=/path PYTHONPATH=/path python3 samples/generate/zodb_table.py
"""
import datetime
import os
import sys
import types

import sql

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")

# The serializer alone: storages, connections and transactions are not needed.
zodb = types.ModuleType("ZODB")
zodb.__path__ = [os.path.join(os.environ["ZODB_SOURCES"], "ZODB")]
sys.modules["ZODB"] = zodb
for name in ("transaction", "transaction.interfaces"):
    sys.modules[name] = types.ModuleType(name)
for name in ("TransactionError", "TransactionFailedError", "TransientError"):
    setattr(sys.modules["transaction.interfaces"], name, type(name, (Exception,), {}))
    setattr(sys.modules["transaction"], name, getattr(sys.modules["transaction.interfaces"], name))

sys.modules["transaction"].interfaces = sys.modules["transaction.interfaces"]

from persistent import Persistent
from ZODB.serialize import ObjectWriter


class Jar:
    """Gives new objects their ids, as a Connection does."""

    xrefs = True
    databases = {}

    def __init__(self):
        self.last = 0

    def new_oid(self):
        self.last += 1
        return self.last.to_bytes(8, "big")

    def db(self):
        return self

    def register(self, obj):
        pass


def of(module, name, bases=(Persistent,), members=None):
    cls = type(name, bases, dict(members or {}, __module__=module))
    sys.modules.setdefault(module.split(".")[0], types.ModuleType(module.split(".")[0])).__path__ = []
    sys.modules.setdefault(module, types.ModuleType(module))
    setattr(sys.modules[module], name, cls)
    return cls


Folder = of("shop.model", "Folder")
Account = of("shop.model", "Account")
Order = of("shop.model", "Order")
# Its class record comes with arguments, and its references have the object id alone.
Label = of(
    "shop.model",
    "Label",
    members={
        "__new__": lambda cls, text="": Persistent.__new__(cls),
        "__getnewargs__": lambda self: (self.text,),
    },
)


def main():
    jar = Jar()
    root = Folder()
    root._p_jar = jar
    root._p_oid = jar.new_oid()
    root.title = "Shop"
    root.accounts = {}
    accounts = []
    for i in range(6):
        a = Account()
        a.name = "Customer %d" % i
        a.email = "c%d@example.org" % i
        a.since = datetime.date(2020, 1, 1 + i)
        a.balance = 12.5 * i
        # The state refers to the class of the record itself: a get of what the first pickle put.
        a.factory = Account
        accounts.append(a)
        root.accounts["c%d" % i] = a
    for i, a in enumerate(accounts):
        a.friend = accounts[(i + 1) % 6] if i % 2 else None
        a.orders = []
        for j in range(i % 3):
            o = Order()
            o.number = 100 * i + j
            o.account = a
            o.placed = datetime.datetime(2024, 5, 1 + j, 9, i)
            o.lines = [("boots", 1 + j), ("lamp", 2)]
            a.orders.append(o)
        label = Label("vip" if i % 2 else "new")
        label.text = "vip" if i % 2 else "new"
        label.weight = i
        a.label = label
    records = {}
    writer = ObjectWriter(root)
    for o in writer:
        records[o._p_oid] = writer.serialize(o)
    rows = [(int.from_bytes(oid, "big"), 1, len(data), data) for oid, data in sorted(records.items())]
    os.makedirs(os.path.join(HERE, "relstorage"), exist_ok=True)
    sql.write(
        os.path.join(HERE, "relstorage/source.sql"),
        "object_state as RelStorage creates it on MySQL (history-free).",
        """
CREATE TABLE `object_state` (`zoid` BIGINT NOT NULL, `tid` BIGINT NOT NULL, `state_size` BIGINT NOT NULL, `state` LONGBLOB, PRIMARY KEY (`zoid`));
CREATE INDEX `object_state_tid` ON `object_state` (`tid`);""",
        ["zoid", "tid", "state_size", "state"],
        rows,
    )
    print(len(rows), "records")


main()
