"""The life of a notice, from the books to the board, and everything that must not happen on the way."""

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.disclosure.books import Q1, Books, as_, issued, reviewed
from tests.disclosure.pictures import photo_of
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Notice, NoticeState, Slot
from villagedesk.disclosure.papers import poster, preview, printed_path, reprint
from villagedesk.disclosure.proof import in_groups
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, NotSignedIn, RuleViolation, UnprintableText
from villagedesk.kernel.workdays import DayKind
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments.model import Outcome
from villagedesk.reports.sheet import Sheet, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Arrival, Office

JPEG = b"\xff\xd8\xff"


def codes(refusal: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def test_a_notice_goes_from_the_books_to_the_board(desk: Desk, books: Books, tmp_path: Path) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    assert draft.state is NoticeState.DRAFT
    assert usecases.submit(desk, draft.id).state is NoticeState.SUBMITTED
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.PASSED)
    as_(desk, "李会计")
    issuance = usecases.issue(desk, draft.id)
    photo = photo_of(desk, tmp_path / "公示栏.jpg")
    posting = usecases.post_up(desk, draft.id, "村委会公示栏", photos=[photo])
    assert desk.get(Notice, draft.id).state is NoticeState.POSTED
    assert (issuance.year, issuance.number) == (2026, 1)
    assert (posting.first_day, posting.last_day) == (date(2026, 4, 8), date(2026, 4, 17))
    (digest,) = store.photos_of(desk, [posting.id])
    assert desk.content(digest).startswith(JPEG)


def test_every_step_of_it_is_in_the_journal(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    actions = [entry.action for entry in desk.history(notice.id)]
    assert actions == [
        "disclosure.notice.prepared",
        "disclosure.notice.submitted",
        "oversight.notices.passed",
        "disclosure.notice.issued",
    ]


def test_an_issued_notice_carries_its_number_its_days_and_the_last_link(desk: Desk, books: Books) -> None:
    notice = reviewed(desk, usecases.prepare(desk, "funds", Q1))
    seq, link, _ = desk.tip()
    issuance = usecases.issue(desk, notice.id, date(2026, 4, 10))
    text = text_of(kept_sheet(issuance))
    assert "村务公示〔2026〕1号" in text
    assert "自2026年4月10日至4月19日（10天）" in text
    assert f"账目校验码（第{seq}笔）：{in_groups(link[:16].upper())}" in text
    assert issuance.link == link


def test_numbers_run_on_within_a_year(desk: Desk, books: Books) -> None:
    assert [issued(desk, kind)[1].number for kind in ("funds", "spending", "projects")] == [1, 2, 3]


def test_the_paper_lies_with_the_desk_and_under_its_number(desk: Desk, books: Books) -> None:
    _, issuance = issued(desk)
    kept = desk.content(issuance.paper_id)
    assert kept.startswith(b"%PDF")
    assert printed_path(desk, issuance).read_bytes() == kept
    assert printed_path(desk, issuance).name == "村务公示〔2026〕1号.pdf"


def test_a_reprint_is_the_same_byte_for_byte_even_after_the_books_went_on(
    desk: Desk, books: Books, clock: SetClock
) -> None:
    _, issuance = issued(desk)
    clock.set(datetime(2027, 3, 1, 9, 0, tzinfo=CHINA))
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=10_000_00))
        change.put(replace(desk.get(Office, desk.office_id), contact="新主任"))
    assert reprint(issuance) == desk.content(issuance.paper_id)
    assert desk.content(issuance.paper_id) == reprint(issuance)


def test_a_poster_says_the_same_on_larger_paper(desk: Desk, books: Books) -> None:
    import pypdfium2

    _, issuance = issued(desk)
    with pypdfium2.PdfDocument(poster(issuance)) as document:
        sides = document[0].get_size()
    assert sorted(round(side / 72 * 25.4) for side in sides) == [297, 420]  # A3, upright or across


