"""What is typed and not saved yet: one small file for each form, beside the books and no part of them.

Neither the proof of the desk, nor its backups, nor its packages look into this folder; losing it loses nothing that was
recorded. A file is whole or not there, so that a program that dies in the middle leaves the last whole one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from villagedesk.storage.attachments import write_durably
from villagedesk.storage.faults import plain_faults

FOLDER = "unsaved"

Typed = str | int | bool | list[str] | None
"""What stands in one field, as it was typed; a list holds the paths of files."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a form held when it was last kept, by the names of its fields, and when that was.

    ``begun`` is what it was filled with before anything was typed: what the books said then.
    """

    typed: dict[str, Typed]
    kept_at: datetime
    begun: dict[str, Typed] = field(default_factory=dict)


def place(folder: Path, name: str) -> Path:
    """Return where a desk keeps what is typed into the form ``name`` (letters, figures and ``-``)."""
    return folder / FOLDER / f"{name}.json"


def keep(
    folder: Path, name: str, typed: Mapping[str, Typed], at: datetime, begun: Mapping[str, Typed] | None = None
) -> None:
    """Keep what is typed, in place of what was kept before. Raises DiskFull or DiskGone; that stays kept then."""
    kept = {"kept_at": at.isoformat(), "typed": dict(typed), "begun": dict(begun or {})}
    with plain_faults(folder):
        path = place(folder, name)
        if not folder.is_dir():
            raise FileNotFoundError(2, "no desk", str(folder))
        path.parent.mkdir(exist_ok=True)
        write_durably(path, json.dumps(kept, ensure_ascii=False).encode())


def kept(folder: Path, name: str) -> Unsaved | None:
    """Return what was typed and not saved, None when there is nothing or it cannot be read."""
    try:
        found = json.loads(place(folder, name).read_bytes())
        typed, begun = (
            {str(key): value for key, value in part.items() if _is_typed(value)}
            for part in (found["typed"], found.get("begun", {}))
        )
        return Unsaved(typed, datetime.fromisoformat(found["kept_at"]), begun)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def let_go(folder: Path, name: str) -> None:
    """Forget what was typed; it was saved, or nobody wants it. Raises DiskGone."""
    with plain_faults(folder):
        place(folder, name).unlink(missing_ok=True)


def names(folder: Path, fitting: str) -> list[str]:
    """Return the names something is kept under, those that fit a pattern such as ``paysheet-*``."""
    return sorted(path.stem for path in (folder / FOLDER).glob(f"{fitting}.json"))


def tidy(folder: Path, before: datetime) -> None:
    """Forget what was last kept before a moment. Raises DiskGone."""
    for name in names(folder, "*"):
        found = kept(folder, name)
        if found and found.kept_at.timestamp() < before.timestamp():
            let_go(folder, name)


def _is_typed(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return value is None or isinstance(value, str | int)
