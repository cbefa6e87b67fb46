from collections.abc import Sequence
from datetime import date

import pytest

from villagedesk.kernel.errors import BadInput
from villagedesk.projects.wishlist import HEADS, wish_lines
from villagedesk.storage.foreign import Cell, Grid
from villagedesk.village.model import Household

TODAY = date(2026, 1, 20)
HOUSEHOLDS = {
    number: Household(id=f"h{number}", number=number, team="1组", head_name="户主") for number in ("0001", "0002")
}
GOOD: tuple[Cell, ...] = ("1组", "0001", "胡兆兰", "治安巡逻", "路灯维护", "电影放映", "2026年1月11日")


def grid(*rows: Sequence[Cell]) -> Grid:
    return Grid("意愿.xlsx", (("征求意见汇总",), HEADS, *(tuple(row) for row in rows)))


def problems(*rows: Sequence[Cell], heard: frozenset[str] = frozenset()) -> list[str]:
    with pytest.raises(BadInput) as caught:
        wish_lines(grid(*rows), HOUSEHOLDS, heard, TODAY)
    return [str(problem) for problem in caught.value.problems]


def changed(place: int, cell: Cell) -> tuple[Cell, ...]:
    return (*GOOD[:place], cell, *GOOD[place + 1 :])


def test_a_household_s_wishes_are_read_in_its_own_order() -> None:
    (line,) = wish_lines(grid(GOOD, ("", None, "")), HOUSEHOLDS, set(), TODAY)
    assert line.household_id == "h0001"
    assert line.items == ("治安巡逻", "路灯维护", "电影放映")
    assert line.signed_on == date(2026, 1, 11)


def test_one_wish_is_enough_and_a_real_date_cell_is_a_date() -> None:
    (line,) = wish_lines(grid(("1组", "0002", "李", "供水", "", None, date(2026, 1, 3))), HOUSEHOLDS, set(), TODAY)
    assert line.items == ("供水",)
    assert line.signed_on == date(2026, 1, 3)


def test_a_number_that_lost_its_zeros_is_still_found() -> None:
    (line,) = wish_lines(grid(changed(1, 1.0)), HOUSEHOLDS, set(), TODAY)
    assert line.household_id == "h0001"


def test_a_sheet_signed_today_is_taken() -> None:
    (line,) = wish_lines(grid(changed(6, TODAY)), HOUSEHOLDS, set(), TODAY)
    assert line.signed_on == TODAY


@pytest.mark.parametrize(
    ("place", "cell", "problem"),
    [
        (0, "2组", "第3行“村民小组”：户册里是“1组”，表里是“2组”"),
        (1, "0999", "第3行“户编号”：户册里没有“0999”"),
        (1, None, "第3行“户编号”：不能空着"),
        (2, " ", "第3行“户代表”：不能空着"),
        (3, "", "第3行“第一意愿”：不能空着"),
        (4, "", "第3行“第二意愿”：不能空着"),
        (4, "治安巡逻", "第3行“第二意愿”：“治安巡逻”写了两次"),
        (6, "元月十一", "第3行“签字日期”：“元月十一”不是日期，请写成 2026-04-05 这样"),
        (6, None, "第3行“签字日期”：“”不是日期，请写成 2026-04-05 这样"),
        (6, "2026年1月21日", "第3行“签字日期”：2026-01-21还没有到，请核对日期"),
        (6, date(2027, 1, 11), "第3行“签字日期”：2027-01-11还没有到，请核对日期"),
    ],
)
def test_each_problem_names_its_row_and_column(place: int, cell: Cell, problem: str) -> None:
    assert problems(changed(place, cell)) == [problem]


def test_all_problems_are_named_at_once() -> None:
    assert len(problems(changed(2, ""), GOOD, changed(1, "0009"))) == 3


def test_a_household_speaks_once_in_a_file_and_once_a_year() -> None:
    assert problems(GOOD, GOOD) == ["第4行“户编号”：和第3行重复"]
    assert problems(GOOD, heard=frozenset({"h0001"})) == ["第3行“户编号”：0001户这一年的意愿已经登记过"]


def test_a_sheet_without_wishes_or_heads_is_refused() -> None:
    with pytest.raises(BadInput, match="只有表头，没有意愿"):
        wish_lines(grid(), HOUSEHOLDS, set(), TODAY)
    with pytest.raises(BadInput, match="没有找到表头"):
        wish_lines(Grid("别的.xlsx", (("姓名", "金额"),)), HOUSEHOLDS, set(), TODAY)


def test_an_empty_register_knows_no_household() -> None:
    with pytest.raises(BadInput) as caught:
        wish_lines(grid(GOOD), {}, set(), TODAY)
    assert "户册里没有“0001”" in str(caught.value.problems[0])
