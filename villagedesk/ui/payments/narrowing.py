"""Fields that narrow the register: which time, which project, which payee. They stand below the filter once wanted."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagedesk.kernel.dates import Period
from villagedesk.payments.register import ClaimFilter
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField, finder
from villagedesk.ui.kit.fields import Field
from villagedesk.ui.payments.payees import Payees
from villagedesk.ui.theme import gap, styled

_YEARS_BACK = 5


class Narrowing(QWidget):
    """Period, project and payee. ``changed`` says that one of them is another now; Esc clears them and goes."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._look_again()
        today = desk.clock.now().date()
        self._period = ChoiceField(
            "period", "哪段时间", [Choice(str(period), period.label) for period in _periods(today)],
            sample="全部时间",
        )  # fmt: skip
        self._project = ChoiceField("project", "哪个项目", lambda text: self._projects(text), sample="全部项目")
        self._payee = ChoiceField(
            "payee",
            "付给谁",
            lambda text: [Choice(payee, payee) for payee in self._payees.known(text.strip())],
            sample="全部收款人",
            choice_of=lambda payee: Choice(payee, payee),
        )
        self._fields: tuple[Field, ...] = (self._period, self._project, self._payee)
        styled(self, "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(gap(14), 0, gap(14), gap(10))
        row.setSpacing(gap(16))
        for field in self._fields:
            field.edited.connect(self.changed.emit)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(button("不筛选 Esc", self.clear), 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self._period)

    def wanted(self) -> ClaimFilter:
        """Return what is wanted of the register."""
        period = Period.parse(self._period.value()) if self._period.value() else None
        return ClaimFilter(
            first_day=period.first if period else None,
            last_day=period.last if period else None,
            project_id=self._project.value() or "",
            payee=self._payee.value() or "",
        )

    def begin(self) -> None:
        """Show the fields, with the projects and payees there are now, and go to the first."""
        self._look_again()
        self.show()
        self.setFocus()

    def clear(self) -> None:
        """Want everything again, and go."""
        for field in self._fields:
            field.set_value(None)
        self.hide()
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

    def _look_again(self) -> None:
        self._payees, self._projects = Payees(self._desk), finder(_projects(self._desk), _initials)

    def _go_on(self) -> None:
        here = next((place for place, field in enumerate(self._fields) if field.isAncestorOf(self.focusWidget())), -1)
        if here + 1 < len(self._fields):
            self._fields[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()


def _periods(today: date) -> list[Period]:
    """Return this and last month, the last quarters, then years."""
    months = [Period.month_of(today.replace(day=1))]
    months.append(Period.month_of(date.fromordinal(months[0].first.toordinal() - 1)))
    quarters = [Period.quarter_of(today)]
    while len(quarters) < 4:
        quarters.append(Period.quarter_of(date.fromordinal(quarters[-1].first.toordinal() - 1)))
    return [*months, *quarters, *(Period(today.year - back) for back in range(_YEARS_BACK))]


def _projects(desk: Desk) -> list[Choice]:
    found = desk.find(Project, "village_id = ?", [desk.office_id], "year DESC, name")
    return [Choice(project.id, project.name, f"{project.year}年") for project in found]


def _initials(name: str) -> str:
    from villagedesk.village.register import initials

    return initials(name)
