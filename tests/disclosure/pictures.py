"""Photos for tests, as a telephone takes them of the board."""

import io
from datetime import datetime
from pathlib import Path

from villagedesk.disclosure.model import Issuance
from villagedesk.storage.desk import Desk

_EXIF_FOLDER, _TIME_TAKEN = 0x8769, 0x9003


def photo_of(desk: Desk, path: Path, *issuances: Issuance, taken: datetime | None = None) -> Path:
    """Write a photo of papers hung side by side on a brown board; of the bare board without any."""
    from PIL import Image

    from villagedesk.reports.preview import OpenedPdf

    board = Image.new("RGB", (300 + 1000 * len(issuances), 1600), "#6B4A2B")
    for place, issuance in enumerate(issuances):
        paper = desk.content(issuance.paper_id)
        with OpenedPdf(paper) as opened:
            width, height, pixels = opened.paint(len(opened.sizes) - 1, 1.6)
        page = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
        board.paste(page, (20 + 1000 * place, 20))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(_EXIF_FOLDER)[_TIME_TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
    written = io.BytesIO()
    board.save(written, "JPEG", quality=85, exif=exif)
    path.write_bytes(written.getvalue())
    return path
