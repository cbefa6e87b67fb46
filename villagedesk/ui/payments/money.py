"""钱在哪里: the budgets of a year's projects, and what came in and went out by month, as pictures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.payments.charts import budgets_chart, flow_chart
from villagedesk.payments.spending import Means, flow_of_year, means_of_year, years_with_money
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import Segments
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, Tiles
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap

_YEARS = 4


class MoneyView(QWidget):
    """One year's money; the years stand above."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        years = years_with_money(desk)[:_YEARS] or [desk.clock.now().year]
        self._years = Segments([(str(year), f"{year}年") for year in years], "哪一年")
        if len(years) == 1:
            self._years.hide()
        self._years.picked.connect(lambda _key: self.show_year())
        self._view = Scrolling()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        column.addWidget(self._years, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._view, 1)
        self.setFocusProxy(self._years)
        self.show_year()

    def show_year(self) -> None:
        """Draw the chosen year."""
        year = int(self._years.key())
        self._view.clear()
        projects, months = means_of_year(self._desk, year), flow_of_year(self._desk, year)
        self._view.body.addWidget(_sums(projects))
        self._show("项目预算用到哪里了", ChartView(budgets_chart(projects)) if projects else None)
        self._show("各月到账和支出", ChartView(flow_chart(months)) if months else None)
        self._view.body.addStretch(1)

    def _show(self, title: str, chart: QWidget | None) -> None:
        card = Card(title)
        card.add(chart or label("这一年还没有。", "soft"))
        self._view.body.addWidget(card)


def _sums(projects: list[Means]) -> QWidget:
    budget, paid = sum(one.budget_fen for one in projects), sum(one.paid_fen for one in projects)
    spoken = sum(one.granted_fen + one.passing_fen for one in projects)
    left = budget - paid - spoken
    return Tiles(
        [
            FigureCard(yuan(budget), "元，项目预算"),
            FigureCard(yuan(paid), "元，已经付了"),
            FigureCard(yuan(spoken), "元，正在报账"),
            FigureCard(yuan(left), "元，还没有用", tone=Tone.BAD if left < 0 else Tone.PLAIN),
        ]
    )
