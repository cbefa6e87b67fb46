"""Reads the QR codes in a photo, such as that of the board a notice was posted on."""

from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 80_000_000
"""A picture with more pixels is not opened: it would fill the memory."""

_SIDES = (1600, 4000)
"""Longest sides at which the picture is tried, the quick one first."""


def codes_in(image: bytes) -> list[str]:
    """Return what the QR codes in a picture (JPEG, PNG) say, from the top; none when no code can be read.

    Raises ValueError when the bytes are no picture, a broken one, or one too large to open.
    """
    import zxingcpp

    grey = _grey(image)
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    binarizers = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
    for side, binarizer in product(_SIDES, binarizers):
        found = zxingcpp.read_barcodes(_scaled(grey, side), formats=wanted, binarizer=binarizer)
        if found:
            ordered = sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
            return [code.text for code in ordered]
    return []


def _grey(image: bytes) -> "Image":
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(image), formats=("JPEG", "PNG", "WEBP", "BMP", "TIFF")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError(f"a picture of {opened.width} × {opened.height} pixels is too large")
            opened.draft("L", (max(_SIDES), max(_SIDES)))
            return opened.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as fault:
        raise ValueError(f"not a picture: {fault}") from fault


def _scaled(grey: "Image", side: int) -> "Image":
    """Return the picture at that longest side; a small one is enlarged at most twice."""
    factor = min(side / max(grey.size), 2.0)
    return grey.resize((max(round(grey.width * factor), 1), max(round(grey.height * factor), 1)))
