"""What the books say about a period, gathered for the board; sums are counted in SQL, money is fen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Contract, ContractKind, Inspection, ProjectState
from villagedesk.projects.store import RESOLVING_BODIES
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of the year as it stood on a day."""

    id: str
    name: str
    item: str
    place: str
    budget_fen: int
    state: ProjectState


@dataclass(frozen=True, slots=True)
class Resolution:
    """A motion about projects put to a vote: by whom, when, with what figures.

    ``is_resolving`` says whether the body is one that may resolve projects.
    """

    body: str
    number: str
    held_on: date
    entitled: int
    present: int
    subject: str
    method: str
    yes: int
    no: int
    abstain: int
    is_passed: bool
    arithmetic: str
    is_resolving: bool


@dataclass(frozen=True, slots=True)
class FundFlow:
    """A fund over a period. ``closing_fen`` is counted from the vouchers, not from the other three."""

    name: str
    owner: str
    planned_fen: int
    arrived_to_date_fen: int
    opening_fen: int
    in_fen: int
    out_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class ProjectSpending:
    """What a project cost in a period and up to its end."""

    name: str
    budget_fen: int
    in_period_fen: int
    to_date_fen: int


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A voucher of a period; ``reverses`` is the number of the voucher it takes back, "" for a payment."""

    project: str
    label: str
    posted_on: date
    purpose: str
    payee: str
    amount_fen: int
    reverses: str
    reason: str


@dataclass(frozen=True, slots=True)
class PayLine:
    """What one person got by a pay sheet that was paid in a period."""

    payroll: str
    person_id: str
    name: str
    id_tail: str
    area: str
    amount_fen: int


def projects_of(desk: Desk, period: Period) -> list[ProjectLine]:
    """Return the projects of the period's year as they stood at its end, in the order they were entered."""
    rows = desk.rows(
        """SELECT p.*, (SELECT s.state FROM steps s WHERE s.project_id = p.id AND s.taken_on <= :last
                         ORDER BY s.taken_on DESC, s.rowid DESC LIMIT 1) AS stood,
                  EXISTS (SELECT 1 FROM steps s WHERE s.project_id = p.id) AS walked
             FROM projects p WHERE p.village_id = :village AND p.year = :year ORDER BY p.rowid""",
        _about(desk, period),
    )
    return [_project_line(row) for row in rows]


def _project_line(row: Any) -> ProjectLine:
    state = row["stood"] or (ProjectState.WISHED if row["walked"] else row["state"])
    return ProjectLine(row["id"], row["name"], row["item"], row["place"], row["budget_fen"], ProjectState(state))


def resolutions_of(desk: Desk, period: Period) -> list[Resolution]:
    """Return what was voted on the year's projects up to the period's end, oldest first."""
    rows = desk.rows(
        """SELECT b.name AS body, b.kind, m.number AS meeting, m.held_on, m.entitled, m.present, t.*
             FROM motions t JOIN meetings m ON m.id = t.meeting_id JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = :village AND m.held_on <= :last
              AND EXISTS (SELECT 1 FROM motion_projects x JOIN projects p ON p.id = x.project_id
                           WHERE x.motion_id = t.id AND p.year = :year)
            ORDER BY m.held_on, m.rowid, t.number""",
        _about(desk, period),
    )
    return [
        Resolution(
            row["body"], row["meeting"], date.fromisoformat(row["held_on"]), row["entitled"], row["present"],
            row["subject"], row["method"], row["yes"], row["no"], row["abstain"], bool(row["is_passed"]),
            row["arithmetic"], row["kind"] in RESOLVING_BODIES,
        )
        for row in rows
    ]  # fmt: skip


def fund_flows(desk: Desk, period: Period) -> list[FundFlow]:
    """Return the period's flows of each fund of its year, and of any other that held or moved money in it."""
    rows = desk.rows(
        """WITH flows AS (
             SELECT f.rowid AS place, f.*,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals
                 WHERE fund_id = f.id AND arrived_on < :first) AS arrived_before,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals
                 WHERE fund_id = f.id AND arrived_on BETWEEN :first AND :last) AS arrived,
               (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                 WHERE fund_id = f.id AND posted_on < :first) AS paid_before,
               (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                 WHERE fund_id = f.id AND posted_on BETWEEN :first AND :last) AS paid,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals WHERE fund_id = f.id AND arrived_on <= :last)
                 - (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                     WHERE fund_id = f.id AND posted_on <= :last) AS closing
             FROM funds f WHERE f.village_id = :village)
           SELECT * FROM flows
            WHERE year = :year OR arrived_before <> paid_before OR arrived <> 0 OR paid <> 0
            ORDER BY year DESC, place""",
        _about(desk, period),
    )
    return [
        FundFlow(
            f"{row['year']}年{row['source']}", row["owner"], row["planned_fen"], row["arrived_before"] + row["arrived"],
            row["arrived_before"] - row["paid_before"], row["arrived"], row["paid"], row["closing"],
        )
        for row in rows
    ]  # fmt: skip


