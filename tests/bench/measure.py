"""Sides of one comparison take turns, round after round; only ratios within a round are compared."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.bench.cpu import Usage


@dataclass(frozen=True)
class Sample:
    """One side in one round. `value` is in the row's unit; `count` operations were done."""

    value: float
    count: int
    usage: Usage | None = None


@dataclass(frozen=True)
class Spread:
    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    row: str
    what: str
    unit: str
    value: Spread
    ratio: Spread | None = None
    base: str = ""
    goal: str = ""
    met: bool | None = None
    cpu_ms: float | None = None  # an operation, application and database
    others: float | None = None  # share of the machine used by others
    note: str = ""


Side = Callable[[], Sample]
Rounds = dict[str, list[Sample]]


def interleave(sides: dict[str, Side], rounds: int, warm_ups: int = 1) -> Rounds:
    """Each side once a round, in an order that turns."""
    taken: Rounds = {name: [] for name in sides}
    names = list(sides)
    for number in range(-warm_ups, rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            sample = sides[name]()
            if number >= 0:
                taken[name].append(sample)
    return taken


def ratios(taken: Rounds, side: str, base: str) -> Spread:
    return Spread.of([a.value / b.value for a, b in zip(taken[side], taken[base], strict=True)])


def figure(
    row: str,
    taken: Rounds,
    side: str,
    *,
    unit: str,
    base: str = "",
    goal: str = "",
    met: Callable[[float], bool] | None = None,
    note: str = "",
) -> Figure:
    """`met` judges the median ratio to `base`."""
    ratio = ratios(taken, side, base) if base else None
    samples = taken[side]
    used = [(sample.usage, sample.count) for sample in samples if sample.usage]
    return Figure(
        row=row,
        what=side,
        unit=unit,
        value=Spread.of([sample.value for sample in samples]),
        ratio=ratio,
        base=base,
        goal=goal,
        met=met(ratio.median) if met and ratio else None,
        cpu_ms=median(usage.own / count * 1000 for usage, count in used) if used else None,
        others=median(usage.others for usage, _ in used) if used else None,
        note=note,
    )


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
