"""An older file is put back over a newer one: what lies beside it knows better, and nothing is paid a second time."""

import json
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.exchange.offices import Offices
from tests.money.locked import Locked, in_chinese
from tests.payments.paying import YUAN, a_claim, granted
from villagedesk.app.copies import copy_out
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import DeskPutBack
from villagedesk.payments.usecases import post
from villagedesk.storage.backup import FOLDER, back_up, copy_file
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.restore import restore
from villagedesk.storage.verify import verify
from villagedesk.ui.house import open_or_look
from villagedesk.village.model import Household


@pytest.fixture
def old_file(locked: Locked, tmp_path: Path) -> Path:
    """A copy of the file from before a claim was paid; the claim has been paid since."""
    claim = granted(locked.desk, a_claim(locked.project, 55 * YUAN, spent_on=locked.closing.prepared_on))
    copy_file(locked.desk.folder / FILE_NAME, tmp_path / "old.sqlite")
    post(locked.desk, claim.id)
    return tmp_path / "old.sqlite"


def put_back(desk: Desk, old: Path) -> Path:
    """Close a desk and copy an older file over its own. Returns its folder."""
    desk.close()
    for name in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            desk.folder.joinpath(FILE_NAME + name).unlink()
    shutil.copyfile(old, desk.folder / FILE_NAME)
    return desk.folder


def refused(folder: Path, witness: str) -> None:
    """Look that a desk is opened for looking only, and that proof and refusal name the witness."""
    with pytest.raises(DeskPutBack, match=witness) as refusal:
        Desk.open(folder)
    assert in_chinese(str(refusal.value.sentence).format(witness="", seq=1).replace("backups", ""))
    with open_or_look(folder)[0] as desk:
        assert not desk.is_writable
    assert open_or_look(folder)[1] == str(refusal.value)
    assert any(witness in fault and "旧的账本文件盖住了新的" in fault for fault in verify(folder).faults)


def test_a_newer_backup_beside_it_tells(locked: Locked, old_file: Path) -> None:
    copy = back_up(locked.desk.folder / FILE_NAME, "手动", locked.desk.clock.now())
    refused(put_back(locked.desk, old_file), copy.name)


def test_a_newer_backup_tells_though_a_later_one_was_made_of_the_old_file(locked: Locked, old_file: Path) -> None:
    copy = back_up(locked.desk.folder / FILE_NAME, "手动", locked.desk.clock.now())
    folder = put_back(locked.desk, old_file)
    back_up(folder / FILE_NAME, "再来")
    refused(folder, copy.name)


def test_the_note_of_a_copy_that_was_carried_away_tells(locked: Locked, old_file: Path, tmp_path: Path) -> None:
    copy = copy_out(locked.desk.folder, tmp_path, clock=locked.desk.clock)
    refused(put_back(locked.desk, old_file), copy.name)


def test_a_package_in_the_outbox_tells(offices: Offices, tmp_path: Path) -> None:
    copy_file(offices.village.folder / FILE_NAME, tmp_path / "old.sqlite")
    offices.export()
    touch(offices.village)
    second = offices.export()
    refused(put_back(offices.village, tmp_path / "old.sqlite"), second.stem)


def test_a_receipt_in_the_inbox_tells(offices: Offices, tmp_path: Path) -> None:
    copy_file(offices.village.folder / FILE_NAME, tmp_path / "old.sqlite")
    touch(offices.village)
    offices.take_up()
    offices.take_down()
    shutil.rmtree(offices.village.folder / "outbox")
    refused(put_back(offices.village, tmp_path / "old.sqlite"), "回执")


def test_what_lies_there_of_another_desk_says_nothing(locked: Locked) -> None:
    (locked.desk.folder / FOLDER).mkdir(exist_ok=True)
    note = {"desk": "another", "seq": 9_999, "link": "0" * 64, "name": "x"}
    (locked.desk.folder / FOLDER / "last-copy.json").write_text(json.dumps(note), "utf-8")
    locked.desk.close()
    Desk.open(locked.desk.folder).close()
    assert not verify(locked.desk.folder).faults


def test_a_desk_with_its_own_copies_and_parcels_beside_it_opens(offices: Offices, tmp_path: Path) -> None:
    offices.take_up()
    offices.take_down()
    for desk in (offices.village, offices.township):
        back_up(desk.folder / FILE_NAME, "手动")
        copy_out(desk.folder, tmp_path)
        touch(desk)
        desk.close()
        Desk.open(desk.folder).close()
        assert not verify(desk.folder).faults


@pytest.fixture
def broken_things(locked: Locked) -> Path:
    """The folder of a desk beside which lie a broken copy, a broken note, a broken parcel and another desk's copy."""
    folder = locked.desk.folder
    locked.desk.close()
    for place in (FOLDER, "outbox", "inbox"):
        (folder / place).mkdir(exist_ok=True)
    (folder / FOLDER / "1.sqlite").write_bytes(b"SQLite format 3\0 and no more")
    (folder / FOLDER / "2.sqlite").write_bytes(b"")
    (folder / FOLDER / "last-copy.json").write_text("{", "utf-8")
    (folder / "outbox" / "青山村-数据包-第0009号.zip").write_bytes(b"PK\x03\x04")
    (folder / "inbox" / "青山村-回执-第0009号.zip").mkdir()
    return folder


def test_what_cannot_be_read_beside_a_desk_says_nothing(broken_things: Path) -> None:
    with closing(sqlite3.connect(broken_things / FOLDER / "3.sqlite")) as other:
        other.executescript(
            "CREATE TABLE desks (id); CREATE TABLE journal (seq, link, at); INSERT INTO desks VALUES (1)"
        )
    Desk.open(broken_things).close()
    assert not verify(broken_things).faults


def test_what_the_program_restores_from_the_old_copy_is_another_desk_and_opens(
    locked: Locked, old_file: Path, tmp_path: Path, clock: SetClock
) -> None:
    """It stays on record where it comes from; its township has to believe it anew."""
    back_up(locked.desk.folder / FILE_NAME, "手动", clock.now())
    folder = put_back(locked.desk, old_file)
    shutil.copyfile(old_file, folder / FOLDER / "old.sqlite")
    for copy in sorted((folder / FOLDER).glob("*.sqlite")):
        restore(copy, tmp_path / copy.stem, clock=clock)
        Desk.open(tmp_path / copy.stem, clock=clock).close()
        assert not verify(tmp_path / copy.stem).faults


def touch(desk: Desk) -> None:
    """Write something more."""
    with desk.change("test.touched") as change:
        change.put(Household(number=f"0{desk.tip()[0]}", team="1组", head_name="陈䶮"))
