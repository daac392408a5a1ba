"""One run: measures random documents one at a time, and compares their cost with their price."""

import json
import math
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from measure import machine_load, install
from measure.cluster import Cluster
from measure.data import Postgres, Sqlite
from measure.failure import Failure
from measure.paths import RESULTS, TARGET

from . import report
from .command import options
from .document import Documents, smaller
from .node import Node
from .schema import QUERY, Schema
from .trial import Trial, floor, measure, price
from .values import Values

LEAST = 100
"""Points below which documents are not tried."""
CLASSES = 8
"""Classes of prices up to the limit, each at least twice the one below, with equal numbers of documents."""
FRUITLESS = 40
"""Draws for each document that is wanted, at most."""
REFUSALS = {"BAD_USER_INPUT", "FORBIDDEN", "DOCUMENT_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED"}


def main() -> int:
    chosen = options(sys.argv[1:])
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: sys.exit(130))
    good = True
    try:
        program = chosen.binary.resolve() if chosen.binary else install.simpul()
        for engine in ["postgres", "sqlite"] if chosen.engine == "both" else [chosen.engine]:
            good &= _engine(chosen, engine, program)
    except Failure as failure:
        print(f"benches/price: {failure}", file=sys.stderr)
        return 1
    return 0 if good else 1


def _engine(chosen, engine: str, program: Path) -> bool:
    with ExitStack() as stack:
        url, database = _registry(chosen, engine, program, stack)
        folder = TARGET / "servers" / f"price-{engine}-{os.getpid()}"
        folder.mkdir(parents=True, exist_ok=True)
        node = Node(program, url, database, folder)
        stack.callback(node.stop)
        node.start()
        machine_load.before()
        documents = _replayed(chosen.replay) if chosen.replay else _drawn(chosen, node)
        trials, refused = _tried(node, documents, None if chosen.replay else chosen.documents)
    if not trials:
        raise Failure("no document was accepted")
    found = report.summary(trials, refused)
    print(f"\n# {engine}, seed {chosen.seed}\n\n{report.table(trials, chosen.shown)}\n\n{report.lines(found)}", flush=True)
    file = chosen.out or RESULTS / f"price-{engine}.json"
    if chosen.out and chosen.engine == "both":
        file = chosen.out.with_suffix(f".{engine}{chosen.out.suffix}")
    report.keep(trials, found, file)
    print(f"==> all figures: {file}", flush=True)
    return report.passes(found)


def _registry(chosen, engine: str, program: Path, stack: ExitStack) -> tuple[str, int | None]:
    """The registry's URL, and the process of its server."""
    if chosen.database:
        return chosen.database, None if engine == "sqlite" else _postmaster(chosen.database)
    if engine == "sqlite":
        return Sqlite(program, chosen.scale, install.built("floor")).url, None
    cluster = stack.enter_context(Cluster())
    return Postgres(cluster, program, chosen.scale).url, cluster.pid


def _postmaster(url: str) -> int:
    """The process of a server on this machine, by what it says of its folder."""
    from measure import children

    folder = children.run(["psql", "-XAtqc", "SHOW data_directory", url], "asking the database")
    return int(Path(folder, "postmaster.pid").read_text().split("\n", 1)[0])


def _replayed(file: Path):
    text = file.read_text()
    if text.startswith("{\n"):
        return [(trial["shape"], trial["document"]) for trial in json.loads(text)["trials"]]
    return [("given", line) for line in text.splitlines() if line.strip()]


def _drawn(chosen, node: Node):
    """Documents that cost no more than the limit, spread over all prices; expensive ones are found by halving pages."""
    schema = Schema(node.data(QUERY))
    values = Values(schema, node.data)
    documents = Documents(schema, values, f"{chosen.seed}")
    limit = node.data("{ viewer { costLimit } }")["viewer"]["costLimit"]
    wanted = dict.fromkeys(range(CLASSES), math.ceil(chosen.documents / CLASSES))
    for _ in range(chosen.documents * FRUITLESS):
        shape, document = documents.draw()
        points, errors = price(node, document)
        while points > limit and (less := smaller(document)):
            document = less
            points, errors = price(node, document)
        if errors or not LEAST <= points <= limit:
            continue
        of = min(CLASSES - 1, int(CLASSES * math.log(points / LEAST) / math.log(limit / LEAST)))
        if wanted[of] or not any(wanted.values()):
            wanted[of] = max(0, wanted[of] - 1)
            yield shape, document


def _tried(node: Node, documents, most: int | None) -> tuple[list[Trial], int]:
    trials: list[Trial] = []
    refused = 0
    least = floor(node)
    for shape, document in documents:
        points, errors = price(node, document)
        trial = measure(node, shape, document, points, least)
        if errors or (not trial.answered and REFUSALS & {*trial.errors}):
            refused += 1
            continue
        trials.append(trial)
        if len(trials) % 50 == 0:
            print(f"... {len(trials)}, the worst {max(one.rate for one in trials):.1f} ms/1,000", flush=True)
        if most and len(trials) >= most:
            break
    return trials, refused


if __name__ == "__main__":
    sys.exit(main())
