"""Values out of cells: amounts, days, accounts, id numbers and whole numbers, as people and spreadsheets write them.

Each raises ValueError with a Chinese sentence that names what was written.
"""

import re
import unicodedata
from datetime import date, timedelta

from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.money import parse_yuan
from villagedesk.storage.foreign.cells import Cell, plain, text

EXACT_FIGURES = 10**15
"""From here on a spreadsheet's numbers lose their last figures."""

_MINUSES = str.maketrans("−–—﹣", "----")
_HYPHENS = str.maketrans("", "", "-‐‑–−")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_TEN_THOUSANDS = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,6}))?万元?")
_PARTED = re.compile(r"\d\s+(?!\d{3}(?!\d))\d")
"""Figures with a gap between them that parts no thousands: 12 5 may be two numbers."""
_SERIAL = re.compile(r"\d{5}")
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_051
"""1990-01-01 and 2100-01-01 as a spreadsheet counts days."""
_BEFORE_SERIALS = date(1899, 12, 30)
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
_OF_THE_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日?")
_CLOCK = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WEEKDAY = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
_ACCOUNT = re.compile(r"\d{6,30}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_LOST = "{what}是数字格式，后几位已经丢了，请把这一列改成文本格式，再照{paper}填一遍"
_PAPERS = {"账号": "存折", "身份证号": "户口簿"}


def amount(cell: Cell, factor: int = 1) -> int:
    """Return fen: ``￥1,234.50``, ``１２３４．５元``, ``(12.00)`` for less than nothing, ``1.2万元``.

    ``factor`` is 10 000 where the sheet counts in 万元.
    """
    if isinstance(cell, float):
        return parse_yuan(float(f"{cell * factor:.15g}")) if factor > 1 else parse_yuan(cell)
    if _PARTED.search(text(cell)):
        return parse_yuan(text(cell))
    found = plain(cell).translate(_MINUSES)
    if bracketed := _IN_BRACKETS.fullmatch(found):
        found = f"-{bracketed[1].lstrip('¥')}"
    found = found.removeprefix("人民币").removeprefix("RMB").replace("-¥", "-").replace("¥-", "-")
    large = _TEN_THOUSANDS.fullmatch(found.lstrip("¥"))
    if large is None and factor > 1:
        large = _TEN_THOUSANDS.fullmatch(f"{found.strip('¥')}万")
    if large:
        return _ten_thousands(cell, *large.groups())
    try:
        return parse_yuan(found)
    except ValueError:
        return parse_yuan(text(cell))  # says what was really written


def _ten_thousands(cell: Cell, sign: str, whole: str, rest: str | None) -> int:
    fen = int(whole.replace(",", "") + (rest or "").ljust(6, "0"))
    if fen > 999_999_999_999:
        raise ValueError(f"“{text(cell)}”太大，金额最多十位整数")
    return -fen if sign else fen


def day(cell: Cell, year: int | None = None) -> date:
    """Return a day written 2026-04-05, 2026.4.5, 2026年4月5日 or 20260405, or counted by a spreadsheet (46117).

    4月5日 is understood where the ``year`` is known otherwise.
    """
    if isinstance(cell, date):
        return parse_date(cell)
    if isinstance(cell, float):
        if _FIRST_SERIAL <= cell < _LAST_SERIAL:
            return _BEFORE_SERIALS + timedelta(days=int(cell))
        return _written_day(text(cell), text(cell), year)
    narrow = unicodedata.normalize("NFKC", text(cell))
    return _written_day(_WEEKDAY.sub("", _CLOCK.sub("", narrow)).strip(), text(cell), year)


def _written_day(found: str, original: str, year: int | None) -> date:
    found = plain(found).rstrip(".")
    if _SERIAL.fullmatch(found) and _FIRST_SERIAL <= int(found) < _LAST_SERIAL:
        return _BEFORE_SERIALS + timedelta(days=int(found))
    if figures := _FIGURES.fullmatch(found):
        found = "-".join(figures.groups())
    elif (part := _OF_THE_YEAR.fullmatch(found)) and year:
        found = f"{year}-{part[1]}-{part[2]}"
    try:
        return parse_date(found)
    except ValueError:
        raise ValueError(f"“{original}”不是日期，请写成 2026-04-05 这样") from None


def account(cell: Cell, what: str = "账号") -> str:
    """Return an account's figures as text; "" for a blank. Raises ValueError when a spreadsheet has rounded them."""
    if isinstance(cell, float) and (cell >= EXACT_FIGURES or not cell.is_integer()):
        raise ValueError(_lost(what))
    found = _unquoted(plain(cell))
    if _SCIENTIFIC.fullmatch(found):
        raise ValueError(_lost(what))
    figures = found.translate(_HYPHENS)
    return figures if _ACCOUNT.fullmatch(figures) else found


def id_number(cell: Cell) -> str:
    """Return a resident id number as text, its X large. Raises ValueError when a spreadsheet has rounded it."""
    found = _unquoted(plain(cell)).upper()
    if (isinstance(cell, float) and cell >= EXACT_FIGURES) or _SCIENTIFIC.fullmatch(found):
        raise ValueError(_lost("身份证号"))
    return found


def whole(cell: Cell) -> int:
    """Return a whole number."""
    found = plain(cell)
    if not re.fullmatch(r"-?\d{1,9}", found):
        raise ValueError(f"“{text(cell)}”不是整数")
    return int(found)


def _lost(what: str) -> str:
    return _LOST.format(what=what, paper=_PAPERS.get(what, "原件"))


def _unquoted(found: str) -> str:
    """Return what stands in ``="6214…"`` or after an apostrophe, by which spreadsheets keep figures as text."""
    return found.removeprefix("=").strip("\"'“”‘’`")
