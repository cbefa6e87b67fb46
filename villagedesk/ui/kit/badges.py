"""Badges: a state as icon, word and colour together, in a cell or by itself."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.rows import TONE_ROLE, Index
from villagedesk.ui.theme import Tone, face, gap, ground, ink, line, px, sign


class Badge(QWidget):
    """A state to read: 已审核, 退回, 逾期 3 天."""

    def __init__(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone)

    def set_state(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self._text, self._tone = text, tone
        self._sign = picture(sign(tone), ink(tone), 16)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room icon and word need."""
        return QSize(badge_width(QFontMetrics(face(15)), self._text), line(28))

    def paintEvent(self, _event: object) -> None:
        """Draw the badge."""
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._text, self._tone, self._sign)
        painter.end()


class BadgeDelegate(QStyledItemDelegate):
    """Draws cells that have a tone as badges, all others as usual."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._signs: dict[Tone, QPixmap] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text of a badge to ``paint``."""
        super().initStyleOption(option, index)
        if index.data(TONE_ROLE) is not None:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        super().paint(painter, option, index)
        tone = index.data(TONE_ROLE)
        if tone is None:
            return
        text = index.data()
        metrics = QFontMetrics(face(15))
        room = option.rect.width() - gap(12)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - badge_width(metrics, ""))
        height = line(28)
        left = option.rect.left() + gap(8)
        top = option.rect.top() + (option.rect.height() - height) / 2
        box = QRectF(left, top, min(room, badge_width(metrics, text)), height)
        if tone not in self._signs:
            self._signs[tone] = picture(sign(tone), ink(tone), 16)
        paint_badge(painter, box, text, tone, self._signs[tone])


def badge_width(metrics: QFontMetrics, text: str) -> int:
    """Return how wide a badge with this word is, in pixels."""
    return px(16) + gap(6) + metrics.horizontalAdvance(text) + 2 * gap(9)


def paint_badge(painter: QPainter, box: QRectF, text: str, tone: Tone, picture_of_it: QPixmap) -> None:
    """Draw a badge into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground(tone)))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    side = px(16)
    painter.drawPixmap(QPointF(box.left() + gap(8), box.center().y() - side / 2), picture_of_it)
    painter.setPen(QColor(ink(tone)))
    painter.setFont(face(15))
    room = box.adjusted(gap(8) + side + gap(5), 0, -gap(4), 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
