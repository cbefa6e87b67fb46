"""Posts and how they were assessed, as they are asked for."""

from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Post
from villagedesk.projects.monthly import worked_months
from villagedesk.storage.desk import Desk

_HELD = "village_id = :office AND first_day <= :last AND coalesce(last_day, :first) >= :first"


def posts_of(desk: Desk, project_id: str | None = None, day: date | None = None) -> list[Post]:
    """Return the posts of a project (default: of all) that were held on a day (default: on any), oldest first."""
    where, values = ["village_id = :office"], {"office": desk.office_id}
    if project_id is not None:
        where.append("project_id = :project")
        values["project"] = project_id
    if day is not None:
        where.append("first_day <= :day AND coalesce(last_day, :day) >= :day")
        values["day"] = day.isoformat()
    return desk.find(Post, " AND ".join(where), values, "rowid")


def posts_held(desk: Desk, period: Period) -> list[Post]:
    """Return the posts that were held on some day of a period, oldest first."""
    values = {"office": desk.office_id, "first": period.first.isoformat(), "last": period.last.isoformat()}
    return desk.find(Post, _HELD, values, "rowid")


def assessment_of(desk: Desk, post: Post, period: Period | str) -> Inspection | None:
    """Return the assessment that counts for a post's quarter: its own, else its contract's; None when there is none.

    Of several of one quarter the last counts: a later one corrects the earlier.
    """
    own = assessments_of(desk, period, post_id=post.id)
    if own or not post.contract_id:
        return own[-1] if own else None
    of_contract = assessments_of(desk, period, contract_id=post.contract_id)
    return of_contract[-1] if of_contract else None


def assessments_of(desk: Desk, period: Period | str, *, post_id: str = "", contract_id: str = "") -> list[Inspection]:
    """Return the assessments of one post or one contract for a quarter, oldest first."""
    subject = "post_id = :id" if post_id else "contract_id = :id AND post_id IS NULL"
    values = {"kind": InspectionKind.ASSESSMENT.value, "period": str(period), "id": post_id or contract_id}
    return desk.find(Inspection, f"{subject} AND kind = :kind AND period = :period", values, "inspected_on, rowid")


def month_scores(desk: Desk, subject: Post | Contract, quarter: Period) -> list[Inspection] | None:
    """Return what counts for each month of a quarter a subject worked in, None while a month is not assessed."""
    key = {"post_id": subject.id} if isinstance(subject, Post) else {"contract_id": subject.id}
    found = [assessments_of(desk, month, **key) for month in worked_months(subject, quarter)]
    return [of_month[-1] for of_month in found] if found and all(found) else None


def next_month(desk: Desk, subject: Post | Contract, quarter: Period) -> Period | None:
    """Return the first month of a quarter a subject worked in that is not assessed, None when all are."""
    key = {"post_id": subject.id} if isinstance(subject, Post) else {"contract_id": subject.id}
    return next((one for one in worked_months(subject, quarter) if not assessments_of(desk, one, **key)), None)


def same_quarter(desk: Desk, inspection: Inspection) -> list[Inspection]:
    """Return the other assessments of the same subject for the same quarter, oldest first."""
    if not inspection.period:
        return []
    if inspection.post_id or inspection.contract_id:
        found = assessments_of(
            desk, inspection.period, post_id=inspection.post_id or "", contract_id=inspection.contract_id or ""
        )
    else:
        where = "project_id = ? AND post_id IS NULL AND contract_id IS NULL AND kind = ? AND period = ?"
        values = [inspection.project_id, InspectionKind.ASSESSMENT.value, inspection.period]
        found = desk.find(Inspection, where, values, "inspected_on, rowid")
    return [one for one in found if one.id != inspection.id]


def paid_names(desk: Desk, project_id: str) -> frozenset[str]:
    """Return who is paid for a project's work: the contracts' parties, who holds posts, and whose account is paid."""
    rows = desk.rows(
        """SELECT party FROM contracts WHERE project_id = :project
            UNION SELECT q.name FROM posts o JOIN people q ON q.id IN (o.person_id, o.payee_id)
                   WHERE o.project_id = :project""",
        {"project": project_id},
    )
    return frozenset(row[0] for row in rows)
