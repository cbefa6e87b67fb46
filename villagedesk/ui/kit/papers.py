"""The papers of a record, one at a time and as large as there is room: photos, and invoices in PDF."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import icon_button
from villagedesk.ui.kit.cards import Scrolling
from villagedesk.ui.kit.notes import SignedLine
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap

_PDF = "application/pdf"
_UNREADABLE = "这一张现在读不出来：{fault}"
_NO_PICTURE = "文件坏了，不是照片"


class Papers(QWidget):
    """Shows attachments by their digests; ‹ and › turn them over. One that cannot be read says so in its place."""

    def __init__(self, desk: Desk, digests: Sequence[str], name: str = "票据") -> None:
        super().__init__()
        self._desk, self._digests, self._name = desk, list(digests), name
        self._place = 0
        self._title = label("", "heading")
        self._back = icon_button("上一张", "back", lambda: self.turn(-1))
        self._on = icon_button("下一张", "forward", lambda: self.turn(1))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        head.addWidget(self._on)
        self._shown: QWidget = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(6))
        self._column.addLayout(head)
        self._column.addWidget(self._shown, 1)
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show another paper."""
        self._place = max(0, min(self._place + by, len(self._digests) - 1))
        count = len(self._digests)
        self._title.setText(f"{self._name} {self._place + 1}/{count}" if count > 1 else self._name)
        for turner, is_there in ((self._back, self._place > 0), (self._on, self._place < count - 1)):
            turner.setVisible(count > 1)
            turner.setEnabled(is_there)
        fresh = self._paper(self._digests[self._place])
        self._column.replaceWidget(self._shown, fresh)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = fresh

    def _paper(self, digest: str) -> QWidget:
        try:
            content, kept = self._desk.content(digest), self._desk.get(Attachment, digest)
        except VillageDeskError as fault:
            return SignedLine(_UNREADABLE.format(fault=fault), Tone.WARN)
        if kept.media_type == _PDF:
            from villagedesk.ui.kit.preview import Preview

            pages = Preview(is_brief=True)
            pages.show_pdf(content, kept.name)
            return pages
        image = _read(content)
        if image.isNull():
            return SignedLine(_UNREADABLE.format(fault=_NO_PICTURE), Tone.WARN)
        sight = Scrolling()
        sight.body.setContentsMargins(0, 0, 0, 0)
        sight.body.addWidget(_Picture(image, f"{self._name}：{kept.name}"))
        sight.body.addStretch(1)
        return sight


class _Picture(QWidget):
    """A picture as wide as there is room, but no larger than it is."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def hasHeightForWidth(self) -> bool:
        """Keep the picture's shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that goes with a width."""
        wide = min(width, self._image.width())
        return round(self._image.height() * wide / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        """Return the picture's own width, and the height that goes with the present one."""
        return QSize(self._image.width(), self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        """Return a small width and the height of the present one."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide = min(self.width(), self._image.width())
        ratio = self.devicePixelRatioF()
        sized = QSize(round(wide * ratio), round(self.heightForWidth(wide) * ratio))
        way = Qt.TransformationMode.SmoothTransformation
        drawn = self._image.scaled(sized, Qt.AspectRatioMode.IgnoreAspectRatio, way)
        drawn.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, drawn)
        painter.end()


def _read(content: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).read()
