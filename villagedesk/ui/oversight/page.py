"""监督: one thing at a time, large, with its papers and three buttons; and the check of the books."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagedesk.disclosure.model import Notice
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.findings import Finding
from villagedesk.oversight import store, usecases
from villagedesk.oversight.checks import check
from villagedesk.oversight.sheets import check_list, review_record
from villagedesk.oversight.store import Waiting
from villagedesk.payments.model import Outcome
from villagedesk.payments.recusal import members_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action, button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.dialogs import confirm
from villagedesk.ui.kit.doing import show_sheet
from villagedesk.ui.kit.empty import Empty, EmptyView
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.oversight.decision import Decision
from villagedesk.ui.oversight.exhibit import Exhibit
from villagedesk.ui.oversight.findings import FindingList
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.store import office

_NOT_YOURS = "报账单由民主理财小组审核，公示由监督小组审核。现在只能看；要审核，请小组成员登录。"
_NOTHING = Empty("没有等着审核的", "新的报账单和公示送来时，会在这里一件一件给您看。", "check-circle")


class OversightPage(Page):
    """What waits for the person who is signed in, or for everybody while no reviewer is."""

    title = "监督"
    tables = frozenset({"claims", "notices", "reviews", "answers", "officers"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._place = 0
        self._waiting: list[Waiting] = []
        self._role = self._laid_open = ""
        self.decision = Decision(self._decide)
        self._said = QVBoxLayout()
        self._before = action(self, "上一件", lambda: self._turn(-1), icon="back", shortcut="Alt+Left")
        self._after = action(self, "下一件", lambda: self._turn(1), icon="forward", shortcut="Alt+Right")
        self._exhibit: QWidget = QWidget()
        self._places = QStackedWidget()
        self._lay_out()
        self.show_first(self._outside, self._actions())
        self.refresh(None)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Ask again what waits; the thing that was shown stays if it still waits."""
        del changed
        shown = self.shown
        actor = self.context.desk.actor
        self._role = actor.role if actor else ""
        waiting = store.waiting(self.context.desk)
        if actor and self._role in {Role.FINANCE_GROUP, Role.SUPERVISION}:
            waiting = [one for one in waiting if one.group == self._role and actor.name not in one.signed]
        self._waiting = waiting
        ids = [one.subject_id for one in self._waiting]
        self._place = ids.index(shown.subject_id) if shown and shown.subject_id in ids else 0
        self._show()

    def look_at(self, record: str) -> None:
        """Show this claim or notice, if it waits."""
        ids = [one.subject_id for one in self._waiting]
        if record in ids:
            self._place = ids.index(record)
            self._show()

    def focus_top(self) -> None:
        """Look at who is signed in: what waits depends on it."""
        actor = self.context.desk.actor
        if (actor.role if actor else "") != self._role:
            self.refresh(None)
        super().focus_top()

    def title_now(self) -> str:
        """Say how many there are and which of them this is."""
        if self.steps_in or not self._waiting:
            return super().title_now()
        return f"等着审核的第 {self._place + 1} 件，共 {len(self._waiting)} 件"

    @property
    def shown(self) -> Waiting | None:
        """What is laid open."""
        return self._waiting[self._place] if self._place < len(self._waiting) else None

    @property
    def may_review(self) -> bool:
        """Whether the person who is signed in reviews what is laid open."""
        return self.shown is not None and self.shown.group == self._role

    def check_books(self) -> None:
        """Check the books and show what is wrong."""
        desk = self.context.desk
        findings = check(desk)
        today = desk.clock.now().date()

        def paper() -> None:
            show_sheet(self, "账目检查清单", lambda: check_list(office(desk), findings, today))

        printing = action(self, "打印清单", paper, icon="print", shortcut="Ctrl+P")
        title = f"检查账目：{len(findings)}个问题" if findings else "检查账目"
        self.show_over(title, FindingList(findings, self._go), [printing])

    def _go(self, place: str) -> None:
        page, _, record = place.partition(":")
        self.context.go(page, record)

    def print_record(self) -> None:
        """Ask for a month and a group and show the record of its reviews."""
        desk = self.context.desk
        today = desk.clock.now().date()
        kinds = store.record_kinds(desk)
        months = [Period(today.year, month, 1) for month in range(today.month, 0, -1)]
        form = Form(
            [
                ChoiceField("kind", "哪个小组", [Choice(one, f"{one.group}（{one.title}）") for one in kinds]),
                ChoiceField("month", "哪个月", [Choice(month, month.label) for month in months]),
            ],
            save=lambda values, _reason: dict(values),
            check=_chosen,
            verb="看审核记录",
            values={"kind": kinds[0], "month": months[0]},
        )

        def chosen(values: Values) -> None:
            self.back(ask=False)
            kind, month = values["kind"], values["month"]
            rows, members = store.reviews_in(desk, month, kind), store.members_for(desk, kind)
            name = f"{kind.group}{month.label}{kind.title}"
            show_sheet(self, name, lambda: review_record(office(desk), kind, month.label, rows, members))

        form.saved.connect(chosen)
        form.left.connect(lambda: self.back(ask=False))
        self.show_over("审核记录", form, may_leave=form.may_leave)

    def _decide(self, outcome: Outcome, note: str) -> None:
        one = self.shown
        if one is None:
            return
        signers, paper = self.decision.on_paper.signers(), self.decision.on_paper.paper()
        question = _question(one, outcome, signers)
        if outcome is not Outcome.QUERIED and not confirm(self, question, outcome.label):
            return
        desk = self.context.desk
        try:
            usecases.review(
                desk, one.subject_table, one.subject_id, outcome, note, one.version, signers=signers, paper=paper
            )
        except RuleViolation as refusal:
            self.decision.show_findings(refusal.findings)
        except VillageDeskError as fault:
            self.decision.show_findings([Finding("oversight.fault", str(fault))])
        else:
            self.decision.clear()
            missing = _still_missing(desk, one) if outcome is Outcome.PASSED else ""
            self._say(f"“{one.title}”：{outcome.label}，记下了。{missing}", Tone.GOOD)

    def _turn(self, by: int) -> None:
        self._place = max(0, min(self._place + by, len(self._waiting) - 1))
        self._say("")
        self._show()

    def _show(self) -> None:
        one = self.shown
        self._places.setCurrentIndex(1 if one else 0)
        self._before.setEnabled(self._place > 0)
        self._after.setEnabled(self._place < len(self._waiting) - 1)
        self.altered.emit()
        if one is None:
            return
        actor = self.context.desk.actor
        laid_open = f"{one.subject_id} {actor.id if actor else ''}"
        if laid_open != self._laid_open:
            self.decision.clear()
            self.decision.let_sign_on_paper(self._others(one))
        self._laid_open = laid_open
        fresh = Exhibit(self.context.desk, one)
        self._column.replaceWidget(self._exhibit, fresh)
        self._exhibit.hide()
        self._exhibit.deleteLater()
        self._exhibit = fresh
        self.decision.setVisible(self.may_review)
        self._foreign.setVisible(not self.may_review)

    def _others(self, one: Waiting) -> list[str] | None:
        """Return the members whose signature on paper may be recorded along; None where one word is enough."""
        actor = self.context.desk.actor
        if not (one.still_needed and actor and self.may_review):
            return None
        who = Who.SUPERVISION if one.group is Role.SUPERVISION else Who.FINANCE_GROUP
        members = [name for name, _ in members_of(self.context.desk, who)]
        return [name for name in members if name not in (*one.signed, actor.name)]

    def _say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        while (item := self._said.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if words:
            self._said.addWidget(Callout(words, tone))

    def _sign_in(self) -> None:
        self.context.sign_in()
        self.refresh(None)

    def _lay_out(self) -> None:
        nothing = EmptyView()
        nothing.show_empty(_NOTHING)
        self._foreign = Callout(_NOT_YOURS, Tone.QUIET, extra=button("登录", self._sign_in, icon="person"))
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(12))
        self._column.addWidget(self._exhibit, 1)
        self._column.addWidget(self._foreign)
        self._column.addWidget(self.decision)
        outside = QWidget()
        column = QVBoxLayout(outside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        self._places.addWidget(nothing)
        self._places.addWidget(whole)
        column.addLayout(self._said)
        column.addWidget(self._places, 1)
        self._outside = outside

    def _actions(self) -> list[QAction]:
        return [
            self._before,
            self._after,
            action(self, "审核记录", self.print_record, icon="print"),
            action(self, "检查账目", self.check_books, icon="shield", shortcut="Ctrl+J"),
        ]


def _chosen(values: Values) -> list[Finding]:
    missing = {"kind": "请选哪个小组。", "month": "请选哪个月。"}
    return [Finding("form.missing", words, name) for name, words in missing.items() if values[name] is None]


def _still_missing(desk: Desk, one: Waiting) -> str:
    """Return whose signatures the step still waits for after this one."""
    again = [other for other in store.waiting(desk, one.subject_table) if other.subject_id == one.subject_id]
    return again[0].still_needed + "。" if again and again[0].still_needed else ""


def _question(one: Waiting, outcome: Outcome, signers: Sequence[str] = ()) -> str:
    what = (
        "这份公示" if one.subject_table == Notice.table else f"付{dict(one.facts)['金额']}给{dict(one.facts)['收款人']}"
    )
    along = f"同时记上{'、'.join(signers)}在纸上的签字。" if signers else ""
    return f"{outcome.label}{what}吗？{along}意见写上以后不能改。"
