"""What is typed and not saved yet: one small file for each form, beside the books and no part of them.

Neither the proof of the desk, nor its backups, nor its packages look into this folder; losing it loses nothing that was
recorded. A file is whole or not there, so that a program that dies in the middle leaves the last whole one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from villagedesk.storage.attachments import write_durably
from villagedesk.storage.faults import plain_faults

FOLDER = "unsaved"

Typed = str | int | bool | list[str] | None
"""What stands in one field, as it was typed; a list holds the paths of files."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a form held when it was last kept, by the names of its fields, and when that was."""

    typed: dict[str, Typed]
    kept_at: datetime


def place(folder: Path, name: str) -> Path:
    """Return where a desk keeps what is typed into the form ``name`` (letters, figures and ``-``)."""
    return folder / FOLDER / f"{name}.json"


def keep(folder: Path, name: str, typed: Mapping[str, Typed], at: datetime) -> None:
    """Keep what is typed, in place of what was kept before. Raises DiskFull or DiskGone; that stays kept then."""
    kept = {"kept_at": at.isoformat(), "typed": dict(typed)}
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
        typed = {str(key): value for key, value in found["typed"].items() if _is_typed(value)}
        return Unsaved(typed, datetime.fromisoformat(found["kept_at"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def let_go(folder: Path, name: str) -> None:
    """Forget what was typed; it was saved, or nobody wants it. Raises DiskGone."""
    with plain_faults(folder):
        place(folder, name).unlink(missing_ok=True)


def _is_typed(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return value is None or isinstance(value, str | int)
