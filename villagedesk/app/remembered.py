"""What the program remembers between starts: the desk that was opened last."""

import os
from pathlib import Path

_FILE = "last-desk"


def last_desk() -> Path | None:
    """Return the folder of the desk opened last, None when there was none or it is gone."""
    try:
        folder = Path((_home() / _FILE).read_text("utf-8").strip())
    except OSError:
        return None
    return folder if folder.is_dir() else None


def remember(folder: Path) -> None:
    """Keep the folder for the next start; a home that cannot be written is no fault worth a word."""
    try:
        _home().mkdir(parents=True, exist_ok=True)
        (_home() / _FILE).write_text(str(folder.resolve()), "utf-8")
    except OSError:
        return


def _home() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "state"
    return Path(base) / "villagedesk"
