"""Commits go through a log where one can live, and through a rollback journal everywhere else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from villagedesk.storage import connection
from villagedesk.storage.connection import for_reading, for_writing, holds_log, kind_of_place
from villagedesk.storage.desk import FILE_NAME, Actor, Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Household

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 27 0:40 / /mnt/office rw - nfs4 server:/office rw
41 27 8:17 / /media/李会计/U\\040盘 rw,nosuid - vfat /dev/sdb1 rw
"""


@pytest.fixture
def _far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the computer say that everything lies on a network share."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text("27 1 0:40 / / rw,relatime - nfs4 server:/office rw\n")
    monkeypatch.setattr(connection, "_MOUNTS", mounts)


def test_the_kind_of_a_place_is_that_of_the_nearest_mount() -> None:
    assert kind_of_place(Path("/srv/village"), MOUNTS) == "ext4"
    assert kind_of_place(Path("/mnt/office/青山村"), MOUNTS) == "nfs4"
    assert kind_of_place(Path("/mnt/office2"), MOUNTS) == "ext4"
    assert kind_of_place(Path("/media/李会计/U 盘/青山村"), MOUNTS) == "vfat"
    assert kind_of_place(Path("/srv"), "") == ""


def test_a_local_folder_holds_a_log_and_keeps_no_trace_of_the_trial(tmp_path: Path) -> None:
    assert holds_log(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("_far")
def test_a_desk_on_a_network_share_gets_a_rollback_journal(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "青山村") as desk:
        assert not desk.has_log
        assert desk.value("PRAGMA synchronous") == 2


def test_a_computer_that_says_nothing_of_its_mounts_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_MOUNTS", tmp_path / "nothing")
    assert holds_log(tmp_path)


def test_a_place_without_shared_memory_holds_no_log(tmp_path: Path) -> None:
    (tmp_path / "desk.probe-shm").mkdir()  # what a FAT driver does: there is no memory to share
    assert not holds_log(tmp_path)
    with closing(for_writing(tmp_path / "desk.sqlite")) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_a_logged_desk_carried_to_such_a_place_is_written_all_the_same(folder: Path) -> None:
    """The place shows only at the first write that it shares no memory; the desk is never half opened."""
    with Desk.open(folder) as desk:
        assert desk.has_log
    (folder / f"{FILE_NAME}-shm").mkdir()
    (folder / "desk.probe-shm").mkdir()
    for number in ("0001", "0002"):
        with Desk.open(folder) as desk:
            assert desk.value("PRAGMA journal_mode") == "delete"
            assert desk.value("PRAGMA synchronous") == 2
            desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", "accountant")
            with desk.change("x") as change:
                change.put(Household(number=number, team="1组", head_name="陈䶮"))
    assert not verify(folder).faults
    (folder / f"{FILE_NAME}-shm").rmdir()
    (folder / "desk.probe-shm").rmdir()
    with Desk.open(folder) as desk:
        assert desk.value("PRAGMA journal_mode") == "wal"
        assert desk.value("SELECT count(*) FROM households") == 2


def test_a_locked_file_is_said_to_be_locked_not_unfit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PATIENCE", 0)
    with closing(for_writing(folder / FILE_NAME)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            for_writing(folder / FILE_NAME)


@pytest.mark.parametrize("reach", [for_writing, for_reading])
def test_what_is_no_database_is_not_opened(tmp_path: Path, reach: object) -> None:
    file = tmp_path / "desk.sqlite"
    file.write_text("not a database" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        reach(file)  # type: ignore[operator]


def test_what_an_interrupted_trial_left_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "desk.probe").write_text("not a database" * 100)
    assert holds_log(tmp_path)
    assert not list(tmp_path.iterdir())
