"""The measured node: a real server, its CPU time and memory, and its database."""

import http.client
import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

from measure import children, processes

SETTINGS = ["--rate-limit", "off", "--statement-timeout-ms", "20000"]
"""Trials go beyond the time that callers are given, so that what takes longer is seen for what it is."""

WARMING = '{ cooperatives(first: 1) { nodes { name region { name } } } search(text: "tani", first: 1) { nodes { __typename } } }'
"""What is asked first, since some things are read once for each process."""


class Node:
    """A `simpul serve`, started anew whenever it has kept much memory."""

    def __init__(self, program: Path, url: str, database: int | None, folder: Path) -> None:
        self.program, self.url, self.database, self.folder = program, url, database, folder
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.settled = 0

    def start(self) -> None:
        self.stop()
        self.port = children.free_port()
        listen = ["--listen", f"127.0.0.1:{self.port}"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
        log = self.folder / "log"
        log.unlink(missing_ok=True)
        command: list[str | Path] = [self.program, "serve", "--database-url", self.url, *SETTINGS, *listen]
        self.process = children.start(command, log, kept, end=signal.SIGTERM, cwd=self.folder)
        children.until(self._answers, self.process, "simpul serve", log)
        for _ in range(20):
            self.ask(WARMING)
        self.settled = self.memory()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            children.stop(self.process, signal.SIGTERM)
        self.process = None

    def ask(self, document: str, *, only_cost: bool = False) -> tuple[dict[str, Any], int]:
        """The answer, and its bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"content-type": "application/json", "accept": "application/json"}
        if only_cost:
            headers["simpul-cost-only"] = "true"
        try:
            connection.request("POST", "/graphql", json.dumps({"query": document}).encode(), headers)
            text = connection.getresponse().read()
        finally:
            connection.close()
        try:
            return json.loads(text), len(text)
        except ValueError:
            return {"errors": [{"message": text[:200].decode(errors="replace")}]}, len(text)

    def data(self, document: str) -> dict[str, Any]:
        return self.ask(document)[0].get("data") or {}

    def times(self) -> dict[str, int]:
        """Nanoseconds of processor time by thread, of the server and of the database's processes."""
        assert self.process
        found = {f"server {task}": time for task, time in _threads(self.process.pid).items()}
        if self.database:
            found[f"database {self.database} reaped"] = _reaped(self.database)
            for pid in processes.tree(self.database, processes.processes()):
                found |= {f"database {task}": time for task, time in _threads(pid).items()}
        return found

    def memory(self, line: str = "RssAnon:") -> int:
        """Bytes that the server holds; what it maps of files does not count."""
        assert self.process
        return _status(self.process.pid).get(line, 0)

    def forget_peak(self) -> None:
        assert self.process
        processes.forget_peaks(self.process.pid)

    def peak(self) -> int:
        """The most bytes it held since, without those of files."""
        assert self.process
        status = _status(self.process.pid)
        return max(status.get("VmHWM:", 0) - status.get("RssFile:", 0), status.get("RssAnon:", 0))

    def _answers(self) -> bool:
        try:
            return "data" in self.ask("{ __typename }")[0]
        except (OSError, http.client.HTTPException):
            return False


class Sampled:
    """The most memory that a node holds while this is open, looked at every few milliseconds."""

    def __init__(self, node: Node) -> None:
        self.node, self.most, self.over = node, 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Sampled":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.over.wait(0.02):
            self.most = max(self.most, self.node.memory())


def _threads(pid: int) -> dict[str, int]:
    found = {}
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found[f"{pid}/{task.name}"] = int((task / "schedstat").read_text().split()[0])
    except OSError:  # ended meanwhile
        pass
    return found


def _reaped(pid: int) -> int:
    """Nanoseconds of a process's children that have ended, such as PostgreSQL's parallel workers."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) * 1_000_000_000 // processes.TICK


def _status(pid: int) -> dict[str, int]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    sizes = (line.split() for line in lines if line.endswith(" kB"))
    return {size[0]: int(size[1]) * 1024 for size in sizes}
