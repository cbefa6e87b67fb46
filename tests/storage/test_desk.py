"""A desk is changed in one way: all of a change is stored and journaled, or nothing of it."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.storage.conftest import SPRING
from tests.storage.medium import mounted, needs_root
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import (
    ClockFarAhead,
    ClockSetBack,
    DeskExists,
    DeskInUse,
    DiskFull,
    DiskGone,
    FrozenRecord,
    NotSignedIn,
    ReadOnlyDesk,
    StaleRecord,
)
from villagedesk.kernel.records import Record
from villagedesk.storage.change import Change
from villagedesk.storage.desk import FILE_NAME, Actor, Changed, Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Arrival, Fund, Household

R = TypeVar("R", bound=Record)
CHEN = Household(number="0001", team="1组", head_name="陈䶮")


def test_a_change_stores_the_record_and_its_entry(plain_desk: Desk) -> None:
    with plain_desk.change("village.household.added", reason="分户") as change:
        stored = change.put(CHEN)
    assert plain_desk.get(Household, stored.id) == stored
    assert (stored.version, stored.village_id) == (1, plain_desk.office_id)
    (entry,) = plain_desk.history(stored.id)
    assert (entry.action, entry.reason, entry.actor) == ("village.household.added", "分户", plain_desk.actor.id)  # type: ignore[union-attr]
    assert plain_desk.tip() == (entry.seq, entry.link, entry.at)


def test_each_change_of_a_record_is_a_version_and_an_entry(plain_desk: Desk) -> None:
    record = _added(plain_desk, CHEN)
    for team in ("2组", "3组"):
        with plain_desk.change("village.household.moved") as change:
            record = change.put(replace(record, team=team))
    assert record.version == 3
    assert [entry.version for entry in plain_desk.history(record.id)] == [1, 2, 3]
    assert next(plain_desk.entries(plain_desk.tip()[0] - 1)).version == 3


def test_an_exception_leaves_nothing(plain_desk: Desk) -> None:
    before = plain_desk.tip()
    with pytest.raises(ZeroDivisionError), plain_desk.change("x") as change:  # noqa: PT012
        change.put(CHEN)
        kept = change.attach("现场.jpg", "image/jpeg", b"a photo")
        assert plain_desk.content(kept.id) == b"a photo"
        _ = 1 / 0
    assert plain_desk.tip() == before
    assert not plain_desk.find(Household)
    assert not [path for path in (plain_desk.folder / "attachments").rglob("*") if path.is_file()]
    assert _added(plain_desk, CHEN).version == 1


def test_a_refused_write_cannot_be_swallowed(plain_desk: Desk) -> None:
    """Half of a change must never be stored, even when the code around it carries on."""
    record = _added(plain_desk, CHEN)
    before = plain_desk.tip()
    with pytest.raises(RuntimeError), plain_desk.change("x") as change:  # noqa: PT012
        try:
            change.put(replace(record, version=7))
        except StaleRecord:
            change.put(replace(CHEN, number="0002"))
    assert plain_desk.tip() == before


def test_changes_do_not_nest(plain_desk: Desk) -> None:
    with plain_desk.change("outer") as change:
        change.put(CHEN)
        with pytest.raises(RuntimeError), plain_desk.change("inner"):
            pass
    assert plain_desk.find(Household)


def test_what_somebody_else_changed_meanwhile_is_stale(plain_desk: Desk) -> None:
    record = _added(plain_desk, CHEN)
    with plain_desk.change("x") as change:
        change.put(replace(record, team="2组"))
    for attempt in (record, replace(record, version=5)):
        with pytest.raises(StaleRecord, match="刚被改过"), plain_desk.change("x") as change:
            change.put(attempt)
    for version in (1, 5):
        with pytest.raises(StaleRecord), plain_desk.change("x") as change:
            change.discard(replace(record, version=version))
    assert plain_desk.get(Household, record.id).team == "2组"


def test_a_draft_comes_back_from_the_bin(plain_desk: Desk) -> None:
    record = _added(plain_desk, CHEN)
    with plain_desk.change("bin") as change:
        change.discard(record)
    assert not plain_desk.find(Household)
    with plain_desk.change("back") as change:
        back = change.put(replace(record, version=2))
    assert plain_desk.get(Household, record.id) == back == replace(record, version=3)
    assert [entry.body is None for entry in plain_desk.history(record.id)] == [False, True, False]
    plain_desk.close()
    assert not verify(plain_desk.folder).faults


def test_nothing_is_written_outside_a_change(plain_desk: Desk) -> None:
    for sql in ("DELETE FROM offices", "CREATE TABLE extra (a)", "DROP TRIGGER journal_update"):
        with pytest.raises(DiskGone, match="只能读，不能写"):
            plain_desk.rows(sql)
    assert plain_desk.value("SELECT count(*) FROM offices") == 1


def test_a_frozen_fact_is_refused_in_a_sentence(plain_desk: Desk) -> None:
    fund = _added(plain_desk, Fund(year=2026, source="县级补助", planned_fen=100))
    arrival = _added(plain_desk, Arrival(fund_id=fund.id, arrived_on=datetime(2026, 3, 1).date(), amount_fen=100))
    with pytest.raises(FrozenRecord) as refused, plain_desk.change("x") as change:
        change.put(replace(arrival, amount_fen=200))
    assert str(refused.value) == "到账记录不能改动。要更正，请用冲销、作废或更正公告。账没有变动。"


def test_somebody_must_act(plain_desk: Desk) -> None:
    plain_desk.actor = None
    with pytest.raises(NotSignedIn), plain_desk.change("x"):
        pass


def test_a_desk_opened_for_looking_is_not_changed(folder: Path) -> None:
    before = _bytes(folder)
    with Desk.open(folder, write=False) as desk:
        assert desk.value("SELECT name FROM offices") == "青山村"
        with pytest.raises(ReadOnlyDesk), desk.change("x"):
            pass
        assert not desk.is_writable
    assert _bytes(folder) == before


def test_a_clock_set_back_is_named_before_anything_is_written(plain_desk: Desk) -> None:
    _added(plain_desk, CHEN)
    plain_desk.clock = SetClock(datetime(2000, 1, 1, tzinfo=CHINA))
    with (
        pytest.raises(ClockSetBack, match="2000年01月01日 00:00，比账里最后一笔（2026年04月01日"),
        plain_desk.change("x"),
    ):
        pass


def test_a_clock_far_ahead_is_named_before_anything_is_written(plain_desk: Desk) -> None:
    """A date of 2036 could not be taken back: nothing could be written until that day."""
    _added(plain_desk, CHEN)
    before = plain_desk.tip()
    last = datetime.fromisoformat(before[2])
    plain_desk.clock = SetClock(last + timedelta(days=3_600))
    assert plain_desk.is_clock_far_ahead()
    with pytest.raises(ClockFarAhead, match=r"隔了3600天。没有记上.*请重新登录，程序会问一次"), plain_desk.change("x"):
        pass
    assert plain_desk.tip() == before
    plain_desk.believe_clock()
    assert not plain_desk.is_clock_far_ahead()
    with plain_desk.sibling() as other:
        _added(other, replace(CHEN, number="0002"))
    assert datetime.fromisoformat(plain_desk.tip()[2]).year == (last + timedelta(days=3_600)).year


def test_a_rest_of_months_is_nothing_to_ask_about(plain_desk: Desk) -> None:
    _added(plain_desk, CHEN)
    plain_desk.clock = SetClock(datetime.fromisoformat(plain_desk.tip()[2]) + timedelta(days=399))
    assert not plain_desk.is_clock_far_ahead()
    _added(plain_desk, replace(CHEN, number="0002"))


def test_a_clock_set_back_names_the_way_out(plain_desk: Desk) -> None:
    _added(plain_desk, CHEN)
    plain_desk.clock = SetClock(datetime(2000, 1, 1, tzinfo=CHINA))
    with pytest.raises(ClockSetBack, match=r"请用那以前的备份恢复.*【从备份恢复】"), plain_desk.change("x"):
        pass


def test_what_reads_cannot_write_before_during_or_after_a_change(plain_desk: Desk) -> None:
    """Reading goes through a connection that was never able to write; only the change itself holds the other."""
    looking = plain_desk._connection
    _added(plain_desk, CHEN)
    assert plain_desk._connection is looking
    with plain_desk.change("x") as change:
        change.put(replace(CHEN, number="0002"))
        assert plain_desk.value("SELECT count(*) FROM households") == 2
        assert looking.execute("SELECT count(*) FROM households").fetchone()[0] == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            looking.execute("DELETE FROM households")
    assert looking.execute("SELECT count(*) FROM households").fetchone()[0] == 2
    for statement in ("DELETE FROM households", "DROP TABLE households", "CREATE TABLE more (x)"):
        with pytest.raises(DiskGone, match="只能读"):
            plain_desk.rows(statement)


def test_an_answer_is_remembered_until_somebody_writes(plain_desk: Desk) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("asked")
        return len(asked)

    assert [plain_desk.unchanged("x", ask), plain_desk.unchanged("x", ask), plain_desk.unchanged("y", ask)] == [1, 1, 2]
    _added(plain_desk, CHEN)
    assert plain_desk.unchanged("x", ask) == 3
    with plain_desk.sibling() as other:
        _added(other, replace(CHEN, number="0002"))
    assert plain_desk.unchanged("x", ask) == 4, "whoever writes"
    with plain_desk.change("x") as change:
        change.put(replace(CHEN, number="0003"))
        assert plain_desk.unchanged("x", ask) == 5, "within a change too"
    for number in range(300):
        plain_desk.unchanged(number, ask)
    assert plain_desk.unchanged("y", ask) > 300, "the oldest go"


def test_a_clock_a_little_behind_does_no_harm(plain_desk: Desk) -> None:
    """Time servers move clocks by seconds; moments in the journal still never go back."""
    _added(plain_desk, CHEN)
    last = datetime.fromisoformat(plain_desk.tip()[2])
    plain_desk.clock = SetClock(last - timedelta(minutes=9))
    _added(plain_desk, replace(CHEN, number="0002"))
    assert plain_desk.tip()[2] == last.isoformat(timespec="milliseconds")


def test_a_full_disk_loses_only_the_last_step(plain_desk: Desk) -> None:
    _added(plain_desk, CHEN)
    pages = plain_desk.value("PRAGMA page_count")
    plain_desk._writing.execute(f"PRAGMA max_page_count = {pages + 1}")
    before = plain_desk.tip()
    with pytest.raises(DiskFull, match="之前记的都在"), plain_desk.change("x") as change:  # noqa: PT012
        for number in range(2, 5000):
            change.put(replace(CHEN, number=str(number)))
    assert plain_desk.tip() == before
    plain_desk._writing.execute("PRAGMA max_page_count = 1000000")
    _added(plain_desk, replace(CHEN, number="0002"))
    plain_desk.close()
    assert not verify(plain_desk.folder).faults


@needs_root
def test_a_full_stick_loses_only_the_last_step_and_works_again_once_there_is_room(folder: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "stick", "4m") as stick:
        (stick / "ballast").write_bytes(b"x" * 2_500_000)
        with Desk.open(shutil.copytree(folder, stick / "青山村"), clock=SetClock(SPRING)) as desk:
            desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", "accountant")
            _added(desk, CHEN)
            for write in (_a_thousand_households, _a_photo):
                before = desk.tip()
                with pytest.raises(DiskFull, match="请删掉不用的文件腾出空间"), desk.change("x") as change:
                    write(change)
                assert desk.tip() == before
                assert not list(desk.folder.rglob("*.part"))
            (stick / "ballast").unlink()
            _added(desk, replace(CHEN, number="0002"))
        assert not verify(stick / "青山村").faults


def _a_thousand_households(change: Change) -> None:
    change.put_all(replace(CHEN, number=str(number)) for number in range(2, 5000))


def _a_photo(change: Change) -> None:
    change.attach("现场.jpg", "image/jpeg", b"x" * 2_000_000)


def test_listeners_hear_of_a_change_after_it_is_stored(plain_desk: Desk) -> None:
    heard: list[tuple[Changed, int]] = []
    plain_desk.on_change(lambda changed: heard.append((changed, plain_desk.value("SELECT count(*) FROM households"))))
    record = _added(plain_desk, CHEN)
    with pytest.raises(ZeroDivisionError), plain_desk.change("x"):
        _ = 1 / 0
    assert heard == [(Changed("test.record.added", frozenset({"households"}), (record.id,)), 1)]


def test_a_sibling_works_on_its_own_and_leaves_the_desk_open(plain_desk: Desk) -> None:
    heard: list[Changed] = []
    with plain_desk.sibling() as sibling:
        sibling.on_change(heard.append)
        record = _added(sibling, CHEN)
    assert plain_desk.get(Household, record.id) == record
    assert [changed.ids for changed in heard] == [(record.id,)]
    with pytest.raises(DeskInUse):
        Desk.open(plain_desk.folder)
    _added(plain_desk, replace(CHEN, number="0002"))
    with Desk.open(plain_desk.folder, write=False) as looking, looking.sibling() as sibling:
        assert len(sibling.find(Household)) == 2
        assert not sibling.is_writable


def test_an_attachment_is_kept_once_and_healed_when_it_was_harmed(plain_desk: Desk) -> None:
    with plain_desk.change("x") as change:
        first = change.attach("现场.jpg", "image/jpeg", b"a photo")
        again = change.attach("同一张.jpg", "image/jpeg", b"a photo")
    assert again == first
    kept = plain_desk.folder / "attachments" / first.id[:2] / first.id
    kept.write_bytes(b"a ph")
    with pytest.raises(ZeroDivisionError), plain_desk.change("x") as change:  # noqa: PT012
        assert change.attach("现场.jpg", "image/jpeg", b"a photo") == first
        _ = 1 / 0
    assert plain_desk.content(first.id) == b"a photo"


def test_an_attachment_that_is_gone_is_named(plain_desk: Desk) -> None:
    with pytest.raises(DiskGone, match="文件不见了"):
        plain_desk.content("ab" * 32)


def test_looking_up_what_is_not_there(plain_desk: Desk) -> None:
    with pytest.raises(KeyError):
        plain_desk.get(Household, "nobody")
    assert plain_desk.value("SELECT number FROM households") is None
    assert plain_desk.table_rules["people"].travels == "sealed"


def test_a_new_desk_wants_an_empty_folder(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DeskExists):
        Desk.create(folder)
    with Desk.create(tmp_path / "new" / "新村") as desk:
        assert {path.name for path in desk.folder.iterdir()} >= {"attachments", "printed", "outbox", "inbox", "backups"}
        assert desk.office_id == ""
        assert desk.value("PRAGMA journal_mode") == "wal"
        assert desk.value("PRAGMA synchronous") == 2


def test_a_desk_that_could_not_be_laid_out_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villagedesk.storage.schema.create", _full)
    with pytest.raises(DiskFull):
        Desk.create(tmp_path / "新村")
    assert not list((tmp_path / "新村").iterdir())
    monkeypatch.undo()
    Desk.create(tmp_path / "新村").close()


def test_long_columns_of_numbers_are_held_close_together(plain_desk: Desk) -> None:
    found = plain_desk.numbers("SELECT rowid FROM dictionary WHERE rowid <= ? ORDER BY rowid DESC", [3])
    assert list(found) == [3, 2, 1]
    assert list(plain_desk.numbers("SELECT rowid FROM claims")) == []


def _full(_: object) -> None:
    raise OSError(28, "No space left on device")


def _added(desk: Desk, record: R) -> R:
    with desk.change("test.record.added") as change:
        return change.put(record)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(FILE_NAME)}
