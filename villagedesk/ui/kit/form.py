"""A form: fields laid out by hand, findings beside them, reasons for warnings, what is typed kept as it is typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.findings import Finding, blocks, warnings
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import Typed, Unsaved
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.fields import Field, TextField
from villagedesk.ui.kit.formlines import Part, fields_of
from villagedesk.ui.kit.formsheet import FormSheet, has_room
from villagedesk.ui.kit.keeping import Keeping, key_of
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.kit.page import Unfinished
from villagedesk.ui.kit.takingup import put_back, taken_up, warned
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, gap, styled

CHECK_PAUSE = 250
DRAFT_PAUSE = 400
"""Milliseconds of silence after which what is typed is checked, and kept as a draft."""
OVERDUE = 3_000
"""Milliseconds after which what is typed is kept although the person types on and on."""
WORTH_KEEPING = 2
"""How much effort a form must be to keep it: a long text, or two short things to type. Mere choices are made again."""

Values = Mapping[str, Any]
Check = Callable[[Values], Sequence[Finding]]
Save = Callable[[Values, str], object]

_WENT_ON = "上次没写完的，接着写。"
_KEPT = "写的随时都存着，离开再回来接着写"
_REASON = "+reason"
"""Where the reason for a warning is kept; no field is called that."""


class Form(Unfinished):
    """Fields, and what happens with them.

    ``rows`` holds fields one below the other; a tuple stands side by side, a string is a heading, any other widget
    stands as it is.
    ``check(values)`` returns findings; they appear beside the field they name, those of no field and of fields that
    are out of sight at the bottom, and only for fields the person has been in, until the first attempt to save. Save
    is refused while one blocks; warnings ask for a reason. ``save(values, reason)`` does the deed; a RuleViolation it
    raises is shown in place, another VillageDeskError as a sentence. Then ``saved`` carries what it returned.

    Enter goes to the next field, Ctrl+Enter saves, Esc leaves (``left``). What is typed is kept as each field is left
    and at each pause, taken up again when the form is opened anew, and forgotten once it is saved or the person does
    not want it; leaving needs no question then. The page that lays the form sees to it, if it is worth the while.
    """

    saved = Signal(object)
    left = Signal()
    drafted = Signal(dict)

    def __init__(
        self,
        rows: Sequence[Part],
        *,
        save: Save,
        check: Check = lambda _values: (),
        verb: str = "保存",
        values: Values | None = None,
        keeping: Keeping | None = None,
        jump: Jump | None = None,
        aside: QWidget | None = None,
    ) -> None:
        """``verb`` names the button; ``values`` fills the fields. ``drafted`` carries values while one types.

        ``keeping`` keeps what is typed where no page does.
        ``jump`` goes to where a finding can be put right. ``aside`` stands at the right of the form where there is
        room, else at its end.
        """
        super().__init__()
        self._rows = tuple(rows)
        self.fields = {field.name: field for row in rows for field in fields_of(row)}
        self._check, self._save, self._verb = check, save, verb
        self._keeping: Keeping | None = None
        self._jump = jump
        self._touched: set[str] = set()
        self._tried = self._dirty = self._needs_reason = False
        self._checking = QTimer(self, singleShot=True, interval=CHECK_PAUSE)
        self._drafting = QTimer(self, singleShot=True, interval=DRAFT_PAUSE)
        self._overdue = QTimer(self, singleShot=True, interval=OVERDUE)
        self._summary = FindingLines()
        self._reason = TextField("reason", "还要继续，请写明理由", sample="如：已经村民代表会议同意")
        self._reason.hide()
        self._save_button = button(verb, self.try_save, kind="primary", icon="check")
        self._save_button.setToolTip("Ctrl+Enter")
        self._leave_button = button("不保存，返回", self.leave)
        self._leave_button.setToolTip("Esc")
        self._drop_button = button("不保存", self.drop, kind="flat")
        self._drop_button.hide()
        self._kept_line = label("", "small", wrap=True)
        self._kept_line.hide()
        self._sheet = FormSheet(self._rows, aside, self._foot())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sheet)
        self.set_values(values or {})
        self._wire()
        if keeping:
            self.keep_with(keeping)

    def values(self) -> dict[str, Any]:
        """Return what stands in the fields, by name."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: Values) -> None:
        """Fill fields by name; the others stay. The form counts as unchanged."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)
        self._unmark()

    @property
    def stands_beside(self) -> bool:
        """Whether what stands aside has room at the right."""
        return self._sheet.has_aside and has_room(self.width())

    def forget(self) -> None:
        """Count what is typed as saved: it was stored in another way."""
        self._unmark()
        self._stop_timers()
        if self._keeping:
            self._keeping.let_go()

    def hold(self) -> None:
        """Keep what was handed on by ``save`` until ``forget``: the deed is still to be done."""
        self._keep_typed(at_once=True)

    def keep_under(self, desk: Desk, key: Sequence[str]) -> None:
        """Keep what is typed, if it is worth the while and the desk may be written; ``key`` tells which form it is."""
        effort = sum(field.effort for field in self.fields.values())
        if self._keeping is None and effort >= WORTH_KEEPING and desk.is_writable:
            self.keep_with(Keeping(desk, key_of(key)))

    def keep_with(self, keeping: Keeping) -> None:
        """Keep what is typed from now on; what was typed the last time and not saved is taken up."""
        self._keeping = keeping
        keeping.setParent(self)
        keeping.told.connect(self._say_kept)
        keeping.begun = self._contents()
        self._leave_button.setText("先放着，返回")
        self._kept_line.setText(_KEPT)
        self._kept_line.show()
        if found := keeping.found():
            self._take_up(found)

    @property
    def is_kept(self) -> bool:
        """Whether what is typed is kept when the form goes."""
        return self._keeping is not None and not self._keeping.fault

    def put_by(self) -> None:
        """Keep what is typed now: the form goes."""
        if self._dirty:
            self._keep_typed(at_once=True)
        if self._keeping:
            self._keeping.settle()
        self._stop_timers()

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
        self._mark()
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

    def drop(self) -> None:
        """Leave and forget what was typed, after asking."""
        from villagedesk.ui.kit.dialogs import confirm

        if confirm(self, "刚才填的不要了，以后也找不回来。", "不保存，返回", stay="接着填"):
            self.forget()
            self.left.emit()

    def may_leave(self) -> bool:
        """Tell whether nothing would be lost, or the person does not mind. Give this to ``Page.show_over``."""
        if not self._dirty:
            return True
        if self.is_kept:
            self._keep_typed(at_once=True)
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
        fields = [*self._in_sight().values(), *([self._reason] if self._reason.isVisibleTo(self) else [])]
        here = next((place for place, field in enumerate(fields) if field.isAncestorOf(self.focusWidget())), -1)
        stop: QWidget = fields[here + 1] if here + 1 < len(fields) else self._save_button
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep(self) -> bool:
        try:
            result = self._save(self.values(), self._reason.value())
        except VillageDeskError as fault:
            self.refuse(fault)
            return False
        self.forget()
        self.saved.emit(result)
        return True

    def _show(self, found: Sequence[Finding]) -> None:
        shown = [f for f in found if self._tried or f.field in self._touched or (not f.field and self._touched)]
        seen = self._in_sight()
        for name, field in self.fields.items():
            field.show_findings([finding for finding in shown if finding.field == name and name in seen])
        self._summary.show_findings([finding for finding in shown if finding.field not in seen])
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
        first = next((field for name, field in self._in_sight().items() if name in wanted), None)
        if first:
            first.setFocus()
            self._sheet.show_field(first)

    def _in_sight(self) -> dict[str, Field]:
        """Return the fields that can be seen, by name: what is wrong is said where one can read it."""
        return {name: field for name, field in self.fields.items() if field.isVisibleTo(self)}

    def _on_edited(self, name: str) -> None:
        self._touched.add(name)
        self._mark()
        self._checking.start()
        self._drafting.start()
        if not self._overdue.isActive():
            self._overdue.start()

    def _unmark(self) -> None:
        self._dirty = False
        self._drop_button.hide()

    def _mark(self) -> None:
        """Count the form as changed."""
        self._dirty = True
        if self._keeping:
            self._drop_button.show()

    def _on_left(self, name: str) -> None:
        if self._dirty:
            self._touched.add(name)
            self._checking.start()
            self._keep_typed(at_once=True)

    def _on_pause(self) -> None:
        self._keep_typed()
        self.drafted.emit(self.values())

    def _stop_timers(self) -> None:
        for timer in (self._checking, self._drafting, self._overdue):
            timer.stop()

    def _contents(self) -> dict[str, Typed]:
        return {name: field.typed() for name, field in self.fields.items()}

    def _keep_typed(self, *, at_once: bool = False) -> None:
        self._overdue.stop()
        if self._keeping:
            self._keeping.keep(self._contents() | {_REASON: self._reason.typed()}, at_once=at_once)

    def _take_up(self, found: Unsaved) -> None:
        """Go on with what was typed the last time and not saved; the person may throw it away and begin anew."""
        assert self._keeping
        begun = self._contents()
        self._retype(taken_up(found, begun, self.fields))
        self._reason.retype(found.typed.get(_REASON))
        more = warned(found, begun, self.fields, self._keeping.clock.now().date())
        anew = button("不要了，重新写", lambda: self._begin_anew(begun, note))
        note = Callout(more, title=_WENT_ON, extra=anew) if more else Callout(_WENT_ON, extra=anew)
        self._sheet.put_first(note)
        empty = (field for field in self._in_sight().values() if not field.typed())
        if first := next(empty, None):
            self.setFocusProxy(first)
        self._touched.clear()
        self._mark()

    def _begin_anew(self, begun: Mapping[str, Typed], note: QWidget) -> None:
        self._retype(begun)
        self._reason.retype(None)
        self.forget()
        self._touched.clear()
        self._tried = False
        self._show([])
        note.hide()
        next(iter(self.fields.values())).setFocus()

    def _retype(self, typed: Mapping[str, Typed]) -> None:
        put_back(self.fields, typed)
        self._drafting.stop()
        self._overdue.stop()

    def _say_kept(self, fault: str) -> None:
        """Say quietly whether what is typed is kept."""
        self._kept_line.setText(fault or _KEPT)
        self._kept_line.setStyleSheet(f"color: {Colour.AMBER};" if fault else "")

    def _wire(self) -> None:
        for name, field in self.fields.items():
            field.edited.connect(lambda name=name: self._on_edited(name))
            field.left.connect(lambda name=name: self._on_left(name))
        self._checking.timeout.connect(lambda: self._show(self.findings()))
        self._drafting.timeout.connect(self._on_pause)
        self._overdue.timeout.connect(self._keep_typed)
        self._reason.left.connect(self._keep_typed)
        if self._jump:
            for field in self.fields.values():
                field.let_jump(self._jump)
            self._summary.jump = self._jump
        for field in self.fields.values():
            self.setFocusProxy(field)
            break

    def _foot(self) -> QFrame:
        foot = styled(QFrame(), "formFoot")
        buttons = QHBoxLayout()
        buttons.setSpacing(gap(10))
        buttons.addWidget(self._save_button)
        buttons.addWidget(self._leave_button)
        buttons.addWidget(self._drop_button)
        buttons.addWidget(self._kept_line, 1)
        buttons.addStretch(0)
        column = QVBoxLayout(foot)
        column.setContentsMargins(gap(28), gap(12), gap(28), gap(12))
        column.setSpacing(gap(10))
        column.addWidget(self._summary)
        column.addWidget(self._reason)
        column.addLayout(buttons)
        return foot
