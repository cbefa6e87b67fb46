"""Dates as a person types them in a hurry: 3, 0315, 4月5日, 4.5, 26.4.5, 20260405, 今天; in full width or not."""

import re
from datetime import date, timedelta

from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.halfwidth import half_width

_WEEKDAYS = "一二三四五六日"
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_TWO_FIGURES = re.compile(r"(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FOUR = re.compile(r"(\d{2})(\d{2})")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?")
_SPOKEN = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}


def read_date(written: str, today: date, *, is_past: bool = False) -> date:
    """Return the date a person meant: a day alone is of ``today``'s month, a month and a day are of its year.

    A year of two figures is of this century (26.4.5 is 2026-04-05). Where only what is past makes sense (``is_past``),
    a day alone and a day without a year are the last such day instead: 28 on 3 March is 28 February.
    Raises ValueError with a Chinese sentence for anything that is no date.
    """
    text = half_width(written).strip()
    if text in _SPOKEN:
        return today + timedelta(days=_SPOKEN[text])
    if solid := _SOLID.fullmatch(text):
        return parse_date("-".join(solid.groups()))
    if full := _TWO_FIGURES.fullmatch(text):
        return parse_date(f"20{full[1]}-{full[2]}-{full[3]}")
    if short := _SHORT.fullmatch(text) or _FOUR.fullmatch(text):
        meant = parse_date(f"{today.year}-{short[1]}-{short[2]}")
        return parse_date(f"{today.year - 1}-{short[1]}-{short[2]}") if is_past and meant > today else meant
    if alone := _DAY.fullmatch(text):
        month = today.replace(day=1) - timedelta(days=is_past and int(alone[1]) > today.day)
        return parse_date(f"{month.year}-{month.month}-{alone[1]}")
    return parse_date(text)


def weekday(day: date) -> str:
    """Return the day of the week: 星期日."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
