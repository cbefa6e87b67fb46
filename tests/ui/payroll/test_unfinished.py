"""A pay sheet that is being made survives the program's end: typed lines, changed amounts, who was taken off."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.payroll.posts import CHECKED, MARCH, a_post, a_project, as_, person_with, told
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.model import Payroll, PayrollKind
from villagedesk.payroll import store
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import FOLDER, kept, names
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.page import Context
from villagedesk.ui.payroll import making
from villagedesk.ui.payroll.draft import DraftView
from villagedesk.ui.payroll.lineform import LineForm
from villagedesk.ui.payroll.page import PayrollPage
from villagedesk.ui.payroll.startform import StartForm
from villagedesk.ui.payroll.unfinished import unfinished
from villagedesk.village.model import Person

Open = Callable[[], PayrollPage]
WENT_ON = "上次没做完的，接着做。"


@pytest.fixture
def project(village: Desk) -> Project:
    """The project that pays."""
    return a_project(village)


@pytest.fixture
def open_page(qtbot: QtBot, village: Desk) -> Iterator[Open]:
    """Open the page as the program does when it is started, anew each time."""
    pages: list[PayrollPage] = []

    def open_page() -> PayrollPage:
        page = PayrollPage(Context(village, lambda _key, _record: None, lambda: False))
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        page.refresh(None)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        while page.back(ask=False):
            pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _draft(page: PayrollPage) -> DraftView:
    shown = page._stack.currentWidget()
    assert isinstance(shown, DraftView)
    return shown


def _press(page: PayrollPage, text: str) -> None:
    next(one for one in page.actions_now() if one.text() == text).trigger()


def _start(page: PayrollPage, project: Project, kind: PayrollKind = PayrollKind.LABOUR) -> None:
    page.new()
    form = page._stack.currentWidget()
    assert isinstance(form, StartForm)
    for name, value in (("kind", kind.value), ("project_id", project.id), ("period", "2026-03")):
        form.fields[name].set_value(value)
        form.fields[name].edited.emit()
    assert form.try_save()


def _type(page: PayrollPage, **values: object) -> LineForm:
    form = page._stack.currentWidget()
    assert isinstance(form, LineForm)
    for name, value in values.items():
        form.fields[name].set_value(value)
        form.fields[name].edited.emit()
        form.fields[name].left.emit()
    return form


def _add(page: PayrollPage, person: Person, days: str) -> None:
    page.making.add(_draft(page))
    form = _type(page, person_id=person.id, when="3月8日", what="清淤", standard_fen=12_000, days=Decimal(days))
    assert form.try_save()


def _people(desk: Desk) -> list[Person]:
    return [person_with(desk, line.account) for line in told()]


def _words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def _button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def _files(desk: Desk) -> list[Path]:
    return list((desk.folder / FOLDER).glob("*.json"))


def test_a_sheet_is_gone_on_with_from_the_page_of_pay(open_page: Open, village: Desk, project: Project) -> None:
    page = open_page()
    _start(page, project)
    for person, days in zip(_people(village), ("5.5", "6", "7"), strict=False):
        _add(page, person, days)
    lines = _draft(page).run.lines

    again = open_page()
    assert "没有做完：2026年3月" in _words(again)
    assert f"（{project.name}），3行，2,220.00 元。" in _words(again)
    _button(again, "接着做").click()
    assert _draft(again).run.lines == lines
    assert WENT_ON in _words(_draft(again))
    assert village.find(Payroll) == []


def test_a_sheet_begun_anew_for_the_same_period_goes_on_too(open_page: Open, village: Desk, project: Project) -> None:
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    again = open_page()
    _start(again, project)
    assert [line.day_tenths for line in _draft(again).run.lines] == [55]
    _button(_draft(again), "不要了，重新算").click()
    assert _draft(again).run.lines == ()
    assert _files(village) == []


def test_a_changed_amount_and_who_was_taken_off_stay_so(open_page: Open, village: Desk, project: Project) -> None:
    for person in _people(village)[:3]:
        a_post(village, project, person)
    page = open_page()
    _start(page, project, PayrollKind.BASE)
    assert _files(village) == [], "what was only proposed is proposed again"
    _draft(page).list.choose(1)
    _press(page, "去掉这一行")
    _draft(page).list.choose(0)
    page.making.change(_draft(page))
    assert _type(page, amount_fen=70_000, reason="与代班人分").try_save()

    again = open_page()
    _button(again, "接着做").click()
    assert [(line.amount_fen, line.reason) for line in _draft(again).run.lines] == [
        (70_000, "与代班人分"),
        (80_000, ""),
    ]


def test_accounts_are_not_kept_and_come_from_the_register(open_page: Open, village: Desk, project: Project) -> None:
    page, (first, second, *_) = open_page(), _people(village)
    _start(page, project)
    _add(page, first, "5.5")
    _add(page, second, "6")
    (file,) = _files(village)
    assert first.account not in file.read_text("utf-8")
    with village.change("test.moved") as change:
        change.put(replace(first, account="6217001234567890128"))
    (sheet,) = unfinished(village)
    assert [line.account for line in sheet.run.lines] == ["6217001234567890128", second.account]


def test_who_is_in_the_register_no_more_is_named(open_page: Open, village: Desk, project: Project) -> None:
    page, (first, second, *_) = open_page(), _people(village)
    _start(page, project)
    _add(page, first, "5.5")
    _add(page, second, "6")
    file = _files(village)[0]
    file.write_text(file.read_text("utf-8").replace(second.id, "01GONE"), "utf-8")
    again = open_page()
    _button(again, "接着做").click()
    assert [line.name for line in _draft(again).run.lines] == [first.name]
    assert f"村民册里已经没有{second.name}，去掉了。" in _words(_draft(again))


@pytest.mark.parametrize("broken", ["[]", '{"kept_at": "2026-04-08T09:00:00+08:00", "typed": {"lines": ["{"]}}'])
def test_a_broken_file_is_as_if_there_were_none(open_page: Open, village: Desk, project: Project, broken: str) -> None:
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    _files(village)[0].write_text(broken, "utf-8")
    assert unfinished(village) == []
    _start(open_page(), project)


def test_a_sheet_that_is_drawn_up_is_unfinished_no_more(
    open_page: Open, village: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "ask_reason", lambda *_, **__: CHECKED)
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    _press(page, "生成发放表")
    (payroll,) = village.find(Payroll)
    assert len(store.lines_of(village, payroll.id)) == 1
    assert _files(village) == []
    assert "没有做完" not in _words(open_page())


def test_a_sheet_nobody_wants_goes_after_asking(
    open_page: Open, village: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_page: QWidget, words: str, _verb: str, **_: object) -> bool:
        asked.append(words)
        return True

    monkeypatch.setattr(making, "confirm", agree)
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    _press(page, "不要这张表")
    assert asked == [f"“{unfinished_title()}”做到一半的1行都不要了吗？以后找不回来。"]
    assert (page.steps_in, _files(village)) == (0, [])
    assert "没有做完" not in _words(page)


def unfinished_title() -> str:
    return f"{MARCH.label}村级务工补贴发放表"


def test_everybody_sees_their_own_only(open_page: Open, village: Desk, project: Project) -> None:
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    as_(village, "赵主任")
    page.focus_top()
    assert page.steps_in == 0
    assert "没有做完" not in _words(page)
    as_(village, "李会计")
    page.focus_top()
    assert "没有做完" in _words(page)


def test_a_line_half_typed_is_there_in_its_own_sheet_only(open_page: Open, village: Desk, project: Project) -> None:
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    page.making.add(_draft(page))
    _type(page, what="修渠", when="3月9日")

    again = open_page()
    _button(again, "接着做").click()
    again.making.add(_draft(again))
    form = again._stack.currentWidget()
    assert isinstance(form, LineForm)
    assert (form.values()["what"], form.values()["when"]) == ("修渠", "3月9日")
    other = open_page()
    _start(other, project, PayrollKind.RENT)
    other.making.add(_draft(other))
    form = other._stack.currentWidget()
    assert isinstance(form, LineForm)
    assert form.values()["what"] == ""


def test_a_sheet_that_cannot_be_kept_asks_before_it_goes(
    open_page: Open, village: Desk, project: Project, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from villagedesk.kernel.errors import DiskFull
    from villagedesk.storage import unsaved

    def refuse(*_: object) -> None:
        raise DiskFull

    asked: list[str] = []

    def stay_here(_view: QWidget, words: str, _verb: str, *, stay: str) -> bool:
        asked.append(words + stay)
        return False

    monkeypatch.setattr(unsaved, "keep", refuse)
    monkeypatch.setattr(dialogs, "confirm", stay_here)
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    qtbot.waitUntil(lambda: "现在存不住没写完的内容" in _words(_draft(page)))
    assert not page.back()
    assert asked == ["这张表现在存不住，离开就没有了。接着做"]


def test_a_sheet_of_four_hundred_is_kept_while_nobody_notices(open_page: Open, village: Desk, project: Project) -> None:
    page = open_page()
    _start(page, project)
    _add(page, _people(village)[0], "5.5")
    view = _draft(page)
    view.show_run(replace(view.run, lines=view.run.lines * 400))
    began = perf_counter()
    view._store()
    assert perf_counter() - began < 0.5
    assert len(unfinished(village)[0].run.lines) == 400


CLERK = """
import sys
from decimal import Decimal
from pathlib import Path
from PySide6.QtWidgets import QApplication
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Actor, Desk
from villagedesk.ui.kit.page import Context
from villagedesk.ui.payroll.page import PayrollPage
from villagedesk.ui.theme import dress
from villagedesk.village.model import Officer, Person
from datetime import datetime

