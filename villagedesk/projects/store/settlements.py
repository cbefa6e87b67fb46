"""What was claimed and paid on contracts, as it is asked for."""

from datetime import date
from typing import Any

from villagedesk.projects.model import Contract, Inspection
from villagedesk.projects.settlement import SettledPart, Settlement
from villagedesk.projects.store.visits import HANDED_IN, contracts_of, due_of
from villagedesk.storage.desk import Desk

_CLAIMED = f"""
    SELECT c.id, c.spent_on, c.inspection_id, c.amount_fen,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE claim_id = c.id) AS paid_fen
      FROM claims c
     WHERE c.contract_id = ? AND {HANDED_IN}
     ORDER BY c.spent_on, c.rowid"""

_BY_NAME = """
    SELECT coalesce(sum(v.amount_fen), 0) FROM vouchers v JOIN claims c ON c.id = v.claim_id
     WHERE v.project_id = ? AND v.payee = ? AND c.contract_id IS NULL"""


def settlements_of(desk: Desk, project_id: str) -> list[Settlement]:
    """Return what each contract of a project comes to, oldest first.

    What was paid to a party without naming a contract counts for its only contract of the project.
    """
    contracts = contracts_of(desk, project_id)
    parties = [contract.party for contract in contracts]
    return [_settled(desk, contract, is_only=parties.count(contract.party) == 1) for contract in contracts]


def part_claimed(desk: Desk, contract: Contract, claim_id: str) -> SettledPart | None:
    """Return the part of a contract that a claim asked for, None for one that does not count (any more)."""
    rows = desk.rows(_CLAIMED, [contract.id])
    return next((_part(desk, contract, place, row) for place, row in enumerate(rows, 1) if row["id"] == claim_id), None)


def _settled(desk: Desk, contract: Contract, *, is_only: bool) -> Settlement:
    rows = desk.rows(_CLAIMED, [contract.id])
    parts = tuple(_part(desk, contract, place, row) for place, row in enumerate(rows, 1))
    unnamed = desk.value(_BY_NAME, [contract.project_id, contract.party]) if is_only else 0
    return Settlement(contract, parts, sum(part.paid_fen for part in parts) + unnamed, is_told_apart=not unnamed)


def _part(desk: Desk, contract: Contract, place: int, row: Any) -> SettledPart:
    visit = desk.get(Inspection, row["inspection_id"]) if row["inspection_id"] else None
    in_turn = min(place, contract.cycles)
    due = due_of(desk, contract, visit, place=in_turn)
    paid, claimed = row["paid_fen"], row["amount_fen"]
    if place > contract.cycles:  # more claims than parts: nothing more is due
        return SettledPart(place, date.fromisoformat(row["spent_on"]), visit, 0, 0, claimed, paid, "超过约定的期数。")
    return SettledPart(
        place, date.fromisoformat(row["spent_on"]), visit, due.part_fen, due.due_fen, claimed, paid, due.arithmetic
    )
