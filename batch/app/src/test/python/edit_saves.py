"""Makes src/test/resources/game/edits.tsv: edits of rows by SQL, and the pickles of the same edits in Python.

    python3.11 edit_saves.py > ../resources/game/edits.tsv

A line: number of the save, the SQL (:id is its save_id), the pickle of the edited save in hex. Run from this folder.
"""
import collections, datetime, enum, pickle, sys, types

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


def new_friend(p, name, since):
    f = Friend()
    f.name = name
    f.since = since
    f.player = p
    return f


def member_leaves(p):
    del p.friends[2]


def first_leaves(p):
    p.best = p.friends[1]
    del p.friends[0]


def friend_is_new(p):
    p.friends.append(new_friend(p, "Zoë", 2024))


def best_is_new(p):
    p.best = new_friend(p, "Best", 1999)
    p.friends.insert(0, p.best)


def order_changes(p):
    p.friends.append(p.friends.pop(0))
    p.bag.move_to_end("thing 0")


def bag_changes(p):
    del p.bag["thing 3"]
    p.bag["rope"] = 7
    p.bag["thing 5"] = -70000
    p.level = 4321


def bag_is_emptied(p):
    p.bag.clear()


def bag_is_another(p):
    p.bag.clear()
    p.bag["ünique"] = 2**31 - 1


def all_leave(p):
    p.friends.clear()
    p.best = None



LEAVE = "DELETE FROM player_friend WHERE save_id = :id AND ordinal = %d; DELETE FROM friend WHERE save_id = :id AND ordinal = %d"
CASES = [
    (4, member_leaves, LEAVE % (2, 2)),
    (9, member_leaves, LEAVE % (2, 2)),
    (3, first_leaves, "UPDATE player SET best = 1 WHERE save_id = :id; " + LEAVE % (0, 0)),
    (8, friend_is_new,
     "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (:id, 3, 'Zoë', 2024, 0);"
     " INSERT INTO player_friend (save_id, ordinal, player_ordinal, position, friend) VALUES (:id, 3, 0, 3, 3)"),
    (7, best_is_new,
     "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (:id, 40, 'Best', 1999, 0);"
     " INSERT INTO player_friend (save_id, ordinal, player_ordinal, position, friend) VALUES (:id, 9, 0, -1, 40);"
     " UPDATE player SET best = 40 WHERE save_id = :id"),
    (2, order_changes,
     "UPDATE player_friend SET position = 100 WHERE save_id = :id AND ordinal = 0;"
     " UPDATE bag_item SET position = 100 WHERE save_id = :id AND thing = 'thing 0'"),
    (6, bag_changes,
     "DELETE FROM bag_item WHERE save_id = :id AND thing = 'thing 3';"
     " INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount) VALUES (:id, 6, 0, 6, 'rope', 7);"
     " UPDATE bag_item SET amount = -70000 WHERE save_id = :id AND thing = 'thing 5';"
     " UPDATE player SET level = 4321 WHERE save_id = :id"),
    (10, bag_is_emptied, "DELETE FROM bag_item WHERE save_id = :id"),
    (5, bag_is_another,
     "DELETE FROM bag_item WHERE save_id = :id;"
     " INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
     " VALUES (:id, 77, 0, 0, 'ünique', 2147483647)"),
    (1, all_leave,
     "UPDATE player SET best = NULL WHERE save_id = :id; DELETE FROM player_friend WHERE save_id = :id;"
     " DELETE FROM friend WHERE save_id = :id"),
    (11, bag_changes,
     "DELETE FROM bag_item WHERE save_id = :id AND thing = 'thing 3';"
     " INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount) VALUES (:id, 11, 0, 11, 'rope', 7);"
     " UPDATE bag_item SET amount = -70000 WHERE save_id = :id AND thing = 'thing 5';"
     " UPDATE player SET level = 4321 WHERE save_id = :id"),
]

for number, edit, sql in CASES:
    with open("../resources/game/save%02d.pkl" % number, "rb") as file:
        p = pickle.load(file)
    edit(p)
    print("%d\t%s\t%s" % (number, sql, pickle.dumps(p, (2, 4, 5)[number % 3]).hex()))
