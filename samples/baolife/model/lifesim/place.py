from collections import namedtuple

Position = namedtuple("Position", ["x", "y"])
