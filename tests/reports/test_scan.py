"""The code on a photo of the board is read as a phone takes it, and what is no photo is refused."""

import random
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFilter
from pypdfium2 import PdfDocument

from villagedesk.reports import scan
from villagedesk.reports.pdf import draw
from villagedesk.reports.scan import codes_in
from villagedesk.reports.sheet import Paragraph, Preset, Proof, Seal, Sheet

CODE = "https://example.cn/v?n=村财〔2026〕3号&d=" + "3f9a" * 16


def page(code: str = CODE, preset: Preset = Preset.NOTICE, dots_an_inch: int = 130) -> Image.Image:
    blocks = (Paragraph("本季度收支如下，请全体村民监督。" * 12), Seal("青山村村民委员会", "2026年10月8日"))
    pdf = draw(Sheet("公示", blocks, preset=preset, proof=Proof(code, ("扫码核对",))))
    picture: Image.Image = PdfDocument(pdf)[0].render(scale=dots_an_inch / 72).to_pil()
    return picture.convert("RGB")


def on_a_board(paper: Image.Image, angle: float) -> Image.Image:
    """The paper turned on a wooden ground, in uneven light, a little out of focus, with noise."""
    turned = paper.convert("RGBA").rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    board = Image.new("RGB", (turned.width + 400, turned.height + 300), (150, 110, 70))
    board.paste(turned, (200, 150), turned)
    light = Image.linear_gradient("L").resize(board.size).point(lambda level: 150 + level * 105 // 255)
    board = Image.composite(board, Image.new("RGB", board.size, (20, 20, 25)), light)
    dice = random.Random(2026)
    noise = Image.frombytes(
        "L", (board.width // 2, board.height // 2), dice.randbytes((board.width // 2) * (board.height // 2))
    )
    speckled = Image.blend(board, noise.resize(board.size).convert("RGB"), 0.12)
    return speckled.filter(ImageFilter.GaussianBlur(0.7))


def saved(picture: Image.Image, quality: int = 60) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


@pytest.mark.parametrize("angle", [7, -23, 168])
def test_a_turned_noisy_compressed_photo_is_read(angle: float) -> None:
    assert codes_in(saved(on_a_board(page(), angle))) == [CODE]


@pytest.mark.parametrize("size", [0.6, 1.7])
def test_a_near_and_a_far_photo_are_read(size: float) -> None:
    photo = on_a_board(page(), 4)
    photo = photo.resize((round(photo.width * size), round(photo.height * size)))
    assert codes_in(saved(photo)) == [CODE]


def test_a_photo_taken_from_the_side_is_read() -> None:
    paper = on_a_board(page(), 0)
    wide, high = paper.size
    corners = (0, 0, 0.06 * wide, high, 0.96 * wide, 0.95 * high, wide, 0.04 * high)
    assert codes_in(saved(paper.transform(paper.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC))) == [
        CODE
    ]


def test_a_dirty_code_is_still_read() -> None:
    """A seventh of the code may be missing."""
    paper = page()
    pen = ImageDraw.Draw(paper)
    dark = [
        (x, y)
        for y in range(paper.height // 2, paper.height)
        for x in range(0, 260, 3)
        if paper.getpixel((x, y)) == (0, 0, 0)
    ]
    left, bottom = min(x for x, _ in dark), max(y for _, y in dark)
    pen.ellipse((left + 72, bottom - 98, left + 98, bottom - 72), fill=(90, 60, 40))
    assert codes_in(saved(paper)) == [CODE]


def test_several_notices_on_one_photo_are_all_read_from_the_top() -> None:
    first, second = page("CUN2026-3"), page("CUN2026-4")
    both = Image.new("RGB", (first.width, first.height * 2), "white")
    both.paste(first, (0, 0))
    both.paste(second, (0, first.height))
    assert codes_in(saved(both)) == ["CUN2026-3", "CUN2026-4"]


def test_a_photo_without_a_code_has_none() -> None:
    assert codes_in(saved(Image.effect_noise((800, 600), 60))) == []


def test_other_formats_are_read() -> None:
    file = BytesIO()
    page().convert("L").save(file, "PNG")
    assert codes_in(file.getvalue()) == [CODE]


@pytest.mark.parametrize(
    "spoilt", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + b"x" * 100, saved(Image.new("RGB", (900, 900)))[:700]]
)
def test_what_is_no_whole_picture_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        codes_in(spoilt)


def test_a_giant_picture_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_PIXELS", 1000)
    with pytest.raises(ValueError, match="too large"):
        codes_in(saved(Image.new("RGB", (100, 100))))
