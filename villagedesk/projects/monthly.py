"""A quarter's score made of its months: which months there was work in, and their mean, told for anybody to recount."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from villagedesk.kernel.dates import Period
from villagedesk.projects.bands import times
from villagedesk.projects.model import Contract, Inspection, Post


def works_in(subject: Post | Contract, period: Period) -> bool:
    """Tell whether a post is held, or a contract runs, on some day of a period."""
    return subject.first_day <= period.last and (subject.last_day is None or subject.last_day >= period.first)


def months_of(period: Period) -> list[Period]:
    """Return the months of a period within one year, the first first."""
    return [Period(period.year, period.first_month + place, 1) for place in range(period.months)]


def quarter_of(month: Period) -> Period:
    """Return the quarter a month lies in."""
    return Period.quarter_of(month.first)


def worked_months(subject: Post | Contract, quarter: Period) -> list[Period]:
    """Return the months of a quarter in which there was work: only these are scored."""
    return [month for month in months_of(quarter) if works_in(subject, month)]


def mean_of(months: Sequence[Inspection], passes_from: int) -> Inspection:
    """Return a quarter's assessment made of those of its months, one or more in their order; the mean in whole points.

    Half a point counts as one; the note has the arithmetic. It is dated by the last of them.
    """
    quarter = quarter_of(Period.parse(months[0].period))
    score = times(1, Fraction(sum(month.score for month in months), len(months)))
    return replace(
        max(months, key=lambda month: month.inspected_on),
        id="", version=0, village_id="", period=str(quarter), score=score, is_passed=score >= passes_from, template="",
        inspectors="、".join(dict.fromkeys(name for month in months for name in _names(month.inspectors))),
        note=mean_told([(_label(month.period), month.score) for month in months]),
    )  # fmt: skip


def mean_told(scores: Sequence[tuple[str, int]]) -> str:
    """Return how months make a quarter: 各月平均：（1月92分＋2月88分＋3月89分）÷3＝89.67分，四舍五入90分."""
    if len(scores) == 1:
        return f"只有{scores[0][0]}有活，得{scores[0][1]}分"
    mean = Fraction(sum(score for _, score in scores), len(scores))
    whole = times(1, mean)
    parts = "＋".join(f"{name}{score}分" for name, score in scores)
    if mean == whole:
        return f"各月平均：（{parts}）÷{len(scores)}＝{whole}分"
    hundredths = times(100, mean)
    shown = f"{hundredths // 100}.{hundredths % 100:02d}"
    return f"各月平均：（{parts}）÷{len(scores)}＝{shown}分，四舍五入{whole}分"


def _label(period: str) -> str:
    return f"{Period.parse(period).first_month}月"


def _names(written: str) -> Iterable[str]:
    return (name for name in written.replace("，", "、").replace(",", "、").split("、") if name.strip())
