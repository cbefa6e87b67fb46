"""A pay sheet is drawn up from posts, attendance and assessments; nobody is paid twice, unassessed or without a reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.payroll.posts import CHECKED, MARCH, QUARTER, a_post, a_project, as_, assessed, granted, person_with, told
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, RuleViolation
from villagedesk.kernel.findings import Severity
from villagedesk.payments.model import ClaimState, Payroll, PayrollKind, PayrollLine, PayWay
from villagedesk.payroll import store
from villagedesk.payroll.drafting import copied, proposed, recounted, work_line
from villagedesk.payroll.model import Timesheet
from villagedesk.payroll.runs import Run
from villagedesk.payroll.usecases import make_payroll, record_timesheet, run_findings
from villagedesk.projects.model import Post, Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, Person

K = PayrollKind
APRIL = Period.parse("2026-04")


@pytest.fixture
def first(peopled: Desk) -> Person:
    """The first of the bank's answer, head of a household."""
    return person_with(peopled, told()[0].account)


@pytest.fixture
def post(peopled: Desk, project: Project, first: Person) -> Post:
    return a_post(peopled, project, first)


def codes(desk: Desk, run: Run) -> list[str]:
    """Return what stands against a run."""
    return [finding.code for finding in run_findings(desk, run)]


def blocked(desk: Desk, run: Run) -> list[str]:
    """Return why a run is refused even with a reason."""
    with pytest.raises(RuleViolation) as refusal:
        make_payroll(desk, run, "有理由")
    return [finding.code for finding in refusal.value.findings]


def test_base_pay_of_a_month_is_the_posts_standard(peopled: Desk, project: Project, post: Post) -> None:
    run = proposed(peopled, K.BASE, project.id, MARCH)
    assert [(line.post_id, line.amount_fen, line.work, line.area) for line in run.lines] == [
        (post.id, 80_000, "保洁员", "1组庄台")
    ]
    assert run.title == "2026年3月农村公共服务运行维护人员报酬发放表（基本报酬）"


def test_days_absent_and_a_post_taken_up_in_the_month_cost_their_share(
    peopled: Desk, project: Project, first: Person
) -> None:
    late = a_post(peopled, project, first, first_day=date(2026, 3, 10))
    record_timesheet(peopled, Timesheet(post_id=late.id, month="2026-03", absent_tenths=15, deduction_fen=2_000))
    (line,) = proposed(peopled, K.BASE, project.id, MARCH).lines
    assert (line.amount_fen, line.note) == (54_774, "任职3月10日至3月31日，22/31天，缺勤1.5天")


def test_attendance_may_be_put_right_and_leaves_a_trace(peopled: Desk, post: Post) -> None:
    record_timesheet(peopled, Timesheet(post_id=post.id, month="2026-03", absent_tenths=10, deduction_fen=2_000))
    record_timesheet(peopled, Timesheet(post_id=post.id, month="2026-03"), "记错了人")
    (sheet,) = peopled.find(Timesheet)
    assert (sheet.absent_tenths, sheet.version) == (0, 2)


@pytest.mark.parametrize(("absent", "off"), [(311, 0), (-1, 0), (0, 80_001)])
def test_attendance_has_its_bounds(peopled: Desk, post: Post, absent: int, off: int) -> None:
    with pytest.raises(RuleViolation):
        record_timesheet(peopled, Timesheet(post_id=post.id, month="2026-03", absent_tenths=absent, deduction_fen=off))


def test_performance_pay_waits_for_the_assessment_and_base_pay_does_not(
    peopled: Desk, project: Project, post: Post
) -> None:
    run = proposed(peopled, K.PERFORMANCE, project.id, QUARTER)
    assert blocked(peopled, run) == ["payroll.unassessed"]
    assert "payroll.unassessed" not in codes(peopled, proposed(peopled, K.BASE, project.id, MARCH))
    assessed(peopled, post, 95)
    make_payroll(peopled, proposed(peopled, K.PERFORMANCE, project.id, QUARTER), CHECKED)


