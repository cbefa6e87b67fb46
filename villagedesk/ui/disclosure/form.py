"""The forms about notices: which one to draw up, when it is issued, where it hangs, what was wrong, the slots."""

from collections.abc import Sequence
from dataclasses import replace

from villagedesk.disclosure import rules, store, usecases
from villagedesk.disclosure.due import quarters_kept
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Issuance, Notice, Posting, Slot
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import CheckField, Field, LongTextField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village.store import profile

_PHOTOS = "照片 (*.jpg *.jpeg *.png)"


def prepare_form(desk: Desk, kind: str = "", period: Period | None = None) -> Form:
    """Return the form that says which notice to draw up; it draws it up when it is saved."""
    today = desk.clock.now().date()
    running = Period.quarter_of(today)
    quarters = [running, *reversed(quarters_kept(desk, today))]
    proposed = period or (quarters[1] if len(quarters) > 1 else running)

    def save(values: Values, _reason: str) -> Notice:
        return usecases.prepare(desk, values["kind"], Scope(values["period"]), values["remark"])

    def check(values: Values) -> Sequence[Finding]:
        missing = {"kind": "请选哪一种公示。", "period": "请选公示哪个季度。"}
        return [Finding("form.missing", words, name) for name, words in missing.items() if values[name] is None]

    return Form(
        [
            ChoiceField("kind", "哪一种公示", [Choice(one.code, one.label, f"栏目{one.slot}") for one in KINDS]),
            ChoiceField("period", "哪个季度", [_quarter(one, running) for one in quarters]),
            LongTextField(
                "remark", "说明", optional=True, lines=3, hint="会印在公示上。不要写村民的身份证号、账号和电话。"
            ),
        ],
        save=save,
        check=check,
        verb="从账里生成",
        values={"kind": kind or None, "period": proposed},
    )


def _quarter(period: Period, running: Period) -> Choice:
    return Choice(period, period.label, "还没有结束" if period == running else "")


def issue_form(desk: Desk, notice: Notice) -> Form:
    """Return the form that issues a reviewed notice."""
    rule = profile(desk).notices[notice.kind]
    hint = f"公示期从这天起，共{rule.on_board_days}{rule.day_kind.label}。发布后编号定稿，不能再改，只能更正。"
    today = desk.clock.now().date()

    def save(values: Values, _reason: str) -> Issuance:
        return usecases.issue(desk, notice.id, values["first_day"])

    return Form(
        [DateField("first_day", "公示期从哪天起", hint=hint, today=lambda: today)],
        save=save,
        verb="编号并发布",
        values={"first_day": today},
    )


def post_form(desk: Desk, notice: Notice) -> Form:
    """Return the form that says where an issued notice hangs, and until when."""
    rule = profile(desk).notices[notice.kind]
    issuance = store.issuance_of(desk, notice.id)
    assert issuance
    today = max(desk.clock.now().date(), issuance.issued_on)
    known = store.boards(desk)

    def check(values: Values) -> Sequence[Finding]:
        first, last = values["first_day"], values["last_day"]
        found = [] if values["board"] else [Finding("form.missing", "请写明张贴在哪里。", "board")]
        if first is None or last is None:
            return [*found, Finding("form.missing", "请填张贴的起止日期。", "last_day")]
        return [*found, *rules.hangs_long_enough(first, last, rule)]

    def save(values: Values, reason: str) -> Posting:
        days = (values["first_day"], values["last_day"])
        return usecases.post_up(desk, notice.id, values["board"], *days, values["photo"], reason)

    return Form(
        [
            SuggestField("board", "张贴在哪里", lambda text: [one for one in known if text in one]),
            (
                DateField("first_day", "从哪天起", today=lambda: today),
                DateField(
                    "last_day", "到哪天止", hint=f"不少于{rule.on_board_days}{rule.day_kind.label}", today=lambda: today
                ),
            ),
            FileField("photo", "张贴的照片", optional=True, kinds=_PHOTOS, hint="拍到公示栏和公示，能看清标题。"),
        ],
        save=save,
        check=check,
        verb="登记张贴",
        values={
            "board": known[0] if known else "村委会公示栏",
            "first_day": today,
            "last_day": rules.term(today, rule),
        },
    )


def correct_form(desk: Desk, notice: Notice, remark: str) -> Form:
    """Return the form that says why an issued notice is corrected; it drafts the correction when it is saved."""

    def save(values: Values, _reason: str) -> Notice:
        new = values.get("remark", remark)
        return usecases.correct(desk, notice.id, values["why"], new if new != remark else "")

    def check(values: Values) -> Sequence[Finding]:
        return [] if values["why"] else [Finding("form.missing", "请写明更正的原因，会印在更正公告上。", "why")]

    rows: list[LongTextField] = [
        LongTextField("why", "为什么更正", lines=3, hint="会印在更正公告上。先把账改好，再做更正公告。")
    ]
    if remark:
        rows.append(LongTextField("remark", "原来的说明", lines=3, hint="写错了就在这里改成正确的。"))
    return Form(rows, save=save, check=check, verb="生成更正公告", values={"remark": remark})


def slots_form(desk: Desk) -> Form:
    """Return the form of the five slots: names, bases, and whether the county has confirmed them."""
    slots = store.slots(desk)

    def save(values: Values, _reason: str) -> list[Slot]:
        changed = [
            replace(
                slot,
                name=values[f"name{slot.number}"],
                basis=values[f"basis{slot.number}"],
                is_confirmed=values[f"confirmed{slot.number}"],
            )
            for slot in slots
        ]
        return [
            usecases.update_slot(desk, now) if now != slot else slot for now, slot in zip(changed, slots, strict=True)
        ]

    def check(values: Values) -> Sequence[Finding]:
        return [
            Finding("disclosure.slot_name", "请写上栏目名称和依据。", name)
            for name, value in values.items()
            if value == ""
        ]

    rows: list[Field | tuple[Field, ...]] = []
    for slot in slots:
        name = TextField(f"name{slot.number}", f"栏目{slot.number}的名称", longest=20)
        rows += [
            (name, CheckField(f"confirmed{slot.number}", "县里已经确认这个名称")),
            TextField(f"basis{slot.number}", "依据", hint="印在公示开头“根据……”；几条依据用分号隔开。"),
        ]
    values = {f"name{slot.number}": slot.name for slot in slots}
    values |= {f"basis{slot.number}": slot.basis for slot in slots}
    return Form(
        rows,
        save=save,
        check=check,
        verb="保存栏目",
        values={**values, **{f"confirmed{slot.number}": slot.is_confirmed for slot in slots}},
    )
