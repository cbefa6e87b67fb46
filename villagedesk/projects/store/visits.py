"""Contracts, visits to the work and what people say of it, as they are asked for."""

from datetime import date

from villagedesk.projects.bands import Due, is_whole, kept_within, payment_due, rest_due
from villagedesk.projects.living import HANDED_IN
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Levy, Mark, Post, Project, Survey
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Person, Photo
from villagedesk.village.workrules import IN_FULL, BandRule

_SAME = (
    "(j.id = i.id OR (i.period <> '' AND j.period = i.period AND j.kind = i.kind AND j.contract_id = i.contract_id))"
)
_VISITS = f"""
SELECT i.id, EXISTS (SELECT 1 FROM claims c JOIN inspections j ON j.id = c.inspection_id
                     WHERE c.contract_id = :contract AND c.id <> :claim AND {_SAME} AND {HANDED_IN}) AS is_used,
       EXISTS (SELECT 1 FROM inspections j WHERE j.id = :again AND {_SAME}) AS is_again, i.period
  FROM inspections i
 WHERE i.project_id = :project
   AND (i.contract_id = :contract OR (i.contract_id IS NULL AND i.post_id IS NULL AND :bands = ''))
 ORDER BY i.inspected_on DESC, i.rowid DESC"""


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


def subject_name(desk: Desk, visit: Inspection) -> str:
    """Return whose work a visit is about, with the project: 王桂香（护路员，三组）— 村内道路养护."""
    project = desk.get(Project, visit.project_id).name
    if visit.post_id:
        return f"{post_name(desk, desk.get(Post, visit.post_id))} — {project}"
    if visit.contract_id:
        return f"{desk.get(Contract, visit.contract_id).party}的合同 — {project}"
    return project


def post_name(desk: Desk, post: Post) -> str:
    """Return who holds a post and what it is: 王桂香（护路员，三组）."""
    where = f"{post.duty}，{post.area}" if post.area else post.duty
    return f"{desk.get(Person, post.person_id).name}（{where}）"


def bands_key(desk: Desk, visit: Inspection) -> str:
    """Return the bands the work a visit is about is paid by, "" for none."""
    if visit.post_id:
        return desk.get(Post, visit.post_id).bands
    return desk.get(Contract, visit.contract_id).bands if visit.contract_id else ""


def marks_of(desk: Desk, inspection_id: str) -> list[Mark]:
    """Return a visit's marks in the order of its score sheet, none when it had none."""
    return desk.find(Mark, "inspection_id = ?", [inspection_id], "place")


def photos_of(desk: Desk, record_id: str) -> list[Photo]:
    """Return the photos of a visit or of a contract's paper, oldest first."""
    return desk.find(Photo, "subject_id = ?", [record_id], "rowid")


def due_of(desk: Desk, contract: Contract, inspection: Inspection | None = None, *, without_claim: str = "") -> Due:
    """Return what is due of a contract's next part after a visit.

    ``without_claim`` is a claim that is not counted: the one that is being looked at.
    """
    parts, claimed = claimed_on(desk, contract.id, without_claim)
    return part_due(desk, contract, inspection, parts + 1, claimed)


def part_due(desk: Desk, contract: Contract, inspection: Inspection | None, place: int, claimed_fen: int) -> Due:
    """Return what is due of part ``place`` of a contract of which so much is claimed, never more than its sum leaves.

    The last part is due when all were claimed.
    """
    if is_whole(contract) and claimed_fen:
        return rest_due(contract, claimed_fen)
    score = inspection.score if inspection else None
    rule, part = bands_of(desk, contract.bands), min(place, contract.cycles)
    due = payment_due(contract.amount_fen, score, rule, cycles=contract.cycles, place=part)
    return kept_within(due, contract.amount_fen - claimed_fen)


def visit_to_pay_by(
    desk: Desk, contract: Contract, without_claim: str = "", again: str | None = None
) -> Inspection | None:
    """Return the last visit to a contract's work, None when there was none since the one last paid by.

    What is paid by score rests on visits to this very work; another contract also on those to the whole project. A
    quarter that was assessed anew is no other visit. ``again`` is the visit of a reversed payment that is made anew: it
    is paid by its own quarter still, and by its own visit where another part was paid by the last. ``without_claim`` is
    a claim that is not counted: the one that is being looked at.
    """
    values = {
        "contract": contract.id,
        "claim": without_claim,
        "project": contract.project_id,
        "bands": contract.bands,
        "again": again or "",
    }
    rows = desk.rows(_VISITS, values)
    before = [row for row in rows if row["is_again"]]
    of_its_quarter = [row for row in before if row["period"]]
    free = [row["id"] for row in (*of_its_quarter[:1], *rows[:1], *before[:1]) if not row["is_used"]]
    return desk.get(Inspection, free[0]) if free else None


def claimed_on(desk: Desk, contract_id: str, without_claim: str = "") -> tuple[int, int]:
    """Return how many parts of a contract are claimed or paid, and how many fen they come to.

    What was refused, withdrawn or reversed does not count, nor does ``without_claim``.
    """
    (row,) = desk.rows(
        f"""SELECT count(*), coalesce(sum(c.amount_fen), 0) FROM claims c
             WHERE c.contract_id = ? AND c.id <> ? AND {HANDED_IN}""",
        [contract_id, without_claim],
    )
    return int(row[0]), int(row[1])
