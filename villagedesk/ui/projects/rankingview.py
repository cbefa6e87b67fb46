"""年度考评 to look at: the year's scores and places with their arithmetic, as they are kept or as they stand now."""

from collections.abc import Sequence

from villagedesk.kernel.findings import Finding
from villagedesk.projects.budget import points
from villagedesk.projects.sheets.ranking import TABLES
from villagedesk.reports.sheet import Bar, Chart
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.village.workrules import EvaluationRule

Line = tuple[str, str, int, int, str]
"""Table, name, score in tenths, place, arithmetic."""


class RankingView(Scrolling):
    """The year's ranking. While it is not kept yet, what is missing stands above, each with the way to it."""

    def __init__(
        self,
        year: int,
        lines: Sequence[Line],
        rule: EvaluationRule,
        missing: Sequence[Finding],
        jump: Jump,
        *,
        is_kept: bool,
    ) -> None:
        super().__init__()
        words = f"{year}年的考评已经登记，不会再变。" if is_kept else f"下面是{year}年到现在为止的得分，还没有登记。"
        self.body.addWidget(Callout(words, Tone.GOOD if is_kept else Tone.QUIET))
        if missing and not is_kept:
            card = Card("考评前还缺")
            found = FindingLines()
            found.jump = jump
            found.show_findings(missing)
            card.add(found)
            self.body.addWidget(card)
        for table, name in TABLES.items():
            some = [line for line in lines if line[0] == table]
            if some:
                self.body.addWidget(_ranked(name, some))
        if not lines:
            card = Card("还没有得分")
            card.add(label("登记检查、考核或满意度调查以后，这里就有得分和排名。", "soft"))
            self.body.addWidget(card)
        card = Card()
        card.add(
            footnote(
                f"年度得分由季度考核{rule.assessments}、平时检查{rule.visits}、村民满意度{rule.satisfaction}组成，"
                f"没有的不计。依据：{rule.source}。"
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)


def _ranked(name: str, lines: Sequence[Line]) -> Card:
    card = Card(f"{name}排名")
    if len(lines) > 1:
        bars = tuple(Bar(line[1], (line[2],), f"{points(line[2])}分") for line in lines)
        card.add(ChartView(Chart(("",), bars)))
    rows = [(str(place), who, points(tenths), arithmetic) for _, who, tenths, place, arithmetic in lines]
    card.add(ReadTable(("名次", name, "得分", "算法"), rows, wide=(1, 3), amounts=(2,)))
    return card
