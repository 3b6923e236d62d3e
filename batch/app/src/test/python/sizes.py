"""Writes src/test/resources/view/sizes.pN.pkl: the same values in each protocol. Run by Python 3.8 or newer, in batch/app."""
import datetime, decimal, pickle, sys, types, uuid

model = types.ModuleType("shop")
class Order: pass
Order.__module__ = "shop"
Order.__qualname__ = "Order"
model.Order = Order
sys.modules["shop"] = model

def order(i):
    one = Order()
    one.number, one.total, one.paid, one.note = i * 1000, i / 7, i % 2 == 0, "note of order %d" % i
    one.lines = [("item %d" % j, j) for j in range(i % 4)]
    return one

values = {
    "orders": [order(i) for i in range(60)],
    "when": [datetime.datetime(2024, 1, 1, 1, 2, 3, i) for i in range(60)],
    "ids": [uuid.UUID(int=i * 10**30) for i in range(60)],
    "prices": [decimal.Decimal("1.%d" % i) for i in range(60)],
    "text": "x" * 2000,
    "numbers": list(range(300)),
    "tags": {"red", "green", "blue"},
    "raw": bytes(range(100)),
}
for protocol in range(6):
    with open("src/test/resources/view/sizes.p%d.pkl" % protocol, "wb") as file:
        file.write(pickle.dumps(values, protocol))
