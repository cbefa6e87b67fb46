"""What the books know that speaks for or against a claim: papers, contracts, visits, decisions, relatives, pieces."""

from dataclasses import replace
from datetime import date, timedelta

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.names import ungapped
from villagedesk.payments.model import PAY_SHEET, Claim, ClaimState, PayrollKind, Voucher
from villagedesk.payments.needs import Decision, Evidence
from villagedesk.projects.bands import Due
from villagedesk.projects.living import LIVING
from villagedesk.projects.model import Contract, ContractKind, Inspection
from villagedesk.projects.store import contracts_of, due_of, part_claimed, resolving_motion_ids, visit_to_pay_by
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Photo


def resting(desk: Desk, claim: Claim) -> Claim:
    """Return a claim resting on the visit its contract is paid by now: the books name it, nobody chooses it."""
    contract = desk.get(Contract, claim.contract_id) if claim.contract_id else None
    visit = visit_to_pay_by(desk, contract, claim.id, _paid_by_before(desk, claim)) if contract else None
    return replace(claim, inspection_id=visit.id if visit else None)


def _paid_by_before(desk: Desk, claim: Claim) -> str | None:
    """Return the visit the reversed payment rested on that a claim is made anew for."""
    if claim.redoes_id is None:
        return None
    before = desk.get(Claim, desk.get(Voucher, claim.redoes_id).claim_id)
    return before.inspection_id if before.contract_id == claim.contract_id else None


def due_by_contract(desk: Desk, claim: Claim) -> Due | None:
    """Return what is due of the next part of the contract a claim names, by the visit it rests on; None without one."""
    if claim.contract_id is None:
        return None
    visit = desk.get(Inspection, claim.inspection_id) if claim.inspection_id else None
    return due_of(desk, desk.get(Contract, claim.contract_id), visit, without_claim=claim.id)


def told_by_contract(desk: Desk, claim: Claim) -> str:
    """Return whose contract a claim is paid by and how its sum comes from it, "" for one without."""
    if claim.contract_id is None:
        return ""
    contract = desk.get(Contract, claim.contract_id)
    is_draft = claim.state is ClaimState.DRAFT  # of one that came to nothing there is no part any more
    due = due_by_contract(desk, claim) if is_draft else part_claimed(desk, contract, claim.id)
    return f"{contract.party}，{due.arithmetic if due else contract.scope}"


def told_decision(desk: Desk, claim: Claim) -> str:
    """Return which meeting's decision lets a claim pass, "" for one that needs none."""
    decision = decision_of(desk, claim) if claim.decision_id else None
    return f"{chinese_date(decision.held_on)}：{decision.subject}" if decision else ""


def evidence_for(desk: Desk, claim: Claim) -> Evidence:
    """Return what the books hold for a claim of a project."""
    contract = _contract(desk, claim)
    improper = village_store.profile(desk).payments.improper_invoices
    sheet, unassessed = _sheet(desk, claim.payroll_id) if claim.payroll_id else ("", 0)
    return Evidence(
        is_resolved=_has(desk, _RESOLVED, claim.project_id),
        contract=contract,
        has_inspection=claim.inspection_id is not None or (contract is not None and _is_visited(desk, contract)),
        has_invoice=claim.invoice_kind not in improper and (claim.invoice_kind != PAY_SHEET or bool(sheet)),
        is_accepted=_has(desk, _ACCEPTED, claim.project_id, contract.id if contract else ""),
        sheet=sheet,
        unassessed=unassessed,
    )


def decision_of(desk: Desk, claim: Claim) -> Decision | None:
    """Return the motion a claim rests on, None when it names none or one that is not in the books."""
    rows = desk.rows(
        """SELECT m.id, m.subject, m.is_passed, t.held_on,
                  (SELECT group_concat(project_id) FROM motion_projects WHERE motion_id = m.id) AS projects
             FROM motions m JOIN meetings t ON t.id = m.meeting_id WHERE m.id = ?""",
        [claim.decision_id],
    )
    for row in rows:
        projects = tuple((row["projects"] or "").split(",")) if row["projects"] else ()
        is_founding = row["id"] in resolving_motion_ids(desk, claim.project_id)
        held_on = date.fromisoformat(row["held_on"])
        return Decision(row["subject"], bool(row["is_passed"]), held_on, projects, is_founding=is_founding)
    return None


def kin_of_payees(desk: Desk, claim: Claim) -> list[tuple[str, str, str]]:
    """Return (payee, holder, relation) for everybody a claim pays who is a relative of somebody who holds an office."""
    paid = {ungapped(name) for name in (claim.payee, *names_on_sheet(desk, claim))}
    rows = desk.rows(f"{_KIN} ORDER BY relative, holder", [desk.office_id])
    return [(row["relative"], row["holder"], row["relation"]) for row in rows if ungapped(row["relative"]) in paid]


def kin(desk: Desk) -> dict[str, dict[str, str]]:
    """Return everybody's recorded close relatives with the relation, whichever of the two holds an office.

    The names are without gaps.
    """
    found: dict[str, dict[str, str]] = {}
    for row in desk.rows(_KIN, [desk.office_id]):
        holder, relative = ungapped(row["holder"]), ungapped(row["relative"])
        found.setdefault(holder, {})[relative] = row["relation"]
        found.setdefault(relative, {})[holder] = row["relation"]
    return found


