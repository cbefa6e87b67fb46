"""What must hold before something hangs on the board: its turn, its review, its sums, its days, nobody's numbers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from villagedesk.disclosure.model import NoticeState, Posting
from villagedesk.disclosure.personal import Register, numbers_in
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.workdays import last_day
from villagedesk.village.profile import NoticeRule

TRANSITIONS: Mapping[NoticeState, Mapping[str, NoticeState]] = {
    NoticeState.DRAFT: {"submit": NoticeState.SUBMITTED},
    NoticeState.SUBMITTED: {
        "review_pass": NoticeState.REVIEWED,
        "review_query": NoticeState.QUERIED,
        "review_refuse": NoticeState.REFUSED,
    },
    NoticeState.QUERIED: {"answer": NoticeState.SUBMITTED},
    NoticeState.REVIEWED: {"issue": NoticeState.ISSUED},
    NoticeState.ISSUED: {"post": NoticeState.POSTED, "correct": NoticeState.CORRECTED},
    NoticeState.POSTED: {
        "post": NoticeState.POSTED,
        "take_down": NoticeState.TAKEN_DOWN,
        "correct": NoticeState.CORRECTED,
    },
    NoticeState.CORRECTED: {
        "take_down": NoticeState.CORRECTED,
        "correct": NoticeState.CORRECTED,
        "file_away": NoticeState.FILED,
    },
    NoticeState.TAKEN_DOWN: {
        "post": NoticeState.POSTED,
        "correct": NoticeState.CORRECTED,
        "file_away": NoticeState.FILED,
    },
    NoticeState.FILED: {"correct": NoticeState.CORRECTED},
    NoticeState.REFUSED: {},
}
"""The way of a notice: draft, review, number and seal, the board, the binder; back only by correction."""

_UNREVIEWED = frozenset({NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.QUERIED})


def next_state(state: NoticeState, action: str) -> NoticeState | None:
    """Return the state after an action, None when the action is out of turn."""
    return TRANSITIONS[state].get(action)


def in_turn(state: NoticeState, action: str) -> Iterator[Finding]:
    """A step is taken in its turn: a gatekeeper, asked first and alone."""
    if next_state(state, action) is not None:
        return
    if action in {"issue", "post"} and state in _UNREVIEWED:
        message = f"这份公示现在是“{state.label}”。未经监督小组审核的公示一律不得发布、张贴。"
        yield Finding("disclosure.unreviewed", message, basis="村务监督委员会对公开内容先审核、后公布")
    else:
        yield Finding("disclosure.out_of_turn", f"这份公示现在是“{state.label}”，不能办这一步。")


def without_personal_numbers(passages: Iterable[tuple[str, str]], register: Register) -> Iterator[Finding]:
    """No id, account or phone of a villager stands on a notice; the finding says where one does.

    ``passages`` are (place, text).
    """
    for place, text in passages:
        for digits, what in {number.digits: number.what for number in numbers_in(text, register)}.items():
            message = f"{place}里有村民的{what}（尾号{digits[-4:]}），公示上不能有身份证号、账号和电话，请删去。"
            yield Finding("disclosure.personal", message, "remark", "个人信息保护法")


def printable(lacking: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Every character of a notice can be printed. ``lacking`` names (place, what cannot)."""
    for place, words in lacking:
        message = f"{place}：{words}打印不出来。请核对这个字，或写信给维护人员补字。"
        yield Finding("disclosure.unprintable", message, "remark")


def adds_up(place: str, opening_fen: int, in_fen: int, out_fen: int, closing_fen: int) -> Iterator[Finding]:
    """What was there, plus what came, less what went, is what is left."""
    if opening_fen + in_fen - out_fen != closing_fen:
        sums = f"{yuan(opening_fen)} + {yuan(in_fen)} − {yuan(out_fen)} ≠ {yuan(closing_fen)}"
        yield Finding("disclosure.sums", f"{place}的数对不上：{sums}。请先检查账目。")


def channel_open(contact: str, phone: str) -> Iterator[Finding]:
    """A notice says who takes objections and by which phone."""
    if not contact.strip():
        yield Finding("disclosure.contact", "还没有填异议受理人，请先在本村资料里填好。", "contact")
    if not phone.strip():
        yield Finding("disclosure.phone", "还没有填监督电话，请先在本村资料里填好。", "phone")


def period_over(period: Period, today: date) -> Iterator[Finding]:
    """A period is disclosed when it is over; earlier only with a reason."""
    if today <= period.last:
        message = f"{period.label}还没有结束，现在送审会漏掉以后的账；确实要提前公示请写明原因。"
        yield Finding("disclosure.early", message, "period", severity=Severity.WARNING)


def term(first_day: date, rule: NoticeRule) -> date:
    """Return the last day of a notice's term that begins on ``first_day``. Raises ValueError without a calendar."""
    return last_day(first_day, rule.on_board_days, rule.day_kind)


def hangs_long_enough(first_day: date, last: date, rule: NoticeRule) -> Iterator[Finding]:
    """A notice hangs as many days as the rules ask; a shorter time needs a reason."""
    if last < first_day:
        yield Finding("disclosure.days", "张贴的止日在起日之前，请核对。", "last_day")
        return
    try:
        wanted = term(first_day, rule)
    except ValueError as error:
        yield Finding("disclosure.calendar", f"{error}。", "first_day")
        return
    if last < wanted:
        least = f"{rule.on_board_days}{rule.day_kind.label}"
        message = f"张贴不到{least}：从{chinese_date(first_day)}起，最早到{chinese_date(wanted)}；确实如此请写明原因。"
        yield Finding("disclosure.short", message, "last_day", rule.source, Severity.WARNING)


def taken_in_turn(posting: Posting, taken: Collection[str]) -> Iterator[Finding]:
    """A paper is taken down once: a gatekeeper. ``taken`` are the postings taken down already."""
    if posting.id in taken:
        yield Finding("disclosure.taken_down", f"{posting.board}的这一张已经登记取下了。")


def hung_its_time(posting: Posting, taken_on: date, today: date, *, is_corrected: bool = False) -> Iterator[Finding]:
    """A paper hangs to its last day; earlier it comes down for a reason, or as a correction takes its place."""
    if taken_on < posting.first_day:
        yield Finding("disclosure.taken_early", "取下的日子在张贴之前，请核对。", "taken_on")
    elif taken_on > today:
        yield Finding("disclosure.taken_ahead", "取下的日子还没有到，请取下以后再登记。", "taken_on")
    elif taken_on < posting.last_day and not is_corrected:
        message = f"公示期到{chinese_date(posting.last_day)}止，提前取下请写明原因。"
        yield Finding("disclosure.taken_short", message, "taken_on", severity=Severity.WARNING)


def nothing_hangs(hanging: Iterable[Posting]) -> Iterator[Finding]:
    """A notice is filed away when no paper of it hangs any more."""
    boards = "、".join(posting.board for posting in hanging)
    if boards:
        yield Finding("disclosure.still_hangs", f"{boards}的还没有登记取下，请先取下再归档。")


def days_on_board(postings: Iterable[Posting], until: date, taken: Mapping[str, date] | None = None) -> int:
    """Return on how many days up to ``until`` a notice hung, days on two boards counted once.

    ``taken`` says by posting when one was taken down; the others count to the last day written for them.
    """
    ends = taken or {}
    days = {
        posting.first_day + timedelta(days=count)
        for posting in postings
        for count in range((min(ends.get(posting.id, posting.last_day), until) - posting.first_day).days + 1)
    }
    return len(days)
