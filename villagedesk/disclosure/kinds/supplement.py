"""补充公告: what a notice left out, typed by hand, with a number of its own and pointing at the notice it adds to."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.words import small_number
from villagedesk.reports.sheet import Block, Paragraph

CODE = "supplement"
_ADDED = "二、补充内容"
_ENDING = "原公示的内容不变，请和本公告一起看。"


def title_of(issuer: str, number: str) -> str:
    """Return the title of a supplement to a numbered notice."""
    return f"{issuer}关于{number}的补充公告"


def body(number: str, title: str, issued_on: date, place: int, reason: str, text: str) -> list[Block]:
    """Return what the ``place``-th supplement to a notice says before its closing; each line of text is a paragraph."""
    opening = (
        f"{chinese_date(issued_on)}发布的《{title}》（{number}）有内容没有写上，现作第{small_number(place)}次补充。"
    )
    return [
        Paragraph("全体村民：", flush=True),
        Paragraph(opening),
        Paragraph("一、补充原因", 1),
        Paragraph(reason),
        Paragraph(_ADDED, 1),
        *_lines(text),
        Paragraph(_ENDING),
    ]


def rewritten(blocks: Sequence[Block], text: str) -> list[Block]:
    """Return a supplement's blocks with another text added by it, for the correction of a supplement."""
    first = blocks.index(Paragraph(_ADDED, 1)) + 1
    last = max(place for place, block in enumerate(blocks) if block == Paragraph(_ENDING))
    return [*blocks[:first], *_lines(text), *blocks[last:]]


def _lines(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
