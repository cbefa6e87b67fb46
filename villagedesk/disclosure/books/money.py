"""Funds, what arrived and what was spent, as the board tells it; all money in fen."""

from dataclasses import dataclass
from datetime import date

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.store import CHANGED_BY
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.plans import planned_on
from villagedesk.village.store import fund_label


@dataclass(frozen=True, slots=True)
class FundFlow:
    """A fund over a period. ``closing_fen`` is counted from the vouchers, not from the others.

    ``planned_fen`` is the plan as it was at the period's end.
    ``opening_fen`` is what it held when the period's first day began, with what was written down as opening balance or
    carried on that very day; ``carried_fen`` is what was so on a later day of the period, less what was carried away;
    ``begun_to_date_fen`` is both and all of the kind before.
    """

    name: str
    owner: str
    planned_fen: int
    arrived_to_date_fen: int
    opening_fen: int
    in_fen: int
    out_fen: int
    closing_fen: int
    document: str = ""
    id: str = ""
    year: int = 0
    carried_fen: int = 0
    begun_to_date_fen: int = 0


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """Money that arrived: when, into which fund, by which document."""

    arrived_on: date
    fund: str
    document: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What a fund took in and paid out in a month of a year, in fen; ``carried_fen`` as in ``FundFlow``."""

    fund: str
    year: int
    month: int
    in_fen: int
    out_fen: int
    carried_fen: int = 0


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


def fund_flows(desk: Desk, period: Period) -> list[FundFlow]:
    """Return the period's flows of each fund of its year, and of any other that held or moved money in it."""
    rows = desk.rows(
        f"""WITH flows AS (
             SELECT f.rowid AS place, f.*, {fund_label("f")} AS label,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals
                 WHERE fund_id = f.id AND arrived_on < :first) AS arrived_before,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals
                 WHERE fund_id = f.id AND arrived_on BETWEEN :first AND :last) AS arrived,
               (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                 WHERE fund_id = f.id AND posted_on < :first) AS paid_before,
               (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                 WHERE fund_id = f.id AND posted_on BETWEEN :first AND :last) AS paid,
               (SELECT coalesce(sum(amount_fen), 0) FROM openings
                 WHERE fund_id = f.id AND opened_on <= :first)
                 - (SELECT coalesce(sum(amount_fen), 0) FROM openings
                     WHERE from_fund_id = f.id AND opened_on <= :first) AS begun,
               (SELECT coalesce(sum(amount_fen), 0) FROM openings
                 WHERE fund_id = f.id AND opened_on > :first AND opened_on <= :last)
                 - (SELECT coalesce(sum(amount_fen), 0) FROM openings
                     WHERE from_fund_id = f.id AND opened_on > :first AND opened_on <= :last) AS carried,
               (SELECT coalesce(sum(amount_fen), 0) FROM arrivals WHERE fund_id = f.id AND arrived_on <= :last)
                 + (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE fund_id = f.id AND opened_on <= :last)
                 - (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE from_fund_id = f.id AND opened_on <= :last)
                 - (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
                     WHERE fund_id = f.id AND posted_on <= :last) AS closing
             FROM funds f WHERE f.village_id = :village)
           SELECT * FROM flows
            WHERE year = :year OR begun + arrived_before <> paid_before OR arrived <> 0 OR paid <> 0 OR carried <> 0
            ORDER BY year DESC, place""",  # noqa: S608
        span(desk, period),
    )
    return [
        FundFlow(
            row["label"], row["owner"], planned_on(desk, Fund.from_row(row), period.last),
            row["arrived_before"] + row["arrived"],
            row["begun"] + row["arrived_before"] - row["paid_before"], row["arrived"], row["paid"], row["closing"],
            row["document"], row["id"], row["year"], row["carried"], row["begun"] + row["carried"],
        )
        for row in rows
    ]  # fmt: skip


