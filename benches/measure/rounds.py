"""Measures in rounds, in which the peers take turns, and summarises them."""

from dataclasses import asdict
from statistics import median
from typing import Any

from .measurement import Cell, Stand
from .load import Load
from .query import Query

CONNECTIONS = 32
THREADS = 2
WARM_UP = 2

Measured = dict[str, dict[str, dict[str, list[Cell]]]]
"""By query, peer and `many` or `one` connections: a cell for each round."""


def measure(stand: Stand, peers: list[str], queries: list[Query], rounds: int, seconds: int) -> Measured:
    many = Load(CONNECTIONS, THREADS, seconds)
    one = Load(1, 1, max(1, seconds // 3))
    found: Measured = {}
    for query in queries:
        asked = [peer for peer in peers if peer == "sql" or query.asked_of(peer)]
        cells: dict[str, dict[str, list[Cell]]] = {peer: {"many": [], "one": []} for peer in asked}
        size = stand.registry.size(query)
        for peer in asked:
            stand.measure(peer, query, Load(CONNECTIONS, THREADS, WARM_UP), 0, size)
        for number in range(1, rounds + 1):
            for peer in asked:
                for load, name in ((many, "many"), (one, "one")):
                    cells[peer][name].append(stand.measure(peer, query, load, number, size))
                last, alone = cells[peer]["many"][-1], cells[peer]["one"][-1]
                print(
                    f"    {query.name}, round {number}, {peer}: {last.requests_per_second:,.0f} requests/s, "
                    f"{last.p50 * 1000:.1f} ms, one client {alone.p50 * 1000:.2f} ms",
                    flush=True,
                )
        found[query.name] = cells
    return found


def summary(cells: dict[str, list[Cell]]) -> dict[str, Any]:
    """Medians over the rounds, and how far these lie apart."""
    many, one = ([asdict(cell) for cell in cells[name]] for name in ("many", "one"))
    middle = {name: median(cell[name] for cell in many) for name in many[0]}
    rates = [cell["requests_per_second"] for cell in many]
    return middle | {
        "one_client_p50": median(cell["p50"] for cell in one),
        # With many clients, the requests in flight at the end are not counted.
        "statements": median(cell["statements"] for cell in one),
        "noise": (max(rates) - min(rates)) / middle["requests_per_second"],
        "others": max(cell["others"] for cell in many),
    }


def raw(found: Measured) -> dict[str, Any]:
    """Every cell of every round."""
    return {
        query: {
            peer: {name: [asdict(cell) for cell in of_name] for name, of_name in cells.items()}
            for peer, cells in of_query.items()
        }
        for query, of_query in found.items()
    }
