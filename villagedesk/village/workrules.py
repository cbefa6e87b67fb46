"""What a score is worth and what it changes: bands of pay and next year's allocation, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Band:
    """From ``at_least`` points on the work is called ``name`` and ``ratio`` of what hangs on the score is paid.

    ``lowest`` is the share further deductions may bring it down to where the rule names one (不合格扣20%至50%).
    """

    at_least: int
    name: str
    ratio: Fraction
    lowest: Fraction | None = None


@dataclass(frozen=True, slots=True)
class BandRule:
    """Bands from the highest down to 0; ``fixed`` is the share that is paid whatever the score (80/20 is 4/5)."""

    key: str
    name: str
    fixed: Fraction
    bands: tuple[Band, ...]
    source: str
    as_of: date | None

    def band(self, score: int) -> Band:
        """Return the band a score from 0 to 100 lies in."""
        return next(band for band in self.bands if score >= band.at_least)

    def ratio(self, score: int) -> Fraction:
        """Return the share of the whole fee that a score is worth, the fixed share counted in."""
        return self.of_whole(self.band(score).ratio)

    def of_whole(self, ratio: Fraction) -> Fraction:
        """Return the share of the whole fee when ``ratio`` of what hangs on the score is paid."""
        return self.fixed + (1 - self.fixed) * ratio

    @property
    def label(self) -> str:
        """The bands in words: 90分以上全付，70分以上付80%，70分以下付50%."""
        words = "，".join(f"{reach}{_paid(band.ratio)}" for reach, band in reaches(self.bands))
        lead = f"{in_percent(self.fixed)}固定发，{in_percent(1 - self.fixed)}按得分：" if self.fixed else ""
        return lead + words


IN_FULL = BandRule("", "全额", Fraction(0), (Band(0, "全额", Fraction(1)),), "合同没有约定按得分付款", None)
"""What a contract or post without bands follows: the score changes nothing."""


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """How last year's evaluation changes next year's proposed budget: the factor of the first band reached.

    Scores are the year's, in points; nothing is evaluated below a band, so 0 is the last.
    """

    bands: tuple[Band, ...]
    unscored: Fraction
    source: str
    as_of: date

    def band(self, tenths: int) -> Band:
        """Return the band of a yearly score in tenths of a point."""
        return next(band for band in self.bands if tenths >= 10 * band.at_least)


@dataclass(frozen=True, slots=True)
class EvaluationRule:
    """What a year's score is made of, in parts of a whole: assessments, other visits, villagers' satisfaction.

    Of the satisfied, each who said 好 counts whole and each who said 中 counts ``fair``.
    """

    assessments: int
    visits: int
    satisfaction: int
    fair: Fraction
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class PayShareRule:
    """What share of a post's pay is ``base`` pay, paid whatever the score."""

    base: Fraction
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """How a quarter is assessed: at once, or (``is_monthly``) month by month on ``sheet``, the mean being its score."""

    is_monthly: bool
    sheet: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class WorkRules:
    """The profile's rules about works: bands by key, the split of pay, quarters' and years' scores, allocation."""

    bands: Mapping[str, BandRule]
    pay_share: PayShareRule
    assessment: AssessmentRule
    evaluation: EvaluationRule
    allocation: AllocationRule


def parse_works(data: Mapping[str, Any]) -> WorkRules:
    """Return the rules about works of a profile's TOML document. Raises KeyError naming what is missing."""
    allocation, evaluation, assessment = data["allocation"], data["evaluation"], data["assessment"]
    return WorkRules(
        bands={key: _rule(key, rule) for key, rule in data["bands"].items()},
        pay_share=PayShareRule(**{**data["pay_share"], "base": Fraction(data["pay_share"]["base"])}),
        assessment=_assessment(assessment),
        evaluation=EvaluationRule(**{**evaluation, "fair": Fraction(evaluation["fair"])}),
        allocation=AllocationRule(
            bands=_bands(allocation["steps"], "factor"),
            unscored=Fraction(allocation["unscored"]),
            source=allocation["source"],
            as_of=allocation["as_of"],
        ),
    )


def reaches(bands: tuple[Band, ...]) -> list[tuple[str, Band]]:
    """Return each band after its reach in words: 90分以上, 70分以上, 70分以下."""
    above = [band.at_least for band in bands]
    return [
        (f"{band.at_least}分以上" if band.at_least or not place else f"{above[place - 1]}分以下", band)
        for place, band in enumerate(bands)
    ]


def in_percent(share: Fraction) -> str:
    """Return a share in per cent as people write it: ``"80%"``, ``"87.5%"``; as a fraction where that is not exact."""
    hundredths, left = divmod(share.numerator * 10_000, share.denominator)
    if left:
        return f"{share.numerator}/{share.denominator}"
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def _rule(key: str, rule: Mapping[str, Any]) -> BandRule:
    fixed = Fraction(rule.get("fixed", 0))
    return BandRule(key, rule["name"], fixed, _bands(rule["steps"], "ratio"), rule["source"], rule["as_of"])


def _assessment(rule: Mapping[str, Any]) -> AssessmentRule:
    if rule["by"] not in ("quarter", "month"):
        raise ValueError("work is assessed by quarter or by month")
    return AssessmentRule(rule["by"] == "month", rule["sheet"], rule["source"], rule["as_of"])


def _bands(steps: list[Mapping[str, Any]], share: str) -> tuple[Band, ...]:
    bands = [
        Band(step["at_least"], step["name"], Fraction(step[share]), _lowest(step)) for step in steps
    ]  # from the highest down; the last begins at 0, or a low score would be worth nothing anybody said
    if [band.at_least for band in bands] != sorted({band.at_least for band in bands}, reverse=True):
        raise ValueError("bands must fall")
    if bands[-1].at_least != 0:
        raise ValueError("the last band must begin at 0")
    return tuple(bands)


def _lowest(step: Mapping[str, Any]) -> Fraction | None:
    return Fraction(step["lowest"]) if "lowest" in step else None


def _paid(ratio: Fraction) -> str:
    return "全付" if ratio == 1 else f"付{in_percent(ratio)}" if ratio else "不付"
