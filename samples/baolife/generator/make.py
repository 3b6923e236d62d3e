"""Makes one save: the pickle, the columns and the JSON copy beside it, and what it says.

Run by fixture.py as a program of its own under the Python that the save is to come from:
reads a list of orders (JSON) from standard input, writes each order's results into a folder.
"""
from __future__ import print_function

import json
import os
import pickle
import pickletools
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "model")]

from generator import oddities  # noqa: E402
from generator.facts import facts, shown  # noqa: E402
from generator.life import Life, Spec  # noqa: E402

if sys.version_info[0] == 2:
    import cPickle as pickle  # noqa: E402,F811


def save(order):
    """The bytes, the row's other columns, and the facts of one ordered save."""
    player = Life(Spec(order["id"], order["seed"], order["version"], order["messages"])).live()
    odd = order.get("odd")
    if odd in oddities.OF_VALUE:
        oddities.OF_VALUE[odd](player)
    row = {
        "firstname": shown(player.c.firstname),
        "lastname": shown(player.c.lastname),
        "ageDays": player.c.ageDays,
        "ageYears": player.c.ageYears,
        "json": None,
    }
    if player.saveVersion >= 2:
        from lifesim.jsoncopy import to_json

        row["json"] = to_json(player)
    blob = pickle.dumps(player, order["protocol"])
    told = facts(pickle.loads(blob))
    if odd in oddities.HOSTILE:
        # Dumped, never loaded: loading would run the command.
        blob = pickle.dumps(oddities.HOSTILE[odd](player), order["protocol"])
        told = told if odd == "hostile inside" else None
    if odd == "optimized":
        blob = pickletools.optimize(blob)
    return blob, row, told


def messages_of(player_id, seed, version, count):
    """Rows of the `messages` table: the newest messages of the save, as the chat service logged them."""
    player = Life(Spec(player_id, seed, version, count)).live()
    for conversation in player.conversations.values():
        partner = conversation.partner.firstname + " " + conversation.partner.lastname
        for m in conversation.messages[-5:]:
            yield {
                "partner": partner,
                "player": player_id,
                "message": m.text,
                "sender": m.sender.firstname,
                "date": m.date.strftime("%Y-%m-%d %H:%M:%S"),
            }


def main(folder):
    for order in json.load(sys.stdin):
        if sys.version_info[0] == 2:
            # What json reads is unicode; the ids of version 1 were byte strings.
            order = dict((k, v.encode("utf-8") if isinstance(v, type(u"")) else v) for k, v in order.items())
        blob, row, told = save(order)
        path = os.path.join(folder, str(order["number"]))
        with open(path + ".pkl", "wb") as f:
            f.write(blob)
        with open(path + ".json", "w") as f:
            json.dump({"row": row, "facts": told, "python": "%d.%d" % sys.version_info[:2]}, f)


if __name__ == "__main__":
    main(sys.argv[1])
