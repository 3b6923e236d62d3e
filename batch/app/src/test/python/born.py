"""Makes game/born.tsv: saves that a new application writes by SQL, and what CPython pickles of the same objects.

Run with CPython 3.11: python born.py > ../resources/game/born.tsv
A line: how many of the game's saves were migrated before (the last gives the protocol), the statements, the pickle in hex.
"""

import collections
import datetime
import decimal
import enum
import pickle
import random
import sys
import types

game = types.ModuleType("game")
sys.modules["game"] = game


class Player:
    pass


class Friend:
    pass


class Rank(enum.Enum):
    KING = "king"
    PAWN = "pawn"


for cls in (Player, Friend, Rank):
    cls.__module__ = "game"
    cls.__qualname__ = cls.__name__
    setattr(game, cls.__name__, cls)

NAMES = ["Ann", "Zoë", "O'Neill", "", "Bo\\b", "名前", "x" * 40]


def text(value):
    return "NULL" if value is None else "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def insert(table, **columns):
    cells = {k: v if isinstance(v, (int, float)) else text(v) for k, v in columns.items()}
    names = ", ".join(["save_id", *cells])
    values = ", ".join([":id", *(str(v) for v in cells.values())])
    return f"INSERT INTO {table} ({names}) VALUES ({values})"


def born(dice):
    player = Player()
    player.name = dice.choice(NAMES + [None])
    player.level = dice.choice([None, 0, 7, 300, 70000, -5])
    player.money = dice.choice([0.0, 1.5, -2.25, 1e300])
    player.rank = dice.choice(list(Rank))
    player.born = dice.choice([None, datetime.date(1999, 12, 31)])
    player.seen = datetime.datetime(2026, 1, 2, 3, 4, 5, dice.choice([0, 678]))
    player.purse = dice.choice([decimal.Decimal("12.50"), decimal.Decimal("0.05")])
    player.friends = []
    player.best = None
    player.bag = collections.OrderedDict()
    player.notes = {"zoë": ("a", 1, None), 5: {1, 2}}
    friends = []
    for _ in range(dice.randrange(4)):
        friend = Friend()
        friend.name = dice.choice(NAMES)
        friend.since = dice.randrange(2000, 2030)
        friend.player = player
        friends.append(friend)
    # A friend may be met twice, and in another order than that of the rows.
    order = [dice.randrange(len(friends)) for _ in friends] + list(range(len(friends)))
    dice.shuffle(order)
    player.friends = [friends[i] for i in order]
    if friends and dice.random() < 0.7:
        player.best = dice.choice(friends)
    sql = []
    sql.append(
        insert(
            "player", ordinal=0, name=player.name, level=player.level, money=player.money,
            rank_name=player.rank.value, born=player.born, seen=player.seen, purse=player.purse,
            best=None if player.best is None else friends.index(player.best),
        )
    )
    sql += [
        insert("friend", ordinal=n, name=f.name, since=f.since, player=0)
        for n, f in enumerate(friends)
    ]
    sql += [
        insert("player_friend", ordinal=n, player_ordinal=0, position=n, friend=i)
        for n, i in enumerate(order)
    ]
    for n in range(dice.randrange(4)):
        thing = f"thing {dice.randrange(1000)}"
        if thing not in player.bag:
            player.bag[thing] = dice.randrange(100000)
            sql.append(
                insert("bag_item", ordinal=n, player_ordinal=0, position=3 * n, thing=thing,
                       amount=player.bag[thing])
            )
    return player, sql


if __name__ == "__main__":
    dice = random.Random(18)
    for migrated, protocol in ((12, 5), (11, 4), (10, 2)):
        for _ in range(30):
            player, sql = born(dice)
            print(migrated, "; ".join(sql).replace("\t", " "), pickle.dumps(player, protocol).hex(), sep="\t")
