"""The clock of an objection: which day it is due, which days do not count; and what must hold before each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagedesk.disclosure.model import Objection, Pause, Reply
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.workdays import DayKind, is_workday
from villagedesk.village.profile import DisclosureRule


@dataclass(frozen=True, slots=True)
class Standing:
    """How an objection stands on a day.

    ``due_on`` is None while the clock stands and where a year's holidays are not known; ``left`` counts days of the
    rule's kind from today to the due day, below 0 once it is past; ``fault`` says why there is no due day.
    """

    due_on: date | None
    left: int | None
    replied_on: date | None = None
    paused_on: date | None = None
    fault: str = ""
    unit: str = "天"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.replied_on is None

    @property
    def is_late(self) -> bool:
        """Whether its answer is overdue, or came too late."""
        if self.replied_on:
            return self.due_on is not None and self.replied_on > self.due_on
        return self.left is not None and self.left < 0

    @property
    def words(self) -> str:
        """How it stands, in a few words for a list."""
        if self.replied_on:
            return "逾期答复" if self.is_late else "已答复"
        if self.paused_on:
            return "暂停计时"
        if self.left is None:
            return "待答复"
        if self.left < 0:
            return f"过期{-self.left}{self.unit}"
        return "今天到期" if self.left == 0 else f"还剩{self.left}{self.unit}"

    @property
    def sentence(self) -> str:
        """The clock in a whole sentence."""
        by = f"应在{chinese_date(self.due_on)}前答复" if self.due_on else ""
        if self.replied_on:
            judged = f"，{'晚了' if self.is_late else '没有过期'}（{by}）" if by else ""
            return f"{chinese_date(self.replied_on)}答复{judged}。"
        if self.paused_on:
            return f"从{chinese_date(self.paused_on)}起暂停计时，恢复以后接着算。"
        if self.fault:
            return f"{self.fault}。"
        return f"{self.words}，{by}。"


def standing(
    objection: Objection, pauses: Sequence[Pause], reply: Reply | None, rule: DisclosureRule, today: date
) -> Standing:
    """Return how an objection stands on a day. The day it came does not count, nor do days of a pause."""
    replied_on = reply.replied_on if reply else None
    paused_on = None if reply else next((pause.first_day for pause in pauses if pause.last_day is None), None)
    unit = rule.day_kind.label
    try:
        due_on = None if paused_on else due_day(objection.received_on, pauses, rule)
        left = _days_to(replied_on or today, due_on, pauses, rule.day_kind) if due_on else None
    except ValueError as fault:
        return Standing(None, None, replied_on, paused_on, str(fault), unit)
    return Standing(due_on, left, replied_on, paused_on, unit=unit)


def due_day(received_on: date, pauses: Sequence[Pause], rule: DisclosureRule) -> date:
    """Return the last day for an answer, given that no pause lasts on.

    Raises ValueError with a Chinese sentence when it reaches a year whose holidays are not announced.
    """
    day, counted = received_on, 0
    while counted < rule.objection_days:
        day += timedelta(days=1)
        counted += _counts(day, pauses, rule.day_kind)
    return day


def _days_to(today: date, due_on: date, pauses: Sequence[Pause], kind: DayKind) -> int:
    """Return how many counting days lie between today and the due day, below 0 when it is past."""
    first, last = min(today, due_on), max(today, due_on)
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    between = sum(_counts(day, pauses, kind) for day in days)
    return between if due_on >= today else -max(between, 1)


def _counts(day: date, pauses: Sequence[Pause], kind: DayKind) -> bool:
    if any(pause.last_day and pause.first_day <= day <= pause.last_day for pause in pauses):
        return False
    return kind is DayKind.CALENDAR or is_workday(day)


def written(text: str, received_on: date, issued_on: date, today: date) -> Iterator[Finding]:
    """An objection says something, and came after its notice and not tomorrow."""
    if not text.strip():
        yield Finding("disclosure.objection_text", "请写明村民问的是什么。", "text")
    if received_on > today:
        yield Finding("disclosure.objection_day", "收到的日期还没有到，请核对。", "received_on")
    if received_on < issued_on:
        message = f"这份公示{chinese_date(issued_on)}才发布，收到异议的日期不能更早。"
        yield Finding("disclosure.objection_day", message, "received_on")


def unanswered(standing: Standing) -> Iterator[Finding]:
    """Only what waits for its answer goes on: a gatekeeper, asked first and alone."""
    if not standing.is_open:
        yield Finding("disclosure.objection_closed", "这件异议已经答复，答复了就不能再改。")


def may_pause(standing: Standing, reason: str) -> Iterator[Finding]:
    """A clock is stopped before it has run out, once at a time, and for a reason that can be read."""
    if standing.paused_on:
        yield Finding("disclosure.pause", "这件异议已经暂停计时了。")
    elif standing.is_late:
        yield Finding("disclosure.pause", "答复的期限已经过了，不能再暂停，请尽快答复。")
    elif not reason.strip():
        yield Finding("disclosure.reason", "请写明为什么暂停，例如等乡镇复核工程量。", "reason")


def may_resume(standing: Standing) -> Iterator[Finding]:
    """Only a clock that stands is started again."""
    if not standing.paused_on:
        yield Finding("disclosure.pause", "这件异议没有暂停，正在计时。")


def answered(text: str, replied_on: date, received_on: date, today: date) -> Iterator[Finding]:
    """An answer says something, and was given after the question and not tomorrow."""
    if not text.strip():
        yield Finding("disclosure.reply_text", "请写答复的内容。", "text")
    if replied_on < received_on:
        yield Finding("disclosure.reply_day", "答复的日期不能早于收到异议的日期。", "replied_on")
    if replied_on > today:
        yield Finding("disclosure.reply_day", "答复的日期还没有到，请核对。", "replied_on")
