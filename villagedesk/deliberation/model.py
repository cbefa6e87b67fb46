"""Scores of the council, meetings with their roll, motions with their votes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(VillageRecord):
    """A council member's scores (0–10) of one project on the three criteria 急需, 急盼, 受益直接."""

    table: ClassVar[str] = "scores"

    project_id: str
    member: str
    urgent: int
    wished: int
    benefit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(VillageRecord):
    """A meeting of a body. ``basis`` is the profile's key for its quorum; entitled and present are head counts."""

    table: ClassVar[str] = "meetings"

    body_id: str
    basis: str
    number: str
    held_on: date
    place: str
    chair: str
    recorder: str
    entitled: int
    present: int
    minutes: str = ""
    profile_version: str = ""
    recorded_by: str = ""


class Presence(StrEnum):
    """How somebody stands on a meeting's roll."""

    PRESENT = "present"
    ABSENT = "absent"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"present": "到会", "absent": "缺席", "observer": "列席"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(VillageRecord):
    """One name on a meeting's roll."""

    table: ClassVar[str] = "attendances"

    meeting_id: str
    name: str
    presence: Presence


METHODS = ("举手", "无记名", "户签字", "量分")
"""Ways of voting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion(VillageRecord):
    """What was voted on and how it ended. ``arithmetic`` is the sentence with the numbers."""

    table: ClassVar[str] = "motions"

    meeting_id: str
    number: int
    subject: str
    method: str
    yes: int
    no: int
    abstain: int
    is_passed: bool
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionProject(VillageRecord):
    """A motion is about a project."""

    table: ClassVar[str] = "motion_projects"

    motion_id: str
    project_id: str


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """A motion as it was put and voted on. ``is_declared_passed`` is what was read out; None leaves it to the count."""

    subject: str
    yes: int
    no: int
    abstain: int
    method: str = METHODS[0]
    project_ids: tuple[str, ...] = ()
    is_declared_passed: bool | None = None
