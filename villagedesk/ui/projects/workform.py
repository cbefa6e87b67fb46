"""The form for a contract that was signed for a project's work."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.projects import usecases
from villagedesk.projects.model import Contract, ContractKind, Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, Field, NumberField, TextField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.projects.form import missing
from villagedesk.village.store import profile

PAY_CYCLES = ("按月", "按季", "一次性", "按进度")


class ContractForm(Form):
    """A contract that was signed for a project."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk, self._project = desk, project
        today = self._today()
        super().__init__(
            self._asked(),
            save=lambda values, reason: usecases.sign_contract(desk, self._typed(values), reason, values["photos"]),
            check=self._findings,
            verb="登记合同",
            values={
                "kind": ContractKind.WORKS.value,
                "signed_on": today,
                "first_day": today,
                "last_day": date(today.year, 12, 31),
                "cycles": 1,
                "bands": "",
            },
        )

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        kinds = [Choice(kind.value, f"{kind.label}合同") for kind in ContractKind]
        cycles = [Choice(word, word) for word in PAY_CYCLES]
        bands = [Choice(rule.key, rule.name, rule.label) for rule in profile(self._desk).works.bands.values()]
        return [
            (ChoiceField("kind", "类型", kinds), TextField("party", "承包人或管护员", sample="单位名称或姓名")),
            TextField("scope", "工作范围", sample="做什么、在哪里、多少"),
            TextField("standard", "标准", optional=True, sample="做到什么程度算合格"),
            (AmountField("amount_fen", "合同金额"), ChoiceField("pay_cycle", "付款方式", cycles)),
            (
                NumberField("cycles", "分几期付", unit="期", hint="每期一样多，除不尽的并入最后一期"),
                ChoiceField("bands", "每期按检查得分怎么付", [Choice("", "全额，不看得分"), *bands]),
            ),
            TextField("deductions", "扣款约定", optional=True, sample="如：设施损坏未修每处扣50元"),
            DateField("signed_on", "签订日期", today=self._today),
            (DateField("first_day", "起日", today=self._today), DateField("last_day", "止日", today=self._today)),
            FilesField("photos", "合同照片", optional=True, hint="把签好的合同一页页拍下来，付款时就能对着看"),
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
            cycles=1 if values["cycles"] is None else values["cycles"],
            bands=values["bands"] or "",
            deductions=values["deductions"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, signed_on="签订日期", first_day="起日", last_day="止日"):
            return empty
        return usecases.contract_findings(self._desk, self._typed(values))
