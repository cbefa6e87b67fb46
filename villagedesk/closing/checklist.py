"""What is to be seen to before a month is closed: each a finding with the place where it can be put right.

What blocks must be put right first; the rest may be passed over with a written excuse, which is kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from villagedesk.closing.store import last_closed
from villagedesk.closing.waiting import open_from
from villagedesk.disclosure.due import due_notices
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.records import Row
from villagedesk.ledger.closedmonths import month_figures
from villagedesk.ledger.model import StatementKind
from villagedesk.ledger.monthfigures import altered_words, kept_figures
from villagedesk.ledger.store import advance_lines
from villagedesk.oversight.checks import blocking
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Payroll
from villagedesk.storage.desk import Desk

Question = Callable[[Desk, Period], Iterator[Finding]]
"""A question about a month: what of it is not seen to."""

GROUPS: Mapping[str, str] = {
    "closing.check": "账目检查",
    "closing.altered": "已结月份",
    "closing.draft": "报账单草稿",
    "closing.unreviewed": "没有审完的报账单",
    "closing.unposted": "批了没有付款入账的",
    "closing.unreconciled": "没有对账、盘点",
    "closing.papers": "缺票据、缺照片的",
    "closing.unpublished": "应公示没有公示的",
    "closing.unpaid": "银行没有发出去的",
    "closing.advance": "逾期没有还的预借",
}
"""The headings under which findings stand, by code, in the order of the list."""

_MANY = 5
"""Vouchers that lack the same thing are named one by one up to so many."""
_FIRST = 3
"""So many people of a pay sheet are named."""


def checklist(desk: Desk, period: Period) -> list[Finding]:
    """Return all that is to be seen to before a month is closed, what blocks first."""
    found = [finding for question in QUESTIONS for finding in question(desk, period)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK)


def books_sound(desk: Desk, period: Period) -> Iterator[Finding]:
    """What 检查账目 finds wrong in the open months blocks; what it only asks to be seen to is no matter of them."""
    for finding in blocking(desk, min(open_from(desk), period.first)):
        yield replace(finding, code="closing.check", place=finding.place or "oversight:")


def closed_month_stands(desk: Desk, period: Period) -> Iterator[Finding]:
    """The month closed last still has the sums it was closed with: what is open begins where it ended."""
    del period
    last = last_closed(desk)
    month = Period.parse(last.month) if last else None
    if last and month and month.first < open_from(desk) and kept_figures(last) != month_figures(desk, month):
        yield Finding("closing.altered", altered_words(month), place=f"closing:{month}")


def claims_settled(desk: Desk, period: Period) -> Iterator[Finding]:
    """Every claim dated in the month was paid, refused or withdrawn."""
    unsettled = (ClaimState.DRAFT, *UNDER_WAY)
    where = f"village_id = ? AND spent_on BETWEEN ? AND ? AND state IN ({', '.join('?' * len(unsettled))})"
    for claim in desk.find(Claim, where, [*_key(desk, period), *unsettled], "spent_on, id"):
        code = {ClaimState.DRAFT: "draft", ClaimState.GRANTED: "unposted"}.get(claim.state, "unreviewed")
        what = f"{_short(claim.spent_on)}付给{claim.payee}的{yuan(claim.amount_fen)}元（{claim.purpose}）"
        yield _to_see("closing." + code, f"{what}还是“{claim.state.label}”。", f"payments:{claim.id}")


def money_counted(desk: Desk, period: Period) -> Iterator[Finding]:
    """The bank's statement and the cash in the box were held against the books in the month."""
    for kind in StatementKind:
        count = "SELECT count(*) FROM statements WHERE village_id = ? AND stated_on BETWEEN ? AND ? AND kind = ?"
        if not desk.value(count, [*_key(desk, period), kind]) and _has_moved(desk, period, kind):
            act = "和银行对账单核对" if kind is StatementKind.BANK else "盘点"
            yield _to_see("closing.unreconciled", f"{period.label}的{kind.label}没有{act}。", "ledger:")


def papers_there(desk: Desk, period: Period) -> Iterator[Finding]:
    """What was paid in the month has its paper: a pay sheet, or an invoice with its number and a photo of it."""
    rows = desk.rows(
        """SELECT v.year || '-' || v.number AS label, c.id, c.payee, c.purpose, c.invoice_number = '' AS is_nameless,
                  NOT EXISTS (SELECT 1 FROM photos WHERE subject_table = 'claims' AND subject_id = c.id) AS is_bare
             FROM vouchers v JOIN claims c ON c.id = v.claim_id
            WHERE v.village_id = ? AND v.posted_on BETWEEN ? AND ? AND c.payroll_id IS NULL
              AND +v.reverses_id IS NULL -- by its index that would be the vouchers of all years
              AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id)
            ORDER BY v.year, v.number""",
        _key(desk, period),
    )
    for what, column in (("票据号", "is_nameless"), ("票据照片", "is_bare")):
        lacking = [row for row in rows if row[column]]
        if len(lacking) > _MANY:
            shown = "、".join(row["label"] for row in lacking[:_MANY])
            message = f"有{len(lacking)}张凭证没有{what}：{shown}等。"
            yield _to_see("closing.papers", message, f"payments:{lacking[0]['id']}")
            continue
        for row in lacking:
            message = f"{row['label']}号凭证（付{row['payee']}，{row['purpose']}）没有{what}。"
            yield _to_see("closing.papers", message, f"payments:{row['id']}")


