"""A PDF as it will be printed: pages below one another, drawn only where one looks."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button, icon_button
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, gap, styled, text_scale

SPACE = 14
"""Pixels between two pages."""
KEPT = 6
"""Pages kept as pictures."""
ROOMY = 125
"""Up to this text size, in per cent, the bar has room for its words; above it icons and bare numbers stand there."""
SMALLEST, LARGEST = 0.25, 4.0
"""Pixels for a point of paper."""


class Preview(QWidget):
    """The pages of a PDF with page turning, zoom, 另存 and 打印. Call ``show_pdf`` with its bytes.

    PageUp and PageDown turn pages, Ctrl+wheel and Ctrl +/- zoom.
    """

    def __init__(self, *, print_pdf: Callable[[bytes], object] | None = None, is_brief: bool = False) -> None:
        """``print_pdf`` prints; without it the button opens the system's print dialog.

        A brief one, beside a list, leaves the buttons for zoom and fit to the keyboard and the wheel.
        """
        super().__init__()
        self._pdf, self._name = b"", "打印件.pdf"
        self._print = print_pdf or self._print_here
        self._sheets = _Sheets()
        self._scroll = _Scroll()
        self._scroll.resized.connect(self._keep_fit)
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # or fitting the width would flicker
        self._scroll.verticalScrollBar().valueChanged.connect(self._show_page_number)
        self._place = label("", "soft")
        self._zoom = label("", "soft")
        self._fit, self._is_brief = "width", is_brief
        self._sheets.zoomed.connect(self.zoom_by)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")

    def show_pdf(self, pdf: bytes, name: str) -> None:
        """Show a PDF; ``name`` is proposed when it is saved."""
        from villagedesk.reports.preview import page_rgba, page_sizes

        self._pdf, self._name = pdf, name
        self._sheets.show_pages(page_sizes(pdf), lambda page, scale: page_rgba(pdf, page, scale))
        self.fit(self._fit)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_page_number()

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self._sheets.page_at(self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3)

    def go_to_page(self, page: int) -> None:
        """Look at a page, from 0; beyond the ends nothing happens."""
        if 0 <= page < self._sheets.count:
            self._scroll.verticalScrollBar().setValue(self._sheets.top_of(page) - SPACE)

    def fit(self, how: str) -> None:
        """Fit the "width" or the whole "page" into the window, and keep to it when it changes size."""
        self._fit = how
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        width, height = self._sheets.largest()
        room = self._scroll.viewport().size()
        scale = (room.width() - 2 * SPACE) / width
        if how == "page":
            scale = min(scale, (room.height() - 2 * SPACE) / height)
        self._set_scale(scale)

    def zoom_by(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        self._fit = ""
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._set_scale(self._sheets.scale * factor)

    def save_as(self) -> None:
        """Ask where and write the very bytes that are shown."""
        path, _ = QFileDialog.getSaveFileName(self, "另存为", self._name, "PDF (*.pdf)")
        if not path:
            return
        try:
            Path(path).write_bytes(self._pdf)
        except OSError as fault:
            from villagedesk.ui.kit.dialogs import show_error

            show_error(self, f"没有存成（{fault.strerror}），账没有变动。请换一个文件夹，或检查 U 盘是否插好。")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom."""
        keys = {
            Qt.Key.Key_PageDown: lambda: self.go_to_page(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to_page(self.page - 1),
            Qt.Key.Key_Home: lambda: self.go_to_page(0),
            Qt.Key.Key_End: lambda: self.go_to_page(self._sheets.count - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1.2),
            Qt.Key.Key_Equal: lambda: self.zoom_by(1.2),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / 1.2),
        }
        act = keys.get(Qt.Key(event.key()))
        if act:
            act()
        else:
            super().keyPressEvent(event)

    def _keep_fit(self) -> None:
        if self._fit and self._sheets.count:
            self.fit(self._fit)

    def _set_scale(self, scale: float) -> None:
        bar = self._scroll.verticalScrollBar()
        at = bar.value() / max(1, self._sheets.height())
        self._sheets.set_scale(min(max(scale, SMALLEST), LARGEST))
        self._sheets.adjustSize()
        bar.setValue(round(at * self._sheets.height()))
        self._zoom.setText(f"{self._sheets.scale * 72 / self.logicalDpiX():.0%}")
        self._show_page_number()

    def _show_page_number(self) -> None:
        now, all_of_them = self.page + 1, self._sheets.count
        whole = f"第 {now} 页，共 {all_of_them} 页"
        shown = whole if text_scale() <= ROOMY else f"{now} / {all_of_them}"
        self._place.setText(shown if all_of_them else "")
        self._place.setAccessibleName(whole)

    def _print_here(self, pdf: bytes) -> None:
        from villagedesk.ui.kit.printing import print_pdf

        print_pdf(self, pdf, self._name)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(gap(10), gap(8), gap(10), gap(8))
        bar.setSpacing(gap(4))
        worded = _iconic if text_scale() > ROOMY else _worded
        zoom = (
            icon_button("缩小", "zoom-out", lambda: self.zoom_by(1 / 1.2)),
            self._zoom,
            icon_button("放大", "zoom-in", lambda: self.zoom_by(1.2)),
            worded("页宽", "fit-width", lambda: self.fit("width"), kind="flat"),
            worded("整页", "fit-page", lambda: self.fit("page"), kind="flat"),
            None,
        )
        for part in (
            icon_button("上一页", "back", lambda: self.go_to_page(self.page - 1)),
            self._place,
            icon_button("下一页", "forward", lambda: self.go_to_page(self.page + 1)),
            None,
            *(() if self._is_brief else zoom),
            worded("另存为", "save", self.save_as),
            button("打印", lambda: self._print(self._pdf), kind="primary", icon="print"),
        ):
            if part is None:
                bar.addStretch(1)
            else:
                bar.addWidget(part)
        card = styled(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(bar)
        inside.addWidget(self._scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _worded(text: str, icon: str, act: Callable[[], object], kind: str = "") -> QPushButton:
    return button(text, act, kind=kind, icon=icon)


def _iconic(text: str, icon: str, act: Callable[[], object], kind: str = "") -> QPushButton:
    del kind
    return icon_button(text, icon, act)


class _Scroll(QScrollArea):
    """Says when its room has changed: only then is it known how wide a page may be."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it."""
        super().resizeEvent(event)
        self.resized.emit()


class _Sheets(QWidget):
    """The pages themselves."""

    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.scale = 1.0
        self._sizes: list[tuple[float, float]] = []
        self._draw: Callable[[int, float], tuple[int, int, bytes]] | None = None
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._tops: list[int] = []

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_pages(
        self, sizes: list[tuple[float, float]], draw: Callable[[int, float], tuple[int, int, bytes]]
    ) -> None:
        self._sizes, self._draw = sizes, draw
        self._images.clear()
        self.set_scale(self.scale)

    def set_scale(self, scale: float) -> None:
        self.scale = scale
        self._tops, top = [], SPACE
        for _, height in self._sizes:
            self._tops.append(top)
            top += round(height * scale) + SPACE
        self.setMinimumSize(round(self.largest()[0] * scale) + 2 * SPACE, top)
        self.update()

    def largest(self) -> tuple[float, float]:
        """Return the widest width and the highest height, in points."""
        return max((w for w, _ in self._sizes), default=595), max((h for _, h in self._sizes), default=842)

    def top_of(self, page: int) -> int:
        return self._tops[page]

    def page_at(self, y: int) -> int:
        return max((page for page, top in enumerate(self._tops) if top - SPACE <= y), default=0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(Colour.GREY))
        for page, (width, height) in enumerate(self._sizes):
            wide, high = round(width * self.scale), round(height * self.scale)
            box = QRect(max(SPACE, (self.width() - wide) // 2), self._tops[page], wide, high)
            if box.intersects(event.rect()):
                painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(Colour.EDGE))
                painter.drawImage(box, self._image(page))
        painter.end()

    def _image(self, page: int) -> QImage:
        key = (page, self.scale * self.devicePixelRatioF())
        image = self._images.get(key)
        if image is None and self._draw:
            width, height, pixels = self._draw(*key)
            image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
            self._images[key] = image
            if len(self._images) > KEPT:
                self._images.popitem(last=False)
        return image or QImage()
