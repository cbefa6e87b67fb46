"""Makes a photo fit to keep: upright, small, and stripped of all it knows but the time it was taken.

Where it was taken, with which telephone, and the small picture inside it do not go on the board.
"""

import struct
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from villagedesk.kernel.errors import BadInput

LARGEST_BYTES = 500_000
"""What a kept photo may have at most."""
LONGEST_SIDE = 2048
"""Pixels of its longer side at most."""
LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of a file that is looked at."""
MEDIA_TYPE = "image/jpeg"

_MOST_PIXELS = {"JPEG": 250_000_000}
"""A JPEG is read small, whatever its size; of the others this many pixels (A4 at 600 dots an inch) lie in memory."""
_MOST_PIXELS_OTHERWISE = 36_000_000
_SIDES = (2048, 1800, 1600, 1400, 1200, 1000, 800, 600, 400)
_QUALITIES = (85, 75, 65, 55)
_EXIF_FOLDER, _TIME_TAKEN, _ORIENTATION = 0x8769, 0x9003, 0x0112
_TELEPHONES = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")

_MISSING = "找不到这个文件，请检查文件是否还在、U盘是否插好。"
_UNREADABLE = "这个文件读不出来，请检查U盘是否插好，再试一次。"
_EMPTY = "这个文件是空的，请重新拍一张，或从手机再传一次。"
_TOO_LARGE = "文件太大（超过50兆），请检查是不是选错了文件，或用手机重新拍一张。"
_NO_PHOTO = "这个文件不是照片（能用的有 JPG、PNG、BMP、TIFF、WebP），请检查是不是选错了文件。"
_BROKEN = "这张照片不完整或已损坏，请从手机再传一次，或重新拍一张。"
_GIANT = "这张图有 {width}×{height} 个点，太大了，程序没有打开它。请把它缩小，或用手机重新拍一张。"
_HEIC = (
    "这是苹果手机的 HEIC 照片，电脑上不好打开。请在手机“设置→相机→格式”里选“兼容性最佳”后重拍，"
    "或在手机上把它另存为 JPG 再传过来。"
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to keep. ``taken_at`` is like "2026-04-05T10:20:30" by the camera's clock, "" when unknown."""

    content: bytes
    media_type: str
    taken_at: str
    width: int
    height: int


