"""Checks of the people: names that no face can print, and who was made an approver by the keeper of the books alone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late
from villagedesk.reports.lacking import lacking
from villagedesk.storage.desk import Desk
from villagedesk.village.consent import ALONE

_A_YEAR = timedelta(365)


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


def approvers_agreed_to(desk: Desk, today: date) -> Iterator[Finding]:
    """Nobody approves whom the keeper of the books alone let in, because nobody was left to agree; told for a year."""
    rows = desk.rows(
        """SELECT o.name, j.at, k.name AS keeper FROM journal j
             JOIN officers o ON o.id = j.record_id JOIN officers k ON k.id = j.actor
            WHERE j.action = 'village.officer.appointed' AND j.table_name = 'officers' AND j.reason = :alone
              AND o.village_id = :village AND o.is_active = 1 AND substr(j.at, 1, 10) >= :since ORDER BY j.seq""",
        {"village": desk.office_id, "alone": ALONE, "since": (today - _A_YEAR).isoformat()},
    )
    for row in rows:
        day = chinese_date(datetime.fromisoformat(row["at"]).date())
        message = f"{row['name']}是{row['keeper']}{day}一个人添加的，那时没有别的人可以同意。请监督小组核实是不是本人。"
        yield late("appointed_alone", message)
