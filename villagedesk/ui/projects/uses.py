"""How much of each project's budget is used, as bars to compare."""

from collections.abc import Sequence

from villagedesk.projects.charts import Use, used_chart
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import ProjectState
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.text import label

_MOST = 60
"""Bars that can be compared; of a longer list the dearest are shown."""


class BudgetUses(Scrolling):
    """The projects that have a budget and were not refused, in the order given, each as a bar of its budget."""

    def __init__(self, lines: Sequence[ProjectFigures]) -> None:
        super().__init__()
        found = [one for one in lines if one.budget_fen and one.project.state is not ProjectState.REJECTED]
        dearest = sorted(found, key=lambda one: -one.budget_fen)[:_MOST]
        shown = [one for one in found if one in dearest]
        card = Card("各项目预算用了多少")
        if shown:
            uses = (Use(one.project.name, one.budget_fen, one.paid_fen) for one in shown)
            card.add(ChartView(used_chart(uses)))
        else:
            card.add(label("还没有带预算的项目。提议时写上预算，这里就能看到。", "soft"))
        if len(found) > _MOST:
            card.add(footnote(f"这里只画预算最多的{_MOST}个，另外{len(found) - _MOST}个请看一览。"))
        self.body.addWidget(card)
        self.body.addStretch(1)
