"""Makes src/test/resources/game: twelve saves of a small game. Run with CPython 3.11 from batch/app."""
import collections, datetime, decimal, enum, pickle, sys, types

game = types.ModuleType("game")
sys.modules["game"] = game


class Rank(enum.Enum):
    PAWN = "pawn"
    KING = "king"


class Player:
    pass


class Friend:
    pass


for c in (Rank, Player, Friend):
    c.__module__ = "game"
    c.__qualname__ = c.__name__
    setattr(game, c.__name__, c)

for n in range(12):
    p = Player()
    p.name = f"Player {n}"
    p.level = n * 7
    p.money = n * 1.5
    p.rank = Rank.KING if n % 3 == 0 else Rank.PAWN
    p.born = datetime.date(1990 + n, 1 + n % 12, 3)
    p.seen = datetime.datetime(2024, 5, 1, 12, n, 0, 123 * n)
    p.purse = decimal.Decimal(f"{n}.50")
    p.friends = []
    for k in range(n % 5):
        f = Friend()
        f.name = f"Friend {k} of {n}"
        f.since = 2000 + k
        f.player = p
        p.friends.append(f)
    p.best = p.friends[0] if p.friends else None
    p.bag = collections.OrderedDict((f"thing {k}", k) for k in range(n))
    p.notes = {"zoë": ("a", 1, None), 5: {1, 2}}
    with open(f"src/test/resources/game/save{n:02}.pkl", "wb") as out:
        pickle.dump(p, out, protocol=(2, 4, 5)[n % 3])
