"""Versions of the measured programs."""

import re
import shutil
import subprocess
from pathlib import Path

from .cluster import Cluster
from .paths import BENCHES, TARGET


def of(simpul: Path, cluster: Cluster | None, node: Path | None, peers: list[str]) -> dict[str, str]:
    versions = {"Simpul": _said(simpul, "--version"), "rustc": _said("rustc", "--version")}
    if cluster:
        versions["PostgreSQL"] = _said(cluster.programs / "postgres", "--version")
    if node:
        script = "require('./node_modules/postgraphile/package.json').version"
        versions["Node"] = _said(node, "--version")
        versions["PostGraphile"] = _said(node, "-p", script)
    if "seaography" in peers:
        lock = (BENCHES / "seaography" / "Cargo.lock").read_text()
        versions["Seaography"] = lock.split('name = "seaography"\nversion = "')[1].split('"')[0]
    versions["wrk"] = _said(shutil.which("wrk") or "wrk", "-v")
    return versions


def _said(*command: str | Path) -> str:
    """The first version in what a program says of itself."""
    folder = TARGET / "postgraphile"
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder if folder.exists() else None)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "?"
