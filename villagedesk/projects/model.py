"""Wishes, projects with their life cycle, contracts and inspections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord


class ProjectState(StrEnum):
    """Where a project stands on its way from a wish to its assessment (domain §2)."""

    WISHED = "wished"
    SHORTLISTED = "shortlisted"
    PROPOSED = "proposed"
    RESOLVED = "resolved"
    PUBLICIZED = "publicized"
    GRANTED = "granted"
    RUNNING = "running"
    ACCEPTED = "accepted"
    ASSESSED = "assessed"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ProjectState.WISHED: "村民意愿",
    ProjectState.SHORTLISTED: "初选",
    ProjectState.PROPOSED: "两委提议",
    ProjectState.RESOLVED: "会议决议",
    ProjectState.PUBLICIZED: "张榜公示",
    ProjectState.GRANTED: "乡镇批复",
    ProjectState.RUNNING: "实施中",
    ProjectState.ACCEPTED: "已验收",
    ProjectState.ASSESSED: "已考评",
    ProjectState.REJECTED: "未通过",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(VillageRecord):
    """A household's wish: ``place`` 1–3 in its own order of preference."""

    table: ClassVar[str] = "wishes"

    household_id: str
    year: int
    place: int
    item: str
    spokesman: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(VillageRecord):
    """A work of a year: ``class_code`` is 1–4, ``item`` a sub-item of the catalogue; facts freeze at the resolution."""

    table: ClassVar[str] = "projects"

    year: int
    name: str
    class_code: str
    item: str
    place: str = ""
    manager: str = ""
    is_necessary: bool = True
    has_other_money: bool = False
    budget_fen: int = 0
    fund_id: str | None = None
    state: ProjectState = ProjectState.WISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(VillageRecord):
    """A project entered ``state``, with the paper that shows it (an attachment) where there is one."""

    table: ClassVar[str] = "steps"

    project_id: str
    state: ProjectState
    taken_on: date
    note: str = ""
    paper_id: str | None = None
    taken_by: str


class ContractKind(StrEnum):
    """Works let to a contractor, or caretaking by a person."""

    WORKS = "works"
    CARETAKING = "caretaking"

    @property
    def label(self) -> str:
        """The Chinese name of the kind."""
        return "承包" if self is ContractKind.WORKS else "管护"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(VillageRecord):
    """Who does the work, to what standard, for how much and how paid.

    The sum is paid in ``cycles`` equal parts; what is due of a part follows the profile's ``bands`` ("" = all of it).
    """

    table: ClassVar[str] = "contracts"

    project_id: str
    kind: ContractKind
    party: str
    scope: str
    standard: str
    amount_fen: int
    pay_cycle: str
    signed_on: date
    first_day: date
    last_day: date
    cycles: int = 1
    bands: str = ""
    deductions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(VillageRecord):
    """Somebody's job on a project: base pay a month and performance pay a quarter, in fen, by the profile's ``bands``.

    ``payee_id`` is whose account is paid: the same person, or the head of the household. A changed standard is a new
    post; the old one ends.
    """

    table: ClassVar[str] = "posts"

    project_id: str
    person_id: str
    payee_id: str
    contract_id: str | None = None
    duty: str
    area: str = ""
    base_fen: int = 0
    performance_fen: int = 0
    bands: str = ""
    first_day: date
    last_day: date | None = None


class InspectionKind(StrEnum):
    """What a visit was for."""

    INSPECTION = "inspection"
    SPOT_CHECK = "spot_check"
    ACCEPTANCE = "acceptance"
    ASSESSMENT = "assessment"

    @property
    def label(self) -> str:
        """The Chinese name of the kind."""
        return {"inspection": "检查", "spot_check": "抽查", "acceptance": "验收", "assessment": "考核"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(VillageRecord):
    """A visit to the work with its score (0–100) and the names of those who looked.

    It is about one contract's or post's work, or (both None) the whole project's. An assessment is for a ``period``
    (2026Q1); ``template`` names the score sheet that was filled in, whose marks stand in ``marks``.
    """

    table: ClassVar[str] = "inspections"

    project_id: str
    kind: InspectionKind
    inspected_on: date
    score: int
    is_passed: bool
    inspectors: str
    note: str = ""
    contract_id: str | None = None
    post_id: str | None = None
    period: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(VillageRecord):
    """A line of a score sheet that was filled in: what the item is worth in points and how many were taken off."""

    table: ClassVar[str] = "marks"

    inspection_id: str
    place: int
    item: str
    points: int
    deducted: int
    note: str = ""

    @property
    def told(self) -> str:
        """What was taken off, in words that read well however they are broken: 日常巡查扣5分."""
        return f"{self.item}扣{self.deducted}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(VillageRecord):
    """A year's score of a project, contract or post in tenths of a point, and its place in the ranking."""

    table: ClassVar[str] = "evaluations"

    year: int
    subject_table: str
    subject_id: str
    score: int
    place: int
    arithmetic: str
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetChange(VillageRecord):
    """A version of the year's budget (预算调整) after the one that was resolved, which is version 0."""

    table: ClassVar[str] = "budget_changes"

    year: int
    number: int
    motion_id: str
    decided_on: date
    reason: str
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(VillageRecord):
    """By how much in fen a budget change raises or lowers a project's budget."""

    table: ClassVar[str] = "budget_lines"

    budget_change_id: str
    project_id: str
    change_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Levy(VillageRecord):
    """一事一议: the money (fen) and days of work the villagers resolved to give for a project, and days worked so far."""

    table: ClassVar[str] = "levies"

    project_id: str
    resolved_on: date
    payers: int = 0
    exempt: int = 0
    fen_per_head: int = 0
    workers: int = 0
    days_per_head: int = 0
    days_worked: int = 0
    note: str = ""

    @property
    def planned_fen(self) -> int:
        """What all payers together are to give."""
        return self.payers * self.fen_per_head

    @property
    def planned_days(self) -> int:
        """What all workers together are to work."""
        return self.workers * self.days_per_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(VillageRecord):
    """How content villagers are with a work: of those asked, how many said 好, 中, 差; the rest said nothing."""

    table: ClassVar[str] = "surveys"

    project_id: str
    held_on: date
    way: str
    asked: int
    good: int
    fair: int
    poor: int
    note: str = ""
