"""What the page of projects shows of a whole year: its budget with versions, its ranking, blank score sheets."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from villagedesk.projects import papers, store, usecases
from villagedesk.projects.scoresheets import template_named, templates
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.choicefield import Choice
from villagedesk.ui.kit.dialogs import ask_which
from villagedesk.ui.kit.doing import show_sheet, signed_in
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.text import label
from villagedesk.ui.projects.budgetform import BudgetChangeForm
from villagedesk.ui.projects.budgetview import BudgetView
from villagedesk.ui.projects.rankingview import Line, RankingView
from villagedesk.village.store import profile

if TYPE_CHECKING:
    from villagedesk.ui.projects.page import ProjectsPage


class YearViews:
    """The year's budget and ranking, laid over the page of projects, with their actions."""

    def __init__(self, page: "ProjectsPage") -> None:
        self._page, self._desk = page, page.context.desk

    def actions(self) -> list[QAction]:
        """Return the ways in from the list of projects."""
        blank = "打印没有填的评分表，带到现场填"
        return [
            action(self._page, "年度预算", self.show_budget, icon="yuan", hint="各项目的预算、调整、用了多少"),
            action(self._page, "年度考评", self.show_ranking, icon="star", hint="各项目、合同、岗位的得分和排名"),
            action(self._page, "空白评分表", self._ask_blank, icon="document", hint=blank, is_rare=True),
        ]

    def show_budget(self, year: int | None = None) -> None:
        """Show a year's budget (default: the newest that has one)."""
        desk, page = self._desk, self._page
        years = store.budget_years(desk)
        shown = year or (years[0] if years else page.year)
        paper = partial(show_sheet, page, f"{shown}年度支出预算表", lambda: papers.budget_sheet(desk, shown))
        advice = partial(show_sheet, page, f"{shown + 1}年分配建议表", lambda: papers.proposal_sheet(desk, shown))
        view = BudgetView(
            store.budget_of(desk, shown),
            papers.proposals_of(desk, shown),
            profile(desk).works.allocation,
            print_proposal=advice,
        )
        actions = [
            action(page, "打印预算表", paper, icon="print", shortcut="Ctrl+P"),
            *(
                action(page, f"{other}年", partial(self._again_budget, other), icon="calendar")
                for other in years
                if other != shown
            ),
            action(page, "调整预算", partial(self._change, shown), icon="edit", kind="primary"),
        ]
        page.show_over(f"{shown}年度支出预算", view, actions)

    def show_ranking(self, year: int | None = None) -> None:
        """Show a year's scores and ranking: as they are kept, else as they stand now."""
        desk, page = self._desk, self._page
        shown = year or page.year
        kept = store.evaluations_of(desk, shown)
        names = {subject.id: subject.name for subject in store.subjects_of(desk, shown)}
        lines: list[Line] = [
            (one.subject_table, names.get(one.subject_id, ""), one.score, one.place, one.arithmetic) for one in kept
        ] or [
            (score.subject.table, score.subject.name, score.tenths, score.place, score.arithmetic)
            for score in usecases.year_scores(desk, shown)
        ]
        missing = [one for one in usecases.evaluation_findings(desk, shown) if one.place]
        view = RankingView(shown, lines, profile(desk).works.evaluation, missing, page.jump, is_kept=bool(kept))
        paper = partial(show_sheet, page, f"{shown}年度考评排名表", lambda: papers.ranking_sheet(desk, shown))
        actions = [action(page, f"{shown - 1}年", partial(self._again_ranking, shown - 1), icon="calendar")]
        if kept:
            actions.append(action(page, "打印排名表", paper, icon="print", shortcut="Ctrl+P"))
        else:
            actions.append(action(page, "登记考评", partial(self._evaluate, shown), icon="check", kind="primary"))
        page.show_over(f"{shown}年度考评", view, actions)

    def _again_budget(self, year: int) -> None:
        self._page.back(ask=False)
        self.show_budget(year)

    def _again_ranking(self, year: int) -> None:
        self._page.back(ask=False)
        self.show_ranking(year)

    def _change(self, year: int) -> None:
        make = partial(BudgetChangeForm, self._desk, year, jump=self._page.jump)
        self._lay(f"调整{year}年度支出预算", make, partial(self._again_budget, year))

    def _evaluate(self, year: int) -> None:
        desk = self._desk
        words = f"登记{year}年的得分和排名。登记以后不能再改，下年的分配建议按它算。"

        def make() -> Form:
            return Form(
                [label(words, wrap=True)],
                save=lambda _values, reason: usecases.evaluate_year(desk, year, reason),
                check=lambda _values: usecases.evaluation_findings(desk, year),
                verb="登记考评",
                jump=self._page.jump,
            )

        self._lay(f"登记{year}年度考评", make, partial(self._again_ranking, year))

    def _lay(self, title: str, make: Callable[[], Form], again: Callable[[], None]) -> None:
        """Lay a form over a year's view; when it has saved, the view is shown anew."""
        page = self._page
        if not signed_in(page.context):
            return
        form = make()

        def saved(_stored: object) -> None:
            page.back(ask=False)
            again()

        form.left.connect(lambda: page.back(ask=False))
        form.saved.connect(saved)
        page.show_over(title, form, may_leave=form.may_leave, about="")

    def _ask_blank(self) -> None:
        choices = [Choice(template.key, template.name) for template in templates()]
        chosen = ask_which(self._page, "空白评分表", "打印哪一种？带到现场填，填好再登记。", choices)
        template = template_named(str(chosen)) if chosen else None
        if template is None:
            return
        show_sheet(self._page, template.name, lambda: papers.blank_score_sheet(self._desk, template))
