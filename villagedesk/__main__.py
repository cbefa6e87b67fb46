"""The way in: typed words are a command; nothing, or the window's own options alone, opens the window."""

import gc
import sys
from pathlib import Path

_WINDOW_OPTIONS = ("--desk", "--as", "--page", "--picture")


def main() -> int:
    """Run the command that was typed, or open the window. Returns the exit code.

    ``--page KEY`` shows a page first; ``--picture FILE`` saves what the window looks like as a PNG and leaves.
    """
    options = _window_options(sys.argv[1:])
    if options is None:
        from villagedesk.cli.main import main as run_command

        return run_command()
    gc.disable()  # nothing made while the window opens is garbage; collecting begins with the event loop
    from villagedesk.ui.house import open_house

    folder, picture = options.get("--desk"), options.get("--picture")
    return open_house(
        Path(folder) if folder else None,
        person=options.get("--as", ""),
        page=options.get("--page", ""),
        picture=Path(picture) if picture else None,
    )


def _window_options(typed: list[str]) -> dict[str, str] | None:
    """Return the window's options by name, None when something else was typed."""
    names, values = typed[::2], typed[1::2]
    if len(names) != len(values) or not set(names) <= set(_WINDOW_OPTIONS):
        return None
    return dict(zip(names, values, strict=True))


if __name__ == "__main__":
    sys.exit(main())
