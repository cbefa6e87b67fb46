"""A PDF as it will be printed, page by page, with what can be done with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from villagedesk.kernel.progress import Progress
from villagedesk.ui.kit.buttons import button, icon_button
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.paperstack import SPACE, PaperStack
from villagedesk.ui.kit.tasks import run_task
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap, styled, text_scale

ROOMY = 125
"""Up to this text size, in per cent, the bar has room for its words; above it icons and bare numbers stand there."""
SMALLEST, LARGEST = 0.25, 4.0
"""Pixels for a point of paper."""


class Preview(QWidget):
    """The pages of a PDF with page turning, zoom, 另存 and 打印. Call ``show_pdf`` with its bytes.

    PageUp and PageDown turn pages, Ctrl+G goes to a page by its number, Ctrl+wheel and Ctrl +/- zoom. What came of
    saving and printing stands in a line above the pages.
    """

    def __init__(self, *, print_pdf: Callable[[bytes], object] | None = None, is_brief: bool = False) -> None:
        """``print_pdf`` prints; without it the button asks which printer, and prints.

        A brief one, beside a list, leaves the buttons for zoom and fit to the keyboard and the wheel.
        """
        super().__init__()
        self._pdf, self._name = b"", "打印件.pdf"
        self._print = print_pdf or self._print_here
        self._sheets = PaperStack()
        self._scroll = _Scroll()
        self._scroll.resized.connect(self._keep_fit)
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # or fitting the width would flicker
        self._scroll.verticalScrollBar().valueChanged.connect(self._show_page_number)
        self._number = _PageNumber(lambda page: self.go_to_page(min(max(page, 1), self._sheets.count) - 1))
        self._number.left.connect(self.setFocus)
        self._number.left.connect(self._show_page_number)
        self._number.editingFinished.connect(self._show_page_number)
        self._before, self._after = label("", "soft"), label("", "soft")
        self._news: Callout | None = None
        self._zoom = label("", "soft")
        self._fit, self._is_brief = "width", is_brief
        self._sheets.zoomed.connect(self.zoom_by)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")

    def show_pdf(self, pdf: bytes, name: str) -> None:
        """Show a PDF; ``name`` is proposed when it is saved."""
        from villagedesk.reports.preview import OpenedPdf
        from villagedesk.storage.saving import file_name

        self._pdf, self._name = pdf, file_name(name.removesuffix(".pdf"), ".pdf")
        self._sheets.show_pages(OpenedPdf(pdf))
        self.tell("")
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
        from villagedesk.storage.saving import save_file

        name, _ = QFileDialog.getSaveFileName(self, "另存为", self._name, "PDF (*.pdf)")
        if not name:
            return
        path, pdf = Path(name), self._pdf

        def work(_progress: Progress) -> None:
            save_file(path, pdf)

        run_task(self, "正在另存", work, lambda _: self._tell_saved(path))

    def tell(self, words: str, tone: Tone = Tone.GOOD, extra: QWidget | None = None) -> None:
        """Say what came of something, in the line above the pages; ``extra`` is a button beside it. "" says nothing."""
        if self._news:
            self._column.removeWidget(self._news)
            self._news.hide()
            self._news.deleteLater()
        self._news = Callout(words, tone, extra=extra) if words else None
        if self._news:
            self._column.insertWidget(0, self._news)

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
            Qt.Key.Key_G: self._number.setFocus,
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
        is_short = text_scale() > ROOMY or self._is_brief
        self._before.setText("第")
        self._before.setHidden(is_short)
        self._after.setText(f"/ {all_of_them}" if is_short else f"页，共 {all_of_them} 页")
        self._number.show_page(now, all_of_them)

    def _tell_saved(self, path: Path) -> None:
        def open_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        self.tell(f"已存成“{path.name}”。", extra=button("打开所在文件夹", open_folder, icon="folder"))

    def _print_here(self, pdf: bytes) -> None:
        from villagedesk.ui.kit.printing import print_pdf

        print_pdf(self, pdf, self._name.removesuffix(".pdf"), self.tell)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(gap(10), gap(8), gap(10), gap(8))
        bar.setSpacing(gap(4))
        is_tight = text_scale() > ROOMY
        worded = _iconic if is_tight else _worded
        zoom = (
            icon_button("缩小", "zoom-out", lambda: self.zoom_by(1 / 1.2)),
            *(() if is_tight else (self._zoom,)),
            icon_button("放大", "zoom-in", lambda: self.zoom_by(1.2)),
            worded("页宽", "fit-width", lambda: self.fit("width"), kind="flat"),
            worded("整页", "fit-page", lambda: self.fit("page"), kind="flat"),
            None,
        )
        for part in (
            icon_button("上一页", "back", lambda: self.go_to_page(self.page - 1)),
            self._before,
            self._number,
            self._after,
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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(10))
        self._column.addWidget(card, 1)


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


class _PageNumber(QLineEdit):
    """The number of the page that is looked at. Type another and press Enter to go there."""

    left = Signal()

    def __init__(self, go: Callable[[int], object]) -> None:
        super().__init__()
        self._go = go
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(5)
        self.setToolTip("写页码，按回车键翻到那一页（Ctrl+G）")

    def show_page(self, page: int, count: int) -> None:
        """Show where one is, unless another number is being typed."""
        self.setEnabled(count > 1)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * max(2, len(str(count)))) + gap(22) + 8)
        self.setAccessibleName(f"第 {page} 页，共 {count} 页")
        if not self.hasFocus():
            self.setText(str(page))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with a new number."""
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go with Enter, leave with Esc; the keys that turn pages do so here too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.text().strip().isdecimal():
                self._go(int(self.text()))
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.left.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)
