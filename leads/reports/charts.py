"""Charts as data: a heading, the finding in a sentence, a table; lines and heat also as places in an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

Text = str | Promise
WIDTH, HEIGHT, LEFT, TOP = 720, 200, 36, 10
CELL, GAP = 26, 3


@dataclass(frozen=True, slots=True)
class Row:
    label: Text
    cells: tuple[int | str, ...]  # the first is what the bar shows
    share: int = 0  # of the longest bar, in percent
    link: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: Text
    kind: str  # its class: now, before, second
    points: str
    dots: tuple[tuple[float, float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    level: int  # 0 to 5
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    slug: str
    title: Text
    finding: Text
    head: tuple[Text, ...]
    rows: Sequence[Row]
    kind: str = "bars"  # lines, heat
    lines: Sequence[Line] = ()
    grid: Sequence[tuple[float, int]] = ()  # y, and the number there
    ticks: Sequence[tuple[float, str]] = ()  # x, and the day there
    cells: Sequence[Cell] = ()
    marks: Sequence[tuple[int, int, str]] = field(default=())  # x, y, text
    wide: bool = False
    about: str = ""  # by what it is filtered

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT + 34}" if self.kind == "lines" else f"0 0 {46 + 24 * CELL} {20 + 7 * CELL}"


def bars(rows: Sequence[tuple[Text, tuple[int | str, ...], str, Text]]) -> list[Row]:
    """Label, cells, link and note of each; the bars as long as their first cell says."""
    most = max((int(cells[0]) for _, cells, _, _ in rows), default=0)
    return [Row(label, cells, round(100 * int(cells[0]) / most) if most else 0, link, note) for label, cells, link, note in rows]


def scale(most: int) -> list[int]:
    """The numbers for the grid, round ones, up to the first that is enough."""
    step = next(step * 10**power for power in range(12) for step in (1, 2, 5) if step * 10**power * 4 >= most)
    return [step * each for each in range(-(-most // step) + 1)]


def line(name: Text, kind: str, values: Sequence[int], top: int, titles: Sequence[str] = ()) -> Line:
    places = [(across(number, len(values)), height(value, top)) for number, value in enumerate(values)]
    dots = tuple((x, y, title) for (x, y), title in zip(places, titles, strict=False))
    return Line(name, kind, " ".join(f"{x},{y}" for x, y in places), dots)


def across(number: int, of: int) -> float:
    room = WIDTH - LEFT - 14
    return round(LEFT + (room * number / (of - 1) if of > 1 else room / 2), 1)


def height(value: int, top: int) -> float:
    return round(TOP + (HEIGHT - TOP) * (1 - value / top), 1)


def cell(weekday: int, hour: int, count: int, most: int, title: str) -> Cell:
    level = -(-5 * count // most) if most else 0
    return Cell(44 + hour * CELL, 18 + weekday * CELL, level, title)
