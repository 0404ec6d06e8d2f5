"""Loaded before Django: tests run in local mode, in a folder of their own (one for each process), whatever the shell holds."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("MODE", "local")
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="leadwell-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["DATA_DIR"] = str(Path(os.environ["DATA_DIR"]) / worker)
(Path(os.environ["DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
