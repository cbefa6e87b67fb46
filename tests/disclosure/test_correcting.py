"""A posted notice is answered by numbered corrections and supplements, whatever its kind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.disclosure.books import Q1, Books, as_, book, claim, issued, reviewed
from tests.golden import assert_golden
from villagedesk.deliberation.model import Meeting, Motion, MotionProject, Score
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.model import Payroll, PayrollLine
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Levy,
    Project,
    ProjectState,
    Step,
    Survey,
)
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Table, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Body

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 3, 31)


def codes(error: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def something_late(desk: Desk, books: Books) -> None:
    """Enter late what every kind about the quarter would have shown."""
    road, rubbish, canal = books.projects
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=DAY, amount_fen=10_000_00))
        for kind in ContractKind:
            change.put(
                Contract(
                    project_id=road.id, kind=kind, party="迟到工程队", scope="补漏", standard="", amount_fen=1_00,
                    pay_cycle="一次性", signed_on=DAY, first_day=DAY, last_day=DAY,
                )
            )  # fmt: skip
        for visited in (InspectionKind.INSPECTION, InspectionKind.ASSESSMENT):
            change.put(
                Inspection(
                    project_id=road.id, kind=visited, inspected_on=DAY, score=91, is_passed=True, inspectors="周监督"
                )
            )
        change.put(Survey(project_id=road.id, held_on=DAY, way="问卷", asked=10, good=9, fair=1, poor=0))
        person = books.people[2]
        sheet = change.put(
            Payroll(project_id=rubbish.id, title="漏发的表", period="2026Q1", sheet_date=DAY, total_fen=9_00)
        )
        change.put(
            PayrollLine(
                payroll_id=sheet.id, place=1, person_id=person.id, name=person.name, area="全村", account="",
                amount_fen=9_00,
            )
        )  # fmt: skip
        book(desk, change, claim(rubbish, "漏发的报酬", "张䶮", 9_00, DAY, sheet.id), 6, DAY)
        body = change.put(Body(kind="村民小组会议", name="村民小组会议"))
        meeting = change.put(
            Meeting(
                body_id=body.id, basis="村民小组会议", number="1组第1次", held_on=DAY, place="1组", chair="程组长",
                recorder="李会计", entitled=9, present=9, recorded_by=change.actor_id,
            )
        )  # fmt: skip
        change.put(
            Motion(
                meeting_id=meeting.id, number=1, subject="清沟", method="举手", yes=9, no=0, abstain=0, is_passed=True,
                arithmetic="通过",
            )
        )  # fmt: skip
        change.put(Levy(project_id=canal.id, resolved_on=DAY, payers=3, fen_per_head=10_00))


MINE = ("contracts", "caretakers", "spending", "pay", "inspections", "assessment", "satisfaction", "group")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.code in MINE], ids=lambda kind: kind.code)
def test_every_kind_can_be_corrected_side_by_side(desk: Desk, books: Books, kind: Kind) -> None:
    notice, issuance = issued(desk, kind.code)
    before = text_of(kept_sheet(issuance))
    something_late(desk, books)
    draft = usecases.correct(desk, notice.id, "漏记的现在补上。")
    sheet = kept_sheet(draft)
    (places,) = (block for block in sheet.blocks if isinstance(block, Table))
    assert places.rows
    for _, place, old, new in places.rows:
        assert place
        assert old != new
    assert draw(sheet).startswith(b"%PDF")
    usecases.issue(desk, reviewed(desk, draft).id)
    assert desk.get(Notice, notice.id).state is NoticeState.CORRECTED
    kept = store.issuance_of(desk, notice.id)
    assert kept
    assert text_of(kept_sheet(kept)) == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.code not in MINE], ids=lambda kind: kind.code)
def test_a_notice_of_an_event_is_corrected_about_the_same_event(desk: Desk, books: Books, kind: Kind) -> None:
    with desk.change("test.levy") as change:
        levy = Levy(project_id=books.projects[0].id, resolved_on=DAY, payers=3, fen_per_head=10_00)
        change.put(replace(levy, workers=4, days_per_head=2))
    happened = kind.occasions(desk, date(2026, 4, 8))
    scope = happened[0].scope if happened else Q1
    notice = reviewed(desk, usecases.prepare(desk, kind.code, scope))
    usecases.issue(desk, notice.id)
    more_decided(desk, books)
    something_late(desk, books)
    draft = usecases.correct(desk, notice.id, "漏记的现在补上。")
    assert (draft.topic_id, draft.period, draft.slot) == (notice.topic_id, notice.period, notice.slot)
    (places,) = (block for block in kept_sheet(draft).blocks if isinstance(block, Table))
    assert places.rows
    assert draw(kept_sheet(draft)).startswith(b"%PDF")
    usecases.issue(desk, reviewed(desk, draft).id)
    assert desk.get(Notice, notice.id).state is NoticeState.CORRECTED


def more_decided(desk: Desk, books: Books) -> None:
    """Enter late what the notices of events would have shown: a project with its votes, its scores and its money."""
    (meeting,) = desk.find(Meeting)
    (levy,) = desk.find(Levy)
    with desk.change("test.decided") as change:
        work = change.put(
            Project(
                year=2026, name="路灯维护", class_code="1", item="供电", place="6组", budget_fen=5_000_00,
                fund_id=books.county.id, state=ProjectState.RESOLVED,
            )
        )  # fmt: skip
        change.put(
            Step(project_id=work.id, state=ProjectState.RESOLVED, taken_on=meeting.held_on, taken_by=change.actor_id)
        )
        change.put(Score(project_id=work.id, member="刘议事", urgent=1, wished=1, benefit=1))
        motion = change.put(
            Motion(
                meeting_id=meeting.id, number=2, subject="路灯维护", method="举手", yes=30, no=5, abstain=5,
                is_passed=True, arithmetic="应到45人，实到40人，达到三分之二；同意30票，超过到会人数半数，通过",
            )
        )  # fmt: skip
        change.put(MotionProject(motion_id=motion.id, project_id=work.id))
        change.put(replace(levy, days_worked=7))


# Supplements


def test_a_supplement_is_a_numbered_notice_that_leaves_the_old_one_standing(desk: Desk, books: Books) -> None:
    notice, issuance = issued(desk, "pay")
    usecases.post_up(desk, notice.id, "村委会公示栏")
    draft = usecases.supplement(
        desk, notice.id, "4组的保洁区域包括小学门口。\n\n清运车每周二、五到4组。", "负责区域写得不全。"
    )
    assert draft.corrects_id == notice.id
    assert_golden(kept_sheet(draft), GOLDEN / "supplement.txt")
    added = usecases.issue(desk, reviewed(desk, draft).id)
    assert added.number == issuance.number + 1
    assert desk.get(Notice, notice.id).state is NoticeState.POSTED
    assert [answer.id for answer, _ in store.answers_to(desk, notice.id)] == [draft.id]
    assert store.corrections_of(desk, notice.id) == []


def test_a_second_supplement_counts_on_and_adds_to_the_notice_itself(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "pay")
    first = usecases.supplement(desk, notice.id, "甲", "漏写")
    with pytest.raises(RuleViolation) as refusal:
        usecases.supplement(desk, notice.id, "乙", "漏写")
    assert codes(refusal) == ["disclosure.under_way"]
    usecases.issue(desk, reviewed(desk, first).id)
    second = usecases.supplement(desk, first.id, "乙", "又漏写")
    assert second.corrects_id == notice.id
    assert "现作第二次补充" in text_of(kept_sheet(second))


def test_a_supplement_does_not_hinder_a_correction(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "pay")
    added = usecases.supplement(desk, notice.id, "甲", "漏写")
    something_late(desk, books)
    usecases.issue(desk, reviewed(desk, usecases.correct(desk, notice.id, "漏发一人")).id)
    usecases.issue(desk, reviewed(desk, added).id)
    assert desk.get(Notice, notice.id).state is NoticeState.CORRECTED
    assert desk.get(Notice, added.id).state is NoticeState.ISSUED


def test_a_wrong_supplement_is_corrected_by_its_right_text(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "pay")
    wrong = usecases.supplement(desk, notice.id, "清运车每周二到4组。\n原公示的内容不变，请和本公告一起看。", "漏写")
    usecases.issue(desk, reviewed(desk, wrong).id)
    for text, code in (
        (" ", "disclosure.text"),
        ("清运车每周二到4组。\n原公示的内容不变，请和本公告一起看。", "disclosure.same"),
    ):
        with pytest.raises(RuleViolation) as refusal:
            usecases.correct(desk, wrong.id, "日子写错", text)
        assert code in codes(refusal)
    right = usecases.correct(desk, wrong.id, "日子写错", "清运车每周三到4组。")
    assert right.corrects_id == wrong.id
    assert "清运车每周二到4组。\n清运车每周三到4组。" in text_of(kept_sheet(right))
    usecases.issue(desk, reviewed(desk, right).id)
    assert desk.get(Notice, wrong.id).state is NoticeState.CORRECTED
    assert desk.get(Notice, notice.id).state is NoticeState.ISSUED


@pytest.mark.parametrize(
    ("text", "reason", "code"),
    [
        ("", "漏写", "disclosure.text"),
        ("甲", " ", "disclosure.reason"),
        ("字" * 20_001, "漏写", "disclosure.text"),
        ("请打13800001111", "漏写", "disclosure.personal"),
        ("甲", "王桂香（510322196503021428）来问", "disclosure.personal"),
    ],
)
def test_a_supplement_that_cannot_be_is_refused(desk: Desk, books: Books, text: str, reason: str, code: str) -> None:
    notice, _ = issued(desk, "pay")
    with pytest.raises(RuleViolation) as refusal:
        usecases.supplement(desk, notice.id, text, reason)
    assert code in codes(refusal)
    assert store.supplements_of(desk, notice.id) == []


def test_a_draft_is_not_supplemented_and_only_the_accountant_may(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "pay", Q1)
    with pytest.raises(RuleViolation) as refusal:
        usecases.supplement(desk, draft.id, "甲", "漏写")
    assert codes(refusal) == ["disclosure.out_of_turn"]
    as_(desk, "周监督")
    with pytest.raises(RuleViolation) as refusal:
        usecases.supplement(desk, draft.id, "甲", "漏写")
    assert codes(refusal) == ["village.role"]
