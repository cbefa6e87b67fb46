"""Objections: taken down with a number, their clock stopped and started, answered once."""

from dataclasses import replace
from datetime import date, timedelta

from villagedesk.disclosure import rules as notice_rules
from villagedesk.disclosure import store as notices
from villagedesk.disclosure.drafting import register_of
from villagedesk.disclosure.model import Objection, Pause, Reply, ReplyOutcome
from villagedesk.disclosure.objections import rules, store
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def register_objection(
    desk: Desk,
    notice_id: str,
    text: str,
    place: str = "",
    asker: str = "",
    reach: str = "",
    received_on: date | None = None,
) -> Objection:
    """Take down an objection to an issued notice and give it the year's next number.

    ``place`` is the line asked about in the asker's words; without an ``asker`` it is anonymous. Raises RuleViolation
    for a notice that was never issued, an empty text, days that cannot be, or a villager's number outside ``reach``.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    today = desk.clock.now().date()
    stop_at(objection_findings(desk, notice_id, text, place, asker, received_on))
    with desk.change("disclosure.objection.registered") as change:
        return change.put(
            Objection(
                year=today.year,
                number=store.next_number(desk, today.year),
                notice_id=notice_id,
                place=place.strip(),
                asker=asker.strip(),
                reach=reach.strip(),
                text=text.strip(),
                received_on=received_on or today,
                received_by=actor.id,
            )
        )


def objection_findings(
    desk: Desk, notice_id: str, text: str, place: str = "", asker: str = "", received_on: date | None = None
) -> list[Finding]:
    """Return what stands against taking down an objection, for the form and the registration alike."""
    issuance = notices.issuance_of(desk, notice_id) if notice_id else None
    if issuance is None:
        return [Finding("disclosure.objection_notice", "请选一份已经发布的公示。", "notice_id")]
    today = desk.clock.now().date()
    return [
        *rules.written(text, received_on or today, issuance.issued_on, today),
        *_nobodys_number(
            desk, (("问的内容", text, "text"), ("问的是哪一处", place, "place"), ("姓名", asker, "asker"))
        ),
    ]


def pause(desk: Desk, objection_id: str, reason: str) -> Pause:
    """Stop an objection's clock from today. Raises RuleViolation without a reason, once answered, late or paused."""
    actor = acting(desk, Role.ACCOUNTANT)
    objection = desk.get(Objection, objection_id)
    stands = store.standing_of(desk, objection)
    stop_at(rules.unanswered(stands))
    stop_at([*rules.may_pause(stands, reason), *_nobodys_number(desk, (("原因", reason, "reason"),))])
    with desk.change("disclosure.objection.paused", reason=reason.strip()) as change:
        today = desk.clock.now().date()
        return change.put(
            Pause(objection_id=objection_id, first_day=today, reason=reason.strip(), paused_by=actor.id)
        )  # fmt: skip


def resume(desk: Desk, objection_id: str) -> Pause:
    """Start an objection's clock again: today counts, unless it was stopped today. Raises RuleViolation if it runs."""
    acting(desk, Role.ACCOUNTANT)
    objection = desk.get(Objection, objection_id)
    stands = store.standing_of(desk, objection)
    stop_at(rules.unanswered(stands))
    stop_at(rules.may_resume(stands))
    with desk.change("disclosure.objection.resumed") as change:
        return change.put(_ended(desk, objection_id))


def reply(
    desk: Desk, objection_id: str, outcome: ReplyOutcome, text: str, replied_on: date | None = None
) -> Reply:  # fmt: skip
    """Answer an objection, once; a clock that stands goes on with it. ``CORRECTED`` asks for a correction next.

    Raises RuleViolation when it was answered, nothing is said, the day cannot be or a villager's number stands in it.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    objection = desk.get(Objection, objection_id)
    stands = store.standing_of(desk, objection)
    stop_at(rules.unanswered(stands))
    replied_on = replied_on or desk.clock.now().date()
    stop_at(reply_findings(desk, objection, text, replied_on))
    with desk.change("disclosure.objection.replied") as change:
        if stands.paused_on:
            change.put(_ended(desk, objection_id))
        return change.put(
            Reply(
                objection_id=objection_id,
                outcome=outcome,
                text=text.strip(),
                replied_on=replied_on,
                replied_by=actor.id,
            )
        )


def reply_findings(desk: Desk, objection: Objection, text: str, replied_on: date) -> list[Finding]:
    """Return what stands against an answer, for the form and the answer alike."""
    today = desk.clock.now().date()
    return [
        *rules.answered(text, replied_on, objection.received_on, today),
        *_nobodys_number(desk, (("答复", text, "text"),)),
    ]


def _ended(desk: Desk, objection_id: str) -> Pause:
    """Return the pause that stands, ended: its last day is yesterday, or its first when that is today."""
    stopped = next(each for each in store.pauses_of(desk, objection_id) if each.last_day is None)
    yesterday = desk.clock.now().date() - timedelta(days=1)
    return replace(stopped, last_day=max(stopped.first_day, yesterday))


def _nobodys_number(desk: Desk, texts: tuple[tuple[str, str, str], ...]) -> list[Finding]:
    register = register_of(desk)
    return [
        replace(finding, field=field)
        for place, text, field in texts
        for finding in notice_rules.without_personal_numbers([(place, text)], register)
    ]
