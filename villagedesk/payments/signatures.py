"""Who said what on a claim, at which step, read together from reviews, approvals and the township's verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from villagedesk.kernel.findings import Finding
from villagedesk.payments import signing
from villagedesk.payments.model import Claim, Outcome
from villagedesk.payments.recusal import barred, bench_of, members_of, parties
from villagedesk.storage.desk import Desk
from villagedesk.village.moneyrules import Chain, ChainStep, Who

PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's word. ``step`` is None for the township's one word on all its steps; ``version`` is what was seen.

    ``name`` is who signed, ``recorded_by`` who was signed in; they differ where a scanned paper (``paper_id``) stands
    for the signature. ``outcome`` is passed, queried, refused or (the township's) returned.
    """

    step: Who | None
    name: str
    recorded_by: str
    outcome: str
    note: str
    version: int
    at: datetime
    paper_id: str | None


def signatures_of(desk: Desk, claim_id: str) -> list[Signature]:
    """Return all that was said on a claim, oldest first."""
    return [
        Signature(
            Who(row["step"]) if row["step"] else None,
            row["name"],
            row["recorded_by"],
            row["outcome"],
            row["note"],
            row["version"],
            datetime.fromisoformat(row["given_at"]),
            row["paper_id"],
        )
        for row in desk.rows(_ALL, {"claim": claim_id})
    ]


def standing_of(desk: Desk, claim: Claim) -> list[Signature]:
    """Return who passed a claim since it was handed in, or since its last query was answered: what still counts."""
    found = signatures_of(desk, claim.id)
    asked = max((one.version for one in found if one.outcome != PASSED), default=0)
    return [one for one in found if one.outcome == PASSED and one.version > asked]


def passed_here(desk: Desk, claim: Claim) -> list[str]:
    """Return who passed the claim at the step it waits in now, bound to the very version that stands."""
    return [one.name for one in standing_of(desk, claim) if one.version == claim.version]


def leader_for(desk: Desk, claim: Claim, step: ChainStep) -> str:
    """Return the 组长 whose word a claim's step needs, "" when none is on record or the 组长 stands back (回避)."""
    return bench_of(desk, claim, step).needed_leader


def steps_with_words(desk: Desk, claim: Claim, chain: Chain) -> list[tuple[ChainStep, list[Signature]]]:
    """Return the steps of a claim's chain in order, each with who has passed it.

    The township's one word stands at all of its steps.
    """
    standing = standing_of(desk, claim)
    return [
        (step, [one for one in standing if one.step is step.who or (one.step is None and step.who.is_of_township)])
        for step in chain.steps_for(claim.amount_fen)
    ]


def against_signing(
    desk: Desk, claim: Claim, step: ChainStep, outcome: Outcome, actor: str, signers: Sequence[str], *, has_paper: bool
) -> list[Finding]:
    """Return all that speaks against these people's word on a claim at a step.

    ``actor`` is the name of who is signed in and says their own word ("" when they only record others'), ``signers``
    are those who signed on paper.
    """
    names = [*([actor] if actor else []), *signers]
    findings = list(signing.on_paper(signers, has_paper=has_paper))
    members = [name for name, _ in members_of(desk, step.who)]
    findings += signing.of_the_group(signers, members, step.who.label)
    if outcome is not Outcome.PASSED:
        whose = parties(desk, claim)
        return [*(finding for name in names for finding in signing.two_people(name, whose)), *findings]
    findings += signing.each_once(names, [one.name for one in standing_of(desk, claim)])
    return [*barred(desk, claim, step, names), *findings]


def still_needed(desk: Desk, claim: Claim, step: ChainStep, names: Sequence[str] = ()) -> str:
    """Return in words whose signatures a claim's step still waits for when ``names`` sign too; "" when none."""
    return signing.still_needed([*passed_here(desk, claim), *names], step, leader_for(desk, claim, step))


_ALL = """
SELECT CASE o.role WHEN 'supervision' THEN 'supervision' ELSE 'finance_group' END AS step,
       CASE r.signer WHEN '' THEN o.name ELSE r.signer END AS name, o.name AS recorded_by,
       r.outcome, r.note, r.subject_version AS version, r.given_at, r.paper_id, r.rowid AS place
  FROM reviews r JOIN officers o ON o.id = r.given_by WHERE r.subject_table = 'claims' AND r.subject_id = :claim
 UNION ALL
SELECT a.step, CASE a.signer WHEN '' THEN o.name ELSE a.signer END, o.name, a.outcome, a.note, a.claim_version,
       a.given_at, a.paper_id, a.rowid
  FROM approvals a JOIN officers o ON o.id = a.given_by WHERE a.claim_id = :claim
 UNION ALL
SELECT v.step, v.given_by, v.given_by, v.outcome, v.note, v.subject_version, v.given_at, NULL, v.rowid
  FROM verdicts v WHERE v.subject_table = 'claims' AND v.subject_id = :claim
 ORDER BY given_at, version, place
"""
