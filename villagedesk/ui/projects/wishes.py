"""What households wish, as bars to compare: the first, second and third wishes of each item."""

from collections.abc import Sequence

from villagedesk.projects.charts import wishes_chart
from villagedesk.projects.figures import Coverage, WishCount
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, Tiles
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label


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
        card.add(ChartView(wishes_chart(counts)) if counts else label("还没有意愿。请先导入逐户收集的意愿表。", "soft"))
        self.body.addWidget(card)
        if counts:
            table = Card("各项意愿的户数")
            table.add(_table(counts))
            self.body.addWidget(table)
        self.body.addStretch(1)


def _table(counts: Sequence[WishCount]) -> ReadTable:
    rows = [
        (str(place), count.item, *map(str, (count.first, count.second, count.third, count.households)))
        for place, count in enumerate(counts, 1)
    ]
    heads = ("排名", "意愿", "第一意愿", "第二意愿", "第三意愿", "一共")
    return ReadTable(heads, rows, wide=(1,), amounts=(2, 3, 4, 5))
