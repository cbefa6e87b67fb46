"""The contact sheet shows every paper: each kind has its picture, and the page that lists them names it."""

from pathlib import Path

from PIL import Image

from scripts.contact_sheet import GAP, HEIGHT, picture
from tests.wall import PAPERS
from villagedesk.reports.sheet import Paragraph, Preset, Sheet

SHOWN = Path(__file__).parents[1] / "docs" / "papers"
LARGEST = 3_000_000


def test_every_kind_has_its_picture_and_no_picture_is_left_over() -> None:
    assert {path.stem for path in SHOWN.glob("*.png")} == set(PAPERS)
    listed = (SHOWN / "README.md").read_text("utf-8")
    assert all(f"![{name}]({name}.png)" in listed for name in PAPERS)


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in SHOWN.iterdir()) < LARGEST


def test_a_picture_shows_the_sheet_on_each_paper_and_is_the_same_every_time(tmp_path: Path) -> None:
    sheet = Sheet("青山村公示", (Paragraph("现予公示。"),))
    counts = picture(sheet, tmp_path / "one.png")
    picture(sheet, tmp_path / "other.png")
    assert counts == dict.fromkeys(Preset, 1)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()
    with Image.open(tmp_path / "one.png") as drawn:
        assert drawn.height == HEIGHT + 2 * GAP
        assert drawn.width > len(Preset) * HEIGHT / 2
