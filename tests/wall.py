"""Every paper the practice village can put on its wall: one of each kind, with number and proof as they are issued."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from villagedesk.app.practice import facts
from villagedesk.app.practice.year import VILLAGE
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.due import period_of
from villagedesk.disclosure.kind import Kind, Scope
from villagedesk.disclosure.kinds import KINDS, correction, supplement
from villagedesk.disclosure.model import Issuance, Notice, Reply
from villagedesk.disclosure.objections.papers import answer_paper
from villagedesk.disclosure.papers import checklist_of
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.ids import seeded_chance
from villagedesk.oversight import usecases as oversight
from villagedesk.payments.model import Outcome
from villagedesk.reports.sheet import Preset, Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.usecases import sign_in

AFTERWARDS = datetime(2027, 1, 12, 9, 0, tzinfo=CHINA)
"""When what the practice year left undone is issued: the year is over, so that its accounts can be shown."""
YEARS_END = date(2026, 12, 31)
ANSWERING = (correction.CODE, supplement.CODE)
ANSWER = "answer"
CHECKLIST = "checklist"
PAPERS = (*(kind.code for kind in KINDS), *ANSWERING, ANSWER, CHECKLIST)
"""The papers by the name of their kind, in the order of the five slots."""
_SEED = 20270112


def papers_of(practice: Path, work: Path) -> dict[str, Sheet]:
    """Return a sheet of each kind from the practice village under ``practice``; a copy in ``work`` is worked on."""
    folder = Path(shutil.copytree(practice / VILLAGE, work / VILLAGE))
    with Desk.open(folder, clock=SetClock(AFTERWARDS), chance=seeded_chance(_SEED)) as desk:
        sign_in(desk, facts.ACCOUNTANT, facts.PASSWORD)
        issued = {kind.code: _issued(desk, kind) for kind in KINDS}
        answering = {code: issuance for code in ANSWERING if (issuance := _last_issue(desk, code))}
        sheets = {code: kept_sheet(issuance) for code, issuance in (issued | answering).items()}
        hung = [one for one in issued.values() if one.year == AFTERWARDS.year - 1]
        return {**sheets, ANSWER: _answer(desk), CHECKLIST: checklist_of(desk, hung)}


def in_preset(sheet: Sheet, preset: Preset) -> Sheet:
    """Return the sheet for another paper; nothing else changes."""
    return replace(sheet, preset=preset)


def _issued(desk: Desk, kind: Kind) -> Issuance:
    """Return the last notice of a kind that the year issued, or issue one of what lies nearest now."""
    there = _last_issue(desk, kind.code)
    return there or _through(desk, usecases.prepare(desk, kind.code, _scope(desk, kind)))


def _last_issue(desk: Desk, code: str) -> Issuance | None:
    found = [store.issuance_of(desk, notice.id) for notice in store.notices(desk) if notice.kind == code]
    return max((one for one in found if one), key=lambda one: (one.year, one.number), default=None)


def _scope(desk: Desk, kind: Kind) -> Scope:
    """Return what a kind is about that the year left out: its last event, or the period the year ended in."""
    happened = kind.occasions(desk, desk.clock.now().date())
    if happened:
        return happened[-1].scope
    return Scope(period_of(YEARS_END, village_store.profile(desk).notices[kind.code].rhythm))


def _answer(desk: Desk) -> Sheet:
    """Return the answer to the first objection that was answered."""
    replies = desk.find(Reply, "village_id = ?", [desk.office_id], "id")
    return answer_paper(desk, replies[0].objection_id)


def _through(desk: Desk, draft: Notice) -> Issuance:
    """Take a draft through the supervision group and issue it."""
    usecases.submit(desk, draft.id)
    sign_in(desk, facts.SUPERVISOR, facts.PASSWORD)
    oversight.review(desk, "notices", draft.id, Outcome.PASSED)
    sign_in(desk, facts.ACCOUNTANT, facts.PASSWORD)
    return usecases.issue(desk, draft.id)
