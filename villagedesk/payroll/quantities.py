"""Quantities on a sheet of rents: how much of what is paid for (5.5亩), and how a line keeps it.

The number is what the line's standard is multiplied by and stands in its ``ratio``; the unit stands at the end of its
``work``: 水田（亩）. A line without a number pays the sum that was agreed.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from villagedesk.payments.model import PayrollLine

UNITS = ("亩", "平方米", "间", "棵", "台", "个月", "年")
"""What rents are mostly counted in; any other word will do."""

PLACES = 4
"""How many places a quantity may have: land is measured to a ten-thousandth of a 亩."""

LARGEST = 1_000_000

_WRITTEN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(\D*)")


def kept(number: Decimal) -> str:
    """Return a quantity as it is kept and shown, without needless places: ``"5.5"``, ``"2"``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_quantity(written: str) -> tuple[Decimal, str]:
    """Return number and unit of a quantity as typed: ``"5.5亩"``. Raises ValueError with a Chinese sentence."""
    match = _WRITTEN.fullmatch(written.strip())
    if not match:
        raise ValueError(f"“{written}”不是数量，请写成 5.5亩 这样")
    return Decimal(match[1]), match[2].strip()


def with_unit(what: str, unit: str) -> str:
    """Return what is paid for with its unit, as a line keeps it: 水田（亩）."""
    return f"{what}（{unit}）"


def what_and_unit(line: PayrollLine) -> tuple[str, str]:
    """Return what a line of rent pays for and the unit it is counted in, "" where nothing is counted."""
    what, opened, unit = line.work.removesuffix("）").rpartition("（")
    return (what, unit) if line.ratio and opened and line.work.endswith("）") else (line.work, "")


def quantity(line: PayrollLine) -> str:
    """Return how much a line of rent pays for: ``"5.5亩"``, "" where nothing is counted."""
    return f"{line.ratio}{what_and_unit(line)[1]}" if line.ratio else ""


def total_quantity(lines: Iterable[PayrollLine]) -> str:
    """Return what the lines come to where all of them that count anything count the same: ``"7.85亩"``."""
    counted = [line for line in lines if line.ratio]
    units = {what_and_unit(line)[1] for line in counted}
    return f"{kept(sum((Decimal(line.ratio) for line in counted), Decimal(0)))}{units.pop()}" if len(units) == 1 else ""
