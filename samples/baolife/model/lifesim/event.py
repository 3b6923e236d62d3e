class eventClass:
    """Something that happened to the player, and who was there."""
