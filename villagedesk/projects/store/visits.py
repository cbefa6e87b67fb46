"""Contracts, visits to the work and what people say of it, as they are asked for."""

from datetime import date

from villagedesk.projects.model import Contract, Inspection, InspectionKind, Levy, Survey
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.workrules import IN_FULL, BandRule


def contracts_of(desk: Desk, project_id: str) -> list[Contract]:
    """Return a project's contracts, oldest first."""
    return desk.find(Contract, "project_id = ?", [project_id], "signed_on, rowid")


def inspections_of(desk: Desk, project_id: str) -> list[Inspection]:
    """Return the visits to a project's work, oldest first."""
    return desk.find(Inspection, "project_id = ?", [project_id], "inspected_on, rowid")


def last_inspection(desk: Desk, project_id: str, kind: InspectionKind, until: date) -> Inspection | None:
    """Return a project's last inspection of a kind up to a day, None when there is none."""
    found = desk.find(
        Inspection,
        "project_id = ? AND kind = ? AND inspected_on <= ?",
        [project_id, kind.value, until.isoformat()],
        "inspected_on DESC, rowid DESC",
    )
    return found[0] if found else None


def surveys_of(desk: Desk, project_id: str) -> list[Survey]:
    """Return how people were asked about a project, oldest first."""
    return desk.find(Survey, "project_id = ?", [project_id], "held_on, rowid")


def levy_of(desk: Desk, project_id: str) -> Levy | None:
    """Return what is levied for a project, None when nothing is."""
    found = desk.find(Levy, "project_id = ?", [project_id])
    return found[0] if found else None


def levies_of(desk: Desk, year: int) -> list[Levy]:
    """Return what the office's villagers resolved to give in a calendar year, oldest first."""
    where = "village_id = ? AND resolved_on LIKE ? || '-%'"
    return desk.find(Levy, where, [desk.office_id, year], "resolved_on, rowid")


def bands_of(desk: Desk, key: str) -> BandRule:
    """Return the profile's bands a contract or post follows; "" and a key the profile no longer has mean in full."""
    return village_store.profile(desk).works.bands.get(key, IN_FULL)
