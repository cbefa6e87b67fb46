"""Parts of a whole, as they are written and drawn: whole per cents, and thousandths that add up."""

from collections.abc import Sequence

_THOUSAND = 1000


def share(part: int, whole: int) -> str:
    """Return a part of a whole in per cent, rounded half up in whole numbers, "—" of nothing."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole > 0 else "—"


def portions(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the counts as thousandths of their sum that add up to a thousand; all nothing when the sum is.

    Each is rounded down, and what is left goes to those that lost most, the first of equals before the others.
    """
    whole = sum(counts)
    if not whole:
        return (0,) * len(counts)
    shares = [count * _THOUSAND // whole for count in counts]
    lost = sorted(range(len(counts)), key=lambda place: -(counts[place] * _THOUSAND % whole))
    for place in lost[: _THOUSAND - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def percent(thousandths: int) -> str:
    """Return thousandths as a percentage: ``"86.5%"``."""
    return f"{thousandths // 10}.{thousandths % 10}%"
