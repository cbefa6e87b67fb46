"""Photos of the board: read, looked at for the codes of notices, and kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Issuance, Notice, Posting
from villagedesk.disclosure.papers import number_of
from villagedesk.disclosure.proof import Printed, printed_code
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.progress import Progress
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Photo

if TYPE_CHECKING:
    from villagedesk.storage.photos import Photo as Picture

LABEL = "读入照片"


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo that was read: its file's name, the picture fit to keep, and the codes of notices seen on it."""

    name: str
    picture: "Picture"
    codes: tuple[Printed, ...]

    @property
    def taken_on(self) -> date | None:
        """The day it was taken by the camera's clock, None when it does not say."""
        return date.fromisoformat(self.picture.taken_at[:10]) if self.picture.taken_at else None


def shots(paths: Sequence[Path], progress: Progress | None = None) -> list[Shot]:
    """Read photos. Raises BadInput for one that is none, Cancelled when the person stops it; nothing is kept yet."""
    progress = progress or Progress()
    progress.start(LABEL, len(paths))
    found = []
    for path in paths:
        found.append(_shot(path))
        progress.step()
    return found


def _shot(path: Path) -> Shot:
    from villagedesk.storage.photos import read_photo

    picture = read_photo(path)
    return Shot(path.name, picture, codes_on(picture.content) or codes_on(path.read_bytes()))


def codes_on(content: bytes) -> tuple[Printed, ...]:
    """Return the notices' codes that a picture shows, none when it shows none or cannot be looked at."""
    from villagedesk.reports.scan import codes_in

    try:
        read = [printed_code(text) for text in codes_in(content)]
    except ValueError:
        return ()
    return tuple(code for code in read if code)


def photo_findings(desk: Desk, issuance: Issuance, taken: Sequence[Shot]) -> list[Finding]:
    """Return what speaks against photos of an issued notice: another notice on them, a day before there was a paper."""
    own = [code for code in (printed_code(_code_of(issuance)),) if code]
    return [finding for shot in taken for finding in _against(desk, issuance, shot, own)]


def _against(desk: Desk, issuance: Issuance, shot: Shot, own: Sequence[Printed]) -> Iterator[Finding]:
    if shot.codes and not set(own) & set(shot.codes):
        message = (
            f"照片“{shot.name}”里的二维码是{_named(desk, shot.codes[0])}的公示，不是这一份；请看看是不是选错了照片。"
        )
        yield Finding("disclosure.photo_other", message, "photos", severity=Severity.WARNING)
    if shot.taken_on and shot.taken_on < issuance.issued_on:
        message = (
            f"照片“{shot.name}”是{chinese_date(shot.taken_on)}拍的，那时这份公示还没有发布；"
            "请看看是不是选错了照片，或相机的日期不对。"
        )
        yield Finding("disclosure.photo_early", message, "photos", severity=Severity.WARNING)


def _named(desk: Desk, code: Printed) -> str:
    if code.village_code != village_store.office(desk).code:
        return "别的村"
    found = store.issuance_numbered(desk, desk.office_id, code.year, code.number)
    return f"{number_of(desk, found)}《{desk.get(Notice, found.notice_id).title}》" if found else "账里没有"


def keep(change: Change, table: str, subject_id: str, taken: Sequence[Shot]) -> list[Photo]:
    """Keep photos of a record within a change."""
    kept = []
    for shot in taken:
        file = change.attach(shot.name, shot.picture.media_type, shot.picture.content)
        photo = Photo(
            subject_table=table,
            subject_id=subject_id,
            attachment_id=file.id,
            taken_at=shot.picture.taken_at,
            added_by=change.actor_id,
        )
        kept.append(change.put(photo))
    return kept


def photo_shows(desk: Desk, posting: Posting) -> bool:
    """Tell whether a photo of a posting shows the code of its very notice: the paper did hang. Takes a second a photo.

    A photo that cannot be read shows nothing.
    """
    issuance = store.issuance_of(desk, posting.notice_id)
    own = printed_code(_code_of(issuance)) if issuance else None
    return own is not None and any(own in _codes_kept(desk, digest) for digest in store.photos_of(desk, [posting.id]))


def _codes_kept(desk: Desk, digest: str) -> tuple[Printed, ...]:
    from villagedesk.kernel.errors import DiskGone

    try:
        return codes_on(desk.content(digest))
    except DiskGone:
        return ()


def _code_of(issuance: Issuance) -> str:
    from villagedesk.disclosure.drafting import kept_sheet

    proof = kept_sheet(issuance).proof
    return proof.code if proof else ""