def read_photo(path: Path) -> Photo:
    """Return the photo in a file, fit to keep. Raises BadInput when it is missing, too large, or no photo."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(path.name, _TOO_LARGE)
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise BadInput(path.name, _MISSING) from fault
    except OSError as fault:
        raise BadInput(path.name, _UNREADABLE) from fault
    return kept_photo(content, path.name)


def kept_photo(content: bytes, name: str) -> Photo:
    """Return a photo fit to keep; the same bytes give the same bytes. Raises BadInput saying what is wrong with it."""
    _refuse_at_sight(content, name)
    image, taken = _opened(content, name)
    for side, quality in _ladder(max(image.size)):
        fitted = _shrunk(image, side)
        written = _written(fitted, quality, taken)
        if len(written) <= LARGEST_BYTES:
            return Photo(written, MEDIA_TYPE, _iso(taken), *fitted.size)
    raise BadInput(name, _BROKEN)


def _refuse_at_sight(content: bytes, name: str) -> None:
    if not content:
        raise BadInput(name, _EMPTY)
    if len(content) > LARGEST_FILE:
        raise BadInput(name, _TOO_LARGE)
    if content[4:8] == b"ftyp" and content[8:12] in _TELEPHONES:
        raise BadInput(name, _HEIC)


def _opened(content: bytes, name: str) -> tuple[Any, str]:
    """Return the picture, upright, in three colours, no larger than needed, and when it was taken as EXIF says it."""
    try:
        with warnings.catch_warnings(action="ignore"):  # about what a telephone wrote wrongly beside the picture
            return _decoded(content, name)
    except (OSError, SyntaxError, ValueError, IndexError, TypeError, KeyError, struct.error) as fault:
        raise BadInput(name, _BROKEN) from fault


def _decoded(content: bytes, name: str) -> tuple[Any, str]:
    image = _undecoded(content, name)
    width, height = image.size
    if width * height > _MOST_PIXELS.get(image.format, _MOST_PIXELS_OTHERWISE):
        raise BadInput(name, _GIANT.format(width=width, height=height))
    share = max(width, height) / LONGEST_SIDE
    image.draft("RGB", (int(width / share), int(height / share)))
    image.load()
    turned, taken = _turned(image), _time_taken(image)
    image = _shrunk(_flat(image), LONGEST_SIDE)
    image.info.clear()
    return image if turned is None else image.transpose(turned), taken


def _undecoded(content: bytes, name: str) -> Any:
    """Return the picture with its head read only. Each kind is read by its own reader: no other is tried."""
    from PIL.BmpImagePlugin import BmpImageFile
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile
    from PIL.TiffImagePlugin import TiffImageFile
    from PIL.WebPImagePlugin import WebPImageFile

    readers = (
        (b"\xff\xd8\xff", JpegImageFile),
        (b"\x89PNG\r\n\x1a\n", PngImageFile),
        (b"BM", BmpImageFile),
        (b"II*\0", TiffImageFile),
        (b"MM\0*", TiffImageFile),
        (b"RIFF", WebPImageFile),
    )
    reader = next((reader for begins, reader in readers if content.startswith(begins)), None)
    if reader is None or (reader is WebPImageFile and content[8:12] != b"WEBP"):
        raise BadInput(name, _NO_PHOTO)
    if reader is WebPImageFile:
        _refuse_giant_webp(content, name)
    return reader(BytesIO(content))


def _refuse_giant_webp(content: bytes, name: str) -> None:
    """Refuse by the head what its reader would set memory aside for at once."""
    head = content[20:30].ljust(10, b"\0")
    match content[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7))
        case b"VP8L":
            both = int.from_bytes(head[1:5], "little")
            width, height = (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
        case _:
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    if width * height > _MOST_PIXELS_OTHERWISE:
        raise BadInput(name, _GIANT.format(width=width, height=height))


def _turned(image: Any) -> Any:
    """Return how the picture must be turned to stand upright, None when it does."""
    from PIL.Image import Transpose

    turns = (
        *(Transpose.FLIP_LEFT_RIGHT, Transpose.ROTATE_180, Transpose.FLIP_TOP_BOTTOM, Transpose.TRANSPOSE),
        *(Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90),
    )
    return dict(enumerate(turns, 2)).get(image.getexif().get(_ORIENTATION))


def _time_taken(image: Any) -> str:
    said = image.getexif().get_ifd(_EXIF_FOLDER).get(_TIME_TAKEN)
    return said.strip("\0 ") if isinstance(said, str) and _iso(said) else ""


def _iso(taken: str) -> str:
    with suppress(ValueError):
        day, _, time = taken.strip("\0 ").partition(" ")
        return datetime.fromisoformat(f"{day.replace(':', '-')}T{time}").isoformat(timespec="seconds")
    return ""


def _flat(image: Any) -> Any:
    """Return the picture in three colours; what is clear becomes white."""
    from PIL import Image

    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda grey: grey / 256).convert("L").convert("RGB")
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        image = _shrunk(image.convert("RGBA"), LONGEST_SIDE)
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def _shrunk(image: Any, side: int) -> Any:
    """Return the picture with its longer side at most ``side`` pixels."""
    from PIL.Image import Resampling

    longer = max(image.size)
    if longer <= side:
        return image
    size = tuple(max(1, round(length * side / longer)) for length in image.size)
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _ladder(longer: int) -> Iterator[tuple[int, int]]:
    """Yield sizes and qualities to try: first the quality gives way, then the size, for words need their dots."""
    for side in (longer, *(side for side in _SIDES if side < longer)):
        yield from ((side, quality) for quality in _QUALITIES)


def _written(image: Any, quality: int, taken: str) -> bytes:
    from PIL.Image import Exif

    exif = Exif()
    if taken:
        exif.get_ifd(_EXIF_FOLDER)[_TIME_TAKEN] = taken
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, exif=exif if taken else b"")
    return file.getvalue()
