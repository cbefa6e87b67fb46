"""上报: how far the village's news have come, writing a package, taking in a receipt, the cards."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from villagedesk.exchange import store, usecases
from villagedesk.exchange.model import Parcel, Peer, Verdict
from villagedesk.exchange.plan import Plan, ReceiptPlan
from villagedesk.exchange.records import RECORDS
from villagedesk.exchange.store import Status
from villagedesk.exchange.usecases import Written
from villagedesk.kernel.dates import chinese_date
from villagedesk.oversight.rekeyed import rekeyed
from villagedesk.ui.exchange.arrival import take_parcel
from villagedesk.ui.exchange.cards import enrol, revoke_action, show_own_card
from villagedesk.ui.exchange.parcels import RULINGS, parcel_table
from villagedesk.ui.kit.buttons import action, button
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, TaskRow, Tiles
from villagedesk.ui.kit.doing import signed_in, take_file
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone

_PARCELS = 12
_VERDICTS = 6


class ExchangePage(Page):
    """The village's page about its township."""

    title = "上报"
    tables = frozenset({"peers", "parcels", "verdicts", *RECORDS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._column = Scrolling()
        self._send = action(
            self, "写出数据包", self.send, icon="send", kind="primary", shortcut="Ctrl+N", hint="写到U盘，交给乡镇"
        )
        self._receive = action(self, "接收回执", self.receive, icon="receive", shortcut="Ctrl+R")
        self._cards = action(self, "本单位名片", partial(show_own_card, self), icon="key")
        self.show_first(self._column, [self._cards, self._receive, self._send])

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Draw the page anew; it is small. When something was sent or came, the top is what matters."""
        if changed and "parcels" in changed:
            self._column.verticalScrollBar().setValue(0)
        body, desk = self._column.body, self.context.desk
        self._column.clear()
        township = store.township(desk)
        is_open = township is not None and bool(township.public_key)
        self._send.setEnabled(is_open)
        self._receive.setEnabled(is_open)
        if township is None or not is_open:
            body.addWidget(self._first_steps())
        else:
            status = store.status(desk)
            body.addWidget(Tiles(self._tiles(status)))
            body.addWidget(_next(status, township.name))
        if township is not None:
            body.addWidget(self._verdicts())
            body.addWidget(_parcels(store.parcels(desk, township.office_id, _PARCELS)))
            body.addWidget(self._township_card(township))
        body.addStretch(1)

    def send(self) -> None:
        """Ask for the stick and write a package to it."""
        if not signed_in(self.context):
            return
        name = QFileDialog.getExistingDirectory(self, "数据包写到哪里（选U盘）", stick_folder())
        if name:
            take_file(self, "正在写出数据包", Path(name), usecases.export, _sent)

    def receive(self) -> None:
        """Take in a receipt from the township."""
        take_parcel(self, "选乡镇的回执", _received)

    def _tiles(self, status: Status) -> list[QWidget]:
        return [
            FigureCard(f"{status.unsent}", "条新记录还没有写进数据包", tone=_if(status.unsent, Tone.ACTIVE)),
            FigureCard(f"{status.sent}", "份数据包写出了，还没有回执", tone=_if(status.sent, Tone.WARN)),
            FigureCard(f"{status.received}", "份数据包乡镇已经收到", tone=_if(status.received, Tone.GOOD)),
            FigureCard(
                f"{status.returned}",
                "张报账单乡镇退回，等您答复",
                tone=_if(status.returned, Tone.BAD),
                verb="去答复" if status.returned else "",
                act=lambda: self.context.go("payments", ""),
            ),
        ]

    def _first_steps(self) -> Card:
        card = Card("上报之前，先和乡镇互换名片")
        card.body.setSpacing(0)
        card.add(label("只做一次。以后每次上报只要写出数据包、收回执两步。", "soft", wrap=True))
        card.add(
            TaskRow(
                "1. 把本单位的名片交给乡镇",
                "写到U盘，再打印一张签字",
                verb="打开名片",
                act=partial(show_own_card, self),
            )
        )
        card.add(TaskRow("2. 登记乡镇的名片", "核对指纹以后登记", verb="登记名片", act=partial(enrol, self)))
        return card

    def _verdicts(self) -> Card:
        desk = self.context.desk
        found = store.latest_verdicts(desk, desk.office_id, _VERDICTS)
        card = Card("最近的乡镇意见")
        if not found:
            card.add(label("还没有。乡镇的意见随回执一起来。", "soft"))
            return card
        rows = [
            (
                chinese_date(verdict.given_at.date()),
                "\n".join(part for part in (f"{claim.payee}：{claim.purpose}", _wish(verdict)) if part),
                (verdict.outcome.label, RULINGS[verdict.outcome]),
                claim.state.label,
            )
            for verdict, claim in found
        ]
        card.add(ReadTable(("日期", "报账单", "意见", "现在"), rows, wide=(1,)))
        return card

    def _township_card(self, township: Peer) -> Card:
        actions: list[QAction] = [action(self, "重新登记名片", partial(enrol, self))]
        if township.public_key:
            actions.append(revoke_action(self, township))
        card = Card("登记的乡镇")
        state = "" if township.public_key else "名片已作废，请重新登记。"
        card.add(label(f"{township.name}（{township.code}）　{state}", wrap=True))
        line = Callout(
            "乡镇换了电脑、换了钥匙时，请对方重新写名片来登记；换钥匙要村里第二个人确认。",
            Tone.QUIET,
            extra=_buttons(actions),
        )
        card.add(line)
        for one in rekeyed(self.context.desk):
            card.add(label(one.sentence, "soft", wrap=True))
        return card


def _buttons(actions: list[QAction]) -> QWidget:
    from PySide6.QtWidgets import QHBoxLayout

    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    for act in actions:
        line.addWidget(button(act.text(), act.trigger, kind="danger" if act.property("kind") == "danger" else ""))
    return made


def _next(status: Status, township: str) -> Callout:
    if status.returned:
        return Callout(
            f"乡镇退回了{status.returned}张报账单，请按意见补好，答复以后重新送审。", Tone.BAD, title="下一步"
        )
    if status.unsent and not status.sent:
        return Callout("插上U盘，按“写出数据包”，把U盘交给乡镇。", Tone.ACTIVE, title="下一步")
    if status.sent:
        more = "又有了新记录，可以再写一份，" if status.unsent else ""
        return Callout(
            f"{more}把U盘交给{township}。拿到回执以后按“接收回执”。U盘丢了也不要紧，再写一份就是。",
            Tone.ACTIVE,
            title="下一步",
        )
    return Callout("都报上去了，乡镇都收到了。", Tone.GOOD, title="没有要报的")


def _parcels(parcels: Sequence[Parcel]) -> Card:
    card = Card("收发记录")
    card.add(parcel_table(parcels, "还没有收发过。"))
    return card


def _wish(verdict: Verdict) -> str:
    until = f"（{chinese_date(verdict.due_on)}前办好）" if verdict.due_on else ""
    return f"{verdict.note}{until}"


def _if(count: int, tone: Tone) -> Tone:
    return tone if count else Tone.PLAIN


def _sent(written: Written) -> str:
    number, path = written.particulars.number, written.path
    return f"第{number}号数据包已写好，读回来核对过：{path.name}，在“{path.parent}”里。请把它交给乡镇。"


def _received(plan: Plan) -> str:
    if plan.doubts:
        return "\n".join([plan.summary, *plan.doubts])
    if isinstance(plan, ReceiptPlan) and plan.verdicts:
        return f"{plan.summary}同意的报账单可以付款入账了，退回的请按意见补好。"
    return plan.summary
