"""Values that hold several pickles: writes src/test/resources/records.tsv, a line each of name, hex, JSON.

Run by hand from batch/codec with Python 3.13: python3 src/test/python/make_records.py
"""
import io
import json
import pickle


class Account:
    pass


Account.__module__ = "shop.model"
Account.__qualname__ = "Account"


class Reference:
    def __init__(self, oid):
        self.oid = oid


class Pickler(pickle._Pickler):
    """In Python: the C pickler does not look up a class that cannot be imported."""

    def persistent_id(self, obj):
        return (obj.oid, Account) if isinstance(obj, Reference) else None

    def save_global(self, obj, name=None):
        if self.proto >= 4:
            self.save(obj.__module__)
            self.save(obj.__qualname__)
            self.write(pickle.STACK_GLOBAL)
        else:
            self.write(pickle.GLOBAL + f"{obj.__module__}\n{obj.__qualname__}\n".encode())
        self.memoize(obj)

    dispatch = dict(pickle._Pickler.dispatch)
    dispatch[type] = save_global


def of_one(protocol, *values):
    out = io.BytesIO()
    pickler = Pickler(out, protocol)
    for value in values:
        pickler.dump(value)
    return out.getvalue()


def apart(protocol, *values):
    return b"".join(pickle.dumps(value, protocol) for value in values)


def main():
    lines = []

    def line(name, value, shown):
        lines.append(f"{name}\t{value.hex()}\t{json.dumps(shown)}\n")

    words = [["ab", 1], ["ab", 2], ["ab", "ab"]]
    for protocol in range(6):
        line(f"stream {protocol}", apart(protocol, *words), words)
        line(f"stream of one memo {protocol}", of_one(protocol, *words), words)
        line(f"padded stream {protocol}", apart(protocol, *words) + bytes(7) + b"\r\n", words)
    oid = bytes(7) + b"\x05"
    state = {"name": "Ida", "boss": Reference(oid)}
    shown = {
        "$class": "shop.model.Account",
        "name": "Ida",
        "boss": {"$persid": {"$tuple": [{"$bytes": "AAAAAAAAAAU="}, {"$global": "shop.model.Account"}]}},
    }
    tuple_of_one = of_one(1, (Account, ("Ida",)))
    line("zodb with arguments 1", tuple_of_one + of_one(1, {"a": 1}), {"$class": "shop.model.Account", "$args": ["Ida"], "a": 1})
    for protocol in (2, 3, 4, 5):
        if protocol == 2:
            line("zodb of one memo 2", of_one(2, Account, {"name": "Ida"}), {"$class": "shop.model.Account", "name": "Ida"})
            continue
        line(f"zodb of one memo {protocol}", of_one(protocol, Account, state), shown)
        line(f"zodb {protocol}", of_one(protocol, Account) + of_one(protocol, state), shown)
        # __getnewargs__ gave arguments, and the state refers to the class and to them through the memo.
        made = ("Ida", 1)
        again = {"name": "Ida", "kind": Account, "made": made}
        line(
            f"zodb of one memo with arguments {protocol}",
            of_one(protocol, (Account, made), again),
            {
                "$class": "shop.model.Account",
                "$args": ["Ida", 1],
                "name": "Ida",
                "kind": {"$global": "shop.model.Account"},
                "made": {"$tuple": ["Ida", 1]},
            },
        )
        line(
            f"zodb with no arguments {protocol}",
            of_one(protocol, (Account, ())) + of_one(protocol, {"name": "Ida"}),
            {"$class": "shop.model.Account", "name": "Ida"},
        )
    line("padded pickle", pickle.dumps([1], 2) + bytes(20), [1])
    line("pickle and a line end", pickle.dumps([1], 0) + b"\n", [1])
    line("pickle and other bytes", pickle.dumps([1], 2) + b"<!-- 1 -->", [1])
    line("pickle and one that is cut", pickle.dumps([1], 2) + pickle.dumps([1], 2)[:-1], [1])
    line("pickle and one of no meaning", pickle.dumps([1], 2) + b"\x80\x02a.", [1])
    with open("src/test/resources/records.tsv", "w", encoding="ascii") as out:
        out.writelines(lines)


main()
