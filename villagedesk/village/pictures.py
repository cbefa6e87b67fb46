"""Photos about a record: read and made fit to keep first, kept with the record afterwards, in its own change."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.storage.change import Change
from villagedesk.village.model import Photo

if TYPE_CHECKING:
    from villagedesk.storage.photos import Photo as Picture

Taken = list[tuple[str, "Picture"]]
"""Pictures with the names of their files."""


def read_pictures(paths: Sequence[Path]) -> Taken:
    """Return the photos in files, fit to keep. Raises BadInput for the first that is none; nothing is kept yet."""
    if not paths:
        return []
    from villagedesk.storage.photos import read_photo

    return [(path.name, read_photo(path)) for path in paths]


def keep_pictures(change: Change, table: str, subject_id: str, taken: Taken) -> list[Photo]:
    """Keep photos of a record within a change; the same picture given twice is kept once."""
    kept: dict[str, Photo] = {}
    for name, picture in taken:
        file = change.attach(name, picture.media_type, picture.content)
        if file.id not in kept:
            photo = Photo(
                subject_table=table,
                subject_id=subject_id,
                attachment_id=file.id,
                taken_at=picture.taken_at,
                added_by=change.actor_id,
            )
            kept[file.id] = change.put(photo)
    return list(kept.values())
