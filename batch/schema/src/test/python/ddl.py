"""Makes src/test/resources/values/ddl.tsv: pickles of a small shop, for the tables that a mapping makes of it.

    python3 ddl.py > ddl.tsv

A line: name, protocol, the pickle in hex. Each save is {"orders": [Order, ...], "days": {number: text}, "notes":
{text: text}}; an order refers to its customer, which refers to nothing.
"""
import binascii
import datetime
import pickle
import sys
import types

shop = types.ModuleType("shop")
sys.modules["shop"] = shop


class Customer:
    def __init__(self, name):
        self.name = name
        self.month = 5


class Order:
    def __init__(self, customer, total):
        self.customer = customer
        self.total = total
        self.packing = datetime.timedelta(minutes=3)
        self.lines = [("apple", 3), ("pear", 90)]


for cls in (Customer, Order):
    cls.__module__ = "shop"
    setattr(shop, cls.__name__, cls)


def save(customers=("Ida", "Jo"), totals=(5, 90), notes=None):
    people = [Customer(name) for name in customers]
    orders = [Order(people[i % len(people)], total) for i, total in enumerate(totals)]
    return {"orders": orders, "days": {1: "first", 2: "second"}, "notes": notes or {"a": "x", "a ": "y"}}


for name, value in {
    "whole": save(),
    "none": save(totals=(5, None)),
    "unfit": save(totals=(5, 10**30)),
}.items():
    for protocol in (2, 4):
        print(name, protocol, binascii.hexlify(pickle.dumps(value, protocol)).decode(), sep="\t")
