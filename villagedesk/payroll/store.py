"""Pay sheets, posts, attendance, batches and what the bank said of them, as they are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from villagedesk.kernel.dates import Period
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollLine
from villagedesk.payroll.filerows import SentRow, sent_rows
from villagedesk.payroll.model import BankAnswer, Batch, BatchLine, PayOutcome, Timesheet
from villagedesk.projects.living import LIVING, REVERSED
from villagedesk.projects.model import Post
from villagedesk.projects.store import posts_held
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, Person

_LAST_MONTH = """substr(p.period, 1, 4) * 100 + CASE WHEN substr(p.period, 5, 1) = 'Q' THEN substr(p.period, 6) * 3
                 WHEN length(p.period) = 4 THEN 12 ELSE substr(p.period, 6) END"""
"""SQL: the month in which a sheet's period ends, 202609 of 2026Q3 as of 2026-09."""
_LAST_LINE = "(SELECT b.rowid FROM batch_lines b WHERE b.payroll_line_id = l.id ORDER BY b.rowid DESC LIMIT 1)"
_LAST_WORD = "(SELECT a.rowid FROM bank_answers a WHERE a.batch_line_id = {0}.id ORDER BY a.rowid DESC LIMIT 1)"


class Standing(StrEnum):
    """Where a line's money is: not sent, at the bank, on the account, or come back."""

    WAITING = "waiting"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    BOUNCED = "bounced"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.WAITING: "未送银行",
    Standing.SENT: "已送银行，待回盘",
    Standing.PAID: "已到账",
    Standing.FAILED: "发放失败，待补发",
    Standing.BOUNCED: "退票，待补发",
}
TO_SEND = (Standing.WAITING, Standing.FAILED, Standing.BOUNCED)
"""Where a line stands that may go into a batch."""


@dataclass(frozen=True, slots=True)
class LineStanding:
    """A pay line with where its money is, and the last batch line it went out by."""

    line: PayrollLine
    standing: Standing
    reason: str = ""
    told_on: date | None = None
    sent: BatchLine | None = None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A pay sheet as a list shows it: its claim, and of how many lines the money is where."""

    payroll: Payroll
    project: str
    claim_id: str
    claim_state: ClaimState | None
    is_reversed: bool
    people: int
    waiting: int
    sent: int
    paid: int
    back: int

    @property
    def is_posted_only(self) -> bool:
        """Whether its voucher is posted and nobody on it was ever sent to the bank from here."""
        return self.claim_state is ClaimState.PAID and self.waiting == self.people

    @property
    def is_living(self) -> bool:
        """Whether its claim was neither refused, withdrawn nor reversed."""
        dead = (ClaimState.REFUSED, ClaimState.WITHDRAWN)
        return self.claim_state is not None and self.claim_state not in dead and not self.is_reversed


# Posts and attendance


def posts_in(desk: Desk, project_id: str, period: Period) -> list[Post]:
    """Return a project's posts that were held on a day of the period, in the order they were set up."""
    return [post for post in posts_held(desk, period) if post.project_id == project_id]


def timesheet_of(desk: Desk, post_id: str, month: str) -> Timesheet | None:
    """Return a post's attendance in a month, None when nothing was written down."""
    found = desk.find(Timesheet, "post_id = ? AND month = ?", [post_id, month])
    return found[0] if found else None


# Pay sheets


def sheet_ids(desk: Desk, text: str = "", order: str = "period", *, descending: bool = True) -> list[str]:
    """Return the ids of the office's pay sheets in the order asked for; ``text`` is looked for in title and people."""
    by = {
        "period": f"{_LAST_MONTH} {{0}}, p.rowid {{0}}",
        "title": "p.title {0}, p.rowid {0}",
        "total": "p.total_fen {0}, p.rowid {0}",
        "sheet_date": "p.sheet_date {0}, p.rowid {0}",
    }[order or "period"].format("DESC" if descending else "ASC")
    rows = desk.rows(
        f"""SELECT p.id FROM payrolls p WHERE p.village_id = :office AND (:text = '' OR instr(p.title, :text)
               OR EXISTS (SELECT 1 FROM payroll_lines l WHERE l.payroll_id = p.id AND instr(l.name, :text)))
             ORDER BY {by}""",
        {"office": desk.office_id, "text": text},
    )
    return [row[0] for row in rows]


def sheet_lines(desk: Desk, ids: Sequence[str]) -> list[SheetLine]:
    """Return pay sheets with their sums, in the order given."""
    return [_sheet_line(desk, payroll_id) for payroll_id in ids]


def sheet_line(desk: Desk, payroll_id: str) -> SheetLine:
    """Return one pay sheet with its sums. Raises KeyError when there is none."""
    return _sheet_line(desk, payroll_id)


def claim_of(desk: Desk, payroll_id: str) -> Claim | None:
    """Return the claim that pays a sheet: the living one, else the last one."""
    return desk.unchanged("claims_of_sheets", lambda: _claims_of_sheets(desk)).get(payroll_id)


