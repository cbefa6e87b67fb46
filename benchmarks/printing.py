"""Paper from our press and the others, each in a process of its own, and what ours costs over a bare canvas.

The same facts, page, faces, sizes and columns for all; each paper differs from the one before it, so that no press can
give back what it has kept.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.books import cache
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from benchmarks.papers import notice, register, write_down
from villagedesk.reports.sheet import Sheet

PRESSES: Mapping[str, str] = {
    "ours": "our press",
    "longtable": "Platypus LongTable, words in Paragraphs",
    "longtable.unwrapped": "LongTable of plain strings, words cut by no line",
    "typst": "typst",
    "office": "LibreOffice Writer",
}
ROUNDS: Mapping[int, int] = {0: 7, 100: 7, 1_000: 3, 10_000: 1}
"""Rows of the register (0 for the notice) and how often each press prints it in a new process."""

LONGEST: Mapping[str, int] = {"office": 1_000}
"""Rows up to which a press is asked; LibreOffice had not printed 10 000 in ten minutes."""

_HOME = Path(__file__).resolve().parents[1]
_PATIENCE = 600
_PAGES = 300


@dataclass(frozen=True, slots=True)
class Run:
    """A process that printed papers: seconds from its start to its end and for each paper, and its peak in MB."""

    whole: float
    each: tuple[float, ...]
    peak: float


def printing(rounds: Mapping[int, int] = ROUNDS, notices: int = 100, pages: int = _PAGES) -> Iterator[Figure]:
    """Print with every press there is; say so of one that is not installed."""
    here = [press for press in PRESSES if press != "office" or shutil.which("soffice")]
    if len(here) < len(PRESSES):
        yield Figure("print.office", 0, "runs", "LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as place:
        warming = _written(Path(place), [notice()])
        for press in here:
            printed(press, [warming])
        for rows, often in rounds.items():
            asked = [press for press in here if rows <= LONGEST.get(press, rows)]
            yield from _compared(Path(place), asked, rows, often)
        yield from _packs(Path(place), [press for press in here if press in {"ours", "longtable", "typst"}], notices)
    yield from _alone(*list(rounds)[-2:])
    yield from _preview(pages)


def printed(press: str, papers: Sequence[Path]) -> Run:
    """Print each file of papers in one fresh process, the last one for good beside its file.

    Modules are kept compiled, as they are where a program is installed. Raises CalledProcessError.
    """
    command = [
        sys.executable,
        "-m",
        "benchmarks.presses",
        press,
        str(papers[-1].with_suffix(".pdf")),
        *map(str, papers),
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept = plain | {"PYTHONPYCACHEPREFIX": str(cache() / "compiled")}
    ended: list[str] = []
    whole = seconds(lambda: ended.append(_ended(command, kept)))
    told = json.loads(ended[0])
    return Run(whole, tuple(told["seconds"]), told["peak"] / 1024)


def _ended(command: Sequence[str], environment: Mapping[str, str]) -> str:
    return subprocess.run(
        command, cwd=_HOME, env=environment, stdout=subprocess.PIPE, text=True, timeout=_PATIENCE, check=True
    ).stdout


def _compared(place: Path, presses: Sequence[str], rows: int, often: int) -> Iterator[Figure]:
    """One paper in a new process, then a second after another one, A B A B; only the one where it takes too long."""
    papers = [_written(place, [_paper(rows, number)]) for number in range(often + 1)]
    cold: dict[str, list[Run]] = {press: [] for press in presses}
    warm: dict[str, list[float]] = {press: [] for press in presses if often > 1}
    for turn in range(often):
        for press in presses:
            cold[press].append(printed(press, papers[turn : turn + 1]))
        for press, taken in warm.items():
            taken.append(printed(press, papers[turn : turn + 2]).each[1])
    name = f"print.{_short(rows)}"
    first = {press: [run.each[0] for run in runs] for press, runs in cold.items()}
    whole = {press: [run.whole for run in runs] for press, runs in cold.items()}
    peak = {press: [run.peak for run in runs] for press, runs in cold.items()}
    yield Figure(f"{name}.first", median(first["ours"]), "s", "the first paper of a process, faces not read yet")
    yield Figure(f"{name}.whole", median(whole["ours"]), "s", "its whole process, Python and libraries loaded too")
    yield Figure(f"{name}.rss", median(peak["ours"]), "MB", "its peak")
    if warm:
        yield Figure(f"{name}.warm", median(warm["ours"]), "s", "the paper after it")
    kinds = {"first": (first, "s", "; under 1"), "rss": (peak, "MB", "; under 1"), "whole": (whole, "s", "")}
    if warm:
        kinds["warm"] = (warm, "s", "; under 1")
    for press in presses[1:]:
        for kind, (values, unit, target) in kinds.items():
            beside = f"ours over {PRESSES[press]}, {median(values[press]):.3g} {unit}{target}"
            yield Figure(f"{name}.{kind}.{press}", ratio(values["ours"], values[press]), "times", beside)


def _packs(place: Path, presses: Sequence[str], notices: int) -> Iterator[Figure]:
    sheets = [notice(number) for number in range(1, notices + 1)]
    one, many = _written(place, sheets), [_written(place, [sheet]) for sheet in sheets]
    for press in presses:
        yield Figure(f"print.pack.{press}", sum(printed(press, [one]).each), "s", f"{notices} notices in one file")
        yield Figure(f"print.files.{press}", sum(printed(press, many).each), "s", f"{notices} notices, a file each")


def _alone(small: int, large: int, rounds: int = 3) -> Iterator[Figure]:
    """Our press against itself, at two lengths, and against the canvas that is told where each string stands."""
    from benchmarks.presses.bare import known
    from villagedesk.reports.layout import lay_out
    from villagedesk.reports.pdf import draw

    short, long = register(small), register(large)
    ours = {"short": lambda: draw(short), "long": lambda: draw(long)}
    bare = {f"bare {name}": known(lay_out(sheet)) for name, sheet in (("short", short), ("long", long))}
    acts = {name: partial(seconds, act) for name, act in (ours | bare).items()}
    taken = side_by_side(acts, rounds)
    beside = f"{large} rows over {small}, both warm; at most 11"
    yield Figure("print.growth", ratio(taken["long"], taken["short"]), "times", beside)
    for name, rows in (("short", small), ("long", large)):
        beside = f"{rows} rows over a bare canvas, {median(taken[f'bare {name}']):.3g} s; at most 2.5"
        yield Figure(f"print.overhead_{_short(rows)}", ratio(taken[name], taken[f"bare {name}"]), "times", beside)


def _preview(pages: int) -> Iterator[Figure]:
    """Open a long paper and show its first page; then turn to others."""
    from villagedesk.reports.pdf import draw
    from villagedesk.reports.preview import OpenedPdf

    pdf = draw(register(24 * pages))

    def opened() -> None:
        with OpenedPdf(pdf) as shown:
            shown.paint(0, 1.5)

    taken = side_by_side({"open": partial(seconds, opened)}, 5)
    with OpenedPdf(pdf) as shown:
        turned = [seconds(partial(shown.paint, page, 1.5)) for page in range(0, len(shown.sizes), 7)]
        beside = f"{len(shown.sizes)} pages opened, the first painted"
    yield Figure("print.preview_open", median(taken["open"]) * 1000, "ms", beside)
    yield Figure("print.preview_page", median(turned) * 1000, "ms", "another page of it painted")


_NUMBERS = count()


def _written(place: Path, sheets: Sequence[Sheet]) -> Path:
    file = place / f"{next(_NUMBERS)}.json"
    write_down(sheets, file)
    return file


def _paper(rows: int, number: int) -> Sheet:
    return register(rows, number) if rows else notice(number + 1)


def _short(rows: int) -> str:
    if not rows:
        return "notice"
    return f"{rows // 1000}k" if rows >= 1000 else str(rows)
