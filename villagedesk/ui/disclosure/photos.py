"""Photos of a board as small pictures side by side; a click shows one as large as the window allows."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from villagedesk.disclosure.model import Posting
from villagedesk.disclosure.photos import photo_shows
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Tiles
from villagedesk.ui.kit.notes import SignedLine
from villagedesk.ui.kit.tasks import find_out
from villagedesk.ui.theme import Tone, px

_SMALL = QSize(150, 112)


def thumbnails(desk: Desk, digests: Sequence[str], name: str) -> QWidget | None:
    """Return the photos as buttons, None when there is none that can be read. ``name`` says what they show."""
    small = QSize(px(_SMALL.width()), px(_SMALL.height()))
    found = [(digest, picture) for digest in digests if (picture := _read(desk, digest, small))]
    if not found:
        return None
    tiles = [_tile(desk, digest, picture, f"{name}，第{place}张") for place, (digest, picture) in enumerate(found, 1)]
    return _Row(tiles, least=_SMALL.width())


class PhotoProof(QWidget):
    """A line that says whether a photo shows the code of the posted paper. It is looked for beside the window."""

    def __init__(self, desk: Desk, posting: Posting) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

        def look() -> bool:
            with desk.sibling() as own:
                return photo_shows(own, posting)

        find_out(self, look, self._say)

    def _say(self, is_shown: bool) -> None:
        proved = SignedLine("照片上认出了这份公示的二维码，确实张贴了。", Tone.GOOD)
        unproved = SignedLine("照片上没有认出这份公示的二维码；拍近一点、亮一点就能认出来。", Tone.QUIET)
        self._column.addWidget(proved if is_shown else unproved)
        self.show()


class _Row(Tiles):
    """Small pictures, as many in a row as have room; one above the other where there is least."""

    def minimumSizeHint(self) -> QSize:
        """Return the room of one picture, so that a narrow column is not widened by a row of them."""
        return QSize(px(_SMALL.width()), super().minimumSizeHint().height())


def _tile(desk: Desk, digest: str, picture: QPixmap, name: str) -> QPushButton:
    made = button("", kind="flat")
    made.setIcon(QIcon(picture))
    made.setIconSize(picture.size())
    made.setAccessibleName(name)
    made.setToolTip("放大看")
    made.clicked.connect(lambda: _enlarge(made, desk, digest, name))
    return made


def _enlarge(parent: QWidget, desk: Desk, digest: str, name: str) -> None:
    room = parent.screen().availableGeometry().size() * 0.8
    picture = _read(desk, digest, room)
    if picture is None:
        return
    dialog = QDialog(parent.window())
    dialog.setWindowTitle(name)
    shown = QLabel()
    shown.setPixmap(picture)
    shown.setAccessibleName(name)
    column = QVBoxLayout(dialog)
    column.addWidget(shown, 0, Qt.AlignmentFlag.AlignCenter)
    column.addWidget(button("关闭", dialog.accept), 0, Qt.AlignmentFlag.AlignRight)
    dialog.exec()


def _read(desk: Desk, digest: str, room: QSize) -> QPixmap | None:
    """Read a photo no larger than ``room``: it is scaled while it is unpacked, which takes a fraction of the time."""
    try:
        content = desk.content(digest)
    except VillageDeskError:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)
