"""The council's ranking to read: each project's points as a bar, and the sums they are counted from."""

from collections.abc import Sequence

from villagedesk.deliberation.charts import ranking_chart
from villagedesk.deliberation.scoring import Ranked, formula, two_decimals
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.village.profile import ScoringRule


class RankingView(Scrolling):
    """The ranking of a year, best first, with its arithmetic."""

    def __init__(self, ranked: Sequence[Ranked], rule: ScoringRule) -> None:
        super().__init__()
        self.body.addWidget(Callout(f"{formula(rule)}依据：{rule.source}。", title="怎么算"))
        card = Card("量分排名")
        if ranked:
            card.add(ChartView(ranking_chart(ranked, rule)))
        else:
            card.add(label("还没有量分票。先把项目列入初选，再导入议事会的量分表。", "soft"))
        self.body.addWidget(card)
        if ranked:
            counted = Card("各项目的算式")
            counted.add(_sums(ranked))
            counted.add(footnote(f"满分{ranked[0].full}分。原始量分票都留着，谁都可以再算一遍。"))
            self.body.addWidget(counted)
        self.body.addStretch(1)


def _sums(ranked: Sequence[Ranked]) -> ReadTable:
    rows = [(str(one.place), one.name, one.arithmetic, two_decimals(one.result)) for one in ranked]
    return ReadTable(("排名", "项目", "算式", "得分"), rows, wide=(1, 2), amounts=(3,))
