"""The caretakers' quarterly pay sheet, taken in as it is, and every way it can be wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.foreign.sources import written
from tests.payments.paying import PAYROLL, YUAN, grant_project
from tests.sheetfiles import changed_copy
from villagedesk.kernel.errors import BadInput, RuleViolation
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollLine, PayWay
from villagedesk.payroll import usecases as pay
from villagedesk.payroll.store import lines_of
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Cell, read_grid, values
from villagedesk.village.intake import Way
from villagedesk.village.model import Person

NAME, ACCOUNT, AMOUNT = 2, 4, 5


@pytest.fixture
def desk(peopled_desk: Desk) -> Desk:
    """The register is in; the pay sheet's date has passed."""
    return peopled_desk


def problems(desk: Desk, project: Project, file: Path) -> list[str]:
    with pytest.raises(BadInput) as refused:
        pay.import_payroll(desk, file, project.id)
    assert desk.find(Payroll) == []
    assert desk.find(PayrollLine) == []
    assert desk.find(Claim) == []
    return [str(problem) for problem in refused.value.problems]


def test_the_real_sheet_is_taken_in_as_it_is(desk: Desk, project: Project) -> None:
    payroll, claim = pay.import_payroll(desk, PAYROLL, project.id)
    assert payroll.title == "2026年第一季度农村公共服务运行维护人员报酬发放表"
    assert (payroll.period, payroll.sheet_date) == ("2026Q1", date(2026, 4, 5))
    lines = lines_of(desk, payroll.id)
    assert len(lines) == 14
    assert sum(line.amount_fen for line in lines) == payroll.total_fen == 21_601 * YUAN
    assert [line.place for line in lines] == list(range(1, 15))
    assert (lines[2].note, lines[5].amount_fen) == ("代班10天", 210_050)
    assert desk.find(Payroll) == [payroll]
    assert claim.amount_fen == payroll.total_fen


def test_names_with_a_full_width_gap_are_the_registers_people(desk: Desk, project: Project) -> None:
    payroll, _ = pay.import_payroll(desk, PAYROLL, project.id)
    named = {line.name: line for line in lines_of(desk, payroll.id)}
    assert {"张䶮", "薛有"} <= set(named)
    for line in named.values():
        assert desk.get(Person, line.person_id).name == line.name


def test_the_drafted_claim_pays_it_through_the_passbook(desk: Desk, project: Project) -> None:
    payroll, claim = pay.import_payroll(desk, PAYROLL, project.id)
    assert claim.state is ClaimState.DRAFT
    assert (claim.pay_way, claim.payroll_id, claim.payee) == (PayWay.PASSBOOK, payroll.id, "管护人员14人")
    assert usecases.findings_of(desk, claim) == []
    assert usecases.submit(desk, claim.id).state is ClaimState.SUBMITTED


def test_the_file_itself_is_kept_with_the_sheet(desk: Desk, project: Project) -> None:
    payroll, _ = pay.import_payroll(desk, PAYROLL, project.id)
    assert payroll.source_id
    assert desk.content(payroll.source_id) == PAYROLL.read_bytes()


def test_the_claim_may_not_differ_from_the_sheet_nor_go_out_in_cash(desk: Desk, project: Project) -> None:
    _, claim = pay.import_payroll(desk, PAYROLL, project.id)
    other = usecases.draft(desk, replace(claim, amount_fen=claim.amount_fen - 1, pay_way=PayWay.CASH))
    codes = {finding.code for finding in usecases.findings_of(desk, other)}
    assert codes == {"payments.sheet_total", "payments.cash_wages"}


def test_another_account_than_the_registers_needs_a_word(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "账号.xlsx", {(4, ACCOUNT): "6214578859271147013"})
    _, claim = pay.import_payroll(desk, file, project.id)
    with pytest.raises(RuleViolation, match=r"有1人的账号和户册里的不一样（严珍）"):
        usecases.submit(desk, claim.id)
    assert usecases.submit(desk, claim.id, "本人新换了存折").state is ClaimState.SUBMITTED


def strangers_of(desk: Desk, name: str) -> Person:
    (person,) = desk.find(Person, "name = ?", [name])
    return desk.find(Person, "account <> '' AND household_id <> ?", [person.household_id], "rowid DESC")[0]


def test_an_account_of_another_household_is_refused_by_row(desk: Desk, project: Project, tmp_path: Path) -> None:
    other = strangers_of(desk, "严珍")
    file = changed_copy(PAYROLL, tmp_path / "别人.xlsx", {(4, ACCOUNT): other.account})
    (found,) = problems(desk, project, file)
    assert found.startswith(
        f"第4行“账号”：“严珍”的账号（尾号{other.account[-4:]}）在户册里是“{other.name}”的，不是同一户"
    )


