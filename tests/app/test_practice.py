"""The practice village is believable, sound, the same at every making, and its papers say what the books say."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest

from villagedesk.app.practice.year import TOWNSHIP, VILLAGE, build
from villagedesk.disclosure import store
from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Issuance, Notice, NoticeState, Objection, Posting, Reply
from villagedesk.disclosure.objections.store import objection_lines, standing_of
from villagedesk.disclosure.photos import photo_shows
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import Cancelled
from villagedesk.kernel.progress import Progress
from villagedesk.oversight.checks import check
from villagedesk.payments.model import Claim, ClaimState, Voucher
from villagedesk.projects.model import Project, ProjectState
from villagedesk.reports.sheet import Table, from_plain, text_of
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Person, Photo
from villagedesk.village.store import profile


@pytest.fixture
def village(practice: Path) -> Iterator[Desk]:
    """The practice village's desk, for looking."""
    with Desk.open(practice / VILLAGE, write=False) as desk:
        yield desk


_PAGE_NUMBER = re.compile(r"第\d+页共\d+页")


def _count(desk: Desk, question: str) -> Any:
    return desk.value(f"SELECT count(*) FROM {question}")


def test_it_has_a_believable_years_worth_of_everything(village: Desk) -> None:
    assert _count(village, "households") == 180
    assert village.value("SELECT count(DISTINCT item) FROM wishes") == 12
    assert _count(village, "meetings") == 7
    assert _count(village, "meetings WHERE basis = '村民小组会议'") == 2
    begun = village.find(Project, "state NOT IN ('wished', 'shortlisted', 'proposed', 'rejected')")
    assert len(begun) == 9
    assert {project.state for project in begun} == {
        ProjectState.GRANTED,
        ProjectState.RUNNING,
        ProjectState.ACCEPTED,
        ProjectState.ASSESSED,
    }
    assert _count(village, "payrolls") == 11
    assert 120 <= _count(village, "claims") <= 140
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
    assert len(issued) >= 35
    for issuance in issued:
        sheet = from_plain(loads(issuance.facts))
        assert sheet.watermark == "练习"
        read = _squeezed(_extracted(village.folder / "printed" / f"{sheet.number}.pdf")).replace("练习", "")
        running_on = _PAGE_NUMBER.sub("", read).replace(_squeezed(sheet.footer), "")  # a paragraph over two pages
        for words in text_of(sheet).replace("练习", "").split():
            assert words in running_on or words in read, f"{sheet.number}: {words}"


def test_every_kind_of_notice_has_something_to_say(village: Desk) -> None:
    """A kind that found nothing says so in one paragraph; each of the year's fills a sheet with a table."""
    for kind in KINDS:
        gathered = [kind.gather(village, Scope(period)) for period in (Period(2026), Period.quarter(2026, 3))]
        assert any(isinstance(block, Table) for found in gathered for block in found.blocks), kind.label
        assert not any(found.findings for found in gathered), kind.label


def test_every_kind_that_was_due_by_then_hung_and_two_answers_hung_too(village: Desk) -> None:
    hung = {
        row[0] for row in village.rows("SELECT DISTINCT kind FROM notices WHERE id IN (SELECT notice_id FROM postings)")
    }
    yearly = {"annual", "satisfaction"}  # due in January
    assert hung == {kind.code for kind in KINDS} - yearly | {"correction", "supplement"}


def test_what_happened_hung_within_its_days(village: Desk) -> None:
    rules = profile(village).notices
    told = 0
    for kind in KINDS:
        for occasion in kind.occasions(village, date(2026, 10, 31)):
            notice = store.notice_of(village, kind.code, occasion.scope)
            assert notice
            days = (store.postings_of(village, notice.id)[0].first_day - occasion.happened_on).days
            assert 0 < days <= rules[kind.code].due_days, occasion.name
            told += 1
    assert told == 8


def test_the_quarters_hung_by_the_fifteenth(village: Desk) -> None:
    for quarter in (1, 2, 3):
        period = Period.quarter(2026, quarter)
        for kind in KINDS:
            if profile(village).notices[kind.code].rhythm != "quarter" or kind.code == "group":
                continue
            notice = store.notice_of(village, kind.code, Scope(period))
            assert notice, (kind.code, period)
            assert store.postings_of(village, notice.id)[0].first_day <= period.last + timedelta(days=15)


def test_every_posting_has_a_photo_that_shows_its_own_code(village: Desk) -> None:
    postings = village.find(Posting)
    assert len(postings) == _count(village, "issuances")
    for posting in postings:
        assert photo_shows(village, posting), posting.notice_id
        (photo,) = village.find(Photo, "subject_id = ?", [posting.id])
        assert date.fromisoformat(photo.taken_at[:10]) == posting.first_day
        assert len(village.content(photo.attachment_id)) <= 100_000


def test_questions_were_asked_and_stand_as_people_leave_them(village: Desk) -> None:
    lines = objection_lines(village, [one.id for one in village.find(Objection, order="number")])
    assert len(lines) == 5
    on_the_day = [standing_of(village, line.objection, date(2026, 11, 19)) for line in lines]
    assert [stands.is_open for stands in on_the_day] == [False, False, False, True, True]
    assert not any(stands.is_late for stands in on_the_day[:3])
    assert [line.objection.asker == "" for line in lines] == [False, True, False, False, False]
    assert on_the_day[3].is_late
    assert on_the_day[4].paused_on == date(2026, 11, 18)


def test_an_answer_that_was_right_led_to_the_correction(village: Desk) -> None:
    (reply,) = village.find(Reply, "outcome = 'corrected'")
    asked = village.get(Objection, reply.objection_id)
    (correction,) = village.find(Notice, "kind = 'correction'")
    assert correction.corrects_id == asked.notice_id
    assert village.get(Notice, asked.notice_id).state is NoticeState.CORRECTED


def test_on_the_day_only_what_was_left_on_purpose_is_found(practice: Path) -> None:
    evening = SetClock(datetime(2026, 11, 19, 18, tzinfo=CHINA))
    with Desk.open(practice / VILLAGE, clock=evening, write=False) as desk:
        found = [finding.code.partition(".")[2] for finding in check(desk)]
        assert found == ["notice_late", "notice_hangs_on", "objection_late"]
        due = due_notices(desk, date(2026, 11, 19))
        assert [(one.kind, one.days_late) for one in due] == [("votes", 3), ("votes", 0)]
        assert [notice.period for notice in store.notices(desk, NoticeState.DRAFT)] == ["2026-10"]


def test_the_township_has_every_paper_and_photo_of_what_was_reported(practice: Path, village: Desk) -> None:
    with Desk.open(practice / TOWNSHIP, write=False) as township:
        for issuance in township.find(Issuance):
            assert township.content(issuance.paper_id) == village.content(issuance.paper_id)
        photos = township.find(Photo)
        assert len(photos) == len(township.find(Issuance)) == 36
        for photo in photos:
            assert township.content(photo.attachment_id) == village.content(photo.attachment_id)
        parcels = sorted((village.folder / "outbox").glob("*.zip"))
        assert max(path.stat().st_size for path in parcels) < 3_500_000  # a closed month brings its half megabyte


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
