"""One measurement: a peer, a query, a number of connections."""

import time
from dataclasses import dataclass
from pathlib import Path

from . import load, processes
from .machine_load import Watch
from .cluster import Cluster
from .data import Postgres, Sqlite
from .load import Load, Outcome
from .peers import Server
from .query import KEYS, Query


@dataclass(frozen=True)
class Cell:
    """Results of one measurement: times in seconds, `…_cpu` in CPU seconds per request, sizes in bytes."""

    requests_per_second: float
    p50: float
    p99: float
    answer_bytes: float
    server_cpu: float
    database_cpu: float
    generator_cpu: float
    server_memory: int
    statements: float
    others: float
    """Cores that other processes used meanwhile."""


@dataclass(frozen=True)
class Stand:
    """The registry and the servers that a run measures."""

    registry: Postgres | Sqlite
    servers: dict[str, Server]
    floor: Path | None
    """The program that runs statements on SQLite."""

    @property
    def cluster(self) -> Cluster | None:
        return self.registry.cluster if isinstance(self.registry, Postgres) else None

    @property
    def engine(self) -> str:
        return "postgres" if self.cluster else "sqlite"

    @property
    def roots(self) -> set[int]:
        servers = {server.pid for server in self.servers.values()}
        return servers | ({self.cluster.pid} if self.cluster else set())

    def measure(self, peer: str, query: Query, asked: Load, seed: int, answer_bytes: float) -> Cell:
        """`answer_bytes` is the size of answers where the generator does not tell it."""
        self._settle()
        server = self.servers.get(peer)
        if server:
            processes.forget_peaks(server.pid)
        if isinstance(self.registry, Postgres):
            self.registry.run("SELECT pg_stat_statements_reset()")
        watch = Watch(self.roots)
        before = watch.running
        outcome = self._ask(peer, query, asked, seed)
        after = processes.processes()
        others = watch.others(after, f"{peer} answered {query.name}")

        def cpu(root: int) -> float:
            return (processes.seconds(root, after) - processes.seconds(root, before)) / outcome.answers

        return Cell(
            requests_per_second=outcome.answers / outcome.seconds,
            p50=outcome.p50,
            p99=outcome.p99,
            answer_bytes=answer_bytes if outcome.bytes is None else outcome.bytes / outcome.answers,
            server_cpu=cpu(server.pid) if server else outcome.server / outcome.answers,
            database_cpu=cpu(self.cluster.pid) if self.cluster else 0.0,
            generator_cpu=outcome.generator / outcome.answers,
            server_memory=processes.peak_memory(server.pid) if server else 0,
            statements=self._statements() / outcome.answers,
            others=others,
        )

    def _settle(self) -> None:
        """Waits for what the last measurement left behind: requests under way, whose callers have gone."""
        used = self._used()
        for _ in range(100):
            time.sleep(0.2)
            before, used = used, self._used()
            if used - before < 0.02:
                return

    def _used(self) -> float:
        running = processes.processes()
        return sum(processes.seconds(root, running) for root in self.roots)

    def _ask(self, peer: str, query: Query, asked: Load, seed: int) -> Outcome:
        if server := self.servers.get(peer):
            return load.wrk(server, query.bodies(peer), asked, seed)
        if isinstance(self.registry, Postgres):
            statement = query.statement("postgres")
            return load.pgbench(self.registry.cluster, self.registry.database, statement, KEYS, asked, seed)
        assert self.floor
        return load.floor(self.floor, self.registry.file, query.folder / "sqlite.sql", query.keys, asked, seed)

    def _statements(self) -> int:
        if not isinstance(self.registry, Postgres):
            return 0
        sql = """SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database ON oid = dbid
                 WHERE datname = current_database() AND query NOT LIKE '%pg_stat_statements%'"""
        return int(self.registry.run(sql))