app = QApplication([])
dress(app, 100)
desk = Desk.open(Path(sys.argv[1]), clock=SetClock(datetime.fromisoformat(sys.argv[2])))
(officer,) = desk.find(Officer, "role = 'accountant'")
desk.actor = Actor(officer.id, officer.name, officer.role)
page = PayrollPage(Context(desk, print, lambda: False))
page.resize(1100, 700)
page.show()
page.refresh(None)
page.new()
form = page._stack.currentWidget()
for name, value in (("kind", "labour"), ("project_id", sys.argv[3]), ("period", "2026-03")):
    form.fields[name].set_value(value)
    form.fields[name].edited.emit()
assert form.try_save()
people = [person for person in desk.find(Person) if person.account][:40]
for number, person in enumerate(people, 1):
    page.making.add(page._stack.currentWidget())
    line = page._stack.currentWidget()
    facts = {"person_id": person.id, "when": "3-8", "what": f"work {number}", "standard_fen": 12000, "days": Decimal("5.5")}
    for name, value in facts.items():
        line.fields[name].set_value(value)
        line.fields[name].edited.emit()
        line.fields[name].left.emit()
        app.processEvents()
    assert line.try_save()
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [3, 40])
def test_a_month_typed_line_by_line_survives_a_killed_program(
    village: Desk, project: Project, clock: SetClock, moment: int
) -> None:
    folder, actor = village.folder, village.actor
    assert actor
    village.close()
    command = [sys.executable, "-c", CLERK, str(folder), clock.now().isoformat(), project.id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as clerk:
        assert clerk.stdout
        done = next(int(line) for line in clerk.stdout if int(line) >= moment)
        clerk.send_signal(signal.SIGKILL)
        done = max([done, *(int(line) for line in clerk.stdout)])
    assert done >= moment
    (name,) = names(folder, f"paysheet-*-{actor.id}")
    assert kept(folder, name)
    with Desk.open(folder, clock=clock) as again:
        again.actor = actor
        (sheet,) = unfinished(again)
        assert [line.work for line in sheet.run.lines][:done] == [f"3-8 work {number}" for number in range(1, done + 1)]
        assert all(line.amount_fen == 66_000 and line.account for line in sheet.run.lines)
        assert again.find(Payroll) == []
