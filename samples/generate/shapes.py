"""Applications that Debian does not have, by classes of the same names and shapes: Evennia, Airflow, Google's ADK, Ren'Py.

python3 samples/generate/shapes.py (any Python 3.9 or newer; C's pickler writes them all)
"""
import base64
import collections
import datetime
import io
import os
import pickle
import random
import sys
import types
import zipfile

import sql

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
AT = datetime.datetime(2024, 5, 1, 9)


def folder(name):
    os.makedirs(os.path.join(HERE, name), exist_ok=True)
    return os.path.join(HERE, name, "source.sql")


def of(module, name, bases=(object,), members=None):
    parts = module.split(".")
    for i in range(1, len(parts) + 1):
        path = ".".join(parts[:i])
        if path not in sys.modules:
            sys.modules[path] = types.ModuleType(path)
            sys.modules[path].__path__ = []
    cls = type(name, bases, dict(members or {}, __module__=module))
    setattr(sys.modules[module], name, cls)
    return cls


def evennia():
    """to_pickle() packs a database object as ("__packed_dbobj__", natural key, creation date, id); PickledObjectField is base64."""

    def obj(number):
        return ("__packed_dbobj__", ("objects", "objectdb"), "2024:05:01-09:%02d:00:000000" % number, number)

    values = [
        ("home", obj(2)), ("home", obj(2)), ("owner", obj(5)), ("following", obj(6)), ("owner", obj(7)),
        ("strength", 12), ("strength", 15), ("health", 8.5), ("desc", "A dusty hall."), ("desc", "A lamp, lit."),
        ("is_dark", True), ("last_seen", AT), ("title", None),
        ("inventory", [obj(11), obj(12), obj(13)]), ("inventory", [obj(14)]),
        ("exits", {"north": obj(21), "south": obj(22)}),
        ("stats", {"hp": 10, "mp": 4, "name": "Ida"}), ("stats", {"hp": 7, "mp": 1, "name": "Max"}),
        ("languages", {"common", "elvish"}),
        ("prototype", [("key", "lamp", "", "all()", []), ("typeclass", "typeclasses.objects.Object", "", "all()", [])]),
        ("log", collections.deque([("09:00", "arrived"), ("09:05", "left")], 10)),
    ]
    rows = [
        (i + 1, key, base64.b64encode(pickle.dumps(value, 4)).decode(), None, "", AT, None, "objectdb", None)
        for i, (key, value) in enumerate(values)
    ]
    sql.write(
        folder("evennia"),
        "typeclasses_attribute as Evennia's migrations create it on MySQL.",
        """
CREATE TABLE `typeclasses_attribute` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `db_key` varchar(255) NOT NULL, `db_value` longtext NULL, `db_strvalue` longtext NULL, `db_lock_storage` longtext NOT NULL, `db_date_created` datetime(6) NOT NULL, `db_category` varchar(128) NULL, `db_model` varchar(32) NULL, `db_attrtype` varchar(16) NULL);
CREATE INDEX `typeclasses_attribute_db_key_e0b1e1d4` ON `typeclasses_attribute` (`db_key`);
CREATE TABLE `objects_objectdb` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `db_key` varchar(255) NOT NULL, `db_typeclass_path` varchar(255) NULL);
INSERT INTO `objects_objectdb` (`id`, `db_key`, `db_typeclass_path`) VALUES (2, 'Limbo', 'typeclasses.rooms.Room'), (5, 'Ida', 'typeclasses.characters.Character'), (6, 'Max', 'typeclasses.characters.Character'), (7, 'Eva', 'typeclasses.characters.Character'), (11, 'lamp', 'typeclasses.objects.Object'), (12, 'rope', 'typeclasses.objects.Object'), (13, 'map', 'typeclasses.objects.Object'), (14, 'key', 'typeclasses.objects.Object'), (21, 'hall', 'typeclasses.rooms.Room'), (22, 'yard', 'typeclasses.rooms.Room');""",
        ["id", "db_key", "db_value", "db_strvalue", "db_lock_storage", "db_date_created", "db_category", "db_model", "db_attrtype"],
        rows,
    )


