"""Every sheet an office may hand over either goes in as the real one does, or is refused place by place, changing nothing."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foreign.sources import EXPENSES, SOURCES, Source
from tests.foreign.variants import Variant, cases, negative, no_total
from tests.payments.paying import REGISTER, grant_project, open_fund
from tests.village_fixtures import Founded
from villagedesk.app.intake import look_at, take_in, undo_import
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import BadInput
from villagedesk.payments.model import Claim, PastExpense, PayrollLine
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.intake import imports
from villagedesk.village.model import Person
from villagedesk.village.usecases import import_people


@pytest.fixture(scope="module")
def peopled(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with its register in and a project that pays; half of its accounts are forgotten."""
    folder = tmp_path_factory.mktemp("peopled") / "青山村"
    shutil.copytree(founded.folder, folder)
    clock = SetClock(founded.moment)
    with Desk.open(folder, clock=clock) as desk:
        desk.actor, desk.signing_seed = founded.actor, founded.signing_seed
        import_people(desk, REGISTER)
        grant_project(desk, fund=open_fund(desk))
    return folder


@pytest.fixture
def village(peopled: Path, founded: Founded, tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """That village, to be changed."""
    clock.set(max(clock.now(), founded.moment))
    folder = Path(shutil.copytree(peopled, tmp_path / "青山村"))
    with Desk.open(folder, clock=clock) as desk:
        desk.actor, desk.signing_seed = founded.actor, founded.signing_seed
        yield desk


def project_of(desk: Desk, source: Source) -> str:
    return desk.find(Project)[0].id if source.kind == "payroll" else ""


def forget_accounts(desk: Desk) -> None:
    """Leave something for a roster to bring up to date."""
    with desk.change("test.forgotten") as change:
        for person in desk.find(Person, "account <> ''")[::2]:
            change.put(Person.from_row({**person.row(), "account": "", "phone": ""}))


def stored(desk: Desk, source: Source) -> object:
    """Return what a sheet brought, whatever rows it stood in."""
    if source.kind == "payroll":
        lines = desk.find(PayrollLine, order="place")
        return [(line.person_id, line.account, line.amount_fen, line.area, line.note) for line in lines]
    if source.kind == "expenses":
        past = desk.find(PastExpense, order="place")
        return [(one.spent_on, one.item, one.payee, one.amount_fen, one.source, one.invoice_number) for one in past]
    return sorted((one.id_number, one.account, one.bank, one.phone) for one in desk.find(Person))


@pytest.fixture(scope="module")
def real(peopled: Path, founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What each real sheet brings."""
    found = {}
    for source in SOURCES:
        folder = Path(shutil.copytree(peopled, tmp_path_factory.mktemp(source.kind) / "青山村"))
        with Desk.open(folder, clock=SetClock(founded.moment)) as desk:
            desk.actor, desk.signing_seed = founded.actor, founded.signing_seed
            forget_accounts(desk)
            take_in(desk, source.file, source.kind, project_id=project_of(desk, source))
            found[source.kind] = stored(desk, source)
    return found


@pytest.mark.parametrize(
    ("source", "variant"), [pytest.param(*case, id=f"{case[0].kind}-{case[1].name}") for case in cases()]
)
def test_a_bent_sheet_goes_in_rightly_or_is_refused_and_changes_nothing(
    village: Desk, tmp_path: Path, real: dict[str, object], source: Source, variant: Variant
) -> None:
    file = variant.write(source, tmp_path)
    forget_accounts(village)
    project_id = project_of(village, source)
    before = village.tip()
    if said := variant.said[source.kind]:
        with pytest.raises(BadInput, match="没有导入，账里一条也没有变") as refused:
            take_in(village, file, source.kind, project_id=project_id)
        told = "\n".join([str(refused.value), *map(str, refused.value.problems)])
        assert re.search(said, told), told
        assert village.tip() == before
        return
    seen = look_at(village, file, source.kind, project_id=project_id)
    assert seen.is_ready, (seen.problems, seen.doubts, seen.opened.missing)
    assert re.search(variant.note, "".join(seen.notes))
    assert village.tip() == before
    take_in(village, file, source.kind, project_id=project_id)
    if (variant.write, source) != (negative, EXPENSES):
        assert stored(village, source) == real[source.kind]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_the_real_sheet_goes_in_untouched_and_can_be_taken_back(village: Desk, source: Source) -> None:
    forget_accounts(village)
    project_id = project_of(village, source)
    before = stored(village, source)
    take_in(village, source.file, source.kind, project_id=project_id)
    (taken,) = imports(village, source.kind)
    assert village.content(taken.attachment_id) == source.file.read_bytes()
    assert undo_import(village, taken.id, "导错了").is_undone
    assert village.find(Claim) == []
    if source.kind == "roster":
        assert stored(village, source) == before
    take_in(village, source.file, source.kind, project_id=project_id)


def test_there_are_twenty_ways_and_more_for_each_sheet() -> None:
    ways = [variant.name for source, variant in cases() if source is EXPENSES]
    assert len(set(ways)) == len(ways) >= 20
    assert no_total in {variant.write for _, variant in cases()}
