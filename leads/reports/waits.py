"""How long answers took, in steps: a distribution that can be added up day by day."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480, 720, 960, 1440, 1920, 2400)  # minutes of opening time, at most
MORE = 4800  # where the last step is taken to end


def step_of(seconds: int) -> int:
    return bisect_left(STEPS, seconds / 60)


def median(counts: Mapping[int, int]) -> float | None:
    """In minutes, straight through the step it falls into; None without any answer."""
    half = sum(counts.values()) / 2
    if not half:
        return None
    untils = list(accumulate(counts.get(step, 0) for step in range(len(STEPS) + 1)))
    step = bisect_left(untils, half)
    start, end = (0, *STEPS, MORE)[step : step + 2]
    return start + (end - start) * (1 - (untils[step] - half) / counts[step])
