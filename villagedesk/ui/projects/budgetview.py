"""年度预算 to look at: each project's versions and what is used of the one in force, by class, changes, next year."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects.budget import Budget, BudgetRow, Proposal, Sums, money_of, points, sums
from villagedesk.projects.charts import budget_chart_of
from villagedesk.projects.sources import source_lines, sums_told, use_told
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, Tiles, footnote
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.village.workrules import AllocationRule, in_percent

_MOST_BARS = 40
_MOST_VERSIONS = 2


class BudgetView(Scrolling):
    """A year's budget as figures, bars and tables."""

    def __init__(
        self,
        budget: Budget,
        proposals: Sequence[Proposal],
        rule: AllocationRule,
        *,
        print_proposal: Callable[[], object],
    ) -> None:
        super().__init__()
        whole = sums(budget.rows)
        self.body.addWidget(_tiles(whole, len(budget.versions)))
        if not budget.rows:
            card = Card("年度预算")
            card.add(label(f"{budget.year}年还没有经会议决议的项目，没有预算。", "soft"))
            self.body.addWidget(card)
        else:
            self._lay(budget, whole)
            self._next_year(budget, proposals, rule, print_proposal)
        self.body.addStretch(1)

    def _lay(self, budget: Budget, whole: Sums) -> None:
        if budget.sources:
            self.body.addWidget(_money(budget))
        picture = Card("各项目预算用了多少")
        dearest = sorted(budget.rows, key=lambda row: -row.in_force_fen)[:_MOST_BARS]
        picture.add(ChartView(budget_chart_of(row for row in budget.rows if row in dearest)))
        self.body.addWidget(picture)
        table = Card("按项目（元）")
        table.add(_rows(budget, whole))
        self.body.addWidget(table)
        classes = Card("按类别（元）")
        classes.add(_classes(budget, whole))
        self.body.addWidget(classes)
        if budget.versions:
            changes = Card("历次调整")
            changes.add(_changes(budget))
            self.body.addWidget(changes)

    def _next_year(
        self, budget: Budget, proposals: Sequence[Proposal], rule: AllocationRule, paper: Callable[[], object]
    ) -> None:
        card = Card(f"{budget.year + 1}年分配建议", extra=button("打印建议表", paper, kind="link"))
        rows = [
            (
                one.project.name,
                "—" if one.score is None else points(one.score),
                f"{one.band} ×{in_percent(one.factor)}",
                yuan(one.base_fen),
                yuan(one.proposed_fen),
            )
            for one in proposals
        ]
        base, proposed = sum(one.base_fen for one in proposals), sum(one.proposed_fen for one in proposals)
        rows.append(("合计", "", "", yuan(base), yuan(proposed)))
        heads = ("项目", f"{budget.year}年得分", "等次和系数", f"{budget.year}年预算", "建议数")
        card.add(ReadTable(heads, rows, wide=(0,), amounts=(1, 3, 4)))
        card.add(
            footnote(
                f"建议数＝现行预算×系数，四舍五入到分。{rule.source}。只作建议，由会议决定，程序不会自己写进预算。"
            )
        )
        self.body.addWidget(card)


def _tiles(whole: Sums, versions: int) -> QWidget:
    changed = f"现行预算，调整过{versions}次" if versions else "现行预算，没有调整过"
    tone = Tone.BAD if whole.left_fen < 0 else Tone.PLAIN
    return Tiles(
        [
            FigureCard(yuan(whole.in_force_fen), changed),
            FigureCard(yuan(whole.contracted_fen), "已签合同"),
            FigureCard(
                yuan(whole.reviewing_fen + whole.paid_fen),
                f"已付{yuan(whole.paid_fen)}元，正在报账{yuan(whole.reviewing_fen)}元",
            ),
            FigureCard(yuan(whole.left_fen), "还可用", tone=tone),
        ]
    )


def _money(budget: Budget) -> Card:
    """Return where the year's money comes from, carried sums by themselves, and what becomes of each fund's."""
    card = Card("钱从哪里来、安排到哪里（元）")
    uses = [(source.name, money_of(source, spent)) for source, spent in budget.arranged()]
    totals = tuple(sum(amounts[place] for _, amounts in uses) for place in range(len(_MONEY) - 1))
    begun, planned, available, spent, reviewing, paid, left, _ = totals
    if begun:
        lines = [(name, yuan(fen)) for name, fen in source_lines(budget.sources)]
        card.add(ReadTable(("资金来源", "金额"), [*lines, ("合计", yuan(available))], wide=(0,), amounts=(1,)))
    rows = [(name, *map(yuan, amounts)) for name, amounts in [*uses, ("合计", totals)]]
    card.add(ReadTable(_MONEY, rows, wide=(0,), amounts=tuple(range(1, len(_MONEY)))))
    card.add(footnote(f"{sums_told(begun, planned, spent)}{use_told(spent, reviewing, paid, left)}"))
    return card


_MONEY = ("资金", "结转和期初", "本年计划", "可用", "已安排", "正在报账", "已付", "还可用", "未安排")


def _rows(budget: Budget, whole: Sums) -> ReadTable:
    labels = [version.label for version in budget.versions]
    versions = labels if len(labels) <= _MOST_VERSIONS else ["历次调整"]
    in_force = ("现行",) if versions else ()
    heads = ("项目", "议定", *versions, *in_force, "已签合同", "正在报账", "已付", "还可用")
    rows = [(row.project.name, *_cells(row)) for row in budget.rows]
    return ReadTable(heads, [*rows, ("合计", *_cells(whole))], wide=(0,), amounts=tuple(range(1, len(heads))))


def _cells(row: BudgetRow | Sums) -> tuple[str, ...]:
    changes = row.changes_fen if len(row.changes_fen) <= _MOST_VERSIONS else (sum(row.changes_fen),)
    in_force = (row.in_force_fen,) if changes else ()
    used = (row.contracted_fen, row.reviewing_fen, row.paid_fen, row.left_fen)
    return tuple(yuan(fen) for fen in (row.resolved_fen, *changes, *in_force, *used))


def _classes(budget: Budget, whole: Sums) -> ReadTable:
    heads = ("类别", "项目", "议定", "现行", "已签合同", "正在报账", "已付", "还可用")
    rows = [
        (
            name,
            str(one.projects),
            *map(yuan, (one.resolved_fen, one.in_force_fen, one.contracted_fen)),
            *map(yuan, (one.reviewing_fen, one.paid_fen, one.left_fen)),
        )
        for name, one in [*budget.by_class(), ("合计", whole)]
    ]
    return ReadTable(heads, rows, wide=(0,), amounts=tuple(range(1, 8)))


def _changes(budget: Budget) -> ReadTable:
    names = {row.project.id: row.project.name for row in budget.rows}
    rows = [
        (
            f"{version.label}\n{chinese_date(version.change.decided_on)}",
            f"{version.motion.meeting}：{version.motion.subject}\n{version.change.reason}",
            "\n".join(f"{names.get(line.project_id, '')} {_signed(line.change_fen)}" for line in version.lines),
        )
        for version in budget.versions
    ]
    return ReadTable(("调整", "依据的决议和原因", "哪些项目"), rows, wide=(1, 2))


def _signed(fen: int) -> str:
    return f"{'＋' if fen > 0 else '－'}{yuan(abs(fen))}"
