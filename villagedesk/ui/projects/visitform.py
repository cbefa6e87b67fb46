"""The form for a visit to a project's work: whose work, by which score sheet, what was found, photos."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.projects import store, usecases
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Post, Project, ProjectState
from villagedesk.projects.scoresheets import templates
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import LongTextField, NumberField, TextField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.formlines import Part
from villagedesk.ui.kit.notes import Jump
from villagedesk.ui.projects.form import missing
from villagedesk.ui.projects.scorelines import ScoreLines
from villagedesk.village.store import profile

_QUARTERS_BACK, _MONTHS_BACK = 6, 15
_WHOLE = ""
_NO_SHEET = ""


class InspectionForm(Form):
    """A visit to a project's work; once it is accepted only the assessment is left.

    A ``subject`` and its ``period`` open it for the quarter's assessment of a post or contract, by its score sheet;
    where the profile assesses months, for the first month of the quarter that is not assessed.
    """

    def __init__(
        self,
        desk: Desk,
        project: Project,
        subject: Post | Contract | None = None,
        period: Period | None = None,
        *,
        jump: Jump | None = None,
    ) -> None:
        self._desk, self._project = desk, project
        self._rule = profile(desk).works.assessment
        self._posts = store.posts_of(desk, project.id)
        self._contracts = store.contracts_of(desk, project.id)
        is_over = project.state in (ProjectState.ACCEPTED, ProjectState.ASSESSED)
        self._kinds = [kind for kind in InspectionKind if not is_over or kind is InspectionKind.ASSESSMENT]
        self._lines = ScoreLines(templates())
        self._make_fields()
        super().__init__(
            self._asked(),
            save=self._store,
            check=self._findings,
            verb="登记",
            values=self._begun(subject, period),
            jump=jump,
        )
        for field in self.fields.values():
            field.edited.connect(self._arrange)
        self._arrange()
        if subject and (first := self._lines.first()):
            self.setFocusProxy(first)

    def _make_fields(self) -> None:
        kinds = [Choice(kind.value, kind.label) for kind in self._kinds]
        posts = [Choice(post.id, store.post_name(self._desk, post), "岗位") for post in self._posts]
        contracts = [Choice(one.id, f"{one.party}的合同", one.scope) for one in self._contracts]
        sheets = [Choice(one.key, one.name) for one in templates()]
        outcomes = [Choice("passed", "合格"), Choice("failed", "不合格")]
        found = (_months if self._rule.is_monthly else _quarters)(self._today())
        periods = [Choice(str(one), one.label) for one in found]
        which = "月" if self._rule.is_monthly else "季度"
        self._kind = ChoiceField("kind", "做什么", kinds)
        self._about = ChoiceField("subject", "检查谁的活", [Choice(_WHOLE, "整个项目"), *posts, *contracts])
        self._period = ChoiceField("period", f"哪个{which}的", [Choice("", f"不按{which}"), *periods])
        self._template = ChoiceField("template", "评分表", [Choice(_NO_SHEET, "不用评分表，直接写得分"), *sheets])
        self._score = NumberField("score", "得分", unit="分（0到100）")
        self._outcome = ChoiceField("outcome", "结论", outcomes)

    def _asked(self) -> list[Part]:
        return [
            (self._kind, DateField("inspected_on", "日期", today=self._today)),
            (self._about, self._period),
            self._template,
            *self._lines.rows(),
            self._lines.total,
            (self._score, self._outcome),
            TextField("inspectors", "检查人", sample="姓名用顿号分开", hint="承包人和管护员不能检查自己的活"),
            LongTextField("note", "说明", optional=True, lines=3, hint="不合格的，写明哪里不合格、何时整改"),
            FilesField("photos", "照片", optional=True, hint="拍下看到的，和记录存在一起"),
        ]

    def _begun(self, subject: Post | Contract | None, period: Period | None) -> Values:
        sheet = {Post: "caretaker", Contract: "upkeep"}[type(subject)] if subject else _NO_SHEET
        if subject and period and self._rule.is_monthly:
            sheet = self._rule.sheet
            period = store.next_month(self._desk, subject, period) if period.months == 3 else period
        return {
            "kind": (InspectionKind.ASSESSMENT if subject else self._kinds[0]).value,
            "inspected_on": self._today(),
            "outcome": "passed",
            "subject": subject.id if subject else _WHOLE,
            "period": str(period) if period else "",
            "template": sheet,
            "inspectors": self._looked_last(),
        }

    def _looked_last(self) -> str:
        """Return who looked at the project the last time: mostly the same people come again."""
        found = store.inspections_of(self._desk, self._project.id)
        return found[-1].inspectors if found else ""

    def _arrange(self) -> None:
        """Show what the choices ask for, and what the sheet comes to now."""
        values = self.values()
        self._period.setVisible(values["kind"] == InspectionKind.ASSESSMENT.value)
        self._about.setVisible(bool(self._posts or self._contracts))
        self._lines.show_sheet(values["template"] or _NO_SHEET)
        has_sheet = bool(values["template"])
        self._score.setVisible(not has_sheet)
        self._outcome.setVisible(not has_sheet)
        rule = store.bands_of(self._desk, store.bands_key(self._desk, self._typed(values)))
        self._lines.tell(values, rule)

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Inspection:
        score, about, kind = values["score"], values["subject"] or "", InspectionKind(values["kind"])
        is_post = about in {post.id for post in self._posts}
        return Inspection(
            project_id=self._project.id,
            kind=kind,
            inspected_on=values["inspected_on"] or self._today(),
            score=-1 if score is None else score,
            is_passed=values["outcome"] == "passed",
            inspectors=values["inspectors"],
            note=values["note"],
            post_id=about if is_post else None,
            contract_id=about if about and not is_post else None,
            period=(values["period"] or "") if kind is InspectionKind.ASSESSMENT else "",
            template=values["template"] or "",
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, inspected_on="日期"):
            return empty
        marks = self._lines.marks(values)
        visit = usecases.with_score(self._typed(values), marks)
        found = usecases.visit_findings(self._desk, visit, marks)
        return [replace(one, field=self._lines.place_of(one.field)) for one in found]

    def _store(self, values: Values, reason: str) -> Inspection:
        return usecases.record_inspection(
            self._desk, self._typed(values), self._lines.marks(values), values["photos"], reason
        )


def _months(today: date) -> list[Period]:
    """Return the month of today and those before it, newest first."""
    counts = (today.year * 12 + today.month - 1 - back for back in range(_MONTHS_BACK))
    return [Period(count // 12, count % 12 + 1, 1) for count in counts]


def _quarters(today: date) -> list[Period]:
    """Return the quarter of today and those before it, newest first."""
    found, quarter = [], Period.quarter_of(today)
    for _ in range(_QUARTERS_BACK):
        found.append(quarter)
        quarter = Period.quarter_of(
            date(quarter.year - (quarter.first_month == 1), (quarter.first_month - 2) % 12 + 1, 1)
        )
    return found
