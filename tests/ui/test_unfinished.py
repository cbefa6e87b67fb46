"""Whatever form is half filled in when the program goes: it is there again, for the same person and the same record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Books, as_, issued, keep_books
from villagedesk.disclosure.model import Notice, Objection
from villagedesk.disclosure.usecases import register_objection
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import DiskFull
from villagedesk.kernel.progress import Progress
from villagedesk.ledger.model import CashMoveKind, Closing
from villagedesk.payments.model import Claim, PayrollKind, Voucher
from villagedesk.payroll.drafting import proposed
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import FOLDER
from villagedesk.ui.closing.form import reopening_form
from villagedesk.ui.deliberation.form import MeetingForm
from villagedesk.ui.deliberation.motions import MotionsField
from villagedesk.ui.disclosure.filling import fill_then_work
from villagedesk.ui.disclosure.form import correct_form, post_form, slots_form, supplement_form
from villagedesk.ui.disclosure.preparing import prepare_form
from villagedesk.ui.disclosure.wordings import WordingsView, open_wordings, wordings_form
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.choicefield import ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import CheckField, Field, PasswordField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.ledger import forms, fundforms
from villagedesk.ui.objections.form import register_form, reply_form
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.form import period_form, redo_form, reverse_form
from villagedesk.ui.payments.form import post_form as pay_form
from villagedesk.ui.payroll.bankforms import AccountForm, AttendanceForm
from villagedesk.ui.payroll.lineform import LineForm
from villagedesk.ui.payroll.startform import StartForm
from villagedesk.ui.projects.budgetform import BudgetChangeForm
from villagedesk.ui.projects.form import ProjectForm, StepForm
from villagedesk.ui.projects.levyform import LevyForm
from villagedesk.ui.projects.postform import PostForm
from villagedesk.ui.projects.surveyform import SurveyForm
from villagedesk.ui.projects.visitform import InspectionForm
from villagedesk.ui.projects.workform import ContractForm
from villagedesk.ui.township.form import verdict_form
from villagedesk.ui.village import form as village_forms
from villagedesk.ui.village.signing import chain_form, kinship_form

WENT_ON = "上次没写完的，接着写。"
MARCH = Period.parse("2026-03")


@dataclass(frozen=True)
class World:
    """A village after its first quarter, and a photo to choose."""

    desk: Desk
    books: Books
    photo: Path

    @property
    def road(self) -> Project:
        return self.desk.get(Project, self.books.projects[0].id)


class Forms(Page):
    """A page with nothing on it but the forms that are laid over it."""

    title = "表单"

    def __init__(self, desk: Desk) -> None:
        super().__init__(Context(desk, lambda _key, _record: None, lambda: False))
        self.show_first(QWidget())

    def lay(self, form: Form, title: str = "填写", about: str = "") -> Form:
        """Lay a form as every page does."""
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda _saved: self.back(ask=False))
        self.show_over(title, form, may_leave=form.may_leave, about=about)
        return form


Lay = Callable[..., Form]


@pytest.fixture
def world(desk: Desk, clock: SetClock, tmp_path: Path) -> World:
    photo = tmp_path / "票.jpg"
    photo.write_bytes(b"photo")
    return World(desk, keep_books(desk, clock), photo)


@pytest.fixture
def lay(qtbot: QtBot, world: World) -> Iterator[Lay]:
    """Lay a form over a page of its own: what stands there after the program was started anew."""
    pages: list[Forms] = []

    def lay(form: Form, title: str = "填写", about: str = "") -> Form:
        page = Forms(world.desk)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        pages.append(page)
        return page.lay(form, title, about)

    yield lay
    for page in pages:  # a form's timers must not look at a closed desk
        for form in page.findChildren(Form):
            form.forget()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _notice(world: World) -> Notice:
    found = world.desk.find(Notice)
    return found[0] if found else issued(world.desk)[0]


def _objection(world: World) -> Objection:
    if found := world.desk.find(Objection):
        return found[0]
    today = world.desk.clock.now().date()
    return register_objection(
        world.desk, notice_id=_notice(world).id, place="", text="电费为什么多了", asker="", reach="", received_on=today
    )


def _closing(world: World) -> Closing:
    return Closing(month="2026-01", number=1, prepared_on=date(2026, 2, 3), facts="{}", link="", prepared_by="")


def _line(world: World) -> LineForm:
    return LineForm(world.desk, proposed(world.desk, PayrollKind.LABOUR, world.road.id, MARCH))


WORTH_KEEPING: dict[str, Callable[[World], Form]] = {
    "a claim": lambda w: ClaimForm(w.desk),
    "a new project": lambda w: ProjectForm(w.desk),
    "a project revised": lambda w: ProjectForm(w.desk, w.road),
    "a step": lambda w: StepForm(w.desk, w.road, ProjectState.ACCEPTED),
    "a contract": lambda w: ContractForm(w.desk, w.road),
    "an inspection": lambda w: InspectionForm(w.desk, w.road),
    "a survey": lambda w: SurveyForm(w.desk, w.road),
    "a levy": lambda w: LevyForm(w.desk, w.road),
    "a post": lambda w: PostForm(w.desk, w.road),
    "a change of the budget": lambda w: BudgetChangeForm(w.desk, 2026),
    "a meeting with its votes": lambda w: MeetingForm(w.desk),
    "cash moved": lambda w: forms.move_form(w.desk, CashMoveKind.DEPOSITED),
    "an advance": lambda w: forms.advance_form(w.desk),
    "a bank statement": lambda w: forms.bank_form(w.desk),
    "a cash count": lambda w: forms.count_form(w.desk),
    "an opening balance": lambda w: fundforms.opening_form(w.desk),
    "a fund": lambda w: village_forms.fund_form(w.desk),
    "an arrival": lambda w: village_forms.arrival_form(w.desk),
    "the village's card": lambda w: village_forms.card_form(w.desk),
    "a body": lambda w: village_forms.body_form(w.desk),
    "a relative": lambda w: kinship_form(w.desk, lambda _text: []),
    "a sign-off chain": lambda w: chain_form(w.desk),
    "a line of a pay sheet": _line,
    "attendance": lambda w: AttendanceForm(w.desk),
    "a reversal": lambda w: reverse_form(w.desk, w.desk.find(Voucher)[0]),
    "a payment done anew": lambda w: redo_form(w.desk, w.desk.find(Voucher)[0]),
    "a notice with its remark": lambda w: prepare_form(w.desk, "funds"),
    "a correction": lambda w: correct_form(w.desk, _notice(w), "说明"),
    "a supplement": lambda w: supplement_form(w.desk, _notice(w)),
    "where a notice hangs": lambda w: post_form(w.desk, _notice(w)),
    "the five slots": lambda w: slots_form(w.desk),
    "the words of a notice": lambda w: wordings_form(w.desk, "funds"),
    "an objection": lambda w: register_form(w.desk),
    "an answer": lambda w: reply_form(w.desk, _objection(w)),
    "the wish to open a month": lambda w: reopening_form(w.desk, _closing(w)),
    "the township's word": lambda w: verdict_form(w.desk, w.desk.find(Claim)[0], Ruling.QUERIED),
}

SHORT: dict[str, Callable[[World], Form]] = {
    "a payment": lambda w: pay_form(w.desk, w.desk.find(Claim)[0]),
    "a period": lambda w: period_form(w.desk),
    "the beginning of a pay sheet": lambda w: StartForm(w.desk),
    "an officer": lambda w: village_forms.officer_form(w.desk),
}


def _fill_in(form: Form, photo: Path) -> None:
    """Write into every field something other than what stands there."""
    for place, field in enumerate(list(form.fields.values())):
        _write(field, place, photo)
        field.edited.emit()
        field.left.emit()
    form.put_by()


def _write(field: Field, place: int, photo: Path) -> None:
    if isinstance(field, MotionsField):
        card = field.add("审议路灯")
        card.yes.retype("3x")
        field.add("审议道路").abstain.retype("2")
    elif isinstance(field, ChoiceField):
        others = [one for one in field._find("") if one.id != field.value()]
        field.set_value(others[-1].id if others else field.value())
    elif isinstance(field, DateField):
        field.retype("4月2日")
    elif isinstance(field, CheckField):
        field.set_value(not field.value())
    elif isinstance(field, FilesField):
        field.set_value([photo])
    elif isinstance(field, FileField):
        field.set_value(photo)
    elif not isinstance(field, PasswordField):
        field.retype(f"{place}.5 写了一半 a")


def _agree(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; return what is asked."""
    asked: list[str] = []

    def agree(_form: QWidget, words: str, _verb: str, *, stay: str) -> bool:
        assert stay
        asked.append(words)
        return True

    monkeypatch.setattr(dialogs, "confirm", agree)
    return asked


