"""The forms about a notice on its way: issued, hung up, corrected, supplemented; and the five slots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagedesk.disclosure import rules, store, usecases
from villagedesk.disclosure.model import Notice, Slot
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import CheckField, Field, LongTextField, TextField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village.profile import NoticeRule
from villagedesk.village.store import profile

Typed = tuple[Values, str]
"""What was typed, and the reason for going on against a warning: what a worker needs to do the deed."""

PHOTO_HINT = "可以选几张。拍到公示栏和公示，能看清标题。"


def typed(values: Values, reason: str) -> Typed:
    """Hand on what was typed: the deed takes a while and is done on a worker."""
    return dict(values), reason


def issue_form(desk: Desk, rule: NoticeRule | None, count: int = 1) -> Form:
    """Return the form that issues reviewed notices; ``rule`` says how long one hangs, None for several kinds."""
    days = f"，共{rule.on_board_days}{rule.day_kind.label}" if rule else "，每份按规定的天数"
    hint = f"公示期从这天起{days}。发布后编号定稿，不能再改，只能更正。"
    today = desk.clock.now().date()
    return Form(
        [DateField("first_day", "公示期从哪天起", hint=hint, today=lambda: today)],
        save=typed,
        check=lambda values: _missing(values, first_day="请填公示期从哪天起。"),
        verb="编号并发布" if count == 1 else f"编号并发布{count}份",
        values={"first_day": today},
    )


def post_form(desk: Desk, notice: Notice) -> Form:
    """Return the form that says where an issued notice hangs, and until when, with photos of it."""
    rule, issuance = profile(desk).notices[notice.kind], store.issuance_of(desk, notice.id)
    assert issuance
    today = max(desk.clock.now().date(), issuance.issued_on)
    known = store.boards(desk)

    def check(values: Values) -> Sequence[Finding]:
        first, last = values["first_day"], values["last_day"]
        found = _missing(values, board="请写明张贴在哪里。")
        if first is None or last is None:
            return [*found, Finding("form.missing", "请填张贴的起止日期。", "last_day")]
        return [*found, *rules.hangs_long_enough(first, last, rule)]

    until = f"不少于{rule.on_board_days}{rule.day_kind.label}"
    return Form(
        [
            SuggestField("board", "张贴在哪里", lambda text: [one for one in known if text in one]),
            (
                DateField("first_day", "从哪天起", today=lambda: today),
                DateField("last_day", "到哪天止", hint=until, today=lambda: today),
            ),
            FilesField("photos", "张贴的照片", optional=True, hint=PHOTO_HINT),
        ],
        save=typed,
        check=check,
        verb="登记张贴",
        values={
            "board": known[0] if known else "村委会公示栏",
            "first_day": today,
            "last_day": _until(today, rule),
        },
    )


def correct_form(desk: Desk, notice: Notice, remark: str) -> Form:
    """Return the form that says why an issued notice is corrected; it drafts the correction when it is saved."""

    def save(values: Values, _reason: str) -> Notice:
        new = values.get("remark", remark)
        return usecases.correct(desk, notice.id, values["why"], new if new != remark else "")

    rows: list[LongTextField] = [
        LongTextField("why", "为什么更正", lines=3, hint="会印在更正公告上。先把账改好，再做更正公告。")
    ]
    if remark:
        rows.append(LongTextField("remark", "原来的说明", lines=3, hint="写错了就在这里改成正确的。"))
    return Form(
        rows,
        save=save,
        check=lambda values: _missing(values, why="请写明更正的原因，会印在更正公告上。"),
        verb="生成更正公告",
        values={"remark": remark},
    )


def supplement_form(desk: Desk, notice: Notice) -> Form:
    """Return the form of what an issued notice left out; it drafts the supplement when it is saved."""
    asked = {"text": "请写要补充的内容。", "why": "请写明为什么补充。"}

    def save(values: Values, _reason: str) -> Notice:
        return usecases.supplement(desk, notice.id, values["text"], values["why"])

    return Form(
        [
            LongTextField("text", "补充什么", lines=6, hint="会印在补充公告上。不要写村民的身份证号、账号和电话。"),
            LongTextField("why", "为什么补充", lines=2, hint="如：村民询问，原公示没有写明。"),
        ],
        save=save,
        check=lambda values: _missing(values, **asked),
        verb="生成补充公告",
    )


def slots_form(desk: Desk) -> Form:
    """Return the form of the five slots: names, bases, and whether the county has confirmed them."""
    slots = store.slots(desk)

    def save(values: Values, _reason: str) -> list[Slot]:
        changed = [_changed(slot, values) for slot in slots]
        return [
            usecases.update_slot(desk, now) if now != slot else slot for now, slot in zip(changed, slots, strict=True)
        ]

    def check(values: Values) -> Sequence[Finding]:
        empty = [name for name, value in values.items() if value == ""]
        return [Finding("disclosure.slot_name", "请写上栏目名称和依据。", name) for name in empty]

    rows: list[Field | tuple[Field, ...]] = []
    values: dict[str, object] = {}
    for slot in slots:
        name = TextField(f"name{slot.number}", f"栏目{slot.number}的名称", longest=20)
        rows += [
            (name, CheckField(f"confirmed{slot.number}", "县里已经确认这个名称")),
            TextField(f"basis{slot.number}", "依据", hint="印在公示开头“根据……”；几条依据用分号隔开。"),
        ]
        values[f"name{slot.number}"], values[f"basis{slot.number}"] = slot.name, slot.basis
        values[f"confirmed{slot.number}"] = slot.is_confirmed
    return Form(rows, save=save, check=check, verb="保存栏目", values=values)


def _changed(slot: Slot, values: Values) -> Slot:
    named = {part: values[f"{part}{slot.number}"] for part in ("name", "basis")}
    return replace(slot, **named, is_confirmed=values[f"confirmed{slot.number}"])


def _until(first_day: date, rule: NoticeRule) -> date | None:
    """Return the last day the rules ask for, None where the calendar does not reach."""
    try:
        return rules.term(first_day, rule)
    except ValueError:
        return None


def _missing(values: Values, **sentences: str) -> list[Finding]:
    """Return a finding for each named field that is empty."""
    return [Finding("form.missing", words, name) for name, words in sentences.items() if not values[name]]
