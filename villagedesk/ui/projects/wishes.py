"""What households wish, as bars to compare: the first, second and third wishes of each item."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from villagedesk.projects.figures import Coverage, WishCount
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, Tiles, footnote
from villagedesk.ui.kit.parts import PartsBar
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap


class WishRanking(Scrolling):
    """How many were heard, and the items in the order of how many wish them."""

    def __init__(self, counts: Sequence[WishCount], coverage: Coverage, year: int) -> None:
        super().__init__()
        self.body.addWidget(
            Tiles(
                [
                    FigureCard(f"{coverage.heard}户", f"说了{year}年的意愿，全村{coverage.households}户"),
                    FigureCard(coverage.percent, "的农户征求到了意见"),
                    FigureCard(f"{len(counts)}项", "意愿，按提出户数从多到少排列"),
                ]
            )
        )
        card = Card("村民最想办的事")
        card.add(_bars(counts) if counts else label("还没有意愿。请先导入逐户收集的意愿表。", "soft"))
        if counts:
            card.add(footnote("深绿是第一意愿，中绿是第二意愿，浅绿是第三意愿。"))
        self.body.addWidget(card)
        self.body.addStretch(1)


def _bars(counts: Sequence[WishCount]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(gap(16))
    grid.setVerticalSpacing(gap(10))
    grid.setColumnStretch(2, 1)
    most = max(count.households for count in counts)
    for row, count in enumerate(counts):
        words = f"第一意愿{count.first}户，第二意愿{count.second}户，第三意愿{count.third}户"
        bar = PartsBar(most, (count.first, count.second, count.third))
        bar.setToolTip(words)
        bar.setAccessibleName(f"{count.item}：{words}")
        grid.addWidget(label(str(row + 1), "soft"), row, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(count.item), row, 1)
        grid.addWidget(bar, row, 2)
        grid.addWidget(label(f"{count.households}户", "value"), row, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(f"{count.first} + {count.second} + {count.third}", "small"), row, 4)
    return made
