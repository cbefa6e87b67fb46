"""What people do with a month: make it ready, close it, ask to open it again, agree or refuse."""

import json
from dataclasses import replace
from typing import Any

from villagedesk.closing import facts, rules, store
from villagedesk.closing.checklist import checklist
from villagedesk.closing.model import Month, MonthState
from villagedesk.closing.papers import month_sheets
from villagedesk.closing.waiting import to_close
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.ledger.closedmonths import month_figures
from villagedesk.ledger.model import Closing, ClosingState, Reopening, ReopeningState
from villagedesk.ledger.monthfigures import kept_figures
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.store import profile

_PDF = "application/pdf"


def prepare_closing(desk: Desk, month: Period, excuse: str = "") -> Closing:
    """Make a month ready to be closed (办结账): its sums, and what is passed over with a written ``excuse``.

    Nothing is closed by it; making it ready again takes the place of the first time. Raises RuleViolation when the
    month is not over or not next, when something blocks, or when something is left without an excuse.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    today = desk.clock.now().date()
    with desk.change("closing.month.prepared", reason=excuse.strip()) as change:
        found = store.month(desk, month, today)
        stop_at(rules.in_turn(month, found.state if found else None, to_close(desk, today)))
        assert found
        findings = checklist(desk, month)
        stop_at(findings, excuse)
        _, link, _ = desk.tip()
        figures = facts.plain_figures(month_figures(desk, month))
        figures |= {"passed_over": [finding.message for finding in findings], "profile": profile(desk).version}
        return change.put(
            replace(
                _blank(found, actor.id),
                prepared_on=today,
                facts=_written(figures),
                excuse=excuse.strip() if findings else "",
                link=link,
                prepared_by=actor.id,
            )
        )


def close_month(desk: Desk, month: Period) -> Closing:
    """Confirm what the accountant made ready: from now on nothing is written into the month (结账).

    Its papers are drawn and kept, so that they print the same for ever. A month that was opened again is closed
    again. Raises RuleViolation when nothing is ready, for whoever made it ready, or when the books moved since.
    """
    actor = acting(desk, Role.HEAD, Role.FINANCE_GROUP)
    today = desk.clock.now().date()
    with desk.change("closing.month.closed") as change:
        found = store.month(desk, month, today)
        stop_at(rules.prepared(month, found.state if found else None))
        assert found
        assert found.closing
        ready = found.closing
        stop_at(rules.two_people(ready.prepared_by, actor.id))
        stop_at(rules.as_prepared(kept_figures(ready), month_figures(desk, month)))
        if desk.tip()[0] != _written_at(desk, ready):  # nothing can have come up when nothing was written since
            stop_at(rules.nothing_new(facts.passed_over(ready), checklist(desk, month)))
        closing = replace(ready, state=ClosingState.CLOSED, closed_on=today, closed_by=actor.id)
        closing = change.put(replace(closing, facts=_with_papers(desk, change, closing)))
        if found.reopening and found.reopening.state is ReopeningState.GRANTED:
            change.put(replace(found.reopening, state=ReopeningState.ENDED))
        return closing


def ask_reopening(desk: Desk, closing_id: str, reason: str, days: int) -> Reopening:
    """Ask to open the month that was closed last for some days (申请反结账).

    Raises RuleViolation for another month, while one is under way, without a reason, or for too long.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("closing.reopening.asked", reason=reason) as change:
        last = store.last_closed(desk)
        is_last = last is not None and last.id == closing_id
        stop_at(rules.may_reopen(is_last=is_last, is_asked=store.unsettled(desk) is not None))
        stop_at(rules.asked_soundly(reason, days, profile(desk).closing.reopening_days))
        return change.put(
            Reopening(
                closing_id=closing_id, reason=reason.strip(), asked_on=change.at.date(), days=days, asked_by=actor.id
            )
        )


def agree_reopening(desk: Desk, reopening_id: str) -> Reopening:
    """Agree that a month is opened again; the next package asks the township. Raises RuleViolation out of turn."""
    actor = acting(desk, Role.HEAD)
    with desk.change("closing.reopening.agreed") as change:
        reopening = desk.get(Reopening, reopening_id)
        stop_at(rules.reopening_in_turn(reopening.state, "agree"))
        stop_at(rules.two_roles(reopening.asked_by, actor.id))
        return change.put(replace(reopening, state=ReopeningState.AGREED, agreed_by=actor.id))


def refuse_reopening(desk: Desk, reopening_id: str, note: str) -> Reopening:
    """Refuse to have a month opened again, with a reason. Raises RuleViolation out of turn or without a reason."""
    acting(desk, Role.HEAD)
    stop_at(rules.with_note(note))
    with desk.change("closing.reopening.refused", reason=note) as change:
        reopening = desk.get(Reopening, reopening_id)
        stop_at(rules.reopening_in_turn(reopening.state, "refuse"))
        return change.put(replace(reopening, state=ReopeningState.REFUSED))


def _written_at(desk: Desk, ready: Closing) -> int:
    """Return the number of the entry by which a month was made ready."""
    return desk.history(ready.id)[-1].seq


def _blank(found: Month, actor_id: str) -> Closing:
    """Return the closing that is being made ready: the one that stands prepared, else the month's next."""
    if found.state is MonthState.PREPARED and found.closing:
        return found.closing
    return Closing(
        month=str(found.period),
        number=len(found.closings) + 1,
        prepared_on=found.period.last,
        facts="{}",
        link="",
        prepared_by=actor_id,
    )


def _with_papers(desk: Desk, change: Change, closing: Closing) -> str:
    """Return a closing's facts with its papers, drawn and kept with the desk."""
    from villagedesk.reports.pdf import draw

    papers = []
    for title, sheet in month_sheets(desk, closing):
        paper = change.attach(f"{closing.month}-{closing.number}-{title}.pdf", _PDF, draw(sheet))
        papers.append([title, paper.id])
    return _written(facts.facts_of(closing) | {"papers": papers})


def _written(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
