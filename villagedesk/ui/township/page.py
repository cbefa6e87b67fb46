"""各村: the villages at a glance, packages taken in, claims ruled on, receipts written."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.model import Peer, Ruling
from villagedesk.exchange.plan import Plan
from villagedesk.exchange.usecases import Written
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.money import yuan
from villagedesk.township import store
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.township.sheets import villages_sheet
from villagedesk.township.usecases import give_verdict
from villagedesk.ui.exchange.arrival import take_parcel
from villagedesk.ui.exchange.cards import enrol, revoke_action, show_own_card
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import confirm, show_error
from villagedesk.ui.kit.doing import show_sheet, signed_in, take_file
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.township.claim import ClaimRecord
from villagedesk.ui.township.columns import VILLAGES, WAITING, Villages, Waiting
from villagedesk.ui.township.form import verdict_form
from villagedesk.ui.township.record import VillageRecord
from villagedesk.ui.township.reopening import wish_actions
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.store import office


class TownshipPage(ListPage[VillageLine]):
    """The list of villages; a village; what its file would bring."""

    title = "各村"
    tables = frozenset({"peers", "parcels", "verdicts", "claims", "vouchers", "funds", "arrivals", "projects"}) | {
        "reopenings"
    }

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        source = Villages(context.desk, lambda: self.year)
        empty = Empty(
            "还没有登记哪个村",
            "请村里把名片带来，核对指纹后登记；再把乡镇的名片交给村里。",
            "people",
            "登记村的名片",
            partial(enrol, self),
        )
        listing = Listing[VillageLine](VILLAGES, source, Texts("村", "个", "找村名", empty), total=source.total)
        self.show_list(listing, self._list_actions())

    @property
    def year(self) -> int:
        """The year whose sums are shown."""
        return self.context.desk.clock.now().year

    def show_record(self, record_id: str) -> None:
        """Lay a village over the list."""
        lines = store.villages(self.context.desk, self.year)
        line = next(line for line in lines if line.peer.office_id == record_id)
        view = VillageRecord(self.context.desk, line, self.year)
        self.show_over(line.peer.name, view, self._village_actions(line))

    def receive(self) -> None:
        """Take in a village's package."""
        take_parcel(self, "选村里报来的数据包", _received)

    def write_receipt(self, village: Peer) -> None:
        """Ask for the stick and write a village's receipt to it."""
        if not signed_in(self.context):
            return
        name = QFileDialog.getExistingDirectory(self, "回执写到哪里（选U盘）", stick_folder())
        if name:
            take_file(
                self,
                "正在写回执",
                Path(name),
                lambda desk, folder, _progress: exchange.receipt(desk, village, folder),
                _written,
            )

    def give_back(self, village: Peer) -> None:
        """Give a village whose desk was restored from an old backup its records back."""
        sentence = (
            f"只在{village.name}的账本从旧备份恢复、少了报过的记录时才用。归还以后，要等村里收下归还包、从头再报一次，"
            "才能接收它的数据包。以前收下的都不变。"
        )
        if not signed_in(self.context) or not confirm(self, sentence, "写归还包", title="归还记录"):
            return
        name = QFileDialog.getExistingDirectory(self, "归还包写到哪里（选U盘）", stick_folder())
        if name:
            take_file(
                self,
                "正在写归还包",
                Path(name),
                lambda desk, folder, _progress: exchange.give_back(desk, village, folder),
                lambda path: f"归还包已写好，读回来核对过：{path.name}。请交给村里接收。",
            )

    def _list_actions(self) -> list[QAction]:
        return [
            action(self, "打印一览表", self._print, icon="print", shortcut="Ctrl+P"),
            action(self, "本单位名片", partial(show_own_card, self), icon="key"),
            action(self, "登记村的名片", partial(enrol, self), icon="plus"),
            action(self, "接收数据包", self.receive, icon="receive", kind="primary", shortcut="Ctrl+N"),
        ]

    def _village_actions(self, line: VillageLine) -> list[QAction]:
        found = [revoke_action(self, line.peer)] if line.peer.public_key else []
        receipt = action(
            self,
            "写回执",
            partial(self.write_receipt, line.peer),
            icon="send",
            kind="primary" if line.needs_receipt and not (line.waiting or line.wishes) else "",
        )
        receipt.setEnabled(bool(line.peer.last_number and line.peer.public_key))
        back = action(
            self,
            "归还记录",
            partial(self.give_back, line.peer),
            icon="undo",
            hint="村里的账本从旧备份恢复了，把它报来过的还给它",
        )
        back.setEnabled(receipt.isEnabled())
        rule = partial(self.context.go, "ruling", "")
        kind = "" if line.wishes else "primary"
        judge = [action(self, "去审核", rule, icon="seal", kind=kind)] if line.waiting else []
        return [*found, back, receipt, *judge, *wish_actions(self, line.peer.office_id)]

    def _print(self) -> None:
        desk, year = self.context.desk, self.year
        today = desk.clock.now().date()
        show_sheet(
            self,
            f"{year}年各村一览表",
            lambda: villages_sheet(office(desk), year, store.villages(desk, year), today),
        )


