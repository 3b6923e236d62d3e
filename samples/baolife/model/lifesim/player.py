class playerClass:
    """A whole save: the root of every pickle in lifesim_savegames.pickle_data."""
