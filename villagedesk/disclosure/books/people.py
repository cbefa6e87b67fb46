"""Who does the work, what they are paid, who watches over it and what the teams decide, as the board tells it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from villagedesk.disclosure.books.span import span
from villagedesk.disclosure.books.works import Resolution
from villagedesk.kernel.dates import Period
from villagedesk.payments.model import PayWay
from villagedesk.projects.model import Contract, ContractKind, Post
from villagedesk.storage.desk import Desk

_TAKEN_BACK = "EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id AND r.posted_on <= :last)"

_SENT = "(SELECT b.id FROM batch_lines b WHERE b.payroll_line_id = l.id ORDER BY b.rowid DESC LIMIT 1)"
_ANSWER = f"(SELECT outcome FROM bank_answers WHERE batch_line_id = {_SENT} ORDER BY rowid DESC LIMIT 1)"  # noqa: S608
_TOLD = (
    "CASE WHEN NOT EXISTS (SELECT 1 FROM batches WHERE payroll_id = l.payroll_id) THEN '' "  # noqa: S608
    f"ELSE coalesce({_ANSWER}, 'sent') END"
)


@dataclass(frozen=True, slots=True)
class PaidPerson:
    """What one person gets by a pay sheet, and where the money is by all the bank has said so far.

    ``told`` is "paid", "sent", "failed" or "bounced"; "" for a sheet that was paid without a file for the bank.
    """

    person_id: str
    name: str
    id_tail: str
    area: str
    amount_fen: int
    told: str = ""

    @property
    def is_paid(self) -> bool:
        """Whether the money is on the account, as far as the books know."""
        return self.told in ("", "paid")


@dataclass(frozen=True, slots=True)
class PaySheet:
    """A pay sheet that was paid, or, with a negative amount, the red reversal of one; only a paid one has lines.

    ``is_taken_back`` says that a payment was reversed by the period's end, ``reverses`` names what a reversal takes
    back.
    """

    voucher: str
    title: str
    project: str
    paid_on: date
    way: PayWay
    amount_fen: int
    is_taken_back: bool
    reverses: str
    reason: str
    lines: tuple[PaidPerson, ...]


@dataclass(frozen=True, slots=True)
class TeamPay:
    """What people of one team were paid by pay sheets: how many people, how much."""

    team: str
    people: int
    amount_fen: int


def contracts_of(desk: Desk, period: Period, kind: ContractKind) -> list[tuple[str, Contract]]:
    """Return the contracts of a kind that ran during the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, c.* FROM contracts c JOIN projects p ON p.id = c.project_id
            WHERE c.village_id = :village AND c.kind = :kind AND c.first_day <= :last AND c.last_day >= :first
              AND c.signed_on <= :last ORDER BY c.rowid""",
        {**span(desk, period), "kind": kind.value},
    )
    return [(row["project"], Contract.from_row(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post that was held during a period: whose, on which project."""

    project: str
    person_id: str
    name: str
    id_tail: str
    post: Post


def posts_of(desk: Desk, period: Period) -> list[PostLine]:
    """Return the posts that were held during the period, project by project, in the order they were set up."""
    rows = desk.rows(
        """SELECT p.name AS project, q.name, substr(q.id_number, -4) AS tail, o.* FROM posts o
             JOIN projects p ON p.id = o.project_id JOIN people q ON q.id = o.person_id
            WHERE o.village_id = :village AND o.first_day <= :last AND coalesce(o.last_day, :last) >= :first
            ORDER BY p.rowid, o.rowid""",
        span(desk, period),
    )
    return [PostLine(row["project"], row["person_id"], row["name"], row["tail"], Post.from_row(row)) for row in rows]


def paid_to_parties(desk: Desk, period: Period) -> dict[tuple[str, str], int]:
    """Return what was paid up to the period's end by (project id, payee)."""
    rows = desk.rows(
        """SELECT project_id, payee, sum(amount_fen) AS paid FROM vouchers
            WHERE village_id = :village AND posted_on <= :last GROUP BY project_id, payee""",
        span(desk, period),
    )
    return {(row["project_id"], row["payee"]): row["paid"] for row in rows}


def pay_sheets_of(desk: Desk, period: Period) -> list[PaySheet]:
    """Return the pay sheets paid or taken back in the period, in the order of their vouchers."""
    rows = desk.rows(
        f"""SELECT v.*, c.payroll_id, c.pay_way, s.title, p.name AS project, {_TAKEN_BACK} AS taken_back,
                   w.year AS old_year, w.number AS old_number
              FROM vouchers v JOIN claims c ON c.id = v.claim_id JOIN payrolls s ON s.id = c.payroll_id
              JOIN projects p ON p.id = s.project_id LEFT JOIN vouchers w ON w.id = v.reverses_id
             WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last
             ORDER BY v.year, v.number""",  # noqa: S608
        span(desk, period),
    )
    lines = _lines_of(desk, period)
    return [
        PaySheet(
            f"{row['year']}-{row['number']}", row["title"], row["project"], date.fromisoformat(row["posted_on"]),
            PayWay(row["pay_way"]), row["amount_fen"], bool(row["taken_back"]),
            f"{row['old_year']}-{row['old_number']}" if row["reverses_id"] else "", row["reason"],
            () if row["reverses_id"] else tuple(lines[row["payroll_id"]]),
        )
        for row in rows
    ]  # fmt: skip


