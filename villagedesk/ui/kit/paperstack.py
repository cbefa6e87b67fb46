"""The pages of a PDF below one another. A worker paints those in sight; until then they stand there pale."""

from bisect import bisect_right
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from math import sqrt

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from villagedesk.reports.preview import OpenedPdf
from villagedesk.ui.theme import Colour

SPACE = 14
"""Pixels between two pages."""
KEPT = 64 * 1024 * 1024
"""Bytes of pictures that are kept, besides those in sight."""
LARGEST_PICTURE = 10_000_000
"""Pixels of a picture; a page that is larger on the screen is painted smaller and stretched."""
GLANCE = 8
"""Milliseconds between two looks at the worker."""
BLINK = 0.04
"""Seconds a freshly shown PDF waits for its first page, so that it does not flash."""

Wanted = tuple[int, float]
"""A page, and the pixels a point to paint it with."""


class PaperStack(QWidget):
    """The pages. ``show_pages`` takes over an opened PDF and closes it when another is shown or the stack goes."""

    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.scale = 1.0
        self._opened: OpenedPdf | None = None
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[int] = []
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._painting: Future[QImage] | None = None
        self._painted: tuple[OpenedPdf, Wanted] | None = None
        self._is_fresh = False
        self._looking = QTimer(self, interval=GLANCE)
        self._looking.timeout.connect(self._look)
        self._held: list[OpenedPdf | None] = [None]
        worker, held = self._worker, self._held
        self.destroyed.connect(lambda: _let_go(worker, held))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def is_painted(self) -> bool:
        """Whether every page in sight is shown as it will be printed."""
        return not any(self._is_missing(page) for page in self._in_sight(self.visibleRegion().boundingRect()))

    def show_pages(self, opened: OpenedPdf) -> None:
        """Show the pages of a PDF; it belongs to the stack from now on."""
        if self._opened:
            self._worker.submit(self._opened.close)
        self._opened = self._held[0] = opened
        self._sizes, self._is_fresh = opened.sizes, True
        self._pictures.clear()
        self.set_scale(self.scale)

    def set_scale(self, scale: float) -> None:
        """Set how many pixels a point has."""
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
        """Return where a page begins."""
        return self._tops[page]

    def page_at(self, y: int) -> int:
        """Return the page that stands at a height, or last above it."""
        return max(0, bisect_right(self._tops, y + SPACE) - 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight, as far as they are painted, and have the others painted."""
        sight = self._in_sight(event.rect())
        self._ask(sight)
        self._blink(sight)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(Colour.GREY))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in sight:
            box = self._box(page)
            painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(Colour.EDGE))
            painter.fillRect(box, QColor(Colour.SUNK))
            self._draw(painter, page, box)
        painter.end()

    def _blink(self, sight: range) -> None:
        """Wait a moment for the first page of all."""
        if self._is_fresh and self._painting:
            self._is_fresh = False
            with suppress(TimeoutError):
                self._painting.exception(BLINK)
                self._take()
                self._ask(sight)

    def _draw(self, painter: QPainter, page: int, box: QRect) -> None:
        """Draw a page dot by dot; one that was painted for another zoom is stretched meanwhile."""
        scale, image = self._pictures.get(page, (0.0, None))
        if image is None or image.isNull():
            return
        if scale == self.scale * self.devicePixelRatioF():
            image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(box.topLeft(), image)
        else:
            painter.drawImage(box, image)

    def _box(self, page: int) -> QRect:
        wide, high = (round(side * self.scale) for side in self._sizes[page])
        return QRect(max(SPACE, (self.width() - wide) // 2), self._tops[page], wide, high)

    def _in_sight(self, rect: QRect) -> range:
        if not self._sizes or rect.isEmpty():
            return range(0)
        return range(self.page_at(rect.top()), self.page_at(rect.bottom()) + 1)

    def _picture_scale(self, page: int) -> float:
        width, height = self._sizes[page]
        return min(self.scale * self.devicePixelRatioF(), sqrt(LARGEST_PICTURE / (width * height)))

    def _is_missing(self, page: int) -> bool:
        has = self._pictures.get(page)
        return has is None or has[0] != self._picture_scale(page)

    def _ask(self, sight: range) -> None:
        """Have the next page painted: the first that is missing in sight, else the one after, else the one before."""
        if self._painting or not self._opened or not sight:
            return
        around = (*sight, sight[-1] + 1, sight[0] - 1)
        page = next((page for page in around if 0 <= page < self.count and self._is_missing(page)), None)
        if page is None:
            self._looking.stop()
            return
        wanted = page, self._picture_scale(page)
        self._painted = self._opened, wanted
        self._painting = self._worker.submit(_paint, self._opened, *wanted)
        self._looking.start()

    def _look(self) -> None:
        if self._painting and self._painting.done():
            self._take()
            self._ask(self._in_sight(self.visibleRegion().boundingRect()))
        if not self._painting:
            self._looking.stop()

    def _take(self) -> None:
        """Keep the page that is painted, unless another PDF is shown by now."""
        painting, painted = self._painting, self._painted
        self._painting = self._painted = None
        if not painting or not painted or painted[0] is not self._opened:
            return
        page, scale = painted[1]
        is_broken = painting.exception() is not None  # such a page stays pale
        self._pictures[page] = scale, QImage() if is_broken else painting.result()
        self._pictures.move_to_end(page)
        self._forget(page)
        self.update(self._box(page))

    def _forget(self, newest: int) -> None:
        """Let the pictures go that were painted longest ago, once there are too many."""
        sight = {*self._in_sight(self.visibleRegion().boundingRect()), newest}
        kept = sum(image.sizeInBytes() for _, image in self._pictures.values())
        for page in [page for page in self._pictures if page not in sight]:
            if kept <= KEPT:
                return
            kept -= self._pictures.pop(page)[1].sizeInBytes()


def _paint(opened: OpenedPdf, page: int, scale: float) -> QImage:
    width, height, pixels = opened.paint(page, scale, blue_first=True)
    return QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _let_go(worker: ThreadPoolExecutor, held: list[OpenedPdf | None]) -> None:
    worker.shutdown(wait=False)
    if held[0]:
        held[0].close()
