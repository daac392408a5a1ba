"""One document measured alone: its price and its cost."""

import re
import statistics
import time
from dataclasses import asdict, dataclass
from typing import Any

from .node import Node, Sampled

KEPT = 48 << 20
"""Bytes that a node may have kept from earlier documents before it is started anew."""
AGAIN = 0.5
"""Seconds of processor time up to which a document is asked twice, and the lesser counts."""
SMALL = 1_000
"""Points that every document is taken to have paid at least: below that, what a request takes anyway rules."""


@dataclass
class Trial:
    """Times are seconds of processor, beyond what a trivial document takes; memory and answer are bytes."""

    shape: str
    document: str
    price: int
    paid: int
    server: float
    database: float
    wall: float
    growth: int
    answer: int
    errors: list[str]
    answered: bool
    """Whether there is any data."""

    @property
    def time(self) -> float:
        return self.server + self.database

    @property
    def rate(self) -> float:
        """Milliseconds of processor for each 1,000 points that were paid."""
        return self.time * 1e6 / max(self.paid, SMALL)

    def row(self) -> dict[str, object]:
        return asdict(self) | {"time": self.time, "rate": self.rate}


def price(node: Node, document: str) -> tuple[int, list[str]]:
    """Points of a document, and the codes of the errors that it would meet."""
    answer, _ = node.ask(document, only_cost=True)
    cost = answer.get("extensions", {}).get("cost", {})
    return int(cost.get("requested", 0)), codes(answer)


def codes(answer: dict[str, object]) -> list[str]:
    errors = answer.get("errors") or []
    assert isinstance(errors, list)
    told = {
        str(error.get("extensions", {}).get("code") or re.sub(r"\W+", " ", str(error.get("message")))[:60])
        for error in errors
    }
    return sorted(told)


def floor(node: Node) -> tuple[float, float]:
    """What the server and the database take for a document that asks for nothing."""
    taken = [_once(node, "{ __typename }") for _ in range(21)]
    return (statistics.median(one[0] for one in taken), statistics.median(one[1] for one in taken))


def measure(node: Node, shape: str, document: str, points: int, least: tuple[float, float]) -> Trial:
    if node.memory() > node.settled + KEPT:
        node.start()
    before = node.memory()
    node.forget_peak()
    with Sampled(node) as sampled:
        began = time.monotonic()
        server, database, answer, size = _once(node, document)
        wall = time.monotonic() - began
    growth = max(0, sampled.most, node.peak()) - before
    if server + database < AGAIN:
        began = time.monotonic()
        again = _once(node, document)
        wall = min(wall, time.monotonic() - began)
        server, database = min((server, database), again[:2], key=sum)
    paid = int(answer.get("extensions", {}).get("cost", {}).get("actual") or points)
    return Trial(
        shape=shape,
        document=document,
        price=points,
        paid=paid,
        server=max(0.0, server - least[0]),
        database=max(0.0, database - least[1]),
        wall=wall,
        growth=growth,
        answer=size,
        errors=codes(answer),
        answered=answer.get("data") is not None,
    )


def _once(node: Node, document: str) -> tuple[float, float, dict[str, Any], int]:
    before = node.times()
    answer, size = node.ask(document)
    took = {"server": 0, "database": 0}
    after = node.times()
    for thread, nanoseconds in after.items():
        took[thread.split()[0]] += nanoseconds - before.get(thread, 0)
    # What ended meanwhile is among the reaped with all that it took, so that what it took before counts off.
    for thread in before.keys() - after.keys():
        if thread.startswith("database"):
            took["database"] = max(0, took["database"] - before[thread])
    return took["server"] / 1e9, took["database"] / 1e9, answer, size
