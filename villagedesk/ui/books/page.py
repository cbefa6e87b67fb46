"""账本: the page about the books as a whole."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from villagedesk.app.copies import copy_out, last_copy
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.progress import Progress
from villagedesk.storage.verify import Proof, verify
from villagedesk.ui.books.form import password_form
from villagedesk.ui.books.restoring import restore_desk, summary
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card, Scrolling, TaskRow, Tiles
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.dialogs import confirm, show_note
from villagedesk.ui.kit.doing import signed_in
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.notes import SignedLine
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.tasks import run_task
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.ui.village.form import dismissal_form, officer_form
from villagedesk.village import usecases
from villagedesk.village.authority import acting
from villagedesk.village.consent import is_alone, is_needed
from villagedesk.village.model import Officer, Role
from villagedesk.village.store import active_officers

_LONG_AGO = 31
"""Days after which a backup is old."""
_MOST_FAULTS = 20
_YEARS = (
    "SELECT year FROM funds WHERE village_id = :office UNION SELECT CAST(substr(at, 1, 4) AS INTEGER) FROM journal"
    " ORDER BY 1 DESC"
)


class BooksPage(Page):
    """What is done with the books as a whole, and by whom they are kept."""

    title = "账本"
    tables = frozenset({"officers", "funds"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._column = Scrolling()
        self._proof: Proof | None = None
        self._year: int | None = None
        self.show_first(self._column)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Draw the page anew; it is small."""
        del changed
        body = self._column.body
        top = self._column.verticalScrollBar().value()
        self._column.clear()
        body.addWidget(
            Tiles([self._backup_card(), self._proof_card(), self._archive_card(), self._restore_card()], least=430)
        )
        body.addWidget(self._password_card())
        body.addWidget(self._officers_card())
        body.addStretch(1)
        self._column.verticalScrollBar().setValue(top)

    def back_up(self) -> None:
        """Ask for the stick and write a proved copy of everything to it."""
        name = QFileDialog.getExistingDirectory(self, "备份到哪里（选U盘）", stick_folder())
        if not name:
            return
        folder, clock = self.context.desk.folder, self.context.desk.clock

        def done(path: Path) -> None:
            self.refresh(None)
            show_note(
                self, f"备份好了，读回来核对过：{path.name}，在“{path.parent}”里。请把U盘锁好，不要和电脑放在一处。"
            )

        run_task(self, "正在备份", lambda progress: copy_out(folder, Path(name), progress, clock), done)

    def prove(self) -> None:
        """Prove the books on a worker, and show on the page what came of it."""
        folder = self.context.desk.folder

        def done(proof: Proof) -> None:
            self._proof = proof
            self.refresh(None)

        run_task(self, "正在核对账本", lambda progress: verify(folder, progress), done)

    def archive(self, year: int) -> None:
        """Ask for a folder and write a year's archive to it."""
        from villagedesk.app.archive import archive

        desk = self.context.desk
        if not signed_in(self.context):
            return
        acting(desk, Role.ACCOUNTANT, Role.CLERK)
        name = QFileDialog.getExistingDirectory(self, f"{year}年的档案放到哪里", stick_folder())
        if not name:
            return

        def work(progress: Progress) -> Path:
            with desk.sibling() as own:
                return archive(own, year, Path(name), progress)

        run_task(
            self,
            f"正在归档{year}年的账",
            work,
            lambda path: show_note(self, f"{year}年的账归档好了，读回来核对过：{path.name}，在“{path.parent}”里。"),
        )

    def restore(self) -> None:
        """Lay a desk out anew from a backup; the open one stays as it is."""
        then = "现在开着的账本没有动。要用恢复的，按左下角“换账本”，选那个文件夹。"
        restore_desk(self, lambda _folder, said: show_note(self, f"{said}\n{then}"))

    def change_password(self) -> None:
        """Let the one who is signed in change their password."""
        self._fill("改密码", password_form, "密码改好了，下次用新密码登录。")

    def appoint(self) -> None:
        """Add somebody who may act."""
        self._fill("添加办事人员", officer_form)

    def dismiss(self, officer: Officer) -> None:
        """Stop an officer acting, after asking."""
        desk = self.context.desk
        if not signed_in(self.context):
            return
        acting(desk, Role.ACCOUNTANT, Role.CLERK)
        if is_needed(desk, officer.role, officer.id):
            self._fill(f"停用{officer.name}（{officer.role.label}）", lambda desk: dismissal_form(desk, officer))
            return
        sentence = f"停用以后，{officer.name}不能再登录。以前办的事还在{officer.name}名下，一笔也不会少。"
        if is_alone(desk, officer.role, officer.id):
            sentence += "没有别的人可以同意，流水和检查账目里会写明是您一个人停用的。"
        if confirm(self, sentence, "停用", title=f"停用{officer.name}（{officer.role.label}）吗？", danger=True):
            usecases.dismiss(desk, officer.id)
            if desk.actor is None:
                self.context.sign_in()

    def _fill(self, title: str, make: "Callable[..., Form]", said: str = "") -> None:
        desk = self.context.desk
        if not signed_in(self.context):
            return
        form = make(desk)
        form.left.connect(lambda: self.back(ask=False))

        def saved(_result: object) -> None:
            self.back(ask=False)
            if said:
                show_note(self, said)

        form.saved.connect(saved)
        who = desk.actor.name if desk.actor else ""
        self.show_over(f"{title}：{who}" if said else title, form, may_leave=form.may_leave)

    def _backup_card(self) -> Card:
        card = Card("备份")
        card.add(label("整本账、附件、打印过的公示写成一个文件。每月一次，U盘不要和电脑放在一处。", "soft", wrap=True))
        last = last_copy(self.context.desk.folder)
        if last is None:
            card.add(SignedLine("这台电脑上还没有备份到U盘。", Tone.WARN))
        else:
            day = last.made_at.date()
            is_old = (self.context.desk.clock.now().date() - day).days > _LONG_AGO
            words = f"上次备份：{chinese_date(day)}{last.made_at:%H:%M}，核对过。"
            card.add(SignedLine(words + ("已经过了一个月，请再备份一次。" if is_old else ""), _good(not is_old)))
        return _with_button(card, "备份到U盘", self.back_up, "backup", kind="primary")

    def _proof_card(self) -> Card:
        card = Card("核对")
        card.add(label("看账本有没有被改动、损坏：流水、每张表、每个附件，一条一条对。", "soft", wrap=True))
        if self._proof:
            for words, tone in _result(self._proof):
                card.add(SignedLine(words, tone))
        return _with_button(card, "核对账本", self.prove, "shield")

    def _archive_card(self) -> Card:
        card = Card("归档")
        card.add(label("一年的公示、附件和各种表写成一个签了名的文件，交接、存柜用。", "soft", wrap=True))
        desk = self.context.desk
        years = [int(row[0]) for row in desk.rows(_YEARS, {"office": desk.office_id})]
        choice = ChoiceField("year", "年度", [Choice(year, f"{year}年") for year in years])
        choice.set_value(self._year if self._year in years else next(iter(years), None))

        def chosen() -> None:
            self._year = choice.value()

        choice.edited.connect(chosen)
        choice.setMaximumWidth(260)
        card.add(choice)
        return _with_button(card, "归档", lambda: self.archive(choice.value()), "archive")

    def _restore_card(self) -> Card:
        card = Card("从备份恢复")
        words = "电脑坏了、账本丢了，用备份文件在一个空文件夹里重新建起来，并逐条核对。现在开着的这本账不会动。"
        card.add(label(words, "soft", wrap=True))
        return _with_button(card, "从备份恢复", self.restore, "undo")

    def _password_card(self) -> Card:
        card = Card("我的密码", extra=button("改密码", self.change_password, icon="key"))
        card.add(label("各人用各人的密码。改的是现在登录的人的密码；忘了没有办法找回，请记牢。", "soft", wrap=True))
        return card

    def _officers_card(self) -> Card:
        card = Card("办事人员", extra=button("添加", self.appoint, icon="plus"))
        card.body.setSpacing(0)
        for officer in active_officers(self.context.desk):
            stop = partial(self.dismiss, officer)
            row = TaskRow(officer.name, officer.role.label, tone=Tone.QUIET, verb="停用", act=stop)
            card.add(row)
        return card


def _result(proof: Proof) -> Sequence[tuple[str, Tone]]:
    if not proof.faults:
        return [(f"账本完好：{summary(proof)}", Tone.GOOD)]
    faults: list[tuple[str, Tone]] = [(fault, Tone.BAD) for fault in proof.faults[:_MOST_FAULTS]]
    more = len(proof.faults) - len(faults)
    head = "账本和流水对不上，请不要再记账，找出最近一次备份，告诉乡镇和维护人员："
    return [(head, Tone.BAD), *faults, *([(f"还有{more}处。", Tone.BAD)] if more else [])]


def _good(is_good: bool) -> Tone:
    return Tone.GOOD if is_good else Tone.WARN


def _with_button(card: Card, text: str, act: Callable[[], object], icon: str, *, kind: str = "") -> Card:
    card.body.addStretch(1)
    card.body.addWidget(button(text, act, icon=icon, kind=kind), 0, Qt.AlignmentFlag.AlignLeft)
    return card
