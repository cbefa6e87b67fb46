"""三步量分法, step two: the council's ballots make a ranking, exactly, with the arithmetic to count it again.

A ballot is one member's scores of one project. Its points are the weighted sum of the three scores; a project's
result is the average of its ballots' points, kept as a fraction. Where the profile says so, the ballots with
the most and the fewest points are left out (one of each, of three or more).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from villagedesk.deliberation.model import Score
from villagedesk.village.profile import ScoringRule

CRITERIA = (("urgent", "急需"), ("wished", "急盼"), ("benefit", "受益直接"))
_FEWEST_TO_DROP = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project in the ranking. ``sums`` are of the counted ballots, by criterion; ``dropped`` the points left out.

    ``place`` counts from 1; projects that stay equal share it. ``full`` is the most points a ballot can give.
    """

    place: int
    project_id: str
    name: str
    ballots: int
    sums: tuple[int, int, int]
    dropped: tuple[int, ...]
    result: Fraction
    arithmetic: str
    full: int

    @property
    def counted(self) -> int:
        """How many ballots were counted."""
        return self.ballots - len(self.dropped)


def ranking(scores: Iterable[Score], names: Mapping[str, str], rule: ScoringRule) -> list[Ranked]:
    """Return the projects that were scored, best first. ``names`` are the projects' names by id.

    Equal results are told apart by the criteria in the order of the profile's ``ties``, then share a place.
    """
    ballots: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        ballots[score.project_id].append(score)
    found = [_counted(project_id, names[project_id], ballots[project_id], rule) for project_id in ballots]
    found.sort(key=lambda ranked: (*_negated(_key(ranked, rule)), ranked.name))
    places: dict[tuple[Fraction, ...], int] = {}
    for place, ranked in enumerate(found, 1):
        places.setdefault(_key(ranked, rule), place)
    return [_placed(ranked, places[_key(ranked, rule)]) for ranked in found]


def points(score: Score, rule: ScoringRule) -> int:
    """Return the points of one ballot: the weighted sum of its three scores."""
    return rule.urgent * score.urgent + rule.wished * score.wished + rule.benefit * score.benefit


def two_decimals(value: Fraction) -> str:
    """Return a fraction with two decimals, rounded half up in whole numbers: 430/21 → ``"20.48"``."""
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def formula(rule: ScoringRule) -> str:
    """Return how the result is counted, in a sentence for the notice."""
    parts = "＋".join(_weighted(label, weight) for (_, label), weight in zip(CRITERIA, _weights(rule), strict=True))
    dropped = "去掉一张最高分票、一张最低分票后，" if rule.drops_extremes else ""
    ties = "、".join(dict(CRITERIA)[name] for name in rule.ties)
    tie = f"得分相同的，依次比较{ties}的平均分，仍相同的名次并列" if ties else "得分相同的名次并列"
    return f"每张票得分＝{parts}（每项0至10分）；{dropped}各票得分相加，除以计分票数，即为项目得分。{tie}。"


def _counted(project_id: str, name: str, ballots: Sequence[Score], rule: ScoringRule) -> Ranked:
    ordered = sorted(ballots, key=lambda score: (points(score, rule), score.member))
    drops = rule.drops_extremes and len(ordered) >= _FEWEST_TO_DROP
    kept = ordered[1:-1] if drops else ordered
    dropped = (points(ordered[-1], rule), points(ordered[0], rule)) if drops else ()
    sums = (sum(one.urgent for one in kept), sum(one.wished for one in kept), sum(one.benefit for one in kept))
    result = Fraction(sum(points(one, rule) for one in kept), len(kept))
    return Ranked(
        place=0,
        project_id=project_id,
        name=name,
        ballots=len(ballots),
        sums=sums,
        dropped=dropped,
        result=result,
        arithmetic=_arithmetic(sums, len(kept), dropped, result, rule),
        full=10 * sum(_weights(rule)),
    )


def _placed(ranked: Ranked, place: int) -> Ranked:
    return replace(ranked, place=place)


def _key(ranked: Ranked, rule: ScoringRule) -> tuple[Fraction, ...]:
    averages = dict(zip((name for name, _ in CRITERIA), ranked.sums, strict=True))
    return (ranked.result, *(Fraction(averages[name], ranked.counted) for name in rule.ties))


def _negated(key: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(-part for part in key)


def _weights(rule: ScoringRule) -> tuple[int, int, int]:
    return rule.urgent, rule.wished, rule.benefit


def _weighted(label: str, weight: int) -> str:
    return label if weight == 1 else f"{label}×{weight}"


def _arithmetic(
    sums: tuple[int, int, int], counted: int, dropped: tuple[int, ...], result: Fraction, rule: ScoringRule
) -> str:
    parts = "＋".join(
        _weighted(f"{label}{total}", weight)
        for (_, label), total, weight in zip(CRITERIA, sums, _weights(rule), strict=True)
    )
    left_out = f"去掉最高{dropped[0]}分、最低{dropped[1]}分各一票；" if dropped else ""
    return f"{left_out}（{parts}）÷{counted}票＝{two_decimals(result)}分"
