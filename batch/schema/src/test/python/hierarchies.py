"""Makes hierarchies.zip: pickles of applications whose places hold several classes, or classes and
attributes that were renamed, and what Python says of them (questions.tsv: application, SQL, answer).

python3.11 hierarchies.py ../resources/hierarchies.zip
"""
import io, pickle, random, sys, types, zipfile

OUT = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
QUESTIONS = []
random.seed(5)


def add(path, data):
    OUT.writestr(zipfile.ZipInfo(path, (2026, 11, 26, 0, 0, 0)), data)


def cls(module, name):
    parts = module.split(".")
    for n in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:n]), types.ModuleType(".".join(parts[:n])))
    mod = sys.modules[module]
    made = type(name, (object,), {"__module__": module})
    setattr(mod, name, made)
    return made


def make(of, **attributes):
    obj = of.__new__(of)
    obj.__dict__.update(attributes)
    return obj


def save(application, objects):
    for i, obj in enumerate(objects):
        add("%s/%02d.pickle" % (application, i), pickle.dumps(obj, (2, 4)[i % 2]))


def ask(application, sql, answer):
    QUESTIONS.append("%s\t%s\t%s" % (application, sql, answer))


# Objects of several classes, each owned by one other object: columns of its row.
Order = cls("shop.models", "Order")
Card, Cash, Voucher = (cls("shop.payments", n) for n in ("CardPayment", "CashPayment", "VoucherPayment"))
orders = []
for i in range(24):
    amount = round(random.uniform(1, 90), 2) + 0.001
    payment = (make(Card, amount=amount, number="4000 %04d" % i),
               make(Cash, amount=amount, change=i % 5),
               make(Voucher, amount=amount, code="V%d" % i))[i % 3]
    orders.append(make(Order, no=1000 + i, payment=payment))
save("payments", orders)
ask("payments", "SELECT COUNT(*) FROM orders WHERE payment_amount IS NOT NULL", len(orders))
ask("payments", "SELECT no FROM orders WHERE payment_class = 'shop.payments.CashPayment' AND payment_change = 4 ORDER BY no LIMIT 1",
    next(o.no for o in orders if type(o.payment) is Cash and o.payment.change == 4))
ask("payments", "SELECT ROUND(SUM(payment_amount), 3) FROM orders WHERE payment_class LIKE '%VoucherPayment'",
    "%.3f" % sum(o.payment.amount for o in orders if type(o.payment) is Voucher))

# Members of several classes in one list: rows of one table.
Drawing = cls("draw", "Drawing")
Circle, Rect, Label = (cls("draw.shapes", n) for n in ("CircleShape", "RectShape", "LabelShape"))
drawings = [make(Drawing, title="d%d" % i, shapes=[
    (make(Circle, x=j, y=i, radius=j + 0.5), make(Rect, x=j, y=i, w=2 + j, h=3), make(Label, x=j, y=i, text="t%d" % j))[(i + j) % 3]
    for j in range(3 + i % 4)]) for i in range(12)]
save("drawing", drawings)
every = [s for d in drawings for s in d.shapes]
ask("drawing", "SELECT COUNT(*) FROM shape WHERE x = 2", sum(s.x == 2 for s in every))
ask("drawing", "SELECT COUNT(*) FROM shape WHERE class_name = 'draw.shapes.RectShape'", sum(type(s) is Rect for s in every))
ask("drawing", "SELECT MAX(radius) FROM shape WHERE class_name LIKE '%.CircleShape'", max(s.radius for s in every if type(s) is Circle))

# Objects that several places refer to: a table of their own, with their class.
Zoo = cls("zoo", "Zoo")
Dog, Cat, Bird = (cls("zoo.animals", n) for n in ("DogAnimal", "CatAnimal", "BirdAnimal"))
zoos = []
for i in range(12):
    animals = [(make(Dog, name="Rex%d" % j, tricks=j), make(Cat, name="Mia%d" % j, lives=9 - j), make(Bird, name="Tweet%d" % j, span=j / 4 + 0.1))[j % 3] for j in range(4)]
    zoos.append(make(Zoo, animals=animals, favourite=animals[i % 4]))
