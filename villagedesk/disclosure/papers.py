"""A notice as paper: a draft to look at, the issued paper again byte for byte, and a large one for the wall."""

from dataclasses import replace
from pathlib import Path

from villagedesk.disclosure import store
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.reports.sheet import Preset
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

DRAFT_MARK = "草稿"


def number_of(desk: Desk, issuance: Issuance) -> str:
    """Return an issued notice's number as it is written: 村务公示〔2026〕3号."""
    series = village_store.profile(desk).disclosure.series
    return str(DocumentNumber(series, issuance.year, issuance.number))


def printed_path(desk: Desk, issuance: Issuance) -> Path:
    """Return where the paper of an issued notice lies, by its number."""
    return desk.folder / "printed" / f"{number_of(desk, issuance)}.pdf"


def preview(desk: Desk, notice: Notice) -> bytes:
    """Return a notice as PDF: as it was issued, or across it 草稿 while it was not, so that no draft gets posted."""
    from villagedesk.reports.pdf import draw

    issuance = store.issuance_of(desk, notice.id)
    return desk.content(issuance.paper_id) if issuance else draw(replace(kept_sheet(notice), watermark=DRAFT_MARK))


def reprint(issuance: Issuance) -> bytes:
    """Draw an issued notice again from its frozen facts and nothing else, byte for byte as it was."""
    from villagedesk.reports.pdf import draw

    return draw(kept_sheet(issuance))


def poster(issuance: Issuance) -> bytes:
    """Draw an issued notice in large type on A3, readable at two metres."""
    from villagedesk.reports.pdf import draw

    return draw(replace(kept_sheet(issuance), preset=Preset.POSTER))
