"""Claims, payrolls and vouchers as they are asked for. The list of all claims is the ``register``."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.kernel.records import Row
from villagedesk.payments.chains import chain_named
from villagedesk.payments.model import (
    UNDER_WAY,
    Claim,
    ClaimState,
    PastExpense,
    Payroll,
    PayrollLine,
    Voucher,
)
from villagedesk.payments.pastyear import STILL_IN
from villagedesk.projects.living import LIVING
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.moneyrules import Chain

_UNDER_WAY = ", ".join(f"'{state}'" for state in UNDER_WAY)
_LATEST = """
SELECT coalesce((SELECT max(number) FROM vouchers WHERE village_id = :office AND year = :year), 0),
       coalesce((SELECT max(posted_on) FROM vouchers
                  WHERE village_id = :office AND posted_on BETWEEN :first AND :last), '')"""


def chain_of(desk: Desk, claim: Claim) -> Chain:
    """Return the sign-off chain a claim goes by: the one it was handed in by."""
    return chain_named(village_store.profile(desk).chains, claim.chain)


def claims_in(desk: Desk, state: ClaimState) -> list[Claim]:
    """Return the office's claims that stand in a state, oldest first."""
    return desk.find(Claim, "village_id = ? AND state = ?", [desk.office_id, state], "spent_on, id")


def paid_for(desk: Desk, project_id: str) -> int:
    """Return what was paid for a project in fen, reversals taken off."""
    return desk.total("vouchers", "amount_fen", "project_id", project_id)


def under_way_for(desk: Desk, project_id: str, except_id: str = "") -> int:
    """Return what claims on their way for a project amount to in fen, leaving out the claim ``except_id``."""
    return _under_way(desk, "project_id", project_id, except_id)


def under_way_from(desk: Desk, fund_id: str, except_id: str = "") -> int:
    """Return what claims on their way from a fund amount to in fen, leaving out the claim ``except_id``."""
    return _under_way(desk, "fund_id", fund_id, except_id)


def is_reviewed(desk: Desk, claim_id: str) -> bool:
    """Tell whether the finance group passed a claim."""
    passed = "SELECT 1 FROM reviews WHERE subject_table = 'claims' AND subject_id = ? AND outcome = 'passed'"
    return desk.value(passed, [claim_id]) is not None


def same_invoice(desk: Desk, claim: Claim) -> str:
    """Return the purpose of another living claim or of a past expense with a tidied claim's invoice, else ""."""
    if not claim.invoice_number:
        return ""
    found = desk.value(
        f"""SELECT iif(c.state = 'draft', '草稿：', '') || c.purpose FROM claims c
             WHERE c.invoice_number = :number AND c.invoice_number <> '' AND c.village_id = :office
               AND c.id <> :id AND {LIVING}
             UNION ALL
            SELECT year || '年 ' || item FROM past_expenses
             WHERE upper(replace(replace(invoice_number, '-', ''), ' ', '')) = :number
               AND village_id = :office AND {STILL_IN}""",
        {"number": claim.invoice_number, "office": desk.office_id, "id": claim.id},
    )
    return str(found or "")


def has_same_payment(desk: Desk, claim: Claim) -> bool:
    """Tell whether another living claim pays the same payee the same amount on the same day."""
    found = desk.value(
        f"""SELECT 1 FROM claims c WHERE c.village_id = ? AND c.spent_on = ? AND c.payee = ? AND c.amount_fen = ?
               AND c.id <> ? AND {LIVING}""",
        [desk.office_id, claim.spent_on.isoformat(), claim.payee, claim.amount_fen, claim.id],
    )
    return found is not None


