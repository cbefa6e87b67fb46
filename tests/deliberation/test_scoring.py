import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.deliberation import scoring
from villagedesk.deliberation.model import Score
from villagedesk.village.profile import ScoringRule

PLAIN = ScoringRule(
    1, 1, 1, drops_extremes=False, ties=("urgent", "wished", "benefit"), source="", as_of=date(2026, 1, 1)
)
WEIGHTED = replace(PLAIN, urgent=3, wished=2)
DROPPING = replace(PLAIN, drops_extremes=True)
NAMES = {"a": "路灯维护", "b": "治安巡逻", "c": "电影放映"}


def ballots(project: str, *scores: tuple[int, int, int]) -> list[Score]:
    return [
        Score(project_id=project, member=f"成员{place}", urgent=urgent, wished=wished, benefit=benefit)
        for place, (urgent, wished, benefit) in enumerate(scores)
    ]


def places(scores: Sequence[Score], rule: ScoringRule = PLAIN) -> list[tuple[int, str]]:
    return [(one.place, one.project_id) for one in scoring.ranking(scores, NAMES, rule)]


def test_the_result_is_the_exact_average_of_the_ballots() -> None:
    (one,) = scoring.ranking(ballots("a", (7, 6, 7), (2, 7, 7), (9, 3, 5)), NAMES, PLAIN)
    assert (one.sums, one.counted, one.result) == ((18, 16, 19), 3, Fraction(53, 3))
    assert one.arithmetic == "（急需18＋急盼16＋受益直接19）÷3票＝17.67分"
    assert one.full == 30


def test_weights_multiply_and_show() -> None:
    (one,) = scoring.ranking(ballots("a", (7, 6, 7), (2, 7, 7)), NAMES, WEIGHTED)
    assert one.result == Fraction(3 * 9 + 2 * 13 + 14, 2)
    assert one.arithmetic == "（急需9×3＋急盼13×2＋受益直接14）÷2票＝33.50分"


def test_the_highest_and_the_lowest_ballot_may_be_left_out() -> None:
    (one,) = scoring.ranking(ballots("a", (10, 10, 10), (5, 5, 5), (6, 6, 6), (0, 0, 1)), NAMES, DROPPING)
    assert (one.dropped, one.counted, one.ballots, one.result) == ((30, 1), 2, 4, Fraction(33, 2))
    assert one.arithmetic == "去掉最高30分、最低1分各一票；（急需11＋急盼11＋受益直接11）÷2票＝16.50分"


def test_two_ballots_are_both_counted() -> None:
    (one,) = scoring.ranking(ballots("a", (10, 10, 10), (0, 0, 0)), NAMES, DROPPING)
    assert one.dropped == ()
    assert one.result == 15


def test_equals_are_told_apart_by_the_criteria_in_turn() -> None:
    scores = ballots("a", (5, 6, 7)) + ballots("b", (6, 6, 6)) + ballots("c", (5, 7, 6))
    assert places(scores) == [(1, "b"), (2, "c"), (3, "a")]


def test_who_stays_equal_shares_the_place() -> None:
    scores = ballots("a", (6, 6, 6)) + ballots("b", (6, 6, 6)) + ballots("c", (5, 5, 5))
    assert places(scores) == [(1, "b"), (1, "a"), (3, "c")]
    assert places(ballots("a", (5, 6, 7)) + ballots("b", (7, 6, 5)), replace(PLAIN, ties=())) == [(1, "b"), (1, "a")]


def test_no_scores_make_no_ranking() -> None:
    assert places([]) == []


def test_the_formula_is_said_in_words() -> None:
    assert scoring.formula(PLAIN) == (
        "每张票得分＝急需＋急盼＋受益直接（每项0至10分）；各票得分相加，除以计分票数，即为项目得分。"
        "得分相同的，依次比较急需、急盼、受益直接的平均分，仍相同的名次并列。"
    )
    said = scoring.formula(replace(DROPPING, urgent=2, ties=()))
    assert "急需×2＋急盼＋受益直接" in said
    assert "去掉一张最高分票、一张最低分票后，各票得分相加" in said
    assert said.endswith("得分相同的名次并列。")


triples = st.tuples(*[st.integers(0, 10)] * 3)


@given(st.dictionaries(st.sampled_from("abc"), st.lists(triples, min_size=1, max_size=25), min_size=1), st.booleans())
def test_the_ranking_is_in_order_and_places_count_who_is_better(
    by_project: dict[str, list[tuple[int, int, int]]], drops: bool
) -> None:
    rule = replace(WEIGHTED, drops_extremes=drops)
    scores = [score for project, given_ in by_project.items() for score in ballots(project, *given_)]
    ranked = scoring.ranking(scores, NAMES, rule)
    assert {one.project_id for one in ranked} == set(by_project)
    for before, after in itertools.pairwise(ranked):
        assert before.result >= after.result
        assert before.place <= after.place
    for one in ranked:
        assert one.place >= 1 + sum(other.result > one.result for other in ranked)
        assert 0 <= one.result <= one.full
        urgent, wished, benefit = one.sums
        assert one.result == Fraction(3 * urgent + 2 * wished + benefit, one.counted)


@given(st.integers(0, 100000), st.integers(1, 1000))
def test_two_decimals_are_rounded_half_up(numerator: int, denominator: int) -> None:
    written = Decimal(scoring.two_decimals(Fraction(numerator, denominator)))
    assert abs(Fraction(written) - Fraction(numerator, denominator)) <= Fraction(1, 200)
    halves = Fraction(2 * numerator + 1, 200)
    assert scoring.two_decimals(halves) == str(
        (Decimal(2 * numerator + 1) / 200).quantize(Decimal("0.01"), ROUND_HALF_UP)
    )
