# -*- coding: utf-8 -*-
"""Lives one life: a playerClass of a given save version and size, the same for the same seed.

Runs on CPython 2.7 and 3.6 to 3.13, since the old saves are made by the Python of their time. Only
Random.random() is used: everything above it draws differently from one Python version to the next.
"""
import datetime
import random
from collections import OrderedDict, defaultdict, deque, namedtuple
from decimal import Decimal

from lifesim.character import charClass
from lifesim.conversation import conversationClass
from lifesim.event import eventClass
from lifesim.item import itemClass
from lifesim.job import jobClass
from lifesim.message import messageClass
from lifesim.person import personClass
from lifesim.place import Position
from lifesim.player import playerClass
from lifesim.relationship import relationshipClass

from generator import words

# What decides a life: the same spec gives the same save.
# messages: how many messages; persons, events, items and memories follow from it.
Spec = namedtuple("Spec", ["id", "seed", "version", "messages"])

DAY = datetime.timedelta(days=1)


class Life(object):
    def __init__(self, spec):
        self.spec = spec
        self.draw = random.Random(spec.seed).random
        self.version = spec.version
        self.next_person = 1001
        self.next_message = 1
        self.now = datetime.datetime(2029, 1, 1, 8, 0) + DAY * self.number(2000)

    def number(self, below):
        return int(self.draw() * below)

    def pick(self, among):
        return among[int(self.draw() * len(among))]

    def chance(self, p):
        return self.draw() < p

    def live(self):
        v = self.version
        p = playerClass()
        p.id = self.spec.id
        p.saveVersion = v
        p.date = self.now
        p.dayOfWeek = "Mon Tue Wed Thu Fri Sat Sun".split()[self.now.weekday()]
        p.hourOfDay = self.now.hour
        p.minuteOfHour = self.number(60)
        p.energy = round(self.draw() * 100, 1)
        p.money = round(self.draw() * 100000, 2)
        p.status = self.status()
        p.c = self.person(self.pick(words.LAST), 6 + self.number(60))
        p.r = []
        p.messageLog = deque([], 50) if v >= 3 else []
        p.events = []
        p.job = None
        if v >= 2:
            p.diamonds = self.number(500)
            p.settings = self.settings()
            p.conversations = {}
        else:
            p.bag = dict((self.pick(words.ITEMS), 1 + self.number(9)) for _ in range(3))
        self.family(p)
        self.friends(p)
        self.talk(p)
        self.happenings(p)
        self.work(p)
        if v >= 3:
            self.belongings(p)
        if v >= 4:
            self.places(p)
        return p

    def status(self):
        if self.version < 3:
            return self.pick(["alive", "alive", "alive", "sick", "in jail", "dead"])
        from lifesim.enums import Status

        return self.pick([Status.ALIVE, Status.ALIVE, Status.ALIVE, Status.SICK, Status.IN_JAIL, Status.DEAD])

    def kind(self, name):
        if self.version < 3:
            return name
        from lifesim.enums import Kind

        return Kind(name)

    def settings(self):
        return {
            "theme": self.pick(words.THEMES),
            "language": self.pick(words.LANGUAGES),
            "sound": {"music": round(self.draw(), 2), "effects": round(self.draw(), 2), "mute": self.chance(0.2)},
            "notifications": self.chance(0.5),
            "tutorialDone": True,
            "lastPatch": None,
        }

    def person(self, lastname, years):
        v = self.version
        p = personClass() if v >= 2 else charClass()
        p.id = self.next_person
        self.next_person += 1 + self.number(3)
        p.firstname = self.pick(words.FIRST)
        p.lastname = lastname
        p.ageYears = years
        p.ageDays = years * 365 + self.number(365)
        p.status = self.status()
        p.traits = [self.pick(words.TRAITS) for _ in range(2 + self.number(3))]
        p.memories = []
        p.bio = self.pick(words.BIOS) if self.chance(0.6) else None
        p.spouse = None
        p.children = []
        p.parents = []
        p.relationships = []
        if v >= 2:
            p.birthday = (self.now - DAY * p.ageDays).date()
            p.mood = round(self.draw() * 2 - 1, 3)
        if v >= 4:
            p.skills = dict((s, self.number(101)) for s in words.SKILLS if self.chance(0.4))
        return p

    def relate(self, player, person, kind):
        r = relationshipClass()
        r.id = len(player.r) + 1
        r.player = player
        r.person = person
        r.kind = self.kind(kind)
        r.affection = self.number(101)
        r.since = (self.now - DAY * self.number(3000)).date()
        if self.version >= 2:
            r.trust = round(self.draw(), 4)
            r.flags = set(f for f in ["blocked", "favourite", "met online", "owes money"] if self.chance(0.2))
            # Moments of affection: (days since they met, by how much it went up or down).
            r.history = [(self.number(3000), self.number(21) - 10) for _ in range(self.number(5))]
        player.r.append(r)
        person.relationships.append(r)
        return r

    def family(self, player):
        own = player.c
        mother = self.person(own.lastname, own.ageYears + 20 + self.number(15))
        father = self.person(own.lastname, own.ageYears + 20 + self.number(20))
        mother.spouse, father.spouse = father, mother
        siblings = [self.person(own.lastname, 1 + self.number(60)) for _ in range(self.number(3))]
        for child in [own] + siblings:
            child.parents = [mother, father]
        # One list for both parents, as the game did it: a child added to one is added to the other.
        mother.children = father.children = [own] + siblings
        for person in (mother, father):
            self.relate(player, person, "parent")
        for person in siblings:
            self.relate(player, person, "sibling")

    def friends(self, player):
        for _ in range(2 + self.spec.messages // 18):
            person = self.person(self.pick(words.LAST), max(5, player.c.ageYears - 10 + self.number(21)))
            kind = self.pick(["friend", "friend", "friend", "colleague", "rival", "partner"])
            self.relate(player, person, kind)
            if self.chance(0.1):
                # The rival one works with: two relationships, one person.
                self.relate(player, person, "colleague" if kind == "rival" else "rival")
            for _ in range(self.number(4)):
                person.memories.append(self.memory(player))
        for _ in range(3 + self.spec.messages // 60):
            player.c.memories.append(self.memory(player))

    def memory(self, player):
        if self.version < 3:
            return self.pick(words.MEMORIES)
        return {
            "date": (self.now - DAY * self.number(4000)).date(),
            "text": self.pick(words.MEMORIES),
            "place": self.pick(words.PLACES),
            "weight": round(self.draw() * 10, 1),
        }

    def talk(self, player):
        left = self.spec.messages
        persons = [r.person for r in player.r]
        n = 0
        while left > 0 and n < len(persons):
            # The first conversations are the long ones; the last takes what is left.
            count = left if n == len(persons) - 1 else min(left, 3 + left // 4)
            self.conversation(player, persons[n], count)
            left -= count
            n += 1

    def conversation(self, player, partner, count):
        clock = self.now - DAY * self.number(900)
        if self.version < 2:
            for _ in range(count):
                clock += datetime.timedelta(minutes=self.number(300))
                player.messageLog.append((clock.isoformat(), partner.firstname, self.text(player)))
            return
        key = "p%d" % partner.id
        c = player.conversations.get(key)
        if c is None:
            c = conversationClass()
            c.partner = partner
            c.started = clock
            c.unread = self.number(4)
            c.messages = []
            player.conversations[key] = c
        sender = player.c
        add = c.messages.append
        for i in range(count):
            if self.chance(0.4):
                clock = clock + datetime.timedelta(minutes=1 + self.number(700))
            if self.chance(0.6):
                sender = partner if sender is player.c else player.c
            m = messageClass()
            m.id = self.next_message
            self.next_message += 1
            m.sender = sender
            m.text = self.text(player)
            m.date = clock
            m.read = i < count - c.unread
            add(m)
            if i % 40 == 0:
                player.messageLog.append((clock, sender.firstname, m.text))

    def text(self, player):
        text = self.pick(words.MESSAGES)
        if self.chance(0.25):
            return text
        opener = self.pick(words.OPENERS)
        parts = [opener % player.c.firstname if "%s" in opener else opener, text]
        for _ in range(1 + self.number(14)):
            parts.append(" ")
            parts.append(self.pick(words.MESSAGES))
        return "".join(parts)

    def happenings(self, player):
        persons = [r.person for r in player.r]
        for i in range(2 + self.spec.messages // 25):
            e = eventClass()
            e.id = i + 1
            e.date = (self.now - DAY * self.number(4000)).date()
            e.kind, e.title = self.pick(words.EVENTS).split(":")
            e.participants = [self.pick(persons) for _ in range(self.number(3))]
            e.effects = dict((k, self.number(41) - 20) for k in ("energy", "mood", "money") if self.chance(0.5))
            e.seen = self.chance(0.9)
            if self.version >= 3:
                e.place = self.pick(words.PLACES)
            player.events.append(e)

    def work(self, player):
        if player.c.ageYears < 16:
            return
        if self.version < 3:
            player.job = self.pick(words.TITLES)
            return
        j = jobClass()
        j.title = self.pick(words.TITLES)
        j.employer = self.pick(words.EMPLOYERS)
        j.salary = Decimal("%d.%02d" % (1200 + self.number(6000), self.number(100)))
        j.level = 1 + self.number(5)
        j.since = (self.now - DAY * self.number(2000)).date()
        j.boss = self.pick([r.person for r in player.r])
        j.shifts = (("Mon", 9, 17), ("Tue", 9, 17), ("Thu", 12, 20 + self.number(3)))
        player.job = j

    def belongings(self, player):
        import uuid

        from lifesim.enums import Rarity

        player.uuid = uuid.UUID(int=int(self.draw() * 2**53) << 75 | int(self.draw() * 2**53), version=4)
        utc = datetime.timezone.utc
        player.created = datetime.datetime(2021, 3, 1, 12, tzinfo=utc) + DAY * self.number(900)
        # Naive: the game writes datetime.utcnow() here, and an aware time above.
        player.lastUpdate = player.created.replace(tzinfo=None) + datetime.timedelta(seconds=self.draw() * 9e7)
        player.savings = Decimal("%d.%02d" % (self.number(50000), self.number(100)))
        player.inventory = []
        for i in range(1 + self.spec.messages // 40):
            item = itemClass()
            item.id = i + 1
            item.name = self.pick(words.ITEMS)
            item.rarity = self.pick([Rarity.COMMON, Rarity.COMMON, Rarity.RARE, Rarity.UNIQUE])
            item.price = Decimal("%d.%02d" % (self.number(900), self.number(100)))
            item.quantity = 1 + self.number(5)
            item.bought = self.now - DAY * self.number(1000)
            if self.chance(0.2):
                item.extra = {"engraving": self.pick(words.FIRST), "wear": round(self.draw(), 2)}
            player.inventory.append(item)

    def places(self, player):
        player.home = Position(self.number(512), self.number(512))
        player.visited = set(self.pick(words.PLACES) for _ in range(6))
        player.achievements = frozenset(w for w in ["first love", "millionaire", "marathon", "chef"] if self.chance(0.3))
        player.stats = defaultdict(int)
        for key in ("sent", "received", "fights", "dates", "days worked"):
            player.stats[key] += self.number(5000)
        player.schedule = OrderedDict((hour, words.HOURS[hour]) for hour in range(24))
        player.worldSeed = int(self.draw() * 2**53) << 80 | int(self.draw() * 2**53)
        player.sessionToken = bytes(bytearray(self.number(256) for _ in range(16)))
        player.playTime = datetime.timedelta(hours=self.number(3000), seconds=self.number(3600))
