"""Mutations: verbs of Simpul, and what PostGraphile generates for the same rows, by several numbers of callers."""

import argparse
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from . import install, load, machine_load, peers, processes, report, versions
from .alone import alone
from .cluster import Cluster
from .commits import commits
from .data import Postgres, Sqlite
from .failure import Failure
from .load import Load
from .machine_load import Watch
from .mutations import MUTATIONS, Mutation
from .paths import BENCHES
from .peers import Server
from .written import NAME, Copy

CALLERS = (1, 8, 32)
WARM_UP = 2

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}
"""Unlike in runs that only read, a commit is on disk before it is answered, and PostgreSQL removes dead rows."""

TEXT = """\
Measures how many mutations are executed in a second: Simpul's verbs amendLinkage and recordMonth, and on PostgreSQL what
PostGraphile generates for the same rows, in turns, with 1, 8 and 32 callers.

Changes a copy of the registry that benches/run uses, which is made if it is not there. Builds Simpul unless SIMPUL_BIN
names a program. On SQLite it also measures what a commit costs that is on disk before it returns.
"""


@dataclass(frozen=True)
class Cell:
    """Results of one measurement: times in seconds, `…_cpu` in CPU seconds per mutation."""

    mutations_per_second: float
    p50: float
    p99: float
    server_cpu: float
    database_cpu: float
    others: float
    """Cores that other processes used meanwhile."""


@dataclass(frozen=True)
class Stand:
    copy: Copy
    servers: dict[str, Server]
    credential: str

    def measure(self, mutation: Mutation, peer: str, callers: int, number: int, seconds: int) -> Cell:
        time.sleep(0.5)  # Requests under way, whose callers have gone.
        run = f"{mutation.name}-{callers}-{number}"
        rows = self.copy.rows(mutation.listed(self.copy.engine))
        if len(rows) < callers:
            raise Failure(f"the registry is too small for {mutation.name}")
        file = mutation.write(peer, self.credential, rows, run)
        threads = min(callers, 2)
        asked = Load(callers, threads, seconds)
        server, before = self.servers[peer], self.copy.sequence()
        roots = {server.pid for server in self.servers.values()}
        watch = Watch(roots | ({self.copy.cluster.pid} if self.copy.cluster else set()))
        outcome = load.wrk(server, file, asked, run, "writes.lua", str(threads), mutation.servers[peer].executed)
        after = processes.processes()
        others = watch.others(after, f"{peer} executed {mutation.name}")
        logged = self.copy.sequence() - before
        if peer == "simpul" and not outcome.answers <= logged <= outcome.answers + callers:
            raise Failure(f"{outcome.answers} writes were answered, and {logged} logged")

        def cpu(root: int) -> float:
            return (processes.seconds(root, after) - processes.seconds(root, watch.running)) / outcome.answers

        return Cell(
            mutations_per_second=outcome.answers / outcome.seconds,
            p50=outcome.p50,
            p99=outcome.p99,
            server_cpu=cpu(server.pid),
            database_cpu=cpu(self.copy.cluster.pid) if self.copy.cluster else 0.0,
            others=others,
        )


