"""Dates as typed in a hurry."""

from datetime import date

import pytest

from villagedesk.ui.kit.dates import read_date, weekday

TODAY = date(2026, 4, 6)


@pytest.mark.parametrize(
    "written",
    ["2026-4-5", "2026.4.5", "2026/04/05", "2026年4月5日", "4月5日", "4.5", "4-5", "20260405", " 昨天 "],
)
def test_all_these_mean_the_fifth_of_april(written: str) -> None:
    assert read_date(written, TODAY) == date(2026, 4, 5)


@pytest.mark.parametrize("written", ["2月30日", "13.5", "十号", "2026", "4月", "20260431"])
def test_these_are_no_dates(written: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        read_date(written, TODAY)


def test_the_weekday_is_said_in_words() -> None:
    assert [weekday(date(2026, 4, day)) for day in (5, 6)] == ["星期日", "星期一"]
