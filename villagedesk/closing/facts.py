"""What a month was closed with, kept as JSON in its closing: sums, what was passed over, its papers."""

import json
from collections.abc import Mapping
from typing import Any

from villagedesk.ledger.model import Closing
from villagedesk.ledger.monthfigures import COUNTS, FUND_KEYS, MonthFigures


def plain_figures(figures: MonthFigures) -> dict[str, Any]:
    """Return sums as JSON-ready data, with each fund's closing for whoever reads it without the program."""
    funds = [
        {name: getattr(fund, name) for name in FUND_KEYS} | {"closing_fen": fund.closing_fen} for fund in figures.funds
    ]
    return {"funds": funds} | {name: getattr(figures, name) for name in COUNTS}


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