def main() -> int:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupted)
    chosen = _options()
    try:
        with alone():
            for engine in chosen.engine or ["sqlite", "postgres"]:
                _measure(engine, chosen)
    except Failure as failure:
        print(f"benches/writes: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("benches/writes: interrupted", file=sys.stderr)
        return 130
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "benches/writes", description=TEXT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--engine", choices=["sqlite", "postgres"], action="append", help="one engine (both)")
    add("--scale", default="national", help="of the registry: demo, a fraction such as 0.1, or national (national)")
    add("--rounds", type=int, default=3, help="how often each server has its turn (3)")
    add("--seconds", type=int, default=5, help="how long each turn is (5)")
    chosen = parser.parse_args()
    if chosen.rounds < 1 or chosen.seconds < 1:
        parser.error("rounds and seconds are at least 1")
    return chosen


def _measure(engine: str, chosen: argparse.Namespace) -> None:
    install.system(engine)
    program = install.simpul()
    node = install.postgraphile() if engine == "postgres" else None
    with ExitStack() as stack:
        registry: Postgres | Sqlite
        if node:
            registry = Postgres(stack.enter_context(Cluster(DURABLE)), program, chosen.scale)
        else:
            registry = Sqlite(program, chosen.scale)
        copy = Copy(registry, stack)
        credential = copy.credential(program)
        servers = {"simpul": peers.simpul(program, copy.url)}
        stack.callback(servers["simpul"].stop)
        if node and copy.cluster:
            copy.cluster.run((BENCHES / "postgraphile" / "views.sql").read_text(), NAME)
            servers["postgraphile"] = peers.postgraphile(node, copy.url, 1)
            stack.callback(servers["postgraphile"].stop)
        busy = machine_load.before()
        found = _rounds(Stand(copy, servers, credential), chosen.rounds, chosen.seconds)
        where = report.circumstances(
            scale=chosen.scale,
            rounds=chosen.rounds,
            seconds=chosen.seconds,
            busy=busy,
            versions=versions.of(program, copy.cluster, node, list(servers)),
        )
        print(f"\n{_table(found)}\n", flush=True)
        raw: dict[str, Any] = {"where": where, "cells": found}
        if not node:
            servers["simpul"].stop()
            raw["commits"] = commits(copy.file, chosen.rounds, chosen.seconds)
            for mode, figures in raw["commits"].items():
                rate, p50 = figures["commits_per_second"], figures["p50"] * 1e3
                print(f"synchronous={mode}: {rate:,.0f} commits/s, p50 {p50:.3f} ms", flush=True)
        print(f"{', '.join(f'{name} {version}' for name, version in where['versions'].items())}. {where['machine']}.")
        print(f"All figures: {report.keep(f'writes-{engine}', raw)}", flush=True)


Found = dict[str, dict[int, dict[str, list[dict[str, float]]]]]
"""By mutation, callers and server: a cell for each round."""


def _rounds(stand: Stand, rounds: int, seconds: int) -> Found:
    found: Found = {}
    for mutation in MUTATIONS:
        found[mutation.name] = {}
        for peer in stand.servers:
            stand.measure(mutation, peer, max(CALLERS), 0, WARM_UP)
        for callers in CALLERS:
            cells: dict[str, list[dict[str, float]]] = {peer: [] for peer in stand.servers}
            for number in range(1, rounds + 1):
                for peer in stand.servers:
                    cell = stand.measure(mutation, peer, callers, number, seconds)
                    cells[peer].append(asdict(cell))
                    print(
                        f"    {mutation.name}, {callers} callers, round {number}, {peer}: "
                        f"{cell.mutations_per_second:,.0f}/s, p50 {cell.p50 * 1e3:.1f} ms, p99 {cell.p99 * 1e3:.1f} ms",
                        flush=True,
                    )
            found[mutation.name][callers] = cells
    return found


def _table(found: Found) -> str:
    """Markdown: medians over the rounds."""
    head = ["mutation", "callers", "server", "per second", "p50, ms", "p99, ms", "server, CPU ms", "database, CPU ms"]
    rows = [head + ["simpul / postgraphile"], ["---"] * 3 + ["---:"] * 6]
    for mutation, of_mutation in found.items():
        for callers, cells in of_mutation.items():
            middle = {
                peer: {name: median(cell[name] for cell in of_peer) for name in of_peer[0]}
                for peer, of_peer in cells.items()
            }
            for peer, cell in middle.items():
                other = middle.get("postgraphile")
                ratio = cell["mutations_per_second"] / other["mutations_per_second"] if other else 0
                rows.append(
                    [
                        mutation,
                        str(callers),
                        peer,
                        f"{cell['mutations_per_second']:,.0f}",
                        f"{cell['p50'] * 1e3:.1f}",
                        f"{cell['p99'] * 1e3:.1f}",
                        f"{cell['server_cpu'] * 1e3:.2f}",
                        f"{cell['database_cpu'] * 1e3:.2f}" if cell["database_cpu"] else "–",
                        f"{ratio:.2f}" if other and peer == "simpul" else "",
                    ]
                )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
