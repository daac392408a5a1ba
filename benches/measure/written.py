"""The registry that mutations change: a copy, which is removed at the end."""

import shutil
import sqlite3
import uuid
from contextlib import ExitStack, closing
from pathlib import Path

from . import children
from .data import Postgres, Sqlite
from .mutations import MONTHS
from .paths import TARGET

NAME = "simpul_writes"
SUBJECT = "benches/writes"


class Copy:
    def __init__(self, registry: Postgres | Sqlite, stack: ExitStack) -> None:
        self.cluster = registry.cluster if isinstance(registry, Postgres) else None
        self.file = TARGET / f"{NAME}.db"
        self._remove()
        stack.callback(self._remove)
        if isinstance(registry, Postgres):
            self.url = registry.cluster.url(NAME)
            registry.cluster.run(f'CREATE DATABASE {NAME} TEMPLATE "{registry.database}" STRATEGY FILE_COPY')
        else:
            self.url = f"sqlite://{self.file}"
            shutil.copy(registry.file, self.file)
        self._empty()

    def _empty(self) -> None:
        """Removes the months that will be recorded."""
        delete = f"DELETE FROM linkage_month WHERE month >= '{MONTHS[0]}'"
        if self.cluster:
            self.cluster.run(f"{delete}; VACUUM (ANALYZE) linkage_month", NAME)
            return
        with closing(sqlite3.connect(self.file)) as database:
            database.execute(delete)
            database.commit()

    @property
    def engine(self) -> str:
        return "postgres" if self.cluster else "sqlite"

    def credential(self, program: Path) -> str:
        """A new key of the ministry, as a request sends it."""
        subject: list[str | Path] = ["--subject", SUBJECT, "--database-url", self.url]
        told = children.run([program, "key", "create", *subject], "simpul key create", cwd=TARGET)
        children.run([program, "grant", "add", "--role", "MINISTRY", *subject], "simpul grant add", cwd=TARGET)
        return f"Bearer {next(word for word in told.split() if word.startswith('simpul_'))}"

    def rows(self, sql: str) -> list[tuple[uuid.UUID, int, str]]:
        if self.cluster:
            lines = self.cluster.run(sql, NAME).splitlines()
            found = (line.split("|") for line in lines)
            return [(uuid.UUID(key), int(version), month) for key, version, month in found]
        with closing(sqlite3.connect(self.file)) as database:
            return [(uuid.UUID(bytes=key), version, month) for key, version, month in database.execute(sql)]

    def sequence(self) -> int:
        """The number of the last write."""
        sql = "SELECT coalesce(max(sequence), 0) FROM change"
        if self.cluster:
            return int(self.cluster.run(sql, NAME))
        with closing(sqlite3.connect(self.file)) as database:
            return int(database.execute(sql).fetchone()[0])

    def _remove(self) -> None:
        if self.cluster:
            self.cluster.run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        for end in ("", "-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
