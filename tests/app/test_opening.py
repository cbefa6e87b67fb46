"""Opening a desk to work at: it is remembered, and a practice year can be gone on with on any day."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from villagedesk.app import opening
from villagedesk.app.practice.facts import ACCOUNTANT, PASSWORD
from villagedesk.app.practice.year import VILLAGE
from villagedesk.app.remembered import last_desk, recent
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import ClockSetBack
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases
from villagedesk.village.store import active_officers, office

LONG_AGO = datetime(2025, 3, 1, 9, tzinfo=CHINA)


@pytest.fixture
def folder(practice: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practice / VILLAGE, tmp_path / VILLAGE))


def test_what_was_opened_is_offered_at_the_next_start(folder: Path) -> None:
    opening.open_desk(folder).close()
    assert last_desk() == folder
    assert recent() == [(VILLAGE, folder)]


def test_practising_goes_on_on_a_computer_whose_clock_is_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villagedesk.storage.desk.SystemClock", lambda: SetClock(LONG_AGO))
    with opening.open_desk(folder) as desk:
        last = datetime.fromisoformat(desk.tip()[2])
        usecases.sign_in(desk, ACCOUNTANT, PASSWORD)
        usecases.update_card(desk, office(desk))
        assert datetime.fromisoformat(desk.tip()[2]) - last < timedelta(minutes=1)


def test_a_real_desk_refuses_a_clock_that_was_set_back(folder: Path) -> None:
    with Desk.open(folder, clock=SetClock(LONG_AGO)) as desk:
        usecases.sign_in(desk, ACCOUNTANT, PASSWORD)
        assert active_officers(desk)
        with pytest.raises(ClockSetBack, match="2025年03月01日"):
            usecases.update_card(desk, office(desk))
