"""An error that ends a run with a message instead of a traceback."""


class Failure(Exception):
    """Something the reader of the message can do something about."""
