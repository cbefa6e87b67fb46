"""更正公告: what a posted notice said and what is right, side by side, pointing at the notice it corrects."""

from collections.abc import Sequence
from datetime import date

from villagedesk.disclosure.comparison import Difference
from villagedesk.kernel.dates import chinese_date
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table

CODE = "correction"
_HEADS = ("更正处", "原公示", "更正为")


def title_of(issuer: str, number: str) -> str:
    """Return the title of the correction of a numbered notice."""
    return f"{issuer}关于更正{number}的公告"


def body(number: str, title: str, issued_on: date, reason: str, places: Sequence[Difference]) -> list[Block]:
    """Return what a correction says between its opening and its closing."""
    columns = (Column("序号", Align.CENTER), *(Column(head) for head in _HEADS))
    rows = tuple((str(count), place.place, place.old, place.new) for count, place in enumerate(places, 1))
    return [
        Paragraph("全体村民：", flush=True),
        Paragraph(
            f"{chinese_date(issued_on)}发布的《{title}》（{number}）有{len(places)}处需要更正，"
            "原公示保持原样存档，以本公告为准。"
        ),
        Paragraph("一、更正原因", 1),
        Paragraph(reason),
        Paragraph("二、更正内容", 1),
        Table(columns, rows, caption="原公示和更正后对照"),
        Paragraph("其余内容不变。因此给大家带来不便，请谅解。"),
    ]