def test_an_assessment_of_another_quarter_does_not_count(peopled: Desk, project: Project, post: Post) -> None:
    assessed(peopled, post, 95, "2025Q4")
    assert blocked(peopled, proposed(peopled, K.PERFORMANCE, project.id, QUARTER)) == ["payroll.unassessed"]


def test_the_schema_refuses_unassessed_performance_pay_too(peopled: Desk, project: Project, post: Post) -> None:
    assessed(peopled, post)
    payroll, _ = make_payroll(peopled, proposed(peopled, K.PERFORMANCE, project.id, QUARTER), CHECKED)
    (line,) = store.lines_of(peopled, payroll.id)
    with pytest.raises(FrozenRecord, match="没有考核"), peopled.change("test.sneaked_in") as change:
        change.put(replace(line, id="", version=0, place=2, inspection_id=None))


def test_a_band_pays_its_share_of_performance_pay(peopled: Desk, project: Project, first: Person) -> None:
    from villagedesk.village.store import profile

    key, rule = next((key, rule) for key, rule in profile(peopled).works.bands.items() if rule.ratio(75) < 1)
    scored = a_post(peopled, project, first, bands=key)
    assessed(peopled, scored, 75)
    (line,) = proposed(peopled, K.PERFORMANCE, project.id, QUARTER).lines
    assert line.ratio == str(rule.ratio(75))
    assert line.amount_fen == (2 * 60_000 * rule.ratio(75) + 1) // 2
    assert line.note.startswith("考核75分")


def test_the_sheet_its_lines_and_the_claim_come_in_one_change(peopled: Desk, project: Project, post: Post) -> None:
    before, _, _ = peopled.tip()
    payroll, claim = make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    written = list(peopled.entries(before))
    assert {entry.action for entry in written} == {"payroll.sheet.made"}
    assert [entry.table_name for entry in written] == ["payrolls", "payroll_lines", "claims"]
    assert (claim.state, claim.pay_way, claim.amount_fen) == (ClaimState.DRAFT, PayWay.PASSBOOK, payroll.total_fen)
    assert (claim.payee, claim.purpose) == ("管护人员1人", "2026年3月管护人员基本报酬")


def test_a_changed_amount_needs_its_reason(peopled: Desk, project: Project, post: Post) -> None:
    run = proposed(peopled, K.BASE, project.id, MARCH)
    changed = replace(run, lines=(replace(run.lines[0], amount_fen=70_000),))
    assert blocked(peopled, changed) == ["payroll.unexplained"]
    said = replace(run, lines=(replace(run.lines[0], amount_fen=70_000, reason="与上月多发的100元相抵"),))
    payroll, _ = make_payroll(peopled, said, CHECKED)
    (line,) = store.lines_of(peopled, payroll.id)
    assert (line.amount_fen, line.reason, payroll.total_fen) == (70_000, "与上月多发的100元相抵", 70_000)


def test_nobody_is_paid_twice_for_a_post_and_month(peopled: Desk, project: Project, post: Post) -> None:
    _, claim = make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    assert blocked(peopled, proposed(peopled, K.BASE, project.id, MARCH)) == ["payroll.twice"]
    assert blocked(peopled, proposed(peopled, K.POST, project.id, MARCH)) == ["payroll.twice"]
    with peopled.change("test.withdrawn") as change:
        change.put(replace(claim, state=ClaimState.WITHDRAWN))
    make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)


def test_base_and_performance_pay_of_one_quarter_belong_side_by_side(
    peopled: Desk, project: Project, post: Post
) -> None:
    make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    assessed(peopled, post)
    assert set(codes(peopled, proposed(peopled, K.PERFORMANCE, project.id, QUARTER))) <= {"payroll.check_digit"}


def test_a_standard_that_was_tampered_with_is_refused(peopled: Desk, project: Project, post: Post) -> None:
    run = proposed(peopled, K.BASE, project.id, MARCH)
    raised = recounted(replace(run, lines=(replace(run.lines[0], standard_fen=90_000),)))
    assert blocked(peopled, raised) == ["payroll.other_post"]