def matters_published(desk: Desk, period: Period) -> Iterator[Finding]:
    """What had to hang for the months up to this one hangs."""
    for notice in due_notices(desk, desk.clock.now().date()):
        if notice.period.last <= period.last:
            place = f"disclosure:{notice.notice.id if notice.notice else ''}"
            stands = notice.notice.state.label if notice.notice else "还没有做"
            message = f"{notice.words}{stands}，应在{chinese_date(notice.due_on)}前张贴。"
            yield _to_see("closing.unpublished", message, place)


def bank_paid(desk: Desk, period: Period) -> Iterator[Finding]:
    """Everybody on the month's bank files was paid; who was not is told sheet by sheet."""
    rows = desk.rows(
        """SELECT l.name, l.amount_fen, b.payroll_id,
                  (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1) AS outcome
             FROM batch_lines l JOIN batches b ON b.id = l.batch_id
            WHERE b.village_id = ? AND b.made_on BETWEEN ? AND ?
              AND NOT EXISTS (
                  SELECT 1 FROM batch_lines n WHERE n.payroll_line_id = l.payroll_line_id AND n.rowid > l.rowid)
            ORDER BY b.made_on, b.number, l.place""",
        _key(desk, period),
    )
    unpaid: dict[str, list[Row]] = {}
    for row in rows:
        if row["outcome"] != "paid":
            unpaid.setdefault(row["payroll_id"], []).append(row)
    for payroll_id, lines in unpaid.items():
        ways = (
            ("银行没有发成、还没有补发", [row["name"] for row in lines if row["outcome"]]),
            ("银行还没有回话", [row["name"] for row in lines if not row["outcome"]]),
        )
        told = "；".join(f"{way}的{len(names)}人（{_named(names)}）" for way, names in ways if names)
        total = yuan(sum(row["amount_fen"] for row in lines))
        message = f"{desk.get(Payroll, payroll_id).brief}有{len(lines)}人没有到账，共{total}元：{told}。"
        yield _to_see("closing.unpaid", message, f"payroll:{payroll_id}")


def advances_settled(desk: Desk, period: Period) -> Iterator[Finding]:
    """No advance that was due by the month's end is left open."""
    for one in advance_lines(desk, period.last):
        if one.open_fen > 0 and one.due_on <= period.last:
            message = f"{one.taker}预借的钱（{one.purpose}）应在{chinese_date(one.due_on)}前还清，还差{yuan(one.open_fen)}元。"
            yield _to_see("closing.advance", message, f"ledger:{one.id}")


QUESTIONS: tuple[Question, ...] = (
    books_sound,
    closed_month_stands,
    claims_settled,
    money_counted,
    papers_there,
    matters_published,
    bank_paid,
    advances_settled,
)
"""Every question, in the order of the list; a new one is a new function and a name here."""


def _has_moved(desk: Desk, period: Period, kind: StatementKind) -> bool:
    """Tell whether money of this kind moved in the month: there is something to hold against the books."""
    way = "=" if kind is StatementKind.CASH else "<>"
    days = "village_id = :office AND {0} BETWEEN :first AND :last"
    moves = [
        f"vouchers v JOIN claims c ON c.id = v.claim_id WHERE v.{days.format('posted_on')} AND c.pay_way {way} 'cash'",
        f"cash_moves WHERE {days.format('moved_on')}",
    ]
    if kind is StatementKind.BANK:
        moves.append(f"arrivals WHERE {days.format('arrived_on')}")
    office, first, last = _key(desk, period)
    any_of_them = " UNION ALL ".join(f"SELECT 1 FROM {move}" for move in moves)  # noqa: S608
    return desk.value(f"{any_of_them} LIMIT 1", {"office": office, "first": first, "last": last}) is not None


def _key(desk: Desk, period: Period) -> list[str]:
    return [desk.office_id, period.first.isoformat(), period.last.isoformat()]


def _named(names: Sequence[str]) -> str:
    """Return the first of these names: 甲、乙、丙等."""
    return "、".join(names[:_FIRST]) + ("等" if len(names) > _FIRST else "")


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _to_see(code: str, message: str, place: str) -> Finding:
    return Finding(code, message, severity=Severity.WARNING, place=place)
