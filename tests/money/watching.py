"""What must hold of a village's money after whatever was done to it; each looks at the file itself, not at a sum kept."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

from villagedesk.ledger.books import day_book, entries
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.figures import Book
from villagedesk.ledger.store import advance_lines, holdings
from villagedesk.payments.unsigned import unsigned
from villagedesk.projects.model import Contract
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Purse
from villagedesk.village.purse import lowest
from villagedesk.village.store import fund_balances

FOR_EVER = (
    "arrivals", "openings", "vouchers", "contracts", "inspections", "reviews", "approvals", "verdicts", "payrolls", "payroll_lines", "advances",
    "settlements", "cash_moves", "statements", "uncashed", "budget_changes", "budget_lines", "closings", "answers",
    "past_expenses", "batches", "batch_lines", "bank_answers", "issuances", "postings", "takedowns", "filings",
)  # fmt: skip
"""What is recorded from its first moment on, and a closed month."""

_NOTICE = "id, slot, kind, period, topic_id, title, facts, made_by, corrects_id"
_FACTS = "id, spent_on, project_id, fund_id, payee, amount_fen, purpose, invoice_number, made_by, excuse"
_SELF_CHECKED = (
    "SELECT count(*) FROM reviews r JOIN claims c ON c.id = r.subject_id WHERE r.given_by = c.made_by",
    "SELECT count(*) FROM approvals a JOIN claims c ON c.id = a.claim_id WHERE a.given_by = c.made_by",
    "SELECT count(*) FROM reviews r JOIN notices n ON n.id = r.subject_id WHERE r.given_by = n.made_by",
    "SELECT count(*) FROM closings WHERE closed_by = prepared_by",
    "SELECT count(*) FROM reopenings WHERE agreed_by = asked_by",
    """SELECT count(*) FROM vouchers v JOIN claims c ON c.id = v.claim_id WHERE NOT EXISTS (
           SELECT 1 FROM reviews r WHERE r.subject_id = c.id AND r.outcome = 'passed' AND r.given_by <> c.made_by)""",
    """SELECT count(*) FROM issuances i JOIN notices n ON n.id = i.notice_id WHERE NOT EXISTS (
           SELECT 1 FROM reviews r WHERE r.subject_id = n.id AND r.outcome = 'passed' AND r.given_by <> n.made_by)""",
)
_UNLIKE_ITS_CLAIM = (
    """SELECT count(*) FROM vouchers v JOIN claims c ON c.id = v.claim_id WHERE c.state <> 'paid' OR
        (c.payee, c.purpose, c.project_id, c.fund_id) IS NOT (v.payee, v.purpose, v.project_id, v.fund_id)
        OR abs(v.amount_fen) <> c.amount_fen""",
    """SELECT count(*) FROM vouchers v JOIN vouchers r ON r.reverses_id = v.id
        WHERE r.claim_id <> v.claim_id OR r.amount_fen <> -v.amount_fen""",
    """SELECT count(*) FROM claims c WHERE (c.state = 'paid') <> (
        SELECT count(*) FROM vouchers v WHERE v.claim_id = c.id AND v.reverses_id IS NULL)""",
)
_IN_JOURNAL = """
SELECT table_name, json_extract(body, '$.fund_id') AS fund_id, sum(json_extract(body, '$.amount_fen')) FROM journal
 WHERE table_name IN ('vouchers', 'arrivals', 'openings') AND version = 1 GROUP BY 1, 2"""
_IN_TABLES = " UNION ALL ".join(
    f"SELECT '{table}', fund_id, sum(amount_fen) FROM {table} GROUP BY fund_id"
    for table in ("vouchers", "arrivals", "openings")
)
_MOVES = """
SELECT fund_id, arrived_on AS day, amount_fen FROM arrivals
 UNION ALL SELECT fund_id, opened_on, amount_fen FROM openings
 UNION ALL SELECT from_fund_id, opened_on, -amount_fen FROM openings WHERE from_fund_id IS NOT NULL
 UNION ALL SELECT fund_id, posted_on, -amount_fen FROM vouchers"""
_ANSWERED = """
SELECT l.payroll_line_id, l.rowid, (SELECT a.outcome FROM bank_answers a WHERE a.batch_line_id = l.id
                                     ORDER BY a.rowid DESC LIMIT 1) FROM batch_lines l ORDER BY 1, 2"""

_PAY_OFF_THE_BOOKS = """
SELECT r.claim_id FROM vouchers r JOIN claims c ON c.id = r.claim_id
 WHERE r.reverses_id IS NOT NULL AND c.payroll_id IS NOT NULL
   AND (SELECT sum(v.amount_fen) FROM vouchers v JOIN claims k ON k.id = v.claim_id WHERE k.payroll_id = c.payroll_id) = 0
   AND 'paid' IN (SELECT (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1)
                    FROM batch_lines l JOIN batches b ON b.id = l.batch_id WHERE b.payroll_id = c.payroll_id)
