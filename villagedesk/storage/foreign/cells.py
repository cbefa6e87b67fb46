"""A cell of a foreign sheet, and what a person reads in it."""

import unicodedata
from datetime import date

Cell = str | float | date | None


def text(cell: Cell) -> str:
    """Return a cell as a person reads it; whole numbers without ``.0``."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)


def squeezed(cell: Cell) -> str:
    """Return a cell's text without any space inside or around: ``"姓 名"`` → ``"姓名"``. No character is changed."""
    return "".join((cell if isinstance(cell, str) else text(cell)).split())


def plain(cell: Cell) -> str:
    """Return a cell's text squeezed, full-width marks and figures made plain: ``"金额（元）"`` → ``"金额(元)"``.

    For heads, amounts, dates and numbers only: a name keeps its characters.
    """
    return "".join(unicodedata.normalize("NFKC", text(cell)).split())


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
