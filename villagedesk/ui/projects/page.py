"""项目: every work of the village with where it stands, and what is to be done with it next."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction

from villagedesk.projects import papers, rules, store, usecases
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import Project, ProjectState
from villagedesk.ui.kit.buttons import Segments, action
from villagedesk.ui.kit.doing import show_sheet, signed_in, take_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.projects.columns import COLUMNS, PHASES, Projects
from villagedesk.ui.projects.form import VERBS, ProjectForm, StepForm
from villagedesk.ui.projects.levyform import LevyForm, WorkedForm
from villagedesk.ui.projects.record import ProjectRecord
from villagedesk.ui.projects.surveyform import SurveyForm
from villagedesk.ui.projects.uses import BudgetUses
from villagedesk.ui.projects.visitform import InspectionForm
from villagedesk.ui.projects.wishes import WishRanking
from villagedesk.ui.projects.workactions import WorkActions
from villagedesk.ui.projects.workform import ContractForm
from villagedesk.ui.projects.yearviews import YearViews

S = ProjectState

_LEVIED = frozenset({S.RESOLVED, S.PUBLICIZED, S.GRANTED, S.RUNNING})
"""While a project stands here villagers may resolve to give for it."""


class ProjectsPage(ListPage[ProjectFigures]):
    """The list of projects; a project's record; the forms about it."""

    title = "项目"
    tables = frozenset(
        {
            "projects",
            "steps",
            "contracts",
            "inspections",
            "surveys",
            "wishes",
            "vouchers",
            "funds",
            "motion_projects",
            "levies",
            "posts",
            "marks",
            "evaluations",
            "budget_changes",
            "claims",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._years = YearViews(self)
        self._phases = Segments([(key, label) for key, label, _ in PHASES], "按进度筛选")
        self._source = source = Projects(context.desk, self._phases.key)
        listing = Listing[ProjectFigures](
            COLUMNS,
            source,
            Texts(
                "项目",
                "个",
                "找名称、子项、地点、负责人",
                Empty(
                    "这里还没有项目",
                    "先导入逐户收集的意愿表，再从中选出项目列入初选。",
                    "project",
                    "新增项目",
                    self.new,
                ),
            ),
            total=source.total,
        )
        listing.add_to_bar(self._phases)
        self._phases.picked.connect(lambda _key: listing.reload())
        self.show_list(listing, self._list_actions())

    @property
    def year(self) -> int:
        """The year new projects and wishes are for."""
        return self.context.desk.clock.now().year

    def show_record(self, record_id: str) -> None:
        """Lay a project's record over the list."""
        record = ProjectRecord(self.context.desk, record_id, self._show_visit)
        self.show_over(record.project.name, record, self._record_actions(record.project))

    def new(self) -> None:
        """Put a new project on the first list."""
        self.fill("新增项目", lambda: ProjectForm(self.context.desk, jump=self.jump))

    def import_wishes(self) -> None:
        """Take in the wishes of a year."""
        year = self.year
        take_in(
            self,
            "导入意愿表",
            lambda desk, path, progress: usecases.import_wishes(desk, path, year, progress),
            lambda heard: f"导入完：{heard}户的意愿。{self._coverage(year)}",
        )

    def show_wishes(self) -> None:
        """Show what households wish, most wished first."""
        desk, year = self.context.desk, self.year
        ranking = WishRanking(store.wish_ranking(desk, year), store.coverage(desk, year), year)
        paper = action(
            self,
            "打印汇总表",
            lambda: show_sheet(self, f"{year}年意见收集汇总表", lambda: papers.wish_sheet(desk, year)),
            icon="print",
            shortcut="Ctrl+P",
        )
        self.show_over(f"{year}年村民意愿", ranking, [paper])

    def show_uses(self) -> None:
        """Show how much is used of the budgets of the projects that the list shows."""
        found = self._source.ids(self.list.filter.text().strip(), "", descending=False)
        self.show_over("预算使用", BudgetUses(self._source.rows(found)))

    def look_at(self, record: str) -> None:
        """Show a record that another page pointed at; ``budget`` and ``ranking`` are the year's."""
        named = {"budget": self._years.show_budget, "ranking": self._years.show_ranking}
        if record in named:
            named[record]()
        else:
            super().look_at(record)

    def jump(self, place: str) -> None:
        """Go where a finding can be put right."""
        page, _, record = place.partition(":")
        if page == "projects":
            self.open(record)
        else:
            self.context.go(page, record)

    def _show_visit(self, inspection_id: str) -> None:
        show_sheet(self, "评分表", lambda: papers.score_sheet(self.context.desk, inspection_id))

    def _coverage(self, year: int) -> str:
        share = store.coverage(self.context.desk, year)
        return f"全村{share.households}户，已征求{share.heard}户，占{share.percent}。"

    def fill(self, title: str, make: Callable[[], Form]) -> None:
        """Lay a form over the page; what it saved is shown as a record afterwards."""
        if not signed_in(self.context):
            return
        form = make()
        shown = self.shown
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda saved: self.open(shown or saved.id))
        self.show_over(title, form, may_leave=form.may_leave)

    def _list_actions(self) -> list[QAction]:
        desk = self.context.desk

        def shortlist() -> None:
            year = self.year
            show_sheet(self, f"{year}年项目初选表", lambda: papers.shortlist_sheet(desk, year))

        return [
            action(self, "打印初选表", shortlist, icon="print", shortcut="Ctrl+P"),
            action(self, "导入意愿表", self.import_wishes, icon="receive"),
            action(self, "村民意愿", self.show_wishes, icon="people"),
            action(self, "预算使用", self.show_uses, icon="chart", hint="看各项目的预算用了多少"),
            *self._years.actions(),
            action(self, "新增项目", self.new, icon="plus", shortcut="Ctrl+N", kind="primary"),
        ]

    def _record_actions(self, project: Project) -> list[QAction]:
        desk = self.context.desk
        card = partial(show_sheet, self, f"项目卡 {project.name}", lambda: papers.project_card(desk, project.id))
        made = [action(self, "打印项目卡", card, icon="print", shortcut="Ctrl+P")]
        made += [self._step_action(project, state) for state in ProjectState if state in rules.STEPS[project.state]]
        if project.state in rules.OPEN_STATES:
            fill = partial(self.fill, f"修改：{project.name}", lambda: ProjectForm(desk, project, jump=self.jump))
            made.append(action(self, "修改", fill, icon="edit", shortcut="Ctrl+E"))
        if project.state in (S.GRANTED, S.RUNNING):
            fill = partial(self.fill, "登记合同", lambda: ContractForm(desk, project))
            made.append(action(self, "登记合同", fill, icon="seal"))
        if project.state in (S.RUNNING, S.ACCEPTED):
            fill = partial(self.fill, "登记检查验收", lambda: InspectionForm(desk, project, jump=self.jump))
            made.append(action(self, "登记检查", fill, icon="check-circle"))
        made += WorkActions(self, project).actions()
        if project.state in _LEVIED:
            made += self._levy_actions(project)
        if project.state in (S.RUNNING, S.ACCEPTED, S.ASSESSED):
            fill = partial(self.fill, "登记满意度调查", lambda: SurveyForm(desk, project))
            made.append(action(self, "满意度调查", fill, icon="people", is_rare=True))
        return made

    def _levy_actions(self, project: Project) -> list[QAction]:
        desk = self.context.desk
        levy = store.levy_of(desk, project.id)
        if levy is None:
            fill = partial(self.fill, f"登记筹资筹劳：{project.name}", lambda: LevyForm(desk, project))
            return [action(self, "登记筹资筹劳", fill, icon="people", is_rare=True)]
        if not levy.planned_days:
            return []
        fill = partial(self.fill, f"登记出工：{project.name}", lambda: WorkedForm(desk, levy))
        return [action(self, "登记出工", fill, icon="people", is_rare=True)]

    def _step_action(self, project: Project, state: ProjectState) -> QAction:
        if state is S.RESOLVED:
            go = partial(self.context.go, "deliberation", "")
            return action(self, "去登记会议", go, icon="meeting", kind="primary")
        is_back = state in (S.REJECTED, S.SHORTLISTED)
        fill = partial(
            self.fill,
            f"{VERBS[state]}：{project.name}",
            lambda: StepForm(self.context.desk, project, state, jump=self.jump),
        )
        kind = "danger" if state is S.REJECTED else "" if is_back else "primary"
        icon = "close" if state is S.REJECTED else "undo" if is_back else "forward"
        return action(self, VERBS[state], fill, icon=icon, kind=kind)
