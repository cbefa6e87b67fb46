"""Checks of the register: names that no face can print are known before a paper needs them."""

from collections.abc import Iterator
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late
from villagedesk.reports.lacking import lacking
from villagedesk.storage.desk import Desk


def names_printable(desk: Desk, today: date) -> Iterator[Finding]:
    """Every villager's and office-holder's name can be printed."""
    del today
    names = desk.rows(
        """SELECT name FROM people WHERE village_id = :village
            UNION SELECT name FROM officers WHERE village_id = :village
            UNION SELECT name FROM memberships WHERE village_id = :village ORDER BY name""",
        {"village": desk.office_id},
    )
    for words in lacking(row["name"] for row in names):
        yield late("unprintable_name", f"{words}打印不出来。请核对这个字，或写信给维护人员补字。")
