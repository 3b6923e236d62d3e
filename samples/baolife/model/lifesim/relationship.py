class relationshipClass:
    """What the player has with a person; both of them point back at it."""
