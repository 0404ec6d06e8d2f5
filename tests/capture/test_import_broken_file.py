"""A hundred thousand rows with everything wrong: each is accounted for, and memory does not grow with them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = 100_000
MOST = 150  # MB above idle


@pytest.mark.processes
def test_every_row_of_a_broken_file_is_accounted_for_in_little_memory(tmp_path: Path) -> None:
    environment = os.environ | {"MODE": "local", "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    subprocess.run([sys.executable, "-m", "tests.capture.broken_file", str(ROWS)], env=environment, check=True)
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["wrong"] == []
    assert (report["state"], report["rows"], report["counts_as_expected"]) == ("done", ROWS, True)
    assert report["leads"] == report["made"]
    assert report["left_out_lines"] == report["rejected"]
    assert report["above_idle"] < MOST
