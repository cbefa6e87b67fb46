from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.works import contract, facts, inspection, survey
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.projects import rules
from villagedesk.projects.figures import Coverage, Evidence
from villagedesk.projects.model import InspectionKind, Project, ProjectState
from villagedesk.village.model import Fund

S = ProjectState
TODAY = date(2026, 12, 1)
FUND = Fund(id="f", year=2026, source="县级补助", planned_fen=100_000_00)
DAY = date(2026, 3, 1)
FULL = Evidence(
    today=TODAY,
    last_step=date(2026, 2, 1),
    has_motion=True,
    has_contract=True,
    is_accepted=True,
    is_assessed=True,
    fund=FUND,
)


def project(state: ProjectState = S.SHORTLISTED) -> Project:
    return replace(facts(fund_id="f"), id="p", state=state)


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("after", list(S))
def test_a_project_goes_only_where_the_table_leads(state: ProjectState, after: ProjectState) -> None:
    found = list(rules.may_step(project(state), after, DAY, FULL, note="原因", has_paper=True))
    if after in rules.STEPS[state]:
        assert found == []
    else:
        assert codes(found) == ["projects.step"]
        assert after.label in found[0].message


def test_every_state_stands_in_the_table_and_the_straight_way_is_legal() -> None:
    assert set(rules.STEPS) == set(S)
    assert set(rules.PAPERS) == set(S)
    assert all(after in rules.STEPS[before] for before, after in zip(rules.WAY, rules.WAY[1:], strict=False))


def test_a_refused_step_names_what_may_come_next() -> None:
    (finding,) = rules.may_step(project(S.RUNNING), S.ASSESSED, DAY, FULL)
    assert finding.message == "“路灯维护”现在是“实施中”，不能直接到“已考评”；下一步只能是“已验收”。"
    (finding,) = rules.may_step(project(S.ASSESSED), S.RUNNING, DAY, FULL)
    assert finding.message.endswith("已经办完，没有下一步。")


@pytest.mark.parametrize(
    ("state", "after", "lacking", "code"),
    [
        (S.PROPOSED, S.RESOLVED, {"has_motion": False}, "projects.no_motion"),
        (S.RUNNING, S.ACCEPTED, {"is_accepted": False}, "projects.no_acceptance"),
        (S.ACCEPTED, S.ASSESSED, {"is_assessed": False}, "projects.no_assessment"),
        (S.SHORTLISTED, S.PROPOSED, {"fund": None}, "projects.no_fund"),
        (S.PROPOSED, S.RESOLVED, {"committed_fen": 80_000_01}, "projects.over_plan"),
        (S.PROPOSED, S.RESOLVED, {"fund": replace(FUND, year=2025)}, "projects.fund_year"),
        (S.GRANTED, S.RUNNING, {"last_step": date(2026, 3, 2)}, "projects.order"),
        (S.GRANTED, S.RUNNING, {"today": date(2026, 2, 28)}, "projects.future"),
    ],
)
def test_a_step_is_stopped_when_what_it_rests_on_is_missing(
    state: ProjectState, after: ProjectState, lacking: dict[str, Any], code: str
) -> None:
    evidence = replace(FULL, **lacking)
    (finding,) = rules.may_step(project(state), after, DAY, evidence, note="原因", has_paper=True)
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)


def test_running_without_a_contract_is_a_warning() -> None:
    evidence = replace(FULL, has_contract=False)
    (finding,) = rules.may_step(project(S.GRANTED), S.RUNNING, DAY, evidence)
    assert (finding.code, finding.severity) == ("projects.no_contract", Severity.WARNING)


@pytest.mark.parametrize(("state", "after"), [(S.RESOLVED, S.PUBLICIZED), (S.PUBLICIZED, S.GRANTED)])
def test_a_notice_and_a_grant_ask_for_their_paper(state: ProjectState, after: ProjectState) -> None:
    (finding,) = rules.may_step(project(state), after, DAY, FULL)
    assert (finding.code, finding.severity) == ("projects.paper", Severity.WARNING)
    assert rules.PAPERS[after][0] in finding.message


@pytest.mark.parametrize(
    ("state", "after"), [(S.SHORTLISTED, S.REJECTED), (S.PROPOSED, S.SHORTLISTED), (S.PUBLICIZED, S.REJECTED)]
)
def test_a_step_back_or_out_says_why(state: ProjectState, after: ProjectState) -> None:
    assert codes(rules.may_step(project(state), after, DAY, FULL, note="  ")) == ["projects.note"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"has_other_money": True}, "projects.other_money"),
        ({"is_necessary": False}, "projects.necessary"),
        ({"budget_fen": 0}, "projects.no_budget"),
    ],
)
def test_only_what_passes_the_two_tests_and_has_a_budget_is_proposed(changed: dict[str, Any], code: str) -> None:
    assert codes(rules.may_step(replace(project(), **changed), S.PROPOSED, DAY, FULL)) == [code]


def test_a_budget_that_just_fills_the_plan_is_within_it() -> None:
    evidence = replace(FULL, committed_fen=80_000_00)
    assert not list(rules.may_step(project(S.PROPOSED), S.RESOLVED, DAY, evidence))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "projects.name"),
        ({"year": 26}, "projects.year"),
        ({"class_code": "5"}, "projects.class"),
        ({"class_code": "2"}, "projects.item"),
        ({"budget_fen": -1}, "projects.budget"),
    ],
)
def test_unsound_facts_are_found_one_by_one(changed: dict[str, Any], code: str) -> None:
    assert codes(rules.sound_facts(replace(project(), **changed))) == [code]


