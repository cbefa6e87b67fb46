"""Copies of the books to carry away: written, proved, and noted, so that one sees when the last one was made."""

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from villagedesk.kernel.clock import Clock, SystemClock
from villagedesk.kernel.progress import Progress
from villagedesk.storage.backup import FOLDER
from villagedesk.storage.wholecopy import BOOKS, write_whole
from villagedesk.storage.witnesses import LAST_COPY, stand_of


@dataclass(frozen=True, slots=True)
class Copy:
    """A proved copy that was carried away: when it was made, and its file's name."""

    made_at: datetime
    name: str


def copy_out(folder: Path, target: Path, progress: Progress | None = None, clock: Clock | None = None) -> Path:
    """Write the desk in ``folder`` as one proved file to ``target`` and note it. Returns the file's path.

    Raises what ``write_whole`` raises; nothing is noted then. A note that cannot be kept is no fault worth a word.
    """
    moment = (clock or SystemClock()).now()
    stand: dict[str, object] = {}
    with suppress(OSError, sqlite3.Error):  # what is wrong with the file is said by whoever copies it
        stand = stand_of(folder / BOOKS)
    path = write_whole(folder, target, moment, progress)
    with suppress(OSError):
        note = json.dumps({"made_at": moment.isoformat(), "name": path.name, **stand}, ensure_ascii=False)
        (folder / FOLDER / LAST_COPY).write_text(note, "utf-8")
    return path


def last_copy(folder: Path) -> Copy | None:
    """Return the last proved copy of the desk in ``folder`` that was carried away, None when none is known."""
    try:
        kept = json.loads((folder / FOLDER / LAST_COPY).read_text("utf-8"))
        return Copy(datetime.fromisoformat(kept["made_at"]), str(kept["name"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
