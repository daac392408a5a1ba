"""CPU use of other processes, which makes measurements unreliable."""

import os
import time

from . import processes

LOUD = 0.03
"""Cores; a process that uses more during a measurement is reported."""


def _shout(text: str) -> None:
    print(f"\n!!!!  {text}\n", flush=True)


def before() -> float:
    """Warns if the machine is not idle; returns the cores in use, over a second."""
    began, then = processes.machine(), processes.processes()
    time.sleep(1)
    ended = processes.machine()
    used = ended.busy - began.busy
    load = os.getloadavg()[0]
    if used > 0.1:
        names = _busiest(then, processes.processes(), set())
        _shout(f"THE MACHINE IS BUSY: {used:.2f} of its cores are in use, load {load:.2f} ({names})")
    return used


class Watch:
    """CPU use of all processes but the measured ones, from its creation to `others`."""

    def __init__(self, roots: set[int]) -> None:
        self.roots = roots | {os.getpid()}
        self.began = time.monotonic()
        self.running = processes.processes()
        self.machine = processes.machine()

    def others(self, running: dict[int, processes.Process], what: str) -> float:
        """Cores that other processes used."""
        now, seconds = processes.machine(), time.monotonic() - self.began
        known = 0.0
        ours: set[int] = set()
        for root in self.roots:
            ours |= processes.tree(root, running)
        for pid in ours:
            before = self.running.get(pid)
            known += running[pid].seconds - (before.seconds if before else 0)
        taken = max(0.0, now.busy - self.machine.busy - known) / seconds
        stolen = (now.stolen - self.machine.stolen) / seconds
        if taken > LOUD or stolen > LOUD:
            names = _busiest(self.running, running, ours)
            _shout(f"NOT ALONE: while {what}, others took {taken:.2f} cores ({names}) and the host {stolen:.2f}")
        return taken + stolen


def _busiest(before: dict[int, processes.Process], after: dict[int, processes.Process], but: set[int]) -> str:
    took: dict[str, float] = {}
    for pid, process in after.items():
        if pid not in but and pid != os.getpid():
            since = process.seconds - (before[pid].seconds if pid in before else 0)
            took[process.name] = took.get(process.name, 0) + since
    names = sorted((name for name in took if took[name] > 0.02), key=lambda name: -took[name])
    return ", ".join(names[:3]) or "short-lived ones"
