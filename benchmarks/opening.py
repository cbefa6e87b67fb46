"""From the start of the process to a page that can be used: small books, large books, and a bare window."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.books import books
from benchmarks.figures import Figure, ratio, side_by_side
from benchmarks.screen import screen
from villagedesk.ui.usable import VARIABLE

HOME = Path(__file__).resolve().parents[1]
_PATIENCE = 60
_BARE = [sys.executable, "-m", "benchmarks.bare"]


@dataclass(frozen=True, slots=True)
class Usable:
    """A page that can be used: its key, seconds on the monotonic clock, and the peak of the memory in kB."""

    key: str
    at: float
    peak: int


def opening(small: int = 1_000, large: int = 100_000, rounds: int = 15) -> Iterator[Figure]:
    """Start the window on small and on large books, as the accountant does, and a bare one beside them."""
    peaks: list[int] = []
    with _surroundings() as environment:
        commands = {"small": _window(books(small)), "large": _window(books(large)), "bare": _BARE}

        def start(name: str) -> float:
            begun = time.monotonic()
            page = started(commands[name], environment)[0]
            if name == "large":
                peaks.append(page.peak)
            return page.at - begun

        taken = side_by_side({name: partial(start, name) for name in commands}, rounds)
    yield Figure(f"open.{_short(small)}", median(taken["small"]), "s", f"{small} payments, first page complete")
    yield Figure(f"open.{_short(large)}", median(taken["large"]), "s", f"{large} payments, first page complete")
    yield Figure("open.bare", median(taken["bare"]), "s", "a bare PySide6 window with an empty table")
    name = f"open.ratio_{_short(large)}_to"
    yield Figure(f"{name}_{_short(small)}", ratio(taken["large"], taken["small"]), "times", "at most 1.2")
    yield Figure(f"{name}_bare", ratio(taken["large"], taken["bare"]), "times", "at most 2")
    yield Figure(f"open.rss_{_short(large)}", max(peaks) / 1024, "MB", "at most 110, peak of the process")


def register(small: int = 1_000, large: int = 100_000, rounds: int = 7) -> Iterator[Figure]:
    """Go from the first page to the list of all payments in small and in large books."""
    with _surroundings() as environment:
        environment[VARIABLE] = "payments"
        desks = {"small": books(small), "large": books(large)}

        def turn_to(name: str) -> float:
            first, page = started(_window(desks[name]), environment)
            return page.at - first.at

        taken = side_by_side({name: partial(turn_to, name) for name in desks}, rounds)
    beside = "from the first page to the list shown"
    yield Figure(f"register.open_{_short(small)}", median(taken["small"]), "s", f"{small} payments, {beside}")
    yield Figure(f"register.open_{_short(large)}", median(taken["large"]), "s", f"{large} payments, {beside}")
    name = f"register.ratio_{_short(large)}_to_{_short(small)}"
    yield Figure(name, ratio(taken["large"], taken["small"]), "times", "one list of ids more")


def started(command: list[str], environment: Mapping[str, str]) -> list[Usable]:
    """Run a window that reports its pages and closes itself. Raises RuntimeError when it reports nothing."""
    ended = subprocess.run(
        command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    if ended.returncode or not ended.stdout:
        raise RuntimeError(f"{' '.join(command)}\n{ended.stderr}")
    lines = [line.split("\t") for line in ended.stdout.splitlines()]
    return [Usable(key, float(at), int(peak)) for key, at, peak in lines]


@contextmanager
def _surroundings() -> Iterator[dict[str, str]]:
    """Yield the environment to start in: a screen, a memory of earlier starts of its own, compiled modules kept."""
    with screen() as environment, tempfile.TemporaryDirectory() as state:
        plain = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
        yield plain | {"XDG_STATE_HOME": state, VARIABLE: "home"}


def _window(desk: Path) -> list[str]:
    return [sys.executable, "-m", "villagedesk", "--desk", str(desk)]


def _short(count: int) -> str:
    return f"{count // 1000}k" if count >= 1000 else str(count)
