"""What the program remembers between starts: the desks that were opened, latest first."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

_FILE = "desks.json"
_MOST = 5


def recent() -> list[tuple[str, Path]]:
    """Return the desks that were opened and are still there, as (name, folder), latest first."""
    try:
        kept = json.loads((_home() / _FILE).read_text("utf-8"))
        found = [(str(name), Path(folder)) for name, folder in kept]
    except (OSError, ValueError, TypeError):
        return []
    return [(name, folder) for name, folder in found if folder.is_dir()]


def last_desk() -> Path | None:
    """Return the folder of the desk opened last, None when there was none or it is gone."""
    desks = recent()
    return desks[0][1] if desks else None


def remember(name: str, folder: Path) -> None:
    """Keep a desk for the next start; a home that cannot be written is no fault worth a word."""
    folder = folder.resolve()
    others = [(other, path) for other, path in recent() if path != folder]
    desks: Sequence[tuple[str, Path]] = [(name, folder), *others][:_MOST]
    try:
        _home().mkdir(parents=True, exist_ok=True)
        text = json.dumps([(other, str(path)) for other, path in desks], ensure_ascii=False)
        (_home() / _FILE).write_text(text, "utf-8")
    except OSError:
        return


def _home() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "state"
    return Path(base) / "villagedesk"
