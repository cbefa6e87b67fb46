"""Sortable ids: time first, then chance, as a ULID's 26 characters."""

import os
from datetime import datetime
from typing import Protocol

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHIFTS = tuple(range(125, -1, -5))


class Chance(Protocol):
    """Where the random part of an id comes from."""

    def getrandbits(self, k: int, /) -> int:
        """Return ``k`` random bits."""


class _SystemChance:
    def getrandbits(self, k: int, /) -> int:
        size = (k + 7) // 8
        return int.from_bytes(os.urandom(size), "big") >> 8 * size - k


def system_chance() -> Chance:
    """Return the operating system's randomness."""
    return _SystemChance()


def seeded_chance(seed: int) -> Chance:
    """Return repeatable chance, for the practice village and for tests."""
    import random

    return random.Random(seed)  # noqa: S311


def new_id(at: datetime, chance: Chance) -> str:
    """Return an id of 26 characters that sorts after the ids of earlier milliseconds."""
    return _written(int(at.timestamp() * 1000) << 80 | chance.getrandbits(80))


def least_id(at: datetime) -> str:
    """Return the least id of a moment: those made earlier sort before it, those made from then on do not."""
    return _written(max(int(at.timestamp() * 1000), 0) << 80)


def _written(number: int) -> str:
    return "".join([_ALPHABET[number >> shift & 31] for shift in _SHIFTS])
