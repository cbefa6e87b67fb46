"""What a kind of notice is: a name, its slot, its subject, and how its blocks are gathered from the books."""

from collections.abc import Callable
from dataclasses import dataclass

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Block
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a kind found in the books: blocks for the sheet, and what does not add up."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. ``code`` is what a command calls it, ``subject`` what stands between 关于 and 的公示."""

    code: str
    label: str
    slot: int
    subject: str
    gather: Callable[[Desk, Period], Gathered]