def arrivals_of(desk: Desk, period: Period) -> list[ArrivalLine]:
    """Return what arrived in the period, oldest first; the fund's document where the arrival names none."""
    rows = desk.rows(
        f"""SELECT a.arrived_on, {fund_label("f")}, coalesce(nullif(a.document, ''), f.document), a.amount_fen
             FROM arrivals a JOIN funds f ON f.id = a.fund_id
            WHERE f.village_id = :village
              AND a.arrived_on BETWEEN :first AND :last ORDER BY a.arrived_on, a.rowid""",  # noqa: S608
        span(desk, period),
    )
    return [ArrivalLine(date.fromisoformat(row[0]), row[1], row[2], row[3]) for row in rows]


def months_of(desk: Desk, period: Period) -> list[MonthLine]:
    """Return each fund's months of the period in which money moved, fund by fund in the order of ``fund_flows``."""
    rows = desk.rows(
        f"""WITH moved AS (
             SELECT fund_id, arrived_on AS day, amount_fen AS came, 0 AS went, 0 AS carried FROM arrivals
             UNION ALL SELECT fund_id, posted_on, 0, amount_fen, 0 FROM vouchers
             UNION ALL SELECT fund_id, opened_on, 0, 0, amount_fen FROM openings WHERE opened_on > :first
             UNION ALL SELECT from_fund_id, opened_on, 0, 0, -amount_fen FROM openings WHERE opened_on > :first)
           SELECT {fund_label("f")} AS fund, substr(m.day, 1, 4) AS year, substr(m.day, 6, 2) AS month,
                  sum(m.came) AS came, sum(m.went) AS went, sum(m.carried) AS carried
             FROM moved m JOIN funds f ON f.id = m.fund_id
            WHERE f.village_id = :village AND m.day BETWEEN :first AND :last
            GROUP BY f.id, substr(m.day, 1, 7) ORDER BY f.year DESC, f.rowid, m.day""",  # noqa: S608
        span(desk, period),
    )
    return [
        MonthLine(row["fund"], int(row["year"]), int(row["month"]), row["came"], row["went"], row["carried"])
        for row in rows
    ]


def spending_by_project(desk: Desk, period: Period) -> list[ProjectSpending]:
    """Return what each project of the year cost, and each older one that was still paid for."""
    rows = desk.rows(
        f"""SELECT p.name, p.budget_fen + {CHANGED_BY} AS budget_fen,
                  coalesce(sum(CASE WHEN v.posted_on >= :first THEN v.amount_fen END), 0) AS in_period,
                  coalesce(sum(v.amount_fen), 0) AS to_date
             FROM projects p LEFT JOIN vouchers v ON v.project_id = p.id AND v.posted_on <= :last
            WHERE p.village_id = :village
            GROUP BY p.id
           HAVING count(v.id) > 0 AND (p.year = :year OR in_period <> 0)
            ORDER BY p.year DESC, p.rowid""",  # noqa: S608
        span(desk, period),
    )
    return [ProjectSpending(row["name"], row["budget_fen"], row["in_period"], row["to_date"]) for row in rows]


def vouchers_of(desk: Desk, period: Period) -> list[VoucherLine]:
    """Return the period's vouchers, project by project, in the order of their numbers."""
    rows = desk.rows(
        """SELECT p.name AS project, v.*, w.year AS old_year, w.number AS old_number
             FROM vouchers v JOIN projects p ON p.id = v.project_id LEFT JOIN vouchers w ON w.id = v.reverses_id
            WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last
            ORDER BY p.year DESC, p.rowid, v.year, v.number""",
        span(desk, period),
    )
    return [
        VoucherLine(
            row["project"], f"{row['year']}-{row['number']}", date.fromisoformat(row["posted_on"]), row["purpose"],
            row["payee"], row["amount_fen"], f"{row['old_year']}-{row['old_number']}" if row["reverses_id"] else "",
            row["reason"],
        )
        for row in rows
    ]  # fmt: skip
