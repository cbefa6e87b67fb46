"""The year's budget as plain figures: by project and class, each version, and what is used of the one in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from villagedesk.kernel.money import yuan
from villagedesk.projects.bands import times
from villagedesk.projects.catalogue import CLASSES
from villagedesk.projects.model import BudgetChange, BudgetLine, Project
from villagedesk.projects.sources import Source
from villagedesk.village.model import Fund
from villagedesk.village.workrules import AllocationRule, in_percent


@dataclass(frozen=True, slots=True)
class Resolved:
    """A passed or rejected motion as a budget change rests on it; ``meeting`` names the meeting and its number."""

    motion_id: str
    subject: str
    meeting: str
    held_on: date
    is_passed: bool
    is_resolving: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A budget change with its lines and the motion it rests on."""

    change: BudgetChange
    lines: tuple[BudgetLine, ...]
    motion: Resolved

    @property
    def label(self) -> str:
        """第1次调整."""
        return f"第{self.change.number}次调整"

    def of(self, project_id: str) -> int:
        """Return by how much the version changes a project's budget, in fen."""
        return sum(line.change_fen for line in self.lines if line.project_id == project_id)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A project's budget in fen: as resolved, each change in order, and what is used of the one in force.

    ``contracted_fen`` is signed, ``reviewing_fen`` is in claims under way, ``paid_fen`` is paid.
    """

    project: Project
    fund: Fund | None
    changes_fen: tuple[int, ...]
    contracted_fen: int
    reviewing_fen: int
    paid_fen: int

    @property
    def resolved_fen(self) -> int:
        """The budget as resolved: version 0."""
        return self.project.budget_fen

    @property
    def changed_fen(self) -> int:
        """All changes together."""
        return sum(self.changes_fen)

    @property
    def in_force_fen(self) -> int:
        """The budget in force."""
        return self.resolved_fen + self.changed_fen

    @property
    def used_fen(self) -> int:
        """What is paid or spoken for by claims under way."""
        return self.reviewing_fen + self.paid_fen

    @property
    def left_fen(self) -> int:
        """What may still be claimed."""
        return self.in_force_fen - self.used_fen

    @property
    def floor_fen(self) -> int:
        """Below what the budget cannot go: what is signed, or what is paid and claimed, whichever is more."""
        return max(self.contracted_fen, self.used_fen)


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget: its rows in the order of the projects, its versions after the one resolved, and its money."""

    year: int
    rows: tuple[BudgetRow, ...]
    versions: tuple[Version, ...]
    sources: tuple[Source, ...] = ()

    def row(self, project_id: str) -> BudgetRow | None:
        """Return a project's row, None when it is not in the budget."""
        return next((row for row in self.rows if row.project.id == project_id), None)

    def source(self, fund_id: str) -> Source | None:
        """Return a fund of the year with what it began with, None when it is none of them."""
        return next((source for source in self.sources if source.fund.id == fund_id), None)

    def arranged(self) -> list[tuple[Source, "Sums"]]:
        """Return every fund of the year with the sums of its projects, those without projects too."""
        return [
            (source, sums([row for row in self.rows if row.fund and row.fund.id == source.fund.id]))
            for source in self.sources
        ]

    def by_class(self) -> list[tuple[str, "Sums"]]:
        """Return the sums of each class that has projects, the classes in the order of the catalogue."""
        found = [
            (service.name, [row for row in self.rows if row.project.class_code == service.code]) for service in CLASSES
        ]
        return [(name, sums(rows)) for name, rows in found if rows]

    def by_fund(self) -> list[tuple[Fund | None, "Sums"]]:
        """Return the sums of each fund's projects, in the order the projects name them."""
        funds = list(dict.fromkeys(row.fund.id if row.fund else "" for row in self.rows))
        groups = [[row for row in self.rows if (row.fund.id if row.fund else "") == fund_id] for fund_id in funds]
        return [(rows[0].fund, sums(rows)) for rows in groups]


@dataclass(frozen=True, slots=True)
class Sums:
    """The columns of budget rows added up, in fen."""

    projects: int
    resolved_fen: int
    changes_fen: tuple[int, ...]
    in_force_fen: int
    contracted_fen: int
    reviewing_fen: int
    paid_fen: int
    left_fen: int


def money_of(source: Source, spent: Sums) -> tuple[int, ...]:
    """Return a fund's money in fen: begun, planned, available, arranged, claimed, paid, left to claim, not arranged."""
    return (
        source.begun_fen, source.fund.planned_fen, source.available_fen, spent.in_force_fen, spent.reviewing_fen,
        spent.paid_fen, spent.left_fen, source.available_fen - spent.in_force_fen,
    )  # fmt: skip


def sums(rows: Sequence[BudgetRow]) -> Sums:
    """Return the columns of rows added up; no rows add up to nothing."""
    return Sums(
        projects=len(rows),
        resolved_fen=sum(row.resolved_fen for row in rows),
        changes_fen=tuple(map(sum, zip(*(row.changes_fen for row in rows), strict=True))),
        in_force_fen=sum(row.in_force_fen for row in rows),
        contracted_fen=sum(row.contracted_fen for row in rows),
        reviewing_fen=sum(row.reviewing_fen for row in rows),
        paid_fen=sum(row.paid_fen for row in rows),
        left_fen=sum(row.left_fen for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a project is proposed for next year: last year's budget times the factor of its evaluation's band.

    ``score`` is in tenths of a point, None when the year was not evaluated.
    """

    project: Project
    base_fen: int
    score: int | None
    band: str
    factor: Fraction
    proposed_fen: int
    arithmetic: str


def proposals(rows: Iterable[BudgetRow], scores: dict[str, int], rule: AllocationRule) -> list[Proposal]:
    """Return what each project is proposed for the next year. ``scores`` are the year's, in tenths, by project."""
    return [_proposal(row, scores.get(row.project.id), rule) for row in rows]


def points(tenths: int) -> str:
    """Return tenths of a point as people write them: ``"87.5"``, ``"90"``."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _proposal(row: BudgetRow, score: int | None, rule: AllocationRule) -> Proposal:
    band = rule.band(score) if score is not None else None
    factor, name = (band.ratio, band.name) if band else (rule.unscored, "没有考评")
    proposed = times(row.in_force_fen, factor)
    told = f"{points(score)}分，{name}" if score is not None else name
    words = f"{told}，系数{in_percent(factor)}：{yuan(row.in_force_fen)}元×{in_percent(factor)}＝{yuan(proposed)}元"
    return Proposal(row.project, row.in_force_fen, score, name, factor, proposed, words)
