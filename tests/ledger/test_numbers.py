"""The check of numbers finds what was taken out, slipped in or turned round, though the guards let none of it be."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.ledger import keeping
from villagedesk.ledger.numbers import number_report, uneven
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.village.model import Arrival


@pytest.fixture
def posted(desk: Desk) -> Desk:
    """Five vouchers and two receipts of 2026."""
    fund = keeping.open_fund(desk)
    project = keeping.start_project(desk, fund)
    keeping.arrive(desk, fund, 10_000_00)
    keeping.arrive(desk, fund, 5_000_00)
    for number in range(1, 6):
        keeping.pay(desk, project, number * 100)
    return desk


@contextmanager
def raw_copy(desk: Desk, tmp_path: Path, *deeds: str) -> Iterator[Desk]:
    """Yield a copy of the desk in which somebody without the program has done something to the file."""
    folder = tmp_path / "改过的"
    folder.mkdir()
    with (
        closing(sqlite3.connect(desk.folder / FILE_NAME)) as source,
        closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw,
    ):
        source.backup(raw)
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for deed in deeds:
            raw.execute(deed)
        for _, sql in triggers:
            raw.execute(sql)
    with Desk.open(folder, write=False, clock=desk.clock) as copy:
        yield copy


def test_numbers_that_run_have_nothing_wrong(posted: Desk) -> None:
    report = [(one.name, one.year, one.count, one.first, one.last, one.faults) for one in number_report(posted)]
    assert report == [("付款凭证", 2026, 5, 1, 5, ()), ("收款凭证", 2026, 2, 1, 2, ())]


def test_a_voucher_taken_out_is_found_by_the_journal(posted: Desk, tmp_path: Path) -> None:
    with raw_copy(posted, tmp_path, "DELETE FROM vouchers WHERE number = 3") as copy:
        paid, _ = number_report(copy, 2026)
    assert paid.faults == ("付款凭证第3号：流水里记着它（2026年1月5日登记），账里却没有。",)
    assert paid.count == 4


def test_the_last_voucher_taken_out_is_found_too(posted: Desk, tmp_path: Path) -> None:
    with raw_copy(posted, tmp_path, "DELETE FROM vouchers WHERE number = 5") as copy:
        paid, _ = number_report(copy)
    assert paid.unlike == ("付款凭证第5号：流水里记着它（2026年1月5日登记），账里却没有。",)


def test_a_gap_that_the_journal_does_not_know_is_a_gap(posted: Desk, tmp_path: Path) -> None:
    with raw_copy(posted, tmp_path, "UPDATE vouchers SET number = 9 WHERE number = 5") as copy:
        paid, _ = number_report(copy)
    assert paid.uneven == ("付款凭证缺第5至8号（断号），共4个，流水里也没有。",)


def test_one_gap_is_said_as_one(posted: Desk, tmp_path: Path) -> None:
    with raw_copy(posted, tmp_path, "UPDATE arrivals SET number = 3 WHERE number = 2") as copy:
        _, came = number_report(copy)
    assert came.uneven == ("收款凭证缺第2号（断号），共1个，流水里也没有。",)


def test_a_number_given_twice_is_found() -> None:
    """The file keeps numbers unique; another file's book may not."""
    assert list(uneven("付款凭证", [1, 2, 2, 4], {})) == [
        "付款凭证第2号有两份（重号）。",
        "付款凭证缺第3号（断号），共1个，流水里也没有。",
    ]


def test_numbers_turned_round_are_found_by_the_journals_order(posted: Desk, tmp_path: Path) -> None:
    turned = (
        "UPDATE vouchers SET number = 99 WHERE number = 2",
        "UPDATE vouchers SET number = 2 WHERE number = 4",
        "UPDATE vouchers SET number = 4 WHERE number = 99",
    )
    with raw_copy(posted, tmp_path, *turned) as copy:
        paid, _ = number_report(copy)
    assert paid.unlike == (
        "付款凭证第3号在流水里比第2号登记得早，号数和登记的先后不一致。",
        "付款凭证第4号在流水里比第3号登记得早，号数和登记的先后不一致。",
    )


def test_a_receipt_slipped_in_is_not_in_the_journal(posted: Desk, tmp_path: Path) -> None:
    columns = [row["name"] for row in posted.rows("PRAGMA table_info(arrivals)")]
    values = ["'假'" if name == "id" else "3" if name == "number" else name for name in columns]
    slipped = f"INSERT INTO arrivals SELECT {', '.join(values)} FROM arrivals WHERE number = 2"
    with raw_copy(posted, tmp_path, slipped) as copy:
        _, came = number_report(copy)
    assert came.unlike == ("收款凭证第3号：账里有它，流水里没有，不是由程序登记的。",)


def test_receipts_from_before_they_were_numbered_are_no_gap(desk: Desk) -> None:
    fund = keeping.open_fund(desk)
    with desk.change("test.old") as change:
        change.put(Arrival(fund_id=fund.id, arrived_on=date(2025, 6, 1), amount_fen=100))
    assert number_report(desk) == []
