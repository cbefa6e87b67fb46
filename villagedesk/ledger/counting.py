"""Counted cash: how many notes and coins of each value, and what they make."""

import json
from collections.abc import Mapping

VALUES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1)
"""What notes and coins are worth, in fen."""


def value_label(fen: int) -> str:
    """Return how a note or coin is called: 100元, 5角, 2分."""
    if fen >= 100:
        return f"{fen // 100}元"
    return f"{fen // 10}角" if fen >= 10 else f"{fen}分"


def sum_of(counted: Mapping[int, int]) -> int:
    """Return what the counted notes and coins make, in fen."""
    return sum(value * count for value, count in counted.items())


def written(counted: Mapping[int, int]) -> str:
    """Return a count as it is kept: JSON, the largest value first, what was not there left out."""
    kept = sorted(((value, count) for value, count in counted.items() if count), reverse=True)
    return json.dumps({str(value): count for value, count in kept})


def read(kept: str) -> dict[int, int]:
    """Return a kept count."""
    return {int(value): count for value, count in json.loads(kept).items()}
