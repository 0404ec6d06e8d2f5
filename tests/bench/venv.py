"""The peers' own virtual environment: made on first use, made again when their pinned versions change."""

import hashlib
import shutil
import subprocess
import sys
from functools import cache

from tests.bench.places import PEERS_VENV, ROOT

REQUIREMENTS = ROOT / "tests" / "bench" / "peers" / "requirements.txt"


@cache
def peers_python() -> str:
    stamp, python = PEERS_VENV / "stamp", PEERS_VENV / "bin" / "python"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(PEERS_VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", PEERS_VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qqq", "--require-hashes", "-r", REQUIREMENTS], check=True)
        stamp.write_text(wanted)
    return str(python)
