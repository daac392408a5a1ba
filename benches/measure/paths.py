"""Paths of files and folders."""

from pathlib import Path

BENCHES = Path(__file__).resolve().parents[1]
REPOSITORY = BENCHES.parent
QUERIES = BENCHES / "queries"
TARGET = REPOSITORY / "target" / "bench"
RESULTS = TARGET / "results"
DOCUMENT = REPOSITORY / "docs" / "performance.md"