def sheet_claimed_by(desk: Desk, claim: Claim, payroll: Payroll) -> Claim | None:
    """Return another claim that pays the same pay sheet and stands, a draft last; None when none does."""
    where = f"SELECT c.* FROM claims c WHERE c.project_id = ? AND c.payroll_id = ? AND c.id <> ? AND {LIVING}"
    rows = desk.rows(
        f"{where} ORDER BY c.state = 'draft', c.state <> 'paid', c.rowid", [payroll.project_id, payroll.id, claim.id]
    )
    return Claim.from_row(rows[0]) if rows else None


def paid_by_sheets_alike(desk: Desk, payroll: Payroll) -> tuple[str, list[str]]:
    """Return the title of another sheet that stands and pays the same as this one, with whom; "" where there is none.

    Of one project, period and kind two sheets pay the same post, or, taken in both, the same people.
    """
    rows = desk.rows(
        f"""SELECT DISTINCT p.title, l.name FROM payrolls p JOIN payroll_lines o ON o.payroll_id = p.id
              JOIN payroll_lines l ON l.payroll_id = :sheet AND (
                   l.post_id = o.post_id OR (l.person_id = o.person_id AND p.import_id <> '' AND :import <> ''))
             WHERE p.project_id = :project AND p.period = :period AND p.kind = :kind AND p.id <> :sheet
               AND EXISTS (SELECT 1 FROM claims c
                            WHERE c.project_id = p.project_id AND c.payroll_id = p.id AND {LIVING})
             ORDER BY p.rowid, l.place""",
        {
            "sheet": payroll.id, "import": payroll.import_id or "", "project": payroll.project_id,
            "period": payroll.period, "kind": payroll.kind,
        },
    )  # fmt: skip
    title = rows[0]["title"] if rows else ""
    return title, [row["name"] for row in rows if row["title"] == title]


def made_anew_as(desk: Desk, claim: Claim) -> Claim | None:
    """Return what a claim that has ended was made anew as: a draft with its facts, of a pay sheet any claim for it."""
    if claim.payroll_id and (other := sheet_claimed_by(desk, claim, desk.get(Payroll, claim.payroll_id))):
        return other
    same = "spent_on = ? AND payee = ? AND amount_fen = ? AND purpose = ? AND project_id = ?"
    facts = [claim.spent_on.isoformat(), claim.payee, claim.amount_fen, claim.purpose, claim.project_id]
    return next(
        iter(desk.find(Claim, f"village_id = ? AND state = 'draft' AND {same}", [desk.office_id, *facts])), None
    )


def other_accounts(desk: Desk, payroll_id: str) -> list[str]:
    """Return who is paid to another account on a sheet than the register's, be it their own or the head's."""
    rows = desk.rows(
        """SELECT l.name FROM payroll_lines l JOIN people p ON p.id = coalesce(l.payee_id, l.person_id)
            WHERE l.payroll_id = ? AND l.account <> p.account ORDER BY l.place""",
        [payroll_id],
    )
    return [row[0] for row in rows]


def next_number(desk: Desk, year: int) -> int:
    """Return the number the next voucher of a year gets."""
    return _latest(desk, year)[0] + 1


def last_posted(desk: Desk, year: int) -> date | None:
    """Return the day of the latest voucher of a year, None when there is none."""
    day = _latest(desk, year)[1]
    return date.fromisoformat(day) if day else None


def _latest(desk: Desk, year: int) -> tuple[int, str]:
    """Return the number and the day of the latest voucher of a year, 0 and "" when there is none."""
    office = desk.office_id

    def ask(_: int) -> tuple[int, str]:
        values = {"office": office, "year": year, "first": f"{year}-01-01", "last": f"{year}-12-31"}
        return tuple(desk.rows(_LATEST, values)[0])

    def carry(known: tuple[int, str], rows: Sequence[Row]) -> tuple[int, str]:
        for row in rows:
            if row["village_id"] == office and row["year"] == year:
                known = max(known[0], row["number"]), max(known[1], row["posted_on"])
        return known

    return desk.grown("vouchers", ("latest", office, year), ask, carry)


