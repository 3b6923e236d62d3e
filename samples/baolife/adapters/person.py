# -*- coding: utf-8 -*-
"""Age groups, and one class name for all versions of the game."""
from picklift import column, renamed

GROUPS = ((3, u'infant'), (13, u'child'), (20, u'teenager'), (65, u'adult'), (1000, u'senior'))

# Version 1 of the game had persons in another module, under another name.
renamed('lifesim.character.charClass', 'lifesim.person.personClass')


@column('person.age_group', 'VARCHAR(16)')
def age_group(person):
    age = getattr(person, 'ageYears', None)
    if isinstance(age, bool) or not isinstance(age, (int, long)) or age < 0:
        return None
    for below, group in GROUPS:
        if age < below:
            return group
    return None


@column('person.display_class', 'VARCHAR(40)')
def display_class(person):
    """'person' for a lifesim.person.personClass, whatever the save calls it."""
    name = person.cls.rpartition('.')[2]
    return name[:-len('Class')] if name.endswith('Class') else name
