"""The three foreign sheets, each broken or bent in many ways as offices bend them, with what should come of it."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tests.foreign.compound import locked_workbook
from tests.foreign.sources import EXPENSES, SOURCES, Rows, Source, each_line, old, workbook, written
from villagedesk.storage.foreign import Cell, squeezed, text, values

_WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}


@dataclass(frozen=True)
class Variant:
    """A way to bend a sheet. ``said`` is a pattern in what is said of it; "" when it should go in as the real one does.

    ``note`` is a pattern in what is told although it goes in.
    """

    name: str
    write: Callable[[Source, Path], Path]
    said: Mapping[str, str]
    note: str = ""


def all_sheets(said: str = "") -> dict[str, str]:
    """Return the same expectation for every kind of sheet."""
    return dict.fromkeys(("payroll", "expenses", "roster"), said)


# What goes in as an accountant expects


def shifted(source: Source, folder: Path) -> Path:
    blank: list[Cell] = [""] * (source.width + 2)
    return workbook(folder / "移位.xlsx", [blank, blank, blank, *[["", "", *row] for row in source.rows]])


def blank_columns(source: Source, folder: Path) -> Path:
    return workbook(folder / "空栏.xlsx", [[cell for pair in row for cell in (pair, "")] for row in source.rows])


def blank_rows(source: Source, folder: Path) -> Path:
    rows = source.rows
    blank: list[Cell] = [""] * source.width
    body = [line for row in rows[source.head + 1 :] for line in (row, blank)]
    return workbook(folder / "空行.xlsx", rows[: source.head + 1] + body)


def full_width(source: Source, folder: Path) -> Path:
    rows = each_line(source, lambda row: row.__setitem__(source.amount, text(row[source.amount]).translate(_WIDE)))
    rows[source.head] = ["　".join(text(cell)).translate(_WIDE) for cell in rows[source.head]]
    return workbook(folder / "全角.xlsx", rows)


def renamed(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.head] = [source.renamed.get(text(cell), cell) for cell in rows[source.head]]
    return workbook(folder / "改名.xlsx", rows)


def text_amounts(source: Source, folder: Path) -> Path:
    def change(row: list[Cell]) -> None:
        row[source.amount] = f"￥{float(text(row[source.amount]).lstrip('￥').replace(',', '')):,.2f}元"

    return workbook(folder / "文字金额.xlsx", each_line(source, change))


def hidden_rows(source: Source, folder: Path) -> Path:
    rows = source.rows
    return workbook(folder / "隐藏.xlsx", rows, hidden=source.lines(rows)[1:3])


def grouped_heads(source: Source, folder: Path) -> Path:
    """Heads of two rows: most columns over both, one group of two columns."""
    rows = source.rows
    above, below = list(rows[source.head]), [""] * source.width
    group = source.amount - 1
    for column in (group, source.amount):
        below[column] = text(above[column])
        above[column] = "发放情况" if column == group else ""
    head = source.head
    merged = [
        (head, column, head + 1, column) for column in range(source.width) if column not in (group, source.amount)
    ]
    return workbook(
        folder / "两行表头.xlsx", [*rows[:head], above, list(below), *rows[head + 1 :]],
        merged=[*merged, (head, group, head, source.amount)],
    )  # fmt: skip


def second_sheet(source: Source, folder: Path) -> Path:
    return workbook(folder / "第二张.xlsx", source.rows, cover="填表说明")


def gbk(source: Source, folder: Path) -> Path:
    return written(folder / "中文.csv", source.rows, "gb18030")


def marked_utf8(source: Source, folder: Path) -> Path:
    return written(folder / "带标记.csv", source.rows, "utf-8-sig")


def tabs(source: Source, folder: Path) -> Path:
    return written(folder / "制表符.txt", source.rows, "utf-16", "\t")


def web_page(source: Source, folder: Path) -> Path:
    """A web page under the name of a workbook, as many a county system hands out."""
    lines = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in source.rows)
    (folder / "导出.xls").write_text(f"<html><meta charset='utf-8'><table>{lines}</table></html>", "utf-8")
    return folder / "导出.xls"


def old_workbook(source: Source, folder: Path) -> Path:
    """The format of 1997, as many an office still saves it."""
    return old(source, folder / "老式.xls")


def serial_days(source: Source, folder: Path) -> Path:
    def change(row: list[Cell]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                row[column] = float((cell - date(1899, 12, 30)).days)

    return workbook(folder / "日期序号.xlsx", each_line(source, change))


def with_footer(source: Source, folder: Path) -> Path:
    foot: list[Cell] = ["审批人：", "制表人：李会计", *[""] * (source.width - 2)]
    return workbook(folder / "落款.xlsx", [*source.rows, [""] * source.width, foot])


def heads_on_every_page(source: Source, folder: Path) -> Path:
    """The title, the unit and the heads stand again where the printer begins a new page."""
    rows = source.rows
    at = source.lines(rows)[8]
    head = [list(row) for row in rows[: source.head + 1]]
    return workbook(folder / "每页表头.xlsx", [*rows[:at], ["第1页，共2页"], *head, *rows[at:]])


def groups_with_sums(source: Source, folder: Path) -> Path:
    """Every group has its 小计, the whole its 总金额."""
    rows = source.rows
    lines = [rows[at] for at in source.lines(rows)]
    foot = [row for row in rows[source.head + 1 :] if "：" in text(row[0])]
    return workbook(
        folder / "分组小计.xlsx",
        [*rows[: source.head + 1], *lines[:5], _sum(source, "一组小计", lines[:5]), *lines[5:],
         _sum(source, "二组小计", lines[5:]), _sum(source, "总  金  额", lines), *foot],
    )  # fmt: skip


def _sum(source: Source, words: str, lines: Rows) -> list[Cell]:
    row: list[Cell] = [words, *[""] * (source.width - 1)]
    row[source.amount] = sum(values.amount(line[source.amount]) for line in lines) / 100
    return row


def struck_rows(source: Source, folder: Path) -> Path:
    rows = source.rows
    path = workbook(folder / "删除线.xlsx", rows)
    import openpyxl

    book = openpyxl.load_workbook(path)
    for at in source.lines(rows)[1:3]:
        for cell in book.worksheets[0][at + 1]:
            cell.font = openpyxl.styles.Font(strike=True)
    book.save(path)
    return path


def old_hidden_rows(source: Source, folder: Path) -> Path:
    return old(source, folder / "老式隐藏.xls", hidden=source.lines(source.rows)[1:3])


def old_struck_rows(source: Source, folder: Path) -> Path:
    return old(source, folder / "老式删除线.xls", struck=source.lines(source.rows)[1:3])


def sloppy_page(source: Source, folder: Path) -> Path:
    """A web page that begins as none, in the two bytes of its system, its cells and rows never closed."""
    lines = "".join("<tr>" + "".join(f"<td>{text(cell)}" for cell in row) + "\n" for row in source.rows)
    page = f"<?xml version='1.0'?>\n<!-- 导出 -->\n<style>td {{ color: red }}</style><div><table>{lines}</table></div>"
    (folder / "网页.xls").write_bytes(page.encode("utf-16-le"))
    return folder / "网页.xls"


def grouped_page(source: Source, folder: Path) -> Path:
    """A web page whose heads stand over two rows, most of them in cells of two rows."""
    rows = source.rows
    heads = "".join(
        f"<th{'' if column == source.amount else ' rowspan=2'}>{'发放' if column == source.amount else text(cell)}</th>"
        for column, cell in enumerate(rows[source.head])
    )
    head = f"<tr>{heads}</tr><tr><th>{text(rows[source.head][source.amount])}</th></tr>"
    lines = ["<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    page = "".join([*lines[: source.head], head, *lines[source.head + 1 :]])
    (folder / "两行网页.xls").write_text(f"<html><body><table>{page}</table></body></html>", "utf-8")
    return folder / "两行网页.xls"


def unmarked_wide(source: Source, folder: Path) -> Path:
    return written(folder / "无标记.csv", source.rows, "utf-16-be")


# What is refused


def unknown_heads(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.head] = [f"甲{'乙' * (column + 1)}" for column in range(source.width)]
    return workbook(folder / "怪表头.xlsx", rows)


def negative(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.lines(rows)[0]][source.amount] = -5.0
    return workbook(folder / "负数.xlsx", rows)


def rounded_numbers(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.lines(rows)[1]][source.number] = 6.21457885927115e18
    return workbook(folder / "科学计数.xlsx", rows)


def written_rounded(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.lines(rows)[1]][source.number] = "6.21458E+18"
    return written(folder / "科学计数.csv", rows, "gb18030")


def merged_amounts(source: Source, folder: Path) -> Path:
    rows = source.rows
    first, second = source.lines(rows)[:2]
    rows[second][source.amount] = ""
    return workbook(folder / "合并金额.xlsx", rows, merged=[(first, source.amount, second, source.amount)])


def twice(source: Source, folder: Path) -> Path:
    rows = source.rows
    last = source.lines(rows)[-1]
    return workbook(folder / "重复.xlsx", [*rows[: last + 1], rows[last], *rows[last + 1 :]])


def wrong_total(source: Source, folder: Path) -> Path:
    rows = [row for row in source.rows if "合" not in text(row[0])]
    total: list[Cell] = ["合计", *[""] * (source.width - 1)]
    total[source.amount] = 12.0
    return workbook(folder / "合计不对.xlsx", [*rows, total])


def no_total(source: Source, folder: Path) -> Path:
    return workbook(folder / "没有合计.xlsx", [row for row in source.rows if "计" not in squeezed(row[0])])


def unworked(source: Source, folder: Path) -> Path:
    rows = source.rows
    at = source.lines(rows)[0]
    rows[at][source.amount] = ""
    return workbook(folder / "公式.xlsx", rows, formulas={(at, source.amount): "=600*2"})


def old_unworked(source: Source, folder: Path) -> Path:
    return old(source, folder / "老式公式.xls", formulas={(source.lines(source.rows)[0], source.amount): "600*2"})


def failed(source: Source, folder: Path) -> Path:
    """A formula whose cells were deleted: #REF!."""
    rows = source.rows
    path = workbook(folder / "错误值.xlsx", rows)
    import openpyxl

    book = openpyxl.load_workbook(path)
    cell = book.worksheets[0].cell(source.lines(rows)[0] + 1, source.amount + 1)
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    return path


