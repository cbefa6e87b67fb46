"""Photos are kept upright, small, readable and stripped; what is no photo is refused in plain words."""

import random
import resource
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageStat

from villagedesk.kernel.errors import BadInput
from villagedesk.kernel.places import own_file
from villagedesk.storage.photos import LARGEST_BYTES, LONGEST_SIDE, kept_photo, read_photo

TAKEN = "2026:04:05 10:20:30"


def written(image: Any, form: str, **options: Any) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def exif_of(*, taken: str = "", orientation: int = 1) -> Any:
    """Return what a telephone writes into a photo: itself, the place, and so on."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "HUAWEI"
    exif.get_ifd(0x8825)[2] = (29.0, 11.0, 3.5)
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    return exif


def wall(width: int = 4000, height: int = 3000) -> Any:
    """Return a picture as a telephone takes it: a paper with words of 28 pt on a board as high as A3, with grain."""
    image = Image.new("RGB", (width, height), "#9a8f7a")
    draw, dot = ImageDraw.Draw(image), height / 3000
    draw.rectangle((width // 10, height // 30, width - width // 10, height - height // 30), fill="#f4f1ea")
    size = max(1, round(28 / 72 * 25.4 * height / 420))
    face = ImageFont.truetype(str(own_file("resources/fonts/NotoSansSC-Regular.ttf")), size)
    for line in range(12):
        words = "关于农村公共服务运行维护资金使用情况的公示第二季度"
        draw.text((450 * dot, (150 + line * 230) * dot), words, fill="#222222", font=face)
    grain = Image.effect_noise((width, height), 40).convert("RGB")
    return Image.blend(image, grain, 0.12)


def giant_png(width: int, height: int) -> bytes:
    """Return a small file that claims to be a huge picture, and is one: all white."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    body = b"".join(packer.compress(row) for _ in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def opened(content: bytes) -> Any:
    """Open what was kept."""
    return Image.open(BytesIO(content))


def test_a_telephones_photo_is_made_small_and_stays_readable() -> None:
    source = wall()
    photo = kept_photo(written(source, "JPEG", quality=95, exif=exif_of(taken=TAKEN)), "公示.jpg")
    assert photo.media_type == "image/jpeg"
    assert len(photo.content) <= LARGEST_BYTES
    assert (photo.width, photo.height) == opened(photo.content).size
    assert 1400 <= photo.width <= LONGEST_SIDE, "a word of 28 pt has at least 30 dots in height"
    ideal = source.filter(ImageFilter.GaussianBlur(1)).resize((photo.width, photo.height), Image.Resampling.LANCZOS)
    assert likeness(ideal.convert("L"), opened(photo.content).convert("L")) > 0.97


def likeness(one: Any, other: Any) -> float:
    """Return how alike two grey pictures are dot by dot: 1 for the same."""
    first, second = one.tobytes(), other.tobytes()
    mean_1, mean_2 = ImageStat.Stat(one).mean[0], ImageStat.Stat(other).mean[0]
    together = sum((a - mean_1) * (b - mean_2) for a, b in zip(first, second, strict=True))
    alone = sum((a - mean_1) ** 2 for a in first) * sum((b - mean_2) ** 2 for b in second)
    return float(together / alone**0.5)


def test_the_worst_picture_still_fits() -> None:
    noise = Image.frombytes("RGB", (3000, 2000), random.Random(1).randbytes(3000 * 2000 * 3))
    photo = kept_photo(written(noise, "JPEG", quality=90), "雪花.jpg")
    assert len(photo.content) <= LARGEST_BYTES


def test_the_same_photo_gives_the_same_bytes() -> None:
    content = written(wall(1200, 900), "JPEG", exif=exif_of(taken=TAKEN))
    assert kept_photo(content, "a.jpg") == kept_photo(content, "b.jpg")


def test_nothing_but_the_time_taken_is_kept() -> None:
    exif = exif_of(taken=TAKEN)
    content = written(
        Image.new("RGB", (600, 400), "red"), "JPEG", exif=exif, comment=b"13800000000", icc_profile=b"a profile" * 50
    )
    photo = kept_photo(content, "a.jpg")
    assert photo.taken_at == "2026-04-05T10:20:30"
    kept = opened(photo.content)
    assert dict(kept.getexif()).keys() <= {0x8769}
    assert kept.getexif().get_ifd(0x8769) == {0x9003: TAKEN}
    for word in (b"HUAWEI", b"13800000000", b"profile"):
        assert word in content
        assert word not in photo.content


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday"])
def test_a_time_that_is_unknown_is_empty(taken: str) -> None:
    photo = kept_photo(written(Image.new("RGB", (60, 40)), "JPEG", exif=exif_of(taken=taken)), "a.jpg")
    assert photo.taken_at == ""
    assert not opened(photo.content).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_stands_upright(orientation: int, form: str) -> None:
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("red", (0, 0, 32, 16))
    upright.paste("blue", (32, 16, 64, 32))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turned = upright if orientation == 1 else upright.transpose(Image.Transpose(back[orientation]))
    photo = kept_photo(written(turned, form, exif=exif_of(orientation=orientation)), "a")
    assert (photo.width, photo.height) == (64, 32)
    seen = opened(photo.content).convert("RGB")
    red, blue, white = (seen.getpixel(place) for place in ((8, 4), (56, 28), (56, 4)))
    assert red[0] > 200 > 100 > red[2]
    assert blue[2] > 200 > 100 > blue[0]
    assert min(white) > 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF", "WEBP"])
