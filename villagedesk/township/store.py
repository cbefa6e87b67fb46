"""The villages at a glance, and what waits for the township's word."""

from datetime import datetime

from villagedesk.exchange.model import Peer
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.projects.store import IN_FORCE
from villagedesk.storage.desk import Desk
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.village.model import OfficeKind


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
        )
        for row in rows
    ]


def years(desk: Desk) -> list[int]:
    """Return the years for which villages reported money, newest first."""
    return [row[0] for row in desk.rows("SELECT DISTINCT year FROM funds ORDER BY year DESC")]


def waiting_claims(desk: Desk, village_id: str = "") -> list[WaitingClaim]:
    """Return the claims that wait for the township's word and have none yet, oldest first."""
    rows = desk.rows(_WAITING, {"state": ClaimState.APPROVED.value, "village": village_id})
    return [
        WaitingClaim(
            claim=Claim.from_row(row),
            village=row["village_name"],
            project=row["project_name"],
            fund=row["fund_name"],
            budget_fen=row["budget_fen"],
            paid_fen=row["paid_fen"],
            signed=row["signed"] or "",
        )
        for row in rows
    ]


def waiting_count(desk: Desk) -> int:
    """Return how many claims wait for the township's word."""
    return int(desk.value(_WAITING_COUNT, [ClaimState.APPROVED.value]))


_WAITING_COUNT = (
    "SELECT count(*) FROM claims AS c WHERE state = ? "
    "AND NOT EXISTS (SELECT 1 FROM verdicts WHERE subject_id = c.id AND subject_version = c.version)"
)

_VILLAGES = f"""
WITH told AS (SELECT office_id, max(moved_at) AS at FROM parcels WHERE direction = 'out' GROUP BY office_id)
SELECT p.*, told.at AS told_at,
       (SELECT max(moved_at) FROM parcels WHERE office_id = p.office_id AND direction = 'in') AS last_at,
       (SELECT count(*) FROM projects WHERE village_id = p.office_id AND year = :year) AS projects,
       (SELECT coalesce(sum(planned_fen), 0) FROM funds WHERE village_id = p.office_id AND year = :year) AS planned_fen,
       (SELECT coalesce(sum(a.amount_fen), 0) FROM funds AS f JOIN arrivals AS a ON a.fund_id = f.id
         WHERE f.village_id = p.office_id AND f.year = :year) AS arrived_fen,
       (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
         WHERE village_id = p.office_id AND posted_on BETWEEN :from AND :to) AS paid_fen,
       coalesce(w.waiting, 0) AS waiting, coalesce(w.waiting_fen, 0) AS waiting_fen,
       (SELECT count(*) FROM verdicts WHERE village_id = p.office_id AND given_at > coalesce(told.at, '')) AS untold
  FROM peers AS p
  LEFT JOIN told ON told.office_id = p.office_id
  LEFT JOIN (SELECT c.village_id, count(*) AS waiting, sum(c.amount_fen) AS waiting_fen FROM claims AS c
              WHERE c.state = '{ClaimState.APPROVED.value}'
                AND NOT EXISTS (SELECT 1 FROM verdicts WHERE subject_id = c.id AND subject_version = c.version)
              GROUP BY c.village_id) AS w ON w.village_id = p.office_id
 WHERE p.kind = '{OfficeKind.VILLAGE.value}'
 ORDER BY p.code
"""

_WAITING = f"""
SELECT c.*, o.name AS village_name, p.name AS project_name, {IN_FORCE} AS budget_fen, f.year || '年' || f.source AS fund_name,
       (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id) AS paid_fen,
       (SELECT group_concat(n.name, '、') FROM (
           SELECT given_by FROM reviews WHERE subject_id = c.id AND outcome = 'passed'
           UNION SELECT given_by FROM approvals WHERE claim_id = c.id AND outcome = 'passed') AS g
        JOIN officers AS n ON n.id = g.given_by) AS signed
  FROM claims AS c
  JOIN offices AS o ON o.id = c.village_id
  JOIN projects AS p ON p.id = c.project_id
  JOIN funds AS f ON f.id = c.fund_id
 WHERE c.state = :state AND :village IN ('', c.village_id)
   AND NOT EXISTS (SELECT 1 FROM verdicts WHERE subject_id = c.id AND subject_version = c.version)
 ORDER BY c.spent_on, c.id
"""
