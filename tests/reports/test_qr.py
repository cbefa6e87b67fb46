"""The code by which a paper is proved is read from every paper by a reader that is not ours, and is not in the way."""

from itertools import pairwise

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from villagedesk.reports.layout import lay_out
from villagedesk.reports.paper import MM, PAPERS
from villagedesk.reports.pdf import draw
from villagedesk.reports.qr import MODULE, QUIET, modules
from villagedesk.reports.sheet import Block, Paragraph, Preset, Proof, Seal, Sheet

CODE = "https://example.cn/v?n=村财〔2026〕3号&d=" + "3f9a" * 16
LINES = ("扫码可核对这张公示是不是真的", "编号：村财〔2026〕3号", "校验码：" + "3f9a" * 16)
TEXT = Paragraph("本季度收支如下，请全体村民监督。")
SEAL = Seal("青山村村民委员会", "2026年10月8日")


def sheet(preset: Preset = Preset.NOTICE, *blocks: Block, code: str = CODE) -> Sheet:
    return Sheet("公示", blocks or (TEXT, SEAL), preset=preset, proof=Proof(code, LINES), watermark="练习")


def read(pdf: bytes, dots_an_inch: int = 100) -> list[str]:
    pages = [page.render(scale=dots_an_inch / 72).to_pil().convert("L") for page in PdfDocument(pdf)]
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("code", [CODE, "CUN2026-3", "3f9a" * 64], ids=["address", "short", "long"])
def test_the_code_is_read_from_every_paper_at_a_hundred_dots_an_inch(preset: Preset, code: str) -> None:
    assert read(draw(sheet(preset, code=code))) == [code]


@pytest.mark.parametrize("preset", Preset)
def test_it_is_read_without_a_seal_too(preset: Preset) -> None:
    assert read(draw(sheet(preset, TEXT))) == [CODE]


def test_a_sheet_without_proof_has_no_code() -> None:
    assert read(draw(Sheet("公示", (TEXT, SEAL)))) == []


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("issuer", ["青山村村民委员会", "青山县白水镇青山村村民委员会农村公共服务运行维护项目理财小组"])
def test_neither_code_nor_lines_meet_the_seal_or_leave_the_page(preset: Preset, issuer: str) -> None:
    paper = PAPERS[preset]
    layout = lay_out(sheet(preset, TEXT, Seal(issuer, "2026年10月8日")))
    placed = [(top, box) for page in layout.pages for top, box in page]
    ((top, holder),) = [(top, box) for top, box in placed if any(fill.grey == 1.0 for fill in box.fills)]
    (white,) = [fill for fill in holder.fills if fill.grey == 1.0]
    lines = [text for text in holder.texts if text.size == paper.fine]
    others = [text for text in holder.texts if text.size != paper.fine]
    assert "".join(text.text for text in lines) == "".join(LINES)
    ends = [white.x + white.width, *(text.x + text.line.width * text.size for text in lines)]
    assert max(ends) <= min((text.x for text in others), default=paper.left + paper.measure) + 0.01
    assert all(text.x >= white.x + white.width or text.y >= white.y + white.height for text in lines)
    assert white.x >= 0
    assert top + holder.height <= paper.height - paper.bottom + 0.1


@pytest.mark.parametrize("preset", Preset)
def test_the_place_of_the_seal_stays_free(preset: Preset) -> None:
    """A round seal of 42 mm stands over the middle of the issuer's name."""
    layout = lay_out(sheet(preset))
    (holder,) = [box for page in layout.pages for _, box in page if any(fill.grey == 1.0 for fill in box.fills)]
    issuer = next(text for text in holder.texts if text.text == SEAL.issuer)
    middle = issuer.x + issuer.line.width * issuer.size / 2
    small = [text for text in holder.texts if text.size == PAPERS[preset].fine]
    assert max(text.x + text.line.width * text.size for text in small) <= middle - 21 * MM


def test_modules_are_large_enough_to_be_scanned() -> None:
    assert MODULE >= 0.5 * MM
    fills = [fill for page in lay_out(sheet()).pages for _, box in page for fill in box.fills if fill.grey == 0]
    assert {round(fill.height, 6) for fill in fills} == {round(MODULE, 6)}


def test_runs_of_a_row_are_one_rectangle() -> None:
    runs = modules(CODE)
    assert len(runs) < sum(length for _, _, length in runs)
    for (row, start, length), (below, next_start, _) in pairwise(runs):
        assert row < below or start + length < next_start


def test_the_quiet_zone_is_white_whatever_stands_behind() -> None:
    page = PdfDocument(draw(sheet(Preset.SLIP)))[0].render(scale=4).to_pil().convert("L")
    layout = lay_out(sheet(Preset.SLIP))
    ((top, white),) = [(top, f) for page_ in layout.pages for top, box in page_ for f in box.fills if f.grey == 1.0]
    edge = [(white.x + 1, top + white.y + step) for step in range(2, int(white.height) - 2)]
    assert {page.getpixel((int(x * 4), int(y * 4))) for x, y in edge} == {255}
    assert QUIET == 4