def _claims_of_sheets(desk: Desk) -> dict[str, Claim]:
    """Return each sheet's claim by the sheet's id: read once for all sheets, as no index finds it."""
    rows = desk.rows(f"SELECT c.* FROM claims c WHERE c.payroll_id IS NOT NULL ORDER BY {LIVING}, c.rowid")
    return {row["payroll_id"]: Claim.from_row(row) for row in rows}  # the last of a sheet stays


def is_reversed(desk: Desk, claim_id: str) -> bool:
    """Tell whether a claim's voucher was taken back by a red one."""
    return desk.value(f"SELECT 1 FROM claims c WHERE c.id = ? AND {REVERSED}", [claim_id]) is not None


def living_sheets(desk: Desk, year: int) -> list[tuple[Payroll, list[PayrollLine]]]:
    """Return the pay sheets of a year whose claim was neither refused, withdrawn nor reversed, each with its lines."""
    rows = desk.rows(
        f"""SELECT p.id FROM payrolls p WHERE p.village_id = ? AND substr(p.period, 1, 4) = ?
               AND p.id IN (SELECT c.payroll_id FROM claims c WHERE c.payroll_id IS NOT NULL AND {LIVING})
             ORDER BY p.rowid""",
        [desk.office_id, str(year)],
    )
    return [(desk.get(Payroll, row[0]), lines_of(desk, row[0])) for row in rows]


def lines_of(desk: Desk, payroll_id: str) -> list[PayrollLine]:
    """Return a pay sheet's lines in their order."""
    return desk.find(PayrollLine, "payroll_id = ?", [payroll_id], "place")


# People


def people(desk: Desk, ids: Iterable[str]) -> dict[str, Person]:
    """Return villagers by id."""
    return {person_id: desk.get(Person, person_id) for person_id in dict.fromkeys(ids)}


def households(desk: Desk, members: Iterable[Person]) -> dict[str, Household]:
    """Return the households of these people by id."""
    return {one: desk.get(Household, one) for one in dict.fromkeys(person.household_id for person in members)}


def head_of(desk: Desk, household: Household) -> Person | None:
    """Return the head of a household as the register has it, None when nobody fits or more than one does."""
    members = desk.find(Person, "household_id = ? AND name = ?", [household.id, household.head_name])
    heads = [person for person in members if person.relation == "户主"] or members
    return heads[0] if len(heads) == 1 else None


# Batches


def batches_of(desk: Desk, payroll_id: str) -> list[Batch]:
    """Return the batches of a pay sheet, oldest first."""
    return desk.find(Batch, "payroll_id = ?", [payroll_id], "rowid")


def sent_unposted_fen(desk: Desk, except_id: str) -> int:
    """Return what pay sheets whose files the bank has, but no voucher yet, come to in fen, leaving one out."""
    at_the_bank = "EXISTS (SELECT 1 FROM batches b WHERE b.payroll_id = c.payroll_id)"
    where = f"c.village_id = ? AND c.state = 'granted' AND c.payroll_id <> ? AND {at_the_bank}"
    return int(
        desk.value(f"SELECT coalesce(sum(c.amount_fen), 0) FROM claims c WHERE {where}", [desk.office_id, except_id])
    )


def batch_lines(desk: Desk, batch_id: str) -> list[BatchLine]:
    """Return a batch's lines in their order."""
    return desk.find(BatchLine, "batch_id = ?", [batch_id], "place")


def file_rows(desk: Desk, batch: Batch) -> list[SentRow]:
    """Return a batch as the rows of its file: one for each line, or for each person where the channel wants that."""
    from villagedesk.payroll.channels import channel

    lines = batch_lines(desk, batch.id)
    return sent_rows(lines, _whose(desk, batch) if channel(batch.channel).one_row_each else {})


def open_batches(desk: Desk) -> list[Batch]:
    """Return the batches that have a line the bank said nothing of, oldest first."""
    unanswered = "SELECT 1 FROM bank_answers a WHERE a.batch_line_id = l.id"
    return desk.find(
        Batch,
        f"village_id = ? AND id IN (SELECT l.batch_id FROM batch_lines l WHERE NOT EXISTS ({unanswered}))",
        [desk.office_id],
        "rowid",
    )


def batch_answered_by(desk: Desk, digest: str) -> Batch | None:
    """Return the last batch a file of the bank, by its digest, was taken in for; None for a new one."""
    taken = desk.value(
        "SELECT id FROM imports WHERE village_id = ? AND kind = 'bank_return' AND attachment_id = ? "
        "ORDER BY rowid DESC LIMIT 1",
        [desk.office_id, digest],
    )
    if not taken:
        return None
    rows = desk.rows(
        """SELECT b.* FROM bank_answers a JOIN batch_lines l ON l.id = a.batch_line_id
             JOIN batches b ON b.id = l.batch_id WHERE a.import_id = ? LIMIT 1""",
        [taken],
    )
    return Batch.from_row(rows[0]) if rows else None


