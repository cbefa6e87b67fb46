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
    """Nobody is let in or sent away as an approver by the keeper alone, when nobody could agree; told for a year."""
    rows = desk.rows(
        """SELECT o.name, o.is_active, j.at, k.name AS keeper FROM officers o
             JOIN journal j ON j.record_id = o.id JOIN officers k ON k.id = j.actor
            WHERE j.action = CASE o.is_active WHEN 1 THEN 'village.officer.appointed'
                                              ELSE 'village.officer.dismissed' END
              AND j.table_name = 'officers' AND j.reason = :alone
              AND o.village_id = :village AND substr(j.at, 1, 10) >= :since ORDER BY j.seq""",
        {"village": desk.office_id, "alone": ALONE, "since": (today - _A_YEAR).isoformat()},
    )
    for row in rows:
        did, ask = ("添加", "是不是本人") if row["is_active"] else ("停用", "是不是真的不干了")
        day = chinese_date(datetime.fromisoformat(row["at"]).date())
        message = f"{row['name']}是{row['keeper']}{day}一个人{did}的，那时没有别的人可以同意。请监督小组核实{ask}。"
        yield late("appointed_alone" if row["is_active"] else "dismissed_alone", message)
