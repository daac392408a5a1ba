"""Child processes, which end with this program."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .failure import Failure

Command = Sequence[str | Path]

DIE_WITH_PARENT = 1


def start(
    command: Command, log: Path, environment: Mapping[str, str], *, end: signal.Signals, **options: Any
) -> subprocess.Popen[bytes]:
    """Starts a server in a session of its own; should this program be killed, it gets the signal `end`."""

    def bound() -> None:
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, end)

    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=bound,
            **options,
        )


def stop(server: subprocess.Popen[bytes], end: signal.Signals) -> None:
    """Ends a server politely, or after half a minute at once."""
    server.send_signal(end)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(
    condition: Callable[[], bool], server: subprocess.Popen[bytes], what: str, log: Path, seconds: float = 120
) -> None:
    """Waits until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if server.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").splitlines()[-20:]
            raise Failure("\n".join([f"{what} does not start; the end of {log}:", *lines]))
        time.sleep(0.1)


def run(command: Command, what: str, **options: Any) -> str:
    """What a program prints that must not fail."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise Failure(f"{what} fails: {' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-4000:]}")
    return str(done.stdout).rstrip("\n")
