"""However `make run` ends, it ends whole; and what it knew is there when it starts again."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.processes.running import Run
from tests.processes.story import assert_thanked, dana_comes_by, dana_moves_her, stage_of, vera_writes
from tests.processes.visitors import write
from tests.servers import await_that

pytestmark = pytest.mark.processes


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with Run(tmp_path / "data") as run:
        yield run


def beat(processes: list[psutil.Process]) -> psutil.Process:
    return next(one for one in processes if "beat" in one.cmdline() and "--" not in one.cmdline())


def supervisor(processes: list[psutil.Process]) -> psutil.Process:
    """Its command line holds those of all the others, parted by `--`."""
    return next(one for one in processes if "--" in one.cmdline())


def test_ctrl_c_ends_every_process_and_a_second_start_has_the_data(run: Run) -> None:
    """From the printed link to the lead on the desk; and all of it again after the night."""
    dana = dana_comes_by(run.sign_in_link() or "")
    thanks = vera_writes(run.url)
    assert_thanked(thanks)
    await_that(lambda: run.mails(to="vera.lind@example.com"), 5, "one mail")
    first = write(run.url, "rosa")
    await_that(lambda: run.mails(to="rosa@example.com"), 5, "one more mail")
    assert "Vera Lind" in dana.open(f"{run.url}/desk/").text
    assert "Moved to Contacted." in dana_moves_her(dana, run.url, thanks.reference, "contacted").text
    processes = run.processes()
    run.press_ctrl_c()
    assert run.ends(processes)
    run.start(ready_within=10)
    assert run.sign_in_link() is None, "somebody has a password by now"
    assert stage_of(dana, run.url, thanks.reference) == "contacted"
    assert write(run.url, "rosa") == first
    assert json.loads(first[1])["reference"]
    assert [len(run.mails(to=f"{name}@example.com")) for name in ("vera.lind", "rosa")] == [1, 1]


def test_sigterm_ends_every_process(run: Run) -> None:
    processes = run.processes()
    run.process.terminate()
    assert run.ends(processes)


def test_all_end_when_one_does(run: Run) -> None:
    processes = run.processes()
    beat(processes).kill()
    assert run.ends(processes)
    assert "beat ended with -9; stopping the rest." in run.said()


def test_all_end_when_the_supervisor_is_killed(run: Run) -> None:
    processes = run.processes()
    supervisor(processes).kill()
    assert run.ends(processes)


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    with socket.socket() as other:
        other.bind(("127.0.0.1", run.port))
        other.listen()
        with pytest.raises(AssertionError, match="not within"):
            run.start(ready_within=8)
    run.process.wait()
    assert f"Port {run.port} is in use. Choose another, like: PORT={run.port + 1} make run" in run.said()
