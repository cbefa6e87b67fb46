"""The township's word on opening a closed month again: who asks, what the month was closed with, granted or refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.errors import StaleRecord, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import Closing, Reopening, ReopeningState
from villagedesk.ledger.monthfigures import MonthFigures, kept_figures
from villagedesk.storage.desk import Desk
from villagedesk.township.store import WISHED
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.store import officer_name


@dataclass(frozen=True, slots=True)
class WaitingReopening:
    """A village's wish to open a month again, with what is needed to judge it."""

    reopening: Reopening
    village: str
    period: Period
    figures: MonthFigures
    asked_by: str
    agreed_by: str


def waiting_reopenings(desk: Desk) -> list[WaitingReopening]:
    """Return the wishes that wait for the township's word and have none yet, oldest first."""
    rows = desk.rows(_WAITING)
    found = []
    for row in rows:
        reopening = Reopening.from_row(row)
        closing = desk.get(Closing, reopening.closing_id)
        found.append(
            WaitingReopening(
                reopening,
                row["village"],
                Period.parse(closing.month),
                kept_figures(closing),
                officer_name(desk, reopening.asked_by),
                officer_name(desk, reopening.agreed_by or ""),
            )
        )
    return found


def rule_on_reopening(
    desk: Desk, reopening: Reopening, *, is_granted: bool, note: str = "", until: date | None = None
) -> Verdict:
    """Grant a village to open a month again, or refuse it; the next receipt carries it there.

    ``until`` is the last open day at the most, whenever the receipt arrives. Raises RuleViolation when it does not
    wait for the township, was ruled on already, or a refusal has no reason; StaleRecord when a newer version came in.
    """
    actor = acting(desk, Role.CLERK, Role.LEADER)
    if desk.get(Reopening, reopening.id).version != reopening.version:
        raise StaleRecord
    stop_at(_waits(reopening, is_said=_is_said(desk, reopening)))
    stop_at(_says_why(note, until, desk.clock.now().date(), is_granted=is_granted))
    with desk.change("township.reopening.ruled", reason=note, village_id=reopening.village_id) as change:
        return change.put(
            Verdict(
                subject_table=Reopening.table,
                subject_id=reopening.id,
                subject_version=reopening.version,
                outcome=Ruling.PASSED if is_granted else Ruling.RETURNED,
                note=note.strip(),
                due_on=until,
                given_by=actor.name,
                given_at=change.at,
            )
        )


def _is_said(desk: Desk, reopening: Reopening) -> bool:
    said = "SELECT 1 FROM verdicts WHERE subject_id = ? AND subject_version = ?"
    return desk.value(said, [reopening.id, reopening.version]) is not None


def _waits(reopening: Reopening, *, is_said: bool) -> Iterator[Finding]:
    """The village's own two people come first, and each wish is ruled on once: a gatekeeper, asked alone."""
    if reopening.state is not ReopeningState.AGREED:
        message = f"这份反结账申请现在是“{reopening.state.label}”，不等乡镇的意见。"
        yield Finding("township.not_waiting", message)
    elif is_said:
        yield Finding("township.ruled_already", "这份反结账申请已经给过意见，随下一份回执发到村里。")


def _says_why(note: str, until: date | None, today: date, *, is_granted: bool) -> Iterator[Finding]:
    if not is_granted and not note.strip():
        yield Finding("township.note", "不同意要写明原因，村里才知道怎么办。", "note")
    if until is not None and until < today:
        yield Finding("township.until", f"最后开放到的日子（{chinese_date(until)}）已经过了。", "until")


_WAITING = f"""
SELECT r.*, o.name AS village FROM reopenings AS r JOIN offices AS o ON o.id = r.village_id
 WHERE {WISHED} ORDER BY r.asked_on, r.id
"""  # noqa: S608
