"""Paints pages of a finished PDF for the screen, so that what is shown is what is printed.

PDFium is loaded when first used and must be asked by one thread at a time; a lock sees to that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_ONE_AT_A_TIME = Lock()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page, in points. Raises ValueError when the bytes are no PDF."""
    with _opened(pdf) as document:
        return [page.get_size() for page in document]


def page_rgba(pdf: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
    """Paint a page (from 0) at ``scale`` pixels a point: width, height, and four bytes a pixel, row by row.

    Raises ValueError when the bytes are no PDF and IndexError when it has no such page.
    """
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        bitmap = document[page].render(scale=scale, rev_byteorder=True, force_bitmap_format=_four_bytes())
        row = bitmap.width * 4
        rows = memoryview(bitmap.buffer).cast("B")
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        return bitmap.width, bitmap.height, b"".join(rows[start : start + row] for start in starts)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError

    with _ONE_AT_A_TIME:
        try:
            document = PdfDocument(pdf)
        except PdfiumError as fault:
            raise ValueError("not a PDF") from fault
        try:
            yield document
        finally:
            document.close()


def _four_bytes() -> int:
    from pypdfium2.raw import FPDFBitmap_BGRA

    return int(FPDFBitmap_BGRA)
