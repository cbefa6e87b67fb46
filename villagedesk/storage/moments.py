"""The moment of a change by the computer's clock: never before the last entry, and not years after it unasked."""

from datetime import datetime, timedelta

from villagedesk.kernel.errors import ClockFarAhead, ClockSetBack

_SLACK = timedelta(minutes=10)
_LONGEST_REST = timedelta(days=400)
"""Longer than an honest village leaves its books alone: a year and a month. After it somebody says what day it is."""


def moment(now: datetime, last: str, *, is_believed: bool) -> datetime:
    """Return now, but never a moment before ``last``, that of the last entry ("" = there is none).

    Raises ClockSetBack for a clock that is behind, and ClockFarAhead for one that is far ahead and not believed.
    """
    if not last:
        return now
    latest = datetime.fromisoformat(last)
    if not is_believed and is_far_ahead(now, last):
        raise ClockFarAhead(now=f"{now:%Y年%m月%d日}", last=f"{latest:%Y年%m月%d日}", days=(now - latest).days)
    if latest - now > _SLACK:
        raise ClockSetBack(now=f"{now:%Y年%m月%d日 %H:%M}", last=f"{latest:%Y年%m月%d日 %H:%M}")
    return max(now, latest)


def is_far_ahead(now: datetime, last: str) -> bool:
    """Tell whether now is so long after the last entry that the clock may be wrong."""
    return bool(last) and now - datetime.fromisoformat(last) > _LONGEST_REST
