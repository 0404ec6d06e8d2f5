"""How long a run measures. `--quick` only shows that everything works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    rounds: int = 5
    warm_ups: int = 1
    seconds: float = 3.0  # a side a round, where a side is pressed for a time
    scale: float = 1.0  # of counts of operations
    large: int = 1_000_000  # leads in the large database
    peers: bool = True

    def count(self, number: int) -> int:
        return max(5, int(number * self.scale))


QUICK = Plan(rounds=1, warm_ups=0, seconds=0.5, scale=0.05, large=20_000)
