"""The practice year's board: what is due in one pack, reviewed, issued and hung, taken down and filed away."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts
from villagedesk.app.practice.photo import photograph
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.disclosure.wordings import Words
from villagedesk.kernel.dates import Period
from villagedesk.oversight import usecases as oversight
from villagedesk.payments.model import Outcome

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_HOURS = (15, 17, 8)
"""When a pack is drawn up, when it is reviewed, and when it is hung on the next morning."""
_FOUND = ("完好", "完好", "右下角被雨打湿，字看得清", "完好", "边上有村民写的算式")
"""How papers were found when they were taken down, in turn."""


def open_board(year: "PracticeYear") -> None:
    """Set up the five disclosures, and word the pay notices as this village says it."""
    year.at(1, 27)
    usecases.set_up_slots(year.village)
    usecases.reword(year.village, "pay", Words("{事项}", facts.PAY_LEAD, facts.PAY_ENDING))


def disclose(year: "PracticeYear", period: Period) -> None:
    """Hang a quarter's pack in the month after it, with what the teams did; the last one stays until the next."""
    teams = _teams_met(year, period)
    is_last = period.first_month == facts.LAST_QUARTER
    hang_due(year, period.last.month + 1, 8, also=teams, last_day=date(2026, 12, 31) if is_last else None)


def hang_due(
    year: "PracticeYear",
    month: int,
    day: int,
    also: Sequence[Scope] = (),
    answers: Sequence[Notice] = (),
    last_day: date | None = None,
) -> None:
    """Draw up all that is due on a day, with the teams' notices and drafts in hand, and hang it the next morning."""
    desk, (drawn, _, _) = year.village, _HOURS
    year.at(month, day, drawn)
    prepared = usecases.prepare_due(desk)
    assert not prepared.left_out, prepared.left_out
    drafts = [*prepared.drafts, *(usecases.prepare(desk, "group", scope) for scope in also), *answers]
    through_review(year, drafts, date(2026, month, day), last_day)


def through_review(year: "PracticeYear", drafts: Sequence[Notice], day: date, last_day: date | None = None) -> None:
    """Take drafts through the supervision group and hang them on the morning after ``day``, each with its photo."""
    desk, (_, reviewed, hung) = year.village, _HOURS
    usecases.submit_all(desk, [draft.id for draft in drafts])
    year.at(day.month, day.day, reviewed)
    year.acts(facts.SUPERVISOR)
    for draft in drafts:
        oversight.review(desk, "notices", draft.id, Outcome.PASSED)
    year.acts(facts.ACCOUNTANT)
    morning = day + timedelta(days=1)
    year.at(morning.month, morning.day, hung)
    issued = usecases.issue_all(desk)
    with TemporaryDirectory() as folder:
        for issuance in issued:
            photos = [_photo(year, issuance, Path(folder))]
            usecases.post_up(desk, issuance.notice_id, facts.BOARD, last_day=last_day, photos=photos)


def tidy(year: "PracticeYear") -> None:
    """Take down what has hung its days, and file away what is down."""
    desk, today = year.village, year.clock.now().date()
    for place, posting in enumerate(store.over(desk, today)):
        usecases.take_down(desk, posting.id, note=_FOUND[place % len(_FOUND)])
    for notice in store.notices(desk, NoticeState.TAKEN_DOWN):
        usecases.file_away(desk, notice.id, facts.BINDER)


def correct_contracts(year: "PracticeYear") -> None:
    """A contract was entered late, as an objection found: a correction takes the place of the contracts' notice."""
    contracts = notice_of(year, "contracts", Period.quarter(2026, 3))
    correction = usecases.correct(year.village, contracts.id, "9月签订的一份合同漏登，现补上。")
    through_review(year, [correction], year.clock.now().date())
    for posting in store.hanging(year.village, contracts.id):
        usecases.take_down(year.village, posting.id, note="完好，换上更正公告")


def notice_of(year: "PracticeYear", kind: str, period: Period) -> Notice:
    """Return the notice of a kind for a period as it stands."""
    found = store.notice_of(year.village, kind, Scope(period))
    assert found
    return found


def _teams_met(year: "PracticeYear", period: Period) -> tuple[Scope, ...]:
    """Return what 组务公开 is about: a quarter in which a team met; nobody requires it."""
    key = [year.village.office_id, period.first.isoformat(), period.last.isoformat()]
    met = "SELECT 1 FROM meetings WHERE village_id = ? AND basis = '村民小组会议' AND held_on BETWEEN ? AND ?"
    return (Scope(period),) if year.village.value(met, key) else ()


def _photo(year: "PracticeYear", issuance: Issuance, folder: Path) -> Path:
    """Photograph the paper an hour after it was hung."""
    taken = year.clock.now() + timedelta(hours=1)
    paper = year.village.content(issuance.paper_id)
    return photograph(paper, issuance.number, taken, folder / f"{issuance.year}-{issuance.number}.jpg")
