"""Four of the six applications of applications2.zip (application_saves.py says how it is made).

shop: orders with money in Decimal, coupons and enums; chat: a bot's conversations, nested dataclasses with optional
fields and counters; strategy: a game's map, grids and coordinates that refer to each other; buoys: an ocean observatory's
buffers, deques, arrays, complex numbers, times with zones, numpy and pandas.
"""
import array
import collections
import dataclasses
import datetime as dt
import enum
import fractions
import ipaddress
import pickle
import random
import sys
import types
import typing
import uuid
import zoneinfo
from decimal import Decimal

import numpy as np
import pandas as pd

from application_saves import Application, home

random.seed(23)
RNG = np.random.default_rng(23)
UTC = dt.timezone.utc


def saved(name, objects, protocols):
    application = Application(sys.argv[1], name)
    for i, obj in enumerate(objects):
        application.save(i, pickle.dumps(obj, protocols[i % len(protocols)]))
    return application


# ---- shop: orders, a pickle each.
@home("store.money")
class Currency(str, enum.Enum):
    EUR, USD, JPY = "EUR", "USD", "JPY"


@home("store.money")
@dataclasses.dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: Currency


@home("store.orders")
class Status(enum.Enum):
    NEW, PAID, SENT, RETURNED = range(1, 5)


@home("store.shipping")
class Shipping(enum.Enum):
    STANDARD = ("dhl", Decimal("4.90"))
    EXPRESS = ("ups", Decimal("12.00"))


@home("store.coupons")
@dataclasses.dataclass
class Coupon:
    code: str
    until: dt.date | None


@home("store.coupons")
@dataclasses.dataclass
class PercentCoupon(Coupon):
    percent: Decimal


@home("store.coupons")
@dataclasses.dataclass
class AmountCoupon(Coupon):
    off: Money


@home("store.coupons")
@dataclasses.dataclass
class GiftCoupon(Coupon):
    sku: str
    quantity: int


@home("store.customers")
class Address:
    def __init__(self, street, town, country, lines):
        self.street, self.town, self.country, self.lines = street, town, country, lines


@home("store.customers")
class Customer:
    def __init__(self, i):
        self.email = "k%d@example.com" % i
        self.vat_id = "DE%09d" % i if i % 4 == 0 else None
        billing = Address("Lindenweg %d" % i, random.choice(["Köln", "Łódź", "東京"]), "DE", ["c/o Müller"] * (i % 2))
        self.addresses = {"billing": billing,
                          "shipping": billing if i % 3 else Address("Kai 1", "Hamburg", "DE", [])}
        self.newsletter = i % 2 == 0


@home("store.orders")
class Line:
    def __init__(self, i, n, currency):
        self.sku = "A-%03d" % random.randrange(40)
        self.quantity = random.randrange(1, 6)
        self.price = Money(Decimal(random.randrange(100, 90000)).scaleb(0 if currency is Currency.JPY else -2), currency)
        self.tax_rate = random.choice([Decimal("0.19"), Decimal("0.07"), Decimal("0")])
        self.options = [{}, {"size": "L"}, {"size": 42, "engraving": "für %d" % i}, {"gift": True, "wrap": None}][n % 4]


