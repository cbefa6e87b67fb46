"""The papers that are printed to measure: a notice of one page and tables of any length, and how they are handed over."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.reports.columns import column_widths
from villagedesk.reports.paper import PAPERS
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Preset, Seal, Sheet, Table, to_plain
from villagedesk.reports.tables import measure

_VILLAGE = "双石镇青山村"
_NAMES = ("王建国", "李秀英", "欧阳文海", "张䶮", "刘桂芳", "陈志强", "王𬭎", "赵春梅")
_WORKS = (
    "三组垃圾清运",
    "村道保洁",
    "五组蓄水池至晒坝段供水管道漏水抢修，含更换管件和路面恢复",
    "路灯维护",
    "公厕日常管护",
    "二组涵管疏通及道路边沟清淤，雨后加修一次",
    "提灌站看护",
    "村活动广场健身器材检修与地面修补（2026年第3次）",
)
_COLUMNS = (
    Column("序号", Align.CENTER),
    Column("日期", Align.CENTER),
    Column("收款人"),
    Column("做了什么"),
    Column("票据号", Align.CENTER),
    Column("金额", Align.AMOUNT),
    Column("余额", Align.AMOUNT),
)
_TEXTS = """
根据《中华人民共和国村民委员会组织法》和农村公共服务运行维护项目资金管理的有关规定，现将我村{year}年第{quarter}季度资金使用情况公示如下，请全体村民监督。
本季度上级拨付资金120 000.00元，支出{words}（小写{sum}元），所有支出均经村民小组代表会议表决通过，由理财小组逐笔审核。
公示期为{year}年10月8日至10月17日，共10天。对公示内容有异议的，可在公示期内向村务监督委员会提出，联系人：周监督，电话0813-6200001。
"""


def register(rows: int, other: int = 0) -> Sheet:
    """Return a register of so many payments on A4: seven columns, words that wrap, amounts, a total.

    ``other`` payments give another register of the same length.
    """
    chance = random.Random(rows + other)
    lines, sums, balance = [], 0, 10**9
    for number in range(1, rows + 1):
        fen = chance.randrange(1_000, 9_000_000)
        sums, balance = sums + fen, balance - fen
        lines.append((
            str(number), f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", chance.choice(_NAMES), chance.choice(_WORKS),
            f"No.{chance.randrange(10**8):08}", yuan(fen), yuan(balance),
        ))  # fmt: skip
    table = Table(_COLUMNS, tuple(lines), total=("合计", "", "", "", "", yuan(sums), ""), unit="单位：元")
    return Sheet(f"{_VILLAGE}资金支出明细", (table,), preset=Preset.FORM)


def notice(number: int = 1) -> Sheet:
    """Return a notice of one page: a basis, what was spent for what, whom to tell, issuer and date."""
    spent = register(8 + number % 3).blocks[0]
    assert isinstance(spent, Table)
    columns, rows = spent.columns[:4] + spent.columns[5:6], [row[:4] + row[5:6] for row in spent.rows]
    words = amount_in_words(1_234_500 + number)
    given = {"year": 2026, "quarter": "三", "words": words, "sum": yuan(1_234_500 + number)}
    paragraphs = [Paragraph(text.format_map(given)) for text in _TEXTS.strip().splitlines()]
    blocks: Sequence[Block] = (
        Paragraph("全体村民：", flush=True),
        *paragraphs[:2],
        Paragraph("一、支出明细", level=1),
        Table(columns, tuple(rows), unit="单位：元"),
        Paragraph("二、异议", level=1),
        paragraphs[2],
        Seal(f"{_VILLAGE}村民委员会", "2026年10月8日"),
    )
    return Sheet("关于2026年第三季度资金使用情况的公示", tuple(blocks), f"青村公〔2026〕{number}号", Preset.FORM)


def write_down(sheets: Sequence[Sheet], file: Path) -> None:
    """Write sheets for every press to read, with their page and the type and columns of their tables."""
    file.write_text(json.dumps([_with_measures(sheet) for sheet in sheets], ensure_ascii=False), "utf-8")


def _with_measures(sheet: Sheet) -> dict[str, object]:
    paper = PAPERS[sheet.preset]
    sized = [column_widths(measure(block).gauge, paper) for block in sheet.blocks if isinstance(block, Table)]
    tables = [{"size": size, "widths": widths} for size, widths in sized]
    return {"sheet": to_plain(sheet), "paper": asdict(paper), "tables": tables}
