"""The desk's own commands: verify, backup, restore, archive."""

import json
from pathlib import Path

from tests.cli.shell import Typed
from villagedesk.storage.attachments import place
from villagedesk.storage.desk import Desk


def test_a_sound_desk_is_said_to_be_so(typed: Typed) -> None:
    answer = typed("verify", by="")
    assert answer.code == 0
    assert answer.out.startswith("账本完好。")
    assert json.loads(typed("verify", by="", as_json=True).out)["faults"] == []


def test_an_altered_desk_fails_with_what_was_altered(typed: Typed, desk: Desk) -> None:
    with Desk.open(desk.folder) as again:
        again.actor = desk.actor
        with again.change("x") as change:
            photo = change.attach("现场.jpg", "image/jpeg", b"a photo")
    place(desk.folder, photo.id).write_bytes(b"another")
    answer = typed("verify", by="")
    assert answer.code == 1
    assert f"附件“现场.jpg”（{photo.id[:12]}…）被改动过。" in answer.out


def test_a_folder_without_a_desk_cannot_be_verified(at_the_shell: Typed, tmp_path: Path) -> None:
    answer = at_the_shell("--desk", tmp_path, "verify")
    assert (answer.code, answer.out) == (1, "")
    assert "里没有账本" in answer.err
    assert "里没有账本" in at_the_shell("verify").err


def test_a_backup_lies_beside_the_books(typed: Typed, desk: Desk) -> None:
    answer = typed("backup", by="", as_json=True)
    assert answer.code == 0
    file = Path(json.loads(answer.out)["file"])
    assert list((desk.folder / "backups").iterdir()) == [file]


def test_a_desk_goes_to_a_stick_and_comes_back_on_another_computer(
    typed: Typed, at_the_shell: Typed, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    written = typed("backup", "-o", tmp_path / "stick", by="")
    assert written.out.startswith("已备份并核对：")
    (file,) = (tmp_path / "stick").iterdir()
    restored = at_the_shell("restore", file, tmp_path / "新电脑")
    assert restored.code == 0
    assert "请乡镇核对并登记" in restored.out
    assert at_the_shell("--desk", tmp_path / "新电脑", "verify").code == 0
    again = at_the_shell("restore", file, tmp_path / "新电脑")
    assert again.code == 1
    assert "已经有东西" in again.err


def test_a_year_is_archived_by_who_keeps_the_books(typed: Typed, tmp_path: Path) -> None:
    nothing = typed("archive", 2025, "-o", tmp_path)
    assert nothing.code == 1
    assert "2025年没有记过账" in nothing.err
    assert typed("archive", 2025, "-o", tmp_path, by="").code == 1
    assert typed("archive", 2025).code == 2
