# -*- coding: utf-8 -*-
"""How rare a thing is, in words: the enum's number is what the save has."""
from picklift import convert

NAMES = {1: u'common', 2: u'rare', 3: u'unique'}
NUMBERS = dict((name, number) for number, name in NAMES.items())


@convert('inventory_item.rarity_name', 'VARCHAR(8)', of='rarity')
class RarityName(object):
    def to_column(self, rarity):
        return NAMES[rarity]

    def from_column(self, name):
        return NUMBERS[name]