def next_batch_number(desk: Desk, year: int) -> int:
    """Return the number the next batch of a year gets."""
    last = desk.value("SELECT max(number) FROM batches WHERE village_id = ? AND year = ?", [desk.office_id, year])
    return int(last or 0) + 1


def last_word(desk: Desk, batch_line_id: str) -> BankAnswer | None:
    """Return what the bank last said of a batch's line, None when it said nothing yet."""
    found = desk.find(BankAnswer, "batch_line_id = ?", [batch_line_id], "rowid DESC LIMIT 1")
    return found[0] if found else None


def standings(desk: Desk, payroll_id: str) -> list[LineStanding]:
    """Return every line of a sheet with where its money is, in the sheet's order."""
    return [_standing(desk, line) for line in lines_of(desk, payroll_id)]


def unpaid(desk: Desk) -> list[tuple[Payroll, LineStanding]]:
    """Return who is not yet paid though their sheet may be: of living sheets granted or paid, newest sheet first."""
    rows = desk.rows(
        f"""SELECT p.id FROM payrolls p WHERE p.village_id = ? AND p.id IN (
                SELECT c.payroll_id FROM claims c
                 WHERE c.payroll_id IS NOT NULL AND c.state IN ('granted', 'paid') AND {LIVING})
               AND EXISTS (SELECT 1 FROM batches b WHERE b.payroll_id = p.id)
               AND EXISTS (SELECT 1 FROM payroll_lines l LEFT JOIN batch_lines s ON s.rowid = {_LAST_LINE}
                             LEFT JOIN bank_answers a ON a.rowid = {_LAST_WORD.format("s")}
                            WHERE l.payroll_id = p.id AND coalesce(a.outcome, '') <> 'paid')
             ORDER BY p.rowid DESC""",
        [desk.office_id],
    )
    found = []
    for (payroll_id,) in rows:
        payroll = desk.get(Payroll, payroll_id)
        found += [(payroll, one) for one in standings(desk, payroll_id) if one.standing is not Standing.PAID]
    return found


def proven_accounts(desk: Desk) -> set[str]:
    """Return the accounts to which the bank has paid at least once."""
    rows = desk.rows(
        """SELECT DISTINCT l.account FROM batch_lines l JOIN bank_answers a ON a.batch_line_id = l.id
            WHERE l.village_id = ? AND a.outcome = 'paid'""",
        [desk.office_id],
    )
    return {row[0] for row in rows}


def _whose(desk: Desk, batch: Batch) -> dict[str, str]:
    """Return who is paid by each line of a batch, by the line's id."""
    rows = desk.rows(
        """SELECT b.id, l.person_id FROM batch_lines b JOIN payroll_lines l ON l.id = b.payroll_line_id
            WHERE b.batch_id = ?""",
        [batch.id],
    )
    return {row[0]: row[1] for row in rows}


def _standing(desk: Desk, line: PayrollLine) -> LineStanding:
    sent = desk.find(BatchLine, "payroll_line_id = ?", [line.id], "rowid DESC LIMIT 1")
    if not sent:
        return LineStanding(line, Standing.WAITING)
    word = last_word(desk, sent[0].id)
    if word is None:
        return LineStanding(line, Standing.SENT, sent=sent[0])
    return LineStanding(line, _STANDING_OF[word.outcome], word.reason, word.told_on, sent[0])


_STANDING_OF = {
    PayOutcome.PAID: Standing.PAID,
    PayOutcome.FAILED: Standing.FAILED,
    PayOutcome.BOUNCED: Standing.BOUNCED,
}


def _sheet_line(desk: Desk, payroll_id: str) -> SheetLine:
    payroll = desk.get(Payroll, payroll_id)
    claim = claim_of(desk, payroll_id)
    project = desk.value("SELECT name FROM projects WHERE id = ?", [payroll.project_id])
    counts = _counts(desk, payroll_id)
    return SheetLine(
        payroll=payroll,
        project=project,
        claim_id=claim.id if claim else "",
        claim_state=claim.state if claim else None,
        is_reversed=bool(claim and is_reversed(desk, claim.id)),
        people=sum(counts.values()),
        waiting=counts[Standing.WAITING],
        sent=counts[Standing.SENT],
        paid=counts[Standing.PAID],
        back=counts[Standing.FAILED] + counts[Standing.BOUNCED],
    )


def _counts(desk: Desk, payroll_id: str) -> dict[Standing, int]:
    """Count a sheet's lines by where their money is, in one query."""
    rows = desk.rows(
        f"""SELECT CASE WHEN s.id IS NULL THEN 'waiting' ELSE coalesce(a.outcome, 'sent') END, count(*)
              FROM payroll_lines l LEFT JOIN batch_lines s ON s.rowid = {_LAST_LINE}
              LEFT JOIN bank_answers a ON a.rowid = {_LAST_WORD.format("s")}
             WHERE l.payroll_id = ? GROUP BY 1""",
        [payroll_id],
    )
    return dict.fromkeys(Standing, 0) | {Standing(row[0]): row[1] for row in rows}
