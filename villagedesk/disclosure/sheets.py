"""The checklist that goes to the board with a pack of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.reports.sheet import Align, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_TERM = "公示期"
_ROOM = "　" * 6
_DAY = "　月　日"
"""Room to write in by hand: a column is as wide as what stands in it."""

_HOW = "逐张对照文号张贴，贴好一张签一行，拍一张能看清标题和二维码的照片；期满取下后在“取下”一栏写日期。"


@dataclass(frozen=True, slots=True)
class Paper:
    """A notice to hang up: its number, its title, where ("" is written in by hand) and from when to when."""

    number: str
    title: str
    boards: str
    term: str


def checklist(office: Office, papers: Sequence[Paper], made_on: date) -> Sheet:
    """Return the checklist: each notice with room for the place, the signature, the photo and the day it comes down."""
    middle = {"序号", "照片", "取下"}
    heads = ("序号", "文号", "标题", "张贴地点", "公示期", "张贴人签字", "照片", "取下")
    columns = tuple(Column(head, Align.CENTER if head in middle else Align.LEFT) for head in heads)
    body = issuer(office)
    rows = tuple(
        (
            str(place),
            paper.number,
            paper.title.removeprefix(body).removeprefix("关于").removesuffix("的公示"),
            paper.boards or _ROOM,
            _days(paper.term),
            _ROOM,
            "□",
            _DAY,
        )
        for place, paper in enumerate(papers, 1)
    )
    return Sheet(
        f"{office.name}张贴清单",
        (
            Paragraph(f"{chinese_date(made_on)}，共{len(papers)}份。{_HOW}"),
            Table(columns, rows),
            Signatures(("经办人（签字）", "村务监督委员会（签字）")),
        ),
        preset=Preset.WIDE,
        watermark=watermark(office),
        issuer=body,
    )


def _days(term: str) -> str:
    """Return a term without its year, which stands in the number: 2月4日至2月10日; a second year stays."""
    return term.partition("（")[0].partition("年")[2]


def term_of(sheet: Sheet) -> str:
    """Return from when to when an issued sheet hangs, as it is written there; "" when it does not say."""
    rows = (row for block in sheet.blocks if isinstance(block, Facts) for row in block.rows)
    return next((value for label, value in rows if label == _TERM), "")
