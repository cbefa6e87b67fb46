"""Printing as a person does it: ask, hand over, say where it went, and say when the printer has no paper."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.printserver import PrintServer, print_server
from villagedesk.kernel.errors import NoPrinter
from villagedesk.reports import printer as system
from villagedesk.reports.preview import page_sizes
from villagedesk.reports.printer import Order, Printer
from villagedesk.ui.kit import printing
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.printdialog import PrintDialog
from villagedesk.ui.kit.printing import draw_pages, print_pdf

A4, A5 = (595.28, 841.89), (419.53, 595.28)
InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def pdf() -> bytes:
    """Three pages of A4."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in range(3):
        canvas.drawString(80, 700, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintServer]:
    """A print service with one printer, looked at often."""
    monkeypatch.setattr(printing, "GLANCE", 20)
    with print_server() as running:
        monkeypatch.setenv("CUPS_SERVER", str(running.folder / "socket"))
        running.add_printer("laser", "-D", "办公室的打印机")
        yield running


@pytest.fixture
def dialog(qtbot: QtBot) -> PrintDialog:
    there = [Printer("laser", "办公室的打印机", is_default=True), Printer("old", "老打印机", reasons=("media-empty",))]
    made = PrintDialog(None, "关于公示的公告", [A4, A4, A4], there)
    qtbot.addWidget(made)
    made.show()
    return made


def _said(preview: Preview) -> str:
    return preview._news.accessibleName() if preview._news else ""


def test_enter_prints_one_copy_on_the_default_printer(dialog: PrintDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.copies.editor, Qt.Key.Key_Return)
    assert dialog.order() == Order("laser")


def test_ctrl_enter_prints_from_anywhere_and_esc_leaves(dialog: PrintDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.paper.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.copies.editor, Qt.Key.Key_Escape)


def test_the_order_is_what_was_asked_for(dialog: PrintDialog) -> None:
    dialog.copies.set_value(3)
    dialog.paper.set_value("A3")
    dialog.both_sides.set_value(True)
    dialog.pages.set_value("1-2")
    assert dialog.order() == Order("laser", 3, "A3", both_sides=True, pages="1-2")


@pytest.mark.parametrize(
    ("copies", "pages", "words"),
    [
        ("0", "", "请写 1 到 99 之间的数字"),
        ("100", "", "1 到 99"),
        ("两", "", "1 到 99"),
        ("1", "5", "没有第5页，这份文件共3页"),
    ],
)
def test_what_cannot_be_printed_is_told_beside_the_field(
    dialog: PrintDialog, copies: str, pages: str, words: str
) -> None:
    dialog.copies.set_value(copies)
    dialog.pages.set_value(pages)
    dialog.accept()
    assert dialog.isVisible(), "it does not print what cannot be read"
    assert words in " ".join(dialog.copies._findings.messages() + dialog.pages._findings.messages())


def test_the_papers_own_size_is_offered_first(qtbot: QtBot) -> None:
    made = PrintDialog(None, "张贴包", [A4, A5, A4], [Printer("laser")])
    qtbot.addWidget(made)
    choice = made.paper.choice()
    assert choice is not None
    assert choice.label == "和文件一样（A4、A5）"


def test_a_printer_without_paper_is_told_before_printing(dialog: PrintDialog) -> None:
    assert dialog._state.messages() == []
    dialog.printer.set_value("old")
    dialog.printer.edited.emit()
    assert "“老打印机”没有纸了" in dialog._state.messages()[0]
    dialog.accept()
    assert not dialog.isVisible(), "the file may wait for paper"


def test_the_preview_prints_the_very_bytes_and_says_so(
    qtbot: QtBot, server: PrintServer, pdf: bytes, in_dialog: InDialog
) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show_pdf(pdf, "公示.pdf")
    in_dialog(lambda over: QTest.keyClick(over.copies.editor, Qt.Key.Key_Return))  # type: ignore[attr-defined]
    print_pdf(preview, pdf, "公示", preview.tell)
    qtbot.waitUntil(lambda: "公示”已送到打印机“办公室的打印机”" in _said(preview))
    assert server.wait_for(1) == [pdf]
    qtbot.waitUntil(lambda: _said(preview) == "已经全部交给打印机“办公室的打印机”。")


def test_a_printer_that_runs_out_of_paper_is_told_and_so_is_its_going_on(
    qtbot: QtBot, server: PrintServer, pdf: bytes, in_dialog: InDialog
) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    server.admin("cupsdisable", "laser")
    server.admin("lpadmin", "-p", "laser", "-o", "printer-state-reasons=media-empty-error")
    in_dialog(lambda over: QTest.keyClick(over.copies.editor, Qt.Key.Key_Return))  # type: ignore[attr-defined]
    print_pdf(preview, pdf, "公示", preview.tell)
    qtbot.waitUntil(lambda: "没有纸了，账没有变动。请装好纸" in _said(preview))
    server.admin("lpadmin", "-p", "laser", "-o", "printer-state-reasons=none")
    server.admin("cupsenable", "laser")
    assert server.wait_for(1) == [pdf]
    qtbot.waitUntil(lambda: "已经全部交给打印机" in _said(preview))


def test_a_printer_that_takes_nothing_is_told(
    qtbot: QtBot, server: PrintServer, pdf: bytes, in_dialog: InDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("villagedesk.ui.kit.dialogs.show_error", lambda _parent, words: told.append(words))
    server.admin("cupsreject", "laser")
    preview = Preview()
    qtbot.addWidget(preview)
    in_dialog(lambda over: QTest.keyClick(over.copies.editor, Qt.Key.Key_Return))  # type: ignore[attr-defined]
    print_pdf(preview, pdf, "公示", preview.tell)
    qtbot.waitUntil(lambda: bool(told))
    assert "没有收下这份文件：它现在不收文件。没有打印，账没有变动。" in told[0]
    assert _said(preview) == ""


@pytest.mark.parametrize("has_lp", [True, False])
def test_without_a_printer_nothing_is_asked(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_lp: bool
) -> None:
    told: list[str] = []
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    monkeypatch.setattr(system, "has_lp", lambda: has_lp)
    monkeypatch.setattr(printing, "show_error", lambda _parent, words, **_: told.append(words))
    preview = Preview()
    qtbot.addWidget(preview)
    print_pdf(preview, pdf, "公示", preview.tell)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [str(NoPrinter())]


def test_a_window_that_closes_meanwhile_leaves_the_printer_alone(qtbot: QtBot, server: PrintServer, pdf: bytes) -> None:
    over = QWidget()
    server.admin("cupsdisable", "laser")
    heard: list[str] = []
    watch = printing.Watch(
        over, system.send(pdf, "公示", Order("laser")), "laser", lambda words, _: heard.append(words)
    )
    qtbot.waitUntil(lambda: bool(heard))
    with qtbot.waitSignal(watch.destroyed):
        over.deleteLater()


def _to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFullPage(True)
    return printer


def test_without_lp_qt_draws_the_pages_that_are_wanted_on_the_paper_that_is_wanted(pdf: bytes, tmp_path: Path) -> None:
    draw_pages(_to_file(tmp_path / "out.pdf"), pdf, (1, 3), "A3")
    sizes = [(round(width), round(height)) for width, height in page_sizes((tmp_path / "out.pdf").read_bytes())]
    assert sizes == [(842, 1191)] * 2
