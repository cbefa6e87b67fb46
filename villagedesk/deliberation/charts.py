"""Decisions to look at, on the wall and in the window: how the votes fell, and the points of the ranking."""

from collections.abc import Iterable
from typing import Protocol

from villagedesk.deliberation.scoring import CRITERIA, Ranked, two_decimals
from villagedesk.reports.sheet import Bar, Chart
from villagedesk.village.profile import ScoringRule


class Vote(Protocol):
    """What is drawn of a vote."""

    @property
    def yes(self) -> int:
        """Votes for it."""

    @property
    def no(self) -> int:
        """Votes against it."""

    @property
    def abstain(self) -> int:
        """Votes for neither."""

    @property
    def is_passed(self) -> bool:
        """Whether it was carried."""


def votes_chart(votes: Iterable[tuple[int, Vote]], caption: str = "") -> Chart:
    """Return how the votes fell on each motion; it comes with its number on the agenda."""
    bars = (
        Bar(
            f"第{number}项",
            (vote.yes, vote.no, vote.abstain),
            f"同意{vote.yes}票，{'通过' if vote.is_passed else '未通过'}",
        )
        for number, vote in votes
    )
    return Chart(("同意", "反对", "弃权"), tuple(bars), caption)


def ranking_chart(ranked: Iterable[Ranked], rule: ScoringRule, caption: str = "") -> Chart:
    """Return each project's points by criterion, in hundredths, as they are weighted."""
    weights = (rule.urgent, rule.wished, rule.benefit)
    bars = (
        Bar(
            f"{one.place}. {one.name}",
            tuple(round(100 * weight * total / one.counted) for weight, total in zip(weights, one.sums, strict=True)),
            f"{two_decimals(one.result)}分",
        )
        for one in ranked
    )
    return Chart(tuple(name for _, name in CRITERIA), tuple(bars), caption)
