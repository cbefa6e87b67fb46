"""What villages' books say the township granted, held against the words that stand in the township's own books.

A village's journal is the village's: whoever writes it can write down a grant that was never given. The township
believes none that it does not find in its own verdicts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.kernel.records import Value
from villagedesk.payments.chains import chain_named
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.moneyrules import Who

_CLOCKS_APART = 3
"""Days by which two offices' clocks may differ before an open day counts as one too many."""


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A record that rests on a word the township never said; ``words`` say what, whose, and what for."""

    village_id: str
    table: str
    record_id: str
    words: str


def unfounded(desk: Desk, village_id: str = "") -> list[Unfounded]:
    """Return what villages' books (or one village's) say was granted and was not, as far as it came here."""
    found = desk.unchanged("unfounded", lambda: tuple(_stored(desk)))
    return [one for one in found if village_id in ("", one.village_id)]


def doubt_claim(desk: Desk, claim: Claim, *, is_paid: bool) -> Unfounded | None:
    """Return what is wrong with a claim as it stands or would stand here, None when all it rests on was said here.

    ``is_paid`` tells that a voucher stands for it, whatever state it says it is in.
    """
    if claim.state is ClaimState.SETTLING and not is_paid:
        chain = chain_named(village_store.profile(desk).chains, claim.chain)
        asks_leader = any(step.who is Who.LEADER for step in chain.steps_for(claim.amount_fen))
        is_founded = not asks_leader or _holds(desk, _LED, claim.row())
        missing = "主要领导已经同意，本乡镇的主要领导"
    else:
        is_past = is_paid or claim.state in _PAST
        is_founded = not is_past or _holds(desk, _GRANTED, claim.row())
        missing = "乡镇已经同意，本乡镇"
    if is_founded:
        return None
    money = "已付给" if is_paid else "要付给"
    words = (
        f"{money}{claim.payee}的{yuan(claim.amount_fen)}元（{claim.purpose}），村里的账写着{missing}没有给过这个意见。"
    )
    return Unfounded(claim.village_id, Claim.table, claim.id, words)


def doubt_reopening(desk: Desk, row: Mapping[str, Value], month: str) -> Unfounded | None:
    """Return what is wrong with a reopening's row as it stands or would stand here, None when it was granted here."""
    if row["state"] not in ("granted", "ended") or _holds(desk, _OPENED, row):
        return None
    words = f"{Period.parse(month).label}的反结账，村里的账写着乡镇已经同意，本乡镇没有给过这个意见（或者没有同意开放这么久）。"
    return Unfounded(str(row["village_id"]), "reopenings", str(row["id"]), words)


def _stored(desk: Desk) -> Iterator[Unfounded]:
    for row in desk.rows(_CLAIMS):
        if doubt := doubt_claim(desk, Claim.from_row(row), is_paid=bool(row["is_paid"])):
            yield doubt
    for row in desk.rows(_REOPENINGS):
        if doubt := doubt_reopening(desk, dict(row), row["month"]):
            yield doubt


def _holds(desk: Desk, condition: str, row: Mapping[str, Value]) -> bool:
    """Tell whether a condition on ``r`` holds for a row that may not be stored here yet."""
    names = ", ".join(f":{name} AS {name}" for name in row)
    facts = {**row, "today": desk.clock.now().date().isoformat()}
    return desk.value(f"SELECT 1 FROM (SELECT {names}) AS r WHERE {condition}", facts) is not None  # noqa: S608


_PAST = (ClaimState.GRANTED, ClaimState.PAID)
_BEFORE = "r.version - 1 - (r.state = 'paid')"
"""The version of a claim from which it was granted: being paid is the one step that follows."""
_SAID = """EXISTS (SELECT 1 FROM verdicts AS {0} WHERE {0}.subject_table = '{1}' AND {0}.subject_id = r.id
                      AND {0}.outcome = 'passed' AND {2})"""
_LEADER = _SAID.format("l", "claims", "l.step = 'leader' AND l.subject_version = {0}")
_LED = _LEADER.format("r.version - 1")
_WHOLE = _SAID.format("w", "claims", f"w.step = '' AND w.subject_version = {_BEFORE}")
_OFFICE = _SAID.format("o", "claims", f"o.step = 'office' AND o.subject_version IN ({_BEFORE}, {_BEFORE} - 1)")
_GRANTED = f"({_WHOLE} OR {_OFFICE} AND {_LEADER.format(_BEFORE + ' - 1')})"
"""The township's one word on the version that waited, or its leader's on that version and its office's on it or on the
next, to which the leader's word took it."""

_IS_PAID = "EXISTS (SELECT 1 FROM vouchers AS v WHERE v.claim_id = r.id AND v.reverses_id IS NULL)"
_CLAIMS = f"""
SELECT r.*, {_IS_PAID} AS is_paid FROM claims AS r
 WHERE r.state = 'settling' OR (r.state IN ('granted', 'paid') OR {_IS_PAID}) AND NOT {_GRANTED}
 ORDER BY r.village_id, r.id
"""  # noqa: S608
_OPENED = _SAID.format(
    "g",
    "reopenings",
    f"""g.subject_version = r.version - 1 - (r.state = 'ended')
                      AND r.open_until <= coalesce(g.due_on, r.open_until)
                      AND r.open_until <= date(substr(coalesce((
                          SELECT j.at FROM journal AS j WHERE j.table_name = 'reopenings' AND j.record_id = r.id
                             AND j.version = r.version - (r.state = 'ended')), :today), 1, 10),
                          (r.days + {_CLOCKS_APART}) || ' days')""",  # noqa: S608
)
"""Granted on the version that was agreed to, and open no longer than was asked and said.

Its days run from when the grant was taken in, which was before it came here.
"""
_REOPENINGS = """
SELECT r.*, c.month FROM reopenings AS r JOIN closings AS c ON c.id = r.closing_id
 WHERE r.state IN ('granted', 'ended') ORDER BY r.village_id, r.id
"""
