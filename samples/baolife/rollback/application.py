"""The new application: it plays on the tables, one small transaction after the other, and notes what it wrote.

What it notes is said in the game's words (the person 1007 has ageYears 44), so that the game's own classes can be asked for it.
"""
import random

CELLS = [
    # table, column, object, its id's column, attribute, what to write
    ("player", "money", "player", None, "money", "money"),
    ("player", "energy", "player", None, "energy", "tenths"),
    ("player", "hour_of_day", "player", None, "hourOfDay", "hour"),
    ("player", "diamonds", "player", None, "diamonds", "count"),
    ("person", "age_years", "person", "person_id", "ageYears", "age"),
    ("person", "lastname", "person", "person_id", "lastname", "word"),
    ("person", "status", "person", "person_id", "status", "status"),
    ("relationship", "affection", "relationship", "relationship_id", "affection", "hundred"),
    ("message", "message", "message", "message_id", "text", "word"),
    ("message", "is_read", "message", "message_id", "read", "flag"),
    ("event", "seen", "event", "event_id", "seen", "flag"),
    ("inventory_item", "quantity", "item", "item_id", "quantity", "count"),
    ("inventory_item", "price", "item", "item_id", "price", "price"),
]

# table, its owner's table, the owner as an object, the owner's id's column, attribute, the member's column
MEMBERS = [
    ("person_trait", "person", "person", "person_id", "traits", "trait"),
    ("visited_place", "player", "player", None, "visited", "place"),
    ("achievement", "player", "player", None, "achievements", "achievement"),
]

# the same of dicts: the key's column and the value's
KEYS = [
    ("person_skill", "person", "person", "person_id", "skills", "skill", "level"),
    ("stat", "player", "player", None, "stats", "name", "amount"),
]


