"""What is typed and not saved is kept beside the books, whole or not at all, and disturbs nothing of them."""

import errno
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.errors import DiskFull, DiskGone
from villagedesk.storage import unsaved
from villagedesk.storage.backup import back_up
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.unsaved import FOLDER, Typed, keep, kept, let_go, place
from villagedesk.storage.verify import verify
from villagedesk.storage.wholecopy import write_whole

AT = datetime(2026, 1, 5, 9, 30, tzinfo=CHINA)
TYPED: dict[str, Typed] = {
    "payee": "张䶮",
    "amount_fen": "12.",
    "photos": ["U:/票.jpg"],
    "is_cash": True,
    "fund_id": None,
}


def test_nothing_typed_is_nothing_kept(tmp_path: Path) -> None:
    assert kept(tmp_path, "claim") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"typed": [], "kept_at": "2026-01-05T09:30:00+08:00"}', b'{"typed": {}}',
     b'{"typed": {}, "kept_at": "gestern"}', b'{"typed": {}, "kept_at": 5}'],
)  # fmt: skip
def test_a_file_that_is_broken_is_as_if_there_were_none(tmp_path: Path, content: bytes) -> None:
    place(tmp_path, "claim").parent.mkdir()
    place(tmp_path, "claim").write_bytes(content)
    assert kept(tmp_path, "claim") is None


def test_what_no_field_can_hold_is_left_out(tmp_path: Path) -> None:
    place(tmp_path, "claim").parent.mkdir()
    written = {"typed": {"payee": "张䶮", "odd": {"a": 1}, "odder": [1]}, "kept_at": AT.isoformat()}
    place(tmp_path, "claim").write_text(json.dumps(written), "utf-8")
    found = kept(tmp_path, "claim")
    assert found
    assert found.typed == {"payee": "张䶮"}


def test_what_is_typed_comes_back_as_it_was(tmp_path: Path) -> None:
    keep(tmp_path, "claim", {"payee": "张"}, AT)
    keep(tmp_path, "claim", TYPED, AT)
    keep(tmp_path, "other", {"payee": "李"}, AT)
    found = kept(tmp_path, "claim")
    assert found
    assert (found.typed, found.kept_at) == (TYPED, AT)
    let_go(tmp_path, "claim")
    let_go(tmp_path, "claim")
    assert kept(tmp_path, "claim") is None
    assert kept(tmp_path, "other")


def test_a_full_disk_keeps_what_was_kept_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, "claim", {"payee": "张"}, AT)

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(unsaved, "write_durably", full)
    with pytest.raises(DiskFull):
        keep(tmp_path, "claim", TYPED, AT)
    found = kept(tmp_path, "claim")
    assert found
    assert found.typed == {"payee": "张"}


def test_a_desk_that_went_with_its_stick_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(DiskGone):
        keep(tmp_path / "gone", "claim", TYPED, AT)
    assert not (tmp_path / "gone").exists()


def test_proof_backup_and_whole_copy_do_not_look_at_it(desk: Desk, tmp_path: Path) -> None:
    before = verify(desk.folder)
    keep(desk.folder, "claim", TYPED, AT)
    (desk.folder / FOLDER / "broken.json").write_bytes(b"\x00")
    assert verify(desk.folder) == before
    assert back_up(desk.folder / FILE_NAME, "test").exists()
    (tmp_path / "U").mkdir()
    with zipfile.ZipFile(write_whole(desk.folder, tmp_path / "U")) as copied:
        assert not [name for name in copied.namelist() if FOLDER in name]
