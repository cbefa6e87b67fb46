"""The practice year's board: each quarter's five notices, reviewed, issued and hung, and one correction."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts
from villagedesk.disclosure import usecases
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.kernel.dates import Period
from villagedesk.oversight import usecases as oversight
from villagedesk.payments.model import Outcome

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear


def disclose(year: "PracticeYear", period: Period) -> None:
    """Put a quarter's notices on the board in the month after it."""
    month = period.last.month + 1
    year.at(month, 8)
    if period.first_month == 1:
        usecases.set_up_slots(year.village)
    drafts = [usecases.prepare(year.village, kind.code, Scope(period)) for kind in KINDS]
    _through_review(year, drafts, month, 9)
    if period.first_month == 7:
        _correct_contracts(year, drafts, month)
        usecases.prepare(year.village, KINDS[3].code, Scope(Period(2026, 10, 1)))


def _through_review(year: "PracticeYear", drafts: list[Notice], month: int, day: int) -> None:
    desk = year.village
    for draft in drafts:
        usecases.submit(desk, draft.id)
    year.at(month, day)
    year.acts(facts.SUPERVISOR)
    for draft in drafts:
        oversight.review(desk, "notices", draft.id, Outcome.PASSED)
    year.acts(facts.ACCOUNTANT)
    year.at(month, day + 1)
    with TemporaryDirectory() as folder:
        for draft in drafts:
            issuance = usecases.issue(desk, draft.id)
            photo = _photo(year, issuance, Path(folder))
            usecases.post_up(desk, draft.id, facts.BOARD, photos=[photo])


def _correct_contracts(year: "PracticeYear", drafts: list[Notice], month: int) -> None:
    """A contract of September was entered late: the contracts notice is answered by a correction."""
    year.at(month, 16)
    year.late_contract()
    contracts = next(draft for draft in drafts if draft.kind == "contracts")
    correction = usecases.correct(year.village, contracts.id, "9月签订的一份合同漏登，现补上。")
    _through_review(year, [correction], month, 17)


def _photo(year: "PracticeYear", issuance: Issuance, folder: Path) -> Path:
    """Return a small picture of the paper, as a phone would take of the board."""
    from PIL import Image

    from villagedesk.reports.preview import page_rgba

    width, height, pixels = page_rgba(year.village.content(issuance.paper_id), 0, 0.6)
    picture = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
    board = Image.new("RGB", (width + 60, height + 60), "#6B4A2B")
    board.paste(picture, (30, 30))
    path = folder / f"{issuance.year}-{issuance.number}.jpg"
    kept = io.BytesIO()
    board.save(kept, "JPEG", quality=70)
    path.write_bytes(kept.getvalue())
    return path
