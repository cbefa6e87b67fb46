"""Vouchers booked although somebody's word on their claim is missing: the whole chain is asked, not one step of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagedesk.kernel.records import Row
from villagedesk.payments.chains import chain_named
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.moneyrules import Chain, ChainStep, Who


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A voucher whose claim lacks somebody's word. ``missing`` are the steps as they stand on paper."""

    year: int
    number: int
    claim_id: str
    missing: tuple[str, ...]


def unsigned(desk: Desk, village_id: str, since: date) -> Iterator[Unsigned]:
    """Yield a village's vouchers from a day on whose claim not everybody of its chain has passed, by number.

    Only the words count that were said after the last query, by others than the claim's maker. A claim handed in
    under another version of the rules is asked for what every amount needs, one signature each. That the finance
    group never passed a claim at all is not told here.
    """
    rules = village_store.profile(desk)
    key = {"village": village_id, "since": since.isoformat()}
    words: dict[str, list[Row]] = {}
    for word in desk.rows(_WORDS, key):
        words.setdefault(word["claim_id"], []).append(word)
    for row in desk.rows(_BOOKED, key):
        chain = chain_named(rules.chains, row["chain"])
        steps = chain.steps_for(row["amount_fen"])
        if row["profile_version"] != rules.version:
            steps = _of_every_amount(chain)
        missing = _missing(row, steps, words.get(row["claim_id"], []))
        if missing:
            yield Unsigned(row["year"], row["number"], row["claim_id"], missing)


def _missing(row: Row, steps: Sequence[ChainStep], said: Sequence[Row]) -> tuple[str, ...]:
    asked = max((word["version"] for word in said if word["outcome"] != "passed"), default=0)
    by_others = [
        word
        for word in said
        if word["outcome"] == "passed" and word["given_by"] != row["made_by"] and word["name"] != row["maker"]
    ]
    passed = [word for word in by_others if word["version"] > asked]
    return tuple(
        step.label
        for step in steps
        if not _is_passed(step, passed, is_decided=bool(row["is_decided"])) and not _is_told_elsewhere(step, by_others)
    )


def _is_passed(step: ChainStep, passed: Sequence[Row], *, is_decided: bool) -> bool:
    if step.who is Who.DECISION:
        return is_decided
    steps = {step.who.value, ""} if step.who.is_of_township else {step.who.value}
    return len({word["name"] for word in passed if word["step"] in steps}) >= step.needs


def _is_told_elsewhere(step: ChainStep, passed: Sequence[Row]) -> bool:
    return step.who is Who.FINANCE_GROUP and not any(word["step"] == step.who for word in passed)


def _of_every_amount(chain: Chain) -> tuple[ChainStep, ...]:
    """Return the steps that no amount passes by, one signature each."""
    return tuple(replace(step, needs=1) for step in chain.steps if step.from_fen == 0 and step.up_to_fen is None)


_CLAIMS = """
SELECT claim_id FROM vouchers WHERE village_id = :village AND posted_on >= :since
   AND +reverses_id IS NULL -- by its index that would be the vouchers of all years
"""
_BOOKED = """
SELECT v.year, v.number, v.claim_id, c.amount_fen, c.chain, c.profile_version, c.made_by, o.name AS maker,
       EXISTS (SELECT 1 FROM motions m WHERE m.id = c.decision_id AND m.is_passed = 1) AS is_decided
  FROM vouchers v JOIN claims c ON c.id = v.claim_id LEFT JOIN officers o ON o.id = c.made_by
 WHERE v.village_id = :village AND v.posted_on >= :since AND +v.reverses_id IS NULL
 ORDER BY v.year, v.number
"""
_WORDS = f"""
WITH booked AS MATERIALIZED ({_CLAIMS})
SELECT r.subject_id AS claim_id, CASE o.role WHEN 'supervision' THEN 'supervision' ELSE 'finance_group' END AS step,
       CASE r.signer WHEN '' THEN o.name ELSE r.signer END AS name, r.given_by, r.outcome, r.subject_version AS version
  FROM booked b JOIN reviews r ON r.subject_id = b.claim_id JOIN officers o ON o.id = r.given_by
 WHERE r.subject_table = 'claims'
 UNION ALL
SELECT a.claim_id, a.step, CASE a.signer WHEN '' THEN o.name ELSE a.signer END, a.given_by, a.outcome, a.claim_version
  FROM booked b JOIN approvals a ON a.claim_id = b.claim_id JOIN officers o ON o.id = a.given_by
 UNION ALL
SELECT v.subject_id, v.step, v.given_by, '', v.outcome, v.subject_version
  FROM booked b JOIN verdicts v ON v.subject_id = b.claim_id WHERE v.subject_table = 'claims'
"""  # noqa: S608
