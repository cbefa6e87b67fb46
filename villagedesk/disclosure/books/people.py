"""Who does the work and who watches over it, as the board tells it."""

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.storage.desk import Desk


def contracts_of(desk: Desk, period: Period, kind: ContractKind) -> list[tuple[str, Contract]]:
    """Return the contracts of a kind that ran during the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, c.* FROM contracts c JOIN projects p ON p.id = c.project_id
            WHERE c.village_id = :village AND c.kind = :kind AND c.first_day <= :last AND c.last_day >= :first
              AND c.signed_on <= :last ORDER BY c.rowid""",
        {**span(desk, period), "kind": kind.value},
    )
    return [(row["project"], Contract.from_row(row)) for row in rows]


def overseers_of(desk: Desk, period: Period) -> list[tuple[str, str, str]]:
    """Return who oversees at the period's end as (body, name, duty)."""
    rows = desk.rows(
        """SELECT b.name, m.name, m.duty FROM memberships m JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = :village AND b.kind IN ('民主理财小组', '质量监督小组', '村务监督委员会')
              AND m.first_day <= :last AND m.last_day >= :last ORDER BY b.rowid, m.rowid""",
        span(desk, period),
    )
    return [(row[0], row[1], row[2]) for row in rows]
