"""Loaded before Django: tests run in local mode, in a folder of their own, whatever the shell holds."""

import os
import tempfile

os.environ.setdefault("MODE", "local")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="leadwell-test-"))
