class personClass:
    """Somebody: the player's own person, a relative, a friend. Called charClass until save version 2."""
