"""One run: install, make the registry, check, measure, report."""

import signal
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import machine_load, install, peers, report, rounds, versions
from .alone import alone
from .measurement import Stand
from .check import check
from .cluster import Cluster
from .command import Options, options
from .data import Postgres, Sqlite
from .failure import Failure
from .paths import BENCHES
from .query import Query


@dataclass(frozen=True)
class Programs:
    """What is installed or built for the peers that are asked for."""

    simpul: Path
    node: Path | None
    seaography: Path | None
    floor: Path | None


def main() -> int:
    chosen = options(sys.argv[1:])
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupted)
    try:
        with alone():
            run(chosen)
    except Failure as failure:
        print(f"benches/run: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("benches/run: interrupted", file=sys.stderr)
        return 130
    return 0


def run(chosen: Options) -> None:
    install.system(chosen.engine)
    programs = Programs(
        simpul=install.simpul(),
        node=install.postgraphile() if "postgraphile" in chosen.peers else None,
        seaography=install.built("seaography") if "seaography" in chosen.peers else None,
        floor=install.built("floor") if chosen.engine == "sqlite" else None,
    )
    with ExitStack() as stack:
        registry: Postgres | Sqlite
        if programs.floor:
            registry = Sqlite(programs.simpul, chosen.scale, programs.floor)
        else:
            registry = Postgres(stack.enter_context(Cluster()), programs.simpul, chosen.scale)
        if chosen.only == "prepare":
            print("==> ready", flush=True)
            return
        servers = _serve(stack, chosen, registry, programs)
        queries = [Query(name) for name in chosen.queries]
        for query in queries:
            query.write_requests(servers, registry.keys[query.name])
        stand = Stand(registry, servers, programs.floor)
        check(stand, chosen.peers, queries, chosen.checks)
        if chosen.only == "check":
            return
        busy = machine_load.before()
        found = rounds.measure(stand, chosen.peers, queries, chosen.rounds, chosen.seconds)
        used = versions.of(programs.simpul, stand.cluster, programs.node, chosen.peers)
        _report(chosen, found, used, busy)


def _serve(
    stack: ExitStack, chosen: Options, registry: Postgres | Sqlite, programs: Programs
) -> dict[str, peers.Server]:
    """Starts the servers, each of which ends with `stack`."""
    servers: list[peers.Server] = []

    def add(server: peers.Server) -> None:
        stack.callback(server.stop)
        servers.append(server)

    if "simpul" in chosen.peers:
        add(peers.simpul(programs.simpul, registry.url))
    if programs.node and isinstance(registry, Postgres):
        registry.run((BENCHES / "postgraphile" / "views.sql").read_text())
        add(peers.postgraphile(programs.node, registry.url, chosen.workers))
    if programs.seaography:
        add(peers.seaography(programs.seaography, registry.url))
    return {server.name: server for server in servers}


def _report(chosen: Options, found: rounds.Measured, used: dict[str, str], busy: float) -> None:
    summaries = {
        query: {peer: rounds.summary(cells) for peer, cells in of_query.items()} for query, of_query in found.items()
    }
    where = report.circumstances(
        whole=chosen.whole,
        versions=used,
        engine=chosen.engine,
        scale=chosen.scale,
        rounds=chosen.rounds,
        seconds=chosen.seconds,
        connections=rounds.CONNECTIONS,
        workers=chosen.workers,
        busy_before=busy,
    )
    text = report.tables(summaries, where)
    print(f"\n{text}\n")
    raw = {"where": where, "summaries": summaries, "rounds": rounds.raw(found)}
    print("==> all figures:", report.keep(chosen.engine, raw))
    if chosen.write:
        report.write(chosen.engine, text)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