def airflow():
    """enable_xcom_pickling: XCom.serialize_value is pickle.dumps of whatever a task returned."""
    rng = random.Random(16)
    Report = of("dags.shop", "Report")
    rows = []
    for i in range(12):
        if i % 3 == 0:
            value = {"rows": 100 * i, "path": "/data/%d.csv" % i, "finished": AT + datetime.timedelta(hours=i)}
        elif i % 3 == 1:
            value = Report()
            value.day = AT.date() + datetime.timedelta(days=i)
            value.total = round(rng.uniform(10, 900), 2)
            value.top = ["boots", "lamp"][: 1 + i % 2]
        else:
            value = [{"sku": "s%d" % j, "sold": rng.randint(1, 9)} for j in range(3)]
        data = pickle.dumps(value)
        if i == 11:
            # From before enable_xcom_pickling: JSON in the same column.
            data = b'{"rows": 7, "path": "/data/old.csv"}'
        rows.append((i + 1, "load_%d" % (i % 3), -1, "return_value", "shop", "scheduled__2024-05-%02d" % (1 + i // 3), data, AT))
    sql.write(
        folder("airflow-xcom"),
        "xcom as Airflow 2's migrations create it on MySQL.",
        """
CREATE TABLE `xcom` (`dag_run_id` INTEGER NOT NULL, `task_id` VARCHAR(250) NOT NULL, `map_index` INTEGER NOT NULL DEFAULT -1, `key` VARCHAR(250) NOT NULL, `dag_id` VARCHAR(250) NOT NULL, `run_id` VARCHAR(250) NOT NULL, `value` LONGBLOB, `timestamp` TIMESTAMP(6) NOT NULL, PRIMARY KEY (`dag_run_id`, `task_id`, `map_index`, `key`)) CHARACTER SET latin1;""",
        ["dag_run_id", "task_id", "map_index", "key", "dag_id", "run_id", "value", "timestamp"],
        rows,
    )
    Pod = of("kubernetes.client.models.v1_pod", "V1Pod")
    Spec = of("kubernetes.client.models.v1_pod_spec", "V1PodSpec")
    Container = of("kubernetes.client.models.v1_container", "V1Container")
    rows = []
    for i in range(6):
        if i % 2:
            container = Container()
            container.__dict__.update(_name="base", _image="shop:%d" % i, _args=["--day", str(i)])
            spec = Spec()
            spec.__dict__.update(_containers=[container], _node_name=None)
            pod = Pod()
            pod.__dict__.update(_api_version="v1", _kind="Pod", _spec=spec)
            value = {"pod_override": pod}
        else:
            value = {} if i == 0 else {"KubernetesExecutor": {"image": "shop:%d" % i, "request_memory": "%dMi" % (128 * i)}}
        rows.append(("load_%d" % i, "shop", "scheduled__2024-05-01", -1, "success", pickle.dumps(value)))
    sql.write(
        folder("airflow-executor"),
        "The columns of Airflow 2's task_instance that matter here: executor_config is a PickleType, a BLOB on MySQL.",
        """
CREATE TABLE `task_instance` (`task_id` VARCHAR(250) NOT NULL, `dag_id` VARCHAR(250) NOT NULL, `run_id` VARCHAR(250) NOT NULL, `map_index` INTEGER NOT NULL DEFAULT -1, `state` VARCHAR(20), `executor_config` BLOB, PRIMARY KEY (`dag_id`, `task_id`, `run_id`, `map_index`)) CHARACTER SET latin1;""",
        ["task_id", "dag_id", "run_id", "map_index", "state", "executor_config"],
        rows,
    )


def pydantic(module, name):
    """A pydantic model's pickle: its class, and a state of four dicts."""

    def init(self, **values):
        self.__dict__.update(values)

    def getstate(self):
        return {
            "__dict__": dict(self.__dict__),
            "__pydantic_extra__": None,
            "__pydantic_fields_set__": set(self.__dict__),
            "__pydantic_private__": None,
        }

    return of(module, name, members={"__init__": init, "__getstate__": getstate})


def adk():
    Actions = pydantic("google.adk.events.event_actions", "EventActions")
    Compaction = pydantic("google.adk.events.event_actions", "EventCompaction")
    rows = []
    for i in range(10):
        actions = Actions(
            skip_summarization=None if i % 2 else True,
            state_delta={"user:name": "Ida", "step": i} if i % 3 else {},
            artifact_delta={"report.txt": i} if i % 4 == 0 else {},
            transfer_to_agent="billing" if i % 5 == 4 else None,
            escalate=None,
            requested_auth_configs={},
            compaction=Compaction(start_timestamp=1714557600.0 + i, end_timestamp=1714557660.0 + i) if i == 7 else None,
        )
        rows.append(("e%04d" % i, "shop", "u%d" % (i % 3), "s1", "inv%d" % (i // 2), "agent", pickle.dumps(actions), AT + datetime.timedelta(seconds=i)))
    sql.write(
        folder("google-adk"),
        "events as the DatabaseSessionService of Google's ADK creates it on MySQL; more columns stand in it, all of them JSON or text.",
        """
CREATE TABLE `events` (`id` VARCHAR(128) NOT NULL, `app_name` VARCHAR(128) NOT NULL, `user_id` VARCHAR(128) NOT NULL, `session_id` VARCHAR(128) NOT NULL, `invocation_id` VARCHAR(256) NOT NULL, `author` VARCHAR(256) NOT NULL, `actions` LONGBLOB, `timestamp` DATETIME(6) NOT NULL, PRIMARY KEY (`id`, `app_name`, `user_id`, `session_id`));""",
        ["id", "app_name", "user_id", "session_id", "invocation_id", "author", "actions", "timestamp"],
        rows,
    )


def renpy():
    """A save is a zip; its member log is the pickle of (roots, log), protocol 2. Containers are Ren'Py's own subclasses."""
    R = "renpy.revertable"
    RList = of(R, "RevertableList", (list,))
    RDict = of(R, "RevertableDict", (dict,))

    def reduce(self):
        return (RSet, (), ({k: True for k in sorted(list(self))},))

    RSet = of(R, "RevertableSet", (set,), {"__reduce__": reduce, "__setstate__": lambda self, s: self.update(s[0])})
    RObject = of(R, "RevertableObject")
    Character = of("store", "Person", (RObject,))
    Log = of("renpy.rollback", "RollbackLog", (RObject,))
    Rollback = of("renpy.rollback", "Rollback", (RObject,))
    out = os.path.join(HERE, "renpy/saves")
    os.makedirs(out, exist_ok=True)
    for i in range(4):
        people = RList()
        for j, name in enumerate(["Eileen", "Lucy"]):
            person = Character()
            person.name = name
            person.affection = 10 * i + j
            person.items = RList(["letter", "ring"][: j + 1])
            people.append(person)
        roots = {
            "store.people": people, "store.day": 3 + i, "store.player_name": "Sam",
            "store.flags": RDict(met_lucy=bool(i), route="a" if i % 2 else "b"),
            "store.seen": RSet(["intro", "beach"][: 1 + i % 2]), "store.chapter": "ch%d" % i,
        }
        log = Log()
        log.current = None
        log.rollback_limit = 100
        log.log = RList()
        for k in range(2 + i):
            rollback = Rollback()
            rollback.checkpoint = k % 2 == 0
            rollback.identifier = (1714557600 + k, k)
            rollback.objects = []
            log.log.append(rollback)
        with zipfile.ZipFile(os.path.join(out, "%d-1-LT1.save" % (i + 1)), "w", zipfile.ZIP_DEFLATED) as z:
            for name, data in [
                ("screenshot.png", b"\x89PNG\r\n\x1a\n"), ("extra_info", b"Day %d" % i),
                ("json", b'{"_save_name": "Day %d", "_version": "1.0"}' % i), ("renpy_version", b"Ren'Py 8.1.3"),
                ("log", pickle.dumps((roots, log), 2)), ("signatures", b""),
            ]:
                z.writestr(zipfile.ZipInfo(name, (2024, 5, 1, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)


for make in (evennia, airflow, adk, renpy):
    make()
