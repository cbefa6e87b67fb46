"""A claim typed in a hurry: few key presses, what is known is proposed, what was typed survives."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.payments.paying import DAY, a_claim, grant_project, submitted
from tests.payments.test_contracts import sign, visit
from tests.ui.conftest import Type
from villagedesk.deliberation.model import Motion
from villagedesk.payments import usecases
from villagedesk.payments.evidence import papers_of
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayWay
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import kept, names
from villagedesk.ui.kit.choicefield import ChoiceField, ChoicePopup
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.page import PaymentsPage

S = ClaimState
ENTER = Qt.Key.Key_Return
POPUPS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)


class Typist:
    """Types data and counts the key presses beyond it."""

    def __init__(self, page: PaymentsPage) -> None:
        self._page = page
        self.presses = 0

    def data(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        QTest.keyClick(self._focus(), key, modifier)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, ChoicePopup):
            return popup._line if popup._line.isVisible() else popup
        here = self._page.window().focusWidget()
        assert here is not None
        return here


def form(page: PaymentsPage) -> ClaimForm:
    shown = page._stack.currentWidget()
    assert isinstance(shown, ClaimForm)
    return shown


def words(page: PaymentsPage) -> str:
    return "\n".join(label.text() for label in form(page).findChildren(QLabel) if label.isVisibleTo(form(page)))


@pytest.fixture
def paid_before(desk: Desk, project: Project) -> Claim:
    """荣县供电公司 was paid in December for November's electricity on another project, by a tax office's invoice."""
    lights = grant_project(desk, "路灯电费")
    facts = {"payee": "荣县供电公司", "purpose": "11月电费", "invoice_kind": "税务代开发票", "witness": "吴代表"}
    return usecases.draft(desk, a_claim(lights, 98_70, spent_on=date(2025, 12, 3), **facts))


@POPUPS
def test_an_ordinary_expense_takes_no_more_than_twelve_presses_beyond_its_data(
    page: PaymentsPage, desk: Desk, paid_before: Claim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Date, project by initials, payee by initials, amount, purpose and kind proposed, number, a photo; then the next."""
    photo = tmp_path / "票.jpg"
    Image.new("RGB", (300, 200), "white").save(photo)

    def choose(*_: object) -> tuple[list[str], str]:
        typist.presses += 1  # Enter in the file dialog, once its name is typed
        return [str(photo)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    page.activateWindow()
    page.new()
    typist = Typist(page)
    typist.data("3")
    typist.press(ENTER)
    typist.data("lddf")
    typist.press(ENTER)
    typist.press(ENTER)
    typist.data("gdgs")
    typist.press(ENTER)
    typist.press(ENTER)
    typist.data("320.50")
    typist.press(ENTER)
    typist.press(ENTER)
    typist.press(ENTER)
    typist.data("53358933")
    typist.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    typist.press(ENTER, Qt.KeyboardModifier.ControlModifier)
    (claim,) = desk.find(Claim, "state = 'submitted'")
    assert (claim.spent_on, claim.payee, claim.amount_fen) == (date(2026, 1, 3), "荣县供电公司", 320_50)
    assert (claim.purpose, claim.invoice_kind, claim.invoice_number) == ("12月电费", "税务代开发票", "53358933")
    assert claim.project_id == paid_before.project_id
    assert claim.witness == "吴代表"
    assert len(papers_of(desk, claim.id)) == 1
    assert typist.presses <= 12
    assert form(page).values()["payee"] == "", "the next one stands ready"


def test_a_known_payee_brings_the_last_time_along(page: PaymentsPage, desk: Desk, paid_before: Claim) -> None:
    page.new()
    writing = form(page)
    payee = writing.fields["payee"]
    payee.set_value("荣县供电公司")
    payee.edited.emit()
    values = writing.values()
    assert (values["purpose"], values["invoice_kind"], values["project_id"]) == (
        "12月电费", "税务代开发票", paid_before.project_id,
    )  # fmt: skip
    assert "按上次的填好了，可以改" in words(page)
    assert "12月3日  98.70 元\n11月电费" in words(page)
    assert values["amount_fen"] is None


def test_what_was_typed_is_not_overwritten_by_a_proposal(page: PaymentsPage, desk: Desk, paid_before: Claim) -> None:
    page.new()
    writing = form(page)
    for name, value in (("purpose", "装表费"), ("project_id", desk.find(Project, "name = '生活垃圾清运'")[0].id)):
        writing.fields[name].set_value(value)
        writing.fields[name].edited.emit()
    writing.fields["payee"].set_value("荣县供电公司")
    writing.fields["payee"].edited.emit()
    values = writing.values()
    assert (values["purpose"], values["invoice_kind"]) == ("装表费", "税务代开发票")
    assert values["project_id"] != paid_before.project_id
    writing.fields["payee"].set_value("没有付过的人")
    writing.fields["payee"].edited.emit()
    assert "98.70 元" not in words(page)


def test_a_purpose_is_proposed_only_for_the_project_it_was_of(
    page: PaymentsPage, desk: Desk, project: Project, paid_before: Claim
) -> None:
    page.new()
    writing = form(page)
    writing.fields["project_id"].set_value(project.id)
    writing.fields["project_id"].edited.emit()
    writing.fields["payee"].set_value("荣县供电公司")
    writing.fields["payee"].edited.emit()
    assert (writing.values()["purpose"], writing.values()["invoice_kind"]) == ("", "税务代开发票")
    writing.fields["project_id"].set_value(paid_before.project_id)
    writing.fields["project_id"].edited.emit()
    assert writing.values()["purpose"] == "12月电费"
    writing.fields["payee"].set_value("没有付过的人")
    writing.fields["payee"].edited.emit()
    assert writing.values()["purpose"] == "", "what was proposed for somebody else goes with them"


def test_who_was_just_paid_is_known_in_the_next_form(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    facts = {"project_id": project.id, "payee": "新开的五金店", "amount_fen": 45_00, "purpose": "铁锹3把"}
    form(page).set_values(facts | {"invoice_number": "778899", "witness": "程贵世"})
    assert form(page).try_save()
    assert "提交了：新开的五金店，铁锹3把，45.00 元。接着记下一笔。" in words(page)
    payee = form(page).fields["payee"]
    assert list(payee._find("wjd")) == ["新开的五金店"]  # type: ignore[attr-defined]


def test_the_saved_claim_can_be_looked_at_from_the_next_form(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    facts = {"project_id": project.id, "payee": "五金店", "amount_fen": 45_00, "purpose": "铁锹3把"}
    form(page).set_values(facts | {"invoice_number": "778899", "witness": "程贵世"})
    form(page).try_save()
    (link,) = (made for made in form(page).findChildren(QPushButton) if made.text() == "看这一张 ›")
    link.click()
    (claim,) = desk.find(Claim)
    assert page.title_now() == f"报账单 {claim.number}"


def test_a_paper_that_is_none_is_said_and_the_claim_stays_a_draft(
    page: PaymentsPage, desk: Desk, project: Project, tmp_path: Path
) -> None:
    (tmp_path / "坏.jpg").write_bytes(b"nothing")
    page.new()
    facts = {"project_id": project.id, "payee": "五金店", "amount_fen": 45_00, "purpose": "铁锹3把"}
    form(page).set_values(facts | {"invoice_number": "778899", "witness": "程贵世", "papers": [tmp_path / "坏.jpg"]})
    assert not form(page).try_save()
    assert "坏.jpg" in words(page)
    form(page).set_values({"papers": []})
    assert form(page).try_save()
    assert [claim.state for claim in desk.find(Claim)] == [S.SUBMITTED]


def test_a_missing_thing_leads_to_where_it_is_put_right(
    page: PaymentsPage, desk: Desk, project: Project, went: list[tuple[str, str]]
) -> None:
    page.new()
    facts = {"project_id": project.id, "payee": "建筑队", "amount_fen": 20_000_00, "purpose": "修渠"}
    form(page).set_values(facts | {"invoice_number": "1"})
    assert not form(page).try_save()
    ways = [made for made in form(page).findChildren(QPushButton) if made.text() == "去办 ›"]
    assert ways
    ways[0].click()
    assert went == [("projects", project.id)]
    assert form(page).values()["payee"] == "建筑队"


def test_a_contract_that_is_missing_is_said_although_there_is_none_to_choose(
    page: PaymentsPage, project: Project
) -> None:
    page.new()
    values = {"project_id": project.id, "payee": "双石镇五金店", "amount_fen": 12_000_00, "purpose": "铁锹"}
    form(page).set_values(values | {"invoice_kind": "增值税普通发票", "invoice_number": "A1"})
    assert not form(page).try_save()
    assert not form(page).fields["contract_id"].isVisible()
    assert any("合同" in said for said in form(page)._summary.messages())


def test_the_payees_contract_is_chosen_and_what_is_due_by_its_score_proposed(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type
) -> None:
    """Nobody types the sum of a contract's part: it stands there with its arithmetic, and may be typed over."""
    running = grant_project(desk, "道路养护", state=ProjectState.RUNNING)
    signed = sign(desk, running, "甲公司")
    visit(desk, running, signed, 55)
    page.new()
    fields = form(page).fields
    fields["project_id"].set_value(running.id)
    fields["project_id"].edited.emit()
    type_in(fields["payee"].editor, "甲 公司")
    assert fields["contract_id"].value() == signed.id
    assert fields["amount_fen"].value() == 2_400_00
    assert "得55分，按“不合格”付80%：3,000.00元×80%＝2,400.00元；应付2,400.00元。" in words(page)
    QTest.keySequence(fields["amount_fen"].editor, "Ctrl+A")
    QTest.keyClicks(fields["amount_fen"].editor, "3000")
    fields["payee"].edited.emit()
    assert fields["amount_fen"].value() == 3_000_00
    type_in(fields["payee"].editor, "的兄弟")
    assert fields["contract_id"].value() is None
    assert fields["amount_fen"].value() == 3_000_00, "what was typed stays"


def test_two_contracts_of_one_party_are_told_apart_and_none_is_chosen(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type
) -> None:
    running = grant_project(desk, "道路养护", state=ProjectState.RUNNING)
    signed = [sign(desk, running, "甲公司", scope=scope) for scope in ("清扫", "补坑")]
    sign(desk, running, "乙公司")
    page.new()
    contract = form(page).fields["contract_id"]
    assert isinstance(contract, ChoiceField)
    form(page).fields["project_id"].set_value(running.id)
    form(page).fields["project_id"].edited.emit()
    type_in(form(page).fields["payee"].editor, "甲公司")
    assert contract.value() is None
    contract.set_value(signed[1].id)
    chosen = contract.choice()
    assert chosen
    assert chosen.label == "甲公司（补坑）"


def test_a_sum_that_was_due_to_one_payee_is_not_left_for_another(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type
) -> None:
    running = grant_project(desk, "道路养护", state=ProjectState.RUNNING)
    visit(desk, running, sign(desk, running, "甲公司"), 55)
    page.new()
    fields = form(page).fields
    fields["project_id"].set_value(running.id)
    fields["project_id"].edited.emit()
    type_in(fields["payee"].editor, "甲公司")
    assert fields["amount_fen"].value() == 2_400_00
    type_in(fields["payee"].editor, "的兄弟")
    assert fields["amount_fen"].value() is None


def test_whom_and_how_much_a_pay_sheet_pays_is_not_typed(page: PaymentsPage, desk: Desk, project: Project) -> None:
    with desk.change("test.sheet") as change:
        sheet = Payroll(project_id=project.id, title="一季度", period="2025Q4", sheet_date=DAY, total_fen=500_00)
        sheet = change.put(sheet)
    typed = a_claim(project, 500_00, payee="管护人员2人", pay_way=PayWay.PASSBOOK, payroll_id=sheet.id)
    page.write(usecases.draft(desk, typed))
    locked = {name for name, field in form(page).fields.items() if not field.isEnabled()}
    assert locked == {"project_id", "payee", "amount_fen", "pay_way"}


def test_where_a_meeting_may_decide_its_decisions_are_offered(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    writing = form(page)
    assert not writing.fields["decision_id"].isVisibleTo(writing)
    facts = {"project_id": project.id, "payee": "建筑队", "amount_fen": 20_000_00, "purpose": "修渠"}
    writing.set_values(facts | {"invoice_number": "1"})
    writing.findings()
    assert writing.fields["decision_id"].isVisibleTo(writing)
    assert desk.find(Motion) == []


def test_what_was_typed_is_there_again_after_leaving(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    page.new()
    writing = form(page)
    amount = writing.fields["amount_fen"]
    QTest.keyClicks(amount.editor, "45.5")
    amount.left.emit()
    page.back()
    page.new()
    assert form(page).values()["amount_fen"] == 45_50
    assert "上次没写完的，接着写。" in words(page)


def test_a_draft_being_changed_keeps_its_own_text(page: PaymentsPage, desk: Desk, project: Project) -> None:
    draft = usecases.draft(desk, a_claim(project))
    page.open(draft.id)
    page.write(draft)
    QTest.keyClicks(form(page).fields["invoice_number"].editor, "X")
    form(page).fields["invoice_number"].left.emit()
    page.back()
    page.new()
    assert form(page).values()["invoice_number"] == ""
    page.back()
    page.write(draft)
    assert form(page).values()["invoice_number"] == "XN140950"


def test_somebody_else_does_not_find_the_form_lying_there(
    page: PaymentsPage, desk: Desk, project: Project, as_head: Callable[[], None]
) -> None:
    page.new()
    as_head()
    page.focus_top()
    assert page.steps_in == 0


@pytest.fixture
def as_head(desk: Desk) -> Callable[[], None]:
    """Let the village head sign in."""
    from tests.payments.paying import as_

    return lambda: as_(desk, "赵主任")


TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from villagedesk.storage.desk import Actor, Desk
from villagedesk.ui.kit.page import Context
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.ui.theme import dress
from villagedesk.village.model import Officer

app = QApplication([])
dress(app, 100)
desk = Desk.open(Path(sys.argv[1]))
(officer,) = desk.find(Officer, "role = 'accountant'")
desk.actor = Actor(officer.id, officer.name, officer.role)
page = PaymentsPage(Context(desk, print, lambda: False))
page.resize(1100, 700)
page.show()
page.new()
form = page._stack.currentWidget()
QTest.qWaitForWindowActive(page)
form.setFocus()
for name, text in (("spent_on", "3"), ("payee", "Mueller"), ("amount_fen", "45.50"), ("purpose", "Spaten")):
    form.fields[name].setFocus()
    form.fields[name].select()
    QTest.keyClicks(form.fields[name].editor, text)
    assert not form.fields[name].findChildren(QListView) or not form.fields[name].proposals()
    QTest.keyClick(form.fields[name].editor, Qt.Key.Key_Tab)
    QTest.qWait(50)
form.fields["invoice_number"].setFocus()
QTest.keyClicks(form.fields["invoice_number"].editor, "1234")
print("typed", flush=True)
QTest.qWait(60_000)
"""


def test_a_killed_program_loses_at_most_the_number_that_was_being_typed(desk: Desk, project: Project) -> None:
    folder, actor = desk.folder, desk.actor
    assert actor
    desk.close()
    with subprocess.Popen([sys.executable, "-c", TYPIST, str(folder)], stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout
        assert typist.stdout.readline() == "typed\n"
        typist.send_signal(signal.SIGKILL)
    (name,) = names(folder, f"form-*-{actor.id}")
    found = kept(folder, name)
    assert found
    typed = {name: found.typed[name] for name in ("spent_on", "payee", "amount_fen", "purpose")}
    assert typed == {"spent_on": "2026-01-03", "payee": "Mueller", "amount_fen": "45.50", "purpose": "Spaten"} | {
        "spent_on": typed["spent_on"]
    }
    assert str(typed["spent_on"]).endswith("-03")
    with Desk.open(folder) as again:
        assert again.find(Claim) == [], "nothing half-written came into the books"


def test_an_unsubmitted_twin_is_not_made_by_a_second_enter(page: PaymentsPage, desk: Desk, project: Project) -> None:
    submitted(desk, a_claim(project, 45_00))
    page.new()
    facts = {"project_id": project.id, "payee": "五金店", "amount_fen": 45_00, "purpose": "铁锹3把"}
    form(page).set_values(facts | {"invoice_number": "N4500", "witness": "程贵世"})
    assert not form(page).try_save()
    assert "这张票据已经写在另一笔上" in words(page)
    assert len(desk.find(Claim)) == 1


def test_nothing_flashes_up_while_a_form_or_a_record_is_laid_out(
    page: PaymentsPage, desk: Desk, project: Project, qapp: QApplication
) -> None:
    """A part that is shown before it has its place is a window for a moment, and takes the keyboard with it."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    page.new()
    facts = {"project_id": project.id, "payee": "五金店", "amount_fen": 45_00, "purpose": "铁锹3把"}
    form(page).set_values(facts | {"invoice_number": "778899", "witness": "程贵世"})
    assert form(page).try_save()
    page.open(desk.find(Claim)[0].id)
    page.back()
    page.narrow()
    page.show_money()
    qapp.removeEventFilter(watch)
    assert shown == []


def test_without_room_beside_the_form_the_budget_stands_below_the_project(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    page.new()
    writing = form(page)
    writing.fields["project_id"].set_value(project.id)
    writing.fields["project_id"].edited.emit()
    hint = writing.fields["project_id"]._hint
    assert writing.stands_beside
    assert hint.text() == ""
    page.resize(800, 640)
    qtbot.waitUntil(lambda: hint.text() == "预算还剩 50,000.00 元")
    page.resize(1130, 640)
    qtbot.waitUntil(lambda: hint.text() == "")
