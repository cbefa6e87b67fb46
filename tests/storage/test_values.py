"""Amounts, days and numbers out of cells: what people write is understood, and nothing else is."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.storage.foreign.cells import Cell
from villagedesk.storage.foreign.values import account, amount, day, id_number, whole

FEN = st.integers(-LARGEST_FEN, LARGEST_FEN)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}


def refusal(parse: Callable[[Cell], object], written: str, *, otherwise: str) -> str:
    """Return why a text is refused, or ``otherwise`` when it is understood; any other fault fails the test."""
    try:
        parse(written)
    except ValueError as error:
        return str(error)
    return otherwise


@given(FEN, st.sampled_from(["{}", "￥{}", "¥ {}", "{}元", "人民币{}元", " {} ", "{}圆"]), st.booleans())
def test_an_amount_is_the_same_however_it_is_dressed(fen: int, dress: str, is_wide: bool) -> None:
    written = dress.format(yuan(fen))
    assert amount(written.translate(WIDE) if is_wide else written) == fen


@given(st.integers(1, LARGEST_FEN))
def test_less_than_nothing_is_understood_in_brackets_and_with_any_dash(fen: int) -> None:
    assert {
        amount(f"({yuan(fen)})"),
        amount(f"（￥{yuan(fen)}）"),
        amount(f"－{yuan(fen)}"),
        amount(f"−{yuan(fen)}"),
    } == {-fen}


@given(st.integers(-(10**11), 10**11))
def test_a_sheets_number_of_yuan_is_exact_to_the_fen(fen: int) -> None:
    assert amount(fen / 100) == fen


@given(st.integers(0, 10**10))
def test_ten_thousands_are_exact(fen: int) -> None:
    whole_part, rest = divmod(fen, 1_000_000)
    assert amount(f"{whole_part}.{rest:06d}万元") == fen
    assert amount(f"{whole_part}.{rest:06d}", 10_000) == fen


@given(st.text())
def test_any_other_text_is_an_amount_or_is_refused_in_words(written: str) -> None:
    assert "金额" in refusal(amount, written, otherwise="金额")


@pytest.mark.parametrize(
    "written", ["", "二百", "12.345", "1.2.3", "12 34x", "约450元", "1e5", "1,2,3元元x", "99999999999", None]
)
def test_what_is_no_amount_is_refused_and_named(written: Cell) -> None:
    with pytest.raises(ValueError, match="金额"):
        amount(written)


@given(DAYS, st.sampled_from([
    "{0.year}-{0.month}-{0.day}", "{0.year}.{0.month:02d}.{0.day:02d}", "{0.year}年{0.month}月{0.day}日",
    "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}", "{0.year}-{0.month}-{0.day} 00:00:00", "{0.year}年{0.month}月{0.day}日 星期三",
    " {0.year} 年 {0.month} 月 {0.day} 日", "{0.year}.{0.month}.{0.day}.",
]), st.booleans())  # fmt: skip
def test_a_day_is_the_same_however_it_is_written(found: date, style: str, is_wide: bool) -> None:
    written = style.format(found)
    assert day(written.translate(WIDE) if is_wide else written) == found


@given(DAYS)
def test_a_day_a_spreadsheet_counted_is_that_day(found: date) -> None:
    serial = (found - date(1899, 12, 30)).days
    assert day(float(serial)) == day(str(serial)) == day(serial + 0.75) == found
    assert found + timedelta(1) == day(float(serial + 1))


def test_a_day_without_its_year_needs_the_years_sheet() -> None:
    assert day("3月5日", 2025) == date(2025, 3, 5)
    with pytest.raises(ValueError, match="不是日期"):
        day("3月5日")


@pytest.mark.parametrize("written", ["", "2月30日", "2025-2-30", "昨天", "20251301", 12.5, "1/2/2025", "25.1.4"])
def test_what_is_no_day_is_refused_and_named(written: Cell) -> None:
    with pytest.raises(ValueError, match="不是日期，请写成 2026-04-05 这样"):
        day(written, 2025)


@given(st.text())
def test_any_other_text_is_a_day_or_is_refused_in_words(written: str) -> None:
    assert "日期" in refusal(day, written, otherwise="日期")


@given(st.integers(10**11, 10**22).map(str))
def test_an_account_keeps_every_figure(number: str) -> None:
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    dashed = grouped.replace(" ", "-")
    for written in (number, grouped, dashed, f"'{number}", f'="{number}"', number.translate(WIDE), f"\t{number}"):
        assert account(written) == number


@pytest.mark.parametrize("cell", [6.21457885927115e18, "6.21458E+18", "6.21e18", 1.5])
def test_a_number_a_spreadsheet_has_rounded_is_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match="后几位已经丢了"):
        account(cell)


def test_short_numbers_are_exact_and_blanks_are_none() -> None:
    assert (account(621457885927.0), account(None), account("见存折")) == ("621457885927", "", "见存折")
    assert id_number("５１０３２２１９６２１２１３５８４ｘ") == "51032219621213584X"
    with pytest.raises(ValueError, match="身份证号是数字格式"):
        id_number(5.10322196212136e17)
    assert (whole("12"), whole(3.0)) == (12, 3)
    with pytest.raises(ValueError, match="不是整数"):
        whole("1.5")


@pytest.mark.parametrize("written", ["12 5", "12,5", "12 5万", "12,5万", "1,2万元", "12,5 元", "１２ ５"])
@pytest.mark.parametrize("factor", [1, 10_000])
def test_figures_that_may_be_two_numbers_are_no_amount(written: str, factor: int) -> None:
    with pytest.raises(ValueError, match="请写成"):
        amount(written, factor)


@pytest.mark.parametrize(("written", "fen"), [("1 200.00", 1_200_00), ("1,234.5万", 12_345_000_00), ("300 元", 300_00)])
def test_gaps_and_commas_between_thousands_are_read(written: str, fen: int) -> None:
    assert amount(written) == fen
