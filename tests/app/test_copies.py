"""A copy that was carried away is known by its day; one that failed is not."""

from pathlib import Path

import pytest

from tests.village_fixtures import MORNING
from villagedesk.app.copies import copy_out, last_copy
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import Cancelled
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.storage.restore import restore


def test_a_copy_is_proved_noted_and_a_desk_again(desk: Desk, tmp_path: Path) -> None:
    assert last_copy(desk.folder) is None
    path = copy_out(desk.folder, tmp_path, clock=SetClock(MORNING))
    kept = last_copy(desk.folder)
    assert kept
    assert (kept.made_at.date(), kept.name) == (MORNING.date(), path.name)
    assert not restore(path, tmp_path / "neu").faults
    assert last_copy(tmp_path / "neu") is None


def test_a_copy_that_was_not_finished_is_not_noted(desk: Desk, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        copy_out(desk.folder, tmp_path, progress)
    assert last_copy(desk.folder) is None


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"made_at": 1, "name": 2}', '{"made_at": "gestern", "name": "x"}'])
def test_a_note_nobody_can_read_is_none(desk: Desk, note: str) -> None:
    (desk.folder / "backups").mkdir(exist_ok=True)
    (desk.folder / "backups" / "last-copy.json").write_text(note, "utf-8")
    assert last_copy(desk.folder) is None
