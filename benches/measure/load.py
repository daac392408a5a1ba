"""Load generators: wrk for servers, pgbench for a statement."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import children
from .cluster import Cluster
from .failure import Failure
from .peers import Server
from .paths import BENCHES, TARGET


@dataclass(frozen=True)
class Load:
    """How hard a peer is asked."""

    connections: int
    threads: int
    seconds: int


@dataclass(frozen=True)
class Outcome:
    answers: int
    seconds: float
    p50: float
    p99: float
    bytes: int | None
    generator: float
    """CPU seconds of what asked."""
    server: float = 0.0
    """CPU seconds of what answered, where that is the same program."""


def wrk(
    server: Server, bodies: Path, load: Load, seed: int | str, script: str = "load.lua", *arguments: str
) -> Outcome:
    command: list[str | Path] = [
        "wrk",
        f"-t{load.threads}",
        f"-c{load.connections}",
        f"-d{load.seconds}s",
        "--timeout",
        "30s",
        "-s",
        BENCHES / script,
        server.url,
        "--",
        bodies,
        str(seed),
        *arguments,
    ]
    output, generator = _timed(command, f"wrk on {server.name}")
    figures = _told(output)
    if figures["wrong"] or figures["broken"] or not figures["answers"]:
        raise Failure(
            f"{server.name} failed under load: {figures['wrong']} wrong answers, {figures['broken']} broken "
            f"connections; {figures['example']}"
        )
    return Outcome(figures["answers"], figures["seconds"], figures["p50"], figures["p99"], figures["bytes"], generator)


def pgbench(cluster: Cluster, database: str, statement: str, keys: int, load: Load, seed: int) -> Outcome:
    folder = TARGET / "pgbench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    script = folder / "script.sql"
    script.write_text(f"\\set n random(1, {keys})\n{statement};\n")
    command: list[str | Path] = [
        cluster.programs / "pgbench",
        "-n",
        "-M",
        "prepared",
        f"-c{load.connections}",
        f"-j{load.threads}",
        f"-T{load.seconds}",
        f"--random-seed={seed}",
        "--log",
        f"--log-prefix={folder}/log",
        "-f",
        script,
        cluster.url(database),
    ]
    output, generator = _timed(command, "pgbench")
    rate = re.search(r"tps = ([0-9.]+)", output)
    count = re.search(r"actually processed: (\d+)", output)
    failed = re.search(r"failed transactions: (\d+)", output)
    if not rate or not count or not failed or int(failed[1]):
        raise Failure(f"pgbench failed:\n{output}")
    times = sorted(int(line.split()[2]) for file in folder.glob("log.*") for line in file.read_text().splitlines())
    shutil.rmtree(folder)
    answers = int(count[1])
    return Outcome(
        answers, answers / float(rate[1]), _percentile(times, 50) / 1e6, _percentile(times, 99) / 1e6, None, generator
    )


def floor(program: Path, file: Path, statement: Path, keys: Path, load: Load, seed: int) -> Outcome:
    command: list[str | Path] = [program, file, statement, keys, str(load.threads), str(load.seconds), str(seed)]
    output, used = _timed(command, "the statement on SQLite")
    figures = _told(output)
    return Outcome(
        figures["answers"], figures["seconds"], figures["p50"], figures["p99"], figures["bytes"], 0.0, server=used
    )


def _told(output: str) -> dict[str, Any]:
    """The line of JSON among what a generator prints."""
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if not lines:
        raise Failure(f"the generator tells no figures:\n{output[-4000:]}")
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def _percentile(ordered: list[int], percent: int) -> int:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _timed(command: children.Command, what: str) -> tuple[str, float]:
    """What a program prints, and the CPU seconds it took."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        raise Failure(f"{what} fails:\n{output[-4000:]}")
    return output, usage.ru_utime + usage.ru_stime
