"""What the tests about exchange share: two offices that know each other, copied for each test."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.exchange.offices import Offices, copied, enrol_each_other, furnish
from tests.village_fixtures import ACCOUNTANT, CLERK, OFFICERS, PASSWORD
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.ids import seeded_chance
from villagedesk.storage.desk import Actor
from villagedesk.village import usecases
from villagedesk.village.model import Office, OfficeKind

Kept = dict[str, tuple[Path, Actor, bytes]]


@pytest.fixture(scope="session")
def kept_offices(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """青山村 and 双石镇, enrolled with each other, with something to report; closed, to be copied."""
    folder = tmp_path_factory.mktemp("offices")
    clock = SetClock(datetime(2026, 1, 5, 9, 0, tzinfo=CHINA))
    chance = seeded_chance(3)
    office = Office(name="青山村", code="510322105207", township="双石镇", is_practice=True)
    village = usecases.found_desk(folder / "青山村", office, ACCOUNTANT, PASSWORD, clock=clock, chance=chance)
    for name, role in OFFICERS.items():
        usecases.appoint(village, name, role, PASSWORD)
    office = Office(kind=OfficeKind.TOWNSHIP, name="双石镇", code="510322105", is_practice=True)
    township = usecases.found_desk(folder / "双石镇", office, CLERK, PASSWORD, clock=clock, chance=chance)
    enrol_each_other(village, township, folder)
    furnish(village)
    kept: Kept = {}
    for desk in (village, township):
        assert desk.actor
        assert desk.signing_seed
        kept[desk.folder.name] = (desk.folder, desk.actor, desk.signing_seed)
        desk.close()
    return kept


@pytest.fixture
def offices(kept_offices: Kept, tmp_path: Path) -> Iterator[Offices]:
    """Both offices, the accountant and the clerk signed in, with an empty stick."""
    clock = SetClock(datetime(2026, 1, 6, 9, 0, tzinfo=CHINA))
    village, township = (
        copied(folder, tmp_path / name, actor, seed, clock) for name, (folder, actor, seed) in kept_offices.items()
    )
    stick = tmp_path / "U盘"
    stick.mkdir()
    with village, township:
        yield Offices(village, township, stick)


@pytest.fixture(scope="session")
def first_package(kept_offices: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first package of the kept village."""
    from villagedesk.exchange.usecases import export

    stick = tmp_path_factory.mktemp("stick")
    folder, actor, seed = kept_offices["青山村"]
    clock = SetClock(datetime(2026, 1, 6, 9, 0, tzinfo=CHINA))
    with copied(folder, stick / "青山村", actor, seed, clock) as village:
        return export(village, stick).path
