"""Came with save version 3; before that the same words were plain text."""
from enum import Enum, IntEnum


class Status(Enum):
    ALIVE = "alive"
    SICK = "sick"
    IN_JAIL = "in jail"
    DEAD = "dead"


class Kind(Enum):
    PARENT = "parent"
    SIBLING = "sibling"
    FRIEND = "friend"
    PARTNER = "partner"
    COLLEAGUE = "colleague"
    RIVAL = "rival"


class Rarity(IntEnum):
    COMMON = 1
    RARE = 2
    UNIQUE = 3
