"""Last year's expense sheet, taken over as it is, and every way it can be wrong."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.payments.paying import EXPENSES, as_
from tests.sheetfiles import changed_copy
from villagedesk.kernel.errors import BadInput, FrozenRecord, RuleViolation
from villagedesk.payments import usecases
from villagedesk.payments.expensesheet import LAYOUT, ExpenseSheet, expense_sheet, read_expenses
from villagedesk.payments.model import PastExpense
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Grid, read_grid
from villagedesk.storage.foreign.heads import lay

DATE, ITEM, PAYEE, AMOUNT = 1, 2, 3, 4
HEAD = ("日期", "开支项目", "收款人", "金额（元）")


def sheet(*rows: tuple[object, ...]) -> Grid:
    return Grid("支出.xlsx", (("青山村2025年支出明细", "", "", ""), HEAD, *rows))  # type: ignore[arg-type]


def read_expense_sheet(grid: Grid) -> ExpenseSheet:
    laid = lay(grid, LAYOUT)
    return expense_sheet(laid, read_expenses(laid), {})


def problems(grid: Grid) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_expense_sheet(grid)
    return [str(problem) for problem in refused.value.problems]


def test_the_real_sheet_is_taken_over_as_it_is(desk: Desk) -> None:
    lines = usecases.import_expenses(desk, EXPENSES)
    assert len(lines) == 91
    assert {line.year for line in lines} == {2025}
    assert Counter(line.source for line in lines).keys() == {"上级补助", "一事一议筹资", "村集体"}
    first = lines[0]
    assert (first.spent_on, first.item, first.payee) == (date(2025, 1, 4), "防汛物资储备", "双石镇建材经营部")
    assert (first.amount_fen, first.handler, first.invoice_number, first.opinion) == (
        408_542, "薛福", "73107278", "同意",
    )  # fmt: skip
    assert (first.place, lines[-1].place) == (3, 106)


def test_three_date_styles_and_three_ways_to_write_an_amount_are_understood(desk: Desk) -> None:
    by_place = {line.place: line for line in usecases.import_expenses(desk, EXPENSES)}
    assert [by_place[row].spent_on for row in (3, 4, 7)] == [date(2025, 1, 4), date(2025, 1, 3), date(2025, 1, 21)]
    assert [by_place[row].amount_fen for row in (3, 4, 5)] == [408_542, 319_091, 24_849]


def test_no_sum_row_and_no_blank_row_becomes_an_expense(desk: Desk) -> None:
    lines = usecases.import_expenses(desk, EXPENSES)
    assert not any("小计" in line.item for line in lines)
    rows = read_grid(EXPENSES).rows
    assert len(lines) == len([row for row in rows[2:] if row[0] and "小计" not in str(row[0])])


def test_taking_over_the_same_year_twice_is_refused(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    with pytest.raises(RuleViolation, match="2025年的支出已经导入过了"):
        usecases.import_expenses(desk, EXPENSES)
    assert len(desk.find(PastExpense)) == 91


def test_what_was_taken_over_never_changes(desk: Desk) -> None:
    line = usecases.import_expenses(desk, EXPENSES)[0]
    with pytest.raises(FrozenRecord, match="往年支出照原表接收"), desk.change("test.tampered") as change:
        change.discard(line)


def test_only_the_accountant_takes_it_over(desk: Desk) -> None:
    as_(desk, "赵主任")
    with pytest.raises(RuleViolation, match="由村会计办理"):
        usecases.import_expenses(desk, EXPENSES)


def test_one_wrong_row_keeps_all_out_and_every_wrong_row_is_named(desk: Desk, tmp_path: Path) -> None:
    changes = {(3, DATE): "2月30日", (4, DATE): "2024.01.03", (5, AMOUNT): "二百", (6, PAYEE): "", (7, ITEM): " "}
    file = changed_copy(EXPENSES, tmp_path / "错.xlsx", changes)
    with pytest.raises(BadInput) as refused:
        usecases.import_expenses(desk, file)
    assert [str(problem) for problem in refused.value.problems] == [
        "第3行“日期”：“2月30日”不是日期，请写成 2026-04-05 这样",
        "第4行“日期”：是2024年的，标题写的是2025年",
        "第5行“金额”：“二百”不是金额，请写成 1234.50 这样，最多两位小数",
        "第6行“收款人”：不能空着",
        "第7行“开支项目”：不能空着",
    ]
    assert desk.find(PastExpense) == []


def test_a_sum_that_agrees_is_passed_over() -> None:
    rows = (
        (date(2025, 1, 3), "清运", "甲", "￥1,000.50"),
        (date(2025, 1, 4), "清运", "乙", 200.0),
        ("1月小计", "", "", "1200.50"),
        (date(2025, 2, 4), "清运", "乙", 99.5),
        ("2月小计", "", "", 99.5),
        ("合 计", "", "", "1300.00"),
    )
    assert len(read_expense_sheet(sheet(*rows)).lines) == 3


def test_a_sum_as_a_spreadsheet_adds_it_without_the_text_amounts_is_passed_over() -> None:
    rows = (
        (date(2025, 1, 3), "清运", "甲", "￥1000"),
        (date(2025, 1, 4), "清运", "乙", 200.0),
        ("1月小计", "", "", 200.0),
        (date(2025, 2, 4), "清运", "乙", 50.0),
        ("2月小计", "", "", 450.0),
    )
    assert len(read_expense_sheet(sheet(*rows)).lines) == 3


def test_a_sum_that_does_not_agree_is_named_with_both_sums() -> None:
    rows = ((date(2025, 1, 3), "清运", "甲", 100.0), ("1月小计", "", "", 900.0))
    assert problems(sheet(*rows)) == ["第4行“金额”：小计写的是900.00元，上面各行加起来是100.00元，请核对有没有漏行"]


def test_an_amount_of_nothing_is_named_and_a_refund_is_taken() -> None:
    assert problems(sheet((date(2025, 1, 3), "清运", "甲", 0.0))) == ["第3行“金额”：不能是零"]
    assert read_expense_sheet(sheet((date(2025, 1, 3), "退款", "甲", -5.0))).lines[0].amount_fen == -500


def test_the_line_with_who_made_the_sheet_is_no_expense() -> None:
    rows = ((date(2025, 1, 3), "清运", "甲", 100.0), ("制表人：李会计", "", "审批人：", ""))
    assert len(read_expense_sheet(sheet(*rows)).lines) == 1


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((("支出明细", "", "", ""), HEAD, ("2025-01-01", "清运", "甲", 1.0)), "没有写明是哪一年"),
        ((("2025年", "", "", ""), ("日期", "开支项目", "收款人", "数"), ()), "没有找到表头“金额”"),
        ((("2025年", "", "", ""), HEAD, ("", "", "", "")), "只有表头，没有支出"),
        ((("2025年", "", "", ""), ("甲", "乙")), "没有找到表头“日期、开支项目、收款人”"),
    ],
)
def test_a_sheet_without_year_heads_or_rows_is_refused(rows: tuple[tuple[str, ...], ...], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_expense_sheet(Grid("支出.xlsx", rows))


@pytest.mark.parametrize("item", ["村务资料汇总", "水电费总额", "汇总"])
def test_a_payment_called_like_a_sum_is_a_payment(item: str) -> None:
    """The item stands first here, and the line is the first: as a sum it would vanish unseen."""
    head = ("开支项目", "日期", "收款人", "金额")
    rows = ((item, date(2025, 1, 3), "李四", 50.0), ("清运", "1月4日", "乙", 200.0), ("合计", "", "", 250.0))
    grid = Grid("支出.xlsx", (("青山村2025年支出明细", "", "", ""), head, *rows))
    assert [line.item for line in read_expense_sheet(grid).lines] == [item, "清运"]


@pytest.mark.parametrize("item", ["合计", "本页小计", "合计（大写）"])
def test_a_sum_with_a_day_and_words_beside_it_is_a_sum(item: str) -> None:
    rows = ((date(2025, 1, 3), "清运", "甲", 100.0), (date(2025, 12, 31), item, "壹佰元整", 100.0))
    assert len(read_expense_sheet(sheet(*rows)).lines) == 1


def test_a_sum_above_all_lines_is_compared_with_them() -> None:
    rows = ((date(2025, 1, 3), "清运", "甲", 100.0), (date(2025, 1, 4), "清运", "乙", 20.0))
    assert len(read_expense_sheet(sheet(("合计", "", "", 120.0), *rows)).lines) == 2
    assert len(read_expense_sheet(sheet(("上年累计", "", "", 9.0), *rows)).lines) == 2
    assert problems(sheet(("合计", "", "", 121.0), *rows)) == [
        "第3行“金额”：合计写的是121.00元，各行加起来是120.00元，请核对"
    ]
