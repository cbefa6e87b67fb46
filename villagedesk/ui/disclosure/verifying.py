"""查真伪: a number is typed, or a scanner types the code, and the program says whether the paper is genuine."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from villagedesk.disclosure.genuine import Authenticity, Judgement, judge
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.searchline import SearchLine
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap, ground, ink, px, sign

_HOW = "写公示标题下面的文号（如 2026-3），或者二维码下面的校验码；有扫码枪就直接扫二维码。"


class VerifyView(Scrolling):
    """A line to type into and the judgement below it, large enough to be read across the table.

    ``open_notice`` shows the notice that was found.
    """

    def __init__(self, desk: Desk, open_notice: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._open = desk, open_notice
        self.line = SearchLine("文号或校验码", "文号、校验码，或扫二维码")
        self.line.setMinimumHeight(px(46))
        self.line.returnPressed.connect(self.judge)
        card = Card("这张公示是真的吗？")
        card.add(label(_HOW, "soft", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(gap(10))
        across.addWidget(self.line, 1)
        across.addWidget(button("查", self.judge, kind="primary", icon="search"))
        card.body.addLayout(across)
        self.body.addWidget(card)
        self._said: QWidget | None = None
        self.body.addStretch(1)
        self.setFocusProxy(self.line)

    def judge(self) -> None:
        """Judge what stands in the line, and choose it, so that the next scan takes its place."""
        typed = self.line.text().strip()
        if not typed:
            return
        if self._said:
            self.body.removeWidget(self._said)
            self._said.hide()
            self._said.deleteLater()
        judged = judge(self._desk, typed)
        said = JudgementCard(_title(judged), judged.sentences, _tone(judged))
        notice = judged.notice
        if notice and notice.village_id == self._desk.office_id:
            said.text.addWidget(
                button("看账里的这一份", lambda: self._open(notice.id), icon="eye"), 0, Qt.AlignmentFlag.AlignLeft
            )
        self._said = said
        self.body.insertWidget(1, self._said)
        self.line.selectAll()
        self.line.setFocus()


class JudgementCard(Card):
    """A judgement: a sign, a few large words, and what they mean."""

    def __init__(self, title: str, sentences: Sequence[str], tone: Tone) -> None:
        super().__init__()
        self.setStyleSheet(f"#card {{ background: {ground(tone)}; border: 2px solid {ink(tone)}; }}")
        signal = QLabel()
        signal.setPixmap(picture(sign(tone), ink(tone), 56))
        head = label(title, "figure", wrap=True)
        head.setStyleSheet(f"color: {ink(tone)};")
        self.text = QVBoxLayout()
        self.text.addWidget(head)
        self.text.setSpacing(gap(8))
        for sentence in sentences:
            self.text.addWidget(label(sentence, "value", wrap=True, selectable=True))
        across = QHBoxLayout()
        across.setSpacing(gap(18))
        across.addWidget(signal, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(self.text, 1)
        self.body.addLayout(across)
        self.setAccessibleName(f"{title}。{''.join(sentences)}")


def _title(judged: Judgement) -> str:
    if judged.found is not Authenticity.GENUINE:
        return judged.found.label
    return "是真的，也是最新的" if judged.is_latest else "是真的，但是已经更正了"


def _tone(judged: Judgement) -> Tone:
    if judged.found is Authenticity.GENUINE:
        return Tone.GOOD if judged.is_latest else Tone.WARN
    return Tone.WARN if judged.found is Authenticity.UNREADABLE else Tone.BAD
