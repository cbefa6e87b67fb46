"""The forms about a project's work: a signed contract, a visit to look at it."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, store, usecases
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, Field, LongTextField, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.projects.form import missing

PAY_CYCLES = ("按月", "按季", "一次性", "按进度")


class ContractForm(Form):
    """A contract that was signed for a project."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk, self._project = desk, project
        self._figures = store.figures_of(desk, project.id)
        today = self._today()
        super().__init__(
            self._asked(),
            save=lambda values, reason: usecases.sign_contract(desk, self._typed(values), reason),
            check=self._findings,
            verb="登记合同",
            values={
                "kind": ContractKind.WORKS.value,
                "signed_on": today,
                "first_day": today,
                "last_day": date(today.year, 12, 31),
            },
        )

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        kinds = [Choice(kind.value, f"{kind.label}合同") for kind in ContractKind]
        cycles = [Choice(word, word) for word in PAY_CYCLES]
        return [
            (ChoiceField("kind", "类型", kinds), TextField("party", "承包人或管护员", sample="单位名称或姓名")),
            TextField("scope", "工作范围", sample="做什么、在哪里、多少"),
            TextField("standard", "标准", optional=True, sample="做到什么程度算合格"),
            (AmountField("amount_fen", "合同金额"), ChoiceField("pay_cycle", "付款方式", cycles)),
            DateField("signed_on", "签订日期", today=self._today),
            (DateField("first_day", "起日", today=self._today), DateField("last_day", "止日", today=self._today)),
        ]

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Contract:
        return Contract(
            project_id=self._project.id,
            kind=ContractKind(values["kind"]),
            party=values["party"],
            scope=values["scope"],
            standard=values["standard"],
            amount_fen=values["amount_fen"] or 0,
            pay_cycle=values["pay_cycle"] or "",
            signed_on=values["signed_on"],
            first_day=values["first_day"],
            last_day=values["last_day"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, signed_on="签订日期", first_day="起日", last_day="止日"):
            return empty
        figures, contract = self._figures, self._typed(values)
        found = rules.may_contract(
            figures.project, contract, figures.contracted_fen, self._today(), figures.changed_fen
        )
        return list(found)


class InspectionForm(Form):
    """A visit to a project's work; once it is accepted only the assessment is left."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk, self._project = desk, project
        self._parties = frozenset(contract.party for contract in store.contracts_of(desk, project.id))
        is_over = project.state is ProjectState.ACCEPTED
        self._kinds = [kind for kind in InspectionKind if not is_over or kind is InspectionKind.ASSESSMENT]
        super().__init__(
            self._asked(),
            save=lambda values, _reason: usecases.record_inspection(desk, self._typed(values)),
            check=self._findings,
            verb="登记",
            values={"kind": self._kinds[0].value, "inspected_on": self._today(), "outcome": "passed"},
        )

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        kinds = [Choice(kind.value, kind.label) for kind in self._kinds]
        outcomes = [Choice("passed", "合格"), Choice("failed", "不合格")]
        return [
            (ChoiceField("kind", "做什么", kinds), DateField("inspected_on", "日期", today=self._today)),
            (NumberField("score", "得分", unit="分（0到100）"), ChoiceField("outcome", "结论", outcomes)),
            TextField("inspectors", "检查人", sample="姓名用顿号分开", hint="承包人和管护员不能检查自己的活"),
            LongTextField("note", "说明", optional=True, lines=3, hint="不合格的，写明哪里不合格、何时整改"),
        ]

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Inspection:
        score = values["score"]
        return Inspection(
            project_id=self._project.id,
            kind=InspectionKind(values["kind"]),
            inspected_on=values["inspected_on"],
            score=-1 if score is None else score,
            is_passed=values["outcome"] == "passed",
            inspectors=values["inspectors"],
            note=values["note"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, inspected_on="日期"):
            return empty
        return list(rules.may_inspect(self._project, self._typed(values), self._parties, self._today()))