class Application:
    def __init__(self, connection, seed):
        self.connection = connection
        self.random = random.Random(seed)
        self.expected = {}  # source key -> what the save has to say
        self.kinds = {}
        self.touched = set()  # what was written or deleted already
        self.next_ordinal = {}
        self.number = 0
        self.saves = [row[0:2] for row in self.rows(
            "SELECT s.save_id, s.source_key FROM picklift_save s WHERE s.owner = 'tables' ORDER BY s.source_key")]

    def rows(self, sql, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def play(self, edits):
        done = 0
        while done < edits:
            save, key = self.random.choice(self.saves)
            edit = self.random.choice([self.cell, self.cell, self.cell, self.member, self.entry, self.said, self.gone, self.setting])
            found = edit(save)
            if found is None:
                self.connection.rollback()
                continue
            self.connection.commit()
            self.expected.setdefault(key, []).append(found)
            self.kinds[found[0]] = self.kinds.get(found[0], 0) + 1
            done += 1

    def once(self, *what):
        """Whether nobody has written there yet: each edit is to be found in the end."""
        if what in self.touched:
            return False
        self.touched.add(what)
        return True

    def any_row(self, table, save, columns):
        rows = self.rows("SELECT ordinal, %s FROM %s WHERE save_id = %%s ORDER BY ordinal" % (columns, table), save)
        return self.random.choice(rows) if rows else None

    def ordinal(self, table, save):
        """One that the save never had in that table."""
        if (table, save) not in self.next_ordinal:
            self.next_ordinal[table, save] = self.rows(
                "SELECT COALESCE(MAX(ordinal), -1) + 1 FROM %s WHERE save_id = %%s" % table, save)[0][0]
        self.next_ordinal[table, save] += 1
        return self.next_ordinal[table, save] - 1

    def word(self):
        self.number += 1
        return "drill %d" % self.number

    def value(self, what, save):
        if what == "money":
            return round(self.random.random() * 1e5, 2)
        if what == "tenths":
            return round(self.random.random() * 100, 1)
        if what == "price":
            return "%d.%02d" % (self.random.randrange(1, 900), self.random.randrange(100))
        if what == "status":
            return self.random.choice(self.rows("SELECT DISTINCT status FROM person WHERE save_id = %s AND status IS NOT NULL ORDER BY 1", save))[0]
        if what == "word":
            return self.word()
        return self.random.randrange({"hour": 24, "count": 500, "age": 100, "hundred": 101, "flag": 2}[what])

    def cell(self, save):
        table, column, kind, name, attribute, what = self.random.choice(CELLS)
        row = self.any_row(table, save, "%s, %s" % (column, name or "0"))
        # What the save does not have, or what its column cannot hold, is left alone.
        if row is None or row[1] is None or row[2] is None or (table, save, row[0]) in self.touched:
            return None
        if not self.once(table, save, row[0], column):
            return None
        value = self.value(what, save)
        self.rows("UPDATE %s SET %s = %%s WHERE save_id = %%s AND ordinal = %%s" % (table, column), value, save, row[0])
        return ["cell", kind, row[2], attribute, bool(value) if what == "flag" else value]

    def owner(self, table, owner, name, save):
        """A row that owns some rows of the table: its ordinal and its object's id."""
        rows = self.rows(
            "SELECT DISTINCT o.ordinal, %s FROM %s o JOIN %s m ON m.save_id = o.save_id AND m.%s_ordinal = o.ordinal"
            " WHERE o.save_id = %%s ORDER BY 1" % ("o." + name if name else "0", owner, table, owner), save)
        return self.random.choice(rows) if rows else None

    def member(self, save):
        table, owner_table, kind, name, attribute, column = self.random.choice(MEMBERS)
        owner = self.owner(table, owner_table, name, save)
        if owner is None or owner[1] is None:
            return None
        if self.random.random() < 0.7:
            word = self.word()
            self.rows(
                "INSERT INTO %s (save_id, ordinal, %s_ordinal, position, %s) VALUES (%%s, %%s, %%s, %%s, %%s)"
                % (table, owner_table, column), save, self.ordinal(table, save), owner[0], 1000 + self.number, word)
            return ["member", kind, owner[1], attribute, word]
        rows = self.rows(
            "SELECT MAX(ordinal), %s FROM %s WHERE save_id = %%s AND %s_ordinal = %%s GROUP BY %s HAVING COUNT(*) = 1"
            " AND %s NOT LIKE 'drill%%%%' ORDER BY 1" % (column, table, owner_table, column, column), save, owner[0])
        # The last one stays: there has to be something to make new ones like.
        if len(rows) < 2:
            return None
        ordinal, word = self.random.choice(rows)
        self.ordinal(table, save)
        self.rows("DELETE FROM %s WHERE save_id = %%s AND ordinal = %%s" % table, save, ordinal)
        return ["no member", kind, owner[1], attribute, word]

    def entry(self, save):
        table, owner_table, kind, name, attribute, key, column = self.random.choice(KEYS)
        owner = self.owner(table, owner_table, name, save)
        if owner is None or owner[1] is None:
            return None
        value = self.random.randrange(101)
        word = self.word()
        self.rows(
            "INSERT INTO %s (save_id, ordinal, %s_ordinal, position, %s, %s) VALUES (%%s, %%s, %%s, %%s, %%s, %%s)"
            % (table, owner_table, key, column), save, self.ordinal(table, save), owner[0], 1000 + self.number, word, value)
        return ["entry", kind, owner[1], attribute, [word, value]]

    def said(self, save):
        """Somebody writes a message."""
        owner = self.owner("message", "conversation", "conversation_key", save)
        if owner is None:
            return None
        last = self.rows(
            "SELECT sender FROM message WHERE save_id = %s AND conversation_ordinal = %s AND sender IS NOT NULL"
            " ORDER BY ordinal DESC LIMIT 1", save, owner[0])
        if not last:
            return None
        number = 900000 + self.number
        text = self.word()
        ordinal = self.ordinal("message", save)
        # What was said stays as it was said.
        self.once("message", save, ordinal)
        self.rows(
            "INSERT INTO message (save_id, ordinal, conversation_ordinal, position, message_id, sender, message, sent_at, is_read)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, '2041-05-06 07:08:00', 0)",
            save, ordinal, owner[0], 100000 + self.number, number, last[0][0], text)
        return ["said", "conversation", owner[1], "messages", [number, text]]

    def gone(self, save):
        """A message, a thing or an event is deleted, with what it owns."""
        table, kind, name = self.random.choice(
            [("message", "message", "message_id"), ("inventory_item", "item", "item_id"), ("event", "event", "event_id")])
        row = self.any_row(table, save, name)
        if row is None or row[1] is None or row[1] >= 900000 or any(t[:3] == (table, save, row[0]) for t in self.touched):
            return None
        self.once(table, save, row[0])
        self.ordinal(table, save)
        if table == "event":
            self.rows("DELETE FROM event_participant WHERE save_id = %s AND event_ordinal = %s", save, row[0])
        self.rows("DELETE FROM %s WHERE save_id = %%s AND ordinal = %%s" % table, save, row[0])
        return ["gone", kind, row[1], "", None]

    def setting(self, save):
        row = self.any_row("player", save, "settings, JSON_UNQUOTE(JSON_EXTRACT(settings, '$.language'))")
        if row is None or row[1] is None or row[2] is None or not self.once("settings", save):
            return None
        word = self.word()
        self.rows("UPDATE player SET settings = JSON_SET(settings, '$.language', %s) WHERE save_id = %s", word, save)
        return ["entry", "player", 0, "settings", ["language", word]]
