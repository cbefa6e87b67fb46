"""The villages' year on a sheet of paper: what was planned, arrived, paid, and what waits."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Column, Paragraph, Preset, Sheet, Table
from villagedesk.township.model import VillageLine
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_COLUMNS = (
    Column("序号", Align.CENTER),
    Column("村"),
    Column("项目", Align.RIGHT),
    Column("计划资金", Align.AMOUNT),
    Column("已到账", Align.AMOUNT),
    Column("已支出", Align.AMOUNT),
    Column("结余", Align.AMOUNT),
    Column("待审核", Align.AMOUNT),
    Column("最近上报", Align.CENTER),
)


def villages_sheet(office: Office, year: int, lines: Sequence[VillageLine], today: date) -> Sheet:
    """Return the overview of all villages for a year, with sums."""
    rows = tuple(
        (
            str(place),
            line.peer.name,
            str(line.projects),
            yuan(line.planned_fen),
            yuan(line.arrived_fen),
            yuan(line.paid_fen),
            yuan(line.left_fen),
            yuan(line.waiting_fen),
            f"{line.last_at:%Y-%m-%d}" if line.last_at else "还没有报过",
        )
        for place, line in enumerate(lines, 1)
    )
    total = (
        "",
        "合计",
        str(sum(line.projects for line in lines)),
        yuan(sum(line.planned_fen for line in lines)),
        yuan(sum(line.arrived_fen for line in lines)),
        yuan(sum(line.paid_fen for line in lines)),
        yuan(sum(line.left_fen for line in lines)),
        yuan(sum(line.waiting_fen for line in lines)),
        "",
    )
    return Sheet(
        title=f"{office.name}{year}年各村公共服务维护资金情况表",
        blocks=(
            Table(_COLUMNS, rows, total, unit="单位：元"),
            Paragraph(f"各村数字以最近一次上报为准，制表日期{chinese_date(today)}。", flush=True),
        ),
        preset=Preset.WIDE,
        watermark=watermark(office),
        issuer=issuer(office),
    )
