"""Printing a PDF on the system's printer, page by page as it was shown."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

DOTS = 300
"""Dots an inch that pages are drawn with."""


def print_pdf(parent: QWidget, pdf: bytes, name: str) -> bool:
    """Ask for a printer and print; tell whether it was sent to one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    draw_pages(printer, pdf)
    return True


def draw_pages(printer: QPrinter, pdf: bytes) -> None:
    """Draw the pages of a PDF onto a printer, each on paper of its own size."""
    from villagedesk.reports.preview import page_rgba, page_sizes

    sizes = page_sizes(pdf)
    first = printer.fromPage() or 1
    last = printer.toPage() or len(sizes)
    painter: QPainter | None = None
    for page in range(first - 1, min(last, len(sizes))):
        _set_paper(printer, *sizes[page])
        if painter is None:
            painter = QPainter(printer)
        else:
            printer.newPage()
        width, height, pixels = page_rgba(pdf, page, DOTS / 72)
        image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    if painter:
        painter.end()


def _set_paper(printer: QPrinter, width: float, height: float) -> None:
    printer.setPageSize(QPageSize(QSizeF(*sorted((width, height))), QPageSize.Unit.Point))
    landscape = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait)
