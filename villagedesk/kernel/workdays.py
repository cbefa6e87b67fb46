"""Notice days, counted in calendar days or in workdays of the official holiday calendar."""

from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    """How a term of days is counted."""

    CALENDAR = "calendar"
    WORKDAY = "workday"

    @property
    def label(self) -> str:
        """The Chinese name of the kind."""
        return "个工作日" if self is DayKind.WORKDAY else "天"


def last_day(first: date, days: int, kind: DayKind) -> date:
    """Return the last day of a term of ``days`` that counts ``first`` itself when it is a day of its kind.

    Raises ValueError when the term reaches a year whose holidays are not yet announced.
    """
    if days < 1:
        raise ValueError("公示期至少一天")
    day, counted = first, 0
    while True:
        counted += kind is DayKind.CALENDAR or is_workday(day)
        if counted == days:
            return day
        day += timedelta(days=1)


def is_workday(day: date) -> bool:
    """Tell whether a day is worked, moved rest days included.

    Raises ValueError with a Chinese sentence when the year's holidays are not yet known to the program.
    """
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise ValueError(f"程序里还没有{day.year}年的放假安排，算不出工作日，请升级程序或改按自然日") from error