@home("store.orders")
class Order:
    def __init__(self, i):
        currency = list(Currency)[i % 3]
        self.number = 2026000000 + i * 17
        self.key = uuid.UUID(int=random.getrandbits(128), version=4)
        self.customer = Customer(i)
        self.status = list(Status)[i % 4]
        self.shipping = list(Shipping)[i % 2]
        self.placed = dt.datetime(2026, 1 + i % 12, 1 + i, i, i * 2, 7, i * 1001, UTC)
        self.paid = self.placed + dt.timedelta(minutes=i) if self.status is not Status.NEW else None
        self.window = (dt.time(8 + i % 4), dt.time(12 + i % 4, 30))
        self.lines = [Line(i, n, currency) for n in range(1 + i % 4)]
        self.coupons = [(PercentCoupon("P%d" % i, dt.date(2026, 12, 1 + i), Decimal("12.5")),
                         AmountCoupon("A%d" % i, None, Money(Decimal("5.00"), currency)),
                         GiftCoupon("G%d" % i, None, "A-001", i))[n] for n in range(i % 3, 3) if i % 5]
        self.history = [(self.placed + dt.timedelta(hours=n), one, random.choice([None, "by phone", "web"]))
                        for n, one in enumerate(list(Status)[:i % 4 + 1])]
        self.taxes = {}
        for line in self.lines:
            self.taxes[line.tax_rate] = self.taxes.get(line.tax_rate, Decimal(0)) + line.tax_rate * line.price.amount * line.quantity
        self.total = Money(sum(line.price.amount * line.quantity for line in self.lines), currency)
        self.weight = random.uniform(0.1, 30)
        self.seen = {Currency.EUR: i, currency: i + 1}
        self.referrer = ("mail", "spring", i) if i % 4 == 1 else None


orders = [Order(i) for i in range(20)]
lines = [line for o in orders for line in o.lines]
shop = saved("shop", orders, (4, 2, 5))
shop.ask("SELECT COUNT(*) FROM orders WHERE status = 3 AND shipping_0 = 'dhl'",
         sum(o.status is Status.SENT and o.shipping is Shipping.STANDARD for o in orders))
shop.ask("SELECT SUM(l.quantity * m.amount) FROM line l JOIN money m ON m.save_id = l.save_id AND m.ordinal = l.price"
         " WHERE m.currency = 'EUR'",
         "%.2f" % sum(l.quantity * l.price.amount for l in lines if l.price.currency is Currency.EUR))
shop.ask("SELECT COUNT(*) FROM coupon WHERE class_name = 'store.coupons.PercentCoupon' AND percent = 12.5 AND until > '2026-12-05'",
         sum(type(c) is PercentCoupon and c.until > dt.date(2026, 12, 5) for o in orders for c in o.coupons))
shop.ask("SELECT COUNT(*) FROM orders o JOIN address a ON a.save_id = o.save_id AND a.ordinal = o.customer_addresses_billing"
         " WHERE a.town = 'Köln' AND o.customer_vat_id IS NULL",
         sum(o.customer.addresses["billing"].town == "Köln" and o.customer.vat_id is None for o in orders))
shop.ask("SELECT SUM(value) FROM orders_tax WHERE item_key = 0.07", "%.4f" % sum(o.taxes.get(Decimal("0.07"), 0) for o in orders))
shop.ask("SELECT COUNT(*) FROM orders_history WHERE item_1 = 2 AND item_2 = 'by phone'",
         sum(h[1:] == (Status.PAID, "by phone") for o in orders for h in o.history))
shop.ask("SELECT MAX(placed) FROM orders WHERE paid IS NULL",
         max(o.placed for o in orders if o.paid is None).strftime("%Y-%m-%d %H:%M:%S.%f"))
shop.ask("SELECT number FROM orders WHERE key_value = X'%s'" % orders[7].key.hex, orders[7].number)
shop.ask("SELECT COUNT(*) FROM line WHERE options_size_int = 42 OR options_size_str = 'L'",
         sum(l.options.get("size") in (42, "L") for l in lines))
shop.ask("SELECT COUNT(*) FROM orders WHERE window_0 >= '10:00'", sum(o.window[0] >= dt.time(10) for o in orders))
shop.close()


# ---- chat: what a bot keeps of each chat, and the dicts that its framework keeps.
@home("bot.nlu")
@dataclasses.dataclass
class Entity:
    kind: str
    value: object
    span: tuple


@home("bot.nlu")
@dataclasses.dataclass
class Intent:
    name: str
    confidence: float
    entities: list = dataclasses.field(default_factory=list)
    ranking: list = dataclasses.field(default_factory=list)


@home("bot.dialogue")
@dataclasses.dataclass(slots=True)
class Turn:
    role: str
    text: str
    at: dt.datetime
    intent: typing.Optional[Intent] = None
    tokens: int = 0


