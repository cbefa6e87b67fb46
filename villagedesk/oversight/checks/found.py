"""What the checks share: how something wrong is said, and numbers that should run without gap."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.records import Row
from villagedesk.storage.desk import Desk

Check = Callable[[Desk, date], Iterator[Finding]]
"""A check looks at a desk and says what is wrong.

One of what must hold looks at what is dated from a day on, together with all it has to fit; one of what should be seen
to looks at everything as it stands on a day.
"""


def wrong(code: str, message: str) -> Finding:
    """Return a finding about something that must not be."""
    return Finding(f"oversight.{code}", message)


def late(code: str, message: str) -> Finding:
    """Return a finding about something that somebody should see to."""
    return Finding(f"oversight.{code}", message, severity=Severity.WARNING)


def voucher(row: Row) -> str:
    """Return the voucher's number in words."""
    return f"{row['year']}年第{row['number']}号"


def numbered(rows: Iterable[Row], code: str, name: str) -> Iterator[Finding]:
    """Numbers, given as rows of (year, number) in order, run from 1 without gap or double in each year."""
    numbers: dict[int, list[int]] = {}
    for row in rows:
        numbers.setdefault(row["year"], [0]).append(row["number"])
    for year, given in numbers.items():
        for before, number in pairwise(given):
            if number == before:
                yield wrong(f"{code}_twice", f"{year}年{name}第{number}号有两份。")
            elif number > before + 1:
                gap = f"第{before + 1}号" if number == before + 2 else f"第{before + 1}至{number - 1}号"
                yield wrong(f"{code}_gap", f"{year}年{name}缺{gap}。")
