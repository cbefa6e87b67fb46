"""A project to read: what it is, where it stands, what comes next, what was paid, signed and inspected."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects import rules, store
from villagedesk.projects.catalogue import class_name
from villagedesk.projects.charts import Use, budget_chart, satisfaction_chart
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import Inspection, InspectionKind, Levy, ProjectState, Survey
from villagedesk.projects.model import Step as Taken
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.projects import worktables
from villagedesk.ui.projects.columns import TONES
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.model import Fund
from villagedesk.village.store import officer_name

S = ProjectState

_NEXT = {
    S.SHORTLISTED: "“两委”商议后，登记提议。要有预算和资金来源。",
    S.PROPOSED: "召开村民（代表）会议表决，到“议事”里登记会议。",
    S.RESOLVED: "张榜公示，贴出公示表，拍照留存。",
    S.PUBLICIZED: "公示期满没有异议，报乡镇批复。",
    S.GRANTED: "签承包合同或管护协议，然后开始实施。",
    S.RUNNING: "适时检查、抽查，完工后组织验收。",
    S.ACCEPTED: "年底组织考核，登记考核记录。",
}


class ProjectRecord(Detail):
    """One project as a column of cards."""

    def __init__(self, desk: Desk, project_id: str, look: Callable[[str], object] | None = None) -> None:
        """``look`` shows a visit's score sheet by its id."""
        super().__init__()
        self.project_id = project_id
        figures = store.figures_of(desk, project_id)
        self.project = figures.project
        steps, visits = store.steps_of(desk, project_id), store.inspections_of(desk, project_id)
        fund = desk.get(Fund, self.project.fund_id) if self.project.fund_id else None
        contracts = store.contracts_of(desk, project_id)
        words = f"{self.project.year}年　{class_name(self.project.class_code)} · {self.project.item}"
        self.title(words, (self.project.state.label, TONES[self.project.state]))
        if self.project.state in _NEXT:
            self.callout(_next(figures, visits), title="下一步")
        self.section("钱", _Money(figures))
        self.facts(_facts(figures, fund), title="项目", across=2)
        if levy := store.levy_of(desk, project_id):
            self.facts(_levied(levy), title="一事一议筹资筹劳", across=2)
        if figures.changed_fen or store.versions_of(desk, self.project.year):
            self.section("预算调整", worktables.versions(desk, figures))
        if contracts:
            self.section("合同", worktables.contracts(desk, contracts))
        if posts := store.posts_of(desk, project_id):
            self.section("岗位", worktables.posts(desk, posts))
        if visits:
            self.section("检查验收", worktables.visits(desk, visits, look))
        if surveys := store.surveys_of(desk, project_id):
            self.section("满意度调查", _surveys(surveys))
        self.timeline(_way(desk, figures, steps))
        self.stand_beside(2 if self.project.state in _NEXT else 1)
        self.done()


class _Money(QWidget):
    """The budget with its sums, and a bar of it."""

    def __init__(self, figures: ProjectFigures) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(32))
        grid.setVerticalSpacing(gap(10))
        sums = (
            ("预算", figures.budget_fen),
            ("已签合同", figures.contracted_fen),
            ("已付", figures.paid_fen),
            ("还剩", figures.left_fen),
        )
        for column, (name, fen) in enumerate(sums):
            grid.addWidget(label(name, "label"), 0, column)
            shown = label(f"{yuan(fen)} 元", "value", selectable=True)
            shown.setAccessibleName(f"{name}：{yuan(fen)}元")
            grid.addWidget(shown, 1, column)
            grid.setColumnStretch(column, 1)
        if figures.budget_fen:
            use = Use("预算", figures.budget_fen, figures.paid_fen)
            grid.addWidget(ChartView(budget_chart(use)), 2, 0, 1, 4)


def _next(figures: ProjectFigures, visits: list[Inspection]) -> str:
    state = figures.project.state
    words = _NEXT[state]
    accepted = [visit for visit in visits if visit.kind is InspectionKind.ACCEPTANCE]
    if state is S.RUNNING and accepted:
        words = "验收合格，可以确认验收。" if accepted[-1].is_passed else "上次验收不合格，整改后再验收。"
    if state is S.ACCEPTED and any(visit.kind is InspectionKind.ASSESSMENT for visit in visits):
        words = "考核已登记，可以确认考评。"
    ahead = rules.WAY[rules.WAY.index(state) + 1]
    return f"{words}这一步要留的资料：{'、'.join(rules.PAPERS[ahead])}。"


def _facts(figures: ProjectFigures, fund: Fund | None) -> list[Fact]:
    project = figures.project
    return [
        Fact("实施地点", project.place),
        Fact("项目负责人", project.manager),
        Fact("资金来源", f"{fund.source}（{fund.owner}）" if fund else ""),
        Fact("没有其他资金来源", "不符合：有其他资金" if project.has_other_money else "符合"),
        Fact("必须发生", "符合" if project.is_necessary else "不符合：不是必须发生"),
    ]


def _levied(levy: Levy) -> list[Fact]:
    facts = [Fact("议定日期", chinese_date(levy.resolved_on)), Fact("减免", f"{levy.exempt}人" if levy.exempt else "")]
    if levy.planned_fen:
        money = f"{levy.payers}人 × {yuan(levy.fen_per_head)}元 ＝ {yuan(levy.planned_fen)}元"
        facts.append(Fact("筹资", money))
    if levy.planned_days:
        days = f"{levy.workers}人 × {levy.days_per_head}个 ＝ {levy.planned_days}个工日"
        facts += [Fact("筹劳", days), Fact("已出工", f"{levy.days_worked}个工日")]
    return [*facts, *([Fact("说明", levy.note)] if levy.note else [])]


def _way(desk: Desk, figures: ProjectFigures, taken: list[Taken]) -> list[Step]:
    steps = [_step(desk, step) for step in taken]
    state = figures.project.state
    if state in rules.WAY:
        steps += [Step(ahead.label) for ahead in rules.WAY[rules.WAY.index(state) + 1 :]]
    return steps


def _step(desk: Desk, step: Taken) -> Step:
    tone = Tone.BAD if step.state is S.REJECTED else Tone.GOOD
    who = f"{officer_name(desk, step.taken_by)}登记"
    paper = desk.value("SELECT name FROM attachments WHERE id = ?", [step.paper_id]) if step.paper_id else ""
    note = "\n".join(part for part in (step.note, f"附有资料：{paper}" if paper else "") if part)
    return Step(step.state.label, who, chinese_date(step.taken_on), tone, note)


def _surveys(surveys: list[Survey]) -> QWidget:
    rows = [
        (
            survey.held_on.isoformat(),
            survey.way,
            str(survey.asked),
            str(survey.good),
            str(survey.fair),
            str(survey.poor),
            survey.note,
        )
        for survey in surveys
    ]
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(
        ReadTable(("日期", "方式", "调查", "好", "中", "差", "主要意见"), rows, wide=(6,), amounts=(2, 3, 4, 5))
    )
    column.addWidget(ChartView(satisfaction_chart((survey.held_on.isoformat(), survey) for survey in surveys)))
    return made
