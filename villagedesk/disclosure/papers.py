"""A notice as paper: a draft to look at, the issued paper again byte for byte, a large one, a pack to hang up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from villagedesk.disclosure import store
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.disclosure.sheets import Paper, checklist, term_of
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.kernel.progress import Progress
from villagedesk.reports.sheet import Preset, Sheet
from villagedesk.storage.attachments import is_kept, write_durably
from villagedesk.storage.desk import Desk
from villagedesk.storage.faults import plain_faults
from villagedesk.village import store as village_store

DRAFT_MARK = "草稿"
_ORDER = {kind.code: place for place, kind in enumerate(KINDS)}


def number_of(desk: Desk, issuance: Issuance) -> str:
    """Return an issued notice's number as it is written: 村务公示〔2026〕3号."""
    series = village_store.profile(desk).disclosure.series
    return str(DocumentNumber(series, issuance.year, issuance.number))


def printed_path(desk: Desk, issuance: Issuance) -> Path:
    """Return where the paper of an issued notice lies, by its number."""
    return desk.folder / "printed" / f"{number_of(desk, issuance)}.pdf"


def printed(desk: Desk, issuance: Issuance) -> Path:
    """Return where the paper of an issued notice lies, laid out again when it is not there whole.

    Raises DiskFull or DiskGone.
    """
    path = printed_path(desk, issuance)
    with plain_faults(desk.folder):
        if not is_kept(path, issuance.paper_id):
            path.parent.mkdir(exist_ok=True)
            write_durably(path, desk.content(issuance.paper_id))
    return path


def preview(desk: Desk, notice: Notice) -> bytes:
    """Return a notice as PDF: as it was issued, or across it 草稿 while it was not, so that no draft gets posted."""
    issuance = store.issuance_of(desk, notice.id)
    return desk.content(issuance.paper_id) if issuance else draft(notice)


def draft(notice: Notice) -> bytes:
    """Draw a notice that is not issued, 草稿 across it."""
    from villagedesk.reports.pdf import draw

    return draw(replace(kept_sheet(notice), watermark=DRAFT_MARK))


def reprint(issuance: Issuance) -> bytes:
    """Draw an issued notice again from its frozen facts and nothing else, byte for byte as it was."""
    from villagedesk.reports.pdf import draw

    return draw(kept_sheet(issuance))


def poster(issuance: Issuance) -> bytes:
    """Draw an issued notice in large type on A3, readable at two metres."""
    from villagedesk.reports.pdf import draw

    return draw(replace(kept_sheet(issuance), preset=Preset.POSTER))


def posting_order(notices: Iterable[Notice]) -> list[Notice]:
    """Return notices as they hang side by side: by slot, within it by kind, then the oldest period and event first."""
    return sorted(notices, key=_place)


def _place(notice: Notice) -> tuple[int, int, str, str, str]:
    return notice.slot, _ORDER.get(notice.kind, len(_ORDER)), notice.period, notice.topic_id, notice.id


def pack(desk: Desk, issuances: Sequence[Issuance], progress: Progress | None = None, *, large: bool = False) -> bytes:
    """Return a 张贴包: issued notices in posting order in one PDF, last a checklist to sign on at the board.

    ``large`` draws the notices on A3; the checklist stays A4. Raises UnprintableText, or Cancelled when the person
    stops it.
    """
    from villagedesk.reports.pdf import draw_all

    sheets = [kept_sheet(issuance) for issuance in _in_order(desk, issuances)]
    last = checklist_of(desk, issuances)
    shown = [replace(sheet, preset=Preset.POSTER) for sheet in sheets] if large else sheets
    progress = progress or Progress()
    progress.start("排版张贴包", len(sheets) + 1)
    return draw_all([*shown, last], last.title, progress)


def checklist_of(desk: Desk, issuances: Iterable[Issuance]) -> Sheet:
    """Return the checklist of issued notices in posting order, as it is today."""
    lines = []
    for issuance in _in_order(desk, issuances):
        sheet = kept_sheet(issuance)
        lines.append(Paper(sheet.number, sheet.title, _boards(desk, issuance), term_of(sheet)))
    return checklist(village_store.office(desk), lines, desk.clock.now().date())


def _in_order(desk: Desk, issuances: Iterable[Issuance]) -> list[Issuance]:
    issued = {issuance.notice_id: issuance for issuance in issuances}
    return [issued[one.id] for one in posting_order(desk.get(Notice, notice_id) for notice_id in issued)]


def _boards(desk: Desk, issuance: Issuance) -> str:
    """Return where a notice hangs, "" to be written in by hand while it does not."""
    return "、".join(dict.fromkeys(posting.board for posting in store.postings_of(desk, issuance.notice_id)))
