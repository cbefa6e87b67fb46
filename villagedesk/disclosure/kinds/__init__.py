"""The kinds of notices, one file each; a new kind is a new file and a name in this tuple."""

from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.kinds import assessment, contracts, funds, projects, spending

KINDS: tuple[Kind, ...] = (projects.KIND, funds.KIND, contracts.KIND, spending.KIND, assessment.KIND)
"""What is made from the books each quarter, in the order of the five slots."""


def kind_named(name: str) -> Kind | None:
    """Return the kind with this code or Chinese label, None when there is none."""
    return next((kind for kind in KINDS if name in {kind.code, kind.label}), None)
