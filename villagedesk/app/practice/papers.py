"""The papers the practice village takes in: register, wishes and scores as shipped, pay sheets, the bank's answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.places import own_file

REGISTER = "villagers-gb18030.csv"
WISHES = "wishes-2026.xlsx"
SCORES = "scores-2026.xlsx"
FIRST_PAY_SHEET = "payroll-2026Q1.xlsx"


def shipped(name: str) -> Path:
    """Return the path of a paper that ships with the program."""
    return own_file(f"resources/practice/{name}")


def write_pay_sheet(folder: Path, period: Period, work: str, lines: Sequence[tuple[str, str, str, float]]) -> Path:
    """Write a quarter's pay sheet as accountants lay it out: (name, area, account, yuan) a line. Returns its path."""
    from xlsxwriter import Workbook

    path = folder / f"{period.label}{work}报酬发放表.xlsx"
    workbook = Workbook(path)
    workbook.set_properties({"created": datetime(period.last.year, period.last.month, period.last.day, tzinfo=UTC)})
    sheet = workbook.add_worksheet(period.label)
    sheet.write(0, 0, f"{period.label}农村公共服务运行维护人员报酬发放表（{work}）")
    sheet.write_row(1, 0, ("单位：青山村", "", "", chinese_date(period.last), "", "单位：元"))
    sheet.write_row(2, 0, ("序号", "姓 名", "负责区域", "账 号", "金额", "备注"))
    for place, (name, area, account, amount) in enumerate(lines, 1):
        sheet.write_number(place + 2, 0, place)
        sheet.write_string(place + 2, 1, name)
        sheet.write_string(place + 2, 2, area)
        sheet.write_string(place + 2, 3, account)
        sheet.write_number(place + 2, 4, amount)
    bottom = len(lines) + 3
    sheet.write_row(bottom, 0, ("合 计", "", "", "", sum(line[3] for line in lines), ""))
    sheet.write_row(bottom + 1, 0, ("审批人：", "", "", "", "制表人：", ""))
    workbook.close()
    return path


def write_bank_answer(folder: Path, sent_as: str, lines: Sequence[tuple[int, str, str, int, str]]) -> Path:
    """Write what the bank says of a file: (place, account, name, fen, why it failed or "") a line. Returns its path.

    The bank writes GBK; a character it lacks comes back as a question mark.
    """
    path = folder / f"回盘-{sent_as}"
    told = [
        f"{place:06}|{account}|{name}|{fen // 100}.{fen % 100:02}|{'失败' if why else '成功'}|{why}"
        for place, account, name, fen, why in lines
    ]
    path.write_bytes("".join(f"{line}\r\n" for line in told).encode("gbk", "replace"))
    return path
