"""A form: findings beside their fields, reasons for warnings, drafts, keys."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type
from villagedesk.kernel.errors import DiskFull, RuleViolation
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, CheckField, Field, LongTextField, NumberField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.formlines import Part
from villagedesk.ui.kit.suggestfield import SuggestField


def _check(values: Values) -> Sequence[Finding]:
    found = []
    if not values["purpose"]:
        found.append(Finding("claims.no_purpose", "请写清楚钱花在什么事上。", "purpose"))
    if values["fen"] is None:
        found.append(Finding("claims.no_amount", "请填金额。", "fen"))
    elif values["fen"] > 500_000:
        found.append(Finding("claims.cash", "超过 5,000 元不应付现金。", "fen", severity=Severity.WARNING))
    if values["purpose"] == "招待费":
        found.append(Finding("claims.forbidden", "这一项不在可以开支的范围里。"))
    return found


class Book:
    """Takes what is saved; may refuse."""

    def __init__(self) -> None:
        self.saved: list[tuple[dict[str, Any], str]] = []
        self.refusal: Exception | None = None

    def save(self, values: Values, reason: str) -> int:
        if self.refusal:
            raise self.refusal
        self.saved.append((dict(values), reason))
        return len(self.saved)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def form(qtbot: QtBot, book: Book) -> Form:
    made = Form(
        [(TextField("purpose", "事由"), AmountField("fen", "金额")), LongTextField("note", "说明", optional=True)],
        save=book.save,
        check=_check,
    )
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.setFocus()
    return made


def _messages(form: Form, name: str) -> list[str]:
    return form.fields[name]._findings.messages()


def test_nothing_is_wrong_before_one_begins(form: Form) -> None:
    assert not any(_messages(form, name) for name in form.fields)


def test_a_finding_appears_beside_its_field_while_typing(qtbot: QtBot, form: Form, type_in: Type) -> None:
    type_in(form.fields["fen"].editor, "6000")
    qtbot.waitUntil(lambda: _messages(form, "fen") == ["超过 5,000 元不应付现金。"])
    assert _messages(form, "purpose") == [], "the person has not been there yet"


def test_what_cannot_be_read_is_said_first(qtbot: QtBot, form: Form, type_in: Type) -> None:
    type_in(form.fields["fen"].editor, "六千")
    qtbot.waitUntil(lambda: len(_messages(form, "fen")) == 1)
    assert "不是金额" in _messages(form, "fen")[0]


def test_a_block_stops_saving_and_the_first_field_is_gone_to(form: Form, book: Book) -> None:
    form.fields["fen"].setFocus()
    assert not form.try_save()
    assert book.saved == []
    assert _messages(form, "purpose") == ["请写清楚钱花在什么事上。"]
    assert form.focusWidget() is form.fields["purpose"].editor


def test_a_finding_of_no_field_stands_at_the_bottom(form: Form) -> None:
    form.set_values({"purpose": "招待费", "fen": 100})
    assert not form.try_save()
    assert form._summary.messages() == ["这一项不在可以开支的范围里。"]


def test_a_warning_needs_a_reason(form: Form, book: Book, type_in: Type) -> None:
    form.set_values({"purpose": "沟渠清淤", "fen": 600_000})
    assert not form.try_save()
    assert form._reason.isVisible()
    assert book.saved == []
    type_in(form._reason.editor, "已经代表会议同意")
    assert form.try_save()
    assert book.saved == [({"purpose": "沟渠清淤", "fen": 600_000, "note": ""}, "已经代表会议同意")]


def test_the_reason_goes_when_the_warning_does(qtbot: QtBot, form: Form, book: Book, type_in: Type) -> None:
    form.set_values({"purpose": "沟渠清淤", "fen": 600_000})
    form.try_save()
    form.fields["fen"].set_value(400_000)
    form.fields["fen"].edited.emit()
    qtbot.waitUntil(lambda: not form._reason.isVisible())
    assert form.try_save()
    assert book.saved[0][1] == ""


def test_saving_tells_what_came_of_it(qtbot: QtBot, form: Form) -> None:
    form.set_values({"purpose": "沟渠清淤", "fen": 100})
    with qtbot.waitSignal(form.saved) as saved:
        form.try_save()
    assert saved.args == [1]
    assert not form.is_changed


def test_a_rule_that_refuses_later_is_shown_in_place(form: Form, book: Book) -> None:
    book.refusal = RuleViolation([Finding("claims.over_budget", "超出预算 20.00 元。", "fen")])
    form.set_values({"purpose": "沟渠清淤", "fen": 100})
    assert not form.try_save()
    assert _messages(form, "fen") == ["超出预算 20.00 元。"]


def test_a_full_disk_is_a_sentence(form: Form, book: Book) -> None:
    book.refusal = DiskFull()
    form.set_values({"purpose": "沟渠清淤", "fen": 100})
    assert not form.try_save()
    assert "磁盘满了" in form._summary.messages()[0]


def test_what_is_typed_is_offered_as_a_draft(qtbot: QtBot, form: Form, type_in: Type) -> None:
    with qtbot.waitSignal(form.drafted) as drafted:
        type_in(form.fields["purpose"].editor, "沟渠")
        type_in(form.fields["purpose"].editor, "清淤")
    assert drafted.args == [{"purpose": "沟渠清淤", "fen": None, "note": ""}]


def test_no_draft_follows_a_save(qtbot: QtBot, form: Form, type_in: Type) -> None:
    type_in(form.fields["purpose"].editor, "沟渠清淤")
    type_in(form.fields["fen"].editor, "1")
    form.try_save()
    with qtbot.assertNotEmitted(form.drafted, wait=500):
        pass


def test_enter_goes_on_and_ctrl_enter_saves(qtbot: QtBot, form: Form, book: Book) -> None:
    form.set_values({"purpose": "沟渠清淤", "fen": 100})
    QTest.keyClick(form.fields["purpose"].editor, Qt.Key.Key_Return)
    assert form.focusWidget() is form.fields["fen"].editor
    QTest.keyClick(form.fields["note"].editor, Qt.Key.Key_Return)
    assert form.values()["note"] == ""
    assert book.saved == []
    QTest.keyClick(form.fields["note"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(book.saved) == 1


def test_leaving_asks_only_when_something_would_be_lost(
    qtbot: QtBot, form: Form, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: answers.pop(0))
    with qtbot.waitSignal(form.left):
        QTest.keyClick(form.fields["purpose"].editor, Qt.Key.Key_Escape)
    assert len(answers) == 2, "nothing was typed"
    type_in(form.fields["purpose"].editor, "沟")
    with qtbot.assertNotEmitted(form.left):
        form.leave()
    with qtbot.waitSignal(form.left):
        form.leave()


def test_fields_side_by_side_stack_when_there_is_no_room(qtbot: QtBot, form: Form) -> None:
    purpose, amount = form.fields["purpose"], form.fields["fen"]
    assert amount.y() == purpose.y()
    form.resize(330, 600)
    qtbot.waitUntil(lambda: amount.y() > purpose.y())


def test_every_input_has_a_name_for_screen_readers(form: Form) -> None:
    assert [field.editor.accessibleName() for field in form.fields.values()] == ["事由", "金额", "说明"]


def test_a_finding_shows_the_way_to_where_it_can_be_put_right(qtbot: QtBot) -> None:
    went: list[str] = []
    found = [
        Finding("x", "还没有验收。", "a", place="projects:01ARZ"),
        Finding("y", "没有决议。", place="deliberation:"),
    ]
    made = Form([TextField("a", "甲")], save=lambda *_: None, check=lambda _values: found, jump=went.append)
    qtbot.addWidget(made)
    made.show()
    assert not made.try_save()
    ways = [button for button in made.findChildren(QPushButton) if button.text() == "去办 ›"]
    assert [way.accessibleName() for way in ways] == ["去办：还没有验收。", "去办：没有决议。"]
    for way in ways:
        way.click()
    assert went == ["projects:01ARZ", "deliberation:"]


def test_no_part_of_a_form_ever_stands_on_the_screen_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    """A window that flashes up while the form is laid out would take the keyboard away."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    hidden = TextField("b", "乙")
    hidden.hide()
    made = Form([(TextField("a", "甲"), TextField("c", "丙")), hidden, QLabel("说明")], save=lambda *_: None)
    qtbot.addWidget(made)
    hidden.show()
    qapp.removeEventFilter(watch)
    assert shown == []


