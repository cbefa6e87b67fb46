"""A village's wish to open a closed month again: what it asks, with the township's yes and no."""

from functools import partial

from PySide6.QtGui import QAction

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.township.reopenings import WaitingReopening, waiting_reopenings
from villagedesk.township.usecases import rule_on_reopening
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error
from villagedesk.ui.kit.doing import signed_in
from villagedesk.ui.kit.page import Page
from villagedesk.ui.theme import Tone


def wish_actions(page: Page, village_id: str) -> list[QAction]:
    """Return the action that opens a village's wish, when one waits for the township's word."""
    wishes = [one for one in waiting_reopenings(page.context.desk) if one.reopening.village_id == village_id]
    return [
        action(page, f"{one.period.label}反结账申请", partial(show_wish, page, one), icon="lock", kind="primary")
        for one in wishes[:1]
    ]


def show_wish(page: Page, wish: WaitingReopening) -> None:
    """Lay the wish over the page, with what can be said to it."""
    actions = [
        action(page, "不同意", partial(_refuse, page, wish), icon="close", kind="danger"),
        action(page, "同意反结账", partial(_grant, page, wish), icon="check", kind="primary"),
    ]
    page.show_over(f"{wish.village}：{wish.period.label}反结账申请", WishRecord(page.context.desk, wish), actions)


class WishRecord(Detail):
    """The wish to read: which month, why, for how long, and the sums the month was closed with."""

    def __init__(self, desk: Desk, wish: WaitingReopening) -> None:
        super().__init__()
        del desk
        asked = wish.reopening
        self.title(f"{wish.village}：{wish.period.label}反结账申请", ("等乡镇意见", Tone.ACTIVE))
        self.callout(
            "同意以后随下一份回执发到村里，从村里收下回执那天起打开；到期自动关上，原来的数字和记录都保留。"
            "原因会印在村里下一次支出公示上。",
            title="说明",
        )
        self.facts((
            Fact("原因", asked.reason, wide=True),
            Fact("申请开放", f"{asked.days}天"),
            Fact("申请日期", chinese_date(asked.asked_on)),
            Fact("申请人", wish.asked_by),
            Fact("村主要负责人", wish.agreed_by),
        ))  # fmt: skip
        figures = wish.figures
        left = sum(fund.closing_fen for fund in figures.funds)
        self.facts(
            (
                Fact("收入", f"{yuan(sum(fund.in_fen for fund in figures.funds))}元"),
                Fact("支出", f"{yuan(sum(fund.out_fen for fund in figures.funds))}元"),
                Fact("月末结余", f"{yuan(left)}元"),
                Fact("凭证", f"{figures.first}至{figures.last}，{figures.vouchers}张" if figures.vouchers else "没有"),
            ),
            title="结账时的数",
        )
        self.done()


def _grant(page: Page, wish: WaitingReopening) -> None:
    sentence = f"同意{wish.village}打开{wish.period.label}的账，开放{wish.reopening.days}天。"
    if signed_in(page.context) and confirm(page, sentence, "同意", title="同意反结账"):
        _rule(page, wish, is_granted=True)


def _refuse(page: Page, wish: WaitingReopening) -> None:
    if not signed_in(page.context):
        return
    note = ask_reason(page, "不同意反结账", "请写明原因，村里才知道怎么办。", verb="不同意")
    if note:
        _rule(page, wish, is_granted=False, note=note)


def _rule(page: Page, wish: WaitingReopening, *, is_granted: bool, note: str = "") -> None:
    try:
        rule_on_reopening(page.context.desk, wish.reopening, is_granted=is_granted, note=note)
    except VillageDeskError as fault:
        show_error(page, str(fault))
        return
    while page.steps_in and page.back(ask=False):
        pass
    page.look_at(wish.reopening.village_id)
