"""What was claimed and paid on contracts, as it is asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from villagedesk.kernel.names import ungapped
from villagedesk.projects.bands import is_whole
from villagedesk.projects.living import HANDED_IN
from villagedesk.projects.model import Contract, Inspection
from villagedesk.projects.settlement import SettledPart, Settlement
from villagedesk.projects.store.visits import contracts_of, part_due
from villagedesk.storage.desk import Desk

_CLAIMED = f"""
    SELECT c.id, c.spent_on, c.inspection_id, c.amount_fen,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
             WHERE claim_id = c.id AND reverses_id IS NULL) AS paid_fen
      FROM claims c
     WHERE c.contract_id = ? AND {HANDED_IN}
     ORDER BY c.spent_on, c.rowid"""

_BY_NAME = """
    SELECT coalesce(sum(v.amount_fen), 0) FROM vouchers v JOIN claims c ON c.id = v.claim_id
     WHERE v.project_id = ? AND v.payee IN (?, ?) AND c.contract_id IS NULL"""


def settlements_of(desk: Desk, project_id: str) -> list[Settlement]:
    """Return what each contract of a project comes to, oldest first.

    What was paid to a party without naming a contract counts for its only contract of the project.
    """
    contracts = contracts_of(desk, project_id)
    parties = [ungapped(contract.party) for contract in contracts]
    return [_settled(desk, one, is_only=parties.count(ungapped(one.party)) == 1) for one in contracts]


def part_claimed(desk: Desk, contract: Contract, claim_id: str) -> SettledPart | None:
    """Return the part of a contract that a claim asked for, None for one that does not count (any more)."""
    return dict(_parts(desk, contract)).get(claim_id)


def _settled(desk: Desk, contract: Contract, *, is_only: bool) -> Settlement:
    parts = tuple(part for _, part in _parts(desk, contract))
    values = [contract.project_id, contract.party, ungapped(contract.party)]
    unnamed = desk.value(_BY_NAME, values) if is_only else 0
    return Settlement(contract, parts, sum(part.paid_fen for part in parts) + unnamed, is_told_apart=not unnamed)


def _parts(desk: Desk, contract: Contract) -> Iterator[tuple[str, SettledPart]]:
    """Yield the claims of a contract in order, each with the part it asked for."""
    before = 0
    for place, row in enumerate(desk.rows(_CLAIMED, [contract.id]), 1):
        yield row["id"], _part(desk, contract, place, row, before)
        before += row["amount_fen"]


def _part(desk: Desk, contract: Contract, place: int, row: Any, before_fen: int) -> SettledPart:
    visit = desk.get(Inspection, row["inspection_id"]) if row["inspection_id"] else None
    day, paid, claimed = date.fromisoformat(row["spent_on"]), row["paid_fen"], row["amount_fen"]
    if place > contract.cycles and not is_whole(contract):  # more claims than parts: nothing more is due
        return SettledPart(place, day, visit, 0, 0, claimed, paid, "超过约定的期数。")
    due = part_due(desk, contract, visit, place, before_fen)
    if is_whole(contract):  # a piece of the sum: what it leaves is asked for later
        earned = min(due.due_fen, claimed)
        return SettledPart(place, day, visit, earned, earned, claimed, paid, due.arithmetic)
    return SettledPart(place, day, visit, due.part_fen, due.due_fen, claimed, paid, due.arithmetic)