def test_a_ratio_that_was_tampered_with_is_refused(peopled: Desk, project: Project, post: Post) -> None:
    assessed(peopled, post, 50)
    run = proposed(peopled, K.PERFORMANCE, project.id, QUARTER)
    other = recounted(replace(run, lines=(replace(run.lines[0], ratio="1/2"),)))
    assert blocked(peopled, other) == ["payroll.other_post"]


def test_an_account_that_is_not_the_registers_is_refused(peopled: Desk, project: Project, post: Post) -> None:
    run = proposed(peopled, K.BASE, project.id, MARCH)
    other = replace(run, lines=(replace(run.lines[0], account="6214591510225522956"),))
    assert blocked(peopled, other) == ["payroll.other_account"]


def test_an_account_two_households_share_in_the_register_is_refused(
    peopled: Desk, project: Project, post: Post, first: Person
) -> None:
    other = peopled.find(Person, "account <> '' AND household_id <> ?", [first.household_id])[0]
    with peopled.change("test.account") as change:
        change.put(replace(other, account=first.account))
    assert blocked(peopled, proposed(peopled, K.BASE, project.id, MARCH)) == ["village.strangers_account"]


def test_somebody_without_an_account_is_paid_by_the_head_of_the_household(peopled: Desk, project: Project) -> None:
    member = peopled.find(Person, "account = ''")[0]
    head = peopled.get(Household, member.household_id).head_name
    line = work_line(peopled, member, standard_fen=12_000, day_tenths=55, work="3月8日 清淤")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    payroll, claim = make_payroll(peopled, run, CHECKED)
    (kept,) = store.lines_of(peopled, payroll.id)
    assert kept.payee_id
    assert (peopled.get(Person, kept.payee_id).name, kept.name, kept.amount_fen) == (head, member.name, 66_000)
    assert claim.payee == "务工人员1人"


def test_a_neighbour_is_not_paid_for_somebody_else(peopled: Desk, project: Project, first: Person) -> None:
    member = peopled.find(Person, "account = '' AND household_id <> ?", [first.household_id])[0]
    line = work_line(peopled, member, standard_fen=12_000, day_tenths=10, work="清淤", payee=first)
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    assert blocked(peopled, run) == ["payroll.payee"]


def test_without_any_account_nobody_is_paid(peopled: Desk, project: Project, first: Person) -> None:
    with peopled.change("test.account") as change:
        change.put(replace(first, account=""))
    line = work_line(peopled, peopled.get(Person, first.id), standard_fen=12_000, day_tenths=10, work="清淤")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    assert blocked(peopled, run) == ["payroll.no_account"]


def test_labour_says_how_long_and_what_was_done(peopled: Desk, project: Project, first: Person) -> None:
    line = work_line(peopled, first, standard_fen=12_000)
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    assert set(blocked(peopled, run)) == {"payroll.amount", "payroll.days", "payroll.work"}


@pytest.mark.parametrize(("tenths", "is_told"), [((310,), False), ((311,), True), ((200, 120), True)])
def test_more_days_than_the_period_has_need_a_word(
    peopled: Desk, project: Project, first: Person, tenths: tuple[int, ...], is_told: bool
) -> None:
    lines = [
        work_line(peopled, first, standard_fen=12_000, day_tenths=one, work=f"3月{place}日 清淤")
        for place, one in enumerate(tenths, 1)
    ]
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=tuple(lines)))
    found = [one for one in run_findings(peopled, run) if one.code == "payroll.many_days"]
    assert bool(found) == is_told
    assert all(one.severity is Severity.WARNING and "2026年3月只有31天" in one.message for one in found)
    make_payroll(peopled, run, "和家里人一起做的，账号已核对")