def _lines_of(desk: Desk, period: Period) -> dict[str, list[PaidPerson]]:
    rows = desk.rows(
        f"""SELECT l.payroll_id, l.person_id, l.name, substr(q.id_number, -4) AS tail, l.area, l.amount_fen, {_TOLD}
             FROM payroll_lines l JOIN people q ON q.id = l.person_id
            WHERE l.payroll_id IN (SELECT c.payroll_id FROM vouchers v JOIN claims c ON c.id = v.claim_id
                                    WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last)
            ORDER BY l.payroll_id, l.place""",  # noqa: S608
        span(desk, period),
    )
    lines = defaultdict(list)
    for payroll_id, *line in map(tuple, rows):
        lines[payroll_id].append(PaidPerson(*line))
    return lines


def overseers_of(desk: Desk, period: Period) -> list[tuple[str, str, str]]:
    """Return who oversees at the period's end as (body, name, duty)."""
    rows = desk.rows(
        """SELECT b.name, m.name, m.duty FROM memberships m JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = :village AND b.kind IN ('民主理财小组', '质量监督小组', '村务监督委员会')
              AND m.first_day <= :last AND m.last_day >= :last ORDER BY b.rowid, m.rowid""",
        span(desk, period),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def teams_of(desk: Desk) -> list[str]:
    """Return the village's teams as the register names them."""
    rows = desk.rows("SELECT DISTINCT team FROM households WHERE village_id = ? AND team <> ''", [desk.office_id])
    return [row["team"] for row in rows]


def team_votes_of(desk: Desk, period: Period) -> list[Resolution]:
    """Return what the teams voted on in the period, oldest first; a meeting without a vote has one of no subject."""
    rows = desk.rows(
        """SELECT b.name AS body, m.number AS meeting, m.held_on, m.entitled, m.present, m.basis, m.profile_version,
                  m.id AS meeting_id, t.id AS motion_id, t.number AS place, t.subject, t.method, t.yes, t.no,
                  t.abstain, t.is_passed, t.arithmetic
             FROM meetings m JOIN bodies b ON b.id = m.body_id LEFT JOIN motions t ON t.meeting_id = m.id
            WHERE m.village_id = :village AND m.held_on BETWEEN :first AND :last AND m.basis = '村民小组会议'
            ORDER BY m.held_on, m.rowid, t.number""",
        span(desk, period),
    )
    return [
        Resolution(
            body=row["body"], number=row["meeting"], held_on=date.fromisoformat(row["held_on"]),
            entitled=row["entitled"], present=row["present"], subject=row["subject"] or "", method=row["method"] or "",
            yes=row["yes"] or 0, no=row["no"] or 0, abstain=row["abstain"] or 0, is_passed=bool(row["is_passed"]),
            arithmetic=row["arithmetic"] or "", is_resolving=False, place=row["place"] or 0, basis=row["basis"],
            version=row["profile_version"], motion_id=row["motion_id"] or "", meeting_id=row["meeting_id"],
        )
        for row in rows
    ]  # fmt: skip


def paid_by_project(desk: Desk, period: Period) -> dict[str, int]:
    """Return what was paid in the period by project id."""
    rows = desk.rows(
        """SELECT project_id, sum(amount_fen) AS paid FROM vouchers
            WHERE village_id = :village AND posted_on BETWEEN :first AND :last GROUP BY project_id""",
        span(desk, period),
    )
    return {row["project_id"]: row["paid"] for row in rows}


def pay_by_team(desk: Desk, period: Period) -> list[TeamPay]:
    """Return what the people of each team were paid by the period's pay sheets that were not taken back."""
    rows = desk.rows(
        f"""SELECT h.team, count(DISTINCT l.person_id) AS people, sum(l.amount_fen) AS paid
              FROM vouchers v JOIN claims c ON c.id = v.claim_id JOIN payroll_lines l ON l.payroll_id = c.payroll_id
              JOIN people q ON q.id = l.person_id JOIN households h ON h.id = q.household_id
             WHERE v.village_id = :village AND v.posted_on BETWEEN :first AND :last AND v.reverses_id IS NULL
               AND NOT {_TAKEN_BACK}
             GROUP BY h.team""",  # noqa: S608
        span(desk, period),
    )
    return [TeamPay(row["team"], row["people"], row["paid"]) for row in rows]
