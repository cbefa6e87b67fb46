"""The villages at a glance, and what waits for the township's word."""

from collections.abc import Sequence
from datetime import datetime

from villagedesk.exchange.model import Peer
from villagedesk.payments.chains import TOWNSHIP
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.payments.store import chain_of
from villagedesk.projects.store import IN_FORCE
from villagedesk.storage.desk import Desk
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.village.model import OfficeKind
from villagedesk.village.moneyrules import Who
from villagedesk.village.store import fund_label


def villages(desk: Desk, year: int) -> list[VillageLine]:
    """Return the enrolled villages by area code, with their sums of a year."""
    rows = desk.rows(_VILLAGES, {"year": year, "from": f"{year}-01-01", "to": f"{year}-12-31"})
    return [
        VillageLine(
            peer=Peer.from_row(row),
            last_at=datetime.fromisoformat(row["last_at"]) if row["last_at"] else None,
            projects=row["projects"],
            planned_fen=row["planned_fen"],
            arrived_fen=row["arrived_fen"],
            paid_fen=row["paid_fen"],
            waiting=row["waiting"],
            waiting_fen=row["waiting_fen"],
            untold=row["untold"],
            needs_receipt=bool(row["untold"]) or (row["last_at"] or "") > (row["told_at"] or ""),
            opening_fen=row["opening_fen"],
            wishes=row["wishes"],
        )
        for row in rows
    ]


def years(desk: Desk) -> list[int]:
    """Return the years for which villages reported money, newest first."""
    return [row[0] for row in desk.rows("SELECT DISTINCT year FROM funds ORDER BY year DESC")]


def step_said(desk: Desk, claim: Claim, left: Sequence[Who]) -> Who | None:
    """Return which of the township's ``left`` steps is said next; None where one word covers all of them.

    One word covers all where nobody acts here as leader, unless a leader who has left since has said theirs, or where
    the claim's chain has only one step of the township.
    """
    steps = [step.who for step in chain_of(desk, claim).steps_for(claim.amount_fen) if step.who.is_of_township]
    is_begun = claim.state is not ClaimState.APPROVED or len(left) < len(steps)
    if len(steps) < 2 or not (is_begun or has_leader(desk)):
        return None
    return left[0]


def has_leader(desk: Desk) -> bool:
    """Tell whether somebody acts on this desk as the township's leader."""
    return desk.value(_LEADER, {"here": desk.office_id}) is not None


def waiting_claims(desk: Desk, village_id: str = "", waits_for: Who | None = None) -> list[WaitingClaim]:
    """Return the claims that wait for a word of the township's, oldest first; only those that wait for one of both."""
    rows = desk.rows(_WAITING, {"here": desk.office_id, "village": village_id, "who": waits_for or ""})
    return [
        WaitingClaim(
            claim=Claim.from_row(row),
            village=row["village_name"],
            project=row["project_name"],
            fund=row["fund_name"],
            budget_fen=row["budget_fen"],
            paid_fen=row["paid_fen"],
            signed=row["signed"] or "",
            waits_for=Who(row["waits_for"]),
        )
        for row in rows
    ]


def waiting_count(desk: Desk, waits_for: Who | None = None) -> int:
    """Return how many claims wait for a word of the township's."""
    return int(desk.value(_WAITING_COUNT, {"here": desk.office_id, "who": waits_for or ""}))


def wish_count(desk: Desk) -> int:
    """Return how many wishes to open a closed month again (反结账) wait for the township's word."""
    return int(desk.value(f"SELECT count(*) FROM reopenings AS r WHERE {WISHED}"))


def granted_projects(desk: Desk, village_id: str, year: int) -> list[tuple[str, str, str]]:
    """Return a village's projects of a year that say the township granted them: name, day and number of its paper.

    Their grant is a paper of the township's (批复), which the village wrote down; day and number are "" where it did not.
    """
    rows = desk.rows(_GRANTED, [village_id, year])
    return [(row["name"], row["taken_on"] or "", row["note"] or "") for row in rows]


WISHED = """r.state = 'agreed' AND NOT EXISTS (
    SELECT 1 FROM verdicts AS v WHERE v.subject_id = r.id AND v.subject_version = r.version)"""
