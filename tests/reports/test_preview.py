"""What the screen shows is painted from the printed file."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from villagedesk.reports.pdf import draw
from villagedesk.reports.preview import OpenedPdf, page_sizes
from villagedesk.reports.sheet import Paragraph, Preset, Sheet

PDF = draw(Sheet("公示", tuple(Paragraph("村") for _ in range(30)), preset=Preset.NOTICE))


def test_each_page_has_its_size_in_points() -> None:
    assert [(round(width), round(height)) for width, height in page_sizes(PDF)] == [(595, 842), (595, 842)]


def test_a_page_is_painted_with_four_bytes_a_pixel() -> None:
    with OpenedPdf(PDF) as opened:
        width, height, pixels = opened.paint(0, 0.5)
    assert (width, height) == (298, 421)
    assert len(pixels) == width * height * 4
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert min(pixels) < 100


def test_a_page_that_is_not_there_is_an_index_error() -> None:
    with OpenedPdf(PDF) as opened:
        for page in (2, -1):
            with pytest.raises(IndexError):
                opened.paint(page, 1.0)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="PDF"):
        page_sizes(b"not a pdf")


def test_a_pdf_stays_open_until_it_is_closed() -> None:
    opened = OpenedPdf(PDF)
    assert [opened.paint(page, 0.5)[:2] for page in (0, 1, 0)] == [(298, 421)] * 3
    opened.close()
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        opened.paint(0, 0.5)


def test_the_screens_order_of_colours_is_the_others_turned_round() -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, pagesize=(10, 10))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 0, 10, 10, fill=1, stroke=0)
    canvas.save()
    with OpenedPdf(file.getvalue()) as opened:
        assert opened.paint(0, 1.0)[2][:4] == b"\xff\x00\x00\xff"
        assert opened.paint(0, 1.0, blue_first=True)[2][:4] == b"\x00\x00\xff\xff"


def test_threads_may_ask_at_once() -> None:
    with OpenedPdf(PDF) as opened, ThreadPoolExecutor(4) as threads:
        painted = list(threads.map(lambda page: opened.paint(page % 2, 0.5), range(16)))
    assert painted == painted[:2] * 8