@home("bot.dialogue")
class Phase(enum.Enum):
    GREETING, FORM, HANDOVER = "greeting", "form", "handover"


@home("bot.forms")
@dataclasses.dataclass
class Form:
    name: str
    answers: dict
    missing: set
    attempts: collections.Counter


@home("bot.dialogue")
@dataclasses.dataclass
class Conversation:
    chat_id: int
    phase: Phase
    turns: list
    slots: dict
    topics: collections.defaultdict
    words: collections.Counter
    context: collections.OrderedDict
    feedback: list
    states: dict
    expires: float
    form: typing.Optional[Form] = None
    agent: typing.Optional[str] = None
    messages: list = dataclasses.field(default_factory=list)
    prefs: types.SimpleNamespace = None


def intent(i, n):
    name = random.choice(["book", "cancel", "smalltalk"])
    value = (random.randrange(1, 9), "Köln", dt.date(2026, 5, 1 + i), 12.5, None)[(i + n) % 5]
    return Intent(name, random.random(), [Entity("e%d" % n, value, (n, n + 4))] * ((i + n // 2) % 3),
                  [(one, random.random()) for one in ("book", "cancel")])


def conversation(i):
    start = dt.datetime(2026, 3, 1 + i, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    turns = [Turn(("user", "bot")[n % 2], random.choice(["Hallo 👋", "ja", "два билета", "It's \"fine\"\n"]),
                  start + dt.timedelta(seconds=n * 31, milliseconds=i), intent(i, n) if n % 2 == 0 else None, n * 3)
             for n in range(2 + i % 5)]
    topics = collections.defaultdict(list)
    for n in range(i % 4):
        topics["t%d" % (n % 2)].append(("kw%d" % n, random.random()))
    slots = {"people": i % 6, "date": dt.date(2026, 6, 1 + i) if i % 2 else None, "city": "Bonn", "vip": i % 7 == 0}
    if i % 3 == 0:
        slots["people"] = "a few"
    form = Form("booking", {"name": "N%d" % i, "seats": i}, {"date", "city"} if i % 4 else set(),
                collections.Counter(name=1, date=i)) if i % 2 else None
    messages = [{"role": "user", "content": "q%d" % i},
                {"role": "assistant", "content": None, "tool_calls": [
                    {"id": "call_%d" % i, "type": "function", "function": {"name": "find", "arguments": "{\"n\": %d}" % i}}]},
                {"role": "tool", "tool_call_id": "call_%d" % i, "content": "[]"}][:1 + i % 3]
    return Conversation(
        -1001000000000 - i * 977, list(Phase)[i % 3], turns, slots, topics,
        collections.Counter(" ".join(t.text for t in turns).split()),
        collections.OrderedDict([("last", "ask_%d" % (i % 3)), ("depth", i % 4), ("score", i / 8)]),
        [(n + 1, random.choice([None, "gut", "schlecht"])) for n in range(i % 3)],
        {(-1001000000000 - i * 977, 5000 + n): n % 3 for n in range(1 + i % 3)},
        start.timestamp() + 3600, form, "agent-%d" % i if i % 5 == 0 else None, messages,
        types.SimpleNamespace(lang=random.choice(["de", "en"]), quiet=bool(i % 2), hours=(9, 17 + i % 3)))


chats = [conversation(i) for i in range(24)]
chat = saved("chat", chats, (5, 4, 3, 2))
turns = [t for c in chats for t in c.turns]
chat.ask("SELECT COUNT(*) FROM turn WHERE role = 'user' AND intent_name = 'book' AND intent_confidence > 0.5",
         sum(t.intent is not None and t.intent.name == "book" and t.intent.confidence > 0.5 for t in turns))
chat.ask("SELECT SUM(value) FROM conversation_word WHERE name = 'билета'", sum(c.words["билета"] for c in chats))
chat.ask("SELECT COUNT(*) FROM conversation WHERE slots_people_str = 'a few' AND slots_date IS NULL",
         sum(c.slots["people"] == "a few" and c.slots["date"] is None for c in chats))
chat.ask("SELECT COUNT(*) FROM conversation_state WHERE value = 2 AND key_0 < -1001000010000",
         sum(v == 2 and k[0] < -1001000010000 for c in chats for k, v in c.states.items()))
chat.ask("SELECT COUNT(*) FROM turn WHERE at < '2026-03-10 07:01:00' AND text LIKE '%👋'",
         sum(t.at < dt.datetime(2026, 3, 10, 7, 1, tzinfo=UTC) and t.text.endswith("👋") for t in turns))
chat.ask("SELECT COUNT(*) FROM conversation_form_missing WHERE form_missing = 'city'",
         sum(c.form is not None and "city" in c.form.missing for c in chats))
chat.ask("SELECT COUNT(*) FROM conversation_topic_value v JOIN conversation_topic t ON t.save_id = v.save_id AND t.ordinal = v.conversation_topic_ordinal"
         " WHERE t.name = 't1'", sum(len(c.topics.get("t1", [])) for c in chats))
chat.ask("SELECT COUNT(*) FROM conversation_message WHERE JSON_UNQUOTE(JSON_EXTRACT(tool_calls, '$[0].function.name')) = 'find'",
         sum("tool_calls" in m for c in chats for m in c.messages))
chat.ask("SELECT COUNT(*) FROM conversation WHERE phase = 'handover' AND agent IS NOT NULL",
         sum(c.phase is Phase.HANDOVER and c.agent is not None for c in chats))
chat.ask("SELECT COUNT(*) FROM turn_intent_entity t JOIN entity e ON e.save_id = t.save_id AND e.ordinal = t.intent_entity"
         " WHERE e.value_date > '2026-05-10'", sum(isinstance(e.value, dt.date) and e.value > dt.date(2026, 5, 10)
                                                   for t in turns if t.intent for e in t.intent.entities))
chat.ask("SELECT SUM(form_attempts_date) FROM conversation", sum(c.form.attempts["date"] for c in chats if c.form))
chat.close()


# ---- strategy: a map of grids and hexes, and what stands on it.
@home("realm.grid")
class Coord(typing.NamedTuple):
    q: int
    r: int


@home("realm.grid")
class Terrain(enum.IntEnum):
    SEA, PLAIN, HILL, PEAK = range(4)


@home("realm.grid")
class Tile:
    __slots__ = ("at", "terrain", "neighbours", "units", "resource")

    def __init__(self, at):
        self.at, self.terrain, self.neighbours, self.units = at, random.choice(list(Terrain)), {}, []
        self.resource = random.choice([None, None, ("iron", 3), ("gold", 1)])


@home("realm.play")
class Player:
    def __init__(self, number, game):
        self.number, self.game, self.name = number, game, "King %s" % "ABC"[number]
        self.treasury = random.randrange(0, 5000)
        self.explored = 0
        self.research = {"bronze": 1.0, "sails": random.random()}
        self.cities, self.units, self.capital = [], [], None
        self.seen = set()


@home("realm.play")
class City:
    def __init__(self, owner, tile, n):
        self.owner, self.tile, self.name, self.size = owner, tile, "City %d" % n, 1 + n
        self.buildings = frozenset(random.sample(["wall", "port", "forge", "mill"], n % 4))
        self.queue = collections.deque([("unit", "Archer", 3), ("building", "wall", n)][:n % 3])
        self.trades = {}


@home("realm.play")
class Unit:
    def __init__(self, owner, tile, n):
        self.owner, self.tile, self.id = owner, tile, n
        self.health = 100 - n * 3
        self.path = [Coord(tile.at.q + k, tile.at.r) for k in range(n % 4)]
        self.cargo = None
        tile.units.append(self)


@home("realm.play")
class Ship(Unit):
    def __init__(self, owner, tile, n):
        Unit.__init__(self, owner, tile, n)
        self.hold = []


@home("realm.play")
class Treaty:
    def __init__(self, kind, until):
        self.kind, self.until = kind, until


@home("realm.play")
class Game:
    def __init__(self, i):
        width, height = 6 + i % 3, 5
        self.turn, self.name = i * 10, "Realm %d" % i
        self.tiles = {Coord(q, r): Tile(Coord(q, r)) for q in range(width) for r in range(height)}
        for at, tile in self.tiles.items():
            for name, dq, dr in (("e", 1, 0), ("s", 0, 1)):
                if Coord(at.q + dq, at.r + dr) in self.tiles:
                    tile.neighbours[name] = self.tiles[Coord(at.q + dq, at.r + dr)]
        self.heights = [[random.randrange(-50, 900) for _ in range(width)] for _ in range(height)]
        self.owners = [[random.choice([None, 0, 1, 2]) for _ in range(width)] for _ in range(height)]
        self.moisture = [[round(random.random(), 3) for _ in range(width)] for _ in range(height)]
        self.symbols = ["".join(random.choice("~.^#") for _ in range(width)) for _ in range(height)]
        self.players = [Player(n, self) for n in range(3)]
        free = list(self.tiles.values())
        random.shuffle(free)
        for player in self.players:
            player.cities = [City(player, free.pop(), n) for n in range(1 + (i + player.number) % 3)]
            player.capital = player.cities[0]
            player.units = [(Ship if n % 3 == 2 else Unit)(player, free.pop(), n) for n in range(2 + i % 3)]
            player.seen = {unit.tile.at for unit in player.units}
            player.explored = random.getrandbits(width * height + 40)
            if len(player.units) > 2:
                player.units[2].hold.append(player.units[0])
                player.units[0].cargo = player.units[2]
        self.players[0].cities[0].trades[self.players[1].capital.tile.at] = Decimal("2.5")
        self.relations = {(a, b): random.choice(["war", "peace"]) for a in range(3) for b in range(a)}
        self.treaties = {frozenset([0, n]): Treaty("trade", i + n) for n in range(1, 1 + i % 3)}
        self.roads = {frozenset([Coord(n, 1), Coord(n + 1, 1)]) for n in range(i % 5)}
        self.regions = [frozenset(Coord(q, r) for q in range(2)) for r in range(3)]
        self.agenda = [(n * 5, "raid" if n % 2 else "rest", self.players[n]) for n in range(3)]
        self.rng = random.Random(i).getstate() if i % 6 == 0 else None
        self.active = self.players[i % 3]


games = [Game(i) for i in range(12)]
strategy = saved("strategy", games, (4, 2, 5))
tiles = [t for g in games for t in g.tiles.values()]
players = [p for g in games for p in g.players]
strategy.ask("SELECT COUNT(*) FROM tile WHERE terrain = 3 AND resource_0 = 'iron'",
             sum(t.terrain is Terrain.PEAK and t.resource == ("iron", 3) for t in tiles))
strategy.ask("SELECT COUNT(*) FROM unit u JOIN tile t ON t.save_id = u.save_id AND t.ordinal = u.tile"
             " WHERE u.class_name = 'realm.play.Ship' AND t.terrain = 0",
             sum(type(u) is Ship and u.tile.terrain is Terrain.SEA for p in players for u in p.units))
strategy.ask("SELECT SUM(c.size) FROM city c JOIN player p ON p.save_id = c.save_id AND p.ordinal = c.owner WHERE p.name = 'King A'",
             sum(c.size for p in players for c in p.cities if p.number == 0))
strategy.ask("SELECT COUNT(*) FROM game_relation WHERE key_0 = 2 AND value = 'war'",
             sum(k[0] == 2 and v == "war" for g in games for k, v in g.relations.items()))
strategy.ask("SELECT COUNT(*) FROM tile a JOIN tile b ON b.save_id = a.save_id AND b.ordinal = a.neighbours_e"
             " WHERE a.terrain = 0 AND b.terrain = 1",
             sum(t.terrain == 0 and "e" in t.neighbours and t.neighbours["e"].terrain == 1 for t in tiles))
strategy.ask("SELECT MAX(explored) FROM player", max(p.explored for p in players))
strategy.ask("SELECT SUM(v > 800) FROM game_height, JSON_TABLE(height, '$[*]' COLUMNS (v INT PATH '$')) h",
             sum(v > 800 for g in games for row in g.heights for v in row))
strategy.ask("SELECT CONCAT(t.at_0, ',', t.at_1) FROM game g JOIN player p ON p.save_id = g.save_id AND p.ordinal = g.active"
             " JOIN city c ON c.save_id = p.save_id AND c.ordinal = p.capital JOIN tile t ON t.save_id = c.save_id"
             " AND t.ordinal = c.tile WHERE g.turn = 50", "%d,%d" % games[5].active.capital.tile.at)
strategy.ask("SELECT COUNT(*) FROM treaty WHERE kind = 'trade' AND JSON_CONTAINS(key_value, '2')",
             sum(2 in k for g in games for k in g.treaties))
strategy.ask("SELECT COUNT(*) FROM city_queue WHERE item_1 = 'Archer' AND item_2 = 3",
             sum(("unit", "Archer", 3) in c.queue for p in players for c in p.cities))
strategy.close()


# ---- buoys: what an observatory buffers of each of its buoys.
@home("ocean.samples")
class Quality(enum.IntFlag):
    CALIBRATED, SMOOTHED, SUSPECT = 1, 2, 4


Sample = home("ocean.samples")(collections.namedtuple("Sample", "at height period temperature quality"))


@home("ocean.buoys")
class Buoy:
    def __init__(self, i):
        zone = [UTC, zoneinfo.ZoneInfo("Pacific/Auckland"), dt.timezone(dt.timedelta(hours=-3, minutes=-30), "NST"),
                zoneinfo.ZoneInfo("America/Sao_Paulo")][i % 4]
        self.call_sign, self.wmo = "B-%02d" % i, 62000 + i
        self.address = ipaddress.ip_address("10.0.%d.7" % i if i % 2 else "2001:db8::%x" % i)
        self.network = ipaddress.ip_network("10.0.%d.0/24" % i)
        self.position = complex(round(-40 + i * 1.25, 2), round(170 - i * 2.5, 2))
        self.drift = [complex(random.uniform(-1, 1), random.uniform(-1, 1)) for _ in range(i % 4)]
        self.samples = collections.deque(
            (Sample(dt.datetime(2026, 4, 5, n, 30, i, tzinfo=zone, fold=n % 2), random.uniform(0, 9),
                    float("nan") if n % 4 == 3 else random.uniform(3, 14), np.float32(RNG.uniform(2, 20)), Quality(n % 8))
             for n in range(3 + i % 4)), maxlen=48)
        self.raw = array.array("H", [random.randrange(65536) for _ in range(6)])
        self.gains = array.array("d", [random.random() for _ in range(3)])
        self.packet = bytearray(random.getrandbits(8) for _ in range(12))
        self.calibration = {"thermistor": fractions.Fraction(i + 1, 3), "accelerometer": fractions.Fraction(-7, 8 + i)}
        self.limits = (float("-inf"), 40.0 + i)
        self.serviced = pd.Timestamp("2026-02-%02d 08:15" % (1 + i), tz="Europe/Lisbon" if i % 2 else None)
        self.interval = pd.Timedelta(minutes=15 + i)
        self.uptime = np.timedelta64(3600 * i + 5, "s")
        self.installed = np.datetime64("2024-05-%02d" % (1 + i))
        self.spectrum = {"frequency": np.linspace(0.04, 0.4, 5), "energy": RNG.random(5).astype("f4"),
                         "coefficients": RNG.random(3) + 1j * RNG.random(3),
                         "bins": np.arange(4, dtype="u2")}
        self.tides = {"at": np.datetime64("2026-04-05T00:00", "m") + np.arange(4) * np.timedelta64(373 + i, "m"),
                      "level": np.round(RNG.normal(size=4), 3), "kind": np.array(["high", "low"] * 2),
                      "valid": np.array([True, i % 2 == 0, False, True])}
        casts = 3 + i % 3
        self.profile = pd.DataFrame({
            "depth": np.arange(casts) * 10.0, "salinity": [None if n == 1 else 35 + n / 10 for n in range(casts)],
            "instrument": pd.Categorical(["ctd", "xbt", "ctd", "argo", "xbt"][:casts], ["argo", "ctd", "xbt"]),
            "count": pd.array([n if n % 2 == 0 else None for n in range(casts)], dtype="Int64"),
            "at": [pd.NaT if n == 2 else pd.Timestamp(2026, 4, 5, n, i) for n in range(casts)],
            "remark": ["ok", None, "späť", "", "ok"][:casts], "good": [n != 1 for n in range(casts)]})
        self.hourly = pd.Series(RNG.random(4), index=pd.date_range("2026-04-05", periods=4, freq="h"), name="wind")
        self.track = [(round(170 - i * 2.5 + n / 10, 3), round(-40 + i * 1.25, 3)) for n in range(4)]
        self.fence = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[0.0, 0.5], [i / 2, 0.5], [1, 2]]]},
                      "properties": {"name": "zone %d" % i, "area": i * 10.5}}
        self.rotation = np.eye(3) * i
        self.mode = np.str_("storm" if i % 3 == 0 else "calm")
        self.packets = np.uint64(2**63 + i)
        self.battery = RNG.random() * 12 if i % 5 else None


