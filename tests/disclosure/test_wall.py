"""Every kind of paper the practice village hangs, on every paper: it reads as approved, loses nothing and is well set."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from tests.golden import assert_same
from tests.reports.judge import faults
from tests.wall import PAPERS, in_preset, papers_of
from villagedesk.reports.carried import BROUGHT, FORWARD
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Chart, Preset, Sheet, Table, text_of

GOLDEN = Path(__file__).parent / "golden" / "practice"
_CODE = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
_LINK = re.compile(r"（第\d+笔）")
_FOOT = r"第\d+页共\d+页"
_CARRIED = rf"(?:{FORWARD}|{BROUGHT})[-\d,.]*"

Drawn = Callable[[str, Preset], bytes]

each_paper = pytest.mark.parametrize("name", PAPERS)
each_preset = pytest.mark.parametrize("preset", list(Preset), ids=lambda preset: preset.value)


@pytest.fixture(scope="session")
def wall(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """A sheet of each kind, from the practice village."""
    return papers_of(practice, tmp_path_factory.mktemp("wall"))


@pytest.fixture(scope="session")
def drawn(wall: dict[str, Sheet]) -> Drawn:
    """Draw a paper in a preset, once."""
    return cache(lambda name, preset: draw(in_preset(wall[name], preset)))


@each_paper
def test_the_paper_of_the_practice_village_reads_as_it_was_approved(
    wall: dict[str, Sheet], drawn: Drawn, name: str
) -> None:
    text = "\n".join(_pages(drawn(name, wall[name].preset)))
    assert_same(_without_codes(text) + "\n", GOLDEN / f"{name}.txt")


@each_preset
@each_paper
def test_every_paper_says_all_of_it_and_no_more(
    wall: dict[str, Sheet], drawn: Drawn, name: str, preset: Preset
) -> None:
    sheet = wall[name]
    pages = [_without_foot(_smooth(page), sheet) for page in _pages(drawn(name, preset))]
    left = _left_over(sheet, "".join(pages))
    for text in sorted(_repeated(sheet), key=len, reverse=True):
        left = left.replace(_smooth(text), "")
    assert not re.sub(rf"{_CARRIED}|：", "", left)


@each_preset
@each_paper
def test_every_paper_is_well_set(drawn: Drawn, name: str, preset: Preset) -> None:
    assert not faults(drawn(name, preset), preset)


def test_the_judge_finds_what_is_badly_set(drawn: Drawn) -> None:
    """A form has less margin than a notice may, and a notice smaller type than a poster."""
    assert any("outside the margins" in fault for fault in faults(drawn("votes", Preset.FORM), Preset.NOTICE))
    assert any("is set in 16 pt" in fault for fault in faults(drawn("votes", Preset.NOTICE), Preset.POSTER))


def _pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def _without_codes(text: str) -> str:
    """What the journal adds changes with every entry of the year; it is not the notice's words."""
    return _LINK.sub("（第…笔）", _CODE.sub("····-····-····-····", text))


def _without_foot(page: str, sheet: Sheet) -> str:
    """A page without its watermark, number and small print."""
    foot = _smooth(sheet.footer)
    return re.sub(rf"(?:{re.escape(foot)})?{_FOOT}$", "", page.removeprefix(_smooth(sheet.watermark)))


def _left_over(sheet: Sheet, written: str) -> str:
    """Take the sheet's strings out of a paper's text, in their order; fails where one is not there."""
    for line in map(_smooth, sheet.proof.lines if sheet.proof else ()):  # it stands beside the seal, on the same lines
        assert line in written
        written = written.replace(line, "", 1)
    left, at = "", 0
    for string in map(_smooth, text_of(replace(sheet, footer="", watermark="", issuer="", proof=None)).split("\n")):
        found = written.find(string, at)
        assert found >= 0, f"“{string}” is not on the paper after “{written[max(at - 20, 0) : at]}”"
        left += written[at:found]
        at = found + len(string)
    return left + written[at:]


def _repeated(sheet: Sheet) -> Iterator[str]:
    """What a paper may say again: the heads of a table, the legend of a chart."""
    for block in sheet.blocks:
        if isinstance(block, Table):
            yield "".join(column.head for column in block.columns)
            yield from (block.columns[0].head, block.caption, block.unit)
        elif isinstance(block, Chart):
            yield "".join(block.legend)


def _smooth(text: str) -> str:
    return re.sub(r"\s", "", text)
