"""The benchmarks measure what they say: sides take turns, only rounds are compared, and the load generator and the relay work."""

import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.bench import places, product, table
from tests.bench.load import press, whole
from tests.bench.measure import Sample, Spread, figure, interleave
from tests.bench.processes import run
from tests.bench.senders import loop
from tests.bench.servers import relay, web


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "WORK", tmp_path)


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def side(name: str, value: float) -> Sample:
        order.append(name)
        return Sample(value, 1)

    taken = interleave({"a": lambda: side("a", 6), "b": lambda: side("b", 2)}, rounds=2, warm_ups=1)
    assert order == ["b", "a", "a", "b", "b", "a"]
    assert [len(samples) for samples in taken.values()] == [2, 2]
    found = figure("1", taken, "a", unit="/s", base="b", goal="≥ 2", met=lambda ratio: ratio >= 2)
    assert (found.ratio, found.met) == (Spread(3, 3, 3), True)
    assert "| 1 | a | 6 /s | b | 3 | ≥ 2 | met |" in table.show([found])


@pytest.mark.parametrize(
    ("answer", "is_whole"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-le", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", True),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n", False),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", True),
    ],
)
def test_it_knows_when_an_answer_is_whole(answer: bytes, is_whole: bool) -> None:
    assert whole(answer) is is_whole


def test_every_visitor_is_another_person() -> None:
    people = [product.enquiry(number) for number in (*range(60), 700, 20_000)]
    assert len({(person["name"], person["email"]) for person in people}) == len(people)
    assert len(set(islice(product.captures(), 50))) == 50


@pytest.mark.processes
def test_the_relay_takes_each_mail_once() -> None:
    with relay() as sink:
        sample = loop(sink, 5)()
    assert sample.count == 5
    assert sample.value > 0


@pytest.mark.processes
def test_the_load_generator_presses_a_server(tmp_path: Path) -> None:
    env = {"SQLITE_FILE": str(tmp_path / "bare.sqlite3")}
    run("bare-setup", [sys.executable, "-m", "tests.bench.floors.bare"], env)
    with web("bare", "tests.bench.floors.bare:application", env) as server:
        load = press(server.port, product.captures(), 0.3, connections=4)
    assert set(load.statuses) == {201}
    assert len(load.latencies) >= 4
