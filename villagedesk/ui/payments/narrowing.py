"""Fields that narrow the register: which days, state, project and payee. They stand below the filter once wanted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.payments.register import STANDINGS, ClaimFilter, standing_at
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField, finder
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import Field
from villagedesk.ui.kit.formlines import FieldLine
from villagedesk.ui.payments.payees import Payees
from villagedesk.ui.payments.periods import periods
from villagedesk.ui.theme import gap, styled

TYPING_PAUSE = 500
"""Milliseconds of silence after which days that are typed are looked for."""
_IN_A_LINE = 3


class Narrowing(QWidget):
    """Period, days, state, project and payee. ``changed`` says that one of them is another; Esc clears them and goes.

    A period is a short way to write its first and its last day, which may be changed.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._look_again()
        self._make_fields(desk)
        self._told = ClaimFilter()
        self._days: tuple[date | None, date | None] = (None, None)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._typing.timeout.connect(self._on_pause)
        self._period.edited.connect(self._on_period)
        for day in (self._first, self._last):
            day.edited.connect(self._typing.start)
            day.left.connect(self._on_days)
        for field in (self._state, self._project, self._payee):
            field.edited.connect(self._tell)
        self._lay_out()
        self.setFocusProxy(self._period)

    def wanted(self) -> ClaimFilter:
        """Return what is wanted of the register."""
        return replace(
            standing_at(self._state.value() or ""),
            first_day=self._days[0],
            last_day=self._days[1],
            project_id=self._project.value() or "",
            payee=self._payee.value() or "",
        )

    def begin(self) -> None:
        """Show the fields, with the periods, projects and payees there are now, and go to the first."""
        self._look_again()
        self.show()
        self.setFocus()

    def want_any_state(self) -> None:
        """Want no single state any more, and tell nobody."""
        self._state.set_value(None)
        self._told = self.wanted()

    def clear(self) -> None:
        """Want everything again, and go."""
        for field in self._fields:
            field.set_value(None)
            field.show_findings([])
        self._typing.stop()
        self._days = (None, None)
        self.hide()
        self._told = self.wanted()
        self.changed.emit()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next field with Enter, from the last to the rows; clear with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _make_fields(self, desk: Desk) -> None:
        today = today_of(desk)
        self._period = ChoiceField("period", "哪段时间", lambda text: self._periods(text), sample="选月、季或年")
        self._first = DateField("first", "从哪天", today=today, says_weekday=False)
        self._last = DateField("last", "到哪天", today=today, says_weekday=False)
        self._state = ChoiceField("state", "哪种状态", lambda text: self._states(text), sample="按上面选的")
        self._project = ChoiceField("project", "哪个项目", lambda text: self._projects(text), sample="全部项目")
        self._payee = ChoiceField(
            "payee",
            "付给谁",
            lambda text: [Choice(payee, payee) for payee in self._payees.known(text.strip())],
            sample="全部收款人",
            choice_of=lambda payee: Choice(payee, payee),
        )
        self._fields: tuple[Field, ...] = (
            self._period, self._first, self._last, self._state, self._project, self._payee,
        )  # fmt: skip

    def _lay_out(self) -> None:
        styled(self, "clear")
        below = QHBoxLayout()
        below.setSpacing(gap(16))
        below.addWidget(FieldLine(self._fields[_IN_A_LINE:]), 1)
        below.addWidget(button("不筛选 Esc", self.clear), 0, Qt.AlignmentFlag.AlignBottom)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(gap(14), 0, gap(14), gap(10))
        lines.setSpacing(gap(8))
        lines.addWidget(FieldLine(self._fields[:_IN_A_LINE]))
        lines.addLayout(below)

    def _look_again(self) -> None:
        self._periods = finder(periods(self._desk))
        self._states = finder(_states(), _initials)
        self._payees, self._projects = Payees(self._desk), finder(_projects(self._desk), _initials)

    def _on_period(self) -> None:
        period = Period.parse(self._period.value())
        self._first.set_value(period.first)
        self._last.set_value(period.last)
        self._on_days()

    def _on_pause(self) -> None:
        """Look for the days that are written so far, unless one is half a day yet."""
        if not self._first.fault() and not self._last.fault():
            self._on_days()

    def _on_days(self) -> None:
        """Look for the days that are written; where one cannot be read, say so and look for nothing else."""
        self._typing.stop()
        faults = [Finding("form.unreadable", day.fault(), day.name) for day in (self._first, self._last) if day.fault()]
        first, last = self._first.value(), self._last.value()
        if first and last and last < first:
            faults.append(Finding("form.unreadable", "比“从哪天”还早，请改一改。", "last"))
        for day in (self._first, self._last):
            day.show_findings([fault for fault in faults if fault.field == day.name])
        if not faults:
            self._days = (first, last)
            self._show_period()
            self._tell()

    def _show_period(self) -> None:
        """Name the period only while the days are its own."""
        if chosen := self._period.value():
            period = Period.parse(chosen)
            if self._days != (period.first, period.last):
                self._period.set_value(None)

    def _tell(self) -> None:
        """Say that something else is wanted, once."""
        if (wanted := self.wanted()) != self._told:
            self._told = wanted
            self.changed.emit()

    def _go_on(self) -> None:
        here = next((place for place, field in enumerate(self._fields) if field.isAncestorOf(self.focusWidget())), -1)
        if here + 1 < len(self._fields):
            self._fields[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()


def _states() -> Sequence[Choice]:
    return [Choice(key, label) for key, label in STANDINGS.items()]


def _projects(desk: Desk) -> list[Choice]:
    found = desk.find(Project, "village_id = ?", [desk.office_id], "year DESC, name")
    return [Choice(project.id, project.name, f"{project.year}年") for project in found]


def _initials(name: str) -> str:
    from villagedesk.village.register import initials

    return initials(name)
