"""Dates as typed in a hurry."""

from datetime import date

import pytest

from villagedesk.ui.kit.dates import read_date, weekday

TODAY = date(2026, 4, 6)


@pytest.mark.parametrize(
    "written",
    [
        "2026-4-5",
        "2026.4.5",
        "2026/04/05",
        "2026年4月5日",
        "4月5日",
        "4.5",
        "4-5",
        "20260405",
        "0405",
        "5",
        "5日",
        "05",
        " 昨天 ",
        "４．５",
        "４月５日",
        "２０２６－０４－０５",
        "０４０５",
        "26.4.5",
        "26-04-05",
        "26/4/5",
        "26年4月5日",
        "２６．４．５",
        "\u3000５日\u3000",
    ],
)
def test_all_these_mean_the_fifth_of_april(written: str) -> None:
    assert read_date(written, TODAY) == date(2026, 4, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2月30日",
        "13.5",
        "十号",
        "2026",
        "4月",
        "20260431",
        "0",
        "31",
        "0431",
        "6.4.5",
        "126.4.5",
        "26.4",
        "26.13.5",
        "①",
    ],
)
def test_these_are_no_dates(written: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        read_date(written, TODAY)


def test_the_weekday_is_said_in_words() -> None:
    assert [weekday(date(2026, 4, day)) for day in (5, 6)] == ["星期日", "星期一"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6", date(2026, 4, 6)),
        ("7", date(2026, 3, 7)),
        ("31", date(2026, 3, 31)),
        ("4.6", date(2026, 4, 6)),
        ("0407", date(2025, 4, 7)),
        ("12-30", date(2025, 12, 30)),
    ],
)
def test_where_only_the_past_makes_sense_the_last_such_day_is_meant(written: str, meant: date) -> None:
    assert read_date(written, TODAY, is_past=True) == meant


def test_in_january_a_late_day_is_of_last_december() -> None:
    assert read_date("28", date(2026, 1, 5), is_past=True) == date(2025, 12, 28)
