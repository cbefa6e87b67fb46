"""What a person does with cash and bank: move money, give and settle advances, hold the books against what is there."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.ledger import counting, rules, store
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Settlement, Statement, StatementKind, Uncashed
from villagedesk.ledger.settling import set_off
from villagedesk.payments.model import Claim, PayWay, Voucher
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import rules as village_rules
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Purse, Role
from villagedesk.village.purse import lowest


def move_findings(desk: Desk, move: CashMove) -> list[Finding]:
    """Return all that stands against taking money from the bank or putting it there, for form and deed alike."""
    source = Purse.BANK if move.kind is CashMoveKind.WITHDRAWN else Purse.CASH
    findings = [*rules.some_money(move.amount_fen), *rules.has_come(move.moved_on, _today(desk), "moved_on")]
    findings += village_rules.enough_in(source, move.amount_fen, lowest(desk, source, move.moved_on))
    if move.kind is CashMoveKind.WITHDRAWN:
        cash = store.held(desk, Book.CASH, move.moved_on) + move.amount_fen
        findings += rules.within_limit(cash, village_store.profile(desk).cash)
    return findings


def record_cash_move(desk: Desk, move: CashMove, reason: str = "") -> CashMove:
    """Write down money taken from the bank into the cash box, or put back (提取现金、存入银行).

    Raises RuleViolation when it is unsound or the money is not there, and without a ``reason`` above the cash limit.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change(f"ledger.cash.{move.kind}", reason=reason) as change:
        stop_at(move_findings(desk, move), reason)
        return change.put(replace(move, made_by=actor.id))


def advance_findings(desk: Desk, advance: Advance) -> list[Finding]:
    """Return all that stands against giving an advance, for form and deed alike."""
    source = Purse.CASH if advance.pay_way is PayWay.CASH else Purse.BANK
    rule, today = village_store.profile(desk).cash, _today(desk)
    findings = [*rules.some_money(advance.amount_fen), *rules.has_come(advance.given_on, today, "given_on")]
    findings += rules.sound_advance(advance.taker, advance.purpose, advance.given_on, advance.due_on, rule)
    findings += village_rules.enough_in(source, advance.amount_fen, lowest(desk, source, advance.given_on))
    findings += rules.former_settled(advance.taker.strip(), store.advance_lines(desk, today))
    return findings


def give_advance(desk: Desk, advance: Advance, reason: str = "") -> Advance:
    """Give money beforehand (预借), to be accounted for by its day.

    Raises RuleViolation when it is unsound or the money is not there, and without a ``reason`` when an earlier one is
    still open or the day lies far off.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    advance = replace(advance, taker=advance.taker.strip(), made_by=actor.id)
    with desk.change("ledger.advance.given", reason=reason) as change:
        stop_at(advance_findings(desk, advance), reason)
        return change.put(advance)


def settle_findings(desk: Desk, advance_id: str, amount_fen: int, day: date) -> list[Finding]:
    """Return all that stands against taking back money of an advance, for form and deed alike."""
    advance = store.advance_line(desk, advance_id)
    findings = [*rules.some_money(amount_fen), *rules.has_come(day, _today(desk), "settled_on")]
    return [*findings, *rules.settled_within(amount_fen, advance, day, store.least_open(desk, advance, day))]


def settle_advance(
    desk: Desk, advance_id: str, amount_fen: int, day: date, pay_way: PayWay = PayWay.TRANSFER
) -> Settlement:
    """Take back money of an advance that was not spent. Raises RuleViolation for more than is open or a wrong day."""
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("ledger.advance.settled") as change:
        stop_at(settle_findings(desk, advance_id, amount_fen, day))
        return change.put(
            Settlement(advance_id=advance_id, settled_on=day, amount_fen=amount_fen, pay_way=pay_way, made_by=actor.id)
        )


def settle_by_voucher(desk: Desk, voucher_id: str) -> Settlement | None:
    """Set a posted voucher off against the advance its claim accounts for; None when it is, or there is nothing to.

    Posting does so by itself; this is for a voucher that was posted without.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("ledger.advance.spent") as change:
        if voucher_id not in store.unsettled_vouchers(desk):
            return None
        voucher = desk.get(Voucher, voucher_id)
        return set_off(desk, change, desk.get(Claim, voucher.claim_id), voucher)


def statement_findings(
    desk: Desk, statement: Statement, items: Sequence[Uncashed] = (), counted: Mapping[int, int] | None = None
) -> list[Finding]:
    """Return all that stands against holding a statement or a count against the books, for form and deed alike."""
    day = statement.stated_on
    findings = list(rules.has_come(day, _today(desk), "stated_on"))
    if statement.amount_fen < 0:
        findings += [Finding("ledger.statement", "余额不能是负数。", "amount_fen")]
    if statement.kind is StatementKind.CASH:
        findings += rules.sound_count(counted or {}, statement.amount_fen, statement.witness)
        findings += rules.two_count(statement.witness, desk.actor.name if desk.actor else "")
    for item in items:
        findings += rules.sound_item(item, day)
    books_fen = store.held(desk, Book(statement.kind), day)
    findings += rules.explained(statement.amount_fen, books_fen, items, statement.note)
    return findings


def assert_balance(
    desk: Desk,
    statement: Statement,
    items: Sequence[Uncashed] = (),
    counted: Mapping[int, int] | None = None,
    paper: Path | None = None,
) -> Statement:
    """Hold the bank's statement, or the cash that was ``counted``, against the books (对账、盘点).

    What the books say of that day is computed here and kept with it; ``items`` explain the difference (未达账项), a
    note says what is left unexplained. ``paper`` is the bank's sheet. Raises RuleViolation when it is unsound.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    content = paper.read_bytes() if paper else b""
    with desk.change(f"ledger.statement.{statement.kind}") as change:
        stop_at(statement_findings(desk, statement, items, counted))
        stored = change.put(
            replace(
                statement,
                books_fen=store.held(desk, Book(statement.kind), statement.stated_on),
                counted=counting.written(counted or {}),
                paper_id=_kept(change, paper, content),
                made_by=actor.id,
            )
        )
        change.put_all(replace(item, statement_id=stored.id) for item in items)
    return stored


def _kept(change: Change, paper: Path | None, content: bytes) -> str | None:
    if paper is None:
        return None
    return change.attach(paper.name, mimetypes.guess_type(paper.name)[0] or "application/octet-stream", content).id


def _today(desk: Desk) -> date:
    return desk.clock.now().date()
