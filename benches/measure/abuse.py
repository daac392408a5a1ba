"""Latency of one client that requests profiles, while one attacker sends costly requests from another address."""

import argparse
import http.client
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import children, install
from .attacks import ATTACKS, LARGEST
from .cluster import Cluster
from .data import fill, simpul
from .failure import Failure
from .peers import Server
from .paths import BENCHES, TARGET
from .query import Query

VICTIM = "127.0.0.3"
MOST = 0.25
"""Seconds that a profile may take in the median."""

TEXT = """\
Starts a node, its rate limit on as operators have it, and asks it for profiles from 127.0.0.3, one after the other,
while 16 connections from 127.0.0.2 send one kind of attack: once for each kind, on each engine.
"""
AFTER = """\
Exits 0 when all profiles came at once, their median never was over 250 ms, and /readyz and /livez always said 200; 1
otherwise.
"""


@dataclass(frozen=True)
class Seen:
    """What the victim saw, and who looks after the node."""

    times: list[float]
    wrong: int
    ready: list[tuple[int, float]]
    live: list[tuple[int, float]]
    attacker: dict[str, int]

    @property
    def median(self) -> float:
        return statistics.median(self.times) if self.times else float("inf")

    @property
    def well(self) -> bool:
        healthy = all(status == 200 for status, _ in self.ready + self.live)
        return self.median <= MOST and self.wrong == 0 and healthy


