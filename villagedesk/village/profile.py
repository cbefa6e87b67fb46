"""The rule profile: regional numbers as data, each with its source and the day it was read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from villagedesk.kernel.workdays import DayKind
from villagedesk.village.moneyrules import Chain, Need, SplitRule, parse_chains, parse_needs, parse_splits
from villagedesk.village.monthrules import ClosingRule, parse_closing
from villagedesk.village.profiletext import profile_text
from villagedesk.village.workrules import WorkRules, parse_works


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people: strictly more than ``fraction``, or at least it."""

    fraction: Fraction
    is_strict: bool
    of_entitled: bool = False

    def is_reached(self, count: int, whole: int) -> bool:
        """Tell, in exact arithmetic, whether ``count`` of ``whole`` reaches the share."""
        return count > self.fraction * whole if self.is_strict else count >= self.fraction * whole

    @property
    def label(self) -> str:
        """The share in words: 半数, 三分之二."""
        return _SHARE_WORDS.get(self.fraction, f"{self.fraction.denominator}分之{self.fraction.numerator}")


_SHARE_WORDS = {
    Fraction(1, 2): "半数",
    Fraction(2, 3): "三分之二",
    Fraction(3, 4): "四分之三",
    Fraction(1, 3): "三分之一",
}


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """When a meeting counts and when a motion passes. ``source`` is the text it rests on."""

    basis: str
    quorum: Share
    passes: Share
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """How the council's scores make a ranking: weights of 急需, 急盼, 受益直接; ``ties`` names what tells equals apart."""

    urgent: int
    wished: int
    benefit: int
    drops_extremes: bool
    ties: tuple[str, ...]
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class PaymentRule:
    """Limits on paying out. Money in fen; ``improper_invoices`` are kinds that need an excuse.

    ``wage_words`` in a purpose mean that people are paid for work, which never goes out in cash.
    """

    cash_limit_fen: int
    improper_invoices: tuple[str, ...]
    negative_words: tuple[str, ...]
    wage_words: tuple[str, ...]
    cash_source: str
    invoice_source: str
    purpose_source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class CashRule:
    """How much cash may lie in the box in fen, and after how many days an advance and an uncashed item are late."""

    most_fen: int
    advance_days: int
    uncashed_days: int
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """How notices are numbered, and how soon objections are answered, in days of ``day_kind``."""

    series: str
    objection_days: int
    day_kind: DayKind
    patience_days: int
    source: str
    as_of: date


