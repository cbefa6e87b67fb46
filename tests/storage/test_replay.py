"""Old and altered entries are played back as far as they make sense today."""

from contextlib import closing
from json import dumps, loads

import pytest

from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal
from villagedesk.storage.connection import for_writing
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.replay import replay
from villagedesk.storage.verify import verify


def test_a_body_of_another_age_fills_todays_columns(full_desk: Desk) -> None:
    """It has a column that is gone since and lacks one that came later: that one takes its default."""
    row = dict(full_desk.rows("SELECT * FROM desks")[0])
    body = {name: value for name, value in row.items() if name != "restored_from"} | {"colour": "红", "id": "another"}
    full_desk.close()
    with closing(for_writing(full_desk.folder / FILE_NAME)) as connection:
        seq, link, at = journal.tip(connection)
        entry = journal.Entry(seq + 1, at, "", "x", "", "desks", "another", 1, canonical(body).decode())
        journal.append(connection, journal.linked(entry, link))
        values = {**row, "id": "another"}
        marks = ", ".join(f":{name}" for name in values)
        connection.execute(f"INSERT INTO desks ({', '.join(values)}) VALUES ({marks})", values)
    assert not verify(full_desk.folder).faults


@pytest.mark.parametrize("body", ["", "no json", "[]", "3", "{}", '{"id": 3}', dumps({"id": "x", "version": 1})])
def test_a_body_that_makes_no_sense_is_passed_over(full_desk: Desk, body: str) -> None:
    offices = full_desk.value("SELECT count(*) FROM offices")
    full_desk.close()
    with closing(for_writing(full_desk.folder / FILE_NAME)) as connection:
        seq, link, at = journal.tip(connection)
        for table in ("offices", "no_table"):
            seq += 1
            journal.append(connection, journal.linked(journal.Entry(seq, at, "", "x", "", table, "x", 1, body), link))
        with closing(replay(connection, Progress())) as replayed:
            assert replayed.execute("SELECT count(*) FROM offices").fetchone()[0] == offices


def test_what_was_discarded_is_gone_after_the_replay(full_desk: Desk) -> None:
    slot = full_desk.rows("SELECT id, version FROM slots")[0]
    with full_desk.change("x") as change:
        change.erase("slots", slot["id"], slot["version"] + 1)
    assert loads(full_desk.history(slot["id"])[0].body or "null")["id"] == slot["id"]
    with closing(replay(full_desk._connection, Progress())) as replayed:
        assert not replayed.execute("SELECT * FROM slots").fetchall()