_FIELDS: dict[str, Callable[[], Field]] = {
    "text": lambda: TextField("gone", "看不见的"),
    "long": lambda: LongTextField("gone", "看不见的"),
    "amount": lambda: AmountField("gone", "看不见的"),
    "number": lambda: NumberField("gone", "看不见的", unit="户"),
    "tick": lambda: CheckField("gone", "看不见的"),
    "day": lambda: DateField("gone", "看不见的"),
    "choice": lambda: ChoiceField("gone", "看不见的", [Choice("a", "甲")]),
    "suggestion": lambda: SuggestField("gone", "看不见的", lambda _text: []),
    "file": lambda: FileField("gone", "看不见的"),
    "files": lambda: FilesField("gone", "看不见的"),
}


@pytest.mark.parametrize(
    ("kind", "stands", "severity"),
    [
        *((kind, "alone", Severity.BLOCK) for kind in _FIELDS),
        ("text", "alone", Severity.WARNING),
        ("text", "beside", Severity.BLOCK),
        ("text", "in what is hidden", Severity.BLOCK),
    ],
)
def test_what_is_wrong_with_a_field_out_of_sight_is_said_where_it_can_be_read(
    qtbot: QtBot, kind: str, stands: str, severity: Severity
) -> None:
    """Else 提交 would do nothing and say nothing."""
    gone, seen = _FIELDS[kind](), TextField("seen", "看得见的")
    found = [Finding("x", "没有合同。", "gone", severity=severity)]
    rows: list[Part] = [(seen, gone)] if stands == "beside" else [seen, gone]
    made = Form(rows, save=lambda *_: None, check=lambda _values: found)
    qtbot.addWidget(made)
    if stands == "in what is hidden":
        line = gone.parentWidget()
        assert line
        line.hide()
    else:
        gone.hide()
    made.show()
    made.setFocus()
    assert not made.try_save()
    said = [words for words in made.findChildren(QLabel) if words.text() == "没有合同。" and words.isVisible()]
    assert len(said) == 1
    assert not gone.isAncestorOf(made.focusWidget())
    line = gone.parentWidget()
    assert line
    gone.show()
    line.show()
    assert not made.try_save()
    assert gone._findings.messages() == ["没有合同。"], "once it is seen, it stands beside it"
    assert made._summary.messages() == []


def test_what_stands_unreadable_in_a_field_that_went_is_said(qtbot: QtBot) -> None:
    gone = AmountField("gone", "押金")
    made = Form([gone, TextField("seen", "说明")], save=lambda *_: None)
    qtbot.addWidget(made)
    made.show()
    gone.retype("六千")
    gone.hide()
    assert not made.try_save()
    assert made._summary.messages() == ["“六千”不是金额，请写成 1234.50 这样，最多两位小数。"]


def test_the_first_field_in_sight_is_gone_to(qtbot: QtBot) -> None:
    gone, seen = TextField("gone", "甲"), TextField("seen", "乙")
    found = [Finding("x", "甲没有。", "gone"), Finding("y", "乙没有。", "seen")]
    made = Form([gone, seen], save=lambda *_: None, check=lambda _values: found)
    qtbot.addWidget(made)
    gone.hide()
    made.show()
    assert not made.try_save()
    assert made.focusWidget() is seen.editor