def old_locked(source: Source, folder: Path) -> Path:
    return old(source, folder / "老式加密.xls", is_locked=True)


def xml_workbook(source: Source, folder: Path) -> Path:
    """What Excel 2003 calls an XML spreadsheet."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in source.rows
    )
    book = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>{rows}'
    (folder / "xml.xls").write_text(f"{book}</Table></Worksheet></Workbook>", "utf-8")
    return folder / "xml.xls"


def web_archive(source: Source, folder: Path) -> Path:
    """A page saved as one file."""
    page = web_page(source, folder).read_bytes()
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
    (folder / "单个网页.xls").write_bytes(head + page)
    return folder / "单个网页.xls"


def bad_words(source: Source, folder: Path) -> Path:
    rows = source.rows
    rows[source.lines(rows)[0]][source.amount] = "见附表"
    return workbook(folder / "文字.xlsx", rows)


def locked(source: Source, folder: Path) -> Path:
    path = folder / f"加密{source.file.suffix}"
    path.write_bytes(locked_workbook())
    return path


def truncated(source: Source, folder: Path) -> Path:
    path = folder / f"半个{source.file.suffix}"
    content = source.file.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    return path


def picture(source: Source, folder: Path) -> Path:
    path = folder / f"图片{source.file.suffix}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    return path


def empty_file(source: Source, folder: Path) -> Path:
    path = folder / f"空文件{source.file.suffix}"
    path.write_bytes(b"")
    return path


def blank_sheet(source: Source, folder: Path) -> Path:
    return workbook(folder / "空表.xlsx", [["", ""], [" ", ""]])


def only_heads(source: Source, folder: Path) -> Path:
    return workbook(folder / "只有表头.xlsx", source.rows[: source.head + 1])


def very_long(source: Source, folder: Path) -> Path:
    """200 000 rows, written as one string: a workbook's writer would take a minute."""
    rows = source.rows
    path = workbook(folder / "原.xlsx", rows)
    line = "".join(f'<c t="inlineStr"><is><t>{text(cell)}</t></is></c>' for cell in rows[source.lines(rows)[0]])
    long = folder / "二十万行.xlsx"
    with zipfile.ZipFile(path) as small, zipfile.ZipFile(long, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as large:
        for entry in small.infolist():
            content = small.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", f"<row>{line}</row>".encode() * 200_000 + b"</sheetData>")
            large.writestr(entry.filename, content)
    return long


IN = (
    Variant("表头往下往右移了", shifted, all_sheets()),
    Variant("栏与栏之间有空栏", blank_columns, all_sheets()),
    Variant("行与行之间有空行", blank_rows, all_sheets()),
    Variant("表头和金额是全角", full_width, all_sheets()),
    Variant("表头换了说法", renamed, all_sheets()),
    Variant("金额是带￥、逗号和元的文字", text_amounts, all_sheets()),
    Variant("有隐藏的行", hidden_rows, all_sheets(), note="隐藏的，也一起读进来了（共2行）"),
    Variant("表头有两行，有合并", grouped_heads, all_sheets()),
    Variant("数据在第二张表", second_sheet, all_sheets()),
    Variant("GBK 的 CSV", gbk, all_sheets()),
    Variant("带标记的 UTF-8 CSV", marked_utf8, all_sheets()),
    Variant("制表符隔开的文字", tabs, all_sheets()),
    Variant("网页改名的 .xls", web_page, all_sheets()),
    Variant("老式 .xls", old_workbook, all_sheets()),
    Variant("日期是序号", serial_days, all_sheets()),
    Variant("下面有落款", with_footer, all_sheets()),
    Variant("每页都有标题和表头", heads_on_every_page, all_sheets()),
    Variant("每组有小计，末行是总金额", groups_with_sums, all_sheets()),
    Variant("有划掉的行", struck_rows, all_sheets(), note="有划掉的字（删除线），也一起读进来了（共2行）"),
    Variant("老式 .xls 有隐藏的行", old_hidden_rows, all_sheets(), note="隐藏的，也一起读进来了（共2行）"),
    Variant(
        "老式 .xls 有划掉的行", old_struck_rows, all_sheets(), note="有划掉的字（删除线），也一起读进来了（共2行）"
    ),
    Variant("网页写得不规矩", sloppy_page, all_sheets()),
    Variant("网页的表头有两行", grouped_page, all_sheets()),
    Variant("没有标记的 UTF-16", unmarked_wide, all_sheets()),
)
OUT = (
    Variant("表头全不认识", unknown_heads, all_sheets("没有找到表头")),
    Variant("金额是负数", negative, {"payroll": "“金额”：应大于零", "roster": "“补贴金额”：不能小于零"}),
    Variant("账号变成了数字", rounded_numbers, {
        "payroll": "“账号”：账号是数字格式，后几位已经丢了", "roster": "“银行账号”：账号是数字格式，后几位已经丢了",
        "expenses": "“票据号”：票据号是数字格式，后几位已经丢了",
    }),
    Variant("账号写成科学计数", written_rounded, {
        "payroll": "“账号”：账号是数字格式，后几位已经丢了", "roster": "“银行账号”：账号是数字格式，后几位已经丢了",
        "expenses": "“票据号”：票据号是数字格式，后几位已经丢了",
    }),
    Variant("两行的金额合并成一格", merged_amounts, all_sheets("和上下的格合并成了一格，看不出各是多少")),
    Variant("有一行重复", twice, {
        "payroll": "在第17行已经有了", "roster": "和第61行重复", "expenses": "和第106行完全一样，重复了",
    }),
    Variant("合计不对", wrong_total, {
        "payroll": "合计写的是12.00元，各行加起来是21,601.00元", "roster": "合计写的是12.00元，各行加起来是",
        "expenses": "合计写的是12.00元，各行加起来是",
    }),
    Variant("没有合计", no_total, {"payroll": "没有“合计”行，看不出表是不是完整", "roster": "", "expenses": ""}),
    Variant("公式没有算出数", unworked, all_sheets("这一格是公式，存文件时没有算出数来")),
    Variant("老式 .xls 的公式没有算出数", old_unworked, all_sheets("这一格是公式，存文件时没有算出数来")),
    Variant("公式出了错", failed, all_sheets("这一格的公式出了错")),
    Variant("老式 .xls 有密码", old_locked, all_sheets("打不开，它加了密码")),
    Variant("XML 表格", xml_workbook, all_sheets("请用 WPS 打开，另存为 .xlsx 再导入")),
    Variant("单个网页", web_archive, all_sheets("请用 WPS 打开，另存为 .xlsx 再导入")),
    Variant("金额写的是文字", bad_words, all_sheets("“见附表”不是金额")),
    Variant("有密码", locked, all_sheets("打不开，它加了密码")),
    Variant("文件不完整", truncated, all_sheets("打不开，可能已损坏或加了密码")),
    Variant("图片改名的表", picture, all_sheets("它其实是图片，不是表格")),
    Variant("空文件", empty_file, all_sheets("打不开，可能已损坏")),
    Variant("空白的表", blank_sheet, all_sheets("表里是空的")),
    Variant("只有表头", only_heads, {"payroll": "表里没有人", "roster": "只有表头，没有人", "expenses": "只有表头，没有支出"}),
    Variant("二十万行", very_long, all_sheets("表里超过5万行，一次导入不了这么多")),
)  # fmt: skip


def cases() -> list[tuple[Source, Variant]]:
    """Return every sheet with every way it is bent."""
    found = [(source, variant) for source in SOURCES for variant in (*IN, *OUT)]
    refund = replace(next(one for one in OUT if one.write is negative), said={"expenses": ""})
    return [
        (source, refund if variant.write is negative and source is EXPENSES else variant) for source, variant in found
    ]
