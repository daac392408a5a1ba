"""The command-line options of `benches/run`."""

import argparse
import re
from dataclasses import dataclass

from .query import ALL

PEERS = {"postgres": ["sql", "simpul", "postgraphile"], "sqlite": ["sql", "simpul"]}
KNOWN = {"postgres": ["sql", "simpul", "postgraphile", "seaography"], "sqlite": ["sql", "simpul"]}

TEXT = """\
Measures Simpul beside hand-written SQL and other GraphQL servers, on one machine and the same data.

Installs what it needs into target/bench (wrk and PostgreSQL by apt-get), makes a registry there once, checks that all
peers give the same answers, and then asks them in turn. Builds Simpul unless SIMPUL_BIN names a program.
"""

AFTER = """\
Leaves nothing but target/bench, and no process. Exits 0 when all was measured, 1 when answers differ or something
failed, 2 when it was asked for what cannot be, 130 when interrupted.
"""


@dataclass(frozen=True)
class Options:
    engine: str
    scale: str
    peers: list[str]
    queries: list[str]
    rounds: int
    seconds: int
    checks: int
    workers: int
    only: str | None
    write: bool

    @property
    def whole(self) -> bool:
        """Whether it measures all that docs/performance.md tells of."""
        everyone = set(PEERS[self.engine]) <= set(self.peers) and set(self.queries) == set(ALL)
        return everyone and self.scale == "national" and self.rounds >= 3 and self.seconds >= 10


def options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(
        "benches/run", description=TEXT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--engine", choices=list(KNOWN), default="postgres", help="the database under all peers (postgres)")
    add("--scale", default="national", help="of the registry: demo, a fraction such as 0.1, national, or tenfold (national)")
    add("--peers", help="some of sql,simpul,postgraphile,seaography (all but the last; on SQLite sql,simpul)")
    add("--queries", default=",".join(ALL), help="some of " + ",".join(ALL) + " (all)")
    add("--rounds", type=int, default=3, help="how often each peer has its turn (3)")
    add("--seconds", type=int, default=10, help="how long each turn is (10)")
    add("--checks", type=int, default=25, help="keys whose answers are compared, of each query (25)")
    add("--postgraphile-workers", type=int, default=1, help="processes of PostGraphile (1)")
    add("--only", choices=["prepare", "check"], help="stop after making the registry, or after the check")
    add("--write", action="store_true", help="write the tables into docs/performance.md")
    add("--partial", action="store_true", help="let --write do so after less than a whole run")
    given = parser.parse_args(arguments)

    def some(text: str, of: list[str], what: str) -> list[str]:
        chosen = text.split(",")
        if unknown := [name for name in chosen if name not in of]:
            parser.error(f"no such {what}: {', '.join(unknown)}; there are {', '.join(of)}")
        return [name for name in of if name in chosen]

    if not re.fullmatch(r"demo|national|tenfold|0?\.\d+", given.scale):
        parser.error(f"no such scale: {given.scale}")
    if given.scale == "tenfold" and given.engine != "postgres":
        parser.error("only PostgreSQL is measured with ten times the nation")
    if given.rounds < 1 or given.seconds < 1 or given.checks < 1 or given.postgraphile_workers < 1:
        parser.error("rounds, seconds, checks and workers are at least 1")
    peers = given.peers or ",".join(PEERS[given.engine])
    chosen = Options(
        given.engine,
        given.scale,
        some(peers, KNOWN[given.engine], "peer"),
        some(given.queries, list(ALL), "query"),
        given.rounds,
        given.seconds,
        given.checks,
        given.postgraphile_workers,
        given.only,
        given.write,
    )
    if "sql" not in chosen.peers:
        parser.error("the statements are what all answers are compared with: --peers needs sql")
    if given.write and not given.partial and not chosen.whole:
        parser.error("this is less than a whole run; --partial lets --write take it")
    return chosen