class Rhythm(StrEnum):
    """How often a kind of notice is made: for each period of a length, after an event, or when somebody wishes."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"
    FREE = "free"

    @property
    def label(self) -> str:
        """The Chinese name of the rhythm."""
        return {"month": "每月", "quarter": "每季度", "year": "每年", "event": "随时", "free": "需要时"}[self]


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """When notices of a kind are due and how long they hang.

    ``due_days`` counts calendar days from the end of the period, or from the event: 15 after a quarter is the 15th of
    the next. They hang ``on_board_days`` days of ``day_kind``. ``is_required`` says whether a missing one is overdue.
    ``basis`` is what the kind rests on where that is not what its slot rests on.
    """

    kind: str
    rhythm: Rhythm
    due_days: int
    on_board_days: int
    day_kind: DayKind
    is_required: bool
    source: str
    as_of: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LevyRule:
    """Caps on 一事一议: fen and days of work a head and year."""

    most_fen: int
    most_days: int
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class PersonalRule:
    """What is done with one sort of personal data. ``columns`` name where the books hold it (table.column).

    ``shapes`` are patterns of what it looks like, figures only: what has one is looked for in every text of a sheet.
    ``board`` is "never", or "namesakes": the last four figures where two people of one name stand on a sheet.
    ``mask`` stands in its place; ``elsewhere`` says where it is shown and how.
    """

    what: str
    columns: tuple[str, ...]
    shapes: tuple[str, ...]
    board: str
    mask: str
    elsewhere: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A slot of the five disclosures as shipped."""

    number: int
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All rules of a place. ``version`` is kept with every record they judged."""

    name: str
    version: str
    meetings: Mapping[str, MeetingRule]
    bases_of_body: Mapping[str, tuple[str, ...]]
    scoring: ScoringRule
    payments: PaymentRule
    cash: CashRule
    disclosure: DisclosureRule
    slots: tuple[SlotRule, ...]
    notices: Mapping[str, NoticeRule]
    levies: LevyRule
    personal: tuple[PersonalRule, ...]
    closing: ClosingRule
    chains: Mapping[str, Chain]
    needs: tuple[Need, ...]
    splits: SplitRule
    works: WorkRules


@cache
def load(name: str = "default") -> Profile:
    """Return the shipped profile ``name``. Raises FileNotFoundError or KeyError when it is missing or incomplete."""
    return parse(tomllib.loads(profile_text(name)))


def parse(data: Mapping[str, Any]) -> Profile:
    """Return the profile a TOML document holds. Raises KeyError naming what is missing."""
    scoring, payments, disclosure = data["scoring"], data["payments"], data["disclosure"]
    return Profile(
        name=data["name"],
        version=data["version"],
        meetings={basis: _meeting(basis, rule) for basis, rule in data["meetings"].items()},
        bases_of_body={body: tuple(bases) for body, bases in data["bodies"].items()},
        scoring=ScoringRule(
            **scoring["weights"],
            drops_extremes=scoring["drops_extremes"],
            ties=tuple(scoring["ties"]),
            source=scoring["source"],
            as_of=scoring["as_of"],
        ),
        payments=PaymentRule(
            cash_limit_fen=payments["cash_limit_fen"],
            improper_invoices=tuple(payments["improper_invoices"]),
            negative_words=tuple(payments["negative_words"]),
            wage_words=tuple(payments["wage_words"]),
            cash_source=payments["cash_source"],
            invoice_source=payments["invoice_source"],
            purpose_source=payments["purpose_source"],
            as_of=payments["as_of"],
        ),
        cash=CashRule(**data["cash"]),
        disclosure=DisclosureRule(
            series=disclosure["series"],
            objection_days=disclosure["objection_days"],
            day_kind=DayKind(disclosure["day_kind"]),
            patience_days=disclosure["patience_days"],
            source=disclosure["source"],
            as_of=disclosure["as_of"],
        ),
        slots=tuple(SlotRule(**slot) for slot in data["slots"]),
        notices={kind: _notice(kind, rule) for kind, rule in data["notices"].items()},
        levies=LevyRule(**data["levies"]),
        personal=tuple(_personal(rule) for rule in data["personal"]),
        closing=parse_closing(data["closing"]),
        chains=parse_chains(data["chains"]),
        needs=parse_needs(data["needs"]),
        splits=parse_splits(data["splits"]),
        works=parse_works(data),
    )


def _notice(kind: str, rule: Mapping[str, Any]) -> NoticeRule:
    return NoticeRule(
        kind=kind,
        rhythm=Rhythm(rule["rhythm"]),
        due_days=rule["due_days"],
        on_board_days=rule["on_board_days"],
        day_kind=DayKind(rule["day_kind"]),
        is_required=rule["is_required"],
        source=rule["source"],
        as_of=rule["as_of"],
        basis=rule.get("basis", ""),
    )


def _personal(rule: Mapping[str, Any]) -> PersonalRule:
    return PersonalRule(**{**rule, "columns": tuple(rule["columns"]), "shapes": tuple(rule["shapes"])})


def _meeting(basis: str, rule: Mapping[str, Any]) -> MeetingRule:
    return MeetingRule(basis, _share(rule["quorum"]), _share(rule["passes"]), rule["source"], rule["as_of"])


def _share(data: Mapping[str, str]) -> Share:
    is_strict = "more_than" in data
    fraction = Fraction(data["more_than" if is_strict else "at_least"])
    return Share(fraction, is_strict, data.get("of") == "entitled")
