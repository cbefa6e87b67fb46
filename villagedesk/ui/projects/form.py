"""The forms about a project: its facts, a step, a contract, a visit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.projects import rules, store, usecases
from villagedesk.projects.catalogue import CLASSES, class_name, code_of
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, CheckField, Field, LongTextField, NumberField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village.store import fund_balances

PAY_CYCLES = ("按月", "按季", "一次性", "按进度")

VERBS = {
    ProjectState.SHORTLISTED: "退回修改",
    ProjectState.PROPOSED: "提交两委提议",
    ProjectState.PUBLICIZED: "登记张榜公示",
    ProjectState.GRANTED: "登记乡镇批复",
    ProjectState.RUNNING: "开始实施",
    ProjectState.ACCEPTED: "确认验收",
    ProjectState.ASSESSED: "确认考评",
    ProjectState.REJECTED: "不再办理",
}
"""What each step is called on a button. 会议决议 has none: the meeting's record makes it."""

_DAYS = {
    ProjectState.PROPOSED: "提议日期",
    ProjectState.PUBLICIZED: "张榜日期",
    ProjectState.GRANTED: "批复日期",
    ProjectState.RUNNING: "开工日期",
    ProjectState.ACCEPTED: "验收日期",
    ProjectState.ASSESSED: "考评日期",
}


def project_form(desk: Desk, project: Project | None = None) -> Form:
    """Return the form of a project's facts: a new one on the first list, or one to revise."""
    year = project.year if project else desk.clock.now().year
    name = TextField("name", "项目名称", sample="如：村内道路破损修补")
    items = [
        Choice(item, item, class_name(service.code), service.code) for service in CLASSES for item in service.items
    ]
    funds = [
        Choice(balance.fund.id, f"{balance.fund.source}（{balance.fund.owner}）", f"{balance.fund.year}年")
        for balance in fund_balances(desk, year=year)
    ]
    rows: list[Field | tuple[Field, ...]] = [
        (name, ChoiceField("item", "子项", items, hint="类别跟着子项走")),
        (TextField("place", "实施地点", optional=True), TextField("manager", "项目负责人", optional=True)),
        (AmountField("budget_fen", "预算", optional=True), ChoiceField("fund_id", "资金来源", funds, optional=True)),
        CheckField("has_no_other_money", "没有其他资金来源"),
        CheckField("is_necessary", "必须发生"),
    ]
    if project is None:
        wishes = _wishes(desk, year)
        if wishes:
            wish = ChoiceField("wish", "从村民意愿里选", wishes, optional=True)
            wish.edited.connect(lambda: name.set_value(wish.value()))
            rows.insert(0, wish)
        rows.append(DateField("taken_on", "初选日期", today=_today(desk)))

    def facts(values: Values) -> Project:
        item = values["item"] or ""
        base = project or Project(year=year, name="", class_code="", item="")
        return replace(
            base,
            name=values["name"],
            class_code=code_of(item) if item else "",
            item=item,
            place=values["place"],
            manager=values["manager"],
            budget_fen=values["budget_fen"] or 0,
            fund_id=values["fund_id"],
            has_other_money=not values["has_no_other_money"],
            is_necessary=values["is_necessary"],
        )

    def save(values: Values, reason: str) -> Project:
        if project:
            return usecases.revise(desk, facts(values), reason)
        return usecases.shortlist(desk, facts(values), values["taken_on"], reason=reason)

    return Form(
        rows,
        save=save,
        check=lambda values: [_placed(finding) for finding in usecases.facts_findings(desk, facts(values))],
        verb="保存修改" if project else "列入初选",
        values=_values(project) if project else _fresh(desk),
    )


def step_form(desk: Desk, project: Project, state: ProjectState) -> Form:
    """Return the form that takes a project to ``state``."""
    papers = "、".join(rules.PAPERS[state])

    def check(values: Values) -> Sequence[Finding]:
        if values["taken_on"] is None:
            return [_asked("taken_on", "日期")]
        found = usecases.step_findings(
            desk, project.id, state, values["taken_on"], values["note"], has_paper=values["paper"] is not None
        )
        return [one for one in found if one.severity is Severity.BLOCK or not values["note"]]

    def save(values: Values, reason: str) -> Project:
        note = "；".join(part for part in (values["note"], reason) if part)
        return usecases.take_step(desk, project.id, state, values["taken_on"], note, values["paper"])

    return Form(
        [
            DateField("taken_on", _DAYS.get(state, "日期"), today=_today(desk)),
            LongTextField("note", "说明", optional=True, lines=3),
            FileField("paper", "资料", optional=True, hint=f"这一步要留：{papers}。可以拍照或扫描后附上。"),
        ],
        save=save,
        check=check,
        verb=VERBS[state],
        values={"taken_on": desk.clock.now().date()},
    )


