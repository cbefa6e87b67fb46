"""The page of deliberation, pressed as a person presses it, on a real desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.opening import Went, named, opened, top
from tests.works import DATA, assembly, facts, late_in_the_year, minutes, open_fund, proposed, resolved
from villagedesk.deliberation import store
from villagedesk.deliberation.model import Meeting, MotionFacts, Presence
from villagedesk.deliberation.usecases import record_meeting
from villagedesk.kernel.clock import SetClock
from villagedesk.projects.model import Project, ProjectState
from villagedesk.projects.usecases import shortlist
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.ui.deliberation.form import MeetingForm
from villagedesk.ui.deliberation.page import DeliberationPage
from villagedesk.ui.deliberation.ranking import RankingView
from villagedesk.ui.kit import doing
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.preview import Preview
from villagedesk.village.usecases import set_up_body, sign_out


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, clock: SetClock, went: Went) -> Iterator[DeliberationPage]:
    """The page on a desk late in the year, refreshed after each change as the shell does."""
    late_in_the_year(clock)
    yield from opened(qtbot, desk, DeliberationPage, went)


def texts(widget: QWidget) -> list[str]:
    """Return every word that is shown."""
    return [label.text() for label in widget.findChildren(QLabel)]


def form(page: DeliberationPage) -> MeetingForm:
    """Return the form of a meeting on top."""
    shown = top(page)
    assert isinstance(shown, MeetingForm)
    return shown


def test_meetings_are_listed_with_their_outcome(page: DeliberationPage, desk: Desk) -> None:
    resolved(desk)
    body = store.body_of(desk, desk.find(Meeting)[0])
    void = minutes(body, number="第2次", present=39)
    record_meeting(desk, void, motions=[MotionFacts("再议", 39, 0, 0)])
    told = replace(minutes(body, number="第3次"), minutes="通报情况")
    record_meeting(desk, told)
    model = page.list.model
    assert [[model.data(model.index(row, column)) for column in (1, 3, 4, 5)] for row in range(3)] == [
        ["第3次", "43/60", "够", "—"],
        ["第2次", "39/60", "不够，无效", "通过0项，共1项"],
        ["2026年村民代表会议第1次", "43/60", "够", "通过1项，共1项"],
    ]
    model.load("审议项目", "number", descending=False)
    assert model.rowCount() == 1
    for key in ("body", "place", "held_on"):
        model.load("", key, descending=True)
        assert model.rowCount() == 3


def test_a_meeting_shows_votes_sentence_and_projects(page: DeliberationPage, desk: Desk, went: Went) -> None:
    project = proposed(desk)
    meeting = record_meeting(
        desk,
        minutes(assembly(desk)),
        [("吴干部", Presence.OBSERVER)],
        [MotionFacts("审议路灯", 22, 15, 6, project_ids=(project.id,)), MotionFacts("再议", 20, 20, 3)],
    )
    page.look_at(meeting.id)
    shown = texts(top(page))
    assert "应到60人，实到43人，达到三分之二；同意22票，超过到会人数半数，通过。" in shown
    assert "举手表决：同意22票，反对15票，弃权6票" in shown
    (chart,) = top(page).findChildren(ChartView)
    assert chart.accessibleName() == "第1项，同意22票，通过；第2项，同意20票，未通过"
    assert "吴干部" in shown
    top(page).grab()
    link = next(button for button in top(page).findChildren(QPushButton) if button.text() == "路灯维护 ›")
    link.click()
    assert went == [("projects", project.id)]
    for paper in ("打印会议记录", "打印决议"):
        named(page, paper).trigger()
        assert isinstance(top(page), Preview)
        page.back()


def test_a_motion_about_many_projects_counts_them(page: DeliberationPage, desk: Desk) -> None:
    fund = open_fund(desk)
    ids = tuple(proposed(desk, f"项目{n}", fund, 1_000_00).id for n in range(4))
    meeting = record_meeting(
        desk, minutes(assembly(desk)), motions=[MotionFacts("一并审议", 43, 0, 0, project_ids=ids)]
    )
    page.open(meeting.id)
    assert "涉及4个项目" in texts(top(page))


def test_a_meeting_is_recorded_and_counted_while_typing(page: DeliberationPage, desk: Desk) -> None:
    fund = open_fund(desk)
    lamps, patrol = proposed(desk, "路灯维护", fund), proposed(desk, "治安巡逻", fund)
    names = [(f"代表{n}", "成员") for n in range(1, 7)]
    set_up_body(desk, "村民代表会议", names, date(2026, 1, 1), date(2028, 12, 31))
    page.new()
    new = form(page)
    assert new.values()["number"] == "2026年村民代表会议第1次"
    assert new.values()["entitled"] == 6
    motions = new._motions
    motions.add_proposed()
    motions.add_proposed()
    assert [card.subject.value() for card in motions._cards] == ["审议“路灯维护”项目", "审议“治安巡逻”项目"]
    first, second = motions._cards
    assert "先填" not in first._sentence.text()
    new.set_values({"present": 4, "chair": "赵主任", "absent": "代表5、代表6", "held_on": date(2026, 2, 10)})
    new._judge()
    first.yes.set_value(3)
    first.yes.edited.emit()
    assert first._sentence.text() == "三样加起来3票，实到4人，还差1票。"
    assert not new.try_save()
    first.no.set_value(1)
    first.no.edited.emit()
    assert first._sentence.text() == "应到6人，实到4人，达到三分之二；同意3票，超过到会人数半数，通过。"
    second.yes.set_value(1)
    second.no.set_value(4)
    second.no.edited.emit()
    assert second._sentence.text() == "三样加起来5票，实到4人，多了1票。"
    second.no.set_value(3)
    second.no.edited.emit()
    assert second._sentence.text().endswith("未超过到会人数半数，未通过。")
    assert new.try_save()
    (meeting,) = desk.find(Meeting)
    assert desk.get(Project, lamps.id).state is ProjectState.RESOLVED
    assert desk.get(Project, patrol.id).state is ProjectState.REJECTED
    presences = [line.presence for line in store.roll_of(desk, meeting.id)]
    assert (presences.count(Presence.PRESENT), presences.count(Presence.ABSENT)) == (4, 2)
    assert page.title_now() == meeting.number


def test_too_few_present_is_said_at_once(page: DeliberationPage, desk: Desk) -> None:
    assembly(desk)
    page.new()
    new = form(page)
    new.fields["entitled"].set_value(60)
    card = new._motions.add("选举")
    new.fields["present"].set_value(39)
    new.fields["present"].edited.emit()
    assert card._sentence.text() == "应到60人，实到39人，未达到三分之二，会议无效。"
    card.removed.emit()
    assert new._motions.value() == ()


def test_one_motion_may_be_about_all_proposed_projects(page: DeliberationPage, desk: Desk) -> None:
    fund = open_fund(desk)
    first, second = proposed(desk, "路灯维护", fund), proposed(desk, "治安巡逻", fund)
    assembly(desk)
    page.new()
    card = form(page)._motions.add("一并审议", "all")
    assert set(card.facts().project_ids) == {first.id, second.id}
    card.yes._line.setText("三")
    assert form(page)._motions.fault() == "请写数字。"


def test_the_form_asks_for_what_is_missing(page: DeliberationPage, desk: Desk) -> None:
    page.new()
    new = form(page)
    assert not new.try_save()
    assert new.fields["body"]._findings.messages() == ["请选哪个组织开会。"]
    page.back(ask=False)
    body = assembly(desk)
    page.new()
    new = form(page)
    new.fields["held_on"].set_value(None)
    assert not new.try_save()
    new.fields["held_on"].set_value(date(2026, 2, 10))
    new._day.edited.emit()
    assert not new.try_save()
    assert new.fields["present"]._findings.messages() == ["请填实到人数。"]
    new.set_values({"entitled": 3, "present": 2, "chair": "赵主任", "absent": "甲、乙", "minutes": "通报"})
    assert not new.try_save()
    new.set_values({"absent": "甲"})
    assert new.try_save()
    assert store.meetings(desk)[0].meeting.body_id == body.id


def test_the_ranking_shows_its_arithmetic(
    page: DeliberationPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_ranking()
    assert "还没有量分票。先把项目列入初选，再导入议事会的量分表。" in texts(top(page))
    page.back()
    for name in dict.fromkeys(str(row[1]) for row in read_grid(DATA / "scores-2026.xlsx").rows[1:]):
        shortlist(desk, facts(name))
    said: list[str] = []
    monkeypatch.setattr(doing, "show_note", lambda _parent, sentence: said.append(sentence))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(DATA / "scores-2026.xlsx"), ""))
    page.import_scores()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said == ["导入完：252张量分票。"]
    page.show_ranking()
    assert isinstance(top(page), RankingView)
    assert "（急需137＋急盼111＋受益直接143）÷21票＝18.62分" in texts(top(page))
    (chart,) = top(page).findChildren(ChartView)
    assert chart.accessibleName().startswith("1. 防汛物资储备，18.62分；")
    top(page).grab()
    named(page, "打印排名表").trigger()
    assert isinstance(top(page), Preview)


def test_nobody_signed_in_is_asked_first(page: DeliberationPage, desk: Desk) -> None:
    sign_out(desk)
    page.new()
    assert page.steps_in == 0
