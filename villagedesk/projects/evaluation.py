"""A year's score and ranking of works, contracts and posts: exact arithmetic, told so that anybody can recount it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Inspection, InspectionKind, Survey
from villagedesk.village.workrules import EvaluationRule, in_percent


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose year is scored: a record of ``table`` with a name, the visits about it and the surveys that count."""

    table: str
    id: str
    name: str
    visits: tuple[Inspection, ...]
    surveys: tuple[Survey, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A subject's score of a year in tenths of a point with its place in the ranking."""

    subject: Subject
    tenths: int
    place: int
    arithmetic: str


def ranking(subjects: Iterable[Subject], rule: EvaluationRule) -> list[Score]:
    """Return the scores of the subjects anything is known about, the best first; equal scores share their place."""
    found = [(subject, *scored) for subject in subjects if (scored := _scored(subject, rule))]
    return [
        Score(subject, tenths, 1 + sum(other > tenths for _, other, _ in found), words)
        for subject, tenths, words in sorted(found, key=lambda one: (-one[1], one[0].name))
    ]


def counting(visits: Sequence[Inspection]) -> list[Inspection]:
    """Return the assessments that count: of one subject and quarter the last, and each that is of no quarter.

    Months are counted in by their quarter's score once there is one.
    """
    last = _last(visits)
    return [visit for key, visit in last.items() if (quarter := _quarter(key)) is None or quarter not in last]


def counted_in(visits: Sequence[Inspection]) -> list[Inspection]:
    """Return the months' assessments whose quarter has its score, of each subject and month the last."""
    last = _last(visits)
    return [visit for key, visit in last.items() if (quarter := _quarter(key)) is not None and quarter in last]


def _last(visits: Sequence[Inspection]) -> dict[tuple[str, str], Inspection]:
    """Return each subject's last assessment of each period, and by itself each that is of none."""
    last: dict[tuple[str, str], Inspection] = {}
    for visit in visits:
        if visit.kind is InspectionKind.ASSESSMENT:
            subject = visit.post_id or visit.contract_id or visit.project_id
            last[(subject, visit.period) if visit.period else (visit.id, "")] = visit
    return last


def _quarter(key: tuple[str, str]) -> tuple[str, str] | None:
    """Return the key of the quarter a month lies in, None for what is no month."""
    subject, written = key
    period = Period.parse(written) if written else None
    return (subject, str(Period.quarter_of(period.first))) if period and period.months == 1 else None


def _scored(subject: Subject, rule: EvaluationRule) -> tuple[int, str] | None:
    """Return a subject's score in tenths and its arithmetic, None when nothing is known about its year."""
    looked = [visit for visit in subject.visits if visit.kind is not InspectionKind.ASSESSMENT]
    parts = [
        ("考核", rule.assessments, _mean([visit.score for visit in counting(subject.visits)])),
        ("检查", rule.visits, _mean([visit.score for visit in looked])),
        ("满意度", rule.satisfaction, _content(subject.surveys, rule)),
    ]
    known = [(name, weight, value) for name, weight, value in parts if value is not None and weight]
    if not known:
        return None
    whole = sum(weight for _, weight, _ in known)
    score = sum((weight * value[0] for _, weight, value in known), Fraction(0)) / whole
    tenths = _rounded(10 * score)
    told = "；".join(f"{name}{words}" for name, _, (_, words) in known)
    sums = "＋".join(f"{_points(value[0])}×{weight}" for _, weight, value in known)
    asked = "" if whole == sum(weight for _, weight, _ in parts) else "（没有的项目不计，权数按有的算）"
    return tenths, f"{told}。（{sums}）÷{whole}＝{_tenths(tenths)}分{asked}"


def _mean(scores: Sequence[int]) -> tuple[Fraction, str] | None:
    if not scores:
        return None
    mean = Fraction(sum(scores), len(scores))
    if len(scores) == 1:
        return mean, f"{scores[0]}分"
    return mean, f"（{'＋'.join(map(str, scores))}）÷{len(scores)}＝{_points(mean)}分"


def _content(surveys: Sequence[Survey], rule: EvaluationRule) -> tuple[Fraction, str] | None:
    """Return how content people are, of a hundred; who said nothing does not count."""
    good, fair = sum(survey.good for survey in surveys), sum(survey.fair for survey in surveys)
    answered = good + fair + sum(survey.poor for survey in surveys)
    if not answered:
        return None
    share = 100 * (good + fair * rule.fair) / answered
    words = f"（好{good}＋中{fair}×{in_percent(rule.fair)}）÷表态{answered}人×100＝{_points(share)}分"
    return Fraction(share), words


def _points(value: Fraction) -> str:
    """Return points with two decimals at most, rounded half up."""
    hundredths = _rounded(100 * value)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def _tenths(tenths: int) -> str:
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
