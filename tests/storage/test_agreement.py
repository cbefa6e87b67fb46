"""Each record is what its last entry says, old and altered entries read as far as they make sense today."""

from contextlib import closing

import pytest

from villagedesk.kernel.canonical import canonical
from villagedesk.storage import journal
from villagedesk.storage.connection import for_writing
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.verify import verify


def test_a_body_of_another_age_fills_todays_columns(full_desk: Desk) -> None:
    """It has a column that is gone since and lacks one that came later: that one takes its default."""
    row = dict(full_desk.rows("SELECT * FROM desks")[0])
    body = {name: value for name, value in row.items() if name != "restored_from"} | {"colour": "红", "id": "another"}
    full_desk.close()
    with closing(for_writing(full_desk.folder / FILE_NAME)) as connection:
        seq, link, at = journal.tip(connection)
        entry = journal.Entry(seq + 1, at, "", "x", "", "desks", "another", 1, canonical(body).decode())
        journal.append(connection, journal.linked(entry.head(), entry.body, link))
        values = {**row, "id": "another"}
        marks = ", ".join(f":{name}" for name in values)
        connection.execute(f"INSERT INTO desks ({', '.join(values)}) VALUES ({marks})", values)
    assert not verify(full_desk.folder).faults


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("no json", "单位 {} 在流水里的内容读不出来。"),
        ("[1]", "单位 {} 在流水里的内容读不出来。"),
        ("3", "单位 {} 在流水里的内容读不出来。"),
        ('{"name": "青山新村"}', "单位 {} 和流水不一致："),
        (None, "单位 {} 在账里有，流水里没有。"),
    ],
)
def test_a_forged_last_entry_does_not_agree(full_desk: Desk, body: str | None, fault: str) -> None:
    office = full_desk.office_id
    full_desk.close()
    with closing(for_writing(full_desk.folder / FILE_NAME)) as connection:
        seq, link, at = journal.tip(connection)
        entry = journal.Entry(seq + 1, at, "", "x", "", "offices", office, 7, body)
        journal.append(connection, journal.linked(entry.head(), entry.body, link))
    (found,) = verify(full_desk.folder).faults
    assert found.startswith(fault.format(office))


def test_entries_of_a_table_that_is_gone_are_passed_over(full_desk: Desk) -> None:
    full_desk.close()
    with closing(for_writing(full_desk.folder / FILE_NAME)) as connection:
        seq, link, at = journal.tip(connection)
        entry = journal.Entry(seq + 1, at, "", "x", "", "no_table", "x", 1, "{}")
        journal.append(connection, journal.linked(entry.head(), entry.body, link))
    assert not verify(full_desk.folder).faults


def test_what_was_discarded_is_not_missed(full_desk: Desk) -> None:
    slot = full_desk.rows("SELECT id, version FROM slots")[0]
    with full_desk.change("x") as change:
        change.erase("slots", slot["id"], slot["version"] + 1)
    assert not verify(full_desk.folder).faults
