"""The forms a pay sheet begins with: which kind for which project and period, or a copy of an earlier one."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Payroll, PayrollKind
from villagedesk.payments.rules import PAYING_STATES, project_pays
from villagedesk.payroll.drafting import Difference, copied, proposed
from villagedesk.payroll.runs import MONTHLY, Run
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.form import Form, Values

Begun = tuple[Run, list[Difference]]

_NOTES = {
    PayrollKind.BASE: "按月，从岗位、考勤算出来",
    PayrollKind.PERFORMANCE: "按季度，从考核得分算出来，没考核的不能发",
    PayrollKind.LABOUR: "一人一行：单价 × 工日，可以是5.5个工日",
    PayrollKind.POST: "按月，从岗位算出来，印成工资结算单",
    PayrollKind.RENT: "一人一行：单价 × 亩数（可以是5.5亩），或约定的金额",
}
_MONTHS_BACK, _QUARTERS_BACK = 15, 6


class StartForm(Form):
    """Kind, project and period; ``saved`` carries the run that is proposed, which is not stored yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kind = ChoiceField(
            "kind", "种类", [Choice(kind.value, kind.label, note) for kind, note in _NOTES.items()]
        )
        self._period = ChoiceField("period", "期间", [])
        projects = [
            Choice(project.id, project.name, f"{project.year}年")
            for project in desk.find(Project, "village_id = ?", [desk.office_id], "year DESC, name")
            if project.state in PAYING_STATES
        ]
        super().__init__(
            [self._kind, ChoiceField("project_id", "从哪个项目支出", projects), self._period],
            save=lambda values, _reason: self._proposed(values),
            check=self._findings,
            verb="算出名单",
        )
        self._kind.edited.connect(self._offer_periods)

    def _offer_periods(self) -> None:
        """Offer months or quarters, as the kind is paid by; the last one that is over is proposed."""
        if self._kind.value() is None:
            return
        offered = periods(PayrollKind(self._kind.value()), self._desk.clock.now().date())
        self._period.set_choices([Choice(str(period), period.label) for period in offered])
        over = [period for period in offered if period.last < self._desk.clock.now().date()]
        self._period.set_value(str(over[0] if over else offered[0]))

    def _findings(self, values: Values) -> Sequence[Finding]:
        asked = {"kind": "请选种类。", "project_id": "请选从哪个项目支出。", "period": "请选期间。"}
        found = [Finding("form.missing", message, name) for name, message in asked.items() if not values[name]]
        if values["project_id"]:
            found += project_pays(self._desk.get(Project, values["project_id"]))
        return found

    def _proposed(self, values: Values) -> Begun:
        kind, period = PayrollKind(values["kind"]), Period.parse(values["period"])
        return proposed(self._desk, kind, values["project_id"], period), []


class CopyForm(Form):
    """The period an earlier sheet is copied for; ``saved`` carries the run and how it differs."""

    def __init__(self, desk: Desk, payroll: Payroll) -> None:
        def copy(values: Values, _reason: str) -> Begun:
            return copied(desk, payroll.id, Period.parse(values["period"]))

        def check(values: Values) -> Sequence[Finding]:
            return [] if values["period"] else [Finding("form.missing", "请选期间。", "period")]

        before = Period.parse(payroll.period)
        offered = periods(payroll.kind, desk.clock.now().date())
        later = [period for period in reversed(offered) if period.first > before.last]
        super().__init__(
            [
                f"照“{payroll.title}”做另一期",
                ChoiceField(
                    "period", "哪一期", [Choice(str(period), period.label) for period in offered if period != before],
                    hint="人员、标准和账号都用现在的，哪里变了会列出来",
                ),
            ],
            save=copy,
            check=check,
            verb="照着做",
            values={"period": str(later[0]) if later else None},
        )  # fmt: skip


def periods(kind: PayrollKind, today: date) -> list[Period]:
    """Return the periods a kind may be paid for, the latest first: months, quarters, or both and the year."""
    months = [_month(today.year * 12 + today.month - 1 - back) for back in range(_MONTHS_BACK)]
    quarters = list(dict.fromkeys(Period.quarter_of(month.first) for month in months))[:_QUARTERS_BACK]
    if kind is PayrollKind.PERFORMANCE:
        return quarters
    if kind in MONTHLY:
        return months
    return [*months, *quarters, *dict.fromkeys(Period(month.year) for month in months)]


def _month(count: int) -> Period:
    return Period(count // 12, count % 12 + 1, 1)
