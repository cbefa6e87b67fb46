"""The forms about a project's own course: its facts, and a step on its way."""

from collections.abc import Sequence
from dataclasses import replace

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.projects import rules, store, usecases
from villagedesk.projects.catalogue import CLASSES, class_name, code_of
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, CheckField, Field, LongTextField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Jump
from villagedesk.village.store import fund_balances

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
_FIELD_OF = {"has_other_money": "has_no_other_money", "class_code": "item"}
"""Where a finding is shown whose field the form words otherwise."""


def missing(values: Values, **labels: str) -> list[Finding]:
    """Return a finding for each named field that is empty; ``labels`` are their names as people read them."""
    return [Finding("form.missing", f"请填{label}。", name) for name, label in labels.items() if values[name] is None]


class ProjectForm(Form):
    """A project's facts: a new one for the first list, or one to revise."""

    def __init__(self, desk: Desk, project: Project | None = None, *, jump: Jump | None = None) -> None:
        self._desk, self._project = desk, project
        self._year = project.year if project else desk.clock.now().year
        super().__init__(
            self._wishes_and_facts() if project is None else self._facts(),
            save=self._store,
            check=self._findings,
            verb="保存修改" if project else "列入初选",
            values=_values(project) if project else _fresh(desk),
            jump=jump,
        )

    def _facts(self) -> list[Field | tuple[Field, ...]]:
        items = [
            Choice(item, item, class_name(service.code), service.code) for service in CLASSES for item in service.items
        ]
        funds = [
            Choice(balance.fund.id, f"{balance.fund.source}（{balance.fund.owner}）", f"{balance.fund.year}年")
            for balance in fund_balances(self._desk, year=self._year)
        ]
        self._name = TextField("name", "项目名称", sample="如：村内道路破损修补")
        return [
            (self._name, ChoiceField("item", "子项", items, hint="类别跟着子项走")),
            (TextField("place", "实施地点", optional=True), TextField("manager", "项目负责人", optional=True)),
            (
                AmountField("budget_fen", "预算", optional=True),
                ChoiceField("fund_id", "资金来源", funds, optional=True),
            ),
            CheckField("has_no_other_money", "没有其他资金来源"),
            CheckField("is_necessary", "必须发生"),
        ]

    def _wishes_and_facts(self) -> list[Field | tuple[Field, ...]]:
        facts = self._facts()
        wishes = _wishes(self._desk, self._year)
        if wishes:
            wish = ChoiceField("wish", "从村民意愿里选", wishes, optional=True)
            wish.edited.connect(lambda: self._name.set_value(wish.value()))
            facts.insert(0, wish)
        return [*facts, DateField("taken_on", "初选日期", today=today_of(self._desk))]

    def _typed(self, values: Values) -> Project:
        item = values["item"] or ""
        return replace(
            self._project or Project(year=self._year, name="", class_code="", item=""),
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

    def _findings(self, values: Values) -> list[Finding]:
        found = usecases.facts_findings(self._desk, self._typed(values))
        return [replace(one, field=_FIELD_OF.get(one.field, one.field)) for one in found]

    def _store(self, values: Values, reason: str) -> Project:
        if self._project:
            return usecases.revise(self._desk, self._typed(values), reason)
        return usecases.shortlist(self._desk, self._typed(values), values["taken_on"], reason=reason)


class StepForm(Form):
    """What takes a project to ``state``: the day, a note, the paper."""

    def __init__(self, desk: Desk, project: Project, state: ProjectState, *, jump: Jump | None = None) -> None:
        self._desk, self._project, self._state = desk, project, state
        papers = "、".join(rules.PAPERS[state])
        super().__init__(
            [
                DateField("taken_on", _DAYS.get(state, "日期"), today=today_of(desk)),
                LongTextField("note", "说明", optional=True, lines=3),
                FileField("paper", "资料", optional=True, hint=f"这一步要留：{papers}。可以拍照或扫描后附上。"),
            ],
            save=self._take,
            check=self._findings,
            verb=VERBS[state],
            values={"taken_on": desk.clock.now().date()},
            jump=jump,
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, taken_on="日期"):
            return empty
        day, note, has_paper = values["taken_on"], values["note"], values["paper"] is not None
        found = usecases.step_findings(self._desk, self._project.id, self._state, day, note, has_paper=has_paper)
        return [one for one in found if one.severity is Severity.BLOCK or not note]

    def _take(self, values: Values, reason: str) -> Project:
        note = "；".join(part for part in (values["note"], reason) if part)
        return usecases.take_step(self._desk, self._project.id, self._state, values["taken_on"], note, values["paper"])


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
