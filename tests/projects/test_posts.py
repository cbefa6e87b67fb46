"""Posts: for whom, paid to whom, at what cost; their quarters assessed by score sheets."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects.posts import assessed, family, filled, post, road
from tests.works import contract, granted, resolved
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, RuleViolation
from villagedesk.kernel.findings import Severity
from villagedesk.projects import store, tenure, usecases
from villagedesk.projects.model import ContractKind, Inspection, Mark, Post, ProjectState
from villagedesk.projects.payshare import follows, performance_for, share_told
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load
from villagedesk.village.workrules import IN_FULL

Q2 = Period.quarter(2026, 2)


def codes(error: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def refused(desk: Desk, typed: Post) -> list[str]:
    with pytest.raises(RuleViolation) as caught:
        usecases.set_up_post(desk, typed)
    return codes(caught)


def test_a_post_is_kept_and_held_until_it_ends(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    assert store.posts_of(desk, project.id, date(2026, 3, 1)) == [kept]
    assert store.posts_of(desk, project.id, date(2026, 2, 28)) == []
    ended = usecases.end_post(desk, kept.id, date(2026, 9, 30))
    assert store.posts_of(desk, day=date(2026, 9, 30)) == [ended]
    assert store.posts_of(desk, day=date(2026, 10, 1)) == []
    assert store.posts_held(desk, Period.quarter(2026, 3)) == [ended]
    assert store.posts_held(desk, Period.quarter(2026, 4)) == []
    with pytest.raises(RuleViolation, match="已经在2026年9月30日结束"):
        usecases.end_post(desk, kept.id, date(2026, 10, 31))
    with pytest.raises(FrozenRecord), desk.change("projects.post.raised") as change:
        change.put(replace(ended, base_fen=9_999_00))


def test_a_post_does_not_end_before_it_began(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    with pytest.raises(RuleViolation, match="止日不能早于起日"):
        usecases.end_post(desk, kept.id, date(2026, 2, 28))


def test_pay_goes_to_the_person_or_the_head_of_the_household(desk: Desk) -> None:
    project, (head, son) = road(desk)
    (stranger,) = family(desk, "0002", ("李四",))
    assert refused(desk, post(project, son, payee_id=stranger.id)) == ["projects.payee"]
    assert refused(desk, post(project, head, payee_id=son.id)) == ["projects.payee"]
    kept = usecases.set_up_post(desk, post(project, son, payee_id=head.id))
    assert kept.payee_id == head.id


def test_a_payee_without_an_account_is_pointed_at(desk: Desk) -> None:
    project, (_, son) = road(desk)
    with pytest.raises(RuleViolation) as caught:
        usecases.set_up_post(desk, post(project, son))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place) == ("projects.payee_account", f"village:{son.id}")
    assert usecases.set_up_post(desk, post(project, son), "正在办卡").person_id == son.id


def test_the_same_person_does_not_hold_the_same_post_twice(desk: Desk) -> None:
    project, (head, _) = road(desk)
    first = usecases.set_up_post(desk, post(project, head))
    assert refused(desk, post(project, head, first_day=date(2026, 6, 1))) == ["projects.post_twice"]
    usecases.end_post(desk, first.id, date(2026, 5, 31))
    usecases.set_up_post(desk, post(project, head, first_day=date(2026, 6, 1), base_fen=520_00, performance_fen=390_00))
    assert len(store.posts_of(desk, project.id)) == 2


def test_two_people_on_one_area_need_a_reason(desk: Desk) -> None:
    project, (head, _) = road(desk)
    (other,) = family(desk, "0002", ("李四",))
    other = replace(other, account="6217001234567890999")
    with desk.change("village.person.updated") as change:
        change.put(other)
    usecases.set_up_post(desk, post(project, head))
    assert refused(desk, post(project, other)) == ["projects.post_area"]
    assert usecases.set_up_post(desk, post(project, other, area="四组")).area == "四组"


def test_posts_stay_within_the_budget_and_their_contract(desk: Desk) -> None:
    project, (head, _) = road(desk)
    with pytest.raises(RuleViolation) as caught:
        usecases.set_up_post(desk, post(project, head, base_fen=2_000_00, performance_fen=1_500_00))
    (finding,) = caught.value.findings
    assert finding.code == "projects.post_over"
    assert "2,000.00元×10个月＋1,500.00元×4个季度＝26,000.00元" in finding.message
    assert "超过项目预算20,000.00元6,000.00元" in finding.message
    agreed = usecases.sign_contract(
        desk, contract(project, kind=ContractKind.CARETAKING, party="王桂香", amount_fen=2_000_00)
    )
    assert refused(desk, post(project, head, contract_id=agreed.id)) == ["projects.post_over"]
    assert (
        usecases.set_up_post(desk, post(project, head, contract_id=agreed.id), "合同以外由村集体补足").contract_id
        == agreed.id
    )


def test_pay_is_split_as_the_profile_says_or_for_a_reason(desk: Desk) -> None:
    project, (head, _) = road(desk)
    with pytest.raises(RuleViolation) as caught:
        usecases.set_up_post(desk, post(project, head, performance_fen=600_00))
    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.severity) == (
        "projects.pay_share", "performance_fen", Severity.WARNING,
    )  # fmt: skip
    assert finding.message == (
        "每季度共2,100.00元，其中不看得分的1,500.00元，占71.43%；规则是80%对20%，绩效应是每季度375.00元。"
        "确实要这样的，请写明原因。"
    )
    kept = usecases.set_up_post(desk, post(project, head, performance_fen=600_00), "村民代表会议议定")
    assert kept.performance_fen == 600_00
    (reason,) = desk.rows("SELECT reason FROM journal WHERE record_id = ?", [kept.id])
    assert reason[0] == "村民代表会议议定"


@pytest.mark.parametrize(
    ("base", "performance", "bands", "is_right"),
    [
        (500_00, 375_00, "three", True),
        (500_00, 375_99, "three", True),  # agreed in whole yuan
        (500_00, 376_00, "three", False),
        (500_00, 0, "three", False),  # all of it whatever the score
        (500_00, 375_00, "", False),  # no score counts
        (0, 375_00, "three", False),  # all of it by the score
        (0, 1_875_00, "split", True),  # 80/20 within performance pay
        (500_00, 375_00, "split", False),
    ],
)
def test_what_hangs_on_the_score_is_a_fifth(base: int, performance: int, bands: str, is_right: bool) -> None:
    works = load().works
    held = Post(
        project_id="", person_id="", payee_id="", duty="护路员", base_fen=base, performance_fen=performance, bands=bands,
        first_day=date(2026, 3, 1),
    )  # fmt: skip
    assert follows(held, works.bands.get(bands, IN_FULL), works.pay_share) is is_right


@given(base=st.integers(0, 10**7), share=st.fractions(Fraction(1, 10), 1, max_denominator=100))
def test_the_performance_pay_that_is_proposed_follows_the_rule(base: int, share: Fraction) -> None:
    rule, bands = replace(load().works.pay_share, base=share), load().works.bands["three"]
    proper = performance_for(base, bands, rule)
    assert proper is not None
    held = Post(
        project_id="", person_id="", payee_id="", duty="护路员", base_fen=base, performance_fen=proper, bands="three",
        first_day=date(2026, 3, 1),
    )  # fmt: skip
    assert follows(held, bands, rule)
    assert share_told(held, bands, rule)


def test_what_a_post_lacks_is_named(desk: Desk) -> None:
    project, (head, _) = road(desk)
    for changed, code in (
        ({"duty": " "}, "projects.post_duty"),
        ({"base_fen": 0, "performance_fen": 0}, "projects.post_pay"),
        ({"base_fen": -1}, "projects.post_pay"),
        ({"bands": "没有的"}, "projects.bands"),
        ({"last_day": date(2026, 2, 1)}, "projects.post_term"),
        ({"person_id": ""}, "projects.post_person_id"),
    ):
        assert code in refused(desk, post(project, head, **changed))
    assert desk.find(Post) == []


def test_no_post_before_the_grant(desk: Desk) -> None:
    project = resolved(desk)
    (head, _) = family(desk)
    assert refused(desk, post(project, head)) == ["projects.post_state"]


def test_a_quarter_is_assessed_by_a_sheet_whose_sum_is_the_score(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    typed = assessed(project, score=100)
    done = usecases.assess(desk, kept, Q2, typed, filled("caretaker", 4, 11))
    assert (done.score, done.is_passed, done.period, done.post_id) == (85, True, "2026Q2", kept.id)
    assert [(mark.item, mark.points, mark.deducted) for mark in store.marks_of(desk, done.id)][:2] == [
        ("出勤", 20, 4),
        ("责任区", 40, 11),
    ]
    assert store.assessment_of(desk, kept, Q2) == done
    assert store.assessment_of(desk, kept, "2026Q1") is None
    assert store.band_of(done.score, store.bands_of(desk, kept.bands)) == Fraction(9, 10)
    assert store.band_of(0, store.bands_of(desk, "")) == 1


def test_below_the_sheets_mark_the_quarter_failed_and_says_why(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    marks = filled("caretaker", 20, 20)
    with pytest.raises(RuleViolation, match="请写明哪里不合格"):
        usecases.assess(desk, kept, Q2, assessed(project), marks)
    done = usecases.assess(desk, kept, Q2, assessed(project, note="一季度没有上岗"), marks)
    assert (done.score, done.is_passed) == (60, False)


def test_a_second_assessment_of_a_quarter_corrects_the_first_with_a_reason(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    usecases.assess(desk, kept, Q2, assessed(project), filled())
    with pytest.raises(RuleViolation) as caught:
        usecases.assess(desk, kept, Q2, assessed(project), filled("caretaker", 2))
    assert codes(caught) == ["projects.assessed_twice"]
    with pytest.raises(RuleViolation, match="更正的日期不能早于"):
        usecases.assess(
            desk, kept, Q2, assessed(project, inspected_on=date(2026, 7, 1)), filled("caretaker", 2), reason="漏扣"
        )
    second = usecases.assess(desk, kept, Q2, assessed(project), filled("caretaker", 2), reason="漏扣了一项")
    assert store.assessment_of(desk, kept, Q2) == second
    assert len(store.assessments_of(desk, Q2, post_id=kept.id)) == 2


def test_a_contracts_assessment_counts_for_its_posts(desk: Desk) -> None:
    project = granted(desk)
    agreed = usecases.sign_contract(desk, contract(project, kind=ContractKind.CARETAKING, party="管护队"))
    usecases.take_step(desk, project.id, ProjectState.RUNNING, date(2026, 3, 1))
    (head, _) = family(desk)
    kept = usecases.set_up_post(desk, post(project, head, contract_id=agreed.id))
    of_contract = usecases.assess(desk, agreed, Q2, assessed(project, template="upkeep"), filled("upkeep", 3))
    assert store.assessment_of(desk, kept, Q2) == of_contract
    own = usecases.assess(desk, kept, Q2, assessed(project), filled())
    assert store.assessment_of(desk, kept, Q2) == own


def test_nobody_assesses_themselves_or_a_quarter_that_is_not_there(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head, last_day=date(2026, 9, 30)))
    for typed, period, code in (
        (assessed(project, inspectors="王桂香"), Q2, "projects.own_work"),
        (assessed(project), Period.quarter(2026, 4), "projects.period"),
        (assessed(project), Period.quarter(2027, 1), "projects.period"),
        (assessed(project), Period(2026), "projects.period"),
        (assessed(project, inspected_on=date(2026, 10, 9)), Period.quarter(2026, 4), "projects.period"),
        (assessed(project, inspected_on=date(2026, 6, 20)), Q2, "projects.period_open"),
    ):
        with pytest.raises(RuleViolation) as caught:
            usecases.assess(desk, kept, period, typed, filled())
        assert code in codes(caught)
    assert desk.find(Inspection) == []


def test_a_sheet_is_filled_whole_and_takes_off_no_more_than_there_is(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    whole = filled()
    for marks, code in (
        (whole[:-1], "projects.marks"),
        ([], "projects.marks"),
        ([replace(whole[0], points=50), *whole[1:]], "projects.marks"),
        ([replace(whole[0], deducted=21, note="太多"), *whole[1:]], "projects.mark"),
        ([replace(whole[0], deducted=-1), *whole[1:]], "projects.mark"),
        ([replace(whole[0], deducted=3), *whole[1:]], "projects.mark_note"),
    ):
        with pytest.raises(RuleViolation) as caught:
            usecases.assess(desk, kept, Q2, assessed(project, note="不合格处"), marks)
        assert code in codes(caught)
    with pytest.raises(RuleViolation, match="没有这张评分表"):
        usecases.assess(desk, kept, Q2, assessed(project, template="没有的"), whole)
    assert desk.find(Mark) == []


def test_a_visit_is_about_work_of_its_own_project(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    agreed = store.contracts_of(desk, project.id)[0]
    both = assessed(project, post_id=kept.id, contract_id=agreed.id, period="2026Q2")
    with pytest.raises(RuleViolation, match="只针对一个岗位或一份合同"):
        usecases.record_inspection(desk, both, filled())


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS, st.integers(2020, 2030), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_posts_cost_counts_every_month_and_quarter_it_touches(
    one: date, other: date, year: int, base: int, performance: int
) -> None:
    first, last = sorted((one, other))
    held = Post(
        project_id="p", person_id="a", payee_id="a", duty="护路员", base_fen=base, performance_fen=performance,
        first_day=first, last_day=last,
    )  # fmt: skip
    months = [Period(year, month, 1) for month in range(1, 13)]
    quarters = [Period.quarter(year, quarter) for quarter in range(1, 5)]
    touched = sum(first <= month.last and last >= month.first for month in months)
    of_quarters = sum(first <= quarter.last and last >= quarter.first for quarter in quarters)
    assert tenure.cost_of(held, year) == base * touched + performance * of_quarters
