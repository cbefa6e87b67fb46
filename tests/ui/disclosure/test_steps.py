"""A notice's way from the books to the binder, each step pressed as a person presses it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Q1, Books, as_, issued, reviewed
from tests.ui.disclosure.pressing import green, save, state, words
from tests.ui.opening import form, offered, press, top
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.objections.store import objections_of
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure import steps
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.disclosure.record import NoticeRecord
from villagedesk.ui.kit import exporting
from villagedesk.ui.kit.preview import Preview
from villagedesk.village.model import Arrival, Office


@pytest.fixture
def page(page: DisclosurePage) -> DisclosurePage:
    """The page, looking at all notices."""
    page.look_through("all")
    return page


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Path, ...]:
    """Two photos of a board."""
    made = []
    for colour in ("green", "red"):
        picture = QImage(400, 300, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        path = tmp_path / f"{colour}.jpg"
        picture.save(str(path))
        made.append(path)
    return tuple(made)


def pictures(widget: QWidget) -> list[QPushButton]:
    """The small photos on a record."""
    return [each for each in widget.findChildren(QPushButton) if "照片" in each.accessibleName() and not each.text()]


def late_arrival(desk: Desk, books: Books) -> None:
    """Let a sum be found later, so that there is something to correct."""
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))


def test_the_whole_way_by_the_buttons(
    page: DisclosurePage,
    desk: Desk,
    clock: SetClock,
    qtbot: QtBot,
    yes: list[str],
    errors: list[str],
    photos: tuple[Path, ...],
) -> None:
    press(page, "生成公示")
    form(page).set_values({"kind": "funds"})
    form(page).fields["kind"].edited.emit()
    save(qtbot, page)
    notice = page.chosen
    assert notice
    assert green(page) == ["送审"]
    press(page, "送审")
    assert yes == ["送审以后内容就不能改了。要送监督小组审核吗？"]
    assert state(desk, notice) is NoticeState.SUBMITTED
    as_(desk, "周监督")
    review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, "李会计")
    press(page, "发布")
    save(qtbot, page)
    assert state(desk, notice) is NoticeState.ISSUED
    press(page, "登记张贴")
    form(page).set_values({"photos": photos})
    save(qtbot, page)
    assert state(desk, notice) is NoticeState.POSTED
    (posting,) = store.postings_of(desk, notice.id)
    assert posting.board == "村委会公示栏"
    assert len(store.photos_of(desk, [posting.id])) == 2
    clock.set(clock.now() + timedelta(days=15))
    press(page, "取下")
    form(page).set_values({"note": "右下角破了", "taken_on": date(2026, 4, 23)})
    save(qtbot, page)
    assert state(desk, notice) is NoticeState.TAKEN_DOWN
    press(page, "归档")
    save(qtbot, page)
    assert state(desk, notice) is NoticeState.FILED
    page.open(notice.id)
    said = words(top(page))
    for part in (
        "从账里生成",
        "编号发布",
        "张贴在村委会公示栏",
        "从村委会公示栏取下",
        "归档在2026年村务公开卷宗",
        "右下角破了",
    ):
        assert part in said
    assert not errors


def test_the_form_offers_the_periods_and_events_of_the_kind(page: DisclosurePage) -> None:
    press(page, "生成公示")
    kind, about = form(page).fields["kind"], form(page).fields["period"]
    kind.set_value("funds")
    kind.edited.emit()
    assert about.value() == Q1
    kind.set_value("satisfaction")
    kind.edited.emit()
    assert about.value() == Scope(Period(2026))


def test_a_notice_is_opened_with_its_way(page: DisclosurePage, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "村委会公示栏")
    late_arrival(desk, books)
    correction = reviewed(desk, usecases.correct(desk, notice.id, "漏记一笔"))
    usecases.issue(desk, correction.id)
    page.look_at(notice.id)
    shown = top(page)
    assert isinstance(shown, NoticeRecord)
    said = words(shown)
    for part in ("从账里生成", "送监督小组审核", "监督小组同意", "编号发布", "张贴在村委会公示栏", "更正公告发布"):
        assert part in said
    assert "没有照片，请补拍" in said
    assert "村务公示〔2026〕1号" in said
    assert "有一份更正公告" in said
    page.look_at(correction.id)
    assert "这是对它的更正" in words(top(page))


def test_an_objection_is_shown_with_its_notice(page: DisclosurePage, desk: Desk) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    usecases.register_objection(desk, notice.id, "村集体的钱是哪来的？")
    assert len(objections_of(desk, notice.id)) == 1
    page.open(notice.id)
    assert "异议1件" in words(top(page))
    assert "村集体的钱是哪来的？" in words(top(page))


def test_photos_are_added_and_shown_with_the_posting(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, photos: tuple[Path, ...]
) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    page.open(notice.id)
    assert pictures(top(page)) == []
    press(page, "补照片")
    assert not form(page).try_save()
    form(page).set_values({"photos": photos})
    save(qtbot, page)
    assert len(pictures(top(page))) == 2


def test_a_photo_that_is_none_is_refused_in_the_form(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    (tmp_path / "a.jpg").write_bytes(b"no photo")
    press(page, "登记张贴")
    form(page).set_values({"photos": (tmp_path / "a.jpg",)})
    assert form(page).try_save()
    qtbot.waitUntil(lambda: "a.jpg" in words(form(page)._summary), timeout=20_000)
    assert form(page).is_changed
    assert state(desk, notice) is NoticeState.ISSUED


def test_a_query_is_answered_from_the_page(page: DisclosurePage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.submit(desk, draft.id)
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.QUERIED, "村集体的钱是哪来的？")
    as_(desk, "李会计")
    monkeypatch.setattr(steps, "ask_reason", lambda *_args, **_how: "堰塘承包费")
    page.list.choose(draft.id)
    press(page, "答复")
    assert state(desk, draft) is NoticeState.SUBMITTED


def test_an_early_submission_asks_for_its_reason(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "生成公示")
    form(page).fields["kind"].set_value("funds")
    form(page).fields["kind"].edited.emit()
    form(page).set_values({"period": Scope(Period.quarter(2026, 2))})
    save(qtbot, page)
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, sentence: str, **_how: object) -> str | None:
        asked.append(sentence)
        return "县里要求" if len(asked) > 1 else None

    monkeypatch.setattr(steps, "ask_reason", ask)
    notice = page.chosen
    assert notice
    press(page, "送审")
    assert "还没有结束" in asked[0]
    assert state(desk, notice) is NoticeState.DRAFT
    press(page, "送审")
    assert state(desk, notice) is NoticeState.SUBMITTED


def test_a_villagers_number_in_the_remark_is_told_beside_it(page: DisclosurePage, desk: Desk) -> None:
    press(page, "生成公示")
    form(page).fields["kind"].set_value("funds")
    form(page).fields["kind"].edited.emit()
    form(page).set_values({"remark": "请打13800001111"})
    assert not form(page).try_save()
    assert any("尾号1111" in words for words in form(page).fields["remark"]._findings.messages())
    assert store.notices(desk) == []


def test_what_blocks_a_submission_is_told(page: DisclosurePage, desk: Desk, errors: list[str], yes: list[str]) -> None:
    with desk.change("test.card") as change:
        change.put(replace(desk.get(Office, desk.office_id), contact=""))
    usecases.prepare(desk, "funds", Q1)
    press(page, "送审")
    assert errors == ["还没有填异议受理人，请先在本村资料里填好。"]
    assert not yes


def test_a_draft_is_drawn_up_again_or_thrown_away(
    page: DisclosurePage, desk: Desk, books: Books, yes: list[str]
) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    late_arrival(desk, books)
    press(page, "重新生成")
    assert desk.get(Notice, draft.id).version == 2
    press(page, "不要了")
    assert "不要了吗" in yes[-1]
    assert store.notices(desk) == []


def test_a_posted_notice_is_corrected_by_the_form(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    notice, _ = issued(desk, remark="4组路灯")
    usecases.post_up(desk, notice.id, "公示栏")
    page.list.choose(notice.id)
    press(page, "更正")
    assert not form(page).try_save()
    form(page).set_values({"why": "组别写错", "remark": "5组路灯"})
    save(qtbot, page)
    draft = page.chosen
    assert draft
    assert draft.corrects_id == notice.id
    assert "重新生成" not in offered(page)


def test_a_notice_without_a_remark_is_corrected_by_the_form(
    page: DisclosurePage, desk: Desk, books: Books, qtbot: QtBot
) -> None:
    notice, _ = issued(desk)
    late_arrival(desk, books)
    page.list.choose(notice.id)
    press(page, "更正")
    assert list(form(page).fields) == ["why"]
    form(page).set_values({"why": "漏记一笔到账"})
    save(qtbot, page)
    draft = page.chosen
    assert draft
    assert (draft.corrects_id, draft.state) == (notice.id, NoticeState.DRAFT)


def test_what_was_left_out_is_supplemented_by_the_form(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    press(page, "补充公告")
    assert not form(page).try_save()
    form(page).set_values({"text": "县级补助分两次到账。", "why": "村民询问"})
    save(qtbot, page)
    draft = page.chosen
    assert draft
    assert (draft.kind, draft.corrects_id) == ("supplement", notice.id)
    assert state(desk, notice) is NoticeState.ISSUED


def test_a_short_posting_asks_for_a_reason_in_the_form(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    press(page, "登记张贴")
    form(page).set_values({"last_day": date(2026, 4, 9)})
    assert not form(page).try_save()
    form(page)._reason.set_value("公示栏被水淹")
    save(qtbot, page)
    assert store.postings_of(desk, notice.id)[0].last_day == date(2026, 4, 9)


def test_an_early_takedown_asks_for_a_reason_in_the_form(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    page.list.choose(notice.id)
    press(page, "取下")
    assert not form(page).try_save()
    form(page)._reason.set_value("公示栏要拆")
    save(qtbot, page)
    assert state(desk, notice) is NoticeState.TAKEN_DOWN


def test_the_large_paper_is_shown(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    press(page, "大字稿")
    qtbot.waitUntil(lambda: isinstance(top(page), Preview), timeout=20_000)


def test_the_tables_are_written_for_excel_into_a_folder(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(exporting, "show_note", lambda _parent, words, **_how: told.append(words))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_how: str(tmp_path))
    notice, _ = issued(desk, "spending")
    page.list.choose(notice.id)
    press(page, "导出表格")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert len(list(tmp_path.glob("村务公示〔2026〕1号*.xlsx"))) == 1
    written = [path.read_text("utf-8-sig") for path in tmp_path.glob("村务公示〔2026〕1号*.csv")]
    assert any("水泥" in text for text in written)
    assert not any("13700004444" in text for text in written)


def test_a_record_without_photos_shows_no_empty_picture(page: DisclosurePage, desk: Desk) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    page.open(notice.id)
    assert pictures(top(page)) == []
    assert any("没有照片" in shown.text() for shown in top(page).findChildren(QLabel))
