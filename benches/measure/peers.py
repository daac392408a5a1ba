"""The peers: the servers that are measured, how each is started, and its URL."""

import http.client
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from . import children
from .paths import TARGET

# The environment of a server: nothing of the caller's that could change what is measured.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


class Server:
    """A GraphQL server while it runs."""

    def __init__(self, name: str, command: list[str | Path], environment: dict[str, str], port: int) -> None:
        self.name = name
        self.url = f"http://127.0.0.1:{port}/graphql"
        folder = TARGET / "servers" / name
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "log"
        log.unlink(missing_ok=True)
        kept = {key: value for key, value in os.environ.items() if key in KEPT}
        self.process: subprocess.Popen[bytes] = children.start(
            command, log, kept | environment, end=signal.SIGTERM, cwd=folder
        )
        try:
            children.until(self._answers, self.process, name, log)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        children.stop(self.process, signal.SIGTERM)

    def ask(self, body: str) -> str:
        headers = {"content-type": "application/json", "accept": "application/json"}
        request = urllib.request.Request(self.url, body.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return str(answer.read(), "utf-8")
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def _answers(self) -> bool:
        try:
            return "data" in json.loads(self.ask('{"query": "{ __typename }"}'))
        except (OSError, http.client.HTTPException, ValueError):
            return False


def simpul(program: Path, database_url: str) -> Server:
    """As operators run it, but for the limit on callers: here all of them are one."""
    port = children.free_port()
    command: list[str | Path] = [program, "serve", "--database-url", database_url, "--rate-limit", "off"]
    return Server("simpul", [*command, "--listen", f"127.0.0.1:{port}"], {}, port)


def seaography(program: Path, database_url: str) -> Server:
    port = children.free_port()
    return Server("seaography", [program], {"DATABASE_URL": database_url, "PORT": str(port)}, port)


def postgraphile(node: Path, database_url: str, workers: int) -> Server:
    port = children.free_port()
    environment = {
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "WORKERS": str(workers),
    }
    return Server("postgraphile", [node, TARGET / "postgraphile" / "server.mjs"], environment, port)
