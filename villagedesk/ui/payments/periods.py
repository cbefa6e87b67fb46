"""The periods one can look at the register by: every month, quarter and year of the books, the nearest ones first."""

from datetime import date, timedelta

from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice

_YEARS_BACK = 5
"""Years that are offered although the books have none so old."""
_SPAN = """
    SELECT (SELECT min(spent_on) FROM claims WHERE village_id = :office),
           (SELECT max(spent_on) FROM claims WHERE village_id = :office)"""


def periods(desk: Desk) -> list[Choice]:
    """Return this and the last month, quarter and year, then all others year by year, the latest first.

    A month is found by its number alone too: 8月 is the last August.
    """
    today = desk.clock.now().date()
    first, last = (date.fromisoformat(day) if day else today for day in desk.rows(_SPAN, {"office": desk.office_id})[0])
    near = [*_two(Period.month_of(today)), *_two(Period.quarter_of(today)), *_two(Period(today.year))]
    years = range(max(last.year, today.year), min(first.year, today.year - _YEARS_BACK + 1) - 1, -1)
    others = [period for year in years for period in _of_year(year) if period.first <= max(last, today)]
    return [_choice(period) for period in dict.fromkeys([*near, *others])]


def _two(period: Period) -> list[Period]:
    """Return a period and the one of its kind before it."""
    before = period.first - timedelta(days=1)
    if period.months == 1:
        return [period, Period.month_of(before)]
    return [period, Period.quarter_of(before) if period.months == 3 else Period(before.year)]


def _of_year(year: int) -> list[Period]:
    months = [Period(year, month, 1) for month in range(12, 0, -1)]
    return [*months, *(Period.quarter(year, number) for number in range(4, 0, -1)), Period(year)]


def _choice(period: Period) -> Choice:
    alone = f"{period.first_month}月 {period.year}{period.first_month:02d}" if period.months == 1 else ""
    return Choice(str(period), period.label, search=f"{period} {alone}")
