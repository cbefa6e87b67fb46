"""Checks of the money: vouchers, budgets, funds, pay sheets."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.oversight.checks.found import numbered, voucher, wrong
from villagedesk.payments.model import Voucher
from villagedesk.projects.store import IN_FORCE
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_name


def booked_only_reviewed(desk: Desk, since: date) -> Iterator[Finding]:
    """Nothing is booked that the finance group did not pass (未经民主理财小组审核盖章的收支单据一律不得入帐)."""
    rows = desk.rows(
        """SELECT v.year, v.number FROM vouchers v JOIN claims c ON c.id = v.claim_id
            WHERE v.village_id = ? AND v.posted_on >= ?
              AND +v.reverses_id IS NULL -- by its index that would be the vouchers of all years
              AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.subject_id = c.id AND r.outcome = 'passed'
                                 AND r.given_by <> c.made_by)
            ORDER BY v.year, v.number""",
        [desk.office_id, since.isoformat()],
    )
    for row in rows:
        yield wrong("unreviewed_voucher", f"凭证{voucher(row)}没有经理财小组审核就入账了。")


def vouchers_numbered(desk: Desk, since: date) -> Iterator[Finding]:
    """Voucher numbers run from 1 without gap or double in each year."""
    rows = desk.rows(
        "SELECT year, number FROM vouchers WHERE village_id = ? AND year >= ? ORDER BY 1, 2",
        [desk.office_id, since.year],
    )
    yield from numbered(rows, "vouchers", Voucher.series)


def vouchers_dated_in_order(desk: Desk, since: date) -> Iterator[Finding]:
    """A later number has no earlier day."""
    rows = desk.rows(
        "SELECT year, number, posted_on FROM vouchers WHERE village_id = ? AND year >= ? ORDER BY year, number",
        [desk.office_id, since.year],
    )
    for before, row in pairwise(rows):
        if row["year"] == before["year"] and row["posted_on"] < before["posted_on"]:
            yield wrong("voucher_order", f"凭证{voucher(row)}的日期比前一号还早。")


def vouchers_as_claimed(desk: Desk, since: date) -> Iterator[Finding]:
    """A voucher pays exactly what was claimed and passed, to whom, for what; a reversal takes back exactly that."""
    for row in desk.rows(_UNLIKE, [desk.office_id, since.isoformat()]):
        unlike = "、".join(words for name, words in _CLAIMED.items() if row[name])
        yield wrong("voucher_amount", f"凭证{voucher(row)}的{unlike}和报账单（或被冲销的凭证）不一样。")


def within_budgets(desk: Desk, since: date) -> Iterator[Finding]:
    """No project costs more than its budget."""
    rows = desk.rows(
        f"""SELECT p.name, {IN_FORCE} AS in_force_fen, sum(v.amount_fen) AS paid_fen FROM projects p
             JOIN vouchers v ON v.project_id = p.id
            WHERE p.village_id = :village AND p.id IN (
                  SELECT project_id FROM vouchers WHERE village_id = :village AND posted_on >= :since
                  UNION SELECT project_id FROM budget_lines WHERE village_id = :village)
            GROUP BY p.id HAVING paid_fen > in_force_fen ORDER BY p.rowid""",  # noqa: S608
        {"village": desk.office_id, "since": since.isoformat()},
    )
    for row in rows:
        over = yuan(row["paid_fen"] - row["in_force_fen"])
        yield wrong("over_budget", f"“{row['name']}”支出超过预算{over}元。")


def within_funds(desk: Desk, since: date) -> Iterator[Finding]:
    """No fund was overdrawn on any day; money of one day arrives before it goes."""
    rows = desk.rows(
        f"""WITH moved AS MATERIALIZED (
             SELECT fund_id FROM arrivals WHERE village_id = :village AND arrived_on >= :since
             UNION SELECT fund_id FROM openings WHERE village_id = :village AND opened_on >= :since
             UNION SELECT from_fund_id FROM openings WHERE village_id = :village AND opened_on >= :since
             UNION SELECT fund_id FROM vouchers WHERE village_id = :village AND posted_on >= :since),
           flows AS (
             SELECT fund_id, arrived_on AS day, amount_fen FROM arrivals WHERE fund_id IN moved
             UNION ALL SELECT fund_id, opened_on, amount_fen FROM openings WHERE fund_id IN moved
             UNION ALL SELECT from_fund_id, opened_on, -amount_fen FROM openings WHERE from_fund_id IN moved
             UNION ALL SELECT fund_id, posted_on, -amount_fen FROM vouchers WHERE fund_id IN moved),
           days AS (SELECT fund_id, day, sum(amount_fen) AS moved FROM flows GROUP BY fund_id, day),
           sums AS (SELECT fund_id, day, sum(moved) OVER (PARTITION BY fund_id ORDER BY day) AS held FROM days)
           SELECT f.year, {fund_name("f")} AS fund, min(s.day) AS day, min(s.held) AS held
             FROM sums s JOIN funds f ON f.id = s.fund_id
            WHERE s.held < 0 GROUP BY f.id ORDER BY f.rowid""",  # noqa: S608
        {"village": desk.office_id, "since": since.isoformat()},
    )
    for row in rows:
        first = chinese_date(date.fromisoformat(row["day"]))
        message = f"{row['year']}年“{row['fund']}”从{first}起付出的比有的多，最多时差{yuan(-row['held'])}元。"
        yield wrong("fund_overdrawn", message)


def paid_from_own_fund(desk: Desk, since: date) -> Iterator[Finding]:
    """Every voucher is paid from its project's fund (严禁平调和挪用)."""
    rows = desk.rows(
        """SELECT v.year, v.number, p.name FROM vouchers v JOIN projects p ON p.id = v.project_id
            WHERE v.village_id = ? AND v.posted_on >= ? AND p.fund_id IS NOT NULL AND v.fund_id <> p.fund_id
            ORDER BY v.year, v.number""",
        [desk.office_id, since.isoformat()],
    )
    for row in rows:
        yield wrong("other_fund", f"凭证{voucher(row)}用别的资金付了“{row['name']}”的钱（平调）。")


