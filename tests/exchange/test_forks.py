"""A village's desk that lives on two computers is told so, whichever of the two reports."""

import re
from pathlib import Path

import pytest

from tests.closing.months import closed, on, resolve
from tests.exchange.offices import Offices, approved_claim, copied
from villagedesk.exchange import usecases
from villagedesk.exchange.plan import PackagePlan, Standing
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import PackageRefused
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify


@pytest.fixture
def twin(offices: Offices, tmp_path: Path) -> Desk:
    """A second copy of the village's desk, on another computer; both have reported once."""
    offices.take_up()
    offices.take_down()
    village = offices.village
    assert village.actor
    assert village.signing_seed
    village.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return copied(village.folder, tmp_path / "另一台", village.actor, village.signing_seed, village.clock)


def packages(offices: Offices, twin: Desk, *more: int) -> tuple[Path, Path]:
    """Let each computer claim something else and report; ``more`` are further claims on the second."""
    approved_claim(offices.village, amount_fen=35_50)
    for amount in (77_00, *more):
        approved_claim(twin, amount_fen=amount)
    stick = offices.stick / "另一台"
    stick.mkdir()
    return offices.export(), usecases.export(twin, stick).path


@pytest.mark.parametrize("more", [(), (88_00,)])
def test_the_second_book_is_refused_whoever_went_further(offices: Offices, twin: Desk, more: tuple[int, ...]) -> None:
    first, second = packages(offices, twin, *more)
    offices.take_up(first)
    before = offices.township.tip()
    for act in (usecases.look, usecases.receive):
        with pytest.raises(PackageRefused) as caught:
            act(offices.township, second)
        said = str(caught.value)
        assert "“青山村”有两本不一样的账" in said
        assert re.search(r"最早看得出的是第\d+条：“报账单”（.*77\.00元", said)
        assert "以后只用已经报来的那一本" in said
        assert "账没有变动" in said
    assert offices.township.tip() == before
    twin.close()


def test_the_shorter_book_is_refused_after_the_longer(offices: Offices, twin: Desk) -> None:
    first, second = packages(offices, twin, 88_00)
    offices.take_up(second)
    with pytest.raises(PackageRefused, match=r"两本不一样的账.*35\.50元"):
        offices.take_up(first)
    twin.close()


def test_the_first_book_goes_on(offices: Offices, twin: Desk) -> None:
    first, second = packages(offices, twin)
    offices.take_up(first)
    with pytest.raises(PackageRefused):
        offices.take_up(second)
    approved_claim(offices.village, amount_fen=99_00)
    assert offices.take_up().standing is Standing.NEW
    assert offices.take_down().standing is Standing.NEW
    twin.close()


def test_the_other_computer_takes_back_what_the_lost_one_reported(offices: Offices, twin: Desk) -> None:
    """What the lost computer had closed bears its journal's links, and nobody is called a forger for it."""
    clock = offices.village.clock
    assert isinstance(clock, SetClock)
    resolve(offices.village, *offices.village.find(Project))
    on(clock, 2, 3)
    closed(offices.village)
    offices.take_up()
    approved_claim(twin, amount_fen=77_00)
    stick = offices.stick / "另一台"
    stick.mkdir()
    with pytest.raises(PackageRefused, match="那一本没有了的，就在“各村”里给它写一个归还包"):
        usecases.receive(offices.township, usecases.export(twin, stick).path)
    usecases.receive(twin, usecases.give_back(offices.township, offices.peer, offices.stick))
    assert not verify(twin.folder).faults
    plan = usecases.receive(offices.township, usecases.export(twin, stick).path)
    assert plan.standing is Standing.NEW
    twin.close()


def test_what_a_later_package_held_too_was_had(offices: Offices) -> None:
    """A package that lay on a lost stick is found again after the next one was taken in."""
    lost = offices.export()
    kept = lost.rename(offices.stick / "找到了.zip")
    approved_claim(offices.village, amount_fen=35_50)
    offices.take_up()
    plan = usecases.receive(offices.township, kept)
    assert isinstance(plan, PackagePlan)
    assert plan.standing is Standing.HAD
