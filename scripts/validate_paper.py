"""Judges papers as PDF/A-2b with every validator at hand: page-validation always, veraPDF and qpdf where installed.

Usage: validate_paper.py [FILE …]. Without a file it draws one sheet with everything on every paper, and a pack of all.
Ends with 1 when a validator finds a fault.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import page as validator

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from villagedesk.kernel.progress import Progress
from villagedesk.reports.pdf import draw, draw_all
from villagedesk.reports.sheet import (
    Align,
    Bar,
    Chart,
    Column,
    Facts,
    Paragraph,
    Preset,
    Proof,
    Seal,
    Sheet,
    Signatures,
    Table,
)

EVERYTHING = Sheet(
    "关于青山村2026年第三季度农村公共服务运行维护项目资金使用情况的公示",
    (
        Paragraph("全体村民：", flush=True),
        Paragraph("一、资金来源", 1),
        Paragraph("（一）上级补助", 2),
        Paragraph("村民代表王𬭎、张䶮、李㛃：“先修三组①，再修一组。”合计1,409.50元，12㎡。" * 5),
        Table(
            (Column("姓名"), Column("摘要"), Column("金额", Align.AMOUNT)),
            (("王𬭎", "清理沟渠", "9,999,999,999.99"),) * 120,
            ("合计", "", "1.00"),
            "支出明细",
            "单位：元",
            carries=True,
        ),
        Chart(
            ("结转", "补助", "配套", "筹资"), (Bar("收入", (5, 60, 12, 3), "80元"), Bar("支出", (0, 0, 0, 0), "0元"))
        ),
        Facts((("受理人", "张桂香"), ("电话", "村委会办公室"))),
        Signatures(("组长（签名）", "监督小组（签名）")),
        Seal("青山村村民委员会", "2026年10月8日"),
    ),
    number="村财〔2026〕3号",
    watermark="练习",
    footer="凭证链 " + "3f9a" * 16,
    issuer="青山村村民委员会",
    proof=Proof("https://example.cn/v?n=村财〔2026〕3号&d=" + "3f9a" * 16, ("扫码核对",)),
)


def drawn(folder: Path) -> list[Path]:
    """Draw the sheet on every paper, and all of them as one pack."""
    sheets = {preset.value: replace(EVERYTHING, preset=preset) for preset in Preset}
    files = {name: draw(sheet) for name, sheet in sheets.items()}
    files["pack"] = draw_all(list(sheets.values()), "张贴包", Progress())
    for name, pdf in files.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return [folder / f"{name}.pdf" for name in files]


def faults(file: Path) -> Iterator[str]:
    """Say what the validators find."""
    report = validator.validate_pdf(file, profile="2b")
    yield from (f"page-validation: {failure.rule_id} {failure.message}" for failure in report.failures)
    yield from _said("veraPDF", ["verapdf", "--flavour", "2b", "--format", "text", "-v", str(file)])
    yield from _said("qpdf", ["qpdf", "--check", str(file)])


def _said(name: str, command: Sequence[str]) -> Iterator[str]:
    if shutil.which(command[0]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{name}: {done.stdout}{done.stderr}"


def main(files: Sequence[Path]) -> int:
    """Judge each file and print what was found."""
    judges = ["page-validation", *(name for name in ("verapdf", "qpdf") if shutil.which(name))]
    print("judged by", ", ".join(judges))
    found = {file: list(faults(file)) for file in files}
    for file, lines in found.items():
        print(file.name, "passes" if not lines else "FAILS", *lines, sep="\n  " if lines else " ")
    return int(any(found.values()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        sys.exit(main([Path(name) for name in sys.argv[1:]] or drawn(Path(work))))
