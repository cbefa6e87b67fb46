"""收支表 on the screen: what came and went by month as a picture, by fund and by class as tables."""

from collections.abc import Sequence

from villagedesk.kernel.money import yuan
from villagedesk.ledger.charts import months_chart
from villagedesk.ledger.figures import FundSums, Income
from villagedesk.ui.kit.beside import Beside
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.readtable import ReadTable


class IncomeView(Scrolling):
    """A period's income and spending."""

    def __init__(self, income: Income) -> None:
        super().__init__()
        label = income.period.label
        if not income.funds:
            self.body.addWidget(Callout(f"{label}没有收支。"))
            self.body.addStretch(1)
            return
        funds = Card(f"{label}各项资金")
        funds.add(_funds(income.funds))
        picture = Card("每月收支")
        picture.add(ChartView(months_chart(income.months)))
        classes = Card("支出按类别")
        rows = [(one.name, yuan(one.amount_fen)) for one in income.classes]
        classes.add(ReadTable(("类别", "支出（元）"), rows, wide=(0,), amounts=(1,)))
        self.body.addWidget(funds)
        self.body.addWidget(Beside([picture], [classes]))
        self.body.addStretch(1)


def _funds(funds: Sequence[FundSums]) -> ReadTable:
    is_carried = any(one.carried_fen for one in funds)
    heads = ("期初结余", "到账", *(("结转",) if is_carried else ()), "支出", "期末结余")
    lines = [
        (one.opening_fen, one.in_fen, *((one.carried_fen,) if is_carried else ()), one.out_fen, one.closing_fen)
        for one in funds
    ]
    rows = [(one.name, *map(yuan, line)) for one, line in zip(funds, lines, strict=True)]
    rows.append(("合计", *(yuan(sum(line[place] for line in lines)) for place in range(len(heads)))))
    return ReadTable(("资金（元）", *heads), rows, wide=(0,), amounts=tuple(range(1, len(heads) + 1)))
