"""What the screen shows is painted from the printed file."""

import pytest

from villagedesk.reports.pdf import draw
from villagedesk.reports.preview import page_rgba, page_sizes
from villagedesk.reports.sheet import Paragraph, Preset, Sheet

PDF = draw(Sheet("公示", tuple(Paragraph("村") for _ in range(30)), preset=Preset.NOTICE))


def test_each_page_has_its_size_in_points() -> None:
    assert [(round(width), round(height)) for width, height in page_sizes(PDF)] == [(595, 842), (595, 842)]


def test_a_page_is_painted_with_four_bytes_a_pixel() -> None:
    width, height, pixels = page_rgba(PDF, 0, 0.5)
    assert (width, height) == (298, 421)
    assert len(pixels) == width * height * 4
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert min(pixels) < 100


def test_a_page_that_is_not_there_is_an_index_error() -> None:
    for page in (2, -1):
        with pytest.raises(IndexError):
            page_rgba(PDF, page, 1.0)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="PDF"):
        page_sizes(b"not a pdf")