"""
_PARTS = """
SELECT c.inspection_id, i.contract_id, i.score, c.amount_fen FROM claims c LEFT JOIN inspections i ON i.id = c.inspection_id
 WHERE c.contract_id = ? AND c.state NOT IN ('draft', 'refused', 'withdrawn') AND NOT EXISTS (
       SELECT 1 FROM vouchers v JOIN vouchers r ON r.reverses_id = v.id WHERE v.claim_id = c.id)"""


def no_fund_overdrawn(desk: Desk) -> None:
    """A fund pays out only what it holds, on every day."""
    moves: dict[str, dict[str, int]] = {}
    for fund, day, fen in desk.rows(_MOVES):
        days = moves.setdefault(fund, {})
        days[day] = days.get(day, 0) + fen
    for fund, days in moves.items():
        assert min(accumulate(fen for _, fen in sorted(days.items()))) >= 0, (fund, days)


def bank_and_cash_never_below_nothing(desk: Desk) -> None:
    """Neither the bank nor the box ever held less than nothing; what is remembered of them is what the books say."""
    for book in Book:
        run = day_book(desk, book, date.min + timedelta(days=1), date.max)
        ends = {entry.day: entry.balance_fen for entry in entries(desk, run)}
        assert min(ends.values(), default=0) >= 0, f"{book.label}: {ends}"
        assert lowest(desk, Purse(book), date.max) == run.totals.closing_fen
        assert lowest(desk, Purse(book), date.min) == min(0, *ends.values(), 0)


def the_three_places_make_the_funds(desk: Desk) -> None:
    """What the funds hold lies in the bank, in the box, or with somebody who took an advance."""
    there = holdings(desk, date.max)
    assert there.total_fen == sum(balance.left_fen for balance in fund_balances(desk))
    assert there.advanced_fen == sum(one.open_fen for one in advance_lines(desk, date.max))
    for day in {row[0] for row in desk.rows("SELECT settled_on FROM settlements")}:
        lines = advance_lines(desk, date.fromisoformat(day))
        assert all(one.open_fen >= 0 for one in lines), f"{day}: more came back than was given"


def pay_arrives_once(desk: Desk) -> None:
    """Nothing goes to the bank a second time unless it failed or came back."""
    sent: dict[str, list[str | None]] = {}
    for pay, _, outcome in desk.rows(_ANSWERED):
        sent.setdefault(pay, []).append(outcome)
    for outcomes in sent.values():
        assert set(outcomes[:-1]) <= {"failed", "bounced"}, outcomes


def sums_are_the_journals(desk: Desk) -> None:
    """What the books say was paid, came and was begun with is what playing the journal back gives."""
    assert sorted(map(tuple, desk.rows(_IN_JOURNAL))) == sorted(map(tuple, desk.rows(_IN_TABLES)))
    paid = {row[1]: row[2] for row in desk.rows(_IN_JOURNAL) if row[0] == "vouchers"}
    for balance in fund_balances(desk):
        assert balance.paid_fen == paid.get(balance.fund.id, 0)


def numbers_run_on(desk: Desk) -> None:
    """Vouchers and receipts of a year are numbered from 1 without gap, and vouchers dated in that order."""
    for table, day in (("vouchers", "posted_on"), ("arrivals", "arrived_on")):
        years: dict[int, list[tuple[int, str]]] = {}
        for row in desk.rows(f"SELECT year, number, {day} FROM {table} WHERE number > 0 ORDER BY year, number"):
            years.setdefault(row[0], []).append((row[1], row[2]))
        for found in years.values():
            assert [number for number, _ in found] == list(range(1, len(found) + 1))
            if table == "vouchers":
                assert all(one[1] <= other[1] for one, other in pairwise(found))


def nobody_checks_themselves(desk: Desk) -> None:
    """Maker and checker are two people, everywhere."""
    for question in _SELF_CHECKED:
        assert desk.value(question) == 0, question


def what_is_paid_was_claimed_and_signed(desk: Desk) -> None:
    """A voucher pays a claim, whole, to whom and for what it says; everybody of its chain has passed it."""
    for question in _UNLIKE_ITS_CLAIM:
        assert desk.value(question) == 0, question
    assert not list(unsigned(desk, desk.office_id, date.min))


def closed_months_stand(desk: Desk) -> None:
    """A closed month has the sums it was closed with."""
    assert altered_months(desk) == []


def contracts_pay_by_their_scores(desk: Desk) -> None:
    """Each part of a contract paid by score rests on a visit of its own, and comes to no more than that was worth."""
    for contract in desk.find(Contract, "bands = 'three'"):
        parts = desk.rows(_PARTS, [contract.id])
        assert len(parts) <= contract.cycles
        assert len({visit for visit, _, _, _ in parts}) == len(parts), "one visit pays twice"
        for _, about, score, fen in parts:
            assert about == contract.id, "somebody else's visit"
            percent = 100 if score >= 90 else 90 if score >= 70 else 80
            assert 100 * fen <= percent * (contract.amount_fen // contract.cycles)


def pay_taken_off_the_books(desk: Desk) -> set[str]:
    """Return the claims for pay sheets that the bank has paid and no voucher books: a reversal may do that, and is told."""
    return {row[0] for row in desk.rows(_PAY_OFF_THE_BOOKS)}


class Recorded:
    """Every row that was ever recorded, as it was then."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[object, ...]] = {}

    def look(self, desk: Desk) -> None:
        """Compare what was recorded with what stands there now, and take in what is new."""
        for table in FOR_EVER:
            where = "state = 'closed'" if table == "closings" else "1"
            self._take(table, desk.rows(f"SELECT id, * FROM {table} WHERE {where}"))
        self._take("claims", desk.rows(f"SELECT {_FACTS} FROM claims WHERE state <> 'draft'"))
        self._take("notices", desk.rows(f"SELECT {_NOTICE} FROM notices WHERE state <> 'draft'"))
        self._take("imports", desk.rows("SELECT id, kind, file_name, attachment_id, count, made_by FROM imports"))

    def _take(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        found = {(table, str(row[0])): tuple(row) for row in rows}
        known = {key: row for key, row in self._rows.items() if key[0] == table}
        assert known.keys() <= found.keys(), f"{table}: something recorded is gone"
        assert all(found[key] == row for key, row in known.items()), f"{table}: something recorded is another"
        self._rows |= found


CHECKS = (
    no_fund_overdrawn,
    bank_and_cash_never_below_nothing,
    the_three_places_make_the_funds,
    pay_arrives_once,
    sums_are_the_journals,
    numbers_run_on,
    nobody_checks_themselves,
    what_is_paid_was_claimed_and_signed,
    closed_months_stand,
    contracts_pay_by_their_scores,
)
