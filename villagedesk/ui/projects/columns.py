"""The list of projects as data: where its rows come from, its columns, the tones of its states."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.projects import store
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import ProjectState
from villagedesk.projects.rules import OPEN_STATES
from villagedesk.projects.store import COMMITTED
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone

S = ProjectState

TONES = {
    S.WISHED: Tone.QUIET,
    S.SHORTLISTED: Tone.QUIET,
    S.PROPOSED: Tone.ACTIVE,
    S.RESOLVED: Tone.ACTIVE,
    S.PUBLICIZED: Tone.ACTIVE,
    S.GRANTED: Tone.ACTIVE,
    S.RUNNING: Tone.PLAIN,
    S.ACCEPTED: Tone.GOOD,
    S.ASSESSED: Tone.GOOD,
    S.REJECTED: Tone.BAD,
}

PHASES: tuple[tuple[str, str, tuple[ProjectState, ...]], ...] = (
    ("all", "全部", ()),
    ("choosing", "议定", (S.WISHED, S.SHORTLISTED, S.PROPOSED)),
    ("working", "实施", (S.RESOLVED, S.PUBLICIZED, S.GRANTED, S.RUNNING)),
    ("over", "办结", (S.ACCEPTED, S.ASSESSED, S.REJECTED)),
)
"""The stretches of the way people look for: key, label, states (none: all)."""

_STATES = {key: states for key, _, states in PHASES}


class Projects:
    """The office's projects as a ListSource. ``phase`` tells which stretch is looked at."""

    def __init__(self, desk: Desk, phase: Callable[[], str]) -> None:
        self._desk, self._phase = desk, phase

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the projects that fit, in order."""
        states = _STATES[self._phase()]
        return store.project_ids(self._desk, filter_text, sort_key, descending=descending, states=states)

    def rows(self, ids: Sequence[str]) -> list[ProjectFigures]:
        """Return the projects with their sums."""
        return store.project_lines(self._desk, ids)

    def total(self, filter_text: str) -> str:
        """Return the sums of the projects that fit, in a sentence: a budget counts from its resolution on."""
        lines = self.rows(self.ids(filter_text, "", descending=False))
        resolved = sum(line.budget_fen for line in lines if line.project.state in COMMITTED)
        proposed = sum(line.budget_fen for line in lines if line.project.state in OPEN_STATES)
        waiting = f"（还没有决议的另有 {yuan(proposed)} 元）" if proposed else ""
        paid = sum(line.paid_fen for line in lines)
        return f"已决议的预算合计 {yuan(resolved)} 元{waiting}，已付 {yuan(paid)} 元"


def used(figures: ProjectFigures) -> str:
    """Return how much of the budget is paid, in whole per cent: ``"41%"``; "" without a budget."""
    budget = figures.budget_fen
    return f"{(200 * figures.paid_fen + budget) // (2 * budget)}%" if budget else ""


def _amount(fen: int) -> str:
    return yuan(fen) if fen else "—"


COLUMNS: tuple[Column[ProjectFigures], ...] = (
    Column("name", "项目", lambda line: line.project.name),
    Column("item", "子项", lambda line: line.project.item, 170, spare=True),
    Column("manager", "负责人", lambda line: line.project.manager or "—", 110, spare=True),
    Column("state", "状态", lambda line: line.project.state.label, 150, tone=lambda line: TONES[line.project.state]),
    Column("budget", "预算（元）", lambda line: _amount(line.budget_fen), 130, align="right"),
    Column("paid", "已付（元）", lambda line: _amount(line.paid_fen), 130, align="right"),
    Column("used", "用了", used, 80, align="right", sortable=False),
)
