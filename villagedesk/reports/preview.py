"""Paints pages of a finished PDF for the screen, so that what is shown is what is printed.

PDFium is loaded when first used and must be asked by one thread at a time; a lock sees to that.
"""

from threading import Lock
from types import TracebackType
from typing import Any, Self

_ONE_AT_A_TIME = Lock()


class OpenedPdf:
    """A PDF that stays open while its pages are shown. Any thread may ask it; ``close`` it, or use it in ``with``."""

    def __init__(self, pdf: bytes) -> None:
        """Raises ValueError when the bytes are no PDF."""
        from pypdfium2 import PdfDocument, PdfiumError

        with _ONE_AT_A_TIME:
            try:
                self._document: Any = PdfDocument(pdf)
            except PdfiumError as fault:
                raise ValueError("not a PDF") from fault
            self.sizes: list[tuple[float, float]] = [
                self._document.get_page_size(page) for page in range(len(self._document))
            ]
        """Width and height of each page, in points."""

    def paint(self, page: int, scale: float, *, blue_first: bool = False) -> tuple[int, int, bytes]:
        """Paint a page (from 0) at ``scale`` pixels a point: width, height, and four bytes a pixel, row by row.

        The bytes are red, green, blue, 255, or with ``blue_first`` blue, green, red, 255, as screens keep them.
        Raises IndexError when there is no such page, ValueError once it is closed.
        """
        if not 0 <= page < len(self.sizes):
            raise IndexError(page)
        with _ONE_AT_A_TIME:
            if self._document is None:
                raise ValueError("the PDF is closed")
            shown = self._document[page]
            bitmap = shown.render(scale=scale, rev_byteorder=not blue_first, force_bitmap_format=_four_bytes())
            painted = bitmap.width, bitmap.height, _rows(bitmap)
            bitmap.close()
            shown.close()
        return painted

    def close(self) -> None:
        """Let it go; waits for a page that is being painted. Closing twice is harmless."""
        with _ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
                self._document = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page, in points. Raises ValueError when the bytes are no PDF."""
    with OpenedPdf(pdf) as opened:
        return opened.sizes


def _rows(bitmap: Any) -> bytes:
    """Return the pixels without what pads each row."""
    row, pixels = bitmap.width * 4, memoryview(bitmap.buffer).cast("B")
    if bitmap.stride == row:
        return pixels.tobytes()
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(pixels[start : start + row] for start in starts)


def _four_bytes() -> int:
    from pypdfium2.raw import FPDFBitmap_BGRA

    return int(FPDFBitmap_BGRA)
