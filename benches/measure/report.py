"""Writes results as tables, as JSON and into docs/performance.md."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .failure import Failure
from .paths import DOCUMENT, REPOSITORY, RESULTS

Summaries = dict[str, dict[str, dict[str, Any]]]
"""By query and peer."""


def circumstances(**more: Any) -> dict[str, Any]:
    """Where and with what it was measured."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    cores = Path("/proc/cpuinfo").read_text().count("processor\t:")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{cores} cores ({cpu}), {memory:.0f} GB, Linux {platform.release()}",
        "commit": _commit(),
        **more,
    }


def _commit() -> str:
    git = ["git", "-C", str(REPOSITORY)]
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=False)
    given = ", the program that SIMPUL_BIN named" if "SIMPUL_BIN" in os.environ else ""
    return commit.stdout.strip() + (" with changes" if changed.stdout.strip() else "") + given


def tables(found: Summaries, where: dict[str, Any]) -> str:
    """Markdown."""
    parts = [_rates(found), _costs(found), _circumstances(found, where)]
    return "\n\n".join(parts)


def _rates(found: Summaries) -> str:
    peers = list(dict.fromkeys(peer for of_query in found.values() for peer in of_query))
    yardsticks = [peer for peer in ("sql", "postgraphile") if peer in peers]
    ratios = [(peer, yard) for yard in yardsticks for peer in peers if peer not in ("sql", yard)]
    head = ["requests per second", *peers, *(f"{peer} / {yard}" for peer, yard in ratios)]
    rows = []
    for query, of_query in found.items():
        rate = {peer: cell["requests_per_second"] for peer, cell in of_query.items()}
        row = [query, *(f"{rate[peer]:,.0f}" if peer in rate else "–" for peer in peers)]
        row += [f"{rate[peer] / rate[yard]:.2f}" if {peer, yard} <= rate.keys() else "–" for peer, yard in ratios]
        rows.append(row)
    return _table(head, rows)


def _costs(found: Summaries) -> str:
    head = [
        "",
        "one client, ms",
        "p50, ms",
        "p99, ms",
        "server, CPU ms",
        "database, CPU ms",
        "generator, CPU ms",
        "all, CPU ms",
        "statements",
        "answer, KB",
        "memory, MB",
        "noise",
    ]
    rows = []
    for query, of_query in found.items():
        for peer, cell in of_query.items():
            served = cell["server_memory"] > 0
            rows.append(
                [
                    f"{query}: {peer}",
                    f"{cell['one_client_p50'] * 1e3:.2f}",
                    f"{cell['p50'] * 1e3:.1f}",
                    f"{cell['p99'] * 1e3:.1f}",
                    f"{cell['server_cpu'] * 1e3:.2f}" if cell["server_cpu"] else "–",
                    f"{cell['database_cpu'] * 1e3:.2f}" if cell["database_cpu"] else "–",
                    f"{cell['generator_cpu'] * 1e3:.2f}" if cell["generator_cpu"] else "–",
                    f"{(cell['server_cpu'] + cell['database_cpu'] + cell['generator_cpu']) * 1e3:.2f}",
                    f"{cell['statements']:.2f}" if cell["statements"] else "–",
                    f"{cell['answer_bytes'] / 1e3:.1f}",
                    f"{cell['server_memory'] / 2**20:.0f}" if served else "–",
                    f"{cell['noise'] * 100:.0f} %",
                ]
            )
    return _table(head, rows)


def _circumstances(found: Summaries, where: dict[str, Any]) -> str:
    cells = [cell for of_query in found.values() for cell in of_query.values()]
    noise, others = max(cell["noise"] for cell in cells), max(cell["others"] for cell in cells)
    versions = ", ".join(f"{name} {version}" for name, version in where["versions"].items())
    return (
        f"{'' if where['whole'] else '**Part of a run.** '}{where['date']}, commit {where['commit']}, {where['machine']}. {versions}. "
        f"Scale {where['scale']}, {where['rounds']} rounds of {where['seconds']} s, "
        f"{where['connections']} connections; medians. Rounds differ by up to {noise * 100:.0f} %; "
        f"others took up to {others * 100:.0f} % of a core."
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def keep(engine: str, raw: dict[str, Any]) -> Path:
    """All figures of a run, in a file of its own."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}-{engine}.json"
    path.write_text(json.dumps(raw, indent=1) + "\n")
    return path


def write(engine: str, text: str) -> None:
    """Puts the tables between the markers of this engine."""
    begin, end = f"<!-- figures: {engine} -->", "<!-- end -->"
    before, found, rest = (DOCUMENT.read_text() if DOCUMENT.exists() else "").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise Failure(f"{DOCUMENT} has no place for figures: {begin} … {end}")
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
