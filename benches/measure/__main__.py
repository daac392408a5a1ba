"""One run: install, make the registry, check, measure, report."""

import fcntl
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from . import bystanders, install, peers, report, rounds
from .cell import Stand
from .check import check
from .cluster import Cluster
from .command import Options, options
from .data import Postgres, Sqlite
from .failure import Failure
from .place import BENCHES, TARGET
from .query import Query


def main() -> int:
    chosen = options(sys.argv[1:])
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupted)
    TARGET.mkdir(parents=True, exist_ok=True)
    try:
        with (TARGET / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Failure("another run is under way in target/bench") from None
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
    program = install.simpul()
    node = install.postgraphile() if "postgraphile" in chosen.peers else None
    floor = None if chosen.engine == "postgres" else install.floor()
    with ExitStack() as stack:
        registry: Postgres | Sqlite
        if floor:
            registry = Sqlite(program, chosen.scale, floor)
        else:
            registry = Postgres(stack.enter_context(Cluster()), program, chosen.scale)
        if chosen.only == "prepare":
            return
        servers = {}
        if "simpul" in chosen.peers:
            servers["simpul"] = peers.simpul(program, registry.url)
            stack.callback(servers["simpul"].stop)
        if node and isinstance(registry, Postgres):
            registry.run((BENCHES / "postgraphile" / "views.sql").read_text())
            servers["postgraphile"] = peers.postgraphile(node, registry.url, chosen.workers)
            stack.callback(servers["postgraphile"].stop)
        queries = [Query(name) for name in chosen.queries]
        for query in queries:
            keys = registry.keys[query.name]
            (TARGET / "bodies").mkdir(exist_ok=True)
            (TARGET / "bodies" / f"{query.name}.keys").write_text("".join(f"{key}\n" for key in keys))
            for peer in servers:
                if query.asked_of(peer):
                    query.bodies(peer, keys)
        stand = Stand(registry, servers, floor)
        check(stand, chosen.peers, queries, chosen.checks)
        if chosen.only == "check":
            return
        busy = bystanders.before()
        found = rounds.measure(stand, chosen.peers, queries, chosen.rounds, chosen.seconds)
        _report(chosen, found, _versions(stand, program, node), busy)


def _report(chosen: Options, found: rounds.Measured, versions: dict[str, str], busy: float) -> None:
    summaries = {
        query: {peer: rounds.summary(cells) for peer, cells in of_query.items()} for query, of_query in found.items()
    }
    where = report.circumstances(
        versions=versions,
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


def _versions(stand: Stand, program: Path, node: Path | None) -> dict[str, str]:
    def said(*command: str | Path) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    versions = {"Simpul": said(program, "--version").split()[-1], "rustc": said("rustc", "--version").split()[1]}
    if stand.cluster:
        versions["PostgreSQL"] = said(stand.cluster.programs / "postgres", "--version").split()[2]
    if node:
        script = "require('./node_modules/postgraphile/package.json').version"
        versions["Node"] = said(node, "--version").removeprefix("v")
        versions["PostGraphile"] = subprocess.check_output(
            [node, "-p", script], cwd=TARGET / "postgraphile", text=True
        ).strip()
    wrk = subprocess.run([shutil.which("wrk") or "wrk", "-v"], capture_output=True, text=True, check=False)
    versions["wrk"] = (wrk.stdout + wrk.stderr).split()[1]
    return versions


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
