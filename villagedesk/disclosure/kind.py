"""What a kind of notice is: a name, its slot, its subject, and how its blocks are gathered from the books."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk

if TYPE_CHECKING:
    from villagedesk.reports.sheet import Block


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """What a notice is about: a period, and for one about an event the record it is about ("" = the whole period)."""

    period: Period
    topic_id: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened and asks for a notice; ``name`` says what, such as 2026年村民代表会议第1次会议."""

    scope: Scope
    happened_on: date
    name: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a kind found in the books: blocks for the sheet, and what does not add up.

    ``subject`` stands in the title in place of the period and the kind's own subject, where the event has a name.
    """

    blocks: "tuple[Block, ...]"
    findings: tuple[Finding, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. ``code`` is what a command calls it and names its file in ``disclosure/kinds``.

    ``subject`` stands between 关于 and the ending of the title, 公示. ``cites_vote`` says whether the opening names the
    resolution behind the year's projects.
    """

    code: str
    label: str
    slot: int
    subject: str
    cites_vote: bool = True

    def gather(self, desk: Desk, scope: Scope) -> Gathered:
        """Return what the kind finds in the books about a scope."""
        found: Gathered = self._module.gather(desk, scope)
        return found

    def occasions(self, desk: Desk, until: date) -> list[Occasion]:
        """Return the events up to a day that ask for a notice of this kind, oldest first; none for a periodic kind."""
        from villagedesk.disclosure.occasions import OCCASIONS

        happened = OCCASIONS.get(self.code) or getattr(self._module, "occasions", None)
        found: list[Occasion] = happened(desk, until) if happened else []
        return found

    @property
    def _module(self) -> Any:
        return import_module(f"villagedesk.disclosure.kinds.{self.code}")
