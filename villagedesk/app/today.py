"""What is to do today on a desk, for the first page and for ``villagedesk today``."""

from collections.abc import Iterator
from dataclasses import dataclass

from villagedesk.disclosure.model import NoticeState
from villagedesk.payments.model import ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OfficeKind, Role


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do, in words, with whose turn it is and on which page. ``is_late`` means overdue."""

    page: str
    count: int
    words: str
    role: Role
    note: str = ""
    is_late: bool = False


_CLAIMS = (
    (ClaimState.SUBMITTED, "oversight", "{}张报账单等理财小组审核", Role.FINANCE_GROUP),
    (ClaimState.REVIEWED, "payments", "{}张报账单等村主要负责人审批", Role.HEAD),
    (ClaimState.QUERIED, "payments", "{}张报账单有疑问，等您答复", Role.ACCOUNTANT),
    (ClaimState.GRANTED, "payments", "{}张报账单乡镇已同意，可以付款入账", Role.ACCOUNTANT),
    (ClaimState.DRAFT, "payments", "{}张报账单还是草稿", Role.ACCOUNTANT),
)
_NOTICES = (
    (NoticeState.SUBMITTED, "oversight", "{}份公示等监督小组审核", Role.SUPERVISION),
    (NoticeState.QUERIED, "disclosure", "{}份公示有疑问，等您答复", Role.ACCOUNTANT),
    (NoticeState.REVIEWED, "disclosure", "{}份公示审核过了，可以发布", Role.ACCOUNTANT),
    (NoticeState.ISSUED, "disclosure", "{}份公示打印好了，等张贴登记", Role.ACCOUNTANT),
    (NoticeState.DRAFT, "disclosure", "{}份公示还是草稿", Role.ACCOUNTANT),
)

_CLAIM_STATES = "SELECT state, count(*) FROM claims WHERE village_id = ? GROUP BY state"
_NOTICE_STATES = "SELECT state, count(*) FROM notices WHERE village_id = ? GROUP BY state"


def todos(desk: Desk) -> list[Todo]:
    """Return what is to do on this desk today, what is late first."""
    is_village = desk.value("SELECT kind FROM desks") == OfficeKind.VILLAGE
    found = [*_village_todos(desk)] if is_village else [*_township_todos(desk)]
    return sorted(found, key=lambda todo: not todo.is_late)


def _village_todos(desk: Desk) -> Iterator[Todo]:
    from villagedesk.disclosure.due import due_notices
    from villagedesk.exchange.store import status

    claims, notices = _counts(desk, _CLAIM_STATES), _counts(desk, _NOTICE_STATES)
    for notice in due_notices(desk, desk.clock.now().date()):
        yield Todo("disclosure", 1, notice.words, Role.ACCOUNTANT, notice.note, notice.is_late)
    for state, page, words, role in _CLAIMS:
        if claims.get(state):
            yield Todo(page, claims[state], words.format(claims[state]), role)
    for notice_state, page, words, role in _NOTICES:
        if notices.get(notice_state):
            yield Todo(page, notices[notice_state], words.format(notices[notice_state]), role)
    unsent = status(desk).unsent
    if unsent:
        yield Todo("exchange", unsent, f"{unsent}条记录还没有上报乡镇", Role.ACCOUNTANT)


def _township_todos(desk: Desk) -> Iterator[Todo]:
    waiting = desk.value("SELECT count(*) FROM claims WHERE state = ?", [ClaimState.APPROVED])
    if waiting:
        yield Todo("township", waiting, f"{waiting}张报账单等乡镇审核", Role.CLERK)


def _counts(desk: Desk, question: str) -> dict[str, int]:
    return {state: count for state, count in desk.rows(question, [desk.office_id])}
