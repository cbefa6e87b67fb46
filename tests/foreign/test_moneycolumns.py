"""Which of several columns of money is the one that is paid: told by its head, or asked, never guessed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.foreign.sources import PAYROLL, workbook
from tests.payments.paying import REGISTER, grant_project, open_fund
from villagedesk.app.intake import look_at, take_in
from villagedesk.kernel.errors import BadInput
from villagedesk.payments import expensesheet, paysheet
from villagedesk.payments.model import PayrollLine
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Cell
from villagedesk.storage.foreign.columns import SURE, suggest
from villagedesk.storage.foreign.grid import even
from villagedesk.storage.foreign.heads import lay
from villagedesk.village import roster
from villagedesk.village.intake import Way
from villagedesk.village.usecases import import_people

ROWS: list[list[Cell]] = [["严珍", 500.0, 1500.0, 1000.0], ["于荣旺", 500.0, 1600.0, 1100.0]]


def sure_amount(*heads: str) -> str:
    """Return the head of the column that is taken as the amount without asking, "" when somebody is asked."""
    titles = [(head,) for head in ("姓名", *heads)]
    guess = suggest(titles, paysheet.LAYOUT.wanted, ROWS).get("amount")
    return titles[guess.column][0] if guess and guess.confidence >= SURE else ""


@pytest.mark.parametrize(
    ("heads", "paid"),
    [
        (("报酬标准(元/月)", "实领数"), "实领数"),
        (("工资标准", "实发数"), "实发数"),
        (("工资", "扣款", "实发数"), "实发数"),
        (("应发金额", "扣款金额", "实发数额"), "实发数额"),
        (("应发金额", "扣款", "实付"), "实付"),
        (("金额", "实发补贴"), "实发补贴"),
        (("单价", "金额"), "金额"),
        (("上季度金额", "金额"), "金额"),
        (("应发金额", "月数"), "应发金额"),
        (("金额", "实发人数"), "金额"),
        (("报酬", "扣分"), "报酬"),
        (("补贴面积", "补贴标准", "补贴金额"), "补贴金额"),
        (("报酬系数", "报酬天数", "报酬"), "报酬"),
    ],
)
def test_the_column_that_was_paid_out_is_known_by_its_head(heads: Sequence[str], paid: str) -> None:
    assert sure_amount(*heads) == paid


@pytest.mark.parametrize(
    "heads",
    [
        ("上季度金额", "本季度金额"),
        ("报酬标准", "月数"),
        ("应发金额", "扣款"),
        ("工资", "补贴", "合计"),
        ("基本报酬", "绩效报酬", "合计"),
        ("金额", "合计金额"),
        ("实发基本", "实发绩效"),
        ("劳务费金额",),
        ("单价标准", "扣除金额"),
        ("应发金额", "代缴社保"),
        ("金额", "个人缴费"),
    ],
)
def test_money_in_two_columns_or_a_head_that_only_looks_like_it_is_asked(heads: Sequence[str]) -> None:
    assert not sure_amount(*heads)


def test_the_refusal_names_the_columns_that_may_be_meant() -> None:
    grid = even("表.xlsx", [["姓名", "工资", "补贴", "合计"], *ROWS])
    with pytest.raises(BadInput, match="“工资”、“补贴”、“合计”都像“金额”，看不出是哪一栏"):
        lay(grid, paysheet.LAYOUT)
    grid = even("表.xlsx", [["姓名", "标准", "本季度金额"], *[row[:3] for row in ROWS]])
    with pytest.raises(BadInput, match="“本季度金额”像是“金额”，程序拿不准"):
        lay(grid, paysheet.LAYOUT)


def test_a_groups_head_counts_too() -> None:
    grid = even("表.xlsx", [["姓名", "应发", "", "实发"], ["", "报酬", "补贴", "金额"], *ROWS])
    laid = lay(grid, paysheet.LAYOUT)
    assert laid.columns["amount"] == 3


def test_a_money_column_nobody_must_have_is_asked_about_too() -> None:
    heads: list[Cell] = ["收款人身份证号", "银行账号", "补贴金额", "发放金额"]
    grid = even("册.xlsx", [heads, ["510322193908305305", "6214136823147803751", 5.0, 6.0]] * 2)
    with pytest.raises(BadInput, match="“补贴金额”、“发放金额”都像“补贴金额”"):
        lay(grid, roster.LAYOUT)
    assert "amount" not in lay(grid, roster.LAYOUT, {"payee_id": "A", "account": "B", "amount": ""}).columns


def test_an_expense_sheets_cut_column_is_no_rival_when_what_was_paid_stands_there() -> None:
    titles = [(head,) for head in ("日期", "摘要", "收款人", "报账金额", "核减", "实付金额")]
    assert suggest(titles, expensesheet.LAYOUT.wanted)["amount"].column == 5


def test_what_is_answered_is_paid_and_remembered(desk: Desk, tmp_path: Path) -> None:
    import_people(desk, REGISTER)
    project = grant_project(desk, fund=open_fund(desk))
    rows = PAYROLL.rows
    for row in rows:
        row.insert(4, "")
    rows[2][4:6] = ["应发金额", "扣款后金额"]
    for row in rows[3:17]:
        row[4] = 9_999.0
    file = workbook(tmp_path / "两栏.xlsx", rows)
    seen = look_at(desk, file, "payroll", project_id=project.id)
    assert (seen.opened.missing, seen.is_ready) == (("金额",), False)
    with pytest.raises(BadInput, match="请指明是哪一栏"):
        take_in(desk, file, "payroll", project_id=project.id)
    take_in(desk, file, "payroll", Way(columns={"amount": "扣款后金额"}), project_id=project.id)
    assert sum(line.amount_fen for line in desk.find(PayrollLine)) == 2_160_100
    assert look_at(desk, file, "payroll", project_id=project.id).opened.is_remembered


def test_what_nobody_was_asked_is_asked_when_the_same_heads_hold_more(desk: Desk, tmp_path: Path) -> None:
    import_people(desk, REGISTER)
    project = grant_project(desk, fund=open_fund(desk))
    rows = PAYROLL.rows
    for row in rows:
        row.insert(5, "")
    rows[2][4:6] = ["应发金额", "扣款"]
    take_in(desk, workbook(tmp_path / "没有扣款.xlsx", rows), "payroll", project_id=project.id)
    for row in rows[3:17]:
        row[5] = 50.0
    rows[0][0] = "2026年4月报酬发放表"
    file = workbook(tmp_path / "有扣款.xlsx", rows)
    assert look_at(desk, file, "payroll", project_id=project.id).opened.missing == ("金额",)
    with pytest.raises(BadInput, match="“应发金额”、“扣款”都像“金额”"):
        take_in(desk, file, "payroll", project_id=project.id)


def unit(above: str, head: str = "金额") -> int:
    """Return how many yuan an amount of a sheet means that says these things of itself."""
    return lay(even("表.xlsx", [[above], ["姓名", "负责区域", head], ["严珍", "1组", 5.0]]), paysheet.LAYOUT).unit


@pytest.mark.parametrize(
    "above", ["单位：万元", "金额单位：人民币万元", "支出明细（万元）", "编报单位：青山村 单位：万元 制表：李"]
)
def test_a_sheet_that_counts_in_ten_thousands_says_so(above: str) -> None:
    assert unit(above) == unit("", "金额（万元）") == 10_000


@pytest.mark.parametrize(
    "above", ["单位：青山村 总投资35万元", "单位：元 2026年预算12万元", "单位：分水村（补助5万元）", "单位：元坝村"]
)
def test_a_sum_in_ten_thousands_beside_the_village_is_no_unit(above: str) -> None:
    assert unit(above) == 1
    assert unit("单位：万元", "金额(元)") == 1


@pytest.mark.parametrize(("above", "head"), [("单位：分", "金额"), ("", "金额（分）"), ("单位：千元", "实发金额")])
def test_a_unit_the_program_does_not_read_is_said(above: str, head: str) -> None:
    with pytest.raises(BadInput, match="程序只认元和万元"):
        unit(above, head)
