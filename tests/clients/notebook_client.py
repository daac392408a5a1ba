"""The notebook docs/analyst.ipynb, executed against the server; `--write` also stores its outputs in it."""

import json
import os
import sys
import unittest
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs/analyst.ipynb"
LARGEST = 100_000


def executed():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    os.environ["IPYTHONDIR"] = os.environ.get("TMPDIR", "/tmp")
    NotebookClient(notebook, timeout=100, kernel_name="python3", record_timing=False).execute()
    return notebook


def kinds(notebook):
    """The media types of the outputs of each cell."""
    return [
        [sorted(output.get("data", {"text": None})) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


class Notebook(unittest.TestCase):
    def test_it_runs_from_question_to_chart_and_shows_what_it_stores(self):
        self.assertIn("SIMPUL_URL", os.environ)
        notebook = executed()
        self.assertEqual(kinds(notebook), kinds(nbformat.read(NOTEBOOK, as_version=4)), "run this file with --write")
        shown = json.dumps(notebook.cells)
        self.assertIn("image/png", shown)
        self.assertIn("SYNTHETIC", shown)
        self.assertIn("Some of these records are made up.", shown)
        self.assertLess(NOTEBOOK.stat().st_size, LARGEST)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        nbformat.write(executed(), NOTEBOOK)
    else:
        unittest.main(verbosity=2)