def test_days_on_another_sheet_of_the_period_count_too(peopled: Desk, project: Project, first: Person) -> None:
    line = work_line(peopled, first, standard_fen=12_000, day_tenths=200, work="3月 清淤")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    make_payroll(peopled, run, CHECKED)
    second = replace(run, lines=(replace(run.lines[0], work="3月 铺路"),))
    (found,) = [one for one in run_findings(peopled, second) if one.code == "payroll.many_days"]
    assert found.message.startswith(f"“{first.name}”连同这一期别的务工表，一共写了40个工日，2026年3月只有31天")
    april = replace(second, period=APRIL, sheet_date=second.sheet_date)
    assert "payroll.many_days" not in codes(peopled, april)


def test_the_same_work_of_the_same_person_on_another_sheet_is_told(
    peopled: Desk, project: Project, first: Person
) -> None:
    line = work_line(peopled, first, standard_fen=12_000, day_tenths=10, work="3月8日 清淤")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    make_payroll(peopled, run, CHECKED)
    assert "payroll.overlap" in codes(peopled, run)
    other = recounted(replace(run, lines=(replace(line, work="3月9日 补路"),)))
    assert "payroll.overlap" not in codes(peopled, other)


def test_base_pay_is_by_the_month_and_performance_pay_by_the_quarter(peopled: Desk, project: Project) -> None:
    assert "payroll.period" in codes(peopled, proposed(peopled, K.BASE, project.id, QUARTER))
    assert "payroll.period" in codes(peopled, proposed(peopled, K.PERFORMANCE, project.id, MARCH))
    assert "payroll.early" in codes(peopled, proposed(peopled, K.PERFORMANCE, project.id, Period.quarter(2026, 2)))


def test_only_the_accountant_makes_a_sheet(peopled: Desk, project: Project, post: Post) -> None:
    run = proposed(peopled, K.BASE, project.id, MARCH)
    as_(peopled, "赵主任")
    with pytest.raises(RuleViolation, match="由村会计办理"):
        make_payroll(peopled, run, CHECKED)


def test_a_sheet_and_its_lines_are_frozen(peopled: Desk, project: Project, post: Post) -> None:
    payroll, _ = make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    for record in (payroll, *store.lines_of(peopled, payroll.id)):
        with pytest.raises(FrozenRecord), peopled.change("test.changed") as change:
            change.put(record)


def test_a_copy_for_the_next_month_tells_who_is_new_gone_or_paid_otherwise(
    peopled: Desk, project: Project, first: Person
) -> None:
    staying, leaving, joining, raised = (person_with(peopled, line.account) for line in told()[1:5])
    kept = a_post(peopled, project, staying)
    a_post(peopled, project, leaving, last_day=date(2026, 3, 31))
    a_post(peopled, project, joining, first_day=date(2026, 4, 1))
    a_post(peopled, project, raised, last_day=date(2026, 3, 31))
    a_post(peopled, project, raised, first_day=date(2026, 4, 1), base_fen=90_000)
    payroll, _ = make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    with peopled.change("test.account") as change:
        change.put(replace(staying, account="6214591510225522956"))
    run, differences = copied(peopled, payroll.id, APRIL)
    assert run.previous_id == payroll.id
    assert {str(one) for one in differences} == {
        f"换了账号 {staying.name}：尾号{staying.account[-4:]}→尾号2956",
        f"不在了 {leaving.name}",
        f"新增 {joining.name}",
        f"标准变了 {raised.name}：800.00→900.00",
    }
    assert next(line for line in run.lines if line.post_id == kept.id).account == "6214591510225522956"


def test_a_copy_of_a_labour_sheet_asks_for_days_and_work_anew(peopled: Desk, project: Project, first: Person) -> None:
    line = work_line(peopled, first, standard_fen=12_000, day_tenths=55, work="3月8日 清淤")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    payroll, _ = make_payroll(peopled, run, CHECKED)
    again, differences = copied(peopled, payroll.id, APRIL)
    assert [(one.day_tenths, one.work, one.standard_fen) for one in again.lines] == [(0, "", 12_000)]
    assert differences == []


