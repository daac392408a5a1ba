"""A PostgreSQL cluster for the benchmark, kept between runs."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import children
from .paths import BENCHES, REPOSITORY, TARGET

USER = "simpul"


class Cluster:
    """A cluster in target/bench/postgres, and its server while it runs."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        found = children.run([REPOSITORY / "scripts" / "postgres-cluster", "bin"], "finding PostgreSQL")
        # Where the programs really are: links elsewhere may be to some of them only.
        self.programs = Path(found, "initdb").resolve().parent
        self.folder = TARGET / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.settings = settings or {}
        """Settings that differ from those in postgres.conf."""
        self.port = 0
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._own(Path(shutil.copy(BENCHES / "postgres.conf", self.data / "postgresql.conf")))
        self.port = children.free_port()
        self.log.unlink(missing_ok=True)
        command: list[str | Path] = [self.programs / "postgres", "-D", self.data, "-p", str(self.port)]
        command += [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self.server = children.start(command, self.log, os.environ, end=signal.SIGINT, **self._owner())
        try:
            children.until(self._answers, self.server, "PostgreSQL", self.log)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.server:
            children.stop(self.server, signal.SIGINT)
            self.server = None

    @property
    def pid(self) -> int:
        assert self.server
        return self.server.pid

    def url(self, database: str = "postgres") -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, database: str = "postgres", *options: str) -> str:
        """What `sql` prints: a row a line, a bar between columns."""
        command: list[str | Path] = [
            self.programs / "psql",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            *options,
            self.url(database),
        ]
        return children.run(command, "PostgreSQL", input=sql)

    def _make(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._own(self.folder)
        command: list[str | Path] = [self.programs / "initdb", "--pgdata", self.data, "--username", USER]
        command += ["--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"]
        children.run(command, "making a cluster", **self._owner())

    def _answers(self) -> bool:
        command: list[str | Path] = [self.programs / "psql", "-XAtqc", "SELECT 1", self.url()]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    # The server refuses to run as root.
    def _account(self) -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres")
        except KeyError:
            return pwd.getpwnam("nobody")

    def _owner(self) -> dict[str, Any]:
        account = self._account()
        if account is None:
            return {}
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": self.folder}

    def _own(self, path: Path) -> None:
        if account := self._account():
            os.chown(path, account.pw_uid, account.pw_gid)
