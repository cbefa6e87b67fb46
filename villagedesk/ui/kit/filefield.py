"""A file to go with a record: chosen, or dropped here; a photo, a scan, a paper."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.fields import Field
from villagedesk.ui.kit.text import ElidedLabel

PAPERS = "照片和扫描件 (*.jpg *.jpeg *.png *.pdf *.bmp *.tif *.tiff);;所有文件 (*)"


class FileField(Field):
    """A file's path. ``value`` is a Path, None while none is chosen."""

    effort = 1

    def __init__(self, name: str, label: str, *, hint: str = "", optional: bool = False, kinds: str = PAPERS) -> None:
        """``kinds`` is what the file dialog offers, as Qt writes it."""
        self._path: Path | None = None
        self._kinds = kinds
        self._shown = ElidedLabel("没有选文件", "soft")
        choose = button("选文件…", self._choose, icon="attach")
        super().__init__(name, label, choose, hint=hint, optional=optional)
        self._clear = button("不要了", lambda: self._take(None), kind="flat")
        self._body.setStretch(0, 0)
        self._body.addWidget(self._shown, 1)
        self._body.addWidget(self._clear)
        self.setAcceptDrops(True)
        self.set_value(None)

    def value(self) -> Path | None:
        """Return the chosen file."""
        return self._path

    def set_value(self, value: Any) -> None:
        """Choose a file, or none."""
        self._path = value
        self._shown.setText(value.name if value else "没有选文件")
        self._clear.setVisible(value is not None)

    def typed(self) -> Typed:
        """Return the file's path."""
        return str(self._path) if self._path else None

    def retype(self, typed: Typed) -> None:
        """Choose the file again, if it is still there."""
        path = Path(typed) if isinstance(typed, str) else None
        self.set_value(path if path and path.is_file() else None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose the file that is dropped here."""
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if dropped:
            self._take(dropped[0])

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.label, "", self._kinds)
        if name:
            self._take(Path(name))

    def _take(self, path: Path | None) -> None:
        self.set_value(path)
        self.edited.emit()
