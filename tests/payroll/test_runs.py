"""A pay line's arithmetic is exact: fractions until the end, then whole fen, half a fen counted as one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from villagedesk.kernel.dates import Period
from villagedesk.payments.model import PayrollKind, PayrollLine
from villagedesk.payroll.quantities import kept, parse_quantity, quantity, total_quantity, what_and_unit, with_unit
from villagedesk.payroll.runs import absence_fen, arithmetic, days, half_up, held_tenths, is_changed, worth

MARCH = Period.parse("2026-03")
QUARTER = Period.quarter(2026, 1)
K = PayrollKind


def line(standard_fen: int, amount_fen: int = 0, **facts: object) -> PayrollLine:
    plain = {"payroll_id": "", "place": 1, "person_id": "", "name": "王某", "area": "", "account": ""}
    return PayrollLine(**{**plain, "standard_fen": standard_fen, "amount_fen": amount_fen, **facts})  # type: ignore[arg-type]


def test_five_and_a_half_days_are_paid_to_the_fen() -> None:
    work = line(12_000, 66_000, day_tenths=55)
    assert worth(K.LABOUR, MARCH, work).fen == 66_000
    assert arithmetic(K.LABOUR, MARCH, work) == "120.00 × 5.5工日 ＝ 660.00"


def test_five_and_a_half_mu_are_paid_to_the_fen() -> None:
    land = line(60_000, 330_000, ratio="5.5", work="水田（亩）")
    assert worth(K.RENT, MARCH, land).fen == 330_000
    assert arithmetic(K.RENT, MARCH, land) == "600.00 × 5.5亩 ＝ 3,300.00"


def test_a_ten_thousandth_of_a_mu_counts_and_is_rounded_at_the_end() -> None:
    land = line(60_033, 141_178, ratio="2.3517", work="旱地（亩）", deduction_fen=0)
    assert worth(K.RENT, MARCH, land).exact == Fraction(60_033 * 23_517, 10_000)
    assert arithmetic(K.RENT, MARCH, land) == "600.33 × 2.3517亩 ＝ 1,411.80（四舍五入到分，多0.39分），改为1,411.78"


def test_one_of_something_is_written_out() -> None:
    room = line(120_000, 120_000, ratio="1", work="仓库（间）")
    assert arithmetic(K.RENT, MARCH, room) == "1,200.00 × 1间 ＝ 1,200.00"


def test_a_sum_that_was_agreed_has_no_quantity() -> None:
    agreed = line(141_000, 141_000, work="水田（东沟）")
    assert arithmetic(K.RENT, MARCH, agreed) == "1,410.00"
    assert (what_and_unit(agreed), quantity(agreed)) == (("水田（东沟）", ""), "")


def test_a_line_keeps_what_is_rented_and_the_unit() -> None:
    land = line(60_000, ratio="5.5", work=with_unit("水田（东沟）", "亩"))
    assert (what_and_unit(land), quantity(land)) == (("水田（东沟）", "亩"), "5.5亩")
    room = line(60_000, ratio="2", work="仓库（间）")
    assert total_quantity([land, land, line(1, work="果园")]) == "11亩"
    assert total_quantity([land, room]) == ""


def test_a_quantity_is_read_as_it_is_written() -> None:
    assert parse_quantity(" 5.5 亩") == (Decimal("5.5"), "亩")
    assert parse_quantity("3") == (Decimal(3), "")
    assert [kept(Decimal(text)) for text in ("5.50", "20", "0.7000", "1E+2")] == ["5.5", "20", "0.7", "100"]
    for wrong in ("亩", "五亩", "5.亩5", "-3亩", ""):
        with pytest.raises(ValueError, match="不是数量"):
            parse_quantity(wrong)


def test_a_band_of_four_fifths_pays_four_fifths() -> None:
    scored = line(60_000, 48_000, ratio="4/5")
    assert worth(K.PERFORMANCE, QUARTER, scored).fen == 48_000
    assert arithmetic(K.PERFORMANCE, QUARTER, scored) == "600.00 × 4/5 ＝ 480.00"


def test_the_whole_ratio_is_not_written_out() -> None:
    assert arithmetic(K.PERFORMANCE, QUARTER, line(60_000, 60_000, ratio="1")) == "600.00"


def test_what_is_taken_off_is_taken_off_after_the_days_held() -> None:
    held = line(80_000, 54_774, day_tenths=220, deduction_fen=2_000)
    assert worth(K.BASE, MARCH, held).fen == 54_774
    assert arithmetic(K.BASE, MARCH, held) == "800.00 × 22/31天 − 20.00 ＝ 547.74（四舍五入到分，少0.19分）"


def test_half_a_fen_counts_as_a_fen_and_is_shown() -> None:
    odd = line(101, 51, day_tenths=5)
    assert worth(K.LABOUR, MARCH, odd).fen == 51
    assert worth(K.LABOUR, MARCH, odd).rounded_by == "四舍五入到分，多0.50分"


def test_nobody_owes_for_working() -> None:
    assert worth(K.BASE, MARCH, line(1_000, deduction_fen=5_000)).fen == 0


def test_a_changed_amount_shows_what_it_was_changed_from() -> None:
    changed = line(60_000, 50_000, ratio="1", reason="中途病假")
    assert is_changed(K.PERFORMANCE, QUARTER, changed)
    assert arithmetic(K.PERFORMANCE, QUARTER, changed) == "600.00，改为500.00"


def test_a_line_taken_in_as_it_came_has_no_arithmetic() -> None:
    assert arithmetic(K.IMPORTED, QUARTER, line(0, 12_345)) == ""
    assert not is_changed(K.IMPORTED, QUARTER, line(0, 12_345))


@pytest.mark.parametrize(
    ("first", "last", "tenths"),
    [
        (date(2026, 1, 1), None, 0),
        (date(2026, 3, 10), None, 220),
        (date(2026, 3, 31), None, 10),
        (date(2025, 1, 1), date(2026, 3, 1), 10),
        (date(2025, 1, 1), date(2026, 3, 31), 0),
    ],
)
def test_a_post_held_for_part_of_the_month_is_held_so_many_days(first: date, last: date | None, tenths: int) -> None:
    assert held_tenths(MARCH, first, last) == tenths


def test_a_day_and_a_half_absent_costs_its_share_of_the_calendar_month() -> None:
    assert absence_fen(31_000, 15, MARCH) == 1_500
    assert absence_fen(80_000, 0, MARCH) == 0


def test_days_are_said_without_needless_tenths() -> None:
    assert [days(55), days(60), days(3)] == ["5.5", "6", "0.3"]


@given(standard=some.integers(1, 10**9), tenths=some.integers(1, 310), deduction=some.integers(0, 10**6))
def test_rounding_never_moves_a_line_by_more_than_half_a_fen(standard: int, tenths: int, deduction: int) -> None:
    paid = worth(K.LABOUR, MARCH, line(standard, day_tenths=tenths, deduction_fen=deduction))
    exact = Fraction(standard * tenths, 10) - deduction
    assert paid.fen == max(0, half_up(exact))
    assert exact < 0 or -Fraction(1, 2) < paid.fen - exact <= Fraction(1, 2)