def test_sound_facts_raise_nothing() -> None:
    assert not list(rules.sound_facts(project()))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"party": ""}, "projects.contract_party"),
        ({"scope": " "}, "projects.contract_scope"),
        ({"pay_cycle": ""}, "projects.contract_pay_cycle"),
        ({"amount_fen": 0}, "projects.contract_amount"),
        ({"last_day": date(2026, 2, 1)}, "projects.contract_term"),
        ({"signed_on": date(2026, 12, 2)}, "projects.future"),
        ({"amount_fen": 20_000_01}, "projects.contract_over"),
    ],
)
def test_a_contract_says_who_does_what_for_how_much(changed: dict[str, Any], code: str) -> None:
    running = project(S.RUNNING)
    assert codes(rules.may_contract(running, contract(running, **changed), 0, TODAY)) == [code]


def test_contracts_together_stay_within_the_budget() -> None:
    running = project(S.RUNNING)
    assert not list(rules.may_contract(running, contract(running), 2_000_00, TODAY))
    (finding,) = rules.may_contract(running, contract(running), 2_000_01, TODAY)
    assert finding.severity is Severity.WARNING
    assert "0.01元" in finding.message


@pytest.mark.parametrize("state", sorted(set(S) - {S.GRANTED, S.RUNNING}))
def test_no_contract_before_the_grant_or_after_acceptance(state: ProjectState) -> None:
    assert codes(rules.may_contract(project(state), contract(project()), 0, TODAY)) == ["projects.contract_state"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"score": 101}, "projects.score"),
        ({"inspected_on": date(2026, 12, 2)}, "projects.future"),
        ({"inspectors": " "}, "projects.inspectors"),
        ({"inspectors": "周监督，荣县明亮电工队"}, "projects.own_work"),
        ({"is_passed": False}, "projects.inspection_note"),
    ],
)
def test_a_visit_has_a_score_and_inspectors_who_are_not_paid_for_the_work(changed: dict[str, Any], code: str) -> None:
    running = project(S.RUNNING)
    parties = frozenset({"荣县明亮电工队"})
    assert codes(rules.may_inspect(running, replace(inspection(running), **changed), parties, TODAY)) == [code]


@pytest.mark.parametrize("kind", list(InspectionKind))
@pytest.mark.parametrize("state", list(S))
def test_work_is_inspected_while_it_runs_and_assessed_from_then_on(kind: InspectionKind, state: ProjectState) -> None:
    found = codes(rules.may_inspect(project(state), inspection(project(), kind), frozenset(), TODAY))
    fits = state is S.RUNNING or (state is S.ACCEPTED and kind is InspectionKind.ASSESSMENT)
    assert found == ([] if fits else ["projects.inspection_state"])


@pytest.mark.parametrize("state", list(S))
def test_people_are_asked_about_work_that_has_begun(state: ProjectState) -> None:
    found = codes(rules.may_survey(project(state), survey(project()), TODAY))
    assert found == ([] if state in (S.RUNNING, S.ACCEPTED, S.ASSESSED) else ["projects.survey_state"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"held_on": date(2026, 12, 2)}, "projects.future"),
        ({"way": " "}, "projects.survey_way"),
        ({"asked": 0}, "projects.survey_asked"),
        ({"poor": -1}, "projects.survey_answers"),
        ({"asked": 56}, "projects.survey_answers"),
    ],
)
def test_a_survey_counts_no_more_answers_than_people(changed: dict[str, Any], code: str) -> None:
    running = project(S.RUNNING)
    assert codes(rules.may_survey(running, survey(running, **changed), TODAY)) == [code]


def test_answers_that_are_too_many_are_added_up_for_the_reader() -> None:
    (finding,) = rules.may_survey(project(S.RUNNING), survey(project(), asked=50), TODAY)
    assert finding.message == "好、中、差加起来是50＋6＋1＝57人，比调查人数50人多，请核对。"


def test_names_are_parted_however_people_part_them() -> None:
    assert rules.names_in("张三、李四 王五，赵六;钱七/孙八") == {"张三", "李四", "王五", "赵六", "钱七", "孙八"}


def test_every_finding_is_a_whole_sentence() -> None:
    bare = Evidence(today=date(2026, 1, 1), last_step=date(2027, 1, 1))
    found: list[Finding] = []
    for state in S:
        for after in S:
            found += rules.may_step(replace(project(state), has_other_money=True, is_necessary=False), after, DAY, bare)
    assert found
    assert all(finding.message.endswith("。") for finding in found)


@given(heard=st.integers(0, 5000), rest=st.integers(0, 5000))
def test_coverage_is_rounded_half_up(heard: int, rest: int) -> None:
    share = Coverage(heard, heard + rest).percent
    if heard + rest:
        tenths = int(share.removesuffix("%").replace(".", ""))
        assert abs(tenths * (heard + rest) - 1000 * heard) * 2 <= heard + rest
    else:
        assert share == "0.0%"
