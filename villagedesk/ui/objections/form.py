"""The forms about objections: what was asked, and the answer."""

from collections.abc import Sequence

from villagedesk.disclosure import usecases
from villagedesk.disclosure.model import Objection, Reply, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.papers import number_of
from villagedesk.disclosure.store import issuances
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import LongTextField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village.store import profile

_OUTCOMES = {
    ReplyOutcome.EXPLAINED: "公示没有错，说明给村民听",
    ReplyOutcome.CORRECTED: "公示确实有错，接着做更正公告",
    ReplyOutcome.REFUSED: "村民说的不成立，写明理由",
}


def register_form(desk: Desk, notice_id: str = "") -> Form:
    """Return the form of a new objection, about a notice if one is given."""
    today = desk.clock.now().date()
    rule = profile(desk).disclosure

    def found(values: Values) -> Sequence[Finding]:
        if values["received_on"] is None:
            return [Finding("form.missing", "请填收到的日期。", "received_on")]
        return usecases.objection_findings(
            desk, values["notice_id"] or "", values["text"], values["place"], values["asker"], values["received_on"]
        )

    def save(values: Values, _reason: str) -> Objection:
        return usecases.register_objection(desk, **values)

    return Form(
        [
            ChoiceField("notice_id", "问的是哪份公示", _choices(desk), hint="可以写文号里的数字来找。"),
            TextField("place", "问的是哪一处", optional=True, sample="如：第2张表第3行", longest=60),
            LongTextField("text", "问的内容", lines=4, hint="照村民的话写。不要写身份证号、账号和电话。"),
            (
                TextField("asker", "村民姓名", optional=True, longest=60, hint="不愿留姓名就空着，答复张贴在公示栏。"),
                TextField("reach", "怎么联系", optional=True, longest=100, hint="只有村委会看得到，不会印出来。"),
            ),
            DateField(
                "received_on", "哪天收到", hint=_term(rule.objection_days, rule.day_kind.label), today=lambda: today
            ),
        ],
        save=save,
        check=found,
        verb="登记异议",
        values={"notice_id": notice_id or None, "received_on": today},
    )


def reply_form(desk: Desk, objection: Objection) -> Form:
    """Return the form of an objection's answer."""
    today = desk.clock.now().date()

    def found(values: Values) -> Sequence[Finding]:
        if values["outcome"] is None:
            return [Finding("form.missing", "请选核对的结果。", "outcome")]
        if values["replied_on"] is None:
            return [Finding("form.missing", "请填答复的日期。", "replied_on")]
        return usecases.reply_findings(desk, objection, values["text"], values["replied_on"])

    def save(values: Values, _reason: str) -> Reply:
        return usecases.reply(desk, objection.id, values["outcome"], values["text"], values["replied_on"])

    return Form(
        [
            ChoiceField("outcome", "核对的结果", [Choice(one, one.label, words) for one, words in _OUTCOMES.items()]),
            LongTextField(
                "text", "答复", lines=6, hint="会印在答复上。不要写村民的身份证号、账号和电话。答复以后不能再改。"
            ),
            DateField("replied_on", "哪天答复", today=lambda: today),
        ],
        save=save,
        check=found,
        verb="答复",
        values={"replied_on": today},
    )


def _choices(desk: Desk) -> list[Choice]:
    issued = issuances(desk)
    return [Choice(notice.id, name_of(notice), number_of(desk, issued[notice.id])) for notice in store.askable(desk)]


def _term(days: int, unit: str) -> str:
    return f"从第二天起算，{days}{unit}内答复。"
