"""The year's budget with its versions: by a resolution only, within each fund, never below what is spoken for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects.money import budgeted, carried, motion
from tests.works import YEAR, contract, facts, open_fund, proposed
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.model import UNDER_WAY
from villagedesk.projects import rules, store, usecases
from villagedesk.projects.budget import BudgetRow, money_of, proposals, sums
from villagedesk.projects.model import BudgetLine, Project, ProjectState
from villagedesk.projects.sources import rest_told, source_lines, sums_told, use_told
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases as village
from villagedesk.village.model import Fund
from villagedesk.village.profile import load


def codes(error: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_a_change_moves_money_between_projects_of_one_fund(desk: Desk) -> None:
    lamps, patrol = budgeted(desk)
    change = usecases.change_budget(
        desk, YEAR, motion(desk), [(lamps.id, -3_000_00), (patrol.id, 3_000_00)], "路灯少换三盏，巡逻加人"
    )
    assert (change.number, change.decided_on, change.year) == (1, date(2026, 6, 10), YEAR)
    budget = store.budget_of(desk, YEAR)
    assert [(row.project.name, row.resolved_fen, row.changes_fen, row.in_force_fen) for row in budget.rows] == [
        ("路灯维护", 20_000_00, (-3_000_00,), 17_000_00),
        ("治安巡逻", 20_000_00, (3_000_00,), 23_000_00),
    ]
    assert store.figures_of(desk, lamps.id).budget_fen == 17_000_00
    assert store.budget_in_force(desk, patrol.id) == 23_000_00
    assert store.budget_of(desk, YEAR).by_class()[0][1].in_force_fen == 40_000_00
    assert [row[0] for row in desk.rows("SELECT action FROM journal ORDER BY seq DESC LIMIT 3")] == [
        "projects.budget.changed"
    ] * 3


def test_a_change_may_raise_within_the_plan_and_not_beyond(desk: Desk) -> None:
    (lamps, _) = budgeted(desk, open_fund(desk, 50_000_00))
    passed = motion(desk)
    with pytest.raises(RuleViolation, match="计划50,000") as refused:
        usecases.change_budget(desk, YEAR, passed, [(lamps.id, 10_000_01)], "加灯")
    assert codes(refused) == ["projects.over_plan"]
    assert store.versions_of(desk, YEAR) == []
    usecases.change_budget(desk, YEAR, passed, [(lamps.id, 10_000_00)], "加灯")
    assert store.budget_in_force(desk, lamps.id) == 30_000_00


def test_carried_money_is_a_source_of_its_own_and_adds_up(desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    own = village.open_fund(desk, Fund(year=YEAR, source="村集体", planned_fen=5_000_00))
    carried(desk, fund, 12_000_00)
    carried(desk, own, 800_00, taken_over=True)
    budgeted(desk, fund)
    budget = store.budget_of(desk, YEAR)
    assert source_lines(budget.sources) == [
        ("2025年县级补助结转", 12_000_00),
        ("2026年县级补助计划", 30_000_00),
        ("2026年村集体期初（旧账接入）", 800_00),
        ("2026年村集体计划", 5_000_00),
    ]
    assert [money_of(*one) for one in budget.arranged()] == [
        (12_000_00, 30_000_00, 42_000_00, 40_000_00, 0, 0, 40_000_00, 2_000_00),
        (800_00, 5_000_00, 5_800_00, 0, 0, 0, 0, 5_800_00),
    ]
    for source, spent in budget.arranged():
        begun, planned, available, arranged, reviewing, paid, left, rest = money_of(source, spent)
        assert begun + planned == available == arranged + rest
        assert reviewing + paid + left == arranged


def test_what_was_carried_and_taken_back_again_is_no_source(desk: Desk) -> None:
    fund = open_fund(desk)
    wrong = carried(desk, fund, 12_000_00)
    assert [store.sources_of(desk, YEAR, date(2026, 1, day))[0].begun_fen for day in (4, 5)] == [0, 12_000_00]
    with desk.change("test.reversal") as change:
        change.put(replace(wrong, id="", version=0, amount_fen=-12_000_00, reverses_id=wrong.id, reason="多转"))
    (source,) = store.sources_of(desk, YEAR)
    assert (source.begun, source.available_fen) == ((), 100_000_00)


def test_the_years_works_may_take_up_what_was_carried_and_no_more(desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    with pytest.raises(RuleViolation, match=r"会超过计划10,000\.00元"):
        budgeted(desk, fund)
    carried(desk, fund, 9_999_99)
    patrol = desk.find(Project, "name = '治安巡逻'")[0]
    evidence = store.evidence_of(desk, patrol, date(2026, 2, 10))
    assert (evidence.begun_fen, evidence.committed_fen) == (9_999_99, 0)
    (finding,) = rules.has_money(patrol, replace(evidence, committed_fen=20_000_00))
    assert "会超过计划和上年结转0.01元" in finding.message
    assert not list(rules.has_money(patrol, replace(evidence, committed_fen=19_999_99)))


def test_a_change_may_take_up_what_was_carried_and_no_more(desk: Desk) -> None:
    fund = open_fund(desk, 40_000_00)
    carried(desk, fund, 3_000_00)
    lamps, _ = budgeted(desk, fund)
    passed = motion(desk)
    with pytest.raises(RuleViolation, match=r"计划40,000\.00元，加上年结转和期初3,000\.00元.*超过0\.01元"):
        usecases.change_budget(desk, YEAR, passed, [(lamps.id, 3_000_01)], "加灯")
    usecases.change_budget(desk, YEAR, passed, [(lamps.id, 3_000_00)], "加灯")
    assert store.budget_in_force(desk, lamps.id) == 23_000_00


def test_a_budget_beyond_plan_and_carried_money_is_refused_at_once(desk: Desk) -> None:
    fund = open_fund(desk, 10_000_00)
    carried(desk, fund, 10_000_00)
    assert usecases.shortlist(desk, facts(fund_id=fund.id)).budget_fen == 20_000_00
    with pytest.raises(RuleViolation, match="全部计划和上年结转"):
        usecases.shortlist(desk, facts("治安巡逻", fund.id, 20_000_01))


def test_what_is_available_is_told_so_that_it_can_be_recounted() -> None:
    assert sums_told(1_00, 2_00, 2_50) == (
        "结转和期初1.00元，加本年计划2.00元，可用3.00元，减已安排2.50元，还有0.50元没有安排。"
    )
    assert sums_told(0, 2_00, 2_00) == "本年计划2.00元，减已安排2.00元，正好全部安排。"
    assert [rest_told(fen) for fen in (0, -1)] == ["正好全部安排", "安排超过可用0.01元"]
    assert use_told(6_00, 1_00, 2_00, 3_00) == "正在报账1.00元，加已付2.00元，加还可用3.00元，等于已安排6.00元。"


def test_nothing_changes_without_a_passed_motion_of_a_body_that_resolves(
    desk: Desk, acting: Callable[[Desk, str], None]
) -> None:
    lamps, patrol = budgeted(desk)
    moves = [(lamps.id, -1_00), (patrol.id, 1_00)]
    rejected = motion(desk, yes=5)
    with pytest.raises(RuleViolation, match="没有通过") as refused:
        usecases.change_budget(desk, YEAR, rejected, moves, "试试")
    assert codes(refused) == ["projects.change_motion"]
    village.set_up_body(desk, "议事会", [("王代表", "成员")], date(2026, 1, 1), date(2028, 12, 31))
    council = motion(desk, date(2026, 6, 12), number="议事会第3次", body="议事会")
    with pytest.raises(RuleViolation, match="要村民代表会议或村民会议通过"):
        usecases.change_budget(desk, YEAR, council, moves, "试试")
    first = desk.value("SELECT motion_id FROM motion_projects WHERE project_id = ?", [lamps.id])
    with pytest.raises(RuleViolation, match="这是当初议定项目和预算的决议"):
        usecases.change_budget(desk, YEAR, first, moves, "试试")
    (missing,) = usecases.change_findings(desk, YEAR, None, moves, "试试")
    assert (missing.field, missing.place) == ("motion_id", "deliberation:")
    acting(desk, "赵主任")
    with pytest.raises(RuleViolation, match="由村会计办理"):
        usecases.change_budget(desk, YEAR, first, moves, "试试")
    assert store.versions_of(desk, YEAR) == []


def test_a_motion_carries_one_change_and_the_next_needs_the_next(desk: Desk) -> None:
    lamps, patrol = budgeted(desk)
    moves = [(lamps.id, -1_00), (patrol.id, 1_00)]
    passed = motion(desk)
    usecases.change_budget(desk, YEAR, passed, moves, "第一次")
    with pytest.raises(RuleViolation, match="已经用于第1次调整"):
        usecases.change_budget(desk, YEAR, passed, moves, "又一次")
    earlier = motion(desk, date(2026, 5, 1), number="第3次")
    with pytest.raises(RuleViolation, match="不能早于上一次调整"):
        usecases.change_budget(desk, YEAR, earlier, moves, "补记")
    later = motion(desk, date(2026, 9, 1), number="第4次")
    assert [one.motion_id for one in store.passed_motions(desk, YEAR)] == [later, earlier]
    assert usecases.change_budget(desk, YEAR, later, moves, "第二次").number == 2
    row = store.budget_of(desk, YEAR).row(lamps.id)
    assert row
    assert (row.changes_fen, row.in_force_fen) == ((-1_00, -1_00), 19_998_00)


def test_money_never_goes_from_one_fund_to_another(desk: Desk) -> None:
    county = open_fund(desk)
    own = village.open_fund(desk, Fund(year=YEAR, source="村集体", planned_fen=100_000_00))
    lamps, patrol = budgeted(desk, county)
    water = proposed(desk, "供水维护", own)
    from tests.works import minutes
    from villagedesk.deliberation.model import MotionFacts
    from villagedesk.deliberation.usecases import record_meeting
    from villagedesk.village.model import Body

    body = desk.find(Body)[0]
    meeting = replace(minutes(body, "第1b次"), held_on=date(2026, 3, 1))
    record_meeting(desk, meeting, motions=[MotionFacts("审议供水", 43, 0, 0, project_ids=(water.id,))])
    with pytest.raises(RuleViolation, match="把县级补助的钱调给村集体") as refused:
        usecases.change_budget(desk, YEAR, motion(desk), [(lamps.id, -1_00), (water.id, 1_00)], "挪一点")
    assert codes(refused) == ["projects.change_funds"]
    passed = motion(desk, date(2026, 6, 11), number="第9次")
    usecases.change_budget(desk, YEAR, passed, [(lamps.id, -5_00), (patrol.id, 7_00), (water.id, 1_00)], "各加各的")
    assert store.budget_in_force(desk, water.id) == 20_001_00


def test_a_budget_never_falls_below_what_is_signed(desk: Desk) -> None:
    lamps, patrol = budgeted(desk)
    usecases.take_step(desk, lamps.id, ProjectState.PUBLICIZED, date(2026, 2, 11), "公示栏")
    usecases.take_step(desk, lamps.id, ProjectState.GRANTED, date(2026, 2, 25), "批复")
    usecases.sign_contract(desk, contract(lamps))
    passed = motion(desk)
    with pytest.raises(RuleViolation) as refused:
        usecases.change_budget(desk, YEAR, passed, [(lamps.id, -2_000_01), (patrol.id, 2_000_01)], "减")
    (finding,) = refused.value.findings
    assert "已签合同18,000.00元" in finding.message
    assert "最多减2,000.00元" in finding.message
    assert (finding.code, finding.place) == ("projects.change_floor", f"projects:{lamps.id}")
    usecases.change_budget(desk, YEAR, passed, [(lamps.id, -2_000_00), (patrol.id, 2_000_00)], "减")
    with pytest.raises(RuleViolation, match="合同加起来超过项目预算"):
        usecases.sign_contract(desk, contract(lamps, amount_fen=1))


def test_a_change_says_what_why_and_each_project_once(desk: Desk) -> None:
    lamps, _ = budgeted(desk)
    open_one = proposed(desk, "电影放映", desk.find(Fund)[0])
    passed = motion(desk)
    for moves, reason, code in (
        ([], "空的", "projects.change_empty"),
        ([(lamps.id, 0)], "空的", "projects.change_empty"),
        ([(lamps.id, 1), (lamps.id, 1)], "两行", "projects.change_twice"),
        ([(open_one.id, 1_00)], "没议定", "projects.change_project"),
        ([(lamps.id, 1_00)], " ", "projects.change_reason"),
        ([(lamps.id, -20_000_01)], "减过头", "projects.change_floor"),
    ):
        with pytest.raises(RuleViolation) as refused:
            usecases.change_budget(desk, YEAR, passed, moves, reason)
        assert codes(refused) == [code]
    assert desk.find(BudgetLine) == []


ROWS = st.builds(
    lambda budget, change, contracted, reviewing, paid: BudgetRow(
        Project(year=2026, name="甲", class_code="1", item="供电", budget_fen=budget), None, (change,), contracted,
        reviewing, paid,
    ),
    *(st.integers(0, 10**11) for _ in range(5)),
)  # fmt: skip


@given(st.lists(ROWS, min_size=1, max_size=20))
def test_the_columns_of_a_budget_add_up(rows: list[BudgetRow]) -> None:
    added = sums(rows)
    assert added.in_force_fen == added.resolved_fen + sum(added.changes_fen)
    assert added.left_fen == added.in_force_fen - added.reviewing_fen - added.paid_fen
    assert added.projects == len(rows)


@given(ROWS, st.none() | st.integers(0, 1000))
def test_a_proposal_is_the_budget_times_its_factor_to_half_a_fen(row: BudgetRow, score: int | None) -> None:
    rule = load().works.allocation
    (proposal,) = proposals([row], {row.project.id: score} if score is not None else {}, rule)
    assert abs(proposal.proposed_fen - row.in_force_fen * proposal.factor) * 2 <= 1
    assert proposal.factor == (rule.unscored if score is None else rule.band(score).ratio)


def test_what_is_under_way_is_counted_in_the_states_the_payments_name() -> None:
    assert tuple(state.value for state in UNDER_WAY) == store.UNDER_WAY
