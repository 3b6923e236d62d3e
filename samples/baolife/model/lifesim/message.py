class messageClass:
    """One message; its sender is the person, not a copy of the name."""
