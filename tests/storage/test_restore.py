"""A desk comes back whole from its backup, as another desk than the one that was lost."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.storage.old_desk import old_desk
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import BadBackup, Cancelled, DamagedDesk, DeskExists, DiskFull, NewerDesk, NoDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage import wholecopy
from villagedesk.storage.attachments import place
from villagedesk.storage.backup import back_up
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.restore import restore
from villagedesk.storage.verify import verify
from villagedesk.storage.wholecopy import write_whole

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=CHINA)


@pytest.fixture
def printed_folder(full_folder: Path) -> Path:
    """A full desk with a printed paper."""
    (full_folder / "printed" / "村务公示〔2026〕1号.pdf").write_bytes(b"%PDF-1.4 a notice")
    return full_folder


@pytest.fixture
def whole(printed_folder: Path, tmp_path: Path) -> Path:
    """Its whole copy on a stick."""
    (tmp_path / "stick").mkdir()
    return write_whole(printed_folder, tmp_path / "stick", NOON)


def test_a_whole_copy_comes_back_as_it_was(whole: Path, printed_folder: Path, tmp_path: Path) -> None:
    assert whole.name == "满村-备份-20260401-120000.zip"
    assert [path.name for path in whole.parent.iterdir()] == [whole.name]
    assert not list((printed_folder / "backups").iterdir())
    proof = restore(whole, tmp_path / "新电脑")
    assert not proof.faults
    assert (proof.entries, proof.attachments) == (verify(printed_folder).entries + 2, 1)
    assert (tmp_path / "新电脑" / "printed" / "村务公示〔2026〕1号.pdf").read_bytes() == b"%PDF-1.4 a notice"
    with Desk.open(tmp_path / "新电脑") as desk, Desk.open(printed_folder) as lost:
        assert desk.value("SELECT count(*) FROM vouchers") == lost.value("SELECT count(*) FROM vouchers")
        photo = desk.value("SELECT id FROM attachments")
        assert desk.content(photo) == lost.content(photo)


def test_a_restored_desk_is_another_one_and_says_so(whole: Path, printed_folder: Path, tmp_path: Path) -> None:
    restore(whole, tmp_path / "新电脑")
    with Desk.open(printed_folder) as lost:
        card = dict(lost.rows("SELECT * FROM desks WHERE office_id = ?", [lost.office_id])[0])
    with Desk.open(tmp_path / "新电脑") as desk:
        (fresh,) = desk.rows("SELECT * FROM desks WHERE office_id = ?", [desk.office_id])
        assert dict(fresh) == card | {"id": fresh["id"], "restored_from": card["id"]}
        assert fresh["id"] != card["id"]
        entry = desk.history(fresh["id"])[0]
        assert (entry.action, entry.reason) == ("storage.desk.restored", f"从“{whole.name}”恢复")


def test_a_backup_of_years_ago_is_restored(whole: Path, tmp_path: Path) -> None:
    now = SetClock(datetime(2036, 4, 1, tzinfo=CHINA))
    assert not restore(whole, tmp_path / "新电脑", clock=now).faults
    with Desk.open(tmp_path / "新电脑", clock=now) as desk:
        assert desk.tip()[2].startswith("2036-04-01")


def test_a_copy_in_the_backups_folder_finds_its_attachments_beside_it(full_folder: Path, tmp_path: Path) -> None:
    copy = back_up(full_folder / FILE_NAME, "手动")
    assert not restore(copy, tmp_path / "新电脑").faults
    carried = Path(shutil.copy(copy, tmp_path / "alone.sqlite"))
    with pytest.raises(BadBackup, match=r"“alone.sqlite”不能用来恢复：附件“现场照片.jpg”.*不见了"):
        restore(carried, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_backup_of_an_older_program_is_upgraded(full_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    copy = write_whole(old_desk(1, full_folder, tmp_path / "旧村"), tmp_path / "stick")
    assert not restore(copy, tmp_path / "新电脑").faults


def test_nothing_is_restored_over_another_desk(whole: Path, folder: Path) -> None:
    with pytest.raises(DeskExists):
        restore(whole, folder)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="找不到"):
        restore(tmp_path / "无.zip", tmp_path / "新电脑")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-400])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = content.index(b"a photo")
    content[at] ^= 1
    path.write_bytes(content)


def _text(path: Path) -> None:
    path.write_text("不是压缩文件")


def _with(name: str, listed: bool) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as whole:
            members = {member: whole.read(member) for member in whole.namelist()}
        if listed:
            members["manifest-sha256.txt"] += f"{'0' * 64}  {name}\n".encode()
        with zipfile.ZipFile(path, "w") as spoilt:
            for member, content in (members | {name: b"x"}).items():
                spoilt.writestr(member, content)

    return spoil


def _foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as foreign:
        foreign.writestr("desk.sqlite", b"x")


def _empty_books(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as foreign:
        foreign.writestr("desk.sqlite", b"")
        foreign.writestr(
            "manifest-sha256.txt", b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  desk.sqlite\n"
        )


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_cut, "不是完整的备份文件"),
        (_flipped, "不是完整的备份文件"),
        (_text, "不是完整的备份文件"),
        (_foreign, "不是本程序写的备份"),
        (_empty_books, "不是本程序的账本备份"),
        (_with("../outside.pdf", listed=True), "里面有不该有的文件“../outside.pdf”"),
        (_with("printed/../../outside.pdf", listed=True), "里面有不该有的文件"),
        (_with("printed/extra.pdf", listed=False), "里面的文件和目录不一致"),
        (_with("printed/extra.pdf", listed=True), "“printed/extra.pdf”和目录不一致"),
    ],
)
def test_what_is_no_whole_copy_is_refused_and_leaves_nothing(
    whole: Path, tmp_path: Path, spoil: Callable[[Path], None], why: str
) -> None:
    spoil(whole)
    with pytest.raises(BadBackup, match=why):
        restore(whole, tmp_path / "新电脑")
    assert not (tmp_path / "新电脑").exists()
    assert not (tmp_path / "outside.pdf").exists()


def test_a_backup_of_a_newer_program_asks_for_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write_whole(folder, tmp_path)
    monkeypatch.setattr("villagedesk.storage.opening.SCHEMA_VERSION", 1)
    with pytest.raises(NewerDesk):
        restore(whole, tmp_path / "新电脑")
    assert not (tmp_path / "新电脑").exists()


def test_a_cancelled_restore_leaves_nothing(whole: Path, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        restore(whole, tmp_path / "新电脑", progress=progress)
    assert not (tmp_path / "新电脑").exists()


def test_a_harmed_attachment_stops_a_whole_copy(full_folder: Path, tmp_path: Path) -> None:
    """A backup that lacks a paper would be found out only when it is needed."""
    with Desk.open(full_folder, write=False) as desk:
        photo = place(full_folder, desk.value("SELECT id FROM attachments"))
    photo.write_bytes(b"another")
    with pytest.raises(DamagedDesk, match="被改动过"):
        write_whole(full_folder, tmp_path)
    photo.unlink()
    with pytest.raises(DamagedDesk, match="不见了"):
        write_whole(full_folder, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_whole_copy_that_does_not_read_back_is_no_backup(
    full_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wholecopy, "_BLOCK", 3)
    monkeypatch.setattr("os.fsync", lambda _: _flip_half(tmp_path))
    with pytest.raises(DamagedDesk, match="没有通过核对"):
        write_whole(full_folder, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_full_stick_is_said_and_left_clean(
    full_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        write_whole(full_folder, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_only_a_desk_is_copied(tmp_path: Path) -> None:
    with pytest.raises(NoDesk):
        write_whole(tmp_path, tmp_path)


def _flip_half(folder: Path) -> None:
    for half in folder.glob("*.part"):
        content = bytearray(half.read_bytes())
        content[content.index(b"a photo")] ^= 1
        half.write_bytes(content)
