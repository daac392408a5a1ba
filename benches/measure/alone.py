"""One run at a time in target/bench."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from .failure import Failure
from .paths import TARGET


@contextmanager
def alone() -> Iterator[None]:
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure("another run is under way in target/bench") from None
        yield
