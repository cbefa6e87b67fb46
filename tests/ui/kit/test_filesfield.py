"""The field for several files."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.filesfield import FilesField


@pytest.fixture
def field(qtbot: QtBot) -> FilesField:
    """A field for photos."""
    made = FilesField("photos", "照片", optional=True)
    qtbot.addWidget(made)
    return made


def choose(monkeypatch: pytest.MonkeyPatch, field: FilesField, *names: str) -> None:
    """Choose files in the dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (list(names), ""))
    field._choose_button.click()


def test_files_are_added_in_the_order_they_were_chosen_each_once(
    field: FilesField, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert field.value() == ()
    choose(monkeypatch, field, "/a.jpg", "/b.jpg")
    choose(monkeypatch, field, "/b.jpg", "/c.jpg")
    assert field.value() == (Path("/a.jpg"), Path("/b.jpg"), Path("/c.jpg"))
    assert field._shown.whole() == "3张：a.jpg、b.jpg、c.jpg"


def test_a_dialog_that_is_left_changes_nothing(
    field: FilesField, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    field.set_value((Path("/a.jpg"),))
    with qtbot.assertNotEmitted(field.edited):
        choose(monkeypatch, field)
    assert field.value() == (Path("/a.jpg"),)


def test_all_can_be_put_away_again(field: FilesField, qtbot: QtBot) -> None:
    field.set_value((Path("/a.jpg"),))
    with qtbot.waitSignal(field.edited):
        field._clear.click()
    assert field.value() == ()
    assert field._clear.isHidden()
