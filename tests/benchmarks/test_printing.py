"""The presses print the same papers, and the benchmark compares them line by line; nothing here is timed."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from benchmarks.freezing import freezing
from benchmarks.papers import notice, register, write_down
from benchmarks.presses.bare import known
from benchmarks.printing import PRESSES, printed, printing
from villagedesk.reports.layout import lay_out
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of

INSTALLED = [
    pytest.param(press, marks=pytest.mark.skipif(press == "office" and not shutil.which("soffice"), reason="none here"))
    for press in PRESSES
    if press != "longtable.unwrapped"
]
"""All but the one whose words run into their neighbours' cells."""


def read(pdf: bytes) -> str:
    """All text of a PDF, without the spaces and line ends that wrapping brings."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(text.replace("\ufffe", "").split())


@pytest.mark.parametrize("name", INSTALLED)
def test_every_press_prints_every_word_of_the_same_papers(name: str, tmp_path: Path) -> None:
    sheets, file = [notice(3), register(30)], tmp_path / "papers.json"
    write_down(sheets, file)
    printed(name, [file])
    shown = read(file.with_suffix(".pdf").read_bytes())
    # LibreOffice and ReportLab map characters beyond the BMP wrongly, so those are left out.
    words = {word for sheet in sheets for word in text_of(sheet).split() if max(word) <= "\uffff"}
    assert not {word for word in words if word not in shown}


def test_the_bare_canvas_shows_what_our_press_shows() -> None:
    sheet = register(30)
    ours = read(draw(sheet))
    assert sorted(read(known(lay_out(sheet))())) == sorted(ours)


def test_a_press_reports_its_seconds_and_its_own_peak(tmp_path: Path) -> None:
    file = tmp_path / "papers.json"
    write_down([notice()], file)
    run = printed("ours", [file, file])
    assert len(run.each) == 2
    assert 0 < max(run.each) < run.whole
    assert 10 < run.peak < 100


def test_no_paper_is_the_one_before() -> None:
    assert register(20, 0) != register(20, 1)
    assert len(lay_out(notice()).pages) == 1


def test_a_small_comparison_has_a_line_for_every_press_and_kind() -> None:
    pytest.importorskip("typst")
    found = {figure.name: figure for figure in printing({0: 2, 10: 2, 20: 1}, notices=2, pages=2)}
    others = [name for name in PRESSES if name != "ours" and (name != "office" or shutil.which("soffice"))]
    for paper in ("notice", "10", "20"):
        kinds = ("first", "rss", "whole", "warm") if paper != "20" else ("first", "rss", "whole")
        for kind in kinds:
            assert {f"print.{paper}.{kind}", *(f"print.{paper}.{kind}.{other}" for other in others)} <= set(found)
    assert {"print.growth", "print.overhead_10", "print.overhead_20"} <= set(found)
    assert {"print.pack.ours", "print.files.typst", "print.preview_open", "print.preview_page"} <= set(found)
    assert all(figure.value > 0 for figure in found.values() if figure.unit != "runs")


def test_a_press_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert next(printing()).beside == "LibreOffice is not installed"


@pytest.mark.window
def test_the_window_reports_its_longest_gap_while_a_pack_is_issued() -> None:
    found = {figure.name: figure for figure in freezing(rounds=1)}
    assert list(found) == ["issue.freeze_ms", "issue.idle_ms"]
    assert found["issue.freeze_ms"].value > 0
    assert "notices are issued" in found["issue.freeze_ms"].beside
