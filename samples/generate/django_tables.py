"""Sessions, the database cache and a PickledObjectField, written by Django and django-picklefield themselves, on SQLite.

Debian 12: apt-get install python3-django python3-django-picklefield; then /usr/bin/python3 samples/generate/django_tables.py
"""
import datetime
import decimal
import os
import random
import sqlite3
import tempfile
import time
import uuid
from unittest import mock

import sql

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DB = os.path.join(tempfile.mkdtemp(), "db.sqlite3")
NOW = 1714557600.0  # 2024-05-01 10:00 UTC

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="picklift-sample",
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    SESSION_SERIALIZER="django.contrib.sessions.serializers.PickleSerializer",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DB}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shop_cache", "TIMEOUT": 3600}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from picklefield.fields import PickledObjectField


class Config(models.Model):
    """As django-constance's database backend and others have it."""

    key = models.CharField(max_length=255, unique=True)
    value = PickledObjectField(null=True)

    class Meta:
        app_label = "shop"
        db_table = "shop_config"


class Preferences(models.Model):
    owner = models.CharField(max_length=40)
    data = PickledObjectField(compress=True)

    class Meta:
        app_label = "shop"
        db_table = "shop_preferences"


def rows(query):
    with sqlite3.connect(DB) as c:
        return c.execute(query).fetchall()


def sessions(rng):
    words = ["boots", "lamp", "kettle", "scarf", "globe"]
    for i in range(12):
        store = SessionStore()
        key = "%032x" % rng.getrandbits(128)
        store._session_cache = {}
        store["_auth_user_id"] = str(100 + i % 5)
        store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        store["_auth_user_hash"] = "%064x" % rng.getrandbits(256)
        store["last_seen"] = datetime.datetime(2024, 5, 1, 8, i, 30, tzinfo=datetime.timezone.utc)
        store["cart"] = [
            {"sku": rng.choice(words), "quantity": rng.randint(1, 3), "price": decimal.Decimal(rng.randint(500, 9000)) / 100}
            for _ in range(rng.randint(0, 3))
        ]
        if i % 4 == 0:
            store["viewed"] = {rng.randint(1, 50) for _ in range(20)}
        if i % 3 == 2:
            # What Django before 3.1 wrote: base64 of hash:pickle.
            data = store._legacy_encode(store._session) if hasattr(store, "_legacy_encode") else old(store)
        else:
            data = store.encode(store._session)
        expire = timezone.now() + datetime.timedelta(days=14)
        store.model(session_key=key, session_data=data, expire_date=expire).save(force_insert=True)


def old(store):
    import base64

    serialized = store.serializer().dumps(store._session)
    return base64.b64encode(store._hash(serialized).encode() + b":" + serialized).decode("ascii")


class Basket:
    def __init__(self, owner, lines):
        self.owner = owner
        self.lines = lines
        self.total = sum(lines.values())


Basket.__module__ = "shop.models"


def main():
    import sys
    import types

    module = types.ModuleType("shop.models")
    module.Basket = Basket
    sys.modules["shop"] = types.ModuleType("shop")
    sys.modules["shop.models"] = module
    rng = random.Random(16)
    with mock.patch("time.time", lambda: NOW), mock.patch.object(
        timezone, "now", lambda: datetime.datetime.fromtimestamp(NOW, datetime.timezone.utc)
    ):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        with connection.schema_editor() as editor:
            editor.create_model(Config)
            editor.create_model(Preferences)
        sessions(rng)
        for i in range(6):
            cache.set("basket:%d" % i, Basket("u%d" % i, {"boots": 2 * i, "lamp": 5}))
        for i in range(4):
            cache.set("count:%d" % i, 10 ** i)
        cache.set("rates", {"EUR": decimal.Decimal("1.07"), "CHF": decimal.Decimal("1.10")})
        for key, value in [
            ("SITE_NAME", "Lamp shop"), ("OPEN", True), ("MAX_ITEMS", 20), ("VAT", decimal.Decimal("0.19")),
            ("SALE_FROM", datetime.date(2024, 5, 1)), ("OPENS_AT", datetime.time(9, 30)), ("RATIO", 0.5),
            ("COUNTRIES", ["DE", "CH", "AT"]), ("TAG", uuid.UUID(int=7)), ("NOTHING", None),
        ]:
            Config.objects.create(key=key, value=value)
        for i in range(8):
            Preferences.objects.create(owner="u%d" % i, data={"theme": "dark" if i % 2 else "light", "columns": ["name", "price"], "zoom": 100 + i})

    sql.write(
        os.path.join(HERE, "django-sessions/source.sql"),
        "django_session as the migrations of django.contrib.sessions create it on MySQL.",
        """
CREATE TABLE `django_session` (`session_key` varchar(40) NOT NULL PRIMARY KEY, `session_data` longtext NOT NULL, `expire_date` datetime(6) NOT NULL);
CREATE INDEX `django_session_expire_date_a5c62663` ON `django_session` (`expire_date`);""",
        ["session_key", "session_data", "expire_date"],
        rows("SELECT session_key, session_data, expire_date FROM django_session ORDER BY 1"),
    )
    sql.write(
        os.path.join(HERE, "django-cache/source.sql"),
        "A table of Django's database cache as createcachetable creates it on MySQL.",
        """
CREATE TABLE `shop_cache` (`cache_key` varchar(255) NOT NULL PRIMARY KEY, `value` longtext NOT NULL, `expires` datetime(6) NOT NULL);
CREATE INDEX `shop_cache_expires` ON `shop_cache` (`expires`);""",
        ["cache_key", "value", "expires"],
        rows("SELECT cache_key, value, expires FROM shop_cache ORDER BY 1"),
    )
    sql.write(
        os.path.join(HERE, "django-picklefield/source.sql"),
        "A model with a PickledObjectField as its migration creates it on MySQL.",
        """
CREATE TABLE `shop_config` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `key` varchar(255) NOT NULL UNIQUE, `value` longtext NULL);""",
        ["id", "key", "value"],
        rows("SELECT id, key, value FROM shop_config ORDER BY 1"),
    )


main()
