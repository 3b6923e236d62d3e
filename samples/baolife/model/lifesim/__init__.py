"""The game's classes, as its backend pickled them: one module a class, as they grew from 2018 on."""
