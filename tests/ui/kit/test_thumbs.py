"""Small pictures of chosen files: made beside the window, icons for what is no picture, never more than a few."""

import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit import thumbs
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.thumbs import MOST, Thumbs, small


@pytest.fixture
def row(qtbot: QtBot) -> Thumbs:
    """An empty row."""
    made = Thumbs()
    qtbot.addWidget(made)
    return made


def photo(folder: Path, name: str = "发票.jpg", *, size: tuple[int, int] = (800, 400), colour: str = "red") -> Path:
    path = folder / name
    Image.new("RGB", size, colour).save(path)
    return path


def frames(row: Thumbs) -> list[QLabel]:
    found = [item.widget() for place in range(row._row.count()) if (item := row._row.itemAt(place))]
    return [frame for frame in found if isinstance(frame, QLabel)]


def middle(frame: QLabel) -> str:
    image = frame.pixmap().toImage()
    return image.pixelColor(image.rect().center()).name()


def test_a_picture_takes_its_icons_place_once_it_is_made(row: Thumbs, qtbot: QtBot, tmp_path: Path) -> None:
    row.show_files([photo(tmp_path)])
    (frame,) = frames(row)
    assert frame.toolTip() == frame.accessibleName() == "发票.jpg"
    assert middle(frame) != "#fe0000", "nobody waited for it"
    qtbot.waitUntil(lambda: middle(frame) == "#fe0000", timeout=5_000)
    assert frame.pixmap().width() == 2 * frame.pixmap().height()


def test_pictures_are_made_beside_the_window(
    row: Thumbs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[int] = []

    def slow(path: Path, side: int) -> QImage:
        where.append(threading.get_ident())
        return small(path, side)

    monkeypatch.setattr(thumbs, "small", slow)
    row.show_files([photo(tmp_path)])
    qtbot.waitUntil(lambda: middle(frames(row)[0]) == "#fe0000", timeout=5_000)
    assert where
    assert threading.get_ident() not in where
    row.show_files([tmp_path / "发票.jpg", photo(tmp_path, "收据.jpg", colour="lime")])
    qtbot.waitUntil(lambda: middle(frames(row)[1]) == "#00ff01", timeout=5_000)
    assert len(where) == 2, "what is made already is not made again"


def test_what_is_no_picture_has_an_icon(row: Thumbs, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "发票.pdf").write_bytes(b"%PDF-1.7")
    row.show_files([tmp_path / "发票.pdf", tmp_path / "没有.jpg"])
    before = [frame.pixmap().toImage() for frame in frames(row)]
    qtbot.wait(200)
    assert [frame.pixmap().toImage() for frame in frames(row)] == before
    assert not any(image.isNull() for image in before)


def test_only_a_few_are_pictured_and_the_rest_counted(row: Thumbs, tmp_path: Path) -> None:
    row.show_files([tmp_path / f"{number}.pdf" for number in range(MOST + 3)])
    assert [frame.toolTip() for frame in frames(row)][:MOST] == [f"{number}.pdf" for number in range(MOST)]
    assert frames(row)[-1].text() == "＋3"
    row.show_files([])
    assert row.isHidden()
    assert frames(row) == []


def test_a_large_picture_is_made_small(tmp_path: Path) -> None:
    assert small(photo(tmp_path, size=(4_000, 3_000)), 44).size().toTuple() == (44, 33)
    assert small(tmp_path / "没有.jpg", 44).isNull()


def test_a_field_shows_the_files_that_are_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    field = FilesField("photos", "照片")
    qtbot.addWidget(field)
    assert field._thumbs.isHidden()
    field.set_value([photo(tmp_path)])
    assert [frame.toolTip() for frame in frames(field._thumbs)] == ["发票.jpg"]
    assert field._shown.whole() == "1张：发票.jpg"
    field.set_value(())
    assert field._thumbs.isHidden()