def test_one_account_beside_two_households_is_refused_by_row(desk: Desk, project: Project, tmp_path: Path) -> None:
    new = "6214578859271147013"
    file = changed_copy(PAYROLL, tmp_path / "一个账号.xlsx", {(4, ACCOUNT): new, (5, ACCOUNT): new})
    (found,) = problems(desk, project, file)
    assert found.startswith("第5行“账号”：“于荣旺”和第4行“严珍”是同一个账号（尾号7013），不是同一户")


def test_an_account_merged_over_two_people_is_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "合并.xlsx", {})
    book = load_workbook(file)
    book.worksheets[0].merge_cells(start_row=4, end_row=5, start_column=ACCOUNT, end_column=ACCOUNT)
    book.save(file)
    found = problems(desk, project, file)
    assert found[0] == "第4行“账号”：和上下的格合并成了一格，看不出是谁的账号，请拆开分别填"
    assert {one.partition("“")[0] for one in found} >= {"第4行", "第5行"}


def test_an_account_that_is_not_the_registers_is_shown_before_it_goes_in(
    desk: Desk, project: Project, tmp_path: Path
) -> None:
    file = changed_copy(PAYROLL, tmp_path / "账号.xlsx", {(4, ACCOUNT): "6214578859271147013"})
    (note,) = pay.look_at_payroll(desk, file, project.id).notes
    assert note.startswith("“严珍”（户册尾号7012，表上尾号7013）的账号和户册里的不一样")
    assert pay.look_at_payroll(desk, PAYROLL, project.id).notes == ()


def test_a_sheet_is_taken_in_once_but_again_after_its_claim_was_taken_back(desk: Desk, project: Project) -> None:
    _, claim = pay.import_payroll(desk, PAYROLL, project.id)
    with pytest.raises(RuleViolation, match="2026年第一季度的发放表已经导入过了"):
        pay.import_payroll(desk, PAYROLL, project.id)
    usecases.discard(desk, claim.id)
    _, again = pay.import_payroll(desk, PAYROLL, project.id)
    usecases.submit(desk, again.id)
    usecases.withdraw(desk, again.id, "有一人离岗")
    pay.import_payroll(desk, PAYROLL, project.id)


def test_a_title_of_three_months_is_the_quarter_and_is_not_paid_again(
    desk: Desk, project: Project, tmp_path: Path
) -> None:
    pay.import_payroll(desk, PAYROLL, project.id)
    title = "2026年1月-3月农村公共服务运行维护人员报酬发放表"
    file = changed_copy(PAYROLL, tmp_path / "再来.xlsx", {(1, 1): title})
    with pytest.raises(RuleViolation, match="2026年第一季度的发放表已经导入过了"):
        pay.import_payroll(desk, file, project.id)


def test_a_title_of_two_months_is_asked_for_its_period(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "两月.xlsx", {(1, 1): "2026年1月至2月报酬发放表"})
    seen = pay.look_at_payroll(desk, file, project.id)
    assert [ask.field for ask in seen.asks] == ["period"]
    assert "不是一个月，也不是一个季度" in seen.asks[0].why
    with pytest.raises(BadInput, match="不是一个月，也不是一个季度"):
        pay.import_payroll(desk, file, project.id)


def test_a_project_that_is_not_granted_pays_nobody(desk: Desk) -> None:
    resolved = grant_project(desk, state=ProjectState.RESOLVED)
    with pytest.raises(RuleViolation, match="乡镇批复后才能支出"):
        pay.import_payroll(desk, PAYROLL, resolved.id)


def test_every_wrong_row_is_named_at_once(desk: Desk, project: Project, tmp_path: Path) -> None:
    changes: dict[tuple[int, int], Cell] = {
        (4, NAME): "查无此人",
        (6, AMOUNT): "一千",
        (8, AMOUNT): 0.0,
        (9, AMOUNT): -5.0,
        (11, AMOUNT): "",
    }
    found = problems(desk, project, changed_copy(PAYROLL, tmp_path / "错.xlsx", changes))
    assert found == [
        "第4行“姓名”：“查无此人”户册里没有这个人，请先导入户册或核对姓名",
        "第6行“金额”：“一千”不是金额，请写成 1234.50 这样，最多两位小数",
        "第8行“金额”：应大于零",
        "第9行“金额”：应大于零",
        "第11行“金额”：“”不是金额，请写成 1234.50 这样，最多两位小数",
    ]


def test_a_total_that_does_not_agree_is_refused_with_both_sums(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "合计.xlsx", {(18, AMOUNT): 21_600.0})
    assert problems(desk, project, file) == ["第18行“金额”：合计写的是21,600.00元，各行加起来是21,601.00元，请核对"]


