# -*- coding: utf-8 -*-
"""What a player is worth. The game never stored it, and nobody could ask for the richest."""
from decimal import Decimal, ROUND_HALF_EVEN

from picklift import column

CENT = Decimal('0.01')
MOST = Decimal(10) ** 16


def amount(value):
    """A number as a Decimal; 0 for what is none: old saves lack attributes, and some hold nan, infinity or text."""
    if isinstance(value, Decimal):
        return value if value == value and abs(value) < MOST else Decimal(0)
    if isinstance(value, bool) or not isinstance(value, (int, long, float)):
        return Decimal(0)
    if value != value or abs(value) >= 1e16:
        return Decimal(0)
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


@column('player.net_worth', 'DECIMAL(18,2)')
def net_worth(player):
    """Money, savings, and what the inventory would fetch."""
    worth = amount(getattr(player, 'money', 0)) + amount(getattr(player, 'savings', 0))
    for item in getattr(player, 'inventory', ()):
        worth += amount(item.price) * int(amount(item.quantity))
    return worth.quantize(CENT, ROUND_HALF_EVEN)
