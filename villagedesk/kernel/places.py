"""Where the program's own files lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def own_file(relative: str) -> Path:
    """Return the path of a file shipped with the program, such as ``"db/schema.sql"``.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for root in (PACKAGE, PACKAGE.parent):
        path = root / relative
        if path.exists():
            return path
    raise FileNotFoundError(relative)
