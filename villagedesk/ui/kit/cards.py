"""The small furniture of a page: cards, big figures, headings, and columns that scroll."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, Tone, gap, ground, ink, px, sign, styled


def heading(text: str) -> QLabel:
    """Return the heading of a section."""
    return label(text, "heading", wrap=True)


class Card(QFrame):
    """A white card with an optional title. Lay widgets into ``body``."""

    def __init__(self, title: str = "", *, extra: QWidget | None = None) -> None:
        """``extra`` stands at the right of the title, such as a link button."""
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(gap(20), gap(16), gap(20), gap(18))
        self.body.setSpacing(gap(10))
        if title or extra:
            line = QHBoxLayout()
            line.addWidget(heading(title), 1)
            if extra:
                line.addWidget(extra)
            self.body.addLayout(line)
            self.body.addSpacing(gap(4))
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> QWidget:
        """Lay a widget below the others and return it."""
        self.body.addWidget(widget, stretch)
        return widget


class FigureCard(Card):
    """A big number, the sentence that explains it, and what to do about it: 3 张单据等你审核 → 去审核."""

    def __init__(
        self,
        figure: str,
        sentence: str,
        *,
        tone: Tone = Tone.PLAIN,
        verb: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """``tone`` colours the figure and adds its sign when something is due or wrong."""
        super().__init__()
        self._figure = label("", "figure")
        self._signal = QLabel()
        self._sentence = label("", "soft", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(gap(10))
        line.addWidget(self._figure)
        line.addWidget(self._signal)
        line.addStretch(1)
        self.body.setSpacing(gap(4))
        self.body.addLayout(line)
        self.body.addWidget(self._sentence, 1)
        if verb and act:
            link = button(f"{verb} ›", act, kind="link")
            link.setAccessibleName(verb)
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_figure(figure, sentence, tone)

    def show_figure(self, figure: str, sentence: str, tone: Tone = Tone.PLAIN) -> None:
        """Show another number."""
        self._figure.setText(figure)
        self._figure.setStyleSheet(f"color: {ink(tone)};")
        self._sentence.setText(sentence)
        self._signal.setVisible(tone in {Tone.WARN, Tone.BAD, Tone.GOOD})
        self._signal.setPixmap(picture(sign(tone), ink(tone), 26))
        self.setAccessibleName(f"{figure} {sentence}")


class TaskRow(QFrame):
    """A line of a to-do list: sign, what is to be done, until when, and the button that goes there."""

    def __init__(
        self, words: str, note: str = "", *, tone: Tone = Tone.ACTIVE, verb: str, act: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("taskRow")
        signal = QLabel()
        signal.setPixmap(picture(sign(tone), ink(tone), 22))
        signal.setFixedSize(px(40), px(40))
        signal.setAlignment(Qt.AlignmentFlag.AlignCenter)
        signal.setStyleSheet(f"background: {ground(tone)}; border-radius: {px(20)}px;")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(label(words, wrap=True))
        if note:
            remark = label(note, "small", wrap=True)
            if tone in {Tone.WARN, Tone.BAD}:
                remark.setStyleSheet(f"color: {ink(tone)};")
            text.addWidget(remark)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, gap(8), 0, gap(8))
        line.setSpacing(gap(14))
        line.addWidget(signal, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(text, 1)
        line.addWidget(button(verb, act), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{words} {note}".strip())


class Scrolling(QScrollArea):
    """A column of cards that scrolls. Lay widgets into ``body``."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = styled(QWidget(), "clear")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, gap(8))
        self.body.setSpacing(gap(16))
        self.setWidget(inside)

    def clear(self) -> None:
        """Take every card away, to lay them anew."""
        while (item := self.body.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


class Tiles(QWidget):
    """Cards side by side, as many in a row as have room."""

    def __init__(self, tiles: Sequence[QWidget], *, least: int = 230) -> None:
        """``least`` is the narrowest a tile may be, in pixels at 100 % text."""
        super().__init__()
        self._tiles, self._least, self._across = list(tiles), least, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap(16))
        self._flow(len(self._tiles))

    def resizeEvent(self, event: object) -> None:
        """Lay the tiles anew when another number of them has room."""
        self._flow(max(1, (self.width() + gap(16)) // (px(self._least) + gap(16))))

    def _flow(self, across: int) -> None:
        across = min(across, len(self._tiles)) or 1
        if across == self._across:
            return
        for column in range(self._across):
            self._grid.setColumnStretch(column, 0)
        self._across = across
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for column in range(across):
            self._grid.setColumnStretch(column, 1)


def rule() -> QFrame:
    """Return a thin line between two things."""
    line = styled(QFrame(), "rule")
    line.setFixedHeight(1)
    return line


def footnote(text: str) -> QLabel:
    """Return a small grey sentence, such as a source."""
    made = label(text, "small", wrap=True)
    made.setStyleSheet(f"color: {Colour.SOFT};")
    return made
