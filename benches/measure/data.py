"""The database that all peers read: created once by Simpul's commands, and kept."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from . import children
from .cluster import Cluster
from .paths import BENCHES, TARGET
from .query import ALL, Query

TENFOLD = "tenfold"
"""The scale of ten nations, which no command of Simpul's makes up."""

SIZED = 200
"""Keys whose answers are measured for their size, where the generator does not tell."""


def simpul(program: Path, command: str, url: str, *options: str) -> None:
    """Runs one of Simpul's commands on a registry, as it is without settings of the caller's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    arguments: list[str | Path] = [program, command, "--database-url", url, *options]
    children.run(arguments, f"simpul {command}", env=environment, cwd=TARGET)


def fill(program: Path, url: str, scale: str) -> None:
    print(f"==> a registry of scale {scale}, for minutes", flush=True)
    simpul(program, "migrate", url)
    simpul(program, "seed", url)
    simpul(program, "generate", url, "--scale", scale)


class Postgres:
    """The registry in the bench's cluster, and the keys in a schema beside it."""

    def __init__(self, cluster: Cluster, program: Path, scale: str) -> None:
        self.cluster = cluster
        self.database = f"simpul_{scale}".replace(".", "_")
        self.url = cluster.url(self.database)
        if not self._made():
            cluster.run(f'DROP DATABASE IF EXISTS "{self.database}"')
            if scale == TENFOLD:
                self._multiply(Postgres(cluster, program, "national"))
            else:
                cluster.run(f'CREATE DATABASE "{self.database}"')
                fill(program, self.url, scale)
                self.run("CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pg_prewarm")
            self._alone()
            self.run("VACUUM (ANALYZE)")
            self.run("CREATE SCHEMA bench")
        before = self.run("SELECT count(*) FROM seaql_migrations")
        simpul(program, "migrate", self.url)
        same = before == self.run("SELECT count(*) FROM seaql_migrations")
        self._alone()
        self.run("VACUUM" if same else "VACUUM ANALYZE")
        self.keys = {name: self._keys(Query(name)) for name in ALL}
        self.run("SELECT pg_prewarm(oid) FROM pg_class WHERE relkind IN ('r', 'i') AND relpersistence = 'p'")

    def run(self, sql: str, *options: str) -> str:
        return self.cluster.run(sql, self.database, *options)

    def answer(self, query: Query, number: int) -> str:
        """What the hand-written statement answers to a key."""
        return self.run(query.statement("postgres"), "-v", f"n={number}")

    def size(self, query: Query) -> float:
        """Bytes of that answer, in the mean of some keys."""
        statement = query.statement("postgres")
        answers = self.run("".join(f"\\set n {number}\n{statement};\n" for number in range(1, SIZED + 1)))
        return len(answers.encode()) / SIZED

    def _made(self) -> bool:
        sql = f"SELECT 1 FROM pg_database WHERE datname = '{self.database}'"
        return bool(self.cluster.run(sql)) and bool(self.run("SELECT 1 FROM pg_namespace WHERE nspname = 'bench'"))

    def _multiply(self, nation: "Postgres") -> None:
        print("==> ten times the nation, for ten minutes and 13 GB", flush=True)
        nation._alone()
        self.cluster.run("DROP DATABASE IF EXISTS making")
        self.cluster.run(f'CREATE DATABASE making TEMPLATE "{nation.database}"')
        self.cluster.run((BENCHES / "measure" / "tenfold.sql").read_text(), "making")
        self.cluster.run("DROP SCHEMA bench CASCADE", "making")
        self.cluster.run(f'ALTER DATABASE making RENAME TO "{self.database}"')

    def _alone(self) -> None:
        """Waits for those who loaded the rows: what an old snapshot might not see is no row that all can."""
        sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while self.run(sql) != "0":
            time.sleep(0.1)

    def _keys(self, query: Query) -> list[str]:
        tickets = self.run((query.folder / "keys.sql").read_text()).splitlines()
        keys = query.drawn(tickets)
        table = f"bench.{query.name}"
        rows = "".join(f"{number}\t{key}\n" for number, key in enumerate(keys, 1))
        self.run(
            f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (n int PRIMARY KEY, key text NOT NULL);\n"
            f"COPY {table} FROM STDIN;\n{rows}\\.\nVACUUM ANALYZE {table};\n"
        )
        return keys


class Sqlite:
    """The registry in a file."""

    def __init__(self, program: Path, scale: str, floor: Path | None = None) -> None:
        self.floor = floor
        """The program that runs statements on SQLite."""
        self.file = TARGET / f"simpul-{scale}.db"
        self.url = f"sqlite://{self.file}"
        if not self.file.exists():
            making = TARGET / "making.db"
            for end in ("", "-wal", "-shm"):
                Path(f"{making}{end}").unlink(missing_ok=True)
            fill(program, f"sqlite://{making}", scale)
            with closing(sqlite3.connect(making)) as database:
                database.execute("ANALYZE")
            making.rename(self.file)
        simpul(program, "migrate", self.url)
        self.keys = {name: self._keys(Query(name)) for name in ALL}
        with self.file.open("rb") as file:
            while file.read(1 << 24):
                pass

    def answer(self, query: Query, number: int) -> str:
        key = self.keys[query.name][number - 1]
        assert self.floor
        return children.run([self.floor, self.file, query.folder / "sqlite.sql", key], "the statement on SQLite")

    def size(self, _: Query) -> float:
        """Told by the generator instead."""
        return 0.0

    def _keys(self, query: Query) -> list[str]:
        with closing(sqlite3.connect(self.file)) as database:
            rows = database.execute((query.folder / "keys.sql").read_text())
            return query.drawn([str(key) for (key,) in rows])
