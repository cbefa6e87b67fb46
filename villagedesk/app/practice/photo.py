"""Photos of the practice village's board: the paper pinned on wood, a little askew, as a telephone would take it."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 1.0
"""Pixels a point of the paper: the QR code can be read, and a quarter's photos do not weigh much."""
_MARGIN = 44
_SHADOW = 5
_PLANK = 96
_WOOD = ((122, 88, 56), (114, 81, 51), (128, 93, 60), (118, 85, 53))
_ANGLES = (0.7, -1.1, 0.4, 1.4, -0.6, -1.6, 1.0)
_PIN = "#B03A2E"
_TAKEN = 0x9003
_EXIF = 0x8769


def photograph(paper: bytes, number: int, taken_at: datetime, path: Path) -> Path:
    """Take a photo of a paper's last page, where its code stands, and lay it at ``path``. The same at every taking."""
    from PIL import Image

    hung = _pinned(_page(paper), _ANGLES[number % len(_ANGLES)])
    wood = _wood(hung.width + 2 * _MARGIN, hung.height + 2 * _MARGIN).copy()
    wood.paste(Image.new("RGB", hung.size, "#3A2A1A"), (_MARGIN + _SHADOW, _MARGIN + _SHADOW), hung.getchannel("A"))
    wood.paste(hung, (_MARGIN, _MARGIN), hung)
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_TAKEN] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    wood.save(path, "JPEG", quality=80, exif=exif)
    return path


def _page(paper: bytes) -> "Image":
    from PIL import Image

    from villagedesk.reports.preview import OpenedPdf

    with OpenedPdf(paper) as opened:
        width, height, pixels = opened.paint(len(opened.sizes) - 1, _SCALE)
    return Image.frombytes("RGBA", (width, height), pixels)


def _pinned(page: "Image", angle: float) -> "Image":
    """Return the paper with its two pins, turned as nobody hangs it straight; around it nothing."""
    from PIL import Image, ImageDraw

    pen = ImageDraw.Draw(page)
    for across in (14, page.width - 14):
        pen.ellipse((across - 6, 8, across + 6, 20), fill=_PIN)
    return page.rotate(angle, Image.Resampling.BILINEAR, expand=True)


@cache
def _wood(width: int, height: int) -> "Image":
    """Return a board of planks."""
    from PIL import Image, ImageDraw

    board = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(board)
    for place, top in enumerate(range(0, height, _PLANK)):
        pen.rectangle((0, top, width, top + _PLANK), fill=_WOOD[place % len(_WOOD)])
        pen.line((0, top, width, top), fill=(84, 58, 36), width=2)
        for grain in range(top + 11, top + _PLANK, 17):
            start = (place * 131 + grain * 37) % 160
            pen.line((start, grain, width - start // 2, grain + 3), fill=(108, 76, 47))
    return board
