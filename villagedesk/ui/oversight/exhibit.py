"""One thing that waits for review, laid open: its facts in large type at the left, its papers at the right."""

from PySide6.QtWidgets import QWidget

from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.papers import preview
from villagedesk.kernel.money import yuan
from villagedesk.oversight.store import Said, Waiting, said_of
from villagedesk.payments.forms import claim_form
from villagedesk.payments.model import Claim, Payroll
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.cards import Scrolling
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.papers import Papers
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.payroll.paysheet import PaySheet
from villagedesk.ui.theme import Tone

_KINDS = {Claim.table: "报账单", Notice.table: "公示"}
_IN_TITLE = {"收款人", "金额", "大写", "用途", "标题", "有提醒仍提交的原因"}
_TONES = {"同意": Tone.GOOD, "有疑问": Tone.WARN, "不同意": Tone.BAD, "答复": Tone.ACTIVE}
_CHECKED = "收支加得上；上面没有村民的身份证号、账号和电话。请看内容和您知道的是不是一样。"


class Exhibit(Sides):
    """Lays one waiting thing open."""

    def __init__(self, desk: Desk, one: Waiting) -> None:
        is_notice = one.subject_table == Notice.table
        papers = _notice(desk, one) if is_notice else _claim(desk, one)
        super().__init__(_facts(desk, one), papers, ("要点", "单据"), shares=(1, 2 if is_notice else 1))


def _facts(desk: Desk, one: Waiting) -> Detail:
    detail = Detail()
    facts = dict(one.facts)
    kind = f"{_KINDS[one.subject_table]}，{one.since.month}月{one.since.day}日送来，经办人{one.made_by}"
    figure = f"{yuan(one.amount_fen)} 元" if one.amount_fen else ""
    detail.title(one.title, (kind, Tone.ACTIVE), figure=figure)
    if excuse := facts.get("有提醒仍提交的原因"):
        detail.callout(excuse, Tone.WARN, title="提交时有提醒，经办人写的原因")
    if one.subject_table == Notice.table:
        detail.callout(_CHECKED, Tone.GOOD, title="程序核对过")
    if one.still_needed or one.signed:
        so_far = f"{'、'.join(one.signed)}已经签字。" if one.signed else ""
        detail.callout(f"{so_far}{one.still_needed}", Tone.ACTIVE, title="这一步要几个人签")
    said = said_of(desk, one.subject_id)
    if said:
        detail.timeline([_step(line) for line in said], title="前面说过的话")
    words = [Fact("大写", facts["大写"], wide=True)] if "大写" in facts else []
    shown = [_fact(name, value) for name, value in one.facts if name not in _IN_TITLE]
    detail.facts(words + shown, across=2)
    return detail.done()


def _fact(name: str, value: str) -> Fact:
    """Return a fact whose remark, after the first comma, stands small below it: 12,000.00元，还剩7,536.00元."""
    said, _, note = value.partition("，")
    return Fact(name, said, note=note)


def _step(said: Said) -> Step:
    return Step(said.what, said.who, f"{said.at.month}月{said.at.day}日", _TONES[said.what], said.note)


def _notice(desk: Desk, one: Waiting) -> QWidget:
    shown = Preview(is_brief=True)
    shown.show_pdf(preview(desk, desk.get(Notice, one.subject_id)), f"{one.title}.pdf")
    return shown


def _claim(desk: Desk, one: Waiting) -> QWidget:
    """Return the papers a claim rests on, its pay sheet, or the claim's own form as it prints."""
    if one.payroll_id:
        return _pay_sheet(desk, one.payroll_id)
    if one.paper_ids:
        return Papers(desk, one.paper_ids)
    from villagedesk.reports.pdf import draw

    shown = Preview(is_brief=True)
    shown.show_pdf(draw(claim_form(desk, desk.get(Claim, one.subject_id))), f"{one.title}.pdf")
    return shown


def _pay_sheet(desk: Desk, payroll_id: str) -> QWidget:
    shown: Scrolling = Detail().section(desk.get(Payroll, payroll_id).title, PaySheet(desk, payroll_id)).done()
    return shown
