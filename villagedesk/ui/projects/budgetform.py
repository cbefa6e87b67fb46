"""The form that changes the year's budget by a resolution: which motion, why, and project by project how much."""

from collections.abc import Sequence

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.projects import store, usecases
from villagedesk.projects.budget import BudgetRow
from villagedesk.projects.model import BudgetChange
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import AmountField, LongTextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.formlines import Part
from villagedesk.ui.kit.notes import Callout, Jump


class BudgetChangeForm(Form):
    """The next version of a year's budget; beside each project stands what it has and what it would have."""

    def __init__(self, desk: Desk, year: int, *, jump: Jump | None = None) -> None:
        self._desk, self._year = desk, year
        self._budget = store.budget_of(desk, year)
        self._lines = {
            row.project.id: AmountField(f"line_{row.project.id}", row.project.name) for row in self._budget.rows
        }
        self._sum = Callout("")
        motions = store.passed_motions(desk, year)
        super().__init__(
            self._asked(),
            save=self._store,
            check=self._findings,
            verb="调整预算",
            values={"motion_id": motions[0].motion_id if len(motions) == 1 else None},
            jump=jump,
        )
        for field in self._lines.values():
            field.edited.connect(self._reckon)
        self._reckon()

    def _asked(self) -> list[Part]:
        motions = [
            Choice(one.motion_id, one.subject, f"{one.meeting}，{chinese_date(one.held_on)}")
            for one in store.passed_motions(self._desk, self._year)
        ]
        asked: list[Part] = [
            ChoiceField(
                "motion_id", "依据的决议", motions, hint="会议通过的那一项。还没有的，先到“议事”里登记会议和表决"
            ),
            LongTextField("reason_text", "为什么调整", lines=2),
        ]
        for fund, _ in self._budget.by_fund():
            rows = [row for row in self._budget.rows if row.fund == fund]
            source = self._budget.source(fund.id) if fund else None
            planned = f"，计划{yuan(fund.planned_fen)}元" if fund else ""
            if source and source.begun_fen:
                planned += f"，加上年结转共{yuan(source.available_fen)}元"
            asked.append(f"{fund.name if fund else '没有选资金'}{planned}：增加写正数，减少写负数")
            fields = [self._lines[row.project.id] for row in rows]
            asked += [tuple(fields[place : place + 2]) for place in range(0, len(fields), 2)]
        return [*asked, self._sum]

    def _reckon(self) -> None:
        """Say beside each project, and at the end, what the change comes to."""
        net = 0
        for row in self._budget.rows:
            fen = self._lines[row.project.id].value() or 0
            net += fen
            self._lines[row.project.id].set_hint(_told(row, fen))
        words = "增减相等，总预算不变。" if not net else f"总预算{'增加' if net > 0 else '减少'}{yuan(abs(net))}元。"
        self._sum.set_words(
            words if any(self._lines[row.project.id].value() for row in self._budget.rows) else "还没有写增减。"
        )

    def _moves(self, values: Values) -> list[tuple[str, int]]:
        found = [(project_id, values[f"line_{project_id}"] or 0) for project_id in self._lines]
        return [(project_id, fen) for project_id, fen in found if fen]

    def _findings(self, values: Values) -> Sequence[Finding]:
        return usecases.change_findings(
            self._desk, self._year, values["motion_id"], self._moves(values), values["reason_text"]
        )

    def _store(self, values: Values, _reason: str) -> BudgetChange:
        return usecases.change_budget(
            self._desk, self._year, values["motion_id"] or "", self._moves(values), values["reason_text"]
        )


def _told(row: BudgetRow, fen: int) -> str:
    most = max(row.in_force_fen - row.floor_fen, 0)
    if not fen:
        return f"现行{yuan(row.in_force_fen)}元，最多减{yuan(most)}元"
    return f"现行{yuan(row.in_force_fen)}元，调整后{yuan(row.in_force_fen + fen)}元"
