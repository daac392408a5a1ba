"""What ends a run with a sentence instead of a traceback."""


class Failure(Exception):
    """Something the reader of the message can do something about."""
