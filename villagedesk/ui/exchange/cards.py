"""The own card and the other office's: fingerprints to compare, enrolment, revocation."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from villagedesk.exchange import card as cards
from villagedesk.exchange import store, usecases
from villagedesk.exchange.card import Card, Fingerprint
from villagedesk.exchange.model import Peer
from villagedesk.exchange.sheets import card_sheet
from villagedesk.kernel.errors import RuleViolation, VillageDeskError, WrongPassword
from villagedesk.kernel.findings import blocks
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.choicefield import Choice
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.dialogs import ask_reason, show_error, show_note, sign_in
from villagedesk.ui.kit.doing import show_sheet, signed_in
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.model import OfficeKind
from villagedesk.village.store import active_officers, office, officer_name

CARDS = "名片 (*.card);;所有文件 (*)"


def fingerprint_view(fingerprint: Fingerprint) -> QWidget:
    """Return a fingerprint in large figures and characters, four groups to a line."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(gap(28))
    grid.setVerticalSpacing(gap(10))
    lines = (("读字", fingerprint.words), ("数字", fingerprint.groups[:4]), ("", fingerprint.groups[4:]))
    for row, (name, groups) in enumerate(lines):
        grid.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignVCenter)
        for column, group in enumerate(groups, 1):
            grid.addWidget(label(group, "recordTitle", selectable=True), row, column)
    grid.setColumnStretch(5, 1)
    made.setAccessibleName(f"指纹：{fingerprint.reading}，{fingerprint.figures}")
    return made


def show_own_card(page: Page) -> None:
    """Show this desk's card with the ways to hand it over."""
    desk = page.context.desk
    own = usecases.own_card(desk)
    view = Detail()
    view.title(f"{own.name}的名片", ("练习", Tone.QUIET) if own.is_practice else ("正式", Tone.GOOD))
    view.callout(
        "把名片写到U盘交给对方，再打印一张签字交过去。对方登记时，请在电话里把“读字”念给对方听；"
        "和纸上的、他屏幕上的完全一样，才是真的。",
        title="怎么用",
    )
    view.section("指纹", fingerprint_view(cards.fingerprint(own)))
    view.facts((Fact("单位", own.name), Fact("区划代码", own.code), Fact("类别", _kind(own.kind))), title="单位").done()
    paper = action(
        page,
        "打印名片",
        lambda: show_sheet(page, f"{own.name}上报名片", lambda: card_sheet(office(desk), own)),
        icon="print",
        shortcut="Ctrl+P",
    )
    save = action(page, "写到U盘", lambda: write_card(page), icon="save", kind="primary")
    page.show_over("本单位名片", view, [paper, save])


def write_card(page: Page) -> None:
    """Ask where and write the card there."""
    if not signed_in(page.context):
        return
    desk = page.context.desk
    proposed = Path(stick_folder() or str(Path.home())) / f"{office(desk).name}.card"
    name, _ = QFileDialog.getSaveFileName(page, "名片写到哪里", str(proposed), CARDS)
    if not name:
        return
    try:
        usecases.write_card(desk, Path(name))
    except VillageDeskError as fault:
        show_error(page, str(fault))
    else:
        show_note(page, f"名片已写到“{name}”。请交给对方登记。")


def enrol(page: Page) -> None:
    """Ask for the other office's card and show it for comparison."""
    if not signed_in(page.context):
        return
    name, _ = QFileDialog.getOpenFileName(page, "选对方的名片", stick_folder(), CARDS)
    if name:
        compare(page, Path(name))


def compare(page: Page, path: Path) -> None:
    """Show a card that came, to be compared by its fingerprint before it is believed."""
    try:
        card = cards.read(path)
    except VillageDeskError as fault:
        show_error(page, str(fault))
        return
    view = Detail()
    view.title(f"{card.name}（{card.code}）", (_kind(card.kind), Tone.PLAIN))
    view.callout(
        f"打电话给{card.name}，请对方打开“本单位名片”，把“读字”念一遍；或者和对方签字交来的纸核对。"
        "差一个字就不是真的，不要登记。",
        Tone.WARN,
        title="登记前先核对指纹",
    )
    view.section("这张名片的指纹", fingerprint_view(cards.fingerprint(card))).done()
    believe = action(page, "核对过，完全一样，登记", lambda: _believe(page, path, card), icon="check", kind="primary")
    page.show_over(f"核对名片：{card.name}", view, [believe])


def revoke_action(page: Page, peer: Peer) -> QAction:
    """Return the action that makes an office's card invalid."""
    return action(page, "作废名片", lambda: _revoke(page, peer), icon="block", kind="danger")


def _believe(page: Page, path: Path, card: Card) -> None:
    desk, figures = page.context.desk, cards.fingerprint(card).figures
    reason: str | None = ""
    second = _Second()
    while reason is not None:
        if usecases.needs_second(store.peer_of(desk, card.office_id), card) and not second.ask(page, card):
            return
        try:
            peer = usecases.enrol(desk, path, figures, reason, second=second.name, password=second.password)
        except WrongPassword as fault:
            second.fault = str(fault)
        except RuleViolation as refusal:
            if blocks(refusal.findings):
                show_error(page, str(refusal), title="没有登记")
                return
            reason = ask_reason(page, "请写明原因", str(refusal), verb="写明原因，登记")
        except VillageDeskError as fault:
            show_error(page, str(fault), title="没有登记")
            return
        else:
            page.back(ask=False)
            beside = f"经{second.name}确认，记进了流水和检查清单。" if second.name else ""
            show_note(page, f"“{peer.name}”已登记，可以往来了。{beside}")
            return


@dataclass(slots=True)
class _Second:
    """The second person who says yes beside who is signed in; asked once, and again after a wrong password."""

    name: str = ""
    password: str = ""
    fault: str = ""

    def ask(self, page: Page, card: Card) -> bool:
        """Ask who says yes unless somebody has; tell whether there is an answer."""
        if self.name and not self.fault:
            return True
        desk = page.context.desk
        people = [
            Choice(one.id, one.name, one.role.label) for one in active_officers(desk) if one.role in usecases.SECONDS
        ]
        sentence = (
            f"这张名片要换掉“{card.name}”登记过的钥匙。以后凭新钥匙的回执付钱，所以要第二个人看着：请另一位打电话问过乡镇，"
            "选自己的姓名，写自己的密码。两个人的名字都会记下来。"
        )
        answer = sign_in(page, people, fault=self.fault, title="确认换钥匙", sentence=sentence)
        if answer is None:
            return False
        self.name, self.password, self.fault = officer_name(desk, str(answer[0])), answer[1], ""
        return True


def _revoke(page: Page, peer: Peer) -> None:
    if not signed_in(page.context):
        return
    sentence = f"作废后，{peer.name}再发来的文件都不收，以前收下的不变。要恢复往来，请对方重新写名片来登记。"
    reason = ask_reason(page, f"作废“{peer.name}”的名片", sentence, verb="作废", label="原因（如：电脑被盗）")
    if reason is None:
        return
    try:
        usecases.revoke(page.context.desk, peer, reason)
    except VillageDeskError as fault:
        show_error(page, str(fault))


def _kind(kind: OfficeKind) -> str:
    return "乡镇" if kind is OfficeKind.TOWNSHIP else "村"
