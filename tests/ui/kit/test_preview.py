"""The preview: a real PDF, page by page."""

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from villagedesk.reports.preview import page_sizes
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.printing import draw_pages
from villagedesk.ui.theme import dress, gap, px


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Three pages, filled red, green and blue; the last one lies on its side."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for page, colour in enumerate(((1, 0, 0), (0, 1, 0), (0, 0, 1))):
        width, height = (842, 595) if page == 2 else (595, 842)
        canvas.setPageSize((width, height))
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 0, width, height, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, pdf: bytes) -> Preview:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.show_pdf(pdf, "公示.pdf")
    return made


def _colour(preview: Preview) -> str:
    picture = preview._scroll.viewport().grab().toImage()
    return QColor(picture.pixelColor(picture.width() // 2, picture.height() // 2)).name()


def test_it_shows_the_page_that_is_turned_to(qtbot: QtBot, preview: Preview) -> None:
    assert (preview._place.text(), _colour(preview)) == ("第 1 页，共 3 页", "#ff0000")
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert (preview.page, _colour(preview)) == (1, "#00ff00")
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert (preview._place.text(), _colour(preview)) == ("第 3 页，共 3 页", "#0000ff")
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 2
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 0


def test_only_pages_in_sight_are_drawn(preview: Preview) -> None:
    preview.fit("page")
    preview._scroll.viewport().grab()
    assert {page for page, _ in preview._sheets._images} <= {0, 1}


def test_the_width_is_kept_to_when_the_window_grows(qtbot: QtBot, preview: Preview) -> None:
    before = preview._sheets.scale
    preview.resize(1300, 640)
    qtbot.waitUntil(lambda: preview._sheets.scale > before)
    preview.fit("page")
    whole = preview._sheets.scale
    QTest.keyClick(preview, Qt.Key.Key_Plus)
    assert preview._sheets.scale == pytest.approx(whole * 1.2)
    preview.resize(1000, 640)
    assert preview._sheets.scale == pytest.approx(whole * 1.2), "who zooms wants to keep it"


def test_what_is_saved_is_what_was_shown(
    preview: Preview, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "公示.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    preview.save_as()
    assert target.read_bytes() == pdf


def test_a_place_that_cannot_be_written_is_told(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, sentence: told.append(sentence))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "x.pdf"), ""))
    preview.save_as()
    assert "没有存成" in told[0]


def test_each_page_is_printed_on_paper_of_its_size(pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFullPage(True)
    draw_pages(printer, pdf)
    sizes = [(round(width), round(height)) for width, height in page_sizes((tmp_path / "out.pdf").read_bytes())]
    assert sizes == [(595, 842), (595, 842), (842, 595)]


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_the_bar_fits_an_old_screen_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, pdf: bytes, percent: int
) -> None:
    dress(qapp, percent)
    try:
        made = Preview()
        qtbot.addWidget(made)
        made.show_pdf(pdf, "公示.pdf")
        made.show()
        assert made.minimumSizeHint().width() <= 1366 - px(176) - gap(60)
        names = {button.accessibleName() for button in made.findChildren(QPushButton)}
        assert {"页宽", "整页", "另存为", "打印"} <= names
        assert made._place.accessibleName() == "第 1 页，共 3 页"
    finally:
        dress(qapp, 100)
