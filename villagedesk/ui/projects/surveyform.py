"""The form for a survey: how many villagers were asked about a work, and how many said 好, 中, 差."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, usecases
from villagedesk.projects.model import Project, Survey
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import Field, LongTextField, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.projects.form import missing


class SurveyForm(Form):
    """How content villagers are with a project's work."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk, self._project = desk, project
        super().__init__(
            self._asked(),
            save=lambda values, _reason: usecases.record_survey(desk, self._typed(values)),
            check=self._findings,
            verb="登记",
            values={"held_on": self._today()},
        )

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        answers = (
            NumberField("good", "评“好”", unit="人"),
            NumberField("fair", "评“中”", unit="人"),
            NumberField("poor", "评“差”", unit="人"),
        )
        return [
            (
                TextField("way", "怎样调查的", sample="逐户走访、发问卷……"),
                DateField("held_on", "日期", today=self._today),
            ),
            NumberField("asked", "调查人数", unit="人", hint="好、中、差加起来可以少于它，其余的算没表态"),
            answers,
            LongTextField("note", "村民的主要意见", optional=True, lines=3, hint="会印在公示上，不要写姓名和电话"),
        ]

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Survey:
        return Survey(
            project_id=self._project.id,
            held_on=values["held_on"],
            way=values["way"],
            asked=values["asked"] or 0,
            good=values["good"] or 0,
            fair=values["fair"] or 0,
            poor=values["poor"] or 0,
            note=values["note"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, held_on="日期"):
            return empty
        return list(rules.may_survey(self._project, self._typed(values), self._today()))
