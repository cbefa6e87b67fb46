"""Heads that stand again on every page are passed over, with what stands directly above them and nothing else."""

from villagedesk.storage.foreign.cells import Cell
from villagedesk.storage.foreign.pages import repeated

TITLE: tuple[Cell, ...] = ("2026年第一季度报酬", "", "")
UNIT: tuple[Cell, ...] = ("单位：元", "", "（第1页，共2页）")
HEAD: tuple[Cell, ...] = ("姓 名", "金额（元）", "")
LINE: tuple[Cell, ...] = ("严珍", 1200.0, "")


def test_a_head_written_a_little_differently_is_the_head_again() -> None:
    again: tuple[Cell, ...] = ("姓名", "金额(元)", None)
    assert repeated([TITLE, HEAD, LINE, again, LINE], 1, 1) == {3}


def test_title_unit_and_page_directly_above_go_with_it() -> None:
    page: tuple[Cell, ...] = ("第1页", "", "第 2 页")
    rows = [TITLE, UNIT, HEAD, LINE, ("", None, ""), TITLE, page, HEAD, LINE]
    assert repeated(rows, 2, 1) == {4, 5, 6, 7}


def test_a_line_above_stays_and_so_does_a_title_without_heads() -> None:
    assert repeated([TITLE, HEAD, LINE, HEAD, TITLE, LINE], 1, 1) == {3}


def test_heads_of_two_rows_stand_again_only_as_both() -> None:
    below: tuple[Cell, ...] = ("", "实发", "")
    assert repeated([HEAD, below, LINE, HEAD, LINE, HEAD, below, LINE], 0, 2) == {5, 6}
