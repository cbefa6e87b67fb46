"""What is read on another thread is read whole, or left off within a moment, or its fault is said plainly."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from villagedesk.kernel.errors import Cancelled, DiskGone
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.rest import Rest

MANY = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT :most) SELECT i, :name FROM n"
ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"


def test_rows_are_folded_on_another_thread(plain_desk: Desk) -> None:
    rest = Rest(plain_desk, MANY, {"most": "3", "name": "陈䶮"}, list)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(rest.read).result() == [(1, "陈䶮"), (2, "陈䶮"), (3, "陈䶮")]
    rest.cancel()


def test_reading_stops_when_nobody_wants_it_any_more(plain_desk: Desk) -> None:
    rest = Rest(plain_desk, ENDLESS, {}, list)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(rest.read)
        while not reading.done():  # it may not have begun yet when it is told for the first time
            rest.cancel()
        assert isinstance(reading.exception(), Cancelled)


def test_what_is_given_up_before_it_began_is_not_read(plain_desk: Desk) -> None:
    rest = Rest(plain_desk, ENDLESS, {}, list)
    rest.cancel()
    with pytest.raises(Cancelled):
        rest.read()


def test_a_file_that_is_gone_is_said_plainly(plain_desk: Desk, tmp_path: Path) -> None:
    (plain_desk.folder / FILE_NAME).rename(tmp_path / "anderswo.sqlite")
    with pytest.raises(DiskGone):
        Rest(plain_desk, MANY, {}, list)
