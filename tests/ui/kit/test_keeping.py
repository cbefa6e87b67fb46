"""What is typed into a form is kept as each field is left, taken up again, and forgotten once it is saved."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type
from villagedesk.kernel.errors import DiskFull, DiskGone
from villagedesk.storage import unsaved
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import Typed, kept
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, CheckField, LongTextField, PasswordField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.keeping import Keeping


def _form(qtbot: QtBot, desk: Desk, saved: list[object]) -> Form:
    made = Form(
        [
            (TextField("payee", "收款人"), AmountField("fen", "金额")),
            DateField("day", "日期"),
            ChoiceField("way", "方式", [Choice("cash", "现金"), Choice("bank", "转账")]),
            LongTextField("note", "说明", optional=True),
            CheckField("is_urgent", "急"),
            PasswordField("password", "密码"),
            FileField("paper", "文件", optional=True),
            FilesField("photos", "照片", optional=True),
        ],
        save=lambda values, _reason: saved.append(values),
        values={"fen": 100, "day": date(2026, 1, 5)},
        keeping=Keeping(desk, "test"),
    )
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.setFocus()
    return made


def _kept(desk: Desk) -> dict[str, Typed]:
    assert desk.actor
    found = kept(desk.folder, f"test-{desk.actor.id}")
    return found.typed if found else {}


def test_a_field_is_kept_as_it_is_left_and_comes_back(qtbot: QtBot, desk: Desk, type_in: Type, tmp_path: Path) -> None:
    form = _form(qtbot, desk, [])
    assert _kept(desk) == {}
    type_in(form.fields["payee"].editor, "张䶮")
    QTest.keyClick(form.fields["payee"].editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _kept(desk).get("payee") == "张䶮")
    amount = form.fields["fen"].editor
    QTest.keySequence(amount, "Ctrl+A")
    QTest.keyClicks(amount, "12.x")
    paper = tmp_path / "票.pdf"
    paper.write_bytes(b"%PDF")
    form.set_values({"way": "bank", "note": "两行\n字", "is_urgent": True, "paper": paper, "photos": [paper]})
    form.fields["password"].set_value("geheim")
    QTest.keyClick(amount, Qt.Key.Key_Tab)
    form.fields["note"].edited.emit()
    qtbot.waitUntil(lambda: _kept(desk).get("note") == "两行\n字")
    assert "geheim" not in str(_kept(desk))
    assert form.may_leave()

    again = _form(qtbot, desk, [])
    values = again.values()
    assert (values["payee"], values["fen"], again.fields["fen"].typed()) == ("张䶮", None, "12.x")
    assert (values["way"], values["note"], values["is_urgent"]) == ("bank", "两行\n字", True)
    assert (values["paper"], values["photos"], values["password"]) == (paper, (paper,), "")
    assert again.is_changed
    assert "上次没写完的，接着写。" in [made.text() for made in again.findChildren(type(again._kept_line))]


def test_what_is_saved_is_not_kept(qtbot: QtBot, desk: Desk, type_in: Type) -> None:
    saved: list[object] = []
    form = _form(qtbot, desk, saved)
    type_in(form.fields["payee"].editor, "张")
    qtbot.waitUntil(lambda: _kept(desk).get("payee") == "张")
    assert form.try_save()
    qtbot.waitUntil(lambda: _kept(desk) == {})
    assert saved
    assert not _form(qtbot, desk, []).is_changed


def test_who_does_not_want_it_begins_anew(qtbot: QtBot, desk: Desk, type_in: Type) -> None:
    form = _form(qtbot, desk, [])
    type_in(form.fields["payee"].editor, "张")
    qtbot.waitUntil(lambda: _kept(desk).get("payee") == "张")
    again = _form(qtbot, desk, [])
    (anew,) = (made for made in again.findChildren(QPushButton) if made.text() == "不要了，重新写")
    anew.click()
    assert (again.values()["payee"], again.values()["fen"], again.values()["day"]) == ("", 100, date(2026, 1, 5))
    assert not again.is_changed
    qtbot.waitUntil(lambda: _kept(desk) == {})


def test_everybody_has_their_own(qtbot: QtBot, desk: Desk, type_in: Type) -> None:
    form = _form(qtbot, desk, [])
    type_in(form.fields["payee"].editor, "张")
    qtbot.waitUntil(lambda: _kept(desk).get("payee") == "张")
    desk.actor = None
    assert _form(qtbot, desk, []).values()["payee"] == ""


@pytest.mark.parametrize("fault", [DiskFull(), DiskGone(where="青山村", detail="文件不见了")])
def test_a_disk_that_takes_nothing_is_said_quietly_and_typing_goes_on(
    qtbot: QtBot, desk: Desk, type_in: Type, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dialogs, "confirm", lambda _form, words, _verb, *, stay: asked.append(words))
    whole = unsaved.keep

    def refuse(*_: object) -> None:
        raise fault

    monkeypatch.setattr(unsaved, "keep", refuse)
    form = _form(qtbot, desk, [])
    type_in(form.fields["payee"].editor, "张")
    qtbot.waitUntil(lambda: "现在存不住没写完的内容" in form._kept_line.text())
    type_in(form.fields["payee"].editor, "三")
    assert form.values()["payee"] == "张三"
    assert not form.may_leave()
    assert asked == ["刚才填的还没有保存，现在离开就没有了。"]
    monkeypatch.setattr(unsaved, "keep", whole)
    type_in(form.fields["payee"].editor, "丰")
    qtbot.waitUntil(lambda: _kept(desk).get("payee") == "张三丰")
    qtbot.waitUntil(lambda: "写的随时都存着" in form._kept_line.text())


def test_a_desk_that_is_only_looked_at_keeps_nothing(qtbot: QtBot, desk: Desk, type_in: Type) -> None:
    with Desk.open(desk.folder, write=False) as looking:
        form = _form(qtbot, looking, [])
        type_in(form.fields["payee"].editor, "张")
        qtbot.wait(600)
        assert not list(desk.folder.glob("unsaved/*"))


TYPIST = """
import sys
from pathlib import Path
from time import monotonic, sleep
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.keeping import Keeping
from villagedesk.ui.theme import dress

