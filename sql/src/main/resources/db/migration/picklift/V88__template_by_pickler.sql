-- Parts of a save are made like those of saves by the same pickler: Python 2's and Python 3's of one protocol are kept apart. The
-- next cutover looks at all saves again. May run again after it was interrupted.
UPDATE picklift_template SET looked_until = '1000-01-01 00:00:00';
