"""The preview: a real PDF, page by page."""

from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from villagedesk.reports.preview import page_sizes
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.paperstack import KEPT
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.printing import draw_pages
from villagedesk.ui.theme import Colour, dress, gap, px


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


def _pages(count: int) -> bytes:
    """Return a PDF of so many pages with a grey box on each."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    canvas.setPageSize((595, 842))
    for _ in range(count):
        canvas.setFillColorRGB(0.5, 0.5, 0.5)
        canvas.rect(0, 0, 595, 842, fill=1)
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


def _shows(preview: Preview, qtbot: QtBot, page: int) -> bool:
    """Tell whether this page is looked at, by its number and, once painted, by its colour."""
    qtbot.waitUntil(lambda: preview._sheets.is_painted)
    picture = preview._scroll.viewport().grab().toImage()
    colour = QColor(picture.pixelColor(picture.width() // 2, picture.height() // 2)).name()
    number = preview._number
    return (
        colour == ("#ff0000", "#00ff00", "#0000ff")[page]
        and (number.text(), number.accessibleName()) == (str(page + 1), f"第 {page + 1} 页，共 3 页")
        and preview.page == page
    )


def test_it_shows_the_page_that_is_turned_to(qtbot: QtBot, preview: Preview) -> None:
    assert _shows(preview, qtbot, 0)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert _shows(preview, qtbot, 1)
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert _shows(preview, qtbot, 2)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 2
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 0


def test_a_page_is_gone_to_by_its_number(qtbot: QtBot, preview: Preview) -> None:
    preview._number.setFocus()
    QTest.keyClicks(preview._number, "2")
    QTest.keyClick(preview._number, Qt.Key.Key_Return)
    assert _shows(preview, qtbot, 1)
    QTest.keyClicks(preview._number, "900")
    QTest.keyClick(preview._number, Qt.Key.Key_Return)
    assert preview.page == 2, "beyond the last page lies the last page"
    QTest.keyClicks(preview._number, "x")
    QTest.keyClick(preview._number, Qt.Key.Key_Return)
    assert _shows(preview, qtbot, 2)


def test_the_number_is_reached_and_left_by_keys(qtbot: QtBot, preview: Preview) -> None:
    QTest.keyClick(preview, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(preview._number.hasFocus)
    QTest.keyClicks(preview._number, "3")
    QTest.keyClick(preview._number, Qt.Key.Key_Escape)
    assert (preview._number.text(), preview.page) == ("1", 0)
    QTest.keyClick(preview._number, Qt.Key.Key_PageDown)
    assert preview.page == 1


def test_only_pages_in_sight_and_their_neighbours_are_painted(qtbot: QtBot, preview: Preview) -> None:
    preview.show_pdf(_pages(100), "厚.pdf")
    preview.go_to_page(50)
    qtbot.waitUntil(lambda: preview._sheets.is_painted and not preview._sheets._painting)
    assert set(preview._sheets._pictures) <= {0, 1, 49, 50, 51, 52}


def test_a_hundred_pages_keep_only_so_much_memory(qtbot: QtBot, preview: Preview, pdf: bytes) -> None:
    preview.show_pdf(_pages(100), "厚.pdf")
    for page in range(0, 100, 2):
        preview.go_to_page(page)
        qtbot.waitUntil(lambda: preview._sheets.is_painted)
    kept = sum(image.sizeInBytes() for _, image in preview._sheets._pictures.values())
    assert len(preview._sheets._pictures) > 3
    assert kept <= KEPT + 3 * 4 * 1000 * 1400


def test_another_pdf_takes_the_place_of_one_that_is_being_painted(qtbot: QtBot, preview: Preview, pdf: bytes) -> None:
    for _ in range(20):
        preview.show_pdf(pdf, "公示.pdf")
        preview.go_to_page(2)
        preview._scroll.viewport().repaint()
    assert _shows(preview, qtbot, 2)


def test_a_file_is_let_go_with_the_preview(qtbot: QtBot, preview: Preview) -> None:
    opened = preview._sheets._opened
    assert opened is not None
    preview._sheets.deleteLater()
    qtbot.waitUntil(lambda: opened._document is None)
    with pytest.raises(ValueError, match="closed"):
        opened.paint(0, 1.0)


def test_turning_a_page_never_waits_for_paint(qtbot: QtBot, preview: Preview) -> None:
    preview.show_pdf(_pages(100), "厚.pdf")
    qtbot.waitUntil(lambda: preview._sheets.is_painted)
    paint = preview._sheets._opened.paint  # type: ignore[union-attr]
    asked = Event()

    def slowly(*wanted: Any, **how: Any) -> Any:
        asked.wait(10)
        return paint(*wanted, **how)

    preview._sheets._opened.paint = slowly  # type: ignore[method-assign,union-attr]
    preview.go_to_page(50)
    preview._scroll.viewport().repaint()
    picture = preview._scroll.viewport().grab().toImage()
    pale = QColor(picture.pixelColor(picture.width() // 2, picture.height() // 2)).name()
    asked.set()
    assert pale == Colour.SUNK.lower()
    qtbot.waitUntil(lambda: preview._sheets.is_painted)


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


def test_what_is_saved_is_what_was_shown_and_its_folder_opens(
    qtbot: QtBot, preview: Preview, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, opened = tmp_path / "公示.pdf", list[str]()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    preview.save_as()
    qtbot.waitUntil(lambda: preview._news is not None)
    assert target.read_bytes() == pdf
    assert preview._news is not None
    assert preview._news.accessibleName() == "已存成“公示.pdf”。"
    next(one for one in preview.findChildren(QPushButton) if one.text() == "打开所在文件夹").click()
    assert opened == [str(tmp_path)]
    preview.show_pdf(pdf, "另一张.pdf")
    assert preview._news is None


def test_the_name_that_is_proposed_suits_every_system(preview: Preview, pdf: bytes) -> None:
    preview.show_pdf(pdf, "收/支 2026.pdf")
    assert preview._name == "收_支 2026.pdf"


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, sentence: told.append(sentence))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "x.pdf"), ""))
    preview.save_as()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [
        "“x.pdf”没有存成（这个文件夹不见了），记下的账不受影响，那里也没有留下半个文件。请检查U盘是否插好，或换一个文件夹。"
    ]


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
        assert made._number.accessibleName() == "第 1 页，共 3 页"
    finally:
        dress(qapp, 100)
