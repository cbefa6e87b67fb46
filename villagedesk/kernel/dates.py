"""Dates as people here write them, and the periods that books and notices are about."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from villagedesk.kernel.halfwidth import half_width
from villagedesk.kernel.words import small_number

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_PERIOD = re.compile(r"(\d{4})(?:-?Q([1-4])|-(\d{1,2}))?")


def parse_date(written: str | date) -> date:
    """Return the date written as 2026-04-05, 2026.4.5, 2026/4/5 or 2026年4月5日, in full width or not.

    Raises ValueError with a Chinese sentence for anything else, a 30th of February included.
    """
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    match = _DATE.fullmatch(half_width(written).strip())
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise ValueError(f"“{written}”不是日期，请写成 2026-04-05 这样")


def chinese_date(day: date) -> str:
    """Return a date for a document: ``"2026年4月5日"``."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, a quarter or a month. ``first_month`` and ``months`` say which part of the year it is."""

    year: int
    first_month: int = 1
    months: int = 12

    @classmethod
    def parse(cls, written: str) -> "Period":
        """Return the period written as 2026, 2026Q3 or 2026-07. Raises ValueError with a Chinese sentence."""
        match = _PERIOD.fullmatch(written.strip().upper())
        if match:
            year, quarter, month = match.groups()
            if quarter:
                return cls.quarter(int(year), int(quarter))
            if month is None:
                return cls(int(year))
            if 1 <= int(month) <= 12:
                return cls(int(year), int(month), 1)
        raise ValueError(f"“{written}”不是期间，请写成 2026、2026Q3 或 2026-07 这样")

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        """Return quarter ``number`` (1–4) of a year."""
        return cls(year, 3 * number - 2, 3)

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        """Return the quarter a day lies in."""
        return cls.quarter(day.year, (day.month + 2) // 3)

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """Return the month a day lies in."""
        return cls(day.year, day.month, 1)

    @property
    def following(self) -> "Period":
        """The period of the same length right after it."""
        after = self.last + timedelta(days=1)
        return Period(after.year, after.month, self.months)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.first_month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        after = self.first_month + self.months
        return date(self.year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """The period in words: 2026年, 2026年第三季度, 2026年7月."""
        if self.months == 3:
            return f"{self.year}年第{small_number((self.first_month + 2) // 3)}季度"
        return f"{self.year}年" if self.months == 12 else f"{self.year}年{self.first_month}月"

    def __str__(self) -> str:
        if self.months == 3:
            return f"{self.year}Q{(self.first_month + 2) // 3}"
        return str(self.year) if self.months == 12 else f"{self.year}-{self.first_month:02d}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
