"""The registers that look at the same money another way: projects (台账), and what came and went in a period."""

from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.ledger.books import entries, project_ledger
from villagedesk.ledger.figures import Income, MonthFlow, NamedSum, ProjectCard, ProjectLine
from villagedesk.ledger.store import fund_sums
from villagedesk.projects.catalogue import class_name
from villagedesk.projects.model import Contract, Inspection, Project
from villagedesk.projects.store import CHANGED_BY
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_label


def income(desk: Desk, period: Period) -> Income:
    """Return what came and went in a period (收支明细表), by fund, by class of works and by month."""
    values = _days(desk, period)
    classes = [NamedSum(class_name(row["class_code"]), row["fen"]) for row in desk.rows(_CLASSES, values)]
    months = [
        MonthFlow(Period(int(row["month"][:4]), int(row["month"][5:]), 1), row["came"], row["went"])
        for row in desk.rows(_MONTHS, values)
    ]
    return Income(period, tuple(fund_sums(desk, period.first, period.last)), tuple(classes), tuple(months))


def project_lines(desk: Desk, period: Period) -> list[ProjectLine]:
    """Return the projects of the period's year and those of other years that were paid for in it, newest first."""
    rows = desk.rows(f"{_PROJECTS} {_SHOWN} ORDER BY p.year DESC, p.rowid", _days(desk, period) | {"year": period.year})
    return [_project_line(row) for row in rows]


def project_card(desk: Desk, project_id: str, period: Period) -> ProjectCard:
    """Return all that the books know of a project up to the end of a period. Raises KeyError when there is none."""
    rows = desk.rows(f"{_PROJECTS} AND p.id = :project", _days(desk, period) | {"project": project_id})
    if not rows:
        raise KeyError(project_id)
    run = project_ledger(desk, project_id, date.min, period.last)
    until = [project_id, period.last.isoformat()]
    return ProjectCard(
        _project_line(rows[0]),
        desk.find(Contract, "project_id = ? AND signed_on <= ?", until, "signed_on, rowid"),
        desk.find(Inspection, "project_id = ? AND inspected_on <= ?", until, "inspected_on, rowid"),
        entries(desk, run),
        run.totals,
    )


def payees(desk: Desk, text: str = "", most: int = 50) -> list[str]:
    """Return who was paid, the most often paid first; ``text`` is looked for in their names."""
    rows = desk.rows(
        """SELECT payee FROM vouchers WHERE village_id = ? AND instr(payee, ?)
            GROUP BY payee ORDER BY count(*) DESC, payee LIMIT ?""",
        [desk.office_id, text, most],
    )
    return [row[0] for row in rows]


def _days(desk: Desk, period: Period) -> dict[str, str | int]:
    return {"office": desk.office_id, "first": period.first.isoformat(), "last": period.last.isoformat()}


def _project_line(row: object) -> ProjectLine:
    line: dict[str, object] = dict(row)  # type: ignore[call-overload]
    return ProjectLine(
        project=Project.from_row(line),
        fund=str(line["fund_name"] or ""),
        budget_fen=int(str(line["in_force"])),
        contracted_fen=int(str(line["contracted"])),
        before_fen=int(str(line["before"])),
        in_period_fen=int(str(line["in_period"])),
        visits=int(str(line["visits"])),
        score=None if line["score"] is None else int(str(line["score"])),
    )


_CLASSES = """
SELECT p.class_code, sum(v.amount_fen) AS fen FROM projects p JOIN vouchers v ON v.project_id = p.id
 WHERE p.village_id = :office AND v.posted_on BETWEEN :first AND :last GROUP BY p.class_code ORDER BY p.class_code
"""
_MONTHS = """
SELECT substr(day, 1, 7) AS month, sum(came) AS came, sum(went) AS went FROM (
    SELECT arrived_on AS day, amount_fen AS came, 0 AS went FROM arrivals
     WHERE village_id = :office AND arrived_on BETWEEN :first AND :last
    UNION ALL SELECT posted_on, 0, amount_fen FROM vouchers
     WHERE village_id = :office AND posted_on BETWEEN :first AND :last)
 GROUP BY 1 ORDER BY 1
"""
_SPENT = "(SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id AND posted_on {0})"
_PROJECTS = f"""
SELECT p.*, (SELECT {fund_label("f")} FROM funds f WHERE f.id = p.fund_id) AS fund_name,
       p.budget_fen + {CHANGED_BY} AS in_force,
       (SELECT coalesce(sum(amount_fen), 0) FROM contracts
         WHERE project_id = p.id AND signed_on <= :last) AS contracted,
       {_SPENT.format("< :first")} AS before, {_SPENT.format("BETWEEN :first AND :last")} AS in_period,
       (SELECT count(*) FROM inspections WHERE project_id = p.id AND inspected_on <= :last) AS visits,
       (SELECT score FROM inspections WHERE project_id = p.id AND inspected_on <= :last
         ORDER BY inspected_on DESC, rowid DESC LIMIT 1) AS score
  FROM projects p WHERE p.village_id = :office
"""
_SHOWN = """AND (p.year = :year AND p.state NOT IN ('wished', 'shortlisted', 'rejected')
     OR EXISTS (SELECT 1 FROM vouchers WHERE project_id = p.id AND posted_on BETWEEN :first AND :last))"""
