"""The form that says which notice to draw up: its kind, and the period or event that fits the kind's rhythm."""

from collections.abc import Sequence
from datetime import date

from villagedesk.disclosure import usecases
from villagedesk.disclosure.due import period_of, periods_kept
from villagedesk.disclosure.kind import Kind, Scope
from villagedesk.disclosure.kinds import KINDS, kind_named
from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rhythms import MONTHS
from villagedesk.disclosure.store import slots
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import MARKS
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village.profile import Rhythm
from villagedesk.village.store import profile

_MISSING = {"kind": "请选哪一种公示。", "period": "请选公示哪一期、哪件事。"}
_REMARK = "会印在公示上。不要写村民的身份证号、账号和电话。"


def prepare_form(desk: Desk, kind: str = "", scope: Scope | None = None) -> Form:
    """Return the form that says which notice to draw up; it draws it up when it is saved."""
    today = desk.clock.now().date()
    names = {slot.number: slot.name for slot in slots(desk)}
    kinds = [Choice(one.code, one.label, f"{MARKS[one.slot - 1]} {names.get(one.slot, '')}") for one in KINDS]
    which = ChoiceField("kind", "哪一种公示", kinds)
    about = ChoiceField("period", "哪一期、哪件事", [], sample="先选哪一种公示")

    def offer() -> None:
        offered = choices_for(desk, kind_named(which.value() or ""), today)
        about.set_choices(offered)
        if about.value() is None and offered:
            about.set_value(_proposed(offered))

    def save(values: Values, _reason: str) -> Notice:
        return usecases.prepare(desk, values["kind"], values["period"], values["remark"])

    def check(values: Values) -> Sequence[Finding]:
        return [Finding("form.missing", words, name) for name, words in _MISSING.items() if values[name] is None]

    which.set_value(kind or None)
    offer()
    if scope:
        about.set_value(scope)
    which.edited.connect(offer)
    remark = LongTextField("remark", "说明", optional=True, lines=3, hint=_REMARK)
    return Form([which, about, remark], save=save, check=check, verb="从账里生成")


def choices_for(desk: Desk, kind: Kind | None, today: date) -> list[Choice]:
    """Return the periods, or the events, that a notice of a kind can be about, the latest first."""
    if kind is None:
        return []
    rhythm = profile(desk).notices[kind.code].rhythm
    if rhythm is Rhythm.EVENT:
        return [Choice(one.scope, one.name) for one in reversed(kind.occasions(desk, today))]
    if rhythm not in MONTHS:
        return []
    kept = [*periods_kept(desk, today, rhythm), period_of(today, rhythm)]
    return [_period(period, today) for period in reversed(kept)]


def _period(period: Period, today: date) -> Choice:
    return Choice(Scope(period), period.label, "还没有结束" if today <= period.last else "")


def _proposed(offered: Sequence[Choice]) -> object:
    """Return the latest that is over, else the latest."""
    return next((one for one in offered if not one.note), offered[0]).id
