"""张贴包: all that is due drawn up, handed on and issued at once; each step whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagedesk.disclosure import rules, store
from villagedesk.disclosure.due import DueNotice, due_notices
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.disclosure.papers import posting_order
from villagedesk.disclosure.usecases.drafts import drafted, findings_of
from villagedesk.disclosure.usecases.issuing import lay_out_all, put_issued
from villagedesk.kernel.errors import RuleViolation, StaleRecord, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A notice that is due and could not be drawn up, with what stands against it."""

    due: DueNotice
    findings: tuple[Finding, ...]

    @property
    def words(self) -> str:
        """Which one, and why, for the person."""
        return f"{self.due.words}没有做：{''.join(finding.message for finding in self.findings)}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of drawing up all that is due: the drafts in posting order, and what was left out."""

    drafts: tuple[Notice, ...]
    left_out: tuple[LeftOut, ...]


def prepare_due(desk: Desk, progress: Progress | None = None) -> Prepared:
    """Draw up a draft of everything due from the books as they are now; drafts that are there are drawn up afresh.

    What is on its way already is left alone; what does not add up is left out and told. All drafts are stored in one
    change, or none. Raises Cancelled with nothing stored, RuleViolation without slots.
    """
    acting(desk, Role.ACCOUNTANT)
    progress = progress or Progress()
    due = [one for one in due_notices(desk, desk.clock.now().date()) if _is_to_draw(one)]
    progress.start("从账里生成公示", len(due))
    drafts: list[Notice] = []
    left_out: list[LeftOut] = []
    for one in due:
        try:
            drafts.append(drafted(desk, one.kind, one.scope))
        except RuleViolation as refusal:
            left_out.append(LeftOut(one, tuple(refusal.findings)))
        progress.step()
    known = {one.notice.id: one.notice for one in due if one.notice}
    return Prepared(tuple(posting_order(_stored(desk, drafts, known))), tuple(left_out))


def submit_all(desk: Desk, ids: Sequence[str], reason: str = "") -> list[Notice]:
    """Hand drafts to the supervision group, all or none. Raises as ``submit``, each finding naming its notice."""
    acting(desk, Role.ACCOUNTANT)
    notices = [desk.get(Notice, notice_id) for notice_id in ids]
    stop_at(_named(notice, finding) for notice in notices for finding in rules.in_turn(notice.state, "submit"))
    stop_at((_named(notice, finding) for notice in notices for finding in findings_of(desk, notice)), reason)
    if not notices:
        return []
    with desk.change("disclosure.notices.submitted", reason=reason) as change:
        return change.put_all(replace(notice, state=NoticeState.SUBMITTED) for notice in notices)


def issue_all(desk: Desk, first_day: date | None = None, progress: Progress | None = None) -> list[Issuance]:
    """Issue everything that was reviewed, in posting order under consecutive numbers, in one change.

    Terms begin on ``first_day`` (default: today). Raises as ``issue``, each finding naming its notice, or Cancelled:
    then nothing is issued and no file is left.
    """
    acting(desk, Role.ACCOUNTANT)
    progress = progress or Progress()
    notices = posting_order(store.notices(desk, NoticeState.REVIEWED))
    progress.start("编号、定稿、出 PDF", len(notices))
    if not notices:
        return []
    issuances = []
    with desk.change("disclosure.notices.issued") as change:
        for notice in notices:
            progress.step(0)
            try:
                issuances.append(put_issued(desk, change, notice, first_day))
            except RuleViolation as refusal:
                raise RuleViolation(_named(notice, finding) for finding in refusal.findings) from refusal
            progress.step()
    lay_out_all(desk, issuances)
    return issuances


def _is_to_draw(due: DueNotice) -> bool:
    return due.notice is None or due.notice.state is NoticeState.DRAFT


def _stored(desk: Desk, drafts: Sequence[Notice], known: dict[str, Notice]) -> list[Notice]:
    """Store the drafts that are new or say something else now. Raises StaleRecord when one was made meanwhile."""
    kept = [draft for draft in drafts if draft == known.get(draft.id)]
    fresh = [draft for draft in drafts if draft != known.get(draft.id)]
    if not fresh:
        return kept
    with desk.change("disclosure.notices.prepared") as change:
        if any(not draft.version and _is_there(desk, draft) for draft in fresh):
            raise StaleRecord
        return kept + change.put_all(fresh)


def _is_there(desk: Desk, draft: Notice) -> bool:
    where = "village_id = ? AND kind = ? AND period = ? AND topic_id = ? AND state <> 'refused' AND corrects_id IS NULL"
    return bool(desk.find(Notice, where, [desk.office_id, draft.kind, draft.period, draft.topic_id]))


def _named(notice: Notice, finding: Finding) -> Finding:
    return replace(finding, message=f"《{notice.title}》：{finding.message}")
