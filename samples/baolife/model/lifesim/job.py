class jobClass:
    """Where the player works; came with save version 3, before that `job` was the title alone."""
