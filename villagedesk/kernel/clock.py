"""What time it is: the computer's clock, or a set one for the practice village and for tests."""

from datetime import datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8))


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""


class SystemClock:
    """The computer's clock, in China's time."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(CHINA)


class ClockNotBehind:
    """Another clock, but never a moment before a certain one."""

    def __init__(self, clock: Clock, earliest: datetime) -> None:
        self._clock, self._earliest = clock, earliest

    def now(self) -> datetime:
        """Return the present moment, or the earliest when that is still to come."""
        return max(self._clock.now(), self._earliest)


class SetClock:
    """A clock that stands where it was set and moves a second at each look, so that moments stay in order."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def set(self, moment: datetime) -> None:
        """Move the clock."""
        self._now = moment

    def now(self) -> datetime:
        """Return the set moment and let a second pass."""
        self._now += timedelta(seconds=1)
        return self._now
