"""The way in: typed words are a command, no words open the window."""

import sys


def main() -> int:
    """Run the command that was typed, or open the window on the last desk. Returns the exit code."""
    if len(sys.argv) > 1:
        from villagedesk.cli.main import main as run_command

        return run_command()
    from villagedesk.app.remembered import last_desk
    from villagedesk.ui.start import open_window

    return open_window(last_desk())


if __name__ == "__main__":
    sys.exit(main())
