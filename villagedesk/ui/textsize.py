"""How large the text is: asked of the person, kept for the next start."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import TEXT_SCALES, face, gap, text_scale

NAMES = {100: "标准", 125: "大", 150: "更大", 200: "特大"}
_KEY = "text/percent"


def kept_text_size() -> int:
    """Return the text size that was chosen last, in per cent; 100 at first."""
    kept = str(_settings().value(_KEY, "100"))
    return int(kept) if kept.isdigit() and int(kept) in TEXT_SCALES else 100


def keep_text_size(percent: int) -> None:
    """Keep a text size for the next start."""
    _settings().setValue(_KEY, str(percent))


def choose_text_size(parent: QWidget) -> int | None:
    """Ask how large the text shall be; each choice is written at its own size. Returns per cent, or None."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("字的大小")
    line = QHBoxLayout()
    line.setSpacing(gap(12))
    for percent in TEXT_SCALES:
        sample = _sample(percent)
        sample.clicked.connect(lambda _=False, percent=percent: dialog.done(percent))
        line.addWidget(sample)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(gap(26), gap(24), gap(26), gap(24))
    column.setSpacing(gap(16))
    column.addWidget(label("字的大小", "dialogTitle"))
    column.addWidget(label("看着舒服的那个，按一下就换。", "soft"))
    column.addLayout(line)
    return dialog.exec() or None


def _sample(percent: int) -> QPushButton:
    made = QPushButton(f"{NAMES[percent]}\n{percent}%")
    font = face()
    font.setPixelSize(round(16 * percent / 100))
    made.setFont(font)
    made.setStyleSheet(f"font-size: {font.pixelSize()}px; min-width: {gap(100)}px; min-height: {gap(110)}px;")
    made.setAccessibleName(f"{NAMES[percent]}，{percent}%")
    made.setCheckable(True)
    made.setChecked(percent == text_scale())
    made.setAutoDefault(percent == text_scale())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "VillageDesk", "window")
