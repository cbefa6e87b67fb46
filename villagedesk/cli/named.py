"""Records a command names by somebody or by some words; whatever fits none or more than one is misuse."""

from villagedesk.cli.session import chosen
from villagedesk.deliberation.model import Motion
from villagedesk.ledger.figures import AdvanceLine
from villagedesk.ledger.store import advance_lines
from villagedesk.projects.model import Contract, Project
from villagedesk.projects.store import contracts_of
from villagedesk.storage.desk import Desk


def advance_of(desk: Desk, taker: str) -> AdvanceLine:
    """Return the open advance of somebody."""
    lines = advance_lines(desk, desk.clock.now().date())
    found: AdvanceLine = chosen(f"{taker}没有结清的预借", [one for one in lines if one.taker == taker and one.open_fen])
    return found


def contract_with(desk: Desk, project: Project, party: str) -> Contract:
    """Return the project's contract with somebody, named by a part of the name."""
    mine = [one for one in contracts_of(desk, project.id) if party in one.party]
    found: Contract = chosen(f"“{project.name}”和“{party}”的合同", mine)
    return found


def decision_on(desk: Desk, subject: str) -> Motion:
    """Return the motion whose subject holds the words."""
    motions = desk.find(Motion, "village_id = ? AND subject LIKE ?", [desk.office_id, f"%{subject}%"])
    found: Motion = chosen(f"议题里有“{subject}”的决议", motions)
    return found
