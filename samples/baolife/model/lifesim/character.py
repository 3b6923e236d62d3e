class charClass:
    """What personClass was called in save version 1; kept, since old saves name it."""
