"""What a kind of notice is: a name, its slot, its subject, and how its blocks are gathered from the books."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk

if TYPE_CHECKING:
    from villagedesk.reports.sheet import Block


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a kind found in the books: blocks for the sheet, and what does not add up."""

    blocks: "tuple[Block, ...]"
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. ``code`` is what a command calls it and names its file in ``disclosure/kinds``.

    ``subject`` stands between 关于 and 的公示.
    """

    code: str
    label: str
    slot: int
    subject: str

    def gather(self, desk: Desk, period: Period) -> Gathered:
        """Return what the kind finds in the books of a period."""
        found: Gathered = import_module(f"villagedesk.disclosure.kinds.{self.code}").gather(desk, period)
        return found
