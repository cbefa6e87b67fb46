"""Inputs bound by name: a label, the thing to type into, and what is wrong with it, underneath."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import parse_yuan, plain_yuan, yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.buttons import icon_button
from villagedesk.ui.kit.notes import FindingLines, Jump
from villagedesk.ui.kit.text import label as text_label
from villagedesk.ui.theme import gap, px


class Field(QWidget):
    """One input. ``name`` binds it to the record and to findings; ``value`` and ``set_value`` are its contents.

    ``edited`` is emitted whenever the contents change, ``left`` when the focus goes elsewhere.
    """

    edited = Signal()
    left = Signal()
    effort: int = 0
    """How much work it is to fill in again what was lost: nothing for a choice, much for a long text."""
    is_day: bool = False
    """Whether it holds a day."""
    is_kept: bool = True
    """Whether what is typed may be kept until it is saved; never a password, never the number of an account."""

    def __init__(self, name: str, label: str, editor: QWidget, *, hint: str = "", optional: bool = False) -> None:
        """``hint`` is a sentence that always stands below; ``optional`` says 可不填 beside the label."""
        super().__init__()
        self.name, self.label, self.editor = name, label, editor
        self._head = text_label(label, "fieldName")
        self._head.setBuddy(editor)
        self._body = QHBoxLayout()
        self._body.setSpacing(gap(8))
        self._body.addWidget(editor, 1)
        self._hint = text_label(hint, "hint", wrap=True)
        self._hint.setVisible(bool(hint))
        self._findings = FindingLines()
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        self._lay_out(optional)

    def value(self) -> Any:
        """Return the contents; None when empty or unreadable."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Replace the contents. ``edited`` is not emitted."""
        raise NotImplementedError

    def fault(self) -> str:
        """Return what cannot be read, as a Chinese sentence, or ""."""
        return ""

    def typed(self) -> Typed:
        """Return what stands here as it was typed, readable or not, to be kept; None when it is never kept."""
        value = self.value()
        return value if value is None or isinstance(value, str | int) else None

    def retype(self, typed: Typed) -> None:
        """Put back what ``typed`` returned. ``edited`` is not emitted."""
        self.set_value(typed)

    def hide_head(self) -> None:
        """Show no label above: the place the field stands in says what it is."""
        self._head.hide()

    def let_jump(self, jump: Jump) -> None:
        """Show the way beside what is wrong, to where it can be put right."""
        self._findings.jump = jump

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is wrong, beneath the field."""
        self._findings.show_findings(findings)
        words = " ".join(finding.message for finding in findings)
        self.editor.setAccessibleDescription(words or self._hint.text())
        self._colour(findings)

    def set_hint(self, hint: str) -> None:
        """Say something else below."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the focus leaves, but not for a menu or a popup."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in passing:
                self._on_left()
        return super().eventFilter(watched, event)

    def _beside(self, *widgets: QWidget) -> None:
        """Stand widgets right beside an input that does not need the whole width."""
        self._body.setStretch(0, 0)
        for widget in widgets:
            self._body.addWidget(widget)
        self._body.addStretch(1)

    def _on_left(self) -> None:
        self.left.emit()

    def _colour(self, findings: Sequence[Finding]) -> None:
        tone = ""
        if findings:
            tone = "bad" if any(finding.severity is Severity.BLOCK for finding in findings) else "warn"
        if self.editor.property("tone") != tone:
            self.editor.setProperty("tone", tone)
            self.editor.style().polish(self.editor)

    def _lay_out(self, optional: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(gap(6))
        head.addWidget(self._head)
        if optional:
            head.addWidget(text_label("可不填", "hint"))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(6))
        column.addLayout(head)
        column.addLayout(self._body)
        column.addWidget(self._hint)
        column.addWidget(self._findings)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class TextField(Field):
    """One line of text. ``value`` is a stripped string, "" when empty."""

    effort = 1

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        optional: bool = False,
        sample: str = "",
        longest: int = 200,
        is_kept: bool = True,
    ) -> None:
        """``sample`` stands grey in the empty field; ``longest`` is the most characters it takes.

        Give ``is_kept=False`` to the number of an account or a card.
        """
        self.is_kept = is_kept
        self._line = QLineEdit()
        self._line.setPlaceholderText(sample)
        self._line.setMaxLength(longest)
        super().__init__(name, label, self._line, hint=hint, optional=optional)
        self._line.textEdited.connect(self._on_edited)
        self._line.textChanged.connect(self._on_changed)

    def value(self) -> Any:
        """Return the text without blanks around it."""
        return self._line.text().strip()

    def set_value(self, value: Any) -> None:
        """Replace the text."""
        self._line.setText("" if value is None else str(value))
        self._line.setCursorPosition(0)

    def typed(self) -> Typed:
        """Return the text, readable or not; nothing of what is never kept."""
        return self._line.text() if self.is_kept else None

    def retype(self, typed: Typed) -> None:
        """Put the text back."""
        self._line.setText("" if typed is None else str(typed))

    def select(self) -> None:
        """Choose the whole text, so that typing replaces it."""
        self._line.selectAll()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_changed(self) -> None:
        """React to any change of the text, typed or set."""


