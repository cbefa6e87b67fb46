"""A desk without passwords, laid out once and copied for each test, and one that holds a row of every table."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.storage.one_of_each import one_of_each
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.ids import seeded_chance
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import DeskCard, Office, OfficeKind, Officer, Role

SPRING = datetime(2026, 4, 1, 9, 0, tzinfo=CHINA)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    with _laid_out(folder / "青山村"):
        pass
    shutil.copytree(folder / "青山村", folder / "满村")
    with _open(folder / "满村") as desk:
        one_of_each(desk)
    return folder


@pytest.fixture
def folder(templates: Path, tmp_path: Path) -> Path:
    """The folder of a closed desk with an office and its accountant."""
    return shutil.copytree(templates / "青山村", tmp_path / "青山村")


@pytest.fixture
def plain_desk(folder: Path) -> Iterator[Desk]:
    """That desk, open, the accountant acting."""
    with _open(folder) as desk:
        yield desk


@pytest.fixture
def full_folder(templates: Path, tmp_path: Path) -> Path:
    """The folder of a closed desk that holds a recorded row of every table."""
    return shutil.copytree(templates / "满村", tmp_path / "满村")


@pytest.fixture
def full_desk(full_folder: Path) -> Iterator[Desk]:
    """That desk, open, the accountant acting."""
    with _open(full_folder) as desk:
        yield desk


def _laid_out(folder: Path) -> Desk:
    desk = Desk.create(folder, SetClock(SPRING), seeded_chance(1))
    desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", Role.ACCOUNTANT)
    with desk.change("village.desk.founded") as change:
        change.village_id = office = change.new_id()
        change.put(Office(id=office, village_id=office, name="青山村", code="510322105207", contact="赵主任"))
        change.put(DeskCard(office_id=office, kind=OfficeKind.VILLAGE, public_key="ab" * 32))
        change.put(Officer(id=desk.actor.id, name="李会计", role=Role.ACCOUNTANT))
    return desk


def _open(folder: Path) -> Desk:
    desk = Desk.open(folder, clock=SetClock(SPRING), chance=seeded_chance(2))
    desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", Role.ACCOUNTANT)
    return desk
