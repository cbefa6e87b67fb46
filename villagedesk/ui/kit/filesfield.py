"""Several files to go with a record: chosen together or one after another, or dropped here; photos of a board."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.fields import Field
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.kit.thumbs import Thumbs
from villagedesk.ui.theme import px

PHOTOS = "照片 (*.jpg *.jpeg *.png)"
_NAMED = 3
"""Of so many files the names have room beside the pictures wherever the field stands; of more it may be too narrow."""


class FilesField(Field):
    """Paths of files. ``value`` is a tuple of them, empty while none is chosen; a file is taken once."""

    effort = 1

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        optional: bool = False,
        kinds: str = PHOTOS,
        folder: str = "",
    ) -> None:
        """``kinds`` is what the file dialog offers, as Qt writes it; ``folder`` is where it begins."""
        self._paths: tuple[Path, ...] = ()
        self._kinds = kinds
        self.folder = folder
        """Where files were chosen last."""
        self._shown = ElidedLabel("", "soft")
        self._choose_button = button("选照片…", self.choose, icon="photo")
        super().__init__(name, label, self._choose_button, hint=hint, optional=optional)
        self._clear = button("都不要了", lambda: self._take((), anew=True), kind="flat")
        self._body.setStretch(0, 0)
        self._thumbs = Thumbs()
        self._body.addWidget(self._thumbs)
        self._body.addWidget(self._shown, 1)
        self._body.addWidget(self._clear)
        self.setAcceptDrops(True)
        self.set_value(())

    def value(self) -> tuple[Path, ...]:
        """Return the chosen files in the order they were chosen."""
        return self._paths

    def set_value(self, value: Any) -> None:
        """Choose these files and no others."""
        self._paths = tuple(value or ())
        names = "、".join(path.name for path in self._paths)
        self._shown.setText(f"{len(self._paths)}张：{names}" if self._paths else "没有选照片")
        self._shown.setMinimumWidth(px(96) if 0 < len(self._paths) <= _NAMED else 0)
        self._thumbs.show_files(self._paths)
        self._choose_button.setText("再加…" if self._paths else "选照片…")
        self._clear.setVisible(bool(self._paths))

    def typed(self) -> Typed:
        """Return the files' paths."""
        return [str(path) for path in self._paths]

    def retype(self, typed: Typed) -> None:
        """Choose the files again that are still there."""
        paths = [Path(name) for name in typed] if isinstance(typed, list) else []
        self.set_value([path for path in paths if path.is_file()])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that are dropped here."""
        self._take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def choose(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, self.label, self.folder, self._kinds)
        self._take([Path(name) for name in names])

    def _take(self, more: Sequence[Path], *, anew: bool = False) -> None:
        if more:
            self.folder = str(more[-1].parent)
        if more or anew:
            self.set_value(() if anew else dict.fromkeys((*self._paths, *more)))
            self.edited.emit()
