"""What waits for the reviewers, with all they need to see, and what was said before."""

from dataclasses import dataclass
from datetime import datetime

from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.records import Row
from villagedesk.kernel.words import amount_in_words
from villagedesk.oversight.model import RECORDS, Answer, RecordKind, Review, ReviewRow
from villagedesk.payments.chains import chain_named, step_of, waited_for
from villagedesk.payments.evidence import papers_of, told_by_contract, told_decision
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.payments.recusal import members_of
from villagedesk.payments.signatures import passed_here, still_needed
from villagedesk.payments.store import chain_of
from villagedesk.projects.store import figures_of
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who

_REVIEWS = """
SELECT r.given_at, coalesce(c.payee || '：' || c.purpose, n.title) AS title, c.amount_fen, r.outcome, r.note,
       CASE r.signer WHEN '' THEN o.name ELSE r.signer END AS name, r.subject_id, r.subject_version,
       (SELECT json_extract(j.body, '$.state') FROM journal j
         WHERE j.record_id = r.subject_id AND j.version = r.subject_version + 1) AS next_state
  FROM reviews r JOIN officers o ON o.id = r.given_by
  LEFT JOIN claims c ON r.subject_table = 'claims' AND c.id = r.subject_id
  LEFT JOIN notices n ON r.subject_table = 'notices' AND n.id = r.subject_id
 WHERE r.village_id = :office AND r.subject_table = :table AND o.role = :role
   AND substr(r.given_at, 1, 10) BETWEEN :first AND :last
 ORDER BY r.given_at, r.rowid"""
_SUPERVISED = """
SELECT 1 FROM reviews r JOIN officers o ON o.id = r.given_by
 WHERE r.village_id = ? AND r.subject_table = 'claims' AND o.role = 'supervision' LIMIT 1"""
_WAITS_IN = {Role.FINANCE_GROUP: ClaimState.SUBMITTED, Role.SUPERVISION: ClaimState.SUPERVISING}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for review, with facts for the eye. ``version`` is what a review is bound to.

    ``since`` is when it came, ``paper_ids`` are attachments to look at, ``payroll_id`` the pay sheet it rests on.
    ``group`` is whose review it waits for, ``signed`` who passed it at this step already, ``still_needed`` says in
    words whose signatures are missing, "" when one is enough.
    """

    subject_table: str
    subject_id: str
    version: int
    title: str
    facts: tuple[tuple[str, str], ...]
    amount_fen: int
    since: datetime
    made_by: str
    paper_ids: tuple[str, ...] = ()
    payroll_id: str | None = None
    group: Role = Role.SUPERVISION
    signed: tuple[str, ...] = ()
    still_needed: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A review or an answer as a list shows it: when, who, what, why."""

    at: datetime
    who: str
    what: str
    note: str


def waiting(desk: Desk, subject_table: str = "") -> list[Waiting]:
    """Return what waits for review, the oldest first; only claims or notices when a table is named."""
    found: list[Waiting] = []
    if subject_table in {"", Claim.table}:
        key = [desk.office_id, ClaimState.SUBMITTED, ClaimState.SUPERVISING]
        claims = desk.find(Claim, "village_id = ? AND state IN (?, ?)", key)
        found += [waiting_claim(desk, claim) for claim in claims]
    if subject_table in {"", Notice.table}:
        notices = desk.find(Notice, "village_id = ? AND state = ?", [desk.office_id, NoticeState.SUBMITTED])
        found += [waiting_notice(desk, notice) for notice in notices]
    return sorted(found, key=lambda one: (one.since, one.subject_id))


def waiting_claim(desk: Desk, claim: Claim) -> Waiting:
    """Return a claim with what a reviewer looks at: the money, the paper, what is left of budget and fund."""
    figures = figures_of(desk, claim.project_id)
    balance = village_store.fund_balance(desk, claim.fund_id)
    invoice = f"{claim.invoice_kind} {claim.invoice_number}".strip() or "没有票据"
    facts = [
        ("收款人", claim.payee),
        ("金额", f"{yuan(claim.amount_fen)}元"),
        ("大写", amount_in_words(claim.amount_fen)),
        ("用途", claim.purpose),
        ("项目", figures.project.name),
        ("资金", f"{balance.fund.label}，到账还剩{yuan(balance.left_fen)}元"),
        ("预算", f"{yuan(figures.budget_fen)}元，还剩{yuan(figures.left_fen)}元"),
        ("票据", invoice),
        ("付款方式", claim.pay_way.label),
        ("日期", chinese_date(claim.spent_on)),
        ("经手人", claim.handler),
        ("证明人", claim.witness),
        ("合同", told_by_contract(desk, claim)),
        ("集体研究决定", told_decision(desk, claim)),
        ("有提醒仍提交的原因", claim.excuse),
    ]
    return Waiting(
        Claim.table,
        claim.id,
        claim.version,
        f"{claim.payee}：{claim.purpose}",
        tuple((label, value) for label, value in facts if value),
        claim.amount_fen,
        _moved_at(desk, claim.id, claim.version),
        village_store.officer_name(desk, claim.made_by),
        paper_ids=tuple(photo.attachment_id for photo in papers_of(desk, claim.id)),
        payroll_id=claim.payroll_id,
        group=Role.SUPERVISION if waited_for(claim) is Who.SUPERVISION else Role.FINANCE_GROUP,
        signed=tuple(passed_here(desk, claim)),
        still_needed=_still_needed(desk, claim),
    )