def main() -> int:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupted)
    parser = argparse.ArgumentParser(
        "benches/abuse", description=TEXT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--program", type=Path, help="the simpul to start (SIMPUL_BIN, else it is built)")
    add("--engine", choices=["sqlite", "postgres"], action="append", help="one engine (both)")
    add("--sqlite", metavar="FILE", help="a registry that is there (one of demo size is made)")
    add("--postgres", metavar="URL", help="a registry that is there (one of demo size is made)")
    add("--attack", choices=[attack.name for attack in ATTACKS], action="append", help="one attack (all)")
    add("--seconds", type=float, default=10, help="how long each is (10)")
    add("--connections", type=int, default=16, help="of the attacker (16)")
    chosen = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    try:
        program = (chosen.program or install.simpul()).resolve()
        well = True
        for engine in chosen.engine or ["sqlite", "postgres"]:
            with ExitStack() as stack:
                url = _registry(engine, getattr(chosen, engine), program, stack)
                well &= _measure(engine, url, program, chosen)
        return 0 if well else 1
    except Failure as failure:
        print(f"benches/abuse: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("benches/abuse: interrupted", file=sys.stderr)
        return 130


def _registry(engine: str, given: str | None, program: Path, stack: ExitStack) -> str:
    """The URL of the registry that the node serves."""
    if engine == "sqlite":
        if given:
            return f"sqlite://{Path(given).resolve()}"
        file = TARGET / "simpul-abuse.db"
        if not file.exists():
            making = file.with_suffix(".making")
            making.unlink(missing_ok=True)
            fill(program, f"sqlite://{making}?mode=rwc", "demo")
            making.rename(file)
        return _current(program, f"sqlite://{file}")
    if given:
        return given
    cluster = stack.enter_context(Cluster())
    if not cluster.run("SELECT 1 FROM pg_database WHERE datname = 'simpul_abuse'"):
        cluster.run("CREATE DATABASE simpul_abuse")
        fill(program, cluster.url("simpul_abuse"), "demo")
    return _current(program, cluster.url("simpul_abuse"))


def _current(program: Path, url: str) -> str:
    """The registry at `url`, which an older program may have made, with every migration of this one."""
    simpul(program, "migrate", url)
    return url


def _measure(engine: str, url: str, program: Path, chosen: argparse.Namespace) -> bool:
    print(f"==> {engine}: {program}", flush=True)
    print(f"{'attack':28} {'median':>8} {'p95':>8} {'profiles':>9}  readyz (slowest)  livez (slowest)  attacker", flush=True)
    well = True
    for name in ["nobody", *(chosen.attack or [attack.name for attack in ATTACKS])]:
        with ExitStack() as stack:
            server = _started(program, url)
            stack.callback(server.stop)
            seen = _seen(server, name, chosen)
        well &= seen.well
        print(_line(name, seen), flush=True)
    return well


def _started(program: Path, url: str) -> Server:
    port = children.free_port()
    command: list[str | Path] = [program, "serve", "--database-url", url, "--listen", f"127.0.0.1:{port}"]
    return Server("abuse", command, {}, port)


def _seen(server: Server, name: str, chosen: argparse.Namespace) -> Seen:
    port = int(server.url.rsplit(":", 1)[1].split("/")[0])
    largest = json.loads(server.ask(json.dumps({"query": LARGEST})))["data"]["institutions"]["nodes"][0]["slug"]
    slugs = {"data": None}
    while not slugs["data"]:  # A node that has just started may be too busy with itself to answer in time.
        slugs = json.loads(server.ask('{"query": "{cooperatives(first:100){nodes{slug}}}"}'))
    keys = [node["slug"] for node in slugs["data"]["cooperatives"]["nodes"]]
    bodies = itertools.cycle([Query("profile").body("simpul", key) for key in random.Random(1).sample(keys, len(keys))])
    _profiles(port, bodies, 1.0)  # The node warms up.
    attacker = None
    if name != "nobody":
        told = {"attack": name, "port": port, "largest": largest}
        told |= {"seconds": chosen.seconds + 1, "connections": chosen.connections}
        attacker = subprocess.Popen(
            [sys.executable, "-m", "measure.attacker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(BENCHES)},
        )
        assert attacker.stdin and attacker.stdout
        attacker.stdin.write(json.dumps(told) + "\n")
        attacker.stdin.flush()
        time.sleep(1)  # It has begun by then.
    until = time.monotonic() + chosen.seconds
    ready: list[tuple[int, float]] = []
    live: list[tuple[int, float]] = []
    watchers = [
        threading.Thread(target=_watch, args=(port, path, until, found))
        for path, found in (("/readyz", ready), ("/livez", live))
    ]
    for watcher in watchers:
        watcher.start()
    times, wrong = _profiles(port, bodies, chosen.seconds)
    for watcher in watchers:
        watcher.join()
    counted: dict[str, int] = {}
    if attacker and attacker.stdout:
        counted = json.loads(attacker.stdout.readline() or "{}")
        attacker.wait()
    return Seen(times, wrong, ready, live, counted)


def _profiles(port: int, bodies: Iterator[str], seconds: float) -> tuple[list[float], int]:
    """How long each profile took, and how many came to something else. What is refused is asked for again at once, and
    counts with all the time until it came."""
    until, times, wrong = time.monotonic() + seconds, [], 0
    connection = None
    while time.monotonic() < until:
        body, began, came = next(bodies), time.monotonic(), False
        while not came and time.monotonic() < until:
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(VICTIM, 0))
                connection.request("POST", "/graphql", body, {"content-type": "application/json"})
                answer = connection.getresponse()
                text = answer.read()
                came = answer.status == 200 and b'"errors"' not in text
                if not came:
                    wrong += 1
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException):
                connection, wrong = None, wrong + 1
        times.append(time.monotonic() - began)
        # At a reader's pace, so that the rate limit is never reached.
        time.sleep(0.05)
    return times, wrong


def _watch(port: int, path: str, until: float, found: list[tuple[int, float]]) -> None:
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            status = connection.getresponse().status
            connection.close()
        except (OSError, http.client.HTTPException):
            status = 0
        found.append((status, time.monotonic() - began))
        time.sleep(0.25)


def _line(name: str, seen: Seen) -> str:
    ordered = sorted(seen.times) or [float("inf")]
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    attacker = ", ".join(f"{count} {outcome}" for outcome, count in sorted(seen.attacker.items()))
    profiles = f"{len(seen.times)}" + (f" ({seen.wrong} no)" if seen.wrong else "")
    return (
        f"{name:28} {seen.median * 1000:6.0f}ms {p95 * 1000:6.0f}ms {profiles:>9}  {_health(seen.ready):16}  "
        f"{_health(seen.live):15}  {attacker}{'' if seen.well else '  TOO MUCH'}"
    )


def _health(found: list[tuple[int, float]]) -> str:
    statuses = "/".join(str(status) for status in sorted({status for status, _ in found}))
    return f"{statuses} ({max((took for _, took in found), default=0) * 1000:.0f}ms)"


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