def test_a_total_that_is_no_amount_is_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "合计.xlsx", {(18, AMOUNT): "见附表"})
    assert problems(desk, project, file)[0].startswith("第18行“金额”：“见附表”不是金额")


def test_a_sheet_cut_off_before_its_total_is_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "半张.xlsx", {}, rows=10)
    assert problems(desk, project, file) == ["第10行“金额”：没有“合计”行，看不出表是不是完整，请补上"]


def test_lines_below_the_last_sum_are_not_covered_by_it(desk: Desk, project: Project, tmp_path: Path) -> None:
    """A page with its own 小计, and the next page cut off before any sum."""
    moved: dict[tuple[int, int], Cell] = {(9, column): "" for column in range(1, 7)}
    moved |= {(9, 1): "小计", (9, AMOUNT): 6_600.0}
    file = changed_copy(PAYROLL, tmp_path / "半张.xlsx", moved, rows=12)
    assert problems(desk, project, file) == ["第12行“金额”：最后几行下面没有“合计”，看不出表是不是完整，请补上"]


def test_a_sum_above_all_lines_must_agree_too(desk: Desk, project: Project, tmp_path: Path) -> None:
    rows = [list(row) for row in read_grid(PAYROLL).rows]
    total = rows.pop(17)
    file = written(tmp_path / "先合计.csv", [*rows[:3], total, *rows[3:17]], "utf-8-sig")
    payroll, _ = pay.import_payroll(desk, file, project.id)
    assert payroll.total_fen == 21_601 * YUAN


def test_a_sum_above_all_lines_that_does_not_agree_is_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    rows = [list(row) for row in read_grid(PAYROLL).rows]
    total = [*rows.pop(17)]
    total[AMOUNT - 1] = 21_600.0
    file = written(tmp_path / "先合计.csv", [*rows[:3], total, *rows[3:17]], "utf-8-sig")
    assert problems(desk, project, file) == ["第4行“金额”：合计写的是21,600.00元，各行加起来是21,601.00元，请核对"]


def test_a_sum_may_count_the_people_and_say_itself_in_words(desk: Desk, project: Project, tmp_path: Path) -> None:
    total = {(18, 1): "合计", (18, NAME): "14人", (18, ACCOUNT): "贰万壹仟陆佰零壹元整"}
    payroll, _ = pay.import_payroll(desk, changed_copy(PAYROLL, tmp_path / "大写.xlsx", total), project.id)
    assert payroll.total_fen == 21_601 * YUAN


def test_a_person_beside_whom_stands_a_word_of_sums_is_paid(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "备注.xlsx", {(4, 6): "合计"})
    payroll, _ = pay.import_payroll(desk, file, project.id)
    assert len(lines_of(desk, payroll.id)) == 14


def test_a_person_twice_is_refused_and_a_blank_row_between_is_not(desk: Desk, project: Project, tmp_path: Path) -> None:
    changes = {(7, column): "" for column in range(1, 7)}
    file = changed_copy(PAYROLL, tmp_path / "两次.xlsx", {**changes, (9, NAME): "严珍"})
    assert "第9行“姓名”：“严珍”在第4行已经有了" in problems(desk, project, file)


def test_an_account_kept_as_a_number_has_lost_its_last_figures(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "数字.xlsx", {(4, ACCOUNT): 6214578859271147012.0})
    (found,) = problems(desk, project, file)
    assert found.startswith("第4行“账号”：账号是数字格式，后几位已经丢了")


def test_of_two_people_of_one_name_the_account_decides(desk: Desk, project: Project, tmp_path: Path) -> None:
    (person,) = desk.find(Person, "name = '严珍'")
    with desk.change("test.namesake") as change:
        change.put(replace(person, id="", version=0, id_number="X" * 18, account="62140000000000"))
    payroll, _ = pay.import_payroll(desk, PAYROLL, project.id)
    assert lines_of(desk, payroll.id)[0].person_id == person.id


def test_two_people_of_one_name_and_no_known_account_are_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    (person,) = desk.find(Person, "name = '严珍'")
    with desk.change("test.namesake") as change:
        change.put(replace(person, id="", version=0, id_number="X" * 18))
    file = changed_copy(PAYROLL, tmp_path / "同名.xlsx", {(4, ACCOUNT): "1"})
    assert problems(desk, project, file) == ["第4行“姓名”：“严珍”有几个同名的人，请在账号一栏写上本人的账号"]


