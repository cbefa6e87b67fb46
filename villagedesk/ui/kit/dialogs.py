"""Short questions: a reason, a yes or no, a fault in plain words, who is there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField, Spell
from villagedesk.ui.kit.fields import LongTextField, PasswordField
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, Tone, gap, ink, px, sign


class Question(QDialog):
    """A dialog with a title, a sentence, something in the middle, and buttons named by what they do."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str = "", *, drawing: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(title)
        self.setMinimumWidth(min(px(460), self.screen().availableGeometry().width() - gap(80)))
        self._signal = QLabel()
        self._signal.setVisible(bool(drawing))
        if drawing:
            self._signal.setPixmap(picture(drawing, Colour.GREEN, 28))
        self.body = QVBoxLayout()
        self.body.setSpacing(gap(12))
        self.body.addWidget(label(title, "dialogTitle", wrap=True))
        if sentence:
            words = label(sentence, wrap=True, selectable=True)
            words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.body.addWidget(words)
        beside = QHBoxLayout()
        beside.setSpacing(gap(14))
        beside.addWidget(self._signal, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(gap(10))
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(26), gap(24), gap(26), gap(20))
        column.setSpacing(gap(20))
        column.addLayout(beside)
        column.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the wrapped sentences need, which Qt itself does not give a dialog."""
        super().showEvent(event)
        column = self.layout()
        if column and column.hasHeightForWidth():
            width = max(self.width(), self.minimumWidth())
            room = self.screen().availableGeometry().height() - gap(40)
            self.setMinimumHeight(min(room, column.totalHeightForWidth(width)))
            self.resize(width, self.minimumHeight())

    def warn(self, tone: Tone) -> None:
        """Show the sign of a tone beside the title."""
        self._signal.setPixmap(picture(sign(tone), ink(tone), 28))
        self._signal.show()

    def add_buttons(self, verb: str, stay: str = "取消", *, kind: str = "primary") -> QPushButton:
        """Add the button that does it, named by the verb, and the one that does not; return the first."""
        if stay:
            self.add_stay(stay)
        done = button(verb, self.accept, kind=kind)
        done.setDefault(True)
        self._buttons.addWidget(done)
        return done

    def add_stay(self, stay: str = "取消") -> None:
        """Add the button that does nothing."""
        self._buttons.addWidget(button(stay, self.reject))

    def add_aside(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add something else to do instead, at the left of the buttons; the dialog closes. Return its button."""
        aside = button(text, act, kind="link")
        aside.clicked.connect(self.reject)
        self._buttons.insertWidget(0, aside)
        return aside


def confirm(
    parent: QWidget | None, sentence: str, verb: str, *, title: str = "请确认", stay: str = "取消", danger: bool = False
) -> bool:
    """Ask before something is done; ``verb`` names the button that does it. Tell whether it was pressed."""
    question = Question(parent, title, sentence)
    question.warn(Tone.BAD if danger else Tone.WARN)
    question.add_buttons(verb, stay, kind="danger" if danger else "primary")
    return question.exec() == QDialog.DialogCode.Accepted


def show_error(parent: QWidget | None, sentence: str, *, title: str = "没有办成") -> None:
    """Tell a fault in plain words: what happened, whether the data are safe, what next."""
    question = Question(parent, title, sentence)
    question.warn(Tone.BAD)
    question.add_buttons("知道了", "")
    question.exec()


def show_note(parent: QWidget | None, sentence: str, *, title: str = "办好了") -> None:
    """Tell that something was done."""
    question = Question(parent, title, sentence)
    question.warn(Tone.GOOD)
    question.add_buttons("知道了", "")
    question.exec()


def ask_reason(
    parent: QWidget | None, title: str, sentence: str, *, verb: str = "写好了", label: str = "理由"
) -> str | None:
    """Ask for a written reason. Returns it without blanks around it, or None when the person would rather not."""
    question = Question(parent, title, sentence)
    reason = LongTextField("reason", label, lines=3)
    question.body.addWidget(reason)
    done = question.add_buttons(verb)
    done.setEnabled(False)
    reason.edited.connect(lambda: done.setEnabled(bool(reason.value())))
    reason.setFocus()
    return reason.value() if question.exec() == QDialog.DialogCode.Accepted and reason.value() else None


def ask_which(parent: QWidget | None, title: str, sentence: str, choices: Sequence[Choice]) -> object | None:
    """Ask which of a few is meant, each a button of its own. Returns its id, or None when none was."""
    question = Question(parent, title, sentence)
    chosen: list[object] = []
    offered = [button(choice.label, partial(chosen.append, choice.id), icon="document") for choice in choices]
    for one in offered:
        one.clicked.connect(question.accept)
        one.setAutoDefault(True)
        question.body.addWidget(one)
    question.add_stay()
    offered[0].setFocus()
    return chosen[0] if question.exec() == QDialog.DialogCode.Accepted and chosen else None


def sign_in(
    parent: QWidget | None,
    people: Sequence[Choice],
    *,
    chosen: object = None,
    fault: str = "",
    spell: Spell | None = None,
    sign_out: Callable[[], object] | None = None,
    title: str = "登录",
    sentence: str = "选自己的姓名，写自己的密码。记的每一笔都会写上你的名字。",
) -> tuple[object, str] | None:
    """Ask who is there. Returns the chosen person's id and the password, or None.

    ``chosen`` is who is offered first; ``fault`` says why the last attempt failed; ``spell`` gives a name's initials;
    ``sign_out`` lets go who is there; ``title`` and ``sentence`` say for what a second person is asked.
    """
    question = Question(parent, title, sentence, drawing="person")
    person = ChoiceField("person", "姓名", people, spell=spell)
    person.set_value(chosen)
    password = PasswordField("password", "密码")
    question.body.addWidget(person)
    question.body.addWidget(password)
    if fault:
        from villagedesk.ui.kit.notes import SignedLine

        question.body.addWidget(SignedLine(fault, Tone.BAD))
    done = question.add_buttons(title)
    if sign_out:
        question.add_aside("退出登录，只看不办", sign_out)

    def look() -> None:
        done.setEnabled(person.value() is not None and bool(password.value()))

    person.edited.connect(look)
    person.edited.connect(password.setFocus)
    password.edited.connect(look)
    look()
    (password if person.value() is not None else person).setFocus()
    if question.exec() != QDialog.DialogCode.Accepted:
        return None
    return person.value(), password.value()
