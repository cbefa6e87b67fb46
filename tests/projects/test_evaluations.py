"""A year's scores: what they are made of, told so that anybody can recount them, kept once, feeding next year."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects.money import budgeted
from tests.projects.posts import assessed, filled, post, road
from tests.works import YEAR, inspection, running, survey
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, RuleViolation
from villagedesk.projects import papers, store, usecases
from villagedesk.projects.evaluation import Subject, counting, ranking
from villagedesk.projects.model import Evaluation, Inspection, InspectionKind, Post, Project, Survey
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load

RULE = load().works.evaluation
SCORES = st.lists(st.integers(0, 100), max_size=6)


def visit(score: int, kind: InspectionKind = InspectionKind.INSPECTION, **changed: object) -> Inspection:
    made = Inspection(
        id=f"{kind}{score}{len(changed)}", project_id="p", kind=kind, inspected_on=date(2026, 6, 1), score=score,
        is_passed=True, inspectors="周监督",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def asked(good: int, fair: int, poor: int, silent: int = 0) -> Survey:
    return Survey(
        project_id="p", held_on=date(2026, 11, 1), way="走访", asked=good + fair + poor + silent, good=good, fair=fair,
        poor=poor,
    )  # fmt: skip


def test_a_year_is_weighed_and_told() -> None:
    quarters = [visit(90, InspectionKind.ASSESSMENT, id="a"), visit(85, InspectionKind.ASSESSMENT, id="b")]
    subject = Subject("projects", "p", "村内道路养护", (*quarters, visit(80)), (asked(50, 6, 4, 10),))
    (score,) = ranking([subject], RULE)
    assert score.tenths == 862
    assert score.arithmetic == (
        "考核（90＋85）÷2＝87.5分；检查80分；满意度（好50＋中6×50%）÷表态60人×100＝88.33分。"
        "（87.5×60＋80×20＋88.33×20）÷100＝86.2分"
    )


def test_what_nobody_looked_at_is_left_out_and_the_rest_weighs_more() -> None:
    (score,) = ranking([Subject("posts", "a", "甲", (visit(93, InspectionKind.ASSESSMENT),))], RULE)
    assert (score.tenths, score.place) == (930, 1)
    assert score.arithmetic == "考核93分。（93×60）÷60＝93分（没有的项目不计，权数按有的算）"
    assert ranking([Subject("posts", "a", "甲", ())], RULE) == []
    assert ranking([Subject("projects", "a", "甲", (), (asked(0, 0, 0, 9),))], RULE) == []


def test_of_one_quarter_the_last_assessment_counts() -> None:
    first = visit(60, InspectionKind.ASSESSMENT, period="2026Q1", post_id="a", id="1")
    second = visit(80, InspectionKind.ASSESSMENT, period="2026Q1", post_id="a", id="2")
    other = visit(70, InspectionKind.ASSESSMENT, period="2026Q1", post_id="b", id="3")
    assert [one.score for one in counting([first, other, second])] == [80, 70]


@given(SCORES, SCORES, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_score_is_the_weighed_mean_to_half_a_tenth(
    quarters: list[int], visits: list[int], good: int, fair: int, poor: int
) -> None:
    seen = [visit(score, InspectionKind.ASSESSMENT, id=f"a{place}") for place, score in enumerate(quarters)]
    seen += [visit(score, id=f"v{place}") for place, score in enumerate(visits)]
    surveys = (asked(good, fair, poor),) if good + fair + poor else ()
    scores = ranking([Subject("projects", "p", "甲", tuple(seen), surveys)], RULE)
    parts = [(RULE.assessments, Fraction(sum(quarters), len(quarters)))] if quarters else []
    parts += [(RULE.visits, Fraction(sum(visits), len(visits)))] if visits else []
    parts += [(RULE.satisfaction, 100 * (good + fair * RULE.fair) / (good + fair + poor))] if surveys else []
    assert bool(scores) == bool(parts)
    if scores:
        exact = sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
        assert abs(scores[0].tenths - 10 * exact) * 2 <= 1
        assert 0 <= scores[0].tenths <= 1000


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_equals_share_their_place_and_the_best_is_first(scores: list[int]) -> None:
    subjects = [Subject("posts", str(place), str(place), (visit(score),)) for place, score in enumerate(scores)]
    found = ranking(subjects, RULE)
    assert [score.tenths for score in found] == sorted((10 * score for score in scores), reverse=True)
    for score in found:
        assert score.place == 1 + sum(10 * other > score.tenths for other in scores)


def test_a_year_is_evaluated_once_and_for_good(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    usecases.record_inspection(desk, inspection(project))
    for number in (1, 2, 3):
        quarter = Period.quarter(YEAR, number)
        on = {1: date(2026, 4, 2), 2: date(2026, 7, 2), 3: date(2026, 10, 9)}[number]
        usecases.assess(desk, kept, quarter, assessed(project, inspected_on=on), filled("caretaker", 2 * number))
    usecases.record_survey(desk, survey(project))
    with pytest.raises(RuleViolation, match="2026年还没有过完"):
        usecases.evaluate_year(desk, YEAR)
    done = usecases.evaluate_year(desk, YEAR, "县里要求11月底报")
    assert {(one.subject_table, one.subject_id): (one.score, one.place) for one in done} == {
        ("projects", project.id): (946, 1),
        ("posts", kept.id): (960, 1),
    }
    assert store.scores_by_project(desk, YEAR) == {project.id: 946}
    with pytest.raises(RuleViolation, match="2026年已经考评过"):
        usecases.evaluate_year(desk, YEAR, "再来")
    with pytest.raises(FrozenRecord), desk.change("projects.year.evaluated") as change:
        change.put(replace(done[0], score=1000))
    (proposal,) = papers.proposals_of(desk, YEAR)
    assert proposal.arithmetic == "94.6分，优秀，系数110%：20,000.00元×110%＝22,000.00元"
    assert desk.find(Project, "year = ?", [YEAR + 1]) == []


def test_quarters_nobody_assessed_are_pointed_at(desk: Desk) -> None:
    project, (head, _) = road(desk)
    usecases.set_up_post(desk, post(project, head))
    usecases.record_inspection(desk, inspection(project))
    found = [finding for finding in usecases.evaluation_findings(desk, YEAR) if finding.code == "projects.unassessed"]
    assert [finding.message for finding in found] == [
        "王桂香的2026年第一季度还没有考核，考评时就算不上这个季度。",
        "王桂香的2026年第二季度还没有考核，考评时就算不上这个季度。",
        "王桂香的2026年第三季度还没有考核，考评时就算不上这个季度。",
    ]
    assert {finding.place for finding in found} == {f"projects:{project.id}"}


def test_a_year_without_anything_is_not_evaluated(desk: Desk) -> None:
    running(desk)
    for year, words in ((YEAR, "没有东西可以考评"), (YEAR + 1, "还没有开始")):
        with pytest.raises(RuleViolation, match=words):
            usecases.evaluate_year(desk, year, "试试")
    assert desk.find(Evaluation) == []


def test_a_project_without_a_score_is_proposed_the_same_again(desk: Desk) -> None:
    budgeted(desk)
    assert [(one.band, one.proposed_fen) for one in papers.proposals_of(desk, YEAR)] == [("没有考评", 20_000_00)] * 2


def test_an_assessment_belongs_to_the_year_of_its_quarter(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    usecases.assess(desk, kept, Period.quarter(YEAR, 3), assessed(project, inspected_on=date(2026, 10, 9)), filled())
    by_table = {subject.table: subject for subject in store.subjects_of(desk, YEAR)}
    assert len(by_table[Post.table].visits) == 1
    assert by_table[Post.table].name == "王桂香（护路员，三组）"
