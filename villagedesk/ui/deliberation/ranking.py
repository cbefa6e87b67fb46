"""The council's ranking to read: each project's points as a bar, and the sums they are counted from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from villagedesk.deliberation.scoring import CRITERIA, Ranked, formula, two_decimals
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.parts import PartsBar
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap
from villagedesk.village.profile import ScoringRule


class RankingView(Scrolling):
    """The ranking of a year, best first, with its arithmetic."""

    def __init__(self, ranked: Sequence[Ranked], rule: ScoringRule) -> None:
        super().__init__()
        self.body.addWidget(Callout(f"{formula(rule)}依据：{rule.source}。", title="怎么算"))
        card = Card("量分排名")
        if ranked:
            card.add(_bars(ranked, rule))
            colours = "、".join(
                f"{word}是{name}" for word, (_, name) in zip(("深绿", "中绿", "浅绿"), CRITERIA, strict=True)
            )
            card.add(footnote(f"整条是满分{ranked[0].full}分；{colours}。原始量分票都留着，谁都可以再算一遍。"))
        else:
            card.add(label("还没有量分票。先把项目列入初选，再导入议事会的量分表。", "soft"))
        self.body.addWidget(card)
        self.body.addStretch(1)


def _bars(ranked: Sequence[Ranked], rule: ScoringRule) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(gap(16))
    grid.setVerticalSpacing(gap(2))
    grid.setColumnStretch(2, 1)
    weights = (rule.urgent, rule.wished, rule.benefit)
    for place, one in enumerate(ranked):
        parts = [weight * total / one.counted for weight, total in zip(weights, one.sums, strict=True)]
        bar = PartsBar(one.full, parts)
        bar.setToolTip(one.arithmetic)
        bar.setAccessibleName(f"第{one.place}名 {one.name}：{one.arithmetic}")
        row = 3 * place
        grid.addWidget(label(str(one.place), "value"), row, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(one.name), row, 1)
        grid.addWidget(bar, row, 2)
        grid.addWidget(label(f"{two_decimals(one.result)}分", "value"), row, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(one.arithmetic, "small", wrap=True, selectable=True), row + 1, 1, 1, 3)
        grid.setRowMinimumHeight(row + 2, gap(8))
    return made