def payrolls_add_up(desk: Desk, since: date) -> Iterator[Finding]:
    """The lines of a pay sheet make its total, and it is claimed at its total."""
    rows = desk.rows(
        """WITH claimed AS MATERIALIZED (
             SELECT payroll_id, amount_fen, state FROM claims
              WHERE village_id = :village AND spent_on >= :since AND payroll_id IS NOT NULL
              UNION SELECT c.payroll_id, c.amount_fen, c.state FROM vouchers v JOIN claims c ON c.id = v.claim_id
                     WHERE v.village_id = :village AND v.posted_on >= :since AND c.payroll_id IS NOT NULL)
           SELECT s.title, s.total_fen, coalesce(sum(l.amount_fen), 0) AS lines_fen FROM payrolls s
             LEFT JOIN payroll_lines l ON l.payroll_id = s.id
            WHERE s.village_id = :village
              AND (s.sheet_date >= :since OR s.id IN (SELECT payroll_id FROM claimed))
            GROUP BY s.id HAVING lines_fen <> s.total_fen
           UNION ALL
           SELECT s.title, s.total_fen, c.amount_fen FROM payrolls s JOIN claimed c ON c.payroll_id = s.id
            WHERE c.amount_fen <> s.total_fen AND c.state <> 'refused'""",
        {"village": desk.office_id, "since": since.isoformat()},
    )
    for row in rows:
        message = f"《{row['title']}》合计{yuan(row['total_fen'])}元，明细或报账却是{yuan(row['lines_fen'])}元。"
        yield wrong("payroll_sum", message)


_CLAIMED = {"amount_fen": "金额", "payee": "收款人", "purpose": "用途", "project_id": "项目", "fund_id": "资金"}
_UNLIKE = f"""
SELECT * FROM (
    SELECT v.year, v.number, v.amount_fen <> coalesce(-w.amount_fen, c.amount_fen) AS amount_fen,
           {", ".join(f"v.{name} <> coalesce(w.{name}, c.{name}) AS {name}" for name in list(_CLAIMED)[1:])}
      FROM vouchers v JOIN claims c ON c.id = v.claim_id LEFT JOIN vouchers w ON w.id = v.reverses_id
     WHERE v.village_id = ? AND v.posted_on >= ?
) WHERE {" OR ".join(_CLAIMED)} ORDER BY year, number
"""  # noqa: S608
