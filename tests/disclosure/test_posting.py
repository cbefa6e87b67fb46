"""What happens at the board: photos that show the paper, down when the days are over, into the binder."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.disclosure.books import Books, as_, issued, reviewed
from tests.disclosure.pictures import photo_of
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.model import Filing, Issuance, Notice, NoticeState, Posting, Takedown
from villagedesk.disclosure.photos import photo_shows
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import BadInput, Cancelled, FrozenRecord, RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Photo

BOARD = "村委会公示栏"


@pytest.fixture
def paper(desk: Desk, books: Books) -> tuple[Notice, Issuance]:
    """The funds notice, issued on 8 April 2026."""
    return issued(desk)


@pytest.fixture
def hung(desk: Desk, paper: tuple[Notice, Issuance]) -> Posting:
    """It hangs from 8 to 17 April."""
    return usecases.post_up(desk, paper[0].id, BOARD)


def on(clock: SetClock, month: int, day: int) -> None:
    clock.set(datetime(2026, month, day, 9, 0, tzinfo=CHINA))


def codes(refusal: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def state(desk: Desk, posting: Posting) -> NoticeState:
    return desk.get(Notice, posting.notice_id).state


# Photos


def test_a_photo_of_the_paper_is_kept_small_with_its_time_and_proves_the_posting(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path
) -> None:
    notice, issuance = paper
    taken = datetime(2026, 4, 8, 10, 20, 30)
    photo = photo_of(desk, tmp_path / "公示栏.jpg", issuance, taken=taken)
    posting = usecases.post_up(desk, notice.id, BOARD, photos=[photo])
    (kept,) = desk.find(Photo)
    assert (kept.subject_table, kept.subject_id, kept.taken_at) == ("postings", posting.id, taken.isoformat())
    assert len(desk.content(kept.attachment_id)) <= 500_000
    assert photo_shows(desk, posting)


def test_a_photo_of_the_bare_board_is_kept_and_proves_nothing(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path
) -> None:
    posting = usecases.post_up(desk, paper[0].id, BOARD, photos=[photo_of(desk, tmp_path / "a.jpg")])
    assert len(store.photos_of(desk, [posting.id])) == 1
    assert not photo_shows(desk, posting)


def test_a_photo_of_another_notice_is_told_by_its_code_and_needs_a_reason(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path
) -> None:
    other, other_issuance = issued(desk, "spending")
    photo = photo_of(desk, tmp_path / "错.jpg", other_issuance)
    with pytest.raises(RuleViolation) as refusal:
        usecases.post_up(desk, paper[0].id, BOARD, photos=[photo])
    (finding,) = refusal.value.findings
    assert finding.code == "disclosure.photo_other"
    assert f"照片“错.jpg”里的二维码是村务公示〔2026〕2号《{other.title}》的公示，不是这一份" in finding.message
    assert store.postings_of(desk, paper[0].id) == []
    assert not list((desk.folder / "attachments").rglob("*.jpg"))
    posting = usecases.post_up(desk, paper[0].id, BOARD, photos=[photo], reason="只拍到旁边的一张，明天补拍")
    assert not photo_shows(desk, posting)


def test_a_photo_of_the_whole_board_shows_this_notice_among_others(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path
) -> None:
    _, other_issuance = issued(desk, "spending")
    photo = photo_of(desk, tmp_path / "全景.jpg", other_issuance, paper[1])
    posting = usecases.post_up(desk, paper[0].id, BOARD, photos=[photo])
    assert photo_shows(desk, posting)


def test_a_photo_from_before_the_issue_is_told(desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path) -> None:
    photo = photo_of(desk, tmp_path / "旧.jpg", paper[1], taken=datetime(2026, 4, 7, 23, 59))
    with pytest.raises(RuleViolation) as refusal:
        usecases.post_up(desk, paper[0].id, BOARD, photos=[photo])
    (finding,) = refusal.value.findings
    assert finding.code == "disclosure.photo_early"
    assert "照片“旧.jpg”是2026年4月7日拍的，那时这份公示还没有发布" in finding.message


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + b"\0" * 100])
def test_what_is_no_photo_is_refused_and_nothing_is_recorded(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path, content: bytes
) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(content)
    tip = desk.tip()
    with pytest.raises(BadInput, match=r"照片\.jpg"):
        usecases.post_up(desk, paper[0].id, BOARD, photos=[photo])
    assert desk.tip() == tip


def test_a_missing_photo_is_refused_and_nothing_is_recorded(
    desk: Desk, paper: tuple[Notice, Issuance], tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="找不到"):
        usecases.post_up(desk, paper[0].id, BOARD, photos=[tmp_path / "没有.jpg"])
    assert store.postings_of(desk, paper[0].id) == []


def test_a_cancelled_import_of_photos_leaves_nothing(
    desk: Desk, paper: tuple[Notice, Issuance], hung: Posting, tmp_path: Path
) -> None:
    photos = [photo_of(desk, tmp_path / f"{name}.jpg", paper[1]) for name in "ab"]
    tip, progress = desk.tip(), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        usecases.add_photos(desk, hung.id, photos, progress)
    assert desk.tip() == tip
    assert (progress.label, progress.total) == ("读入照片", 2)


def test_photos_may_be_added_later(desk: Desk, paper: tuple[Notice, Issuance], hung: Posting, tmp_path: Path) -> None:
    assert usecases.add_photos(desk, hung.id, []) == []
    progress = Progress()
    (added,) = usecases.add_photos(desk, hung.id, [photo_of(desk, tmp_path / "a.jpg", paper[1])], progress)
    assert store.photos_of(desk, [hung.id]) == [added.attachment_id]
    assert progress.done == 1
    assert photo_shows(desk, hung)
    (desk.folder / "attachments" / added.attachment_id[:2] / added.attachment_id).unlink()
    assert not photo_shows(desk, hung)


# Down


def test_a_paper_comes_down_when_its_days_are_over(
    desk: Desk, clock: SetClock, paper: tuple[Notice, Issuance], hung: Posting, tmp_path: Path
) -> None:
    on(clock, 4, 18)
    assert store.over(desk, date(2026, 4, 17)) == []
    assert store.over(desk, date(2026, 4, 18)) == [hung]
    photo = photo_of(desk, tmp_path / "取下.jpg")
    taken = usecases.take_down(desk, hung.id, note=" 完好 ", photos=[photo])
    assert (taken.taken_on, taken.note) == (date(2026, 4, 18), "完好")
    assert state(desk, hung) is NoticeState.TAKEN_DOWN
    assert store.over(desk, date(2026, 4, 18)) == store.hanging(desk, hung.notice_id) == []
    assert [photo.subject_table for photo in desk.find(Photo)] == ["takedowns"]


def test_a_notice_is_down_when_the_last_of_its_papers_is(
    desk: Desk, clock: SetClock, paper: tuple[Notice, Issuance], hung: Posting
) -> None:
    second = usecases.post_up(desk, paper[0].id, "3组路口")
    on(clock, 4, 20)
    usecases.take_down(desk, hung.id)
    assert state(desk, hung) is NoticeState.POSTED
    usecases.take_down(desk, second.id)
    assert state(desk, hung) is NoticeState.TAKEN_DOWN


@pytest.mark.parametrize(
    ("taken_on", "code"),
    [
        (date(2026, 4, 7), "disclosure.taken_early"),
        (date(2026, 4, 13), "disclosure.taken_ahead"),
        (date(2026, 4, 10), "disclosure.taken_short"),
    ],
)
def test_days_on_which_no_paper_comes_down_are_refused(
    desk: Desk, clock: SetClock, hung: Posting, taken_on: date, code: str
) -> None:
    on(clock, 4, 12)
    with pytest.raises(RuleViolation) as refusal:
        usecases.take_down(desk, hung.id, taken_on)
    assert codes(refusal) == [code]
    assert desk.find(Takedown) == []


def test_a_paper_may_come_down_early_for_a_reason_and_on_its_last_day_without(
    desk: Desk, clock: SetClock, paper: tuple[Notice, Issuance], hung: Posting
) -> None:
    second = usecases.post_up(desk, paper[0].id, "3组路口")
    on(clock, 4, 17)
    usecases.take_down(desk, hung.id, date(2026, 4, 10), reason="大风刮掉了")
    assert desk.history(desk.find(Takedown)[0].id)[-1].reason == "大风刮掉了"
    usecases.take_down(desk, second.id)


def test_a_paper_comes_down_once(desk: Desk, clock: SetClock, hung: Posting) -> None:
    on(clock, 4, 18)
    usecases.take_down(desk, hung.id)
    with pytest.raises(RuleViolation) as refusal:
        usecases.take_down(desk, hung.id)
    assert codes(refusal) == ["disclosure.taken_down"]


def test_what_was_taken_down_may_be_hung_again(desk: Desk, clock: SetClock, hung: Posting) -> None:
    on(clock, 4, 18)
    usecases.take_down(desk, hung.id)
    again = usecases.post_up(desk, hung.notice_id, BOARD)
    assert (again.first_day, again.last_day) == (date(2026, 4, 18), date(2026, 4, 27))
    assert state(desk, hung) is NoticeState.POSTED


def test_a_corrected_paper_comes_down_at_once_and_the_notice_stays_corrected(
    desk: Desk, clock: SetClock, books: Books, hung: Posting
) -> None:
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    usecases.issue(desk, reviewed(desk, usecases.correct(desk, hung.notice_id, "漏记一笔")).id)
    on(clock, 4, 9)
    usecases.take_down(desk, hung.id)
    assert state(desk, hung) is NoticeState.CORRECTED
    usecases.file_away(desk, hung.notice_id, "2026年卷宗")
    assert state(desk, hung) is NoticeState.FILED


# Away


def test_the_signed_paper_goes_into_a_binder_when_nothing_hangs(desk: Desk, clock: SetClock, hung: Posting) -> None:
    with pytest.raises(RuleViolation) as refusal:
        usecases.file_away(desk, hung.notice_id, "2026年卷宗")
    assert codes(refusal) == ["disclosure.out_of_turn"]
    on(clock, 4, 18)
    usecases.take_down(desk, hung.id)
    with pytest.raises(RuleViolation) as refusal:
        usecases.file_away(desk, hung.notice_id, "  ")
    assert codes(refusal) == ["disclosure.place"]
    filing = usecases.file_away(desk, hung.notice_id, "2026年卷宗")
    assert (filing.place, filing.filed_on) == ("2026年卷宗", date(2026, 4, 18))
    assert state(desk, hung) is NoticeState.FILED
    assert store.filing_of(desk, hung.notice_id) == filing


def test_a_corrected_notice_is_filed_once_and_not_while_it_hangs(
    desk: Desk, clock: SetClock, books: Books, hung: Posting
) -> None:
    for fen in (1_00, 2_00):
        with desk.change("test.late") as change:
            change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=fen))
        usecases.issue(desk, reviewed(desk, usecases.correct(desk, hung.notice_id, "漏记一笔")).id)
        if fen == 1_00:
            with pytest.raises(RuleViolation) as refusal:
                usecases.file_away(desk, hung.notice_id, "卷宗")
            assert codes(refusal) == ["disclosure.still_hangs"]
            assert BOARD in refusal.value.findings[0].message
            usecases.take_down(desk, hung.id)
            usecases.file_away(desk, hung.notice_id, "卷宗")
    assert state(desk, hung) is NoticeState.CORRECTED
    with pytest.raises(RuleViolation) as refusal:
        usecases.file_away(desk, hung.notice_id, "别处")
    assert codes(refusal) == ["disclosure.filed"]
    assert len(desk.find(Filing)) == 1


def test_only_the_accountant_works_at_the_board(desk: Desk, hung: Posting) -> None:
    as_(desk, "周监督")
    for act in (
        lambda: usecases.take_down(desk, hung.id),
        lambda: usecases.file_away(desk, hung.notice_id, "卷宗"),
        lambda: usecases.add_photos(desk, hung.id, []),
    ):
        with pytest.raises(RuleViolation) as refusal:
            act()
        assert codes(refusal) == ["village.role"]


def test_what_happened_at_the_board_is_frozen(desk: Desk, clock: SetClock, hung: Posting) -> None:
    on(clock, 4, 18)
    taken = usecases.take_down(desk, hung.id)
    filing = usecases.file_away(desk, hung.notice_id, "卷宗")
    for record in (taken, filing):
        with pytest.raises(FrozenRecord), desk.change("test.trick") as change:
            change.discard(record)
