"""A pay sheet made elsewhere is held to the rules of one made here: assessed, not paid twice, not before its time."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.payments.paying import PAYROLL, grant_project
from tests.payroll.posts import CHECKED, MARCH, QUARTER, a_post, assessed
from tests.sheetfiles import changed_copy
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.model import Claim, Payroll, PayrollKind
from villagedesk.payments.usecases import discard
from villagedesk.payroll import store
from villagedesk.payroll.drafting import copied, proposed
from villagedesk.payroll.elsewhere import kind_of, pays_performance
from villagedesk.payroll.usecases import import_payroll, look_at_payroll, make_payroll, run_findings
from villagedesk.projects.model import Post, Project
from villagedesk.storage.desk import Desk
from villagedesk.village.intake import Way
from villagedesk.village.model import Person

TITLE, NAME, ACCOUNT, AMOUNT, NOTE = (1, 1), 2, 4, 5, 6
SAID = Way(said={"reason": "基本报酬以外，另发清运补贴"})


def two_people(folder: Path, title: str = "2026年第一季度报酬发放表", name: str = "两人.xlsx") -> Path:
    """Write a sheet that pays 严珍 and 于荣旺 alone."""
    gone = {(row, column): "" for row in range(6, 18) for column in range(1, 7)}
    return changed_copy(PAYROLL, folder / name, {**gone, TITLE: title, (18, AMOUNT): 2_400.0})


def posts(desk: Desk, project: Project) -> list[Post]:
    """Put posts of the two on the books."""
    people = [desk.find(Person, "name = ?", [name])[0] for name in ("严珍", "于荣旺")]
    return [a_post(desk, project, person) for person in people]


def refused(desk: Desk, file: Path, project: Project, way: Way | None = None) -> list[str]:
    """Return why a sheet does not come in; nothing is stored."""
    before = len(desk.find(Payroll))
    with pytest.raises(RuleViolation) as refusal:
        import_payroll(desk, file, project.id, way)
    assert len(desk.find(Payroll)) == before
    return [finding.code for finding in refusal.value.findings]


def test_performance_pay_of_posts_that_are_not_assessed_does_not_come_in(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    held = posts(peopled, project)
    file = two_people(tmp_path, "2026年第一季度绩效报酬发放表")
    assessed(peopled, held[0])
    assert refused(peopled, file, project, SAID) == ["payroll.unassessed"]
    seen = look_at_payroll(peopled, file, project.id)
    (problem,) = seen.problems
    assert (problem.row, problem.column) == (5, "姓名")
    assert problem.message.startswith("“于荣旺”的岗位和合同2026年第一季度都还没有考核")
    assert seen.notes[0].startswith("表上写着“绩效”")
    assessed(peopled, held[1])
    assert look_at_payroll(peopled, file, project.id).is_ready
    payroll, claim = import_payroll(peopled, file, project.id)
    assert (payroll.kind, claim.purpose) == (PayrollKind.PERFORMANCE, "2026年第一季度管护人员绩效报酬")
    assert [line.post_id for line in store.lines_of(peopled, payroll.id)] == [post.id for post in held]


def test_performance_pay_of_people_without_a_post_does_not_come_in(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    file = two_people(tmp_path, "2026年第一季度绩效报酬发放表")
    assert refused(peopled, file, project) == ["payroll.unassessed"] * 2


def test_a_note_beside_one_amount_says_that_it_is_performance_pay(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    first, _ = posts(peopled, project)
    file = changed_copy(two_people(tmp_path), tmp_path / "备注.xlsx", {(4, NOTE): "绩效", (5, NOTE): "绩效另发"})
    assert refused(peopled, file, project) == ["payroll.unassessed"]
    seen = look_at_payroll(peopled, file, project.id)
    assert [(problem.row, problem.column) for problem in seen.problems] == [(4, "姓名")]
    assert seen.notes[0].startswith("表上写着“绩效”")
    inspection = assessed(peopled, first)
    payroll, _ = import_payroll(peopled, file, project.id)
    lines = store.lines_of(peopled, payroll.id)
    assert [line.inspection_id for line in lines] == [inspection.id, None]


def test_performance_pay_made_here_and_taken_in_is_paid_once(peopled: Desk, project: Project, tmp_path: Path) -> None:
    for post in posts(peopled, project):
        assessed(peopled, post)
    make_payroll(peopled, proposed(peopled, PayrollKind.PERFORMANCE, project.id, QUARTER), CHECKED)
    file = two_people(tmp_path, "2026年第一季度绩效报酬发放表")
    assert refused(peopled, file, project, SAID) == ["payroll.twice"]


def test_base_and_performance_pay_on_one_sheet_wait_for_the_assessment_too(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    posts(peopled, project)
    file = two_people(tmp_path, "2026年第一季度基本报酬、绩效报酬发放表")
    assert refused(peopled, file, project) == ["payroll.unassessed"] * 2


def test_who_was_paid_by_the_month_is_told_when_the_quarter_comes_in(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    posts(peopled, project)
    make_payroll(peopled, proposed(peopled, PayrollKind.BASE, project.id, MARCH), CHECKED)
    file = two_people(tmp_path)
    assert refused(peopled, file, project) == ["payroll.overlap"]
    (ask,) = look_at_payroll(peopled, file, project.id).asks
    assert ask.field == "reason"
    assert "“严珍”、“于荣旺”" in ask.why
    seen = look_at_payroll(peopled, file, project.id, SAID)
    assert seen.is_ready
    assert any("请核对是不是重复发放" in note for note in seen.notes)
    before, _, _ = peopled.tip()
    import_payroll(peopled, file, project.id, SAID)
    assert {entry.reason for entry in peopled.entries(before)} == {f"两人.xlsx；{SAID.said['reason']}"}


def test_the_months_made_after_the_quarter_came_in_are_told_too(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    posts(peopled, project)
    import_payroll(peopled, two_people(tmp_path), project.id)
    found = run_findings(peopled, proposed(peopled, PayrollKind.BASE, project.id, MARCH))
    assert "payroll.overlap" in [one.code for one in found]


def test_the_same_file_does_not_come_in_for_another_project(peopled: Desk, project: Project, tmp_path: Path) -> None:
    other = grant_project(peopled, "另一个项目")
    _, claim = import_payroll(peopled, PAYROLL, project.id)
    assert refused(peopled, PAYROLL, other, SAID) == ["payments.taken_twice"]
    discard(peopled, claim.id)
    import_payroll(peopled, PAYROLL, other.id)


def test_a_file_without_its_period_comes_in_for_each_of_them(
    peopled: Desk, project: Project, clock: SetClock, tmp_path: Path
) -> None:
    file = two_people(tmp_path, "报酬发放表")
    import_payroll(peopled, file, project.id, Way(said={"period": "2026Q1"}))
    assert refused(peopled, file, project, Way(said={"period": "2026-03", "reason": "另一份"})) == [
        "payments.taken_twice"
    ]
    clock.set(datetime(2026, 7, 1, 9, 0, tzinfo=CHINA))
    import_payroll(peopled, file, project.id, Way(said={"period": "2026Q2"}))


def test_another_teams_sheet_comes_in_for_the_same_project_and_period(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    import_payroll(peopled, two_people(tmp_path), project.id)
    gone = {(row, column): "" for row in (4, 5) for column in range(1, 7)}
    others = changed_copy(PAYROLL, tmp_path / "其余的人.xlsx", {**gone, (18, AMOUNT): 19_201.0})
    payroll, _ = import_payroll(peopled, others, project.id)
    assert len(store.lines_of(peopled, payroll.id)) == 12
    assert refused(peopled, PAYROLL, project, SAID) == ["payments.taken_twice"]


def test_the_same_people_in_another_file_for_another_project_need_a_word(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    other = grant_project(peopled, "另一个项目")
    import_payroll(peopled, PAYROLL, project.id)
    file = two_people(tmp_path)
    assert refused(peopled, file, other) == ["payroll.overlap"]
    import_payroll(peopled, file, other.id, SAID)


def test_a_month_made_here_is_no_sheet_that_came_in_before(peopled: Desk, project: Project, tmp_path: Path) -> None:
    posts(peopled, project)
    make_payroll(peopled, proposed(peopled, PayrollKind.BASE, project.id, MARCH), CHECKED)
    file = two_people(tmp_path, "2026年3月报酬发放表")
    assert refused(peopled, file, project) == ["payroll.overlap"]


@pytest.mark.parametrize("title", ["2027年第一季度报酬发放表", "2026年5月报酬发放表", "2026年第三季度报酬发放表"])
def test_what_has_not_begun_is_not_paid(peopled: Desk, project: Project, tmp_path: Path, title: str) -> None:
    file = two_people(tmp_path, title)
    assert refused(peopled, file, project, SAID) == ["payroll.not_begun"]
    (problem,) = look_at_payroll(peopled, file, project.id).problems
    assert problem.column == "期间"
    assert "还没有到" in problem.message


def test_a_quarter_that_is_not_over_has_no_performance_pay(
    peopled: Desk, project: Project, clock: SetClock, tmp_path: Path
) -> None:
    for post in posts(peopled, project):
        assessed(peopled, post, period="2026Q2")
    file = two_people(tmp_path, "2026年第二季度绩效报酬发放表")
    assert refused(peopled, file, project) == ["payroll.early"]
    clock.set(datetime(2026, 7, 1, 9, 0, tzinfo=CHINA))
    import_payroll(peopled, file, project.id)


def test_the_real_sheet_comes_in_untouched(peopled: Desk, project: Project) -> None:
    seen = look_at_payroll(peopled, PAYROLL, project.id)
    assert seen.is_ready
    assert seen.notes == ()
    payroll, claim = import_payroll(peopled, PAYROLL, project.id)
    assert (payroll.kind, payroll.period) == (PayrollKind.IMPORTED, str(Period.quarter(2026, 1)))
    assert (claim.purpose, claim.spent_on) == ("2026年第一季度管护人员报酬", date(2026, 4, 5))
    assert peopled.find(Claim) == [claim]


@pytest.mark.parametrize(
    ("title", "kind", "is_performance"),
    [
        ("2026年第一季度绩效报酬发放表", PayrollKind.PERFORMANCE, True),
        ("2026年第一季度考核报酬发放表", PayrollKind.PERFORMANCE, True),
        ("2026年第一季度考核工资发放表", PayrollKind.PERFORMANCE, True),
        ("2026年第一季度绩效工资已发放明细表", PayrollKind.PERFORMANCE, True),
        ("2026年第一季度奖励性补贴", PayrollKind.PERFORMANCE, True),
        ("2026年3月基本报酬发放表（绩效报酬季末另发）", PayrollKind.IMPORTED, False),
        ("2026年3月报酬发放表（不含绩效部分）", PayrollKind.IMPORTED, False),
        ("考核得分", PayrollKind.IMPORTED, False),
        ("考核金额", PayrollKind.IMPORTED, False),
        ("2026年第一季度基本报酬和绩效报酬发放表", PayrollKind.IMPORTED, True),
        ("2026年第一季度农村公共服务运行维护人员报酬发放表", PayrollKind.IMPORTED, False),
    ],
)
def test_what_a_sheet_pays_is_told_by_its_words(title: str, kind: PayrollKind, is_performance: bool) -> None:
    assert (kind_of([title]), pays_performance([title])) == (kind, is_performance)


def test_a_sheet_that_was_taken_in_is_not_copied(peopled: Desk, project: Project) -> None:
    payroll, _ = import_payroll(peopled, PAYROLL, project.id)
    with pytest.raises(RuleViolation, match="导入的发放表不能照着做下一期"):
        copied(peopled, payroll.id, Period.parse("2026Q2"))