def test_two_people_of_one_name_on_one_sheet_are_asked_about_one_by_one(
    desk: Desk, project: Project, tmp_path: Path
) -> None:
    (person,) = desk.find(Person, "name = '严珍'")
    with desk.change("test.namesake") as change:
        other = change.put(replace(person, id="", version=0, id_number="X" * 18))
    changes: dict[tuple[int, int], Cell] = {(4, ACCOUNT): "", (5, ACCOUNT): "", (5, NAME): "严珍"}
    file = changed_copy(PAYROLL, tmp_path / "同名.xlsx", changes)
    first, second = pay.look_at_payroll(desk, file, project.id).doubts
    assert (first.row, second.row, first.key == second.key) == (4, 5, False)
    way = Way(answers={first.key: person.id, second.key: other.id})
    payroll, _ = pay.import_payroll(desk, file, project.id, way)
    assert [line.person_id for line in lines_of(desk, payroll.id)][:2] == [person.id, other.id]


def test_a_word_where_an_account_should_stand_is_named(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "见存折.xlsx", {(4, ACCOUNT): "见存折"})
    assert problems(desk, project, file) == ["第4行“账号”：“见存折”不是完整的账号，请照存折填写；空着的，用户册里的"]


def test_another_team_than_the_registers_is_told(desk: Desk, project: Project, tmp_path: Path) -> None:
    rows = [[*row, ""] for row in read_grid(PAYROLL).rows]
    rows[2][6], rows[3][6] = "村民小组", "第十九村民小组"
    seen = pay.look_at_payroll(desk, written(tmp_path / "组.csv", rows, "utf-8-sig"), project.id)
    assert seen.is_ready
    (note,) = seen.notes
    assert note.startswith("“严珍”（户册")
    assert note.endswith("组，表上第十九村民小组）的组和户册里的不一样，请核对是不是同一个人。")


def test_a_second_list_beside_the_first_is_not_left_out_in_silence(
    desk: Desk, project: Project, tmp_path: Path
) -> None:
    rows = [list(row) for row in read_grid(PAYROLL).rows]
    total: list[Cell] = ["合计", "", "", "", sum(values.amount(row[4]) for row in rows[3:10]) / 100, ""]
    left: list[list[Cell]] = [*rows[3:10], total]
    right: list[list[Cell]] = [*rows[10:17], ["合计", "", "", "", 1.0, ""]]
    both = [*(row + row for row in rows[:3]), *(one + other for one, other in zip(left, right, strict=True))]
    file = written(tmp_path / "左右.csv", both, "utf-8-sig")
    way = Way(columns={"amount": "E"})
    with pytest.raises(BadInput) as refused:
        pay.import_payroll(desk, file, project.id, way)
    assert [str(one) for one in refused.value.problems] == [
        "第3行“姓名”：左右有两份名单，只能读一份。请把右边的接到左边下面，再导入"
    ]


def test_whoever_signs_below_is_not_paid(desk: Desk, project: Project, tmp_path: Path) -> None:
    rows = [list(row) for row in read_grid(PAYROLL).rows]
    file = written(tmp_path / "落款.csv", [*rows[:18], ["审批人：", "严珍", "", "制表人：", "", "李会计"]], "utf-8-sig")
    payroll, _ = pay.import_payroll(desk, file, project.id)
    assert len(lines_of(desk, payroll.id)) == 14


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        ((1, 1), "报酬发放表", "表头上没有写明是哪年哪个季度"),
        ((3, 2), "甲", "没有找到表头“序号、姓名、负责区域、账号、金额、备注”"),
    ],
)
def test_a_sheet_without_its_period_or_heads_is_refused(
    desk: Desk, project: Project, tmp_path: Path, place: tuple[int, int], text: str, why: str
) -> None:
    file = changed_copy(PAYROLL, tmp_path / "表.xlsx", {place: text})
    with pytest.raises(BadInput, match=why):
        pay.import_payroll(desk, file, project.id)


def test_a_sheet_of_nobody_is_refused(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "空.xlsx", {(row, NAME): "" for row in range(4, 18)})
    with pytest.raises(BadInput, match="表里没有人"):
        pay.import_payroll(desk, file, project.id)


def test_without_a_date_the_sheet_is_of_the_quarters_last_day(desk: Desk, project: Project, tmp_path: Path) -> None:
    file = changed_copy(PAYROLL, tmp_path / "无日期.xlsx", {(2, 4): ""})
    payroll, claim = pay.import_payroll(desk, file, project.id)
    assert payroll.sheet_date == date(2026, 3, 31)
    assert claim.spent_on == date(2026, 1, 5)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", PAYROLL.read_bytes()[:4000]])
def test_a_broken_workbook_is_refused_in_plain_words(
    desk: Desk, project: Project, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "坏了.xlsx"
    file.write_bytes(content)
    with pytest.raises(BadInput, match="没有导入，账里一条也没有变。这个 Excel 文件打不开"):
        pay.import_payroll(desk, file, project.id)