"""SQL: the wish ``r`` to open a month again was agreed in its village and has no word of the township's yet."""
_GRANTED = """
SELECT p.name, s.taken_on, s.note FROM projects AS p
  LEFT JOIN steps AS s ON s.project_id = p.id AND s.state = 'granted'
 WHERE p.village_id = ? AND p.year = ? AND p.state IN ('granted', 'running', 'accepted', 'assessed')
 ORDER BY s.taken_on, p.name
"""
_LEADER = "SELECT 1 FROM officers WHERE village_id = :here AND role = 'leader' AND is_active = 1"
_STATES = ", ".join(f"'{state}'" for state in TOWNSHIP)
_UNSAID = f"""c.state IN ({_STATES}) AND NOT EXISTS (
    SELECT 1 FROM verdicts AS v WHERE v.subject_id = c.id AND v.subject_version = c.version
       AND (v.outcome <> 'passed' OR v.step <> 'leader'))"""
"""No word yet that ends the waiting on this version: the leader's yes leaves the office's to be said."""

_WAITS_FOR = f"""CASE WHEN c.state = '{ClaimState.APPROVED.value}' AND EXISTS ({_LEADER}) AND NOT EXISTS (
    SELECT 1 FROM verdicts AS v WHERE v.subject_id = c.id AND v.subject_version = c.version)
  THEN '{Who.LEADER.value}' ELSE '{Who.OFFICE.value}' END"""

_WAITING_COUNT = f"SELECT count(*) FROM claims AS c WHERE {_UNSAID} AND :who IN ('', {_WAITS_FOR})"

_VILLAGES = f"""
WITH told AS (SELECT office_id, max(moved_at) AS at FROM parcels WHERE direction = 'out' GROUP BY office_id)
SELECT p.*, told.at AS told_at,
       (SELECT max(moved_at) FROM parcels WHERE office_id = p.office_id AND direction = 'in') AS last_at,
       (SELECT count(*) FROM projects WHERE village_id = p.office_id AND year = :year) AS projects,
       (SELECT coalesce(sum(planned_fen), 0) FROM funds WHERE village_id = p.office_id AND year = :year) AS planned_fen,
       (SELECT coalesce(sum(a.amount_fen), 0) FROM funds AS f JOIN arrivals AS a ON a.fund_id = f.id
         WHERE f.village_id = p.office_id AND f.year = :year) AS arrived_fen,
       (SELECT coalesce(sum(CASE WHEN o.fund_id = f.id THEN o.amount_fen ELSE -o.amount_fen END), 0)
          FROM funds AS f JOIN openings AS o ON f.id IN (o.fund_id, o.from_fund_id)
         WHERE f.village_id = p.office_id AND f.year = :year) AS opening_fen,
       (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
         WHERE village_id = p.office_id AND posted_on BETWEEN :from AND :to) AS paid_fen,
       (SELECT count(*) FROM reopenings AS r WHERE r.village_id = p.office_id AND {WISHED}) AS wishes,
       coalesce(w.waiting, 0) AS waiting, coalesce(w.waiting_fen, 0) AS waiting_fen,
       (SELECT count(*) FROM verdicts WHERE village_id = p.office_id AND given_at > coalesce(told.at, '')) AS untold
  FROM peers AS p
  LEFT JOIN told ON told.office_id = p.office_id
  LEFT JOIN (SELECT c.village_id, count(*) AS waiting, sum(c.amount_fen) AS waiting_fen FROM claims AS c
              WHERE {_UNSAID}
              GROUP BY c.village_id) AS w ON w.village_id = p.office_id
 WHERE p.kind = '{OfficeKind.VILLAGE.value}'
 ORDER BY p.code
"""

_WAITING = f"""
SELECT c.*, o.name AS village_name, p.name AS project_name, {IN_FORCE} AS budget_fen,
       {fund_label("f")} AS fund_name,
       (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id) AS paid_fen,
       (SELECT group_concat(g.name, '、') FROM (
           SELECT CASE r.signer WHEN '' THEN n.name ELSE r.signer END AS name FROM reviews AS r
             JOIN officers AS n ON n.id = r.given_by WHERE r.subject_id = c.id AND r.outcome = 'passed'
           UNION SELECT CASE a.signer WHEN '' THEN n.name ELSE a.signer END FROM approvals AS a
             JOIN officers AS n ON n.id = a.given_by WHERE a.claim_id = c.id AND a.outcome = 'passed'
           UNION SELECT given_by FROM verdicts WHERE subject_id = c.id AND subject_version = c.version
              AND outcome = 'passed') AS g) AS signed,
       {_WAITS_FOR} AS waits_for
  FROM claims AS c
  JOIN offices AS o ON o.id = c.village_id
  JOIN projects AS p ON p.id = c.project_id
  JOIN funds AS f ON f.id = c.fund_id
 WHERE {_UNSAID} AND :village IN ('', c.village_id) AND :who IN ('', {_WAITS_FOR})
 ORDER BY c.spent_on, c.id
"""