class LongTextField(Field):
    """Several lines of text. Enter begins a new line; Tab goes on."""

    effort = 2

    def __init__(self, name: str, label: str, *, hint: str = "", optional: bool = False, lines: int = 4) -> None:
        """``lines`` is how high the field stands."""
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * lines + gap(28))
        super().__init__(name, label, self._text, hint=hint, optional=optional)
        self._text.textChanged.connect(self.edited.emit)

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self._text.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Replace the text."""
        self._text.blockSignals(True)
        self._text.setPlainText("" if value is None else str(value))
        self._text.blockSignals(False)


class PasswordField(TextField):
    """A password, hidden until the eye is pressed. ``value`` keeps blanks as typed; nothing of it is ever kept."""

    effort = 0

    def __init__(self, name: str, label: str, *, hint: str = "") -> None:
        super().__init__(name, label, hint=hint, is_kept=False)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = icon_button("看看写的密码", "eye", self._look)
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body.addWidget(self._eye)

    def value(self) -> str:
        """Return the password exactly as typed."""
        return self._line.text()

    def _look(self) -> None:
        shown = self._line.echoMode() is QLineEdit.EchoMode.Normal
        self._line.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)


class AmountField(TextField):
    """An amount in yuan with its words below. ``value`` is fen, None when empty or unreadable."""

    def __init__(self, name: str, label: str, *, hint: str = "", optional: bool = False) -> None:
        self._words = text_label("", "words", wrap=True)
        super().__init__(name, label, hint=hint, optional=optional, sample="0.00", longest=20)
        self._line.setObjectName("amount")
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setFixedWidth(px(200))
        self._beside(QLabel("元"))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self._words)
        self._on_changed()

    def value(self) -> int | None:
        """Return fen."""
        try:
            return parse_yuan(self._line.text()) if self._line.text().strip() else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show an amount of fen, or nothing for None."""
        self._line.setText("" if value is None else yuan(value))

    def fault(self) -> str:
        """Return why what is typed is no amount."""
        if not self._line.text().strip():
            return ""
        try:
            parse_yuan(self._line.text())
        except ValueError as error:
            return f"{error}。"
        return ""

    def _on_changed(self) -> None:
        fen = self.value()
        self._words.setText("" if fen is None else amount_in_words(fen))
        self._words.setVisible(fen is not None)

    def _on_left(self) -> None:
        fen = self.value()
        if fen is not None and self._line.text() not in (yuan(fen), plain_yuan(fen)):
            self._line.setText(yuan(fen))
        super()._on_left()


class NumberField(TextField):
    """A number with its unit: 45 户, 5.5 工日. ``value`` is an int, or a Decimal when it may have places."""

    def __init__(
        self, name: str, label: str, *, unit: str = "", places: int = 0, hint: str = "", optional: bool = False
    ) -> None:
        """``places`` is how many decimals may be typed."""
        self._places = places
        super().__init__(name, label, hint=hint, optional=optional, longest=12)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setFixedWidth(px(120))
        self._beside(QLabel(unit))

    def value(self) -> int | Decimal | None:
        """Return the number."""
        number = self._number()
        return int(number) if number is not None and not self._places else number

    def fault(self) -> str:
        """Return why what is typed is no such number."""
        if not self._line.text().strip() or self._number() is not None:
            return ""
        return "请写数字。" if not self._places else f"请写数字，最多 {self._places} 位小数。"

    def _number(self) -> Decimal | None:
        try:
            number = Decimal(self._line.text().strip())
        except InvalidOperation:
            return None
        exponent = number.as_tuple().exponent
        return number if isinstance(exponent, int) and -exponent <= self._places else None


class CheckField(Field):
    """Yes or no. ``value`` is a bool."""

    def __init__(self, name: str, label: str, *, hint: str = "") -> None:
        self._box = QCheckBox(label)
        super().__init__(name, label, self._box, hint=hint)
        self._head.hide()
        self._box.clicked.connect(lambda: self.edited.emit())

    def value(self) -> bool:
        """Tell whether it is ticked."""
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self._box.setChecked(bool(value))