app = QApplication([])
dress(app, 100)
desk = Desk.open(Path(sys.argv[1]))
form = Form([TextField(f"f{n}", str(n)) for n in range(40)], save=print, keeping=Keeping(desk, "killed"))
form.resize(900, 700)
form.show()
QTest.qWaitForWindowActive(form)
form.setFocus()
for number in range(40):
    editor = form.fields[f"f{number}"].editor
    assert form.focusWidget() is editor
    QTest.keyClicks(editor, f"text-{number}")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(20)
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [1, 7, 20])
def test_a_killed_program_loses_at_most_the_field_being_typed(desk: Desk, moment: int) -> None:
    folder = desk.folder
    desk.close()
    with subprocess.Popen([sys.executable, "-c", TYPIST, str(folder)], stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout
        done = next(int(line) for line in typist.stdout if int(line) >= moment)
        typist.send_signal(signal.SIGKILL)
        done = max([done, *(int(line) for line in typist.stdout)])
    found = kept(folder, "killed")
    assert found
    assert [found.typed[f"f{number}"] for number in range(done)] == [f"text-{number}" for number in range(done)]


def test_a_slow_stick_holds_the_typing_up_once_and_not_for_long(
    qtbot: QtBot, desk: Desk, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "keep", lambda *_: sleep(1.5))
    form = _form(qtbot, desk, [])
    began = monotonic()
    for name in ("payee", "fen", "day", "payee", "fen"):
        type_in(form.fields[name].editor, "1")
        form.fields[name].left.emit()
    assert monotonic() - began < 1
