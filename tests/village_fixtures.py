"""A small village for tests: a founded desk with its officers, on a set clock and seeded chance."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.ids import seeded_chance
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village import usecases
from villagedesk.village.model import Office, OfficeKind, Role

PASSWORD = "qingshan-1"
OFFICERS = {
    "赵主任": Role.HEAD,
    "钱组长": Role.FINANCE_GROUP,
    "孙理财": Role.FINANCE_GROUP,
    "周监督": Role.SUPERVISION,
}
ACCOUNTANT = "李会计"
CLERK = "吴所长"
MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=CHINA)


@pytest.fixture
def clock() -> SetClock:
    """A clock standing at nine in the morning of 5 January 2026."""
    return SetClock(MORNING)


@dataclass(frozen=True)
class Founded:
    """A village founded once: where it lies, who signed in, and how far clock and chance had come."""

    folder: Path
    actor: Actor
    signing_seed: bytes
    moment: datetime
    chance: object


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """青山村 as the day's first test would found it; passwords take their time, so it is done once."""
    office = Office(
        name="青山村", code="510322105207", township="双石镇", households=180, population=600,
        contact="赵主任", phone="0813-6200001", is_practice=True,
    )  # fmt: skip
    clock, chance = SetClock(MORNING), Random(1)
    folder = tmp_path_factory.mktemp("founded") / "青山村"
    with usecases.found_desk(folder, office, ACCOUNTANT, PASSWORD, clock=clock, chance=chance) as desk:
        for name, role in OFFICERS.items():
            usecases.appoint(desk, name, role, PASSWORD)
        assert desk.actor
        assert desk.signing_seed
        return Founded(folder, desk.actor, desk.signing_seed, clock.now(), chance.getstate())


@pytest.fixture
def desk(founded: Founded, tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """青山村's desk, the accountant signed in."""
    chance = Random()
    chance.setstate(cast("tuple[Any, ...]", founded.chance))
    clock.set(max(clock.now(), founded.moment))
    folder = Path(shutil.copytree(founded.folder, tmp_path / "青山村"))
    with Desk.open(folder, clock=clock, chance=chance) as desk:
        desk.actor, desk.signing_seed = founded.actor, founded.signing_seed
        yield desk


@pytest.fixture
def township_desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """双石镇's desk, the clerk signed in."""
    office = Office(kind=OfficeKind.TOWNSHIP, name="双石镇", code="510322105", is_practice=True)
    desk = usecases.found_desk(tmp_path / "双石镇", office, CLERK, PASSWORD, clock=clock, chance=seeded_chance(2))
    yield desk
    desk.close()


@pytest.fixture
def acting() -> Callable[[Desk, str], None]:
    """Let somebody else sign in: ``acting(desk, "钱组长")``."""

    def sign_in(desk: Desk, name: str) -> None:
        usecases.sign_in(desk, name, PASSWORD)

    return sign_in


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice village and its township. Made once: look at it, copy it, do not change it."""
    from villagedesk.app.practice.year import build

    return build(tmp_path_factory.mktemp("practice")).parent
