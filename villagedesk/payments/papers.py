"""The papers a claim rests on: photos made fit to keep, invoices and scans in PDF as they came.

They are read before anything is written, and kept with the desk within the change that needs them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.change import Change
from villagedesk.village.model import Photo

PDF = "application/pdf"
LARGEST_PDF = 10 * 1024 * 1024
"""Bytes of an invoice or scan in PDF at most; real invoices have some tens of thousands."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was read: its file's name, what it is, its content, and when a photo was taken ("": unknown)."""

    name: str
    media_type: str
    content: bytes
    taken_at: str = ""


def read_papers(paths: Sequence[Path]) -> list[Paper]:
    """Read photos and PDFs. Raises BadInput for one that is neither; nothing is kept yet."""
    return [read_paper(path) for path in paths]


def read_paper(path: Path) -> Paper:
    """Read a photo or a PDF. Raises BadInput when it is neither, missing or too large; nothing is kept yet."""
    from villagedesk.storage.photos import read_photo

    if _is_pdf(path):
        if path.stat().st_size > LARGEST_PDF:
            raise BadInput(path.name, "文件太大（超过10兆），请检查是不是选错了文件，或重新扫描。")
        return Paper(path.name, PDF, path.read_bytes())
    photo = read_photo(path)
    return Paper(path.name, photo.media_type, photo.content, photo.taken_at)


def keep_paper(change: Change, paper: Paper) -> Attachment:
    """Keep a paper within a change."""
    return change.attach(paper.name, paper.media_type, paper.content)


def keep_papers(
    change: Change, table: str, subject_id: str, papers: Sequence[Paper], kept: Collection[str] = ()
) -> list[Photo]:
    """Keep papers of a record within a change, each content once; ``kept`` are the digests it has already."""
    distinct = {keep_paper(change, paper).id: paper for paper in papers}
    return [
        change.put(
            Photo(
                subject_table=table,
                subject_id=subject_id,
                attachment_id=digest,
                taken_at=paper.taken_at,
                added_by=change.actor_id,
            )
        )
        for digest, paper in distinct.items()
        if digest not in kept
    ]


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(5) == b"%PDF-"
    except OSError:
        return False  # the reader of photos says what is wrong with the file
