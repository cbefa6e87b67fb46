"""A measured figure, how it is written down, and how things are measured side by side."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. ``beside`` says what it is compared with, and the target where there is one."""

    name: str
    value: float
    unit: str
    beside: str = ""

    def __str__(self) -> str:
        return f"{self.name}\t{self.value:.4g}\t{self.unit}\t{self.beside}"


def side_by_side(things: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Measure things in turn, A B A B, so that whatever else the machine does falls on all of them alike.

    The first round warms up and is thrown away.
    """
    taken: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(rounds + 1):
        for name, measure in things.items():
            value = measure()
            if turn:
                taken[name].append(value)
    return taken


def ratio(over: list[float], under: list[float]) -> float:
    """Return how many times the one takes as long as the other: the median over the rounds, each against its own."""
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def seconds(act: Callable[[], object]) -> float:
    """Return how long it takes to act."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
