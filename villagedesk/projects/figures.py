"""Figures that come with projects and wishes: what a list or a sheet shows beside the records."""

from dataclasses import dataclass
from datetime import date

from villagedesk.projects.model import Project
from villagedesk.village.model import Fund


@dataclass(frozen=True, slots=True)
class WishCount:
    """How many households wish an item first, second and third; ``last_day`` is when the last of them signed."""

    item: str
    first: int
    second: int
    third: int
    last_day: date

    @property
    def households(self) -> int:
        """How many households wish it at all."""
        return self.first + self.second + self.third


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the village's households were heard."""

    heard: int
    households: int

    @property
    def percent(self) -> str:
        """The share with one decimal, rounded half up in whole numbers: 168 of 180 → ``"93.3%"``."""
        if not self.households:
            return "0.0%"
        tenths = (2000 * self.heard + self.households) // (2 * self.households)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """A project with its sums in fen: paid out, contracted, and by how much its budget was changed since resolved."""

    project: Project
    paid_fen: int
    contracted_fen: int
    changed_fen: int = 0

    @property
    def budget_fen(self) -> int:
        """The budget in force: as resolved, with all changes."""
        return self.project.budget_fen + self.changed_fen

    @property
    def left_fen(self) -> int:
        """What of the budget in force is not paid out."""
        return self.budget_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the books show about a project on the day of a step.

    ``last_step`` is the day of its last step, ``committed_fen`` the budgets of the other projects of its fund that
    are resolved or further, ``begun_fen`` what was carried to the fund from the year before or it began with.
    """

    today: date
    last_step: date | None = None
    has_motion: bool = False
    has_contract: bool = False
    is_accepted: bool = False
    is_assessed: bool = False
    fund: Fund | None = None
    committed_fen: int = 0
    begun_fen: int = 0
