"""Claims, payrolls and vouchers as they are asked for. Lists are asked for by rowid, so that they may be long."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.payments.model import Approval, Claim, ClaimState, Payroll, PayrollLine, Voucher
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as a list shows it."""

    rowid: int
    id: str
    spent_on: date
    project: str
    payee: str
    purpose: str
    amount_fen: int
    state: ClaimState
    voucher: str


_ORDERS = {
    "spent_on": "c.spent_on {0}, c.id {0}",
    "amount_fen": "c.amount_fen {0}, c.id {0}",
    "payee": "c.payee {0}, c.id {0}",
    "project": "(SELECT name FROM projects WHERE id = c.project_id) {0}, c.id {0}",
    "state": "c.state {0}, c.id {0}",
}


def claim_ids(
    desk: Desk, text: str = "", order: str = "spent_on", *, descending: bool = True, state: ClaimState | None = None
) -> array[int]:
    """Return the rowids of the office's claims in the order asked for; ``text`` is looked for in payee and purpose."""
    where, values = ["c.village_id = ?"], [desk.office_id]
    if text:
        where.append("(c.payee LIKE ? OR c.purpose LIKE ?)")
        values += [f"%{text}%"] * 2
    if state:
        where.append("c.state = ?")
        values.append(state)
    by = _ORDERS[order].format("DESC" if descending else "ASC")
    rows = desk.rows(f"SELECT c.rowid FROM claims c WHERE {' AND '.join(where)} ORDER BY {by}", values)
    return array("q", (row[0] for row in rows))


def claim_lines(desk: Desk, rowids: Sequence[int]) -> list[ClaimLine]:
    """Return the claims with these rowids as lines of a list, in the order given."""
    marks = ", ".join("?" * len(rowids))
    rows = desk.rows(
        f"""SELECT c.rowid, c.id, c.spent_on, p.name, c.payee, c.purpose, c.amount_fen, c.state, v.year, v.number
              FROM claims c JOIN projects p ON p.id = c.project_id
              LEFT JOIN vouchers v ON v.claim_id = c.id AND v.reverses_id IS NULL
             WHERE c.rowid IN ({marks})""",
        list(rowids),
    )
    found = {row[0]: _line(tuple(row)) for row in rows}
    return [found[rowid] for rowid in rowids if rowid in found]


def claims_in(desk: Desk, state: ClaimState) -> list[Claim]:
    """Return the office's claims that stand in a state, oldest first."""
    return desk.find(Claim, "village_id = ? AND state = ?", [desk.office_id, state], "spent_on, id")


def paid_for(desk: Desk, project_id: str) -> int:
    """Return what was paid for a project in fen, reversals taken off."""
    return int(desk.value("SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = ?", [project_id]))


def paid_in_all(desk: Desk) -> int:
    """Return what the office paid out in fen, all years."""
    return int(desk.value("SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE village_id = ?", [desk.office_id]))


def same_invoice(desk: Desk, claim: Claim) -> str:
    """Return the purpose of another living claim with this claim's invoice number, "" when there is none."""
    if not claim.invoice_number.strip():
        return ""
    found = desk.value(
        """SELECT c.purpose FROM claims c
            WHERE c.invoice_number = ? AND c.village_id = ? AND c.id <> ? AND c.state <> 'refused'
              AND NOT EXISTS (SELECT 1 FROM vouchers v JOIN vouchers r ON r.reverses_id = v.id WHERE v.claim_id = c.id)""",
        [claim.invoice_number, desk.office_id, claim.id],
    )
    return str(found or "")


def has_same_payment(desk: Desk, claim: Claim) -> bool:
    """Tell whether another living claim pays the same payee the same amount on the same day."""
    found = desk.value(
        """SELECT 1 FROM claims WHERE village_id = ? AND spent_on = ? AND payee = ? AND amount_fen = ? AND id <> ?
              AND state <> 'refused'""",
        [desk.office_id, claim.spent_on.isoformat(), claim.payee, claim.amount_fen, claim.id],
    )
    return found is not None


def next_number(desk: Desk, year: int) -> int:
    """Return the number the next voucher of a year gets."""
    last = desk.value("SELECT max(number) FROM vouchers WHERE village_id = ? AND year = ?", [desk.office_id, year])
    return int(last or 0) + 1


def last_posted(desk: Desk) -> date | None:
    """Return the day of the latest voucher, None when there is none."""
    day = desk.value("SELECT max(posted_on) FROM vouchers WHERE village_id = ?", [desk.office_id])
    return date.fromisoformat(day) if day else None


def voucher_of(desk: Desk, claim_id: str) -> Voucher | None:
    """Return the voucher a claim was paid by, None when it was not."""
    found = desk.find(Voucher, "claim_id = ? AND reverses_id IS NULL", [claim_id])
    return found[0] if found else None


def reversal_of(desk: Desk, voucher_id: str) -> Voucher | None:
    """Return the red voucher that reverses this one, None when it stands."""
    found = desk.find(Voucher, "reverses_id = ?", [voucher_id])
    return found[0] if found else None


def approvals_of(desk: Desk, claim_id: str) -> list[Approval]:
    """Return what the village head said of a claim, oldest first."""
    return desk.find(Approval, "claim_id = ?", [claim_id])


def payrolls(desk: Desk) -> list[Payroll]:
    """Return the office's pay sheets, newest first."""
    return desk.find(Payroll, "village_id = ?", [desk.office_id], "sheet_date DESC")


def payroll_lines(desk: Desk, payroll_id: str) -> list[PayrollLine]:
    """Return a pay sheet's lines in their order."""
    return desk.find(PayrollLine, "payroll_id = ?", [payroll_id], "place")


def known_payees(desk: Desk) -> list[str]:
    """Return who was paid before, the most frequent first, for choosing instead of typing."""
    rows = desk.rows(
        "SELECT payee FROM claims WHERE village_id = ? GROUP BY payee ORDER BY count(*) DESC, payee LIMIT 200",
        [desk.office_id],
    )
    return [row[0] for row in rows]


def _line(row: tuple[object, ...]) -> ClaimLine:
    rowid, claim_id, spent_on, project, payee, purpose, amount_fen, state, year, number = row
    return ClaimLine(
        rowid=int(str(rowid)),
        id=str(claim_id),
        spent_on=date.fromisoformat(str(spent_on)),
        project=str(project),
        payee=str(payee),
        purpose=str(purpose),
        amount_fen=int(str(amount_fen)),
        state=ClaimState(str(state)),
        voucher="" if number is None else f"{year}-{number}",
    )