def voucher_of(desk: Desk, claim_id: str) -> Voucher | None:
    """Return the voucher a claim was paid by, None when it was not."""
    found = desk.find(Voucher, "claim_id = ? AND reverses_id IS NULL", [claim_id])
    return found[0] if found else None


def reversal_of(desk: Desk, voucher_id: str) -> Voucher | None:
    """Return the red voucher that reverses this one, None when it stands."""
    found = desk.find(Voucher, "reverses_id = ?", [voucher_id])
    return found[0] if found else None


def set_off_by(desk: Desk, voucher_id: str) -> int:
    """Return what of a voucher an advance had paid already, in fen."""
    return int(desk.value("SELECT amount_fen FROM settlements WHERE voucher_id = ?", [voucher_id]) or 0)


def pay_of(desk: Desk, person_id: str) -> list[tuple[Payroll, PayrollLine]]:
    """Return what stands for a person on pay sheets whose claim is alive, newest first."""
    rows = desk.rows(
        f"""SELECT l.id AS line_id, l.payroll_id FROM payroll_lines l JOIN claims c ON c.payroll_id = l.payroll_id
             WHERE l.person_id = ? AND {LIVING} ORDER BY c.spent_on DESC""",
        [person_id],
    )
    return [(desk.get(Payroll, row["payroll_id"]), desk.get(PayrollLine, row["line_id"])) for row in rows]


def vouchers_in(desk: Desk, period: Period) -> list[tuple[Voucher, str]]:
    """Return the vouchers posted in a period in the order of their numbers, each with its project's name."""
    key = [desk.office_id, period.first.isoformat(), period.last.isoformat()]
    rows = desk.rows(
        """SELECT v.*, p.name AS project_name FROM vouchers v JOIN projects p ON p.id = v.project_id
            WHERE v.village_id = ? AND v.posted_on BETWEEN ? AND ? ORDER BY v.year, v.number""",
        key,
    )
    return [(Voucher.from_row(row), row["project_name"]) for row in rows]


def past_expenses(desk: Desk, year: int) -> list[PastExpense]:
    """Return a year's expenses that were taken over from an old sheet, in its order."""
    return desk.find(PastExpense, f"village_id = ? AND year = ? AND {STILL_IN}", [desk.office_id, year], "place")


def past_ids(desk: Desk, text: str = "") -> Sequence[int]:
    """Return the rowids of the expenses taken over, latest first; ``text`` is looked for in item, payee and invoice."""
    return desk.numbers(
        f"""SELECT rowid FROM past_expenses
            WHERE village_id = :office AND {STILL_IN}
              AND (instr(item, :text) OR instr(payee, :text) OR instr(invoice_number, :text))
            ORDER BY spent_on DESC, place DESC""",
        {"office": desk.office_id, "text": text},
    )


def past_lines(desk: Desk, rowids: Sequence[int]) -> list[PastExpense]:
    """Return the expenses with these rowids, at most some thousands, in the order given."""
    rows = desk.rows(
        f"SELECT rowid AS line, * FROM past_expenses WHERE rowid IN ({', '.join('?' * len(rowids))})", list(rowids)
    )
    found = {row["line"]: PastExpense.from_row(row) for row in rows}
    return [found[rowid] for rowid in rowids if rowid in found]


def past_years(desk: Desk) -> list[int]:
    """Return the years whose expenses were taken over, newest first."""
    rows = desk.rows(
        f"SELECT DISTINCT year FROM past_expenses WHERE village_id = ? AND {STILL_IN} ORDER BY year DESC",
        [desk.office_id],
    )
    return [row[0] for row in rows]


def _under_way(desk: Desk, column: str, key: str, except_id: str) -> int:
    total = f"""SELECT coalesce(sum(amount_fen), 0) FROM claims
                 WHERE village_id = ? AND state IN ({_UNDER_WAY}) AND {column} = ? AND id <> ?"""
    return int(desk.value(total, [desk.office_id, key, except_id]))