def _words(form: Form) -> str:
    return "\n".join(label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form))


def _files(desk: Desk) -> list[Path]:
    return sorted((desk.folder / FOLDER).glob("*.json"))


@pytest.mark.parametrize("name", WORTH_KEEPING)
def test_what_is_typed_survives_and_goes_when_it_is_not_wanted(
    lay: Lay, world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = WORTH_KEEPING[name]
    asked = _agree(monkeypatch)
    form = lay(make(world))
    before, tip = form._contents(), world.desk.tip()
    _fill_in(form, world.photo)
    typed = form._contents()
    assert typed != before

    again = lay(make(world))
    assert again._contents() == typed
    assert WENT_ON in _words(again)
    assert again.is_changed
    assert world.desk.tip() == tip, "nothing came into the books"
    again.drop()
    assert len(asked) == 1
    assert _files(world.desk) == []
    form.forget()
    assert lay(make(world))._contents() == before


@pytest.mark.parametrize("name", SHORT)
def test_a_form_of_a_choice_or_two_keeps_nothing(lay: Lay, world: World, name: str) -> None:
    form = lay(SHORT[name](world))
    _fill_in(form, world.photo)
    form.put_by()
    assert _files(world.desk) == []
    assert "不保存，返回" in [one.text() for one in form.findChildren(QPushButton)]


def test_each_record_and_each_person_has_text_of_their_own(lay: Lay, world: World) -> None:
    desk, (road, rubbish, _) = world.desk, world.books.projects
    _fill_in(lay(ContractForm(desk, road), "登记合同", road.id), world.photo)
    assert not lay(ContractForm(desk, rubbish), "登记合同", rubbish.id).is_changed
    assert not lay(ContractForm(desk, road), "再登记合同", road.id).is_changed
    as_(desk, "赵主任")
    assert not lay(ContractForm(desk, road), "登记合同", road.id).is_changed
    as_(desk, "李会计")
    assert lay(ContractForm(desk, road), "登记合同", road.id).is_changed


def test_whoever_signs_in_does_not_find_another_s_form(lay: Lay, world: World) -> None:
    form = lay(SurveyForm(world.desk, world.road))
    _fill_in(form, world.photo)
    page = next(one for one in QApplication.allWidgets() if isinstance(one, Forms) and one.isAncestorOf(form))
    as_(world.desk, "赵主任")
    page.focus_top()
    assert page.steps_in == 0
    as_(world.desk, "李会计")
    assert lay(SurveyForm(world.desk, world.road)).is_changed


def _a_listed_project(desk: Desk) -> Project:
    with desk.change("test.listed") as change:
        return change.put(
            Project(year=2026, name="路灯", class_code="1", item="供电", place="1组", budget_fen=5_000_00)
        )


def _typed_and_revised(lay: Lay, desk: Desk, name: str, text: str) -> Form:
    """Type one thing about a project, revise its budget from elsewhere, and take the form up again."""
    project = _a_listed_project(desk)
    form = lay(ProjectForm(desk, project))
    form.fields[name].retype(text)
    form.fields[name].edited.emit()
    form.fields[name].left.emit()
    with desk.change("test.revised") as change:
        change.put(replace(project, budget_fen=7_000_00))
    return lay(ProjectForm(desk, desk.get(Project, project.id)))


def test_what_the_books_say_anew_is_shown_where_nothing_was_typed(lay: Lay, world: World) -> None:
    again = _typed_and_revised(lay, world.desk, "place", "1至6组")
    assert (again.values()["place"], again.values()["budget_fen"]) == ("1至6组", 7_000_00)
    assert "账里后来改过" not in _words(again)


def test_what_was_typed_over_something_new_is_to_be_looked_at(lay: Lay, world: World) -> None:
    again = _typed_and_revised(lay, world.desk, "budget_fen", "99")
    assert again.values()["budget_fen"] == 99_00
    assert "账里后来改过，请核对：预算。" in _words(again)


def test_what_is_gone_is_named_and_the_day_it_was_written_told(lay: Lay, world: World, clock: SetClock) -> None:
    form = lay(ContractForm(world.desk, world.road))
    _fill_in(form, world.photo)
    world.photo.unlink()
    clock.set(datetime(2026, 4, 10, 9, 0, tzinfo=CHINA))
    again = lay(ContractForm(world.desk, world.road))
    assert "这是2026年4月8日写的。" in _words(again)
    assert "这几格原来选的已经不在了，请重新填：合同照片。" in _words(again)
    assert again.values()["photos"] == ()
    assert again.fields["signed_on"].typed() == form.fields["signed_on"].typed()


def test_the_number_of_an_account_is_never_written_down(lay: Lay, world: World) -> None:
    person = world.books.people[0]
    form = lay(AccountForm(world.desk, person))
    for name, text in (("account", "6217 0012 3456 7890"), ("why", "换了新存折")):
        form.fields[name].retype(text)
        form.fields[name].edited.emit()
        form.fields[name].left.emit()
    (file,) = _files(world.desk)
    assert "6217" not in file.read_text("utf-8")
    again = lay(AccountForm(world.desk, person))
    assert (again.values()["account"], again.values()["why"]) == ("", "换了新存折")
    assert "为了安全，这几格没有存，请重新填：正确的账号。" in _words(again)


def test_the_hands_are_where_the_work_goes_on(lay: Lay, world: World) -> None:
    form = lay(ContractForm(world.desk, world.road))
    for name in ("party", "scope"):
        form.fields[name].retype("写好的")
        form.fields[name].edited.emit()
        form.fields[name].left.emit()
    again = lay(ContractForm(world.desk, world.road))
    assert again.focusWidget() is again.fields["standard"].editor


def test_what_is_saved_is_not_taken_up_again(lay: Lay, world: World) -> None:
    form = lay(kinship_form(world.desk, lambda _text: []))
    for name, text in (("holder", "赵主任"), ("relative", "赵小明"), ("relation", "儿子")):
        form.fields[name].retype(text)
        form.fields[name].edited.emit()
        form.fields[name].left.emit()
    assert len(_files(world.desk)) == 1
    assert form.try_save()
    assert _files(world.desk) == []
    assert not lay(kinship_form(world.desk, lambda _text: [])).is_changed


def test_the_words_of_each_kind_of_notice_are_kept(world: World, qtbot: QtBot) -> None:
    def view() -> WordingsView:
        page = Forms(world.desk)
        qtbot.addWidget(page)
        open_wordings(page, "funds")
        shown = page._stack.currentWidget()
        assert isinstance(shown, WordingsView)
        return shown

    first = view()
    for kind, text in (("funds", "写给资金"), ("pay", "写给报酬")):
        if kind != "funds":
            first._choice.set_value(kind)
            first._on_chosen()
        first.form.fields["ending"].retype(text)
        first.form.fields["ending"].edited.emit()
    first.put_by()
    again = view()
    assert again.form.values()["ending"] == "写给资金"
    assert "写给资金" in again.reading.text()
    again.show_kind("pay")
    assert again.form.values()["ending"] == "写给报酬"
    for one in (first, again):
        one.form.forget()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_deed_on_a_worker_keeps_its_text_until_it_is_done(world: World, qtbot: QtBot) -> None:
    page, gate, refuses = Forms(world.desk), Event(), [True, False]
    qtbot.addWidget(page)
    page.show()

    def work(_desk: Desk, _values: Values, _reason: str, _progress: Progress) -> str:
        gate.wait(5)
        if refuses.pop(0):
            raise DiskFull
        return "挂好了"

    done: list[str] = []
    fill_then_work(page, "张贴", lambda: post_form(world.desk, _notice(world)), "正在登记", work, done.append, about="")
    form = page._stack.currentWidget()
    assert isinstance(form, Form)
    form.fields["board"].retype("村口公示栏")
    form.fields["board"].edited.emit()
    assert form.try_save()
    assert len(_files(world.desk)) == 1
    gate.set()
    qtbot.waitUntil(lambda: "磁盘满了" in _words(form))
    assert len(_files(world.desk)) == 1
    assert form.try_save()
    qtbot.waitUntil(lambda: done == ["挂好了"])
    assert (page.steps_in, _files(world.desk)) == (0, [])


def test_half_a_year_later_nobody_wants_it_any_more(lay: Lay, world: World, clock: SetClock, qtbot: QtBot) -> None:
    _fill_in(lay(ContractForm(world.desk, world.road)), world.photo)
    clock.set(clock.now() + timedelta(days=181))
    lay(SurveyForm(world.desk, world.road))
    qtbot.waitUntil(lambda: _files(world.desk) == [])


def test_typing_on_without_a_pause_is_kept_all_the_same(lay: Lay, world: World, qtbot: QtBot) -> None:
    form = lay(reply_form(world.desk, _objection(world)))
    text = form.fields["text"].editor
    for _ in range(40):
        QTest.keyClicks(text, "word ")
        qtbot.wait(100)
        if _files(world.desk):
            break
    assert "word word" in _files(world.desk)[0].read_text("utf-8")


def test_typing_is_not_slowed(lay: Lay, world: World) -> None:
    """A key press only starts timers; what is written is written beside, at a pause and when a field is left."""
    form = lay(forms.bank_form(world.desk))
    line = form.fields["note"].editor
    began = perf_counter()
    QTest.keyClicks(line, "x" * 150)
    assert (perf_counter() - began) / 150 < 0.01