def names_on_sheet(desk: Desk, claim: Claim) -> list[str]:
    """Return everybody a claim's pay sheet pays, and to whose account; nobody without a sheet."""
    if not claim.payroll_id:
        return []
    rows = desk.rows(
        """SELECT name FROM payroll_lines WHERE payroll_id = :sheet
            UNION SELECT p.name FROM payroll_lines l JOIN people p ON p.id = l.payee_id WHERE l.payroll_id = :sheet""",
        {"sheet": claim.payroll_id},
    )
    return [row["name"] for row in rows]


def pieces_of(desk: Desk, claim: Claim, days: int) -> list[int]:
    """Return the amounts of other living claims that pay the same payee within some days of a claim, in fen."""
    first, last = claim.spent_on - timedelta(days), claim.spent_on + timedelta(days)
    rows = desk.rows(
        f"""SELECT c.amount_fen FROM claims c
             WHERE c.village_id = ? AND c.spent_on BETWEEN ? AND ? AND c.payee = ? AND c.id <> ?
               AND c.payroll_id IS NULL AND {LIVING}""",
        [desk.office_id, first.isoformat(), last.isoformat(), claim.payee.strip(), claim.id],
    )
    return [row[0] for row in rows]


def is_closed(desk: Desk, day: date) -> bool:
    """Tell whether a day lies in a month that is closed and not opened again, or before the first one closed."""
    month, today = day.isoformat()[:7], desk.clock.now().date().isoformat()
    values = {"office": desk.office_id, "month": month, "today": today}
    return desk.unchanged(("closed", month, today), lambda: desk.value(_CLOSED, values) is not None)


def paid_by_bank(desk: Desk, payroll_id: str) -> tuple[int, int]:
    """Return how many lines of a pay sheet the bank has paid and not taken back, and what they come to in fen."""
    (row,) = desk.rows(
        """SELECT count(*), coalesce(sum(l.amount_fen), 0) FROM batch_lines l JOIN batches b ON b.id = l.batch_id
            WHERE b.payroll_id = ?
              AND (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1) = 'paid'""",
        [payroll_id],
    )
    return row[0], row[1]


def papers_of(desk: Desk, claim_id: str) -> list[Photo]:
    """Return the photos and scans of a claim's papers in the order they were added."""
    return desk.find(Photo, "subject_table = 'claims' AND subject_id = ?", [claim_id], "rowid")


_KIN = "SELECT holder, relative, relation FROM kinships WHERE village_id = ?"
_CLOSED = """
SELECT 1 FROM closings c
 WHERE c.village_id = :office AND c.state = 'closed' AND c.month = :month AND NOT EXISTS (
       SELECT 1 FROM reopenings r WHERE r.closing_id = c.id AND r.state = 'granted' AND r.open_until >= :today)
   AND NOT EXISTS (
       SELECT 1 FROM closings n
        WHERE n.village_id = c.village_id AND n.month = c.month AND n.number > c.number AND n.state = 'closed')
 UNION ALL
SELECT 1 WHERE :month < (SELECT min(month) FROM closings WHERE village_id = :office AND state = 'closed')"""
_RESOLVED = """SELECT 1 FROM motion_projects mp JOIN motions m ON m.id = mp.motion_id
                WHERE mp.project_id = ? AND m.is_passed = 1"""
_ACCEPTED = """SELECT 1 FROM inspections WHERE project_id = ? AND kind = 'acceptance' AND is_passed = 1
                  AND (contract_id IS NULL OR contract_id = ?)"""


def _has(desk: Desk, sql: str, *keys: str) -> bool:
    return desk.value(sql, list(keys)) is not None


def _contract(desk: Desk, claim: Claim) -> Contract | None:
    if claim.contract_id:
        return desk.get(Contract, claim.contract_id)
    payee = ungapped(claim.payee)
    found = [one for one in contracts_of(desk, claim.project_id) if ungapped(one.party) == payee]
    return found[-1] if found else None


def _is_visited(desk: Desk, contract: Contract) -> bool:
    """Tell whether anybody looked at the work of a contract that is paid whatever the score."""
    if contract.bands:
        return False
    own = "contract_id = ? OR (project_id = ? AND contract_id IS NULL AND post_id IS NULL)"
    return (
        desk.value(f"SELECT 1 FROM inspections WHERE {own}", [contract.id, contract.project_id]) is not None
        or contract.kind is ContractKind.WORKS
    )


def _sheet(desk: Desk, payroll_id: str) -> tuple[str, int]:
    row = desk.rows(
        """SELECT p.kind, (SELECT count(*) FROM payroll_lines l
                            WHERE l.payroll_id = p.id AND l.inspection_id IS NULL) AS unassessed
             FROM payrolls p WHERE p.id = ?""",
        [payroll_id],
    )[0]
    return PayrollKind(row["kind"]).value, row["unassessed"]
