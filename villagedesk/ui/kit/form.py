"""A form: fields laid out by hand, findings beside them, reasons for warnings, drafts saved while typing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.findings import Finding, blocks, warnings
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.fields import Field, TextField
from villagedesk.ui.kit.notes import FindingLines
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap, px, styled

CHECK_PAUSE = 250
DRAFT_PAUSE = 400
"""Milliseconds of silence after which what is typed is checked, and kept as a draft."""

Values = Mapping[str, Any]
Check = Callable[[Values], Sequence[Finding]]
Save = Callable[[Values, str], object]


class Form(QWidget):
    """Fields, and what happens with them.

    ``rows`` holds fields one below the other; a tuple stands side by side, a string is a heading.
    ``check(values)`` returns findings; they appear beside the field they name, those of no field at the bottom,
    and only for fields the person has been in, until the first attempt to save. Save is refused while one blocks;
    warnings ask for a reason. ``save(values, reason)`` does the deed; a RuleViolation it raises is shown in place,
    another VillageDeskError as a sentence. Then ``saved`` carries what it returned.

    Enter goes to the next field, Ctrl+Enter saves, Esc leaves (``left``).
    """

    saved = Signal(object)
    left = Signal()
    drafted = Signal(dict)

    def __init__(
        self,
        rows: Sequence[Field | str | tuple[Field, ...]],
        *,
        save: Save,
        check: Check = lambda _values: (),
        verb: str = "保存",
        values: Values | None = None,
    ) -> None:
        """``verb`` names the button; ``values`` fills the fields. ``drafted`` carries values while one types."""
        super().__init__()
        self._rows = tuple(rows)
        self.fields = {field.name: field for row in rows for field in _fields(row)}
        self._check, self._save, self._verb = check, save, verb
        self._touched: set[str] = set()
        self._tried = self._dirty = self._needs_reason = False
        self._checking = QTimer(self, singleShot=True, interval=CHECK_PAUSE)
        self._drafting = QTimer(self, singleShot=True, interval=DRAFT_PAUSE)
        self._summary = FindingLines()
        self._reason = TextField("reason", "还要继续，请写明理由", sample="如：已经村民代表会议同意")
        self._reason.hide()
        self._save_button = button(verb, self.try_save, kind="primary", icon="check")
        self._save_button.setToolTip("Ctrl+Enter")
        self._leave_button = button("不保存，返回", self.leave)
        self._leave_button.setToolTip("Esc")
        self._lay_out()
        self.set_values(values or {})
        self._wire()

    def values(self) -> dict[str, Any]:
        """Return what stands in the fields, by name."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: Values) -> None:
        """Fill fields by name; the others stay. The form counts as unchanged."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)
        self._dirty = False

    @property
    def is_changed(self) -> bool:
        """Whether something was typed since the form was filled or saved."""
        return self._dirty

    def findings(self) -> list[Finding]:
        """Return everything that is wrong now: unreadable input first, then what the check says."""
        faults = {name: field.fault() for name, field in self.fields.items()}
        unreadable = [Finding("form.unreadable", fault, name) for name, fault in faults.items() if fault]
        said = [finding for finding in self._check(self.values()) if not faults.get(finding.field)]
        return unreadable + said

    def try_save(self) -> bool:
        """Save if no rule blocks and every warning has its reason; otherwise show why not."""
        self._tried = True
        found = self.findings()
        self._show(found)
        if blocks(found):
            self._go_to_first(blocks(found))
            return False
        if warnings(found) and not self._reason.value():
            self._ask_reason()
            return False
        return self._keep()

    def refuse(self, fault: VillageDeskError) -> None:
        """Show in place why nothing was saved; what was typed stays. For a ``saved`` that goes on working elsewhere."""
        self._dirty = True
        if isinstance(fault, RuleViolation):
            self._show(fault.findings)
            self._go_to_first(fault.findings)
        else:
            self._show([Finding("form.fault", str(fault))])

    def leave(self) -> None:
        """Leave, asking first if something would be lost."""
        if self.may_leave():
            self._dirty = False
            self.left.emit()

    def may_leave(self) -> bool:
        """Tell whether nothing would be lost, or the person does not mind. Give this to ``Page.show_over``."""
        if not self._dirty:
            return True
        from villagedesk.ui.kit.dialogs import confirm

        return confirm(self, "刚才填的还没有保存，现在离开就没有了。", "离开，不保存", stay="接着填")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, save with Ctrl+Enter, leave with Esc."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.try_save()
        elif (
            entered and isinstance(self.focusWidget(), QAbstractButton) and self.focusWidget().objectName() != "choice"
        ):
            self.focusWidget().click()  # type: ignore[attr-defined]
        elif entered:
            self._go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        """Go to the next field, past the small buttons beside it; from the last one to the button that saves."""
        fields = [field for field in (*self.fields.values(), self._reason) if field.isVisibleTo(self)]
        here = next((place for place, field in enumerate(fields) if field.isAncestorOf(self.focusWidget())), -1)
        stop: QWidget = fields[here + 1] if here + 1 < len(fields) else self._save_button
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep(self) -> bool:
        try:
            result = self._save(self.values(), self._reason.value())
        except VillageDeskError as fault:
            self.refuse(fault)
            return False
        self._dirty = False
        self._checking.stop()
        self._drafting.stop()
        self.saved.emit(result)
        return True

    def _show(self, found: Sequence[Finding]) -> None:
        shown = [f for f in found if self._tried or f.field in self._touched or (not f.field and self._touched)]
        for name, field in self.fields.items():
            field.show_findings([finding for finding in shown if finding.field == name])
        self._summary.show_findings([finding for finding in shown if finding.field not in self.fields])
        if not warnings(found):
            self._needs_reason = False
        self._reason.setVisible(self._needs_reason)
        self._save_button.setText(f"写明理由，{self._verb}" if self._needs_reason else self._verb)

    def _ask_reason(self) -> None:
        self._needs_reason = True
        self._show(self.findings())
        self._reason.setFocus()

    def _go_to_first(self, found: Sequence[Finding]) -> None:
        wanted = {finding.field for finding in found}
        first = next((field for name, field in self.fields.items() if name in wanted), None)
        if first:
            first.setFocus()
            self._scroll.ensureWidgetVisible(first, 0, gap(40))

    def _on_edited(self, name: str) -> None:
        self._touched.add(name)
        self._dirty = True
        self._checking.start()
        self._drafting.start()

    def _on_left(self, name: str) -> None:
        if self._dirty:
            self._touched.add(name)
            self._checking.start()

    def _wire(self) -> None:
        for name, field in self.fields.items():
            field.edited.connect(lambda name=name: self._on_edited(name))
            field.left.connect(lambda name=name: self._on_left(name))
        self._checking.timeout.connect(lambda: self._show(self.findings()))
        self._drafting.timeout.connect(lambda: self.drafted.emit(self.values()))
        for field in self.fields.values():
            self.setFocusProxy(field)
            break

    def _lay_out(self) -> None:
        sheet = styled(QWidget(), "clear")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(gap(28), gap(22), gap(28), gap(24))
        inside.setSpacing(gap(16))
        for row in self._rows:
            if isinstance(row, str):
                inside.addWidget(label(row, "heading"))
            else:
                inside.addWidget(_Line(_fields(row)))
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(sheet)
        card = styled(QFrame(), "card")
        card.setMaximumWidth(px(900))
        whole = QVBoxLayout(card)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._foot())
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(card, 1)
        beside.addStretch(0)

    def _foot(self) -> QFrame:
        foot = styled(QFrame(), "formFoot")
        buttons = QHBoxLayout()
        buttons.setSpacing(gap(10))
        buttons.addWidget(self._save_button)
        buttons.addWidget(self._leave_button)
        buttons.addStretch(1)
        column = QVBoxLayout(foot)
        column.setContentsMargins(gap(28), gap(12), gap(28), gap(12))
        column.setSpacing(gap(10))
        column.addWidget(self._summary)
        column.addWidget(self._reason)
        column.addLayout(buttons)
        return foot


def _fields(row: "Field | str | tuple[Field, ...]") -> tuple[Field, ...]:
    if isinstance(row, str):
        return ()
    return row if isinstance(row, tuple) else (row,)


class _Line(QWidget):
    """Fields side by side, or one below the other where they find no room."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = fields
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap(24))
        for field in fields:
            self._box.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the room asks for it."""
        super().resizeEvent(event)
        needed = sum(field.minimumSizeHint().width() + gap(24) for field in self._fields) - gap(24)
        narrow = self.width() < needed
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(gap(16) if narrow else gap(24))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest field, since they may stand one below the other."""
        widest = max(field.minimumSizeHint().width() for field in self._fields)
        return QSize(widest, super().minimumSizeHint().height())
