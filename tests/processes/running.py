"""`make run`, as somebody would type it in a fresh clone, in a folder of its own."""

import os
import re
import signal
import subprocess
from pathlib import Path

import psutil

from tests.processes.visitors import get
from tests.servers import await_that, free_port, kill_all

CLONE = Path(__file__).parents[2]
INHERITED = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL", "SECRET_KEY", "FIELD_KEYS")


class Run:
    def __init__(self, data: Path, **changes: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = data
        plain = {name: value for name, value in os.environ.items() if name not in INHERITED}
        self.environment = plain | {"PORT": str(self.port), "DATA_DIR": str(data), "MODE": "local"} | changes

    def __enter__(self) -> "Run":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        kill_all(self.process)

    def start(self, ready_within: float = 30) -> None:
        self.data.mkdir(exist_ok=True)
        self.log = self.data / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["make", "run"], env=self.environment, stdout=log, stderr=log, cwd=CLONE, start_new_session=True
            )
        await_that(lambda: get(f"{self.url}/readyz")[0] == 200, ready_within, f"ready at {self.url}")

    def said(self) -> str:
        return self.log.read_text()

    def sign_in_link(self) -> str | None:
        found = re.search(r"^Sign in: (\S+)$", self.said(), re.MULTILINE)
        return found[1] if found else None

    def processes(self) -> list[psutil.Process]:
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def ends(self, processes: list[psutil.Process]) -> bool:
        """Whether all of these end by themselves within 15 s."""
        left = psutil.wait_procs(processes, timeout=15)[1]
        if not left:
            self.process.wait()
        return not left

    def mails(self, to: str = "") -> list[Path]:
        mails = sorted((self.data / "mail").glob("*.eml"))
        return [mail for mail in mails if f"To: {to}" in mail.read_text()] if to else mails


def memory(processes: list[psutil.Process]) -> float:
    """MB that the processes cost together, what they share counted once (PSS)."""
    return sum(process.memory_full_info().pss for process in processes) / 2**20


def handles(processes: list[psutil.Process]) -> int:
    return sum(process.num_fds() for process in processes)


def threads(processes: list[psutil.Process]) -> int:
    return sum(process.num_threads() for process in processes)
