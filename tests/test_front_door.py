"""Between two tests nobody gets in at the live server, and a test waits for whoever is still inside."""

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.types import StartResponse

import pytest

from tests.browser import front_door
from tests.browser.front_door import FrontDoor


class Slow:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.may_answer, self.closed = threading.Event(), threading.Event(), False

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> "Slow":
        return self

    def __iter__(self) -> Iterator[bytes]:
        self.asked.set()
        self.may_answer.wait(10)
        yield b"answer"

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def door(slow: Slow) -> FrontDoor:
    return FrontDoor(slow)


def ask(door: FrontDoor, heard: list[Any]) -> None:
    def start(status: str, *more: Any) -> Any:
        heard.append(status)

    heard.extend(door({}, start))


def test_nobody_gets_in_before_it_is_opened(door: FrontDoor, slow: Slow) -> None:
    heard: list[Any] = []
    ask(door, heard)
    assert heard == ["503 Service Unavailable"]
    assert not slow.asked.is_set()


def test_it_lets_through_what_is_answered(door: FrontDoor, slow: Slow) -> None:
    heard: list[Any] = []
    slow.may_answer.set()
    door.open()
    ask(door, heard)
    assert heard == [b"answer"]
    assert slow.closed


def test_it_waits_for_whoever_is_inside(door: FrontDoor, slow: Slow) -> None:
    heard: list[Any] = []
    door.open()
    visitor = threading.Thread(target=ask, args=(door, heard))
    visitor.start()
    assert slow.asked.wait(10)
    threading.Timer(0.05, slow.may_answer.set).start()
    door.shut()
    assert slow.closed
    visitor.join(10)
    assert heard == [b"answer"]


def test_it_says_so_when_somebody_never_leaves(door: FrontDoor, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_door, "SECONDS", 0.05)
    door.open()
    visitor = threading.Thread(target=ask, args=(door, []))
    visitor.start()
    assert slow.asked.wait(10)
    with pytest.raises(AssertionError, match="1 requests"):
        door.shut()
    slow.may_answer.set()
    visitor.join(10)


def test_an_answer_that_is_broken_off_is_closed(door: FrontDoor, slow: Slow) -> None:
    slow.may_answer.set()
    door.open()
    answer = door({}, lambda *_: lambda _: None)
    next(answer)
    answer.close()
    assert slow.closed
    door.shut()


def test_after_it_was_shut_it_stays_so(door: FrontDoor) -> None:
    heard: list[Any] = []
    door.open()
    door.shut()
    ask(door, heard)
    assert heard == ["503 Service Unavailable"]
