"""What can be done with a project's work beside its course: posts, quarterly assessments, the papers of its end."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from villagedesk.kernel.dates import Period
from villagedesk.projects import papers, store
from villagedesk.projects.model import Contract, Post, Project, ProjectState
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.doing import show_sheet
from villagedesk.ui.projects.postform import EndPostForm, PostForm
from villagedesk.ui.projects.visitform import InspectionForm

if TYPE_CHECKING:
    from villagedesk.ui.projects.page import ProjectsPage

S = ProjectState
_WORKING = (S.GRANTED, S.RUNNING)
_JUDGED = (S.RUNNING, S.ACCEPTED, S.ASSESSED)


class WorkActions:
    """The actions of one project's record that are about its posts, their quarters, and its papers."""

    def __init__(self, page: "ProjectsPage", project: Project) -> None:
        self._page, self._project, self._desk = page, project, page.context.desk

    def actions(self) -> list[QAction]:
        """Return the actions that fit the project's state."""
        made: list[QAction] = []
        if self._project.state in _WORKING:
            made += self._posts()
        if self._project.state in _JUDGED:
            made += [*self._next_assessment(), *self._papers()]
        return made

    def _posts(self) -> list[QAction]:
        desk, project, page = self._desk, self._project, self._page
        fill = partial(page.fill, f"设岗位：{project.name}", lambda: PostForm(desk, project, jump=page.jump))
        made = [action(page, "设岗位", fill, icon="person")]
        if any(post.last_day is None for post in store.posts_of(desk, project.id)):
            fill = partial(page.fill, f"结束岗位：{project.name}", lambda: EndPostForm(desk, project))
            made.append(action(page, "结束岗位", fill, icon="close", is_rare=True))
        return made

    def _next_assessment(self) -> list[QAction]:
        """Offer the assessment that waits longest; with it recorded the next one is offered."""
        found = store.waiting_assessments(self._desk, self._project.id, self._desk.clock.now().date())
        if not found:
            return []
        subject, quarter = found[0]
        period = Period.parse(quarter)
        title = f"考核{self._named(subject)}：{period.label}"
        fill = partial(
            self._page.fill,
            title,
            lambda: InspectionForm(self._desk, self._project, subject, period, jump=self._page.jump),
        )
        rest = f"还有{len(found)}个季度没有考核，先考核{self._named(subject)}的{period.label}"
        return [action(self._page, "季度考核", fill, icon="star", hint=rest)]

    def _named(self, subject: Post | Contract) -> str:
        return store.post_name(self._desk, subject) if isinstance(subject, Post) else f"{subject.party}的合同"

    def _papers(self) -> list[QAction]:
        desk, project, page = self._desk, self._project, self._page
        accept = partial(show_sheet, page, f"验收单 {project.name}", lambda: papers.acceptance_sheet(desk, project.id))
        settle = partial(show_sheet, page, f"结算单 {project.name}", lambda: papers.settlement_sheet(desk, project.id))
        return [
            action(page, "验收单", accept, icon="document", is_rare=True),
            action(page, "结算单", settle, icon="yuan", is_rare=True),
        ]
