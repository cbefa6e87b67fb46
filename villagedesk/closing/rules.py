"""What must hold before a month is closed or opened again: the order of months first, then two people, then reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from villagedesk.closing.model import MonthState
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.ledger.model import ReopeningState
from villagedesk.ledger.monthfigures import MonthFigures

TRANSITIONS: Mapping[ReopeningState, Mapping[str, ReopeningState]] = {
    ReopeningState.ASKED: {"agree": ReopeningState.AGREED, "refuse": ReopeningState.REFUSED},
    ReopeningState.AGREED: {"grant": ReopeningState.GRANTED, "return": ReopeningState.REFUSED},
    ReopeningState.GRANTED: {"end": ReopeningState.ENDED},
    ReopeningState.REFUSED: {},
    ReopeningState.ENDED: {},
}
"""The accountant asks, the head agrees, the township grants; closing the month again ends it."""

MAY_PREPARE = frozenset({MonthState.READY, MonthState.PREPARED, MonthState.REOPENED, MonthState.LAPSED})


def next_state(state: ReopeningState, action: str) -> ReopeningState | None:
    """Return the state of a reopening after an action, None when it is out of turn."""
    return TRANSITIONS[state].get(action)


def in_turn(period: Period, state: MonthState | None, next_one: Period | None) -> Iterator[Finding]:
    """Months are closed one after the other, each when it is over: a gatekeeper, asked first and alone.

    ``state`` is None for what is no month of the books; ``next_one`` is the month whose turn it is.
    """
    if period.months != 1 or state is None:
        yield Finding("closing.no_month", f"{period.label}不在账上，不能结账。", "month")
    elif state is MonthState.RUNNING:
        message = f"{period.label}还没有过完，{chinese_date(period.last)}以后才能结账。"
        yield Finding("closing.not_over", message, "month")
    elif state not in MAY_PREPARE:
        message = f"{period.label}现在是“{state.label}”，不能结账。"
        if state is MonthState.LATER and next_one is not None:
            message = f"请先结{next_one.label}的账，再结{period.label}的。月份要一个接一个。"
        yield Finding("closing.out_of_turn", message, "month")


def prepared(period: Period, state: MonthState | None) -> Iterator[Finding]:
    """Only what the accountant made ready is closed: a gatekeeper, asked first and alone."""
    if state is not MonthState.PREPARED:
        standing = f"现在是“{state.label}”" if state else "不在账上"
        yield Finding("closing.not_prepared", f"{period.label}{standing}，要先由会计办好结账，再来确认。", "month")


def two_people(prepared_by: str, actor_id: str) -> Iterator[Finding]:
    """Whoever made a month ready does not close it; no switch turns this off."""
    if prepared_by == actor_id:
        yield Finding("closing.two_people", "办结账的人不能自己确认，请村主要负责人或理财小组成员登录确认。")


def as_prepared(before: MonthFigures, now: MonthFigures) -> Iterator[Finding]:
    """A month is closed with the sums it was made ready with."""
    if before != now:
        message = "会计办好以后这个月又记了账，数字和办的时候不一样了。请会计重新办一次结账，再来确认。"
        yield Finding("closing.moved", message)


def nothing_new(before: Iterable[str], now: Iterable[Finding]) -> Iterator[Finding]:
    """What was not passed over when the month was made ready is not passed over by closing it."""
    known = set(before)
    fresh = [finding for finding in now if finding.message not in known]
    if fresh:
        yield Finding("closing.new_findings", "会计办好以后又有了下面的事，请会计重新办一次结账，再来确认。")
        yield from (replace(finding, severity=Severity.BLOCK) for finding in fresh)


def may_reopen(*, is_last: bool, is_asked: bool) -> Iterator[Finding]:
    """Only the month that was closed last is opened again, and one at a time: a gatekeeper."""
    if is_asked:
        yield Finding("closing.asked_already", "已经有一个反结账在办，办完那一个再申请。")
    elif not is_last:
        message = "只能从最后结账的那个月开始反结账：前面月份的期末数是后面月份的期初数。"
        yield Finding("closing.not_last", message)


def asked_soundly(reason: str, days: int, most_days: int) -> Iterator[Finding]:
    """Opening again has a reason that villagers will read, and a term."""
    if not reason.strip():
        yield Finding("closing.reason", "请写明为什么要反结账，公示时要让村民看明白。", "reason")
    if not 1 <= days <= most_days:
        yield Finding("closing.days", f"开放的天数应在1到{most_days}天之间。", "days")


def reopening_in_turn(state: ReopeningState, action: str) -> Iterator[Finding]:
    """A reopening goes step by step: a gatekeeper, asked first and alone."""
    if next_state(state, action) is None:
        yield Finding("closing.reopening_out_of_turn", f"这份反结账申请现在是“{state.label}”，不能办这一步。")


def two_roles(asked_by: str, actor_id: str) -> Iterator[Finding]:
    """Whoever asked to open a month does not agree to it."""
    if asked_by == actor_id:
        yield Finding("closing.two_people", "申请人不能同意自己的申请，请村主要负责人登录办理。")


def with_note(note: str) -> Iterator[Finding]:
    """A refusal says why."""
    if not note.strip():
        yield Finding("closing.note", "请写明不同意的原因。", "note")


def open_until(taken_in: date, days: int, due_on: date | None) -> date:
    """Return the last open day: ``days`` days after the grant was taken in, at most the day the township set."""
    last = date.fromordinal(taken_in.toordinal() + days)
    return min(last, due_on) if due_on else last
