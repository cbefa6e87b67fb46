"""What a rule says about facts: a finding, shown beside the field, on stderr or in the check list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far a finding goes: a block stops, a warning needs a written reason to go on."""

    BLOCK = "block"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as a rule wants it.

    ``code`` is stable and English (``"payments.over_budget"``), ``message`` a whole Chinese sentence,
    ``field`` the name of the input it belongs to ("" for the whole record), ``basis`` the rule's source. ``place`` is
    where it can be put right, a page and what to open there (``"projects:01ARZ…"``), "" where it is shown.
    ``can_be_decided`` says that a meeting's recorded decision lets it pass.
    """

    code: str
    message: str
    field: str = ""
    basis: str = ""
    severity: Severity = Severity.BLOCK
    place: str = ""
    can_be_decided: bool = False


def blocks(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop an action."""
    return [finding for finding in findings if finding.severity is Severity.BLOCK]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that let an action pass with a written reason."""
    return [finding for finding in findings if finding.severity is Severity.WARNING]
