"""What it costs on SQLite that a commit is on disk before it returns: `synchronous` FULL and NORMAL, in turns."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median

MODES = ("NORMAL", "FULL")


def commits(file: Path, rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Transactions of one connection that each update a linkage, as Python's sqlite3 executes them: the rate, and the
    time of one, medians over the rounds."""
    found: dict[str, list[list[float]]] = {mode: [] for mode in MODES}
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        keys = [key for (key,) in database.execute("SELECT id FROM linkage WHERE status = 'ACTIVE'")]
        for number in range(rounds):
            chance = random.Random(number)
            for mode in MODES:
                database.execute(f"PRAGMA synchronous = {mode}")
                found[mode].append(_times(database, keys, chance, seconds))
    return {
        mode: {
            "commits_per_second": median(len(times) / sum(times) for times in rounds_of),
            "p50": median(median(times) for times in rounds_of),
        }
        for mode, rounds_of in found.items()
    }


def _times(database: sqlite3.Connection, keys: list[bytes], chance: random.Random, seconds: float) -> list[float]:
    times, until = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        database.execute("BEGIN IMMEDIATE")
        value = (chance.randrange(10**8, 10**9), chance.choice(keys))
        database.execute("UPDATE linkage SET annual_value = ?, version = version + 1 WHERE id = ?", value)
        database.execute("COMMIT")
        times.append(time.perf_counter() - began)
    return times
