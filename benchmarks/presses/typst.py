"""Typst, by its own reader of JSON. It is spared what we do not write either: tags, and faces that are not ours."""

from functools import cache
from pathlib import Path

import typst

from villagedesk.kernel.places import own_file

_TEMPLATE = Path(__file__).with_suffix(".typ")


def press(papers: Path) -> bytes:
    """Print sheets, one or many as one file."""
    given = {"papers": str(papers.resolve())}
    pdf = typst.compile(_TEMPLATE, root=Path("/"), font_paths=_faces(), sys_inputs=given, pdf_tags=False)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _faces() -> typst.Fonts:
    return typst.Fonts(False, False, [own_file("resources/fonts")])