save("zoo", zoos)
ask("zoo", "SELECT COUNT(*) FROM zoo z JOIN animal a ON a.save_id = z.save_id AND a.ordinal = z.favourite WHERE a.class_name = 'zoo.animals.CatAnimal'",
    sum(type(z.favourite) is Cat for z in zoos))
ask("zoo", "SELECT COUNT(DISTINCT class_name) FROM animal", 3)

# One such object a save: that no save has two of the classes says nothing.
Job = cls("jobs", "Job")
Daily, Once = cls("jobs.triggers", "DailyTrigger"), cls("jobs.triggers", "OnceTrigger")
jobs = [{"id": i, "trigger": make(Daily, zone="UTC", start=i, hour=i % 24, jitter=None) if i % 2 else make(Once, zone="UTC", start=i, day=i, jitter=None)}
        for i in range(10)]
save("triggers", jobs)
ask("triggers", "SELECT COUNT(*) FROM triggers WHERE class_name = 'jobs.triggers.DailyTrigger'", 5)
ask("triggers", "SELECT s.id FROM save s JOIN triggers t ON t.save_id = s.save_id WHERE t.`hour` = 7", 7)

# Classes and their members that moved to another module.
old = [cls("game.old", n) for n in ("Hero", "Item")]
new = [cls("game.model", n) for n in ("Hero", "Item")]
heroes = []
for i in range(14):
    Hero, Item = new if i >= 6 else old
    items = [make(Item, kind="k%d" % j, weight=j + 0.25) for j in range(3)]
    heroes.append(make(Hero, name="h%d" % i, bag=items, best=items[i % 3]))
save("moved", heroes)
ask("moved", "SELECT COUNT(*) FROM hero", len(heroes))
ask("moved", "SELECT COUNT(*) FROM item WHERE kind = 'k1'", len(heroes))
ask("moved", "SELECT COUNT(*) FROM hero h JOIN item i ON i.save_id = h.save_id AND i.ordinal = h.best WHERE i.kind = 'k0'",
    sum(h.best.kind == "k0" for h in heroes))

# A class with another name, and an attribute with another name, from a day on.
Avatar, Player = cls("mud", "Avatar"), cls("mud", "Player")
players = []
for i in range(30):
    hits = random.randrange(5, 150)
    state = {"name": "p%d" % i}
    state["hitPoints" if i < 15 else "hit_points"] = hits
    state.update(room=random.choice(["inn", "cave", "tower"]), gold=random.randrange(900), level=i % 9)
    players.append(make(Player if i < 15 else Avatar, **state))
save("renamed", players)
points = [p.__dict__.get("hitPoints", p.__dict__.get("hit_points")) for p in players]
ask("renamed", "SELECT COUNT(*) FROM avatar WHERE hit_points IS NOT NULL", len(players))
ask("renamed", "SELECT SUM(hit_points) FROM avatar", sum(points))
ask("renamed", "SELECT MAX(hit_points) FROM avatar", max(points))

# Relatives in one dict, of which those of one class stand elsewhere, too.
Station, News, Music = cls("radio", "Station"), cls("radio", "News"), cls("radio", "Music")
stations = []
for i in range(16):
    shows = {}
    for j in range(4):
        shared = dict(title="t%d.%d" % (i, j), minutes=15 * j + i, room="r%d" % (j % 3))
        shows["s%d.%d" % (i, j)] = (make(News, anchor="a%d" % j, **shared) if j % 2 else
                                    make(Music, genre=("pop", "jazz")[i % 2], **shared))
    stations.append(make(Station, shows=shows, live=shows["s%d.0" % i]))
save("station", stations)
ask("station", "SELECT SUM(minutes) FROM music", sum(s.minutes for x in stations for s in x.shows.values()))
ask("station", "SELECT COUNT(*) FROM music WHERE class_name = 'radio.News' AND anchor = 'a3'",
    sum(getattr(s, "anchor", "") == "a3" for x in stations for s in x.shows.values()))
ask("station", "SELECT COUNT(*) FROM station s JOIN music m ON m.save_id = s.save_id AND m.ordinal = s.live WHERE m.genre = 'jazz'",
    sum(x.live.genre == "jazz" for x in stations))

add("questions.tsv", "\n".join(QUESTIONS) + "\n")
OUT.close()
