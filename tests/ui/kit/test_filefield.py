"""A file to go with a record: chosen, dropped, thrown out again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.filefield import FileField


@pytest.fixture
def field(qtbot: QtBot) -> FileField:
    made = FileField("paper", "资料", optional=True)
    qtbot.addWidget(made)
    made.show()
    return made


def _mime(*files: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def test_a_chosen_file_is_the_value(field: FileField, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    answers = iter([("", ""), ("/photos/公示照片.jpg", "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    field._choose()
    assert field.value() is None
    with qtbot.waitSignal(field.edited):
        field._choose()
    assert field.value() == Path("/photos/公示照片.jpg")
    assert field._shown.whole() == "公示照片.jpg"
    field._clear.click()
    assert field.value() is None
    assert not field._clear.isVisible()


def test_a_file_may_be_dropped_here(field: FileField, tmp_path: Path) -> None:
    mime = _mime(tmp_path / "批复.pdf")
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    field.dragEnterEvent(enter)
    assert enter.isAccepted()
    field.dropEvent(_drop(mime))
    assert field.value() == tmp_path / "批复.pdf"


def test_words_are_not_taken_for_a_file(field: FileField) -> None:
    words = QMimeData()
    words.setText("批复")
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    field.dragEnterEvent(enter)
    assert not enter.isAccepted()
    field.dropEvent(_drop(words))
    assert field.value() is None


def _drop(mime: QMimeData) -> QDropEvent:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