def test_a_draft_is_marked_as_one_until_it_is_issued(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Sheet] = []

    def draw(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        return b""

    monkeypatch.setattr("villagedesk.reports.pdf.draw", draw)
    draft = usecases.prepare(desk, "funds", Q1)
    preview(desk, draft)
    notice, issuance = issued(desk)
    assert preview(desk, notice) == desk.content(issuance.paper_id)
    assert [sheet.watermark for sheet in drawn] == ["草稿", "练习"]


# Nothing unreviewed


@pytest.mark.parametrize("state", ["draft", "submitted", "queried"])
def test_nothing_is_issued_unreviewed(desk: Desk, books: Books, state: str) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    if state != "draft":
        usecases.submit(desk, draft.id)
    if state == "queried":
        as_(desk, "周监督")
        review(desk, "notices", draft.id, Outcome.QUERIED, "到账数和银行对不上")
        as_(desk, "李会计")
    with pytest.raises(RuleViolation) as refusal:
        usecases.issue(desk, draft.id)
    assert codes(refusal) == ["disclosure.unreviewed"]
    with pytest.raises(RuleViolation) as refusal:
        usecases.post_up(desk, draft.id, "村委会公示栏")
    assert codes(refusal) == ["disclosure.unreviewed"]


def test_the_schema_refuses_an_unreviewed_issue_even_from_within(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    notice, issuance = issued(desk, "spending")
    with pytest.raises(FrozenRecord, match="未经监督小组审核"), desk.change("test.trick") as change:
        change.put(replace(issuance, id="", version=0, notice_id=draft.id, number=2))
    assert store.issuance_of(desk, draft.id) is None
    assert store.issuance_of(desk, notice.id) == issuance


def test_the_file_refuses_it_from_any_other_program(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    _, issuance = issued(desk, "spending")
    row = {**issuance.row(), "id": "X", "notice_id": draft.id, "number": 2}
    stranger = sqlite3.connect(desk.folder / "desk.sqlite")
    marks = ", ".join(f":{column}" for column in row)
    for verb in ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"):
        with pytest.raises(sqlite3.IntegrityError):
            stranger.execute(f"{verb} INTO issuances ({', '.join(row)}) VALUES ({marks})", row)
    stranger.close()


def test_an_issued_notice_is_frozen_for_every_writer(desk: Desk, books: Books) -> None:
    notice, issuance = issued(desk)
    for record in (replace(notice, facts="{}"), replace(notice, title="改了"), replace(issuance, number=9)):
        with pytest.raises(FrozenRecord), desk.change("test.trick") as change:
            change.put(record)
    stranger = sqlite3.connect(desk.folder / "desk.sqlite")
    for statement in ("UPDATE issuances SET facts = '{}'", "DELETE FROM issuances", "UPDATE notices SET title = ''"):
        with pytest.raises(sqlite3.IntegrityError):
            stranger.execute(statement)
    stranger.close()


def test_a_step_out_of_turn_is_told_alone(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    for step in (lambda: usecases.submit(desk, notice.id), lambda: usecases.issue(desk, notice.id)):
        with pytest.raises(RuleViolation) as refusal:
            step()
        assert codes(refusal) == ["disclosure.out_of_turn"]


def test_only_the_accountant_draws_up_notices(desk: Desk, books: Books) -> None:
    as_(desk, "周监督")
    with pytest.raises(RuleViolation) as refusal:
        usecases.prepare(desk, "funds", Q1)
    assert codes(refusal) == ["village.role"]
    desk.actor = None
    with pytest.raises(NotSignedIn):
        usecases.prepare(desk, "funds", Q1)


# Drafts


def test_a_draft_drawn_up_again_follows_the_books_and_keeps_its_remark(desk: Desk, books: Books) -> None:
    first = usecases.prepare(desk, "funds", Q1, "县里的第二笔款4月才到。")
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=10_000_00))
    again = usecases.prepare(desk, "funds", Q1)
    assert (again.id, again.version) == (first.id, 2)
    assert "190,000.00" in text_of(kept_sheet(again))
    assert "说明：县里的第二笔款4月才到。" in text_of(kept_sheet(again))
    assert usecases.prepare(desk, "funds", Q1) == again  # nothing new, nothing written


def test_a_notice_under_way_is_not_drawn_up_twice(desk: Desk, books: Books) -> None:
    usecases.submit(desk, usecases.prepare(desk, "funds", Q1).id)
    with pytest.raises(RuleViolation) as refusal:
        usecases.prepare(desk, "资金到账与台账", Q1)
    assert codes(refusal) == ["disclosure.exists"]


def test_a_refused_notice_makes_room_for_a_new_one(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.submit(desk, draft.id)
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.REFUSED, "少了一笔支出")
    as_(desk, "李会计")
    assert usecases.prepare(desk, "funds", Q1).id != draft.id


def test_a_queried_notice_goes_on_after_an_answer(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.submit(desk, draft.id)
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.QUERIED, "村集体的钱是哪来的？")
    as_(desk, "李会计")
    answer(desk, "notices", draft.id, "堰塘承包费，合同在档案盒3。")
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.PASSED)
    assert desk.get(Notice, draft.id).state is NoticeState.REVIEWED


def test_a_draft_may_be_thrown_away_and_nothing_else(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.discard(desk, draft.id)
    assert store.notice_of(desk, "funds", Q1) is None
    notice, _ = issued(desk)
    with pytest.raises(RuleViolation):
        usecases.discard(desk, notice.id)


def test_an_unknown_kind_is_refused(desk: Desk, books: Books) -> None:
    with pytest.raises(RuleViolation) as refusal:
        usecases.prepare(desk, "weather", Q1)
    assert codes(refusal) == ["disclosure.kind"]


def test_a_running_quarter_is_submitted_only_with_a_reason(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Scope(Period.quarter(2026, 2)))
    with pytest.raises(RuleViolation) as refusal:
        usecases.submit(desk, draft.id)
    assert codes(refusal) == ["disclosure.early"]
    assert usecases.submit(desk, draft.id, "县里要求提前公示").state is NoticeState.SUBMITTED
    assert desk.history(draft.id)[-1].reason == "县里要求提前公示"


def test_an_event_of_a_running_year_is_not_early(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "budget", Scope(Period(2026)))
    assert usecases.submit(desk, draft.id).state is NoticeState.SUBMITTED


def test_a_notice_needs_somebody_who_takes_objections(desk: Desk, books: Books) -> None:
    with desk.change("test.card") as change:
        change.put(replace(desk.get(Office, desk.office_id), contact="", phone=""))
    draft = usecases.prepare(desk, "funds", Q1)
    with pytest.raises(RuleViolation) as refusal:
        usecases.submit(desk, draft.id)
    assert codes(refusal) == ["disclosure.contact", "disclosure.phone"]


@pytest.mark.parametrize(
    ("remark", "what"),
    [
        ("有疑问请打 138 0000 1111", "电话"),
        ("王桂香的身份证510322196503021428", "身份证号"),
        ("已打到６２１７００１２３４５６７８９０１２３", "账号"),
        ("他的卡是 6228480402564890018", "账号"),
        ("打13512345678找外村的老刘", "电话"),
    ],
)
def test_a_villagers_number_typed_by_hand_is_refused_naming_the_place(
    desk: Desk, books: Books, remark: str, what: str
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        usecases.prepare(desk, "funds", Q1, remark)
    assert set(codes(refusal)) == {"disclosure.personal"}
    assert "“说明：" in refusal.value.findings[0].message
    assert what in " ".join(finding.message for finding in refusal.value.findings)
    assert store.notice_of(desk, "funds", Q1) is None


def test_a_villagers_landline_in_the_register_is_refused_too(desk: Desk, books: Books) -> None:
    with desk.change("test.phone") as change:
        change.put(replace(books.people[0], phone="0813-6209876"))
    with pytest.raises(RuleViolation, match="电话"):
        usecases.prepare(desk, "funds", Q1, "请打08136209876")


def test_the_offices_own_phone_may_stand_there(desk: Desk, books: Books) -> None:
    with desk.change("test.phone") as change:
        change.put(replace(desk.get(Office, desk.office_id), phone="13811112222"))
        change.put(replace(books.people[0], phone="13811112222"))
    draft = usecases.prepare(desk, "funds", Q1, "有疑问请打13811112222。")
    assert usecases.submit(desk, draft.id).state is NoticeState.SUBMITTED


def test_a_number_that_became_a_villagers_meanwhile_stops_the_issue(desk: Desk, books: Books) -> None:
    notice = reviewed(desk, usecases.prepare(desk, "funds", Q1, "见会议材料0813-6209876号"))
    with desk.change("test.phone") as change:
        change.put(replace(books.people[0], phone="08136209876"))
    with pytest.raises(RuleViolation) as refusal:
        usecases.issue(desk, notice.id)
    assert set(codes(refusal)) == {"disclosure.personal"}


def test_a_character_without_a_face_is_named_with_its_place_before_anything_is_drawn(desk: Desk, books: Books) -> None:
    with pytest.raises(
        RuleViolation, match="段（“说明：经…”）：“说明：经手人\ue000同志”里的“\ue000”\\(U\\+E000\\)打印不出来"
    ):
        usecases.prepare(desk, "funds", Q1, "经手人\ue000同志")
    assert store.notices(desk) == []


def test_a_character_that_lost_its_face_meanwhile_stops_the_issue_and_leaves_nothing(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villagedesk.disclosure.drafting.lacking", lambda _texts: [])
    notice = reviewed(desk, usecases.prepare(desk, "funds", Q1, "经手人\ue000同志"))
    with pytest.raises(UnprintableText, match="U\\+E000"):
        usecases.issue(desk, notice.id)
    assert desk.get(Notice, notice.id).state is NoticeState.REVIEWED
    assert not list((desk.folder / "printed").iterdir())


def test_without_slots_nothing_is_drawn_up(desk: Desk) -> None:
    with pytest.raises(RuleViolation) as refusal:
        usecases.prepare(desk, "funds", Q1)
    assert codes(refusal) == ["disclosure.no_slots"]


# Slots


def test_the_five_slots_come_from_the_profile_once(desk: Desk, books: Books) -> None:
    assert [slot.name for slot in store.slots(desk)] == [
        "项目公开",
        "资金公开",
        "承包与人员公开",
        "支出公开",
        "考评结果公开",
    ]
    with pytest.raises(RuleViolation) as refusal:
        usecases.set_up_slots(desk)
    assert codes(refusal) == ["disclosure.slots"]


def test_a_slot_may_be_renamed_and_is_unconfirmed_until_the_county_says_so(desk: Desk, books: Books) -> None:
    slot = store.slots(desk)[1]
    before = text_of(kept_sheet(usecases.prepare(desk, "funds", Q1)))
    assert "资金公开（“五个公开”之二，名称待确认）" in before
    usecases.update_slot(desk, replace(slot, name="经费公开", is_confirmed=True))
    after = text_of(kept_sheet(usecases.prepare(desk, "funds", Q1)))
    assert "经费公开（“五个公开”之二）\n" in after
    with pytest.raises(RuleViolation):
        usecases.update_slot(desk, replace(desk.get(Slot, slot.id), name=" "))


# On the board


@pytest.mark.parametrize(
    ("first_day", "last_day", "code"),
    [
        (date(2026, 4, 8), date(2026, 4, 12), "disclosure.short"),
        (date(2026, 4, 10), date(2026, 4, 9), "disclosure.days"),
        (date(2026, 4, 1), date(2026, 4, 30), "disclosure.backdated"),
    ],
)
def test_days_on_the_board_that_cannot_be_are_refused(
    desk: Desk, books: Books, first_day: date, last_day: date, code: str
) -> None:
    notice, _ = issued(desk)
    with pytest.raises(RuleViolation) as refusal:
        usecases.post_up(desk, notice.id, "村委会公示栏", first_day, last_day)
    assert codes(refusal) == [code]


def test_a_short_time_on_the_board_needs_a_reason(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    days = (date(2026, 4, 8), date(2026, 4, 12))
    posting = usecases.post_up(desk, notice.id, "村委会公示栏", *days, reason="公示栏被水淹，改贴2组")
    assert posting.last_day == days[1]


def test_a_posting_says_where(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    with pytest.raises(RuleViolation) as refusal:
        usecases.post_up(desk, notice.id, " ")
    assert codes(refusal) == ["disclosure.board"]


def test_a_notice_may_be_hung_again_and_elsewhere(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "村委会公示栏")
    usecases.post_up(desk, notice.id, "3组路口")
    assert [posting.board for posting in store.postings_of(desk, notice.id)] == ["村委会公示栏", "3组路口"]


def test_a_term_does_not_begin_before_the_issue(desk: Desk, books: Books) -> None:
    notice = reviewed(desk, usecases.prepare(desk, "funds", Q1))
    with pytest.raises(RuleViolation) as refusal:
        usecases.issue(desk, notice.id, date(2026, 4, 1))
    assert codes(refusal) == ["disclosure.backdated"]


def test_a_term_beyond_the_known_holidays_is_told(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = village_store.profile(desk)
    rule = replace(profile.notices["funds"], day_kind=DayKind.WORKDAY)
    by_workdays = replace(profile, notices={**profile.notices, "funds": rule})
    monkeypatch.setattr(village_store, "profile", lambda _desk: by_workdays)
    notice = reviewed(desk, usecases.prepare(desk, "funds", Q1))
    with pytest.raises(RuleViolation) as refusal:
        usecases.issue(desk, notice.id, date(2099, 1, 4))
    assert codes(refusal) == ["disclosure.calendar"]


# Corrections


def late_arrival(desk: Desk, books: Books, amount_fen: int = 10_000_00) -> None:
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=amount_fen))


def test_a_correction_takes_the_old_notices_place_when_it_is_issued(desk: Desk, books: Books) -> None:
    notice, issuance = issued(desk)
    usecases.post_up(desk, notice.id, "村委会公示栏")
    late_arrival(desk, books)
    draft = usecases.correct(desk, notice.id, "3月31日到账漏记")
    assert desk.get(Notice, notice.id).state is NoticeState.POSTED
    corrected = usecases.issue(desk, reviewed(desk, draft).id)
    assert desk.get(Notice, notice.id).state is NoticeState.CORRECTED
    assert corrected.number == issuance.number + 1
    assert "村务公示〔2026〕1号" in json.loads(corrected.facts)["title"]
    assert reprint(issuance) == desk.content(issuance.paper_id)
    assert usecases.post_up(desk, draft.id, "村委会公示栏").notice_id == draft.id


def test_a_correction_needs_a_reason_and_something_to_correct(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    with pytest.raises(RuleViolation) as refusal:
        usecases.correct(desk, notice.id, " ")
    assert codes(refusal) == ["disclosure.reason"]
    with pytest.raises(RuleViolation) as refusal:
        usecases.correct(desk, notice.id, "看错了")
    assert codes(refusal) == ["disclosure.same"]


def test_a_draft_is_not_corrected_but_drawn_up_again(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    with pytest.raises(RuleViolation) as refusal:
        usecases.correct(desk, draft.id, "写错了")
    assert codes(refusal) == ["disclosure.out_of_turn"]


def test_one_correction_is_under_way_at_a_time(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    late_arrival(desk, books)
    usecases.correct(desk, notice.id, "漏记一笔")
    with pytest.raises(RuleViolation) as refusal:
        usecases.correct(desk, notice.id, "又漏记一笔")
    assert codes(refusal) == ["disclosure.under_way"]


def test_a_second_correction_takes_the_place_of_the_first(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    late_arrival(desk, books)
    first = usecases.correct(desk, notice.id, "漏记一笔")
    usecases.issue(desk, reviewed(desk, first).id)
    late_arrival(desk, books, 1_00)
    second = usecases.correct(desk, first.id, "还漏记一笔")
    assert second.corrects_id == notice.id
    usecases.issue(desk, reviewed(desk, second).id)
    assert [one.state for one in store.corrections_of(desk, notice.id)] == [NoticeState.CORRECTED, NoticeState.ISSUED]
    assert "190,001.00" in text_of(kept_sheet(desk.get(Notice, second.id)))


def test_a_wrong_remark_is_corrected_by_the_right_one(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, remark="4组的路灯下月修。")
    text = text_of(kept_sheet(usecases.correct(desk, notice.id, "组别写错", "5组的路灯下月修。")))
    assert "说明：4组的路灯下月修。\n说明：5组的路灯下月修。" in text


def test_a_reason_with_a_villagers_number_is_refused(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    late_arrival(desk, books)
    with pytest.raises(RuleViolation) as refusal:
        usecases.correct(desk, notice.id, "13800001111来电反映")
    assert set(codes(refusal)) == {"disclosure.personal"}
