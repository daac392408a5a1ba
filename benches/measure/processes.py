"""CPU time and memory of processes, from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    parent: int
    name: str
    seconds: float
    """CPU time of its own, and of its children that have ended."""


def processes() -> dict[int, Process]:
    """Everything that runs now, by process id."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:  # ended meanwhile
                continue
            name, rest = text[text.index("(") + 1 :].rsplit(")", 1)
            fields = rest.split()
            ticks = sum(int(field) for field in fields[11:15])
            found[int(folder.name)] = Process(int(fields[1]), name, ticks / TICK)
    return found


def tree(root: int, running: dict[int, Process]) -> set[int]:
    """`root` and all that descends from it."""
    members = {root} & running.keys()
    while more := {pid for pid, process in running.items() if process.parent in members} - members:
        members |= more
    return members


def seconds(root: int, running: dict[int, Process]) -> float:
    """CPU time of the whole tree under `root`, those that have ended and were waited for included."""
    return sum(running[pid].seconds for pid in tree(root, running))


def peak_memory(root: int) -> int:
    """Bytes of resident memory at their highest, added up over the tree under `root`."""
    total = 0
    for pid in tree(root, processes()):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    return total


def forget_peaks(root: int) -> None:
    """Lets the highest of resident memory begin anew."""
    for pid in tree(root, processes()):
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        except OSError:  # then it is the highest since the process began
            continue


@dataclass(frozen=True)
class Machine:
    """CPU time of all cores since the machine was started."""

    busy: float
    """Of programs and of the kernel on their behalf."""
    idle: float
    stolen: float
    """Taken by other machines on the same host."""


def machine() -> Machine:
    fields = [int(field) / TICK for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, idle, waiting, _, _, stolen = fields
    return Machine(user + nice + system, idle + waiting, stolen)
