"""Draws docs/papers: of each kind of notice one picture, its first and last page on each paper side by side.

Usage: contact_sheet.py PRACTICE_FOLDER PAPERS_FOLDER. The same practice village gives the same pictures.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.wall import in_preset, papers_of
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Preset, Sheet

HEIGHT = 310
"""Pixels of a page: its lines are told apart and its title can be read."""
GREYS = 8
"""Greys kept in a picture; nothing on a notice is coloured."""
GAP = 12
WALL = 208
_README = """# The papers

Every kind of notice as the practice village hangs it, drawn by `scripts/contact_sheet`. A picture shows the first and
the last page on each paper: NOTICE (A4 after GB/T 9704), FORM and WIDE (A4 with small margins, upright and across),
POSTER (A3, type of at least 26 pt), SLIP (A5 across) and VOUCHER (240 × 140 mm). It is one sheet in all of them,
without hand work. What they say is approved in `tests/disclosure/golden/practice`, how they are set is judged by measure
in `tests/disclosure/test_wall.py`.

"""


def main(practice: Path, target: Path) -> None:
    """Draw all pictures and the page that lists them."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        sheets = papers_of(practice, Path(work))
    counts = {name: picture(sheet, target / f"{name}.png") for name, sheet in sheets.items()}
    (target / "README.md").write_text(_README + "\n".join(_listed(sheets, counts)) + "\n", "utf-8")


def picture(sheet: Sheet, path: Path) -> dict[Preset, int]:
    """Draw a sheet's pages on each paper side by side; return how many pages it has on each."""
    counts, shown = {}, []
    for preset in Preset:
        with pypdfium2.PdfDocument(draw(in_preset(sheet, preset))) as document:
            counts[preset] = len(document)
            shown += [_page(document[place]) for place in sorted({0, len(document) - 1})]
    row = Image.new("L", (GAP + sum(page.width + GAP for page in shown), HEIGHT + 2 * GAP), WALL)
    x = GAP
    for page in shown:
        row.paste(page, (x, GAP))
        x += page.width + GAP
    row.quantize(GREYS, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
    return counts


def _page(page: pypdfium2.PdfPage) -> Image.Image:
    """A page at twice the size, made small: fine strokes turn grey and stay where they are."""
    drawn = page.render(scale=2 * HEIGHT / page.get_height(), grayscale=True).to_pil().convert("L")
    return ImageOps.fit(drawn, (round(drawn.width * HEIGHT / drawn.height), HEIGHT), Image.Resampling.LANCZOS)


def _listed(sheets: Mapping[str, Sheet], counts: Mapping[str, Mapping[Preset, int]]) -> list[str]:
    lines = []
    for name, sheet in sheets.items():
        pages = ", ".join(f"{preset.name} {count}" for preset, count in counts[name].items())
        title = sheet.title.replace("\n", "")
        lines += [f"## {name}: {title}", "", f"Pages: {pages}.", "", f"![{name}]({name}.png)", ""]
    return lines


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
