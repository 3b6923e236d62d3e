class conversationClass:
    """All messages exchanged with one person."""
