"""The forms about 一事一议: what villagers resolved to give for a project, and the days they worked so far."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.projects import rules, usecases
from villagedesk.projects.model import Levy, Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, Field, LongTextField, NumberField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.projects.form import missing
from villagedesk.village.store import profile


class LevyForm(Form):
    """What a meeting resolved to levy for a project; it never changes again."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk, self._project = desk, project
        super().__init__(
            self._asked(),
            save=lambda values, reason: usecases.record_levy(desk, self._typed(values), reason),
            check=self._findings,
            verb="登记筹资筹劳",
            values={"resolved_on": self._today()},
        )

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        caps = profile(self._desk).levies
        return [
            DateField("resolved_on", "议定日期", today=self._today, hint="村民会议或村民代表会议通过的那一天"),
            (
                NumberField("payers", "出资人数", unit="人", optional=True),
                AmountField("fen_per_head", "每人筹资", optional=True, hint=f"每年最多{yuan(caps.most_fen)}元"),
            ),
            (
                NumberField("workers", "出工劳动力", unit="人", optional=True),
                NumberField(
                    "days_per_head", "每人工日", unit="个", optional=True, hint=f"每年最多{caps.most_days}个工日"
                ),
            ),
            NumberField("exempt", "减免人数", unit="人", optional=True, hint="只填人数，公示上不写姓名"),
            LongTextField("note", "说明", optional=True, lines=2),
        ]

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Levy:
        return Levy(
            project_id=self._project.id,
            resolved_on=values["resolved_on"],
            payers=values["payers"] or 0,
            exempt=values["exempt"] or 0,
            fen_per_head=values["fen_per_head"] or 0,
            workers=values["workers"] or 0,
            days_per_head=values["days_per_head"] or 0,
            note=values["note"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, resolved_on="议定日期"):
            return empty
        return usecases.levy_findings(self._desk, self._typed(values))


class WorkedForm(Form):
    """The days villagers worked for a project so far, all together."""

    def __init__(self, desk: Desk, levy: Levy) -> None:
        self._levy = levy
        hint = f"从头到现在一共多少。议定{levy.planned_days}个工日，上次登记到{levy.days_worked}个。"
        super().__init__(
            [NumberField("days_worked", "累计出工", unit="个工日", hint=hint)],
            save=lambda values, reason: usecases.record_levied_days(desk, levy.id, values["days_worked"], reason),
            check=self._findings,
            verb="登记出工",
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, days_worked="累计工日"):
            return empty
        return list(rules.may_count_days(self._levy, values["days_worked"]))