def test_the_usual_kinds_are_taken(form: str) -> None:
    photo = kept_photo(written(Image.new("RGB", (300, 200), "#336699"), form), "a")
    assert max(abs(a - b) for a, b in zip(opened(photo.content).getpixel((9, 9)), (0x33, 0x66, 0x99), strict=True)) < 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_colouring_is_taken(mode: str) -> None:
    image = Image.new("L", (300, 200), 200)
    made = Image.new("I;16", (300, 200), 200 * 256) if mode == "I;16" else image.convert(mode)
    photo = kept_photo(written(made, "TIFF" if mode == "CMYK" else "PNG"), "a")
    assert all(grey > 180 for grey in opened(photo.content).convert("RGB").resize((1, 1)).getpixel((0, 0)))


def test_what_is_clear_becomes_white() -> None:
    photo = kept_photo(written(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "PNG"), "a.png")
    assert opened(photo.content).getpixel((9, 9)) == (255, 255, 255)


def small_jpeg() -> bytes:
    return written(wall(800, 600), "JPEG")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "这个文件是空的"),
        (lambda: "这里是文字，不是照片。".encode() * 50, "不是照片（能用的有 JPG"),
        (lambda: b"%PDF-1.4 ...", "不是照片"),
        (lambda: b"GIF89a" + bytes(100), "不是照片"),
        (lambda: b"RIFF\x00\x00\x00\x00WAVEfmt ", "不是照片"),
        (lambda: small_jpeg()[:-9000], "不完整或已损坏"),
        (lambda: small_jpeg()[:40], "不完整或已损坏"),
        (lambda: b"\xff\xd8\xff", "不完整或已损坏"),
        (lambda: written(wall(400, 300), "PNG")[:-5000], "不完整或已损坏"),
        (lambda: written(wall(400, 300), "WEBP")[:-5000], "不完整或已损坏"),
        (lambda: written(wall(400, 300), "BMP")[:-5000], "不完整或已损坏"),
        (lambda: written(wall(400, 300), "TIFF")[:-5000], "不完整或已损坏"),
        (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(400), "HEIC 照片.*“兼容性最佳”"),
        (lambda: b"\xff\xd8\xff" + bytes(60_000_000), "文件太大（超过50兆）"),
    ],
)
def test_what_is_no_photo_is_refused(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadInput, match=words) as told:
        kept_photo(make(), "照片.jpg")
    assert str(told.value).startswith("“照片.jpg”没有导入，账里一条也没有变。")


def test_every_cut_and_every_wrong_byte_is_a_sentence_or_a_photo() -> None:
    chance = random.Random(7)
    for form in ("JPEG", "PNG", "TIFF", "WEBP", "BMP"):
        whole = (
            written(wall(160, 120), form, exif=exif_of(taken=TAKEN)) if form != "BMP" else written(wall(160, 120), form)
        )
        for _ in range(60):
            hurt = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
            for _ in range(chance.randrange(6)):
                hurt[chance.randrange(min(len(hurt), 400))] = chance.randrange(256)
            with suppress(BadInput):
                assert len(kept_photo(bytes(hurt), "a").content) <= LARGEST_BYTES


def webp_head(width: int, height: int) -> bytes:
    """Return the head of a WebP that claims a size."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x00\x10\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + canvas + bytes(4000)


@pytest.mark.parametrize("content", [giant_png(30_000, 30_000), webp_head(13_000, 13_000)], ids=["png", "webp"])
def test_a_giant_is_refused_before_it_takes_memory(content: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match=r"有 \d+×\d+ 个点，太大了，程序没有打开它"):
        kept_photo(content, "巨图.png")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000, "kilobytes"


def test_a_telephones_largest_photo_is_taken_without_much_memory() -> None:
    content = written(Image.new("L", (16_000, 12_000), 128), "JPEG")
    photo = kept_photo(content, "两亿像素.jpg")
    assert (photo.width, photo.height) == (2048, 1536)


def test_a_file_is_read_with_its_faults_told(tmp_path: Path) -> None:
    path = tmp_path / "公示.jpg"
    with pytest.raises(BadInput, match="找不到这个文件"):
        read_photo(path)
    with pytest.raises(BadInput, match="读不出来"):
        read_photo(tmp_path)
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(BadInput, match="文件太大"):
        read_photo(path)
    path.write_bytes(small_jpeg())
    assert read_photo(path).width == 800
