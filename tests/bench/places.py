"""Where a run keeps its files, and the services it uses: a PostgreSQL server and a Redis database that it may empty."""

import getpass
import os
import socket
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "var")).resolve()
WORK = DATA_DIR / "bench"
PEERS_VENV = DATA_DIR / "bench-venv"
DATABASE_URL = os.environ.get("BENCH_DATABASE_URL", f"postgres://{getpass.getuser()}@127.0.0.1:5432").rstrip("/")
REDIS_URL = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/15")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def folder(name: str) -> Path:
    path = WORK / name
    path.mkdir(parents=True, exist_ok=True)
    return path
