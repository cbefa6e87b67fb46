"""Our own press."""

import json
from pathlib import Path

from villagedesk.kernel.progress import Progress
from villagedesk.reports.pdf import draw, draw_all
from villagedesk.reports.sheet import from_plain


def press(papers: Path) -> bytes:
    """Print sheets, one or many as one file."""
    sheets = [from_plain(given["sheet"]) for given in json.loads(papers.read_bytes())]
    return draw(sheets[0]) if len(sheets) == 1 else draw_all(sheets, "张贴包", Progress())
