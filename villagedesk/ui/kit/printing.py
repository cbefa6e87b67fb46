"""Prints a PDF: asks how, hands it over on a worker, says where it went, and watches the printer for a while.

Where the system has ``lp`` it is given the very bytes; elsewhere Qt draws the pages one by one as they were shown.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QRectF, QSizeF, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from villagedesk.kernel.errors import NoPrinter, PrinterRefused, PrintFault
from villagedesk.kernel.progress import Progress
from villagedesk.reports import printer as system
from villagedesk.reports.preview import OpenedPdf, page_sizes
from villagedesk.reports.printer import Look, Order, Printer, Sent, pages_of
from villagedesk.ui.kit.dialogs import show_error, show_note
from villagedesk.ui.kit.printdialog import PrintDialog
from villagedesk.ui.kit.tasks import run_task
from villagedesk.ui.theme import Tone

DOTS = 300
"""Dots an inch that pages are drawn with."""
GLANCE = 2_000
"""Milliseconds between two looks at the printer."""
WATCH = 300.0
"""Seconds a printer is watched after it was given something."""

Say = Callable[[str, Tone], object]


def print_pdf(parent: QWidget, pdf: bytes, title: str, say: Say | None = None) -> None:
    """Ask how to print and print. ``say`` is told where it went, and later when the printer stops or is done.

    Without ``say`` a dialog tells where it went, and the printer is watched all the same: a fault is shown.
    """
    tell = say or (lambda words, tone: (show_note if tone is Tone.GOOD else show_error)(parent, words))

    def ask(found: list[Printer]) -> None:
        if not found:
            show_error(parent, str(NoPrinter()), title="没有打印")
            return
        dialog = PrintDialog(parent, title, page_sizes(pdf), found)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            _hand_over(parent, pdf, title, dialog.order(), _label(found, dialog.order()), tell)
        dialog.deleteLater()

    def find(_progress: Progress) -> list[Printer]:
        return system.printers() if system.has_lp() else _of_qt()

    run_task(parent, "正在找打印机", find, ask)


class Watch(QObject):
    """Looks after what was sent, on a worker, until it is printed or time is up. ``say`` hears what changes."""

    def __init__(self, parent: QWidget, sent: Sent, label: str, say: Say) -> None:
        super().__init__(parent)
        self._sent, self._label, self._say = sent, label, say
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="printer")
        self._looking: Future[Look] = self._worker.submit(system.look_after, sent)
        self._end = time.monotonic() + WATCH
        self._said = ""
        self._timer = QTimer(self, interval=GLANCE)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        worker = self._worker
        self.destroyed.connect(lambda: worker.shutdown(wait=False, cancel_futures=True))

    def _look(self) -> None:
        if not self._looking.done():
            return
        if isinstance(self._looking.exception(), PrintFault) or time.monotonic() > self._end:
            self._stop()
            return
        look = self._looking.result()
        if look.fault:
            self._tell(str(look.fault), Tone.WARN)
        elif not look.is_waiting:
            self._tell(f"已经全部交给打印机“{self._label}”。", Tone.GOOD)
            self._stop()
            return
        elif self._said:
            self._tell(f"打印机“{self._label}”接着打印了。", Tone.GOOD)
        self._looking = self._worker.submit(system.look_after, self._sent)

    def _tell(self, words: str, tone: Tone) -> None:
        if words != self._said:
            self._said = words
            self._say(words, tone)

    def _stop(self) -> None:
        self._timer.stop()
        self._worker.shutdown(wait=False)
        self.deleteLater()


def draw_pages(
    printer: QPrinter, pdf: bytes, pages: tuple[int, ...] = (), paper: str = "", progress: Progress | None = None
) -> None:
    """Draw pages of a PDF (from 1; none means all) onto a printer, each on its own paper or fitted on ``paper``.

    Raises PrinterRefused when the printer does not take them.
    """
    with OpenedPdf(pdf) as opened:
        painter: QPainter | None = None
        for page in pages or range(1, len(opened.sizes) + 1):
            _set_paper(printer, *opened.sizes[page - 1], paper)
            if painter is None:
                painter = QPainter()
                if not painter.begin(printer):
                    why, then = "系统没有答复。", "请检查打印机是否打开、接好，再试一次。"
                    raise PrinterRefused(printer=printer.printerName(), why=why, then=then)
            else:
                printer.newPage()
            width, height, pixels = opened.paint(page - 1, DOTS / 72)
            image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888)
            painter.drawImage(_fitted(image, printer.paperRect(QPrinter.Unit.DevicePixel)), image)
            if progress:
                progress.step()
        if painter:
            painter.end()


def _hand_over(parent: QWidget, pdf: bytes, title: str, order: Order, label: str, say: Say) -> None:
    by_lp = system.has_lp()

    def work(progress: Progress) -> Sent:
        return system.send(pdf, title, order) if by_lp else _send_by_qt(pdf, title, order, progress)

    def done(sent: Sent) -> None:
        copies = f"，一共 {order.copies} 份" if order.copies > 1 else ""
        say(f"“{title}”已送到打印机“{label}”{copies}。", Tone.GOOD)
        if sent.jobs:
            Watch(parent, sent, label, say)

    run_task(parent, "正在送往打印机", work, done)


def _label(printers: list[Printer], order: Order) -> str:
    return next(one.label for one in printers if one.name == order.printer)


def _of_qt() -> list[Printer]:
    there = [
        Printer(info.printerName(), info.description(), is_default=info.isDefault())
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(there, key=lambda one: not one.is_default)


def _send_by_qt(pdf: bytes, title: str, order: Order, progress: Progress) -> Sent:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(order.printer)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setCopyCount(order.copies)
    sizes = page_sizes(pdf)
    width, height = sizes[0]
    if order.both_sides:
        printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide if width > height else QPrinter.DuplexMode.DuplexLongSide)
    pages = pages_of(order.pages, len(sizes))
    progress.start("正在画", len(pages))
    draw_pages(printer, pdf, pages, order.paper, progress)
    return Sent(order.printer)


def _set_paper(printer: QPrinter, width: float, height: float, paper: str) -> None:
    short, long = system.PAPERS[paper] if paper else (0.0, 0.0)
    size = QSizeF(short, long) if paper else QSizeF(*sorted((width, height)))
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter if paper else QPageSize.Unit.Point))
    landscape = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait)


def _fitted(image: QImage, paper: QRectF) -> QRectF:
    """Return where a page stands on the paper: filling it, in the middle, its shape kept."""
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    if abs(width - paper.width()) < 4 and abs(height - paper.height()) < 4:
        return QRectF(paper)
    return QRectF(paper.x() + (paper.width() - width) / 2, paper.y() + (paper.height() - height) / 2, width, height)
