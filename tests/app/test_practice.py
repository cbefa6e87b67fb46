"""The practice village is believable, sound, the same at every making, and its papers say what the books say."""

import re
import subprocess
from collections.abc import Iterator
from json import loads
from pathlib import Path
from typing import Any

import pytest

from villagedesk.app.practice.year import TOWNSHIP, VILLAGE, build
from villagedesk.disclosure.model import Issuance
from villagedesk.kernel.errors import Cancelled
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import Claim, ClaimState, Voucher
from villagedesk.projects.model import Project, ProjectState
from villagedesk.reports.sheet import from_plain, text_of
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Person


@pytest.fixture
def village(practice: Path) -> Iterator[Desk]:
    """The practice village's desk, for looking."""
    with Desk.open(practice / VILLAGE, write=False) as desk:
        yield desk


def _count(desk: Desk, question: str) -> Any:
    return desk.value(f"SELECT count(*) FROM {question}")


def test_it_has_a_believable_years_worth_of_everything(village: Desk) -> None:
    assert _count(village, "households") == 180
    assert village.value("SELECT count(DISTINCT item) FROM wishes") == 12
    assert _count(village, "meetings") == 3
    begun = village.find(Project, "state NOT IN ('wished', 'shortlisted', 'proposed', 'rejected')")
    assert len(begun) == 9
    assert {project.state for project in begun} == {
        ProjectState.GRANTED,
        ProjectState.RUNNING,
        ProjectState.ACCEPTED,
        ProjectState.ASSESSED,
    }
    assert _count(village, "payrolls") == 4
    assert 110 <= _count(village, "claims") <= 130
    assert village.value("SELECT count(DISTINCT slot) FROM notices WHERE state IN ('posted', 'corrected')") == 5


def test_it_has_a_query_a_reversal_a_correction_and_an_acknowledged_package(village: Desk) -> None:
    assert len(village.find(Claim, "state = ?", [ClaimState.QUERIED])) == 1
    assert len(village.find(Voucher, "reverses_id IS NOT NULL")) == 1
    assert _count(village, "notices WHERE corrects_id IS NOT NULL AND state = 'posted'") == 1
    assert _count(village, "parcels WHERE state = 'acknowledged'") >= 1
    assert _count(village, "verdicts WHERE outcome = 'passed'") >= 80


def test_every_posted_payment_was_reviewed_and_granted(village: Desk) -> None:
    for voucher in village.find(Voucher, "reverses_id IS NULL"):
        assert _count(village, f"reviews WHERE subject_id = '{voucher.claim_id}' AND outcome = 'passed'") == 1
        assert _count(village, f"verdicts WHERE subject_id = '{voucher.claim_id}' AND outcome = 'passed'") == 1


@pytest.mark.parametrize("name", [VILLAGE, TOWNSHIP])
def test_both_desks_prove_sound(practice: Path, name: str) -> None:
    assert verify(practice / name).faults == ()


def test_the_same_seed_gives_the_same_journal(practice: Path, tmp_path: Path) -> None:
    build(tmp_path)
    for name in (VILLAGE, TOWNSHIP):
        with Desk.open(tmp_path / name, write=False) as again, Desk.open(practice / name, write=False) as first:
            assert again.tip() == first.tip()
            assert sorted(path.name for path in (again.folder / "printed").iterdir()) == sorted(
                path.name for path in (first.folder / "printed").iterdir()
            )


def test_a_cancelled_making_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        build(tmp_path, progress)
    assert list(tmp_path.iterdir()) == []


def test_every_issued_paper_reads_as_its_frozen_facts_say(village: Desk) -> None:
    issued = village.find(Issuance)
    assert len(issued) >= 16
    for issuance in issued:
        sheet = from_plain(loads(issuance.facts))
        assert sheet.watermark == "练习"
        read = _squeezed(_extracted(village.folder / "printed" / f"{sheet.number}.pdf").replace("练习", ""))
        for words in text_of(sheet).replace("练习", "").split():
            assert words in read, f"{sheet.number}: {words}"


def test_rare_names_are_printed_and_extracted(village: Desk) -> None:
    papers = "".join(_extracted(path) for path in (village.folder / "printed").iterdir())
    for character in "䶮𬭎㛃龑":
        assert character in papers


def test_no_number_of_a_villager_stands_on_any_paper(village: Desk) -> None:
    papers = _squeezed("".join(_extracted(path) for path in (village.folder / "printed").iterdir()))
    for person in village.find(Person):
        for number in (person.id_number, person.account, person.phone):
            assert not number or number not in papers


def _extracted(paper: Path) -> str:
    """Return the text a reader gets out of a PDF, in the order it is drawn."""
    return subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, check=True, text=True).stdout


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