buoys = [Buoy(i) for i in range(16)]
ocean = saved("buoys", buoys, (5, 4, 2))
samples = [s for b in buoys for s in b.samples]
ocean.ask("SELECT wmo FROM buoy WHERE address_str = '2001:db8::2'", 62002)
ocean.ask("SELECT COUNT(*) FROM buoy_sample WHERE item_0 < '2026-04-04 14:00:00'",
          sum(s.at < dt.datetime(2026, 4, 4, 14, tzinfo=UTC) for s in samples))
ocean.ask("SELECT SUM(UNIX_TIMESTAMP(CONVERT_TZ(item_0, '+00:00', @@session.time_zone))) DIV 1 FROM buoy_sample",
          int(sum(Decimal(s.at.replace(microsecond=0).timestamp()) for s in samples)))
ocean.ask("SELECT COUNT(*) FROM buoy_sample WHERE item_2_special = 'nan' AND item_4 & 4",
          sum(s.period != s.period and bool(s.quality & Quality.SUSPECT) for s in samples))
ocean.ask("SELECT COUNT(*) FROM buoy_profile WHERE instrument = 'xbt' AND salinity IS NULL",
          sum(((b.profile.instrument == "xbt") & b.profile.salinity.isna()).sum() for b in buoys))
ocean.ask("SELECT SUM(count) FROM buoy_profile WHERE at IS NULL", sum(b.profile["count"][b.profile["at"].isna()].sum() for b in buoys))
ocean.ask("SELECT MAX(uptime) FROM buoy", (3600 * 15 + 5) * 10**6)
ocean.ask("SELECT CAST(SUM(value) AS DECIMAL(20, 9)) FROM buoy_hourly WHERE label = '2026-04-05 02:00:00'",
          "%.9f" % sum(b.hourly.iloc[2] for b in buoys))
ocean.ask("SELECT COUNT(*) FROM buoy WHERE position_real < -30 AND position_imag > 160",
          sum(b.position.real < -30 and b.position.imag > 160 for b in buoys))
ocean.ask("SELECT call_sign FROM buoy WHERE packets = 9223372036854775810", "B-02")
ocean.ask("SELECT COUNT(*) FROM buoy, JSON_TABLE(tides_level, '$[*]' COLUMNS (v DOUBLE PATH '$')) t WHERE v > 0.5",
          sum((b.tides["level"] > 0.5).sum() for b in buoys))
ocean.ask("SELECT COUNT(*) FROM buoy WHERE calibration_thermistor_numerator / calibration_thermistor_denominator > 2.5",
          sum(b.calibration["thermistor"] > 2.5 for b in buoys))
ocean.ask("SELECT call_sign FROM buoy WHERE serviced_utc = '2026-02-04 08:15:00'", "B-03")
ocean.close()
