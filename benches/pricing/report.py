"""The report: worst documents first, a summary, and whether the prices are good enough."""

import json
import statistics
from pathlib import Path

from .trial import Trial

MOST_TIME = 2.0
MOST_GROWTH = 64 << 20
MOST_RATIO = 10.0
SHOWN = 10
FAULTS = ("INTERNAL", "TIMEOUT")


def worst(trials: list[Trial]) -> list[Trial]:
    return sorted(trials, key=lambda trial: -trial.rate)


def table(trials: list[Trial], shown: int = SHOWN) -> str:
    """The worst by time for their points, by time and by memory, with their documents."""
    parts = []
    for title, chosen in (
        ("most time for its points", worst(trials)),
        ("most time", sorted(trials, key=lambda trial: -trial.time)),
        ("most memory", sorted(trials, key=lambda trial: -trial.growth)),
    ):
        parts.append(f"## {title}\n" + "\n".join(map(_shown, chosen[:shown])))
    return "\n\n".join(parts)


def summary(trials: list[Trial], refused: int) -> dict[str, float]:
    rates = sorted(trial.rate for trial in trials)
    middle = statistics.median(rates)
    return {
        "documents": len(trials),
        "refused when executed": refused,
        "median ms per 1,000 points": middle,
        "p99 ms per 1,000 points": rates[min(len(rates) - 1, int(len(rates) * 0.99))],
        "worst ms per 1,000 points": rates[-1],
        "worst over median": rates[-1] / middle if middle else 0.0,
        "worst seconds": max(trial.time for trial in trials),
        "over 2 s": sum(trial.time > MOST_TIME for trial in trials),
        "over 64 MB": sum(trial.growth > MOST_GROWTH for trial in trials),
        "INTERNAL or TIMEOUT": sum(any(code in FAULTS for code in trial.errors) for trial in trials),
    }


def lines(found: dict[str, float]) -> str:
    return "\n".join(f"{name}: {value:,.2f}".replace(".00", "") for name, value in found.items())


def passes(found: dict[str, float]) -> bool:
    bad = found["over 2 s"] + found["over 64 MB"] + found["INTERNAL or TIMEOUT"]
    return not bad and found["worst over median"] <= MOST_RATIO


def keep(trials: list[Trial], found: dict[str, float], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"summary": found, "trials": [trial.row() for trial in worst(trials)]}, indent=1))


def _shown(trial: Trial) -> str:
    errors = f" {','.join(trial.errors)}" if trial.errors else ""
    return (
        f"{trial.rate:8.2f} ms/1,000  {trial.time * 1e3:7.0f} ms (server {trial.server * 1e3:.0f}, database "
        f"{trial.database * 1e3:.0f}, wall {trial.wall * 1e3:.0f})  {trial.price} points, {trial.paid} paid  "
        f"{trial.growth / 2**20:.1f} MB  {trial.answer} B{errors}  {trial.shape}\n         {trial.document}"
    )
