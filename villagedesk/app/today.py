"""What is to do today on a desk, for the first page and for ``villagedesk today``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.payroll.waiting import came_back_count
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OfficeKind, Role
from villagedesk.village.store import FundBalance, fund_balances


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do, in words, with whose turn it is and on which page. ``is_late`` means overdue."""

    page: str
    count: int
    words: str
    role: Role
    note: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth knowing, with the words that follow it. ``is_late`` means something is overdue."""

    number: str
    words: str
    is_late: bool = False


_CLAIMS = (
    ("submitted", "oversight", "{}张报账单等理财小组审核", Role.FINANCE_GROUP),
    ("supervising", "oversight", "{}张报账单等村务监督委员会审核", Role.SUPERVISION),
    ("reviewed", "payments", "{}张报账单等村主要负责人审批", Role.HEAD),
    ("witnessing", "payments", "{}张报账单等证明人签字", Role.ACCOUNTANT),
    ("deciding", "payments", "{}张报账单等集体研究的决议", Role.ACCOUNTANT),
    ("queried", "payments", "{}张报账单有疑问，等您答复", Role.ACCOUNTANT),
    ("granted", "payments", "{}张报账单乡镇已同意，可以付款入账", Role.ACCOUNTANT),
    ("draft", "payments", "{}张报账单还是草稿", Role.ACCOUNTANT),
)
_NOTICES = (
    ("submitted", "oversight", "{}份公示等监督小组审核", Role.SUPERVISION),
    ("queried", "disclosure", "{}份公示有疑问，等您答复", Role.ACCOUNTANT),
    ("reviewed", "disclosure", "{}份公示审核过了，可以发布", Role.ACCOUNTANT),
    ("issued", "disclosure", "{}份公示打印好了，等张贴登记", Role.ACCOUNTANT),
    ("taken_down", "disclosure", "{}份公示取下来了，等归档", Role.ACCOUNTANT),
    ("draft", "disclosure", "{}份公示还是草稿", Role.ACCOUNTANT),
)
"""States as the books write them: their models, with all that belongs to them, are not loaded for the first page."""

_OVER = (
    "SELECT count(*), min(last_day) FROM postings p WHERE village_id = ? AND last_day < ? "
    "AND NOT EXISTS (SELECT 1 FROM takedowns WHERE posting_id = p.id)"
)
_ASKED = (
    "SELECT 1 FROM objections o WHERE village_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM replies WHERE objection_id = o.id) LIMIT 1"
)
_VILLAGES = "SELECT count(*) FROM peers WHERE kind = 'village'"


def todos(desk: Desk) -> list[Todo]:
    """Return what is to do on this desk today, what is late first."""
    found = [*_village_todos(desk)] if _is_village(desk) else [*_township_todos(desk)]
    return sorted(found, key=lambda todo: not todo.is_late)


def figures(desk: Desk, found: Sequence[Todo], funds: Sequence[FundBalance]) -> list[Figure]:
    """Return the numbers above the list: how much is to do, and money or villages."""
    late = sum(todo.is_late for todo in found)
    work = Figure(str(len(found)), f"件事要办，其中{late}件过期了" if late else "件事要办", late > 0)
    if not _is_village(desk):
        from villagedesk.township.store import waiting_count

        villages = desk.value(_VILLAGES)
        return [work, Figure(str(villages), "个村登记在册"), Figure(str(waiting_count(desk)), "张报账单等乡镇审核")]
    left, paid = sum(balance.left_fen for balance in funds), sum(balance.paid_fen for balance in funds)
    unsent = sum(todo.count for todo in found if todo.page == "exchange")
    return [
        work,
        Figure(yuan(left), "元，今年到账还没有用的钱"),
        Figure(yuan(paid), "元，今年已经支出"),
        Figure(str(unsent), "条记录还没有上报乡镇" if unsent else "条没上报，乡镇都收到了"),
    ]


def funds_of_latest_year(desk: Desk) -> list[FundBalance]:
    """Return the funds of the latest year in the books with their sums; none on a desk without funds."""
    year = desk.value("SELECT max(year) FROM funds WHERE village_id = ?", [desk.office_id])
    return fund_balances(desk, year=year) if year else []


def _village_todos(desk: Desk) -> Iterator[Todo]:
    from villagedesk.disclosure.due import due_notices
    from villagedesk.exchange.outgoing import unsent

    today = desk.clock.now().date()
    claims = _counts(desk, "claims", [state for state, *_ in _CLAIMS])
    notices = _counts(desk, "notices", [state for state, *_ in _NOTICES])
    for notice in due_notices(desk, today):
        yield Todo("disclosure", 1, notice.words, Role.ACCOUNTANT, notice.note, notice.is_late)
    for state, page, words, role in _CLAIMS:
        if claims.get(state):
            yield Todo(page, claims[state], words.format(claims[state]), role)
    for notice_state, page, words, role in _NOTICES:
        if notices.get(notice_state):
            yield Todo(page, notices[notice_state], words.format(notices[notice_state]), role)
    if back := came_back_count(desk):
        yield Todo("payroll", back, f"{back}笔报酬没有到账，改正账号后补发", Role.ACCOUNTANT)
    yield from _to_take_down(desk, today)
    yield from _to_answer(desk)
    yield from _to_close(desk, today)
    waiting = unsent(desk)
    if waiting:
        yield Todo("exchange", waiting, f"{waiting}条记录还没有上报乡镇", Role.ACCOUNTANT)


def _to_take_down(desk: Desk, today: date) -> Iterator[Todo]:
    """Yield what hangs past its last day: it may come down, and somebody should write down when it did."""
    count, since = desk.rows(_OVER, [desk.office_id, today.isoformat()])[0]
    if count:
        note = f"最早的一张{chinese_date(date.fromisoformat(since))}期满"
        yield Todo("disclosure", count, f"{count}张公示贴满了天数，可以取下", Role.ACCOUNTANT, note)


def _to_answer(desk: Desk) -> Iterator[Todo]:
    """Yield the objections that wait for an answer, the first of them to be due in the note."""
    if not desk.value(_ASKED, [desk.office_id]):
        return
    from villagedesk.disclosure.objections.store import number_of, open_objections

    waiting = open_objections(desk)
    first = min(waiting, key=lambda line: line.standing.due_on or date.max)
    note = f"{number_of(first.objection)}：{first.standing.sentence.removesuffix('。')}"
    yield Todo("objections", len(waiting), f"{len(waiting)}件异议等答复", Role.ACCOUNTANT, note, first.standing.is_late)


def _to_close(desk: Desk, today: date) -> Iterator[Todo]:
    """Yield the month that should be closed by now, what waits to be confirmed, and a wish to open a month again."""
    from villagedesk.closing.waiting import is_asked, is_prepared, to_close
    from villagedesk.village.monthrules import due_days

    period = to_close(desk, today)
    if period and is_prepared(desk):
        yield Todo("closing", 1, f"{period.label}的结账办好了，等人确认", Role.HEAD, "办的人不能自己确认")
    elif period and (today - period.last).days > due_days():
        note = f"应在{chinese_date(period.last + timedelta(days=due_days()))}前结账"
        yield Todo("closing", 1, f"{period.label}还没有结账", Role.ACCOUNTANT, note, is_late=True)
    if is_asked(desk):
        yield Todo("closing", 1, "有一份反结账申请等您同意", Role.HEAD)


def _township_todos(desk: Desk) -> Iterator[Todo]:
    from villagedesk.oversight.unfounded import unfounded
    from villagedesk.township.store import has_leader, villages, waiting_count
    from villagedesk.village.moneyrules import Who

    for_leader, for_office = (waiting_count(desk, who) for who in (Who.LEADER, Who.OFFICE))
    if for_leader:
        yield Todo("ruling", for_leader, f"{for_leader}张报账单等乡镇主要领导审核", Role.LEADER)
    if for_office:
        whose = "财政所" if has_leader(desk) else "乡镇"
        yield Todo("ruling", for_office, f"{for_office}张报账单等{whose}审核", Role.CLERK)
    lines = villages(desk, desk.clock.now().year)
    if doubts := unfounded(desk):
        names = "、".join(
            line.peer.name for line in lines if any(one.village_id == line.peer.office_id for one in doubts)
        )
        words = f"{len(doubts)}处村里写着乡镇同意过，乡镇没有给过这个意见，请马上核实"
        yield Todo("township", len(doubts), words, Role.CLERK, f"在“各村”里点开{names}", is_late=True)
    wishing = [line for line in lines if line.wishes]
    if wishing:
        wishes, names = sum(line.wishes for line in wishing), "、".join(line.peer.name for line in wishing)
        yield Todo("township", wishes, f"{wishes}份反结账申请等乡镇的意见", Role.CLERK, f"在“各村”里点开{names}")
    for village in lines:
        if village.needs_receipt:
            yield Todo("township", 1, f"{village.peer.name}的数据包收到了，还没有回执", Role.CLERK)


def _is_village(desk: Desk) -> bool:
    return bool(desk.value("SELECT kind FROM desks") == OfficeKind.VILLAGE)


def _counts(desk: Desk, table: str, states: Sequence[str]) -> dict[str, int]:
    """Count what stands in one of these states: what is done with, by far the most, is not even looked at."""
    marks = ", ".join("?" * len(states))
    where = f"FROM {table} WHERE village_id = ? AND state IN ({marks}) GROUP BY state"
    return {row[0]: row[1] for row in desk.rows(f"SELECT state, count(*) {where}", [desk.office_id, *states])}
