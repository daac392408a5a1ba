"""The command-line options of `benches/price`."""

import argparse
from pathlib import Path

TEXT = """\
Draws random documents over the whole schema that a node accepts, asks each of them alone, and prints what it took
beside what it paid, worst first. Makes a registry in target/bench unless --database names one.
"""

AFTER = """\
Exits 1 when a document takes more than 2 s of processor, lets the node grow by more than 64 MB, ends in INTERNAL or
TIMEOUT, or when the most time for a point is over ten times the median; 2 when it was asked for what cannot be.
"""


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "benches/price", description=TEXT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--documents", type=int, default=500, help="how many (500)")
    add("--seed", default="1", help="of what is drawn (1)")
    add("--engine", choices=["postgres", "sqlite", "both"], default="both", help="the database (both)")
    add("--scale", default="national", help="of the registry (national)")
    add("--database", help="URL of a registry that is there already; it is only read")
    add("--binary", type=Path, help="the program to try (SIMPUL_BIN, or a build for production)")
    add("--replay", type=Path, help="ask the documents of this file again, one a line or a file of --out")
    add("--out", type=Path, help="where all figures go as JSON (target/bench/results/price-ENGINE.json)")
    add("--shown", type=int, default=10, help="how many of the worst are printed (10)")
    given = parser.parse_args(arguments)
    if given.documents < 1:
        parser.error("there is at least 1 document")
    if given.database and given.engine == "both":
        given.engine = "sqlite" if given.database.startswith("sqlite:") else "postgres"
    return given
