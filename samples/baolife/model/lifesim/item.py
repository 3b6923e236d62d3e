class itemClass(object):
    """A thing the player owns. Slots, because players own thousands; came with save version 3."""

    __slots__ = ("id", "name", "rarity", "price", "quantity", "bought", "extra")