def test_sheets_stand_by_the_end_of_their_period_whatever_its_length(desk: Desk) -> None:
    project = a_project(desk)
    for period in ("2026Q3", "2025", "2026-10", "2026-08", "2026Q1", "2026-03", "2026-09"):
        with desk.change("test.sheet") as change:
            change.put(
                Payroll(project_id=project.id, title=period, period=period, sheet_date=date(2026, 12, 1), total_fen=1)
            )
    found = [desk.get(Payroll, one).period for one in store.sheet_ids(desk)]
    assert found == ["2026-10", "2026-09", "2026Q3", "2026-08", "2026-03", "2026Q1", "2025"]


def test_a_sheet_whose_claim_is_granted_stays_as_it_is(peopled: Desk, project: Project, post: Post) -> None:
    payroll, claim = make_payroll(peopled, proposed(peopled, K.BASE, project.id, MARCH), CHECKED)
    granted(peopled, claim)
    shown = store.sheet_line(peopled, payroll.id)
    assert (shown.claim_state, shown.people, shown.waiting, shown.is_living) == (ClaimState.GRANTED, 1, 1, True)


def test_a_sheet_of_nobody_is_refused(peopled: Desk) -> None:
    project = a_project(peopled) if not peopled.find(Project) else peopled.find(Project)[0]
    assert "payroll.empty" in codes(peopled, proposed(peopled, K.RENT, project.id, MARCH))


@pytest.mark.parametrize(
    ("ratio", "work", "found"),
    [
        ("5.5", "水田（亩）", []),
        ("0.7", "水田（亩）", []),
        ("0", "水田（亩）", ["payroll.amount", "payroll.quantity"]),
        ("-2", "水田（亩）", ["payroll.amount", "payroll.quantity"]),
        ("1000001", "水田（亩）", ["payroll.quantity"]),
        ("1.23456", "水田（亩）", ["payroll.quantity"]),
        ("5.5", "水田", ["payroll.unit"]),
    ],
)
def test_a_quantity_is_something_and_has_its_unit(
    peopled: Desk, project: Project, first: Person, ratio: str, work: str, found: list[str]
) -> None:
    line = replace(work_line(peopled, first, standard_fen=60_000, work=work), ratio=ratio)
    run = recounted(replace(proposed(peopled, K.RENT, project.id, MARCH), lines=(line,)))
    assert [one.code for one in run_findings(peopled, run) if one.severity is Severity.BLOCK] == found


def test_only_rent_is_paid_more_than_once_over(peopled: Desk, project: Project, first: Person) -> None:
    line = replace(work_line(peopled, first, standard_fen=12_000, day_tenths=10, work="3月8日 清淤"), ratio="5.5")
    run = recounted(replace(proposed(peopled, K.LABOUR, project.id, MARCH), lines=(line,)))
    assert blocked(peopled, run) == ["payroll.ratio"]


def test_rent_by_the_mu_is_stored_and_copied_with_its_quantity(peopled: Desk, project: Project, first: Person) -> None:
    land = work_line(peopled, first, standard_fen=60_000, quantity=Decimal("5.50"), unit="亩", work="东沟水田")
    run = recounted(replace(proposed(peopled, K.RENT, project.id, MARCH), lines=(land,)))
    payroll, claim = make_payroll(peopled, run, CHECKED)
    (kept,) = store.lines_of(peopled, payroll.id)
    assert (kept.standard_fen, kept.ratio, kept.work, kept.amount_fen) == (60_000, "5.5", "东沟水田（亩）", 330_000)
    assert claim.amount_fen == 330_000
    again, differences = copied(peopled, payroll.id, APRIL)
    assert [(one.ratio, one.work, one.amount_fen) for one in again.lines] == [("5.5", "东沟水田（亩）", 330_000)]
    assert differences == []


def test_rent_pays_what_was_agreed(peopled: Desk, project: Project, first: Person) -> None:
    line: PayrollLine = work_line(peopled, first, standard_fen=141_000, work="水田2.35亩，每亩600元")
    run = recounted(replace(proposed(peopled, K.RENT, project.id, MARCH), lines=(line,)))
    _, claim = make_payroll(peopled, run, CHECKED)
    assert (claim.amount_fen, claim.purpose) == (141_000, "2026年3月承包费和土地租金")