class RulingPage(ListPage[WaitingClaim]):
    """审核: the claims that wait for the township's word, one after the other."""

    title = "审核"
    tables = frozenset({"claims", "verdicts", "parcels"})
    is_record_fixed = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        source = Waiting(context.desk)
        empty = Empty("没有等乡镇审核的报账单", "收到村里的数据包以后，村里批过的报账单会出现在这里。", "check-circle")
        texts = Texts("报账单", "张", "找村、项目、收款人、用途", empty)
        self.show_list(Listing[WaitingClaim](WAITING, source, texts, total=source.total))

    def show_record(self, record_id: str) -> None:
        """Lay a claim to rule on over the list. One that does not wait any more is left alone."""
        lines = store.waiting_claims(self.context.desk)
        line = next((line for line in lines if line.claim.id == record_id), None)
        if line is not None:
            self.show_over(line.claim.purpose, ClaimRecord(self.context.desk, line), self._claim_actions(line))

    def _claim_actions(self, line: WaitingClaim) -> list[QAction]:
        return [
            action(self, "退回", partial(self._object, line, Ruling.RETURNED), icon="undo", kind="danger"),
            action(self, "有疑问", partial(self._object, line, Ruling.QUERIED), icon="help"),
            action(self, "同意", partial(self._agree, line), icon="check", kind="primary", shortcut="Ctrl+Return"),
        ]

    def _agree(self, line: WaitingClaim) -> None:
        if not signed_in(self.context):
            return
        claim = line.claim
        sentence = f"同意{line.village}付给{claim.payee} {yuan(claim.amount_fen)}元（{claim.purpose}）。"
        if not confirm(self, sentence, "同意", title="同意这张报账单"):
            return
        try:
            give_verdict(self.context.desk, claim, Ruling.PASSED)
        except VillageDeskError as fault:
            show_error(self, str(fault))
            return
        self._go_on()

    def _object(self, line: WaitingClaim, outcome: Ruling) -> None:
        if not signed_in(self.context):
            return
        form = verdict_form(self.context.desk, line.claim, outcome)
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda _saved: self._go_on())
        self.show_over(f"{outcome.label}：{line.claim.purpose}", form, may_leave=form.may_leave)

    def _go_on(self) -> None:
        """Show the next claim that waits, or the list when there is none."""
        desk = self.context.desk
        own = {Role.LEADER: Who.LEADER, Role.CLERK: Who.OFFICE}.get(Role(desk.actor.role)) if desk.actor else None
        rest = store.waiting_claims(desk, waits_for=own)
        self.open(rest[0].claim.id if rest else "")


def _received(plan: Plan) -> str:
    doubts = "".join(f"\n{doubt}" for doubt in plan.doubts)
    if doubts:
        return f"{plan.summary}{doubts}\n数据包已记进账里，这些在“检查账目”和这个村的页上都能看到。查清以前，不要再同意它的报账单。"
    return f"{plan.summary}已记进账里。请到“审核”里看村里批过的报账单，看完写回执。"


def _written(written: Written) -> str:
    path = written.path
    return f"第{written.particulars.number}号回执已写好，读回来核对过：{path.name}，在“{path.parent}”里。请交给村里带回去。"
