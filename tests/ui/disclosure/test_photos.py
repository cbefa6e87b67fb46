"""What the window says of the photos of a board."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Books, issued
from tests.disclosure.pictures import photo_of
from villagedesk.disclosure import usecases
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.photos import PhotoProof


@pytest.mark.parametrize(("is_near", "words"), [(True, "认出了这份公示的二维码"), (False, "没有认出")])
def test_a_photo_tells_whether_it_proves_the_posting(
    qtbot: QtBot, desk: Desk, books: Books, tmp_path: Path, is_near: bool, words: str
) -> None:
    del books
    notice, issuance = issued(desk, "funds")
    photo = photo_of(desk, tmp_path / "公示栏.jpg", *([issuance] if is_near else []))
    posting = usecases.post_up(desk, notice.id, "村口公示栏", photos=[photo])
    line = PhotoProof(desk, posting)
    qtbot.addWidget(line)
    assert line.isHidden()
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=20_000)
    assert words in "".join(label.text() for label in line.findChildren(QLabel))