def waiting_notice(desk: Desk, notice: Notice) -> Waiting:
    """Return a notice with what a reviewer looks at; its sheet is looked at as a whole."""
    facts = [("期间", Period.parse(notice.period).label), ("标题", notice.title)]
    if notice.corrects_id:
        facts.append(("更正的公示", desk.get(Notice, notice.corrects_id).title))
    return Waiting(
        Notice.table,
        notice.id,
        notice.version,
        notice.title,
        tuple(facts),
        0,
        _moved_at(desk, notice.id, notice.version),
        village_store.officer_name(desk, notice.made_by),
    )


def reviews_of(desk: Desk, subject_id: str) -> list[Review]:
    """Return what was said of a claim or notice, oldest first."""
    return desk.find(Review, "subject_id = ?", [subject_id])


def said_of(desk: Desk, subject_id: str) -> list[Said]:
    """Return reviews and answers about a claim or notice in the order they were given."""
    reviews = [
        Said(review.given_at, _signer(desk, review), review.outcome.label, review.note)
        for review in reviews_of(desk, subject_id)
    ]
    answers = [
        Said(answer.given_at, village_store.officer_name(desk, answer.given_by), "答复", answer.text)
        for answer in desk.find(Answer, "subject_id = ?", [subject_id])
    ]
    return sorted([*reviews, *answers], key=lambda said: said.at)


def reviews_in(desk: Desk, period: Period, kind: RecordKind) -> list[ReviewRow]:
    """Return what a group said of claims or of notices in a period, oldest first.

    Members who said the same of the same version stand in one row. Of a version which somebody asked about or refused,
    the others' yes is left out; a yes that was not enough says so.
    """
    rows = desk.rows(
        _REVIEWS,
        {
            "office": desk.office_id,
            "table": kind.subject_table,
            "role": kind.role,
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
        },
    )
    alike: dict[tuple[str, int, str], list[Row]] = {}
    for row in rows:
        alike.setdefault((row["subject_id"], row["subject_version"], row["outcome"]), []).append(row)
    against = {(subject, version) for subject, version, outcome in alike if outcome != Outcome.PASSED}
    return [
        _review_row(same, kind)
        for (subject, version, outcome), same in alike.items()
        if outcome != Outcome.PASSED or (subject, version) not in against
    ]


def record_kinds(desk: Desk) -> list[RecordKind]:
    """Return which records the groups of this village have to sign, by its sign-off chain and what was reviewed."""
    found = village_store.profile(desk).chains
    chain = chain_named(found, village_store.office(desk).chain)
    is_theirs = any(step.who is Who.SUPERVISION for step in chain.steps) or desk.value(_SUPERVISED, [desk.office_id])
    return [kind for kind in RECORDS if is_theirs or (kind.subject_table, kind.role) != ("claims", Role.SUPERVISION)]


def members_for(desk: Desk, kind: RecordKind) -> list[tuple[str, str]]:
    """Return the name and duty of who signs a group's record of claims; none where nobody is on record."""
    return members_of(desk, Who(kind.role)) if kind.subject_table == Claim.table else []


def _review_row(same: list[Row], kind: RecordKind) -> ReviewRow:
    """Return the row for what members said alike of one version: all of them were enough when the claim went on."""
    first, outcome = same[0], Outcome(same[0]["outcome"])
    stayed = (None, _WAITS_IN[kind.role], ClaimState.WITHDRAWN)
    is_moved = kind.subject_table != Claim.table or first["next_state"] not in stayed
    return ReviewRow(
        datetime.fromisoformat(first["given_at"]).date(),
        first["title"],
        first["amount_fen"],
        outcome,
        "；".join(dict.fromkeys(row["note"] for row in same if row["note"])),
        "、".join(row["name"] for row in same),
        first["subject_id"],
        lacks_words=outcome is Outcome.PASSED and not is_moved,
    )


def _still_needed(desk: Desk, claim: Claim) -> str:
    """Return whose signatures a claim still waits for where one is not enough or the first has been given."""
    if waited_for(claim) is None:
        return ""
    step = step_of(claim, chain_of(desk, claim))
    return still_needed(desk, claim, step) if step.needs > 1 or passed_here(desk, claim) else ""


def _signer(desk: Desk, review: Review) -> str:
    """Return who signed, with who recorded it where that is somebody else."""
    recorded_by = village_store.officer_name(desk, review.given_by)
    return f"{review.signer}（纸质签字，{recorded_by}代录）" if review.signer else recorded_by


def _moved_at(desk: Desk, record_id: str, version: int) -> datetime:
    """Return when a record took its present version."""
    at = desk.value("SELECT at FROM journal WHERE record_id = ? AND version = ?", [record_id, version])
    return datetime.fromisoformat(at)
