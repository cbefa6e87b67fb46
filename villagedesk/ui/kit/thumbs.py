"""Small pictures of chosen files in a row; they are made beside the window, so that nobody waits for them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.tasks import find_out
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, gap, px

MOST = 5
"""So many files are pictured; the rest are counted."""
_SIDE = 40
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})


class Thumbs(QWidget):
    """A picture of each of the first files. What is no picture, or cannot be read, has an icon."""

    def __init__(self) -> None:
        super().__init__()
        self._paths: tuple[Path, ...] = ()
        self._made: dict[Path, QImage] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap(6))
        self.hide()

    def show_files(self, paths: Sequence[Path]) -> None:
        """Picture these files and no others; icons stand there until their pictures are made."""
        self._paths = tuple(paths[:MOST])
        while item := self._row.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for path in self._paths:
            self._row.addWidget(self._frame(path))
        if more := len(paths) - len(self._paths):
            self._row.addWidget(label(f"＋{more}", "soft"))
        self.setVisible(bool(paths))
        side = round(px(_SIDE) * self.devicePixelRatioF())
        if fresh := [path for path in self._paths if _is_picture(path) and path not in self._made]:
            find_out(self, lambda: [(path, small(path, side)) for path in fresh], self._fill)

    def _frame(self, path: Path) -> QLabel:
        frame = QLabel()
        frame.setFixedSize(px(_SIDE), px(_SIDE))
        frame.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame.setToolTip(path.name)
        frame.setAccessibleName(path.name)
        made = self._made.get(path)
        if made is None or made.isNull():
            frame.setPixmap(picture("photo" if _is_picture(path) else "document", Colour.SOFT, 28))
        else:
            frame.setPixmap(self._sharp(made))
        return frame

    def _fill(self, made: Sequence[tuple[Path, QImage]]) -> None:
        self._made.update(made)
        for place, path in enumerate(self._paths):
            item = self._row.itemAt(place)
            frame, image = item.widget() if item else None, self._made.get(path)
            if isinstance(frame, QLabel) and image is not None and not image.isNull():
                frame.setPixmap(self._sharp(image))

    def _sharp(self, image: QImage) -> QPixmap:
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        return shown


def small(path: Path, side: int) -> QImage:
    """Return a picture no larger than ``side`` pixels, upright; a null one when the file cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _PICTURES