def spending_by_project(desk: Desk, period: Period) -> list[ProjectSpending]:
    """Return what each project of the year cost, and each older one that was still paid for."""
    rows = desk.rows(
        """SELECT p.name, p.budget_fen,
                  coalesce(sum(CASE WHEN v.posted_on >= :first THEN v.amount_fen END), 0) AS in_period,
                  coalesce(sum(v.amount_fen), 0) AS to_date
             FROM projects p LEFT JOIN vouchers v ON v.project_id = p.id AND v.posted_on <= :last
            WHERE p.village_id = :village
            GROUP BY p.id
           HAVING count(v.id) > 0 AND (p.year = :year OR in_period <> 0)
            ORDER BY p.year DESC, p.rowid""",
        _about(desk, period),
    )
    return [ProjectSpending(row["name"], row["budget_fen"], row["in_period"], row["to_date"]) for row in rows]


def vouchers_of(desk: Desk, period: Period) -> list[VoucherLine]:
    """Return the period's vouchers, project by project, in the order of their numbers."""
    rows = desk.rows(
        """SELECT p.name AS project, v.*, w.year AS old_year, w.number AS old_number
             FROM vouchers v JOIN projects p ON p.id = v.project_id LEFT JOIN vouchers w ON w.id = v.reverses_id
            WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last
            ORDER BY p.year DESC, p.rowid, v.year, v.number""",
        _about(desk, period),
    )
    return [
        VoucherLine(
            row["project"], f"{row['year']}-{row['number']}", date.fromisoformat(row["posted_on"]), row["purpose"],
            row["payee"], row["amount_fen"], f"{row['old_year']}-{row['old_number']}" if row["reverses_id"] else "",
            row["reason"],
        )
        for row in rows
    ]  # fmt: skip


def pay_lines_of(desk: Desk, period: Period) -> list[PayLine]:
    """Return what people got by the pay sheets paid in the period and not taken back in it."""
    rows = desk.rows(
        """SELECT s.title, l.person_id, l.name, substr(q.id_number, -4) AS tail, l.area, l.amount_fen
             FROM vouchers v JOIN claims c ON c.id = v.claim_id JOIN payrolls s ON s.id = c.payroll_id
             JOIN payroll_lines l ON l.payroll_id = s.id JOIN people q ON q.id = l.person_id
            WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last AND v.reverses_id IS NULL
              AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id AND r.posted_on <= :last)
            ORDER BY v.year, v.number, l.place""",
        _about(desk, period),
    )
    return [PayLine(*tuple(row)) for row in rows]


def contracts_of(desk: Desk, period: Period, kind: ContractKind) -> list[tuple[str, Contract]]:
    """Return the contracts of a kind that ran during the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, c.* FROM contracts c JOIN projects p ON p.id = c.project_id
            WHERE c.village_id = :village AND c.kind = :kind AND c.first_day <= :last AND c.last_day >= :first
              AND c.signed_on <= :last ORDER BY c.rowid""",
        {**_about(desk, period), "kind": kind.value},
    )
    return [(row["project"], Contract.from_row(row)) for row in rows]


def inspections_of(desk: Desk, period: Period) -> list[tuple[str, Inspection]]:
    """Return the visits of the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, i.* FROM inspections i JOIN projects p ON p.id = i.project_id
            WHERE i.village_id = :village AND i.inspected_on BETWEEN :first AND :last
            ORDER BY i.inspected_on, i.rowid""",
        _about(desk, period),
    )
    return [(row["project"], Inspection.from_row(row)) for row in rows]


def overseers_of(desk: Desk, period: Period) -> list[tuple[str, str, str]]:
    """Return who oversees at the period's end as (body, name, duty)."""
    rows = desk.rows(
        """SELECT b.name, m.name, m.duty FROM memberships m JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = :village AND b.kind IN ('民主理财小组', '质量监督小组', '村务监督委员会')
              AND m.first_day <= :last AND m.last_day >= :last ORDER BY b.rowid, m.rowid""",
        _about(desk, period),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _about(desk: Desk, period: Period) -> dict[str, str | int]:
    return {
        "village": desk.office_id,
        "year": period.year,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
