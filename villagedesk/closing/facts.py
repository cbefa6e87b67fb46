"""What a month was closed with, kept as JSON in its closing: sums, what was passed over, its papers."""

import json
from collections.abc import Mapping
from typing import Any

from villagedesk.closing.model import FundSum, MonthFigures
from villagedesk.ledger.model import Closing

_FUND_KEYS = ("fund_id", "name", "owner", "opening_fen", "in_fen", "out_fen", "carried_fen")
_COUNTS = ("bank_fen", "cash_fen", "advanced_fen", "arrivals", "vouchers", "reversals", "first", "last")


def kept_figures(closing: Closing) -> MonthFigures:
    """Return the sums a month was closed with."""
    facts = facts_of(closing)
    funds = tuple(FundSum(*(line[name] for name in _FUND_KEYS)) for line in facts["funds"])
    return MonthFigures(funds, *(facts[name] for name in _COUNTS))


def plain_figures(figures: MonthFigures) -> dict[str, Any]:
    """Return sums as JSON-ready data, with each fund's closing for whoever reads it without the program."""
    funds = [
        {name: getattr(fund, name) for name in _FUND_KEYS} | {"closing_fen": fund.closing_fen} for fund in figures.funds
    ]
    return {"funds": funds} | {name: getattr(figures, name) for name in _COUNTS}


def facts_of(closing: Closing) -> dict[str, Any]:
    """Return what a closing was closed with: sums, what was passed over, its papers by title."""
    facts: dict[str, Any] = json.loads(closing.facts)
    return facts


def passed_over(closing: Closing) -> list[str]:
    """Return what was not seen to when the month was closed, each a sentence."""
    return list(facts_of(closing).get("passed_over", ()))


def papers_of(closing: Closing) -> Mapping[str, str]:
    """Return the papers that were drawn when the month was closed: title and attachment."""
    return dict(facts_of(closing).get("papers", ()))