def contract_form(desk: Desk, project: Project) -> Form:
    """Return the form of a signed contract."""
    today = desk.clock.now().date()
    contracted = store.figures_of(desk, project.id).contracted_fen

    def facts(values: Values) -> Contract:
        return Contract(
            project_id=project.id,
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

    def check(values: Values) -> Sequence[Finding]:
        missing = _missing(values, signed_on="签订日期", first_day="起日", last_day="止日")
        return missing or list(rules.may_contract(project, facts(values), contracted, today))

    return Form(
        [
            (
                ChoiceField("kind", "类型", [Choice(kind.value, f"{kind.label}合同") for kind in ContractKind]),
                TextField("party", "承包人或管护员", sample="单位名称或姓名"),
            ),
            TextField("scope", "工作范围", sample="做什么、在哪里、多少"),
            TextField("standard", "标准", optional=True, sample="做到什么程度算合格"),
            (
                AmountField("amount_fen", "合同金额"),
                ChoiceField("pay_cycle", "付款方式", [Choice(word, word) for word in PAY_CYCLES]),
            ),
            DateField("signed_on", "签订日期", today=_today(desk)),
            (
                DateField("first_day", "起日", today=_today(desk)),
                DateField("last_day", "止日", today=_today(desk)),
            ),
        ],
        save=lambda values, reason: usecases.sign_contract(desk, facts(values), reason),
        check=check,
        verb="登记合同",
        values={
            "kind": ContractKind.WORKS.value,
            "signed_on": today,
            "first_day": today,
            "last_day": date(today.year, 12, 31),
        },
    )


def inspection_form(desk: Desk, project: Project) -> Form:
    """Return the form of a visit to the work."""
    today = desk.clock.now().date()
    parties = frozenset(contract.party for contract in store.contracts_of(desk, project.id))
    is_over = project.state is ProjectState.ACCEPTED
    kinds = [kind for kind in InspectionKind if not is_over or kind is InspectionKind.ASSESSMENT]

    def facts(values: Values) -> Inspection:
        score = values["score"]
        return Inspection(
            project_id=project.id,
            kind=InspectionKind(values["kind"]),
            inspected_on=values["inspected_on"],
            score=-1 if score is None else score,
            is_passed=values["outcome"] == "passed",
            inspectors=values["inspectors"],
            note=values["note"],
        )

    def check(values: Values) -> Sequence[Finding]:
        missing = _missing(values, inspected_on="日期")
        return missing or list(rules.may_inspect(project, facts(values), parties, today))

    return Form(
        [
            (
                ChoiceField("kind", "做什么", [Choice(kind.value, kind.label) for kind in kinds]),
                DateField("inspected_on", "日期", today=_today(desk)),
            ),
            (
                NumberField("score", "得分", unit="分（0到100）"),
                ChoiceField("outcome", "结论", [Choice("passed", "合格"), Choice("failed", "不合格")]),
            ),
            TextField("inspectors", "检查人", sample="姓名用顿号分开", hint="承包人和管护员不能检查自己的活"),
            LongTextField("note", "说明", optional=True, lines=3, hint="不合格的，写明哪里不合格、何时整改"),
        ],
        save=lambda values, _reason: usecases.record_inspection(desk, facts(values)),
        check=check,
        verb="登记",
        values={"kind": kinds[0].value, "inspected_on": today, "outcome": "passed"},
    )


def _placed(finding: Finding) -> Finding:
    """Put a finding beside the field the form has for it."""
    fields = {"has_other_money": "has_no_other_money", "class_code": "item"}
    return replace(finding, field=fields.get(finding.field, finding.field))


def _wishes(desk: Desk, year: int) -> list[Choice]:
    taken = store.projects_by_name(desk, year)
    return [
        Choice(wish.item, wish.item, f"{wish.households}户提出")
        for wish in store.wish_ranking(desk, year)
        if wish.item not in taken
    ]


def _values(project: Project) -> Values:
    return {
        "name": project.name,
        "item": project.item,
        "place": project.place,
        "manager": project.manager,
        "budget_fen": project.budget_fen or None,
        "fund_id": project.fund_id,
        "has_no_other_money": not project.has_other_money,
        "is_necessary": project.is_necessary,
    }


def _fresh(desk: Desk) -> Values:
    return {"has_no_other_money": True, "is_necessary": True, "taken_on": desk.clock.now().date()}


def _today(desk: Desk) -> Callable[[], date]:
    return lambda: desk.clock.now().date()


def _missing(values: Values, **labels: str) -> list[Finding]:
    return [_asked(name, label) for name, label in labels.items() if values[name] is None]


def _asked(name: str, label: str) -> Finding:
    return Finding("form.missing", f"请填{label}。", name)
