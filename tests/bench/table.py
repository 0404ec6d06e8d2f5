"""The figures as one Markdown table, and as JSON beside it."""

import json
from dataclasses import asdict

from tests.bench.measure import Figure, Spread
from tests.bench.places import folder

HEAD = ("row", "what", "measured: median (min to max)", "ratio to", "ratio: median (min to max)", "goal", "", "CPU ms each", "others")


def show(figures: list[Figure]) -> str:
    lines = [HEAD, tuple("---" for _ in HEAD)] + [cells(figure) for figure in figures]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.row,
        figure.what + (f" ({figure.note})" if figure.note else ""),
        f"{spread(figure.value)} {figure.unit}",
        figure.base,
        spread(figure.ratio) if figure.ratio else "",
        figure.goal,
        {True: "met", False: "missed", None: ""}[figure.met],
        f"{figure.cpu_ms:.2f}" if figure.cpu_ms is not None else "",
        f"{figure.others:.0%}" if figure.others is not None else "",
    )


def spread(values: Spread) -> str:
    if values.lowest == values.highest:
        return number(values.median)
    return f"{number(values.median)} ({number(values.lowest)} to {number(values.highest)})"


def number(value: float) -> str:
    digits = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f}"


def keep(figures: list[Figure]) -> str:
    path = folder("results") / "latest.json"
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2, ensure_ascii=False))
    return str(path)
