"""Which claims count in a sum: what came to nothing stays to be seen, and adds nothing.

A register as accountants keep it adds up what was paid and what is on its way. What was refused, withdrawn or reversed
does not count anywhere, a draft only among drafts.
"""

from collections.abc import Sequence

from villagedesk.payments.model import ClaimState
from villagedesk.projects.living import REVERSED

S = ClaimState

_NOT_AMONG_OTHERS = {S.DRAFT: "草稿", S.REFUSED: "未通过", S.WITHDRAWN: "作废"}
_UNDONE = "冲销"

States = Sequence[ClaimState]
"""The states of a list's claims; none stands for all."""


def counts(states: States, state: ClaimState, *, is_reversed: bool) -> bool:
    """Tell whether a claim of a list of these states counts in its sums."""
    return not is_reversed and state not in _left_out(states)


def what_is_left_out(states: States) -> str:
    """Return what does not count in a list of these states, in words for below it; "" where all counts."""
    words = [*(_NOT_AMONG_OTHERS[state] for state in _left_out(states)), *([_UNDONE] if _has_paid(states) else [])]
    return f"{'、'.join(words)}的不算" if words else ""


def none_counts(states: States) -> bool:
    """Tell whether nothing in a list of these states can count."""
    return bool(states) and set(states) <= set(_left_out(states))


def counted(states: States) -> str:
    """Return the amount by which a claim ``c`` counts, as SQL that looks at the claim alone: for a page of them."""
    out = [f"c.state IN ({_quoted(states)})"] if _left_out(states) else []
    if _has_paid(states):
        out.append(REVERSED)
    return f"CASE WHEN {' OR '.join(out)} THEN 0 ELSE c.amount_fen END" if out else "c.amount_fen"


def counted_among_many(states: States) -> str:
    """Return the same as SQL that finds all that do not count once: for a whole register. It needs ``:office``."""
    out = left_out_rows(states)
    return f"CASE WHEN c.rowid IN ({out}) THEN 0 ELSE c.amount_fen END" if out else "c.amount_fen"


def left_out_rows(states: States) -> str:
    """Return a SELECT of the ``rowid`` of each claim that does not count, "" where all count. It needs ``:office``."""
    found = []
    if _left_out(states):
        found.append(f"SELECT x.rowid FROM claims x WHERE x.village_id = :office AND x.state IN ({_quoted(states)})")
    if _has_paid(states):
        found.append(
            """SELECT x.rowid FROM vouchers r CROSS JOIN claims x ON x.id = r.claim_id
                WHERE r.reverses_id > ''"""
        )
    return " UNION ALL ".join(found)


def _left_out(states: States) -> list[ClaimState]:
    if set(states) == {S.DRAFT}:
        return []
    return [state for state in _NOT_AMONG_OTHERS if not states or state in states]


def _has_paid(states: States) -> bool:
    return not states or S.PAID in states


def _quoted(states: States) -> str:
    return ", ".join(f"'{state}'" for state in _left_out(states))
