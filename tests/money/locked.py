"""A village whose January is closed, full of everything, for the doors that are tried on it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.closing.months import a_month, agreed, closed, ruled
from tests.payments.paying import YUAN
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Closing, Settlement, Statement, StatementKind
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Opening

IN_JANUARY = date(2026, 1, 20)
DATED = ("arrivals", "openings", "advances", "vouchers", "cash_moves", "settlements", "statements")
RECORDED = ("vouchers", "claims", "reviews", "approvals", "arrivals", "closings", "reopenings")


@dataclass
class Locked:
    """A village whose January is closed, with a row of January in every dated table."""

    desk: Desk
    project: Project
    closing: Closing


@pytest.fixture
def locked(desk: Desk, clock: SetClock) -> Locked:
    """January, full of everything, closed; a reopening was asked for and refused; it is February."""
    project, voucher = a_month(desk, clock)
    officer = desk.actor.id if desk.actor else ""
    with desk.change("test.january") as change:
        change.put(Opening(fund_id=project.fund_id or "", opened_on=IN_JANUARY, amount_fen=5 * YUAN, document="旧账"))
        change.put(CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=IN_JANUARY, amount_fen=900 * YUAN, made_by=officer))
        given = Advance(
            taker="王桂香", given_on=IN_JANUARY, due_on=date(2026, 3, 1), amount_fen=300 * YUAN, purpose="买灯泡",
            made_by=officer,
        )  # fmt: skip
        advance = change.put(given)
        part = Settlement(
            advance_id=advance.id, settled_on=IN_JANUARY, voucher_id=voucher.id, amount_fen=300 * YUAN, made_by=officer
        )
        change.put(part)
        for kind in StatementKind:
            change.put(Statement(kind=kind, stated_on=IN_JANUARY, amount_fen=0, books_fen=0, note="x", made_by=officer))
    closing = closed(desk)
    ruled(desk, agreed(desk, closing), Ruling.RETURNED)
    return Locked(desk, project, closing)


def everything(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return all recorded money of a desk, to be compared."""
    return {table: [tuple(row) for row in desk.rows(f"SELECT * FROM {table}")] for table in {*DATED, *RECORDED}}


def in_chinese(words: object) -> bool:
    """Tell whether a refusal is a Chinese sentence without a word of the machine."""
    return re.search(r"[一-鿿]", str(words)) is not None and re.search(r"[a-z]{4}", str(words)) is None
