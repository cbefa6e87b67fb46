"""The page of money out, pressed and typed on as a person does, on a real desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.payments.paying import (
    EXPENSES,
    PAYROLL,
    REGISTER,
    a_claim,
    approved,
    as_,
    grant_project,
    granted,
    moved,
    reviewed,
    submitted,
)
from tests.ui.conftest import Type
from tests.ui.opening import Went, form, press, top
from villagedesk.oversight.usecases import review
from villagedesk.payments import register, usecases
from villagedesk.payments.model import Claim, ClaimState, Outcome, PastExpense, Payroll
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake import wizard
from villagedesk.ui.intake.wizard import Wizard
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.choicefield import ChoiceField, ChoicePopup
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.means import MeansCard
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.village.usecases import import_people, sign_out

S = ClaimState
FORMS = ("支出审批单", "票据粘贴单")
"""What may be printed of any claim besides its own form."""
POPUPS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
"""Without a screen a popup says what it cannot do there."""
InDialog = Callable[[Callable[[QWidget], object]], None]


def words(page: PaymentsPage) -> str:
    return "\n".join(label.text() for label in top(page).findChildren(QLabel))


def verbs(page: PaymentsPage) -> list[str]:
    return [action.text() for action in page.actions_now()]


def rows(page: PaymentsPage) -> list[tuple[str, str]]:
    """Return payee and state of every row."""
    model = page.list.model
    return [(model.row_at(row).payee, str(model.data(model.index(row, 6)))) for row in range(model.rowCount())]


def fill(form: Form, project: Project, **values: object) -> None:
    plain = {"project_id": project.id, "payee": "双石镇建材经营部", "amount_fen": 1_409_50, "purpose": "垃圾桶20个"}
    form.set_values(plain | {"invoice_number": "37841741", "witness": "程贵世"} | values)


def with_reason(text: str) -> Callable[[QWidget], object]:
    """Write a reason into the dialog and press what it offers."""

    def act(over: QWidget) -> None:
        assert isinstance(over, QDialog)
        over.findChildren(QPlainTextEdit)[0].setPlainText(text)
        over.accept()

    return act


def agree(over: QWidget) -> None:
    """Press what a dialog offers."""
    assert isinstance(over, QDialog)
    over.accept()


def leave(over: QWidget) -> None:
    """Close a dialog without it."""
    assert isinstance(over, QDialog)
    over.reject()


# The register


def test_an_empty_register_says_what_to_do_and_offers_it(page: PaymentsPage) -> None:
    assert rows(page) == []
    assert page.list._empty.isVisible()
    page.list._empty.pressed.emit()
    assert isinstance(top(page), ClaimForm)


def test_claims_are_listed_newest_first_with_state_sum_and_voucher(
    page: PaymentsPage, desk: Desk, project: Project
) -> None:
    usecases.post(desk, granted(desk, a_claim(project, 100_00, spent_on=date(2026, 1, 2))).id)
    reverse = granted(desk, a_claim(project, 200_00, spent_on=date(2026, 1, 3), payee="冯国秀"))
    usecases.reverse(desk, usecases.post(desk, reverse.id).id, "退货")
    submitted(desk, a_claim(project, 300_00, payee="于燕琴"))
    assert rows(page) == [("于燕琴", "待理财审核"), ("冯国秀", "已冲销"), ("双石镇建材经营部", "已付")]
    assert page.list._sum.text() == "合计 400.00 元（草稿、未通过、作废、冲销的不算）"
    assert page.list.model.row_at(2).voucher == "2026-1"


@pytest.mark.parametrize(
    ("stretch", "found"), [("all", 3), ("draft", 1), ("passing", 1), ("due", 1), ("paid", 0), ("ended", 0)]
)
def test_the_register_narrows_by_stretch(
    page: PaymentsPage, desk: Desk, project: Project, stretch: str, found: int
) -> None:
    usecases.draft(desk, a_claim(project, 1))
    submitted(desk, a_claim(project, 2))
    granted(desk, a_claim(project, 3))
    page._stretches.pick(stretch)
    assert len(rows(page)) == found


def test_words_find_and_heads_sort(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type, qtbot: QtBot
) -> None:
    for fen, payee in ((1, "冯国秀"), (3, "于燕琴"), (2, "冯国秀")):
        usecases.draft(desk, a_claim(project, fen, payee=payee))
    type_in(page.list.filter, "国秀")
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert page.list._sum.text() == "合计 0.00 元（草稿、未通过、作废、冲销的不算）"
    page._stretches.pick("draft")
    assert page.list._sum.text() == "合计 0.03 元"
    page._stretches.pick("all")
    page.list.filter.clear()
    page.list.reload()
    for section, key in enumerate(("spent_on", "payee", "purpose", "project", "amount_fen", "", "state")):
        page.list._sort_by(section)
        assert page.list._sort == (key or "amount_fen"), "a running sum sorts nothing"
    page.list.model.load("", "amount_fen", descending=True)
    assert page.list.model.row_at(0).amount_fen == 3


def test_a_row_opens_its_claim(page: PaymentsPage, desk: Desk, project: Project) -> None:
    claim = usecases.draft(desk, a_claim(project))
    page.list.view.entered_row.emit(0)
    assert page.title_now() == f"报账单 {claim.number}"
    assert "人民币壹仟肆佰零玖元伍角" in words(page)
    page.back()
    page.look_at(claim.id)
    assert page.steps_in == 1


def test_the_register_prints_for_a_period(page: PaymentsPage, desk: Desk, project: Project) -> None:
    usecases.post(desk, granted(desk, a_claim(project)).id)
    press(page, "登记簿")
    period = form(page).fields["period"]
    assert isinstance(period, ChoiceField)
    assert (period.value(), period.offers("2025-08")) == ("2026Q1", True), "a single month prints too"
    assert form(page).try_save()
    assert isinstance(top(page), Preview)


def test_the_register_is_written_for_excel(
    page: PaymentsPage,
    desk: Desk,
    project: Project,
    tmp_path: Path,
    qtbot: QtBot,
    in_dialog: InDialog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usecases.post(desk, granted(desk, a_claim(project)).id)
    folder = tmp_path / "表格"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    told: list[bool] = []
    in_dialog(lambda over: told.append(over.close()))
    press(page, "导出表格")
    form(page).set_values({"period": "2026"})
    assert form(page).try_save()
    qtbot.waitUntil(lambda: bool(told))
    assert [path.name for path in folder.glob("*.xlsx")] == ["支出登记簿 2026年.xlsx"]
    (listed,) = folder.glob("*.csv")
    assert "1409.50" in listed.read_text("utf-8-sig")
    assert page.steps_in == 0


# Writing a claim


@POPUPS
def test_a_claim_is_written_with_the_keyboard_alone(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type
) -> None:
    grant_project(desk, "路灯电费")
    press(page, "记一笔")
    writing = form(page)
    enter = Qt.Key.Key_Return

    def here(name: str) -> QWidget:
        """Return the field's input, in which the keyboard has to be."""
        editor = writing.fields[name].editor
        assert writing.focusWidget() is editor, name
        return editor

    def go_on() -> None:
        widget = writing.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, enter)

    QTest.keySequence(here("spent_on"), "Ctrl+A")
    QTest.keyClicks(here("spent_on"), "1.3")
    go_on()
    QTest.keyClicks(here("project_id"), "l")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    QTest.keyClicks(popup._line, "dd")
    assert [choice.label for choice in popup._found] == ["路灯电费"]
    QTest.keyClick(popup, enter)
    go_on()
    type_in(here("payee"), "荣县供电公司")
    go_on()
    QTest.keyClicks(here("amount_fen"), "6007.14")
    assert "人民币陆仟零柒元壹角肆分" in words(page)
    go_on()
    type_in(here("purpose"), "12月电费")
    go_on()
    here("invoice_kind")
    go_on()
    QTest.keyClicks(here("invoice_number"), "53358933")
    go_on()
    here("pay_way")
    go_on()
    here("handler")
    go_on()
    type_in(here("witness"), "程贵世")
    QTest.keyClick(here("witness"), enter, Qt.KeyboardModifier.ControlModifier)
    (claim,) = desk.find(Claim)
    assert (claim.payee, claim.amount_fen, claim.purpose, claim.state) == (
        "荣县供电公司", 600_714, "12月电费", S.SUBMITTED,
    )  # fmt: skip
    assert (claim.spent_on, claim.handler) == (date(2026, 1, 3), "李会计")
    assert page.title_now() == "记一笔"
    assert "提交了：荣县供电公司，12月电费，6,007.14 元。接着记下一笔。" in words(page)
    kept = form(page).values()
    assert (kept["spent_on"], kept["project_id"], kept["invoice_kind"]) == (
        date(2026, 1, 3), claim.project_id, "增值税普通发票",
    )  # fmt: skip
    assert (kept["payee"], kept["amount_fen"], kept["purpose"], kept["invoice_number"]) == ("", None, "", "")


def test_findings_stand_beside_their_fields_while_typing(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    project = grant_project(desk, "路灯电费", 3_000_00)
    submitted(desk, a_claim(project, 2_000_00))
    page.new()
    writing = form(page)
    fill(writing, project)
    amount = writing.fields["amount_fen"]
    amount.editor.clear()  # type: ignore[attr-defined]
    QTest.keyClicks(amount.editor, "1200")
    qtbot.waitUntil(lambda: bool(amount._findings.messages()))
    assert amount._findings.messages() == [
        "超出项目预算：预算还剩1,000.00元（另有2,000.00元正在报账），这一笔是1,200.00元。"
    ]
    assert not writing.try_save()
    assert len(desk.find(Claim)) == 1


def test_the_project_tells_what_may_still_be_spent(page: PaymentsPage, desk: Desk, project: Project) -> None:
    project = grant_project(desk, "路灯电费", 3_000_00)
    submitted(desk, a_claim(project, 2_000_00))
    page.new()
    field = form(page).fields["project_id"]
    assert isinstance(field, ChoiceField)
    field.set_value(project.id)
    field.edited.emit()
    (strip,) = form(page).findChildren(MeansCard)
    assert strip.isVisible()
    assert strip.accessibleName() == (
        "预算3,000.00元，已付0.00元，已批0.00元，在办2,000.00元，这一笔0.00元，剩余1,000.00元；县级补助到账还能用 98,000.00 元"
    )
    amount = form(page).fields["amount_fen"]
    QTest.keyClicks(amount.editor, "1200")
    assert "剩余-200.00元" in strip.accessibleName()
    assert "超出 200.00" in words(page)


def test_a_warning_asks_for_its_reason_in_the_form(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    writing = form(page)
    fill(writing, project, invoice_number="")
    assert not writing.try_save()
    assert writing._reason.isVisible()
    writing._reason.set_value("定额发票，没有号码")
    assert writing.try_save()
    assert desk.find(Claim)[0].excuse == "定额发票，没有号码"


@POPUPS
def test_payees_paid_before_and_villagers_are_proposed(
    page: PaymentsPage, desk: Desk, project: Project, type_in: Type
) -> None:
    import_people(desk, REGISTER)
    usecases.draft(desk, a_claim(project))
    page.new()
    payee = form(page).fields["payee"]
    assert isinstance(payee, SuggestField)
    assert payee._find("建材") == ["双石镇建材经营部"]
    assert "张䶮" in payee._find("zy")
    payee.setFocus()
    type_in(payee.editor, "张")
    assert "张䶮" in payee.proposals()
    QTest.keyClick(payee.editor, Qt.Key.Key_Up)
    QTest.keyClick(payee.editor, Qt.Key.Key_Escape)
    assert payee.proposals() == []
    assert isinstance(top(page), ClaimForm)
    type_in(payee.editor, "䶮")
    assert payee.proposals() == []
    QTest.keySequence(payee.editor, "Ctrl+A")
    type_in(payee.editor, "建材")
    assert payee.proposals() == ["双石镇建材经营部"]
    QTest.keyClick(payee.editor, Qt.Key.Key_Down)
    QTest.keyClick(payee.editor, Qt.Key.Key_Return)
    assert payee.value() == "双石镇建材经营部"
    assert payee.proposals() == []
    QTest.keyClick(payee.editor, Qt.Key.Key_Backspace)
    assert payee.proposals() == ["双石镇建材经营部"]
    QTest.keyClick(payee.editor, Qt.Key.Key_Return)
    assert payee.proposals() == []
    assert form(page).focusWidget() is form(page).fields["amount_fen"].editor


@POPUPS
def test_a_proposal_is_taken_with_the_mouse(page: PaymentsPage, desk: Desk, project: Project, type_in: Type) -> None:
    usecases.draft(desk, a_claim(project))
    page.new()
    payee = form(page).fields["payee"]
    assert isinstance(payee, SuggestField)
    payee.setFocus()
    type_in(payee.editor, "建材")
    payee._list.pressed.emit(payee._model.index(0))
    assert payee.value() == "双石镇建材经营部"


def test_a_draft_is_kept_gone_on_with_and_submitted(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    fill(form(page), project)
    press(page, "存草稿")
    (claim,) = desk.find(Claim)
    assert claim.state is S.DRAFT
    assert "核对无误后提交审核" in words(page)
    press(page, "修改")
    form(page).fields["purpose"].set_value("垃圾桶30个")
    press(page, "存草稿")
    assert desk.get(Claim, claim.id).purpose == "垃圾桶30个"
    press(page, "提交审核")
    assert desk.get(Claim, claim.id).state is S.SUBMITTED
    assert "等民主理财小组审核" in words(page)


def test_a_draft_without_what_it_needs_is_not_kept(page: PaymentsPage, desk: Desk, project: Project) -> None:
    page.new()
    fill(form(page), project, payee="")
    press(page, "存草稿")
    assert desk.find(Claim) == []
    assert form(page).fields["payee"]._findings.messages() == ["请填收款人。"]
    form(page).fields["spent_on"].set_value(None)
    assert not form(page).try_save()


def test_a_draft_shows_what_stands_against_it_and_asks_for_the_reason(
    page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog
) -> None:
    claim = usecases.draft(desk, a_claim(project, invoice_number=""))
    page.open(claim.id)
    assert "没有填票据号" in words(page)
    in_dialog(leave)
    press(page, "提交审核")
    assert desk.get(Claim, claim.id).state is S.DRAFT
    in_dialog(with_reason("定额发票"))
    press(page, "提交审核")
    assert desk.get(Claim, claim.id).excuse == "定额发票"
    assert "有提醒仍提交的原因" in words(page)


def test_a_blocked_draft_says_why(page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog) -> None:
    submitted(desk, a_claim(project))
    twin = usecases.draft(desk, a_claim(project, payee="另一家"))
    page.open(twin.id)
    said: list[str] = []

    def read(over: QWidget) -> None:
        said.extend(label.text() for label in over.findChildren(QLabel))
        assert isinstance(over, QDialog)
        over.accept()

    in_dialog(read)
    press(page, "提交审核")
    assert any("这张票据已经写在另一笔上" in text for text in said)


def test_a_draft_is_thrown_away_after_asking(
    page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog
) -> None:
    page.open(usecases.draft(desk, a_claim(project)).id)
    in_dialog(agree)
    press(page, "删去草稿")
    assert desk.find(Claim) == []
    assert page.steps_in == 0


# A claim on its way


def test_what_is_offered_goes_with_the_state(page: PaymentsPage, desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    page.open(claim.id)
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "作废", "去审核"]
    reviewed(desk, claim)
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "作废", "不同意", "有疑问", "审批同意"]
    claim = approved(desk, desk.get(Claim, claim.id))
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "作废", "去上报"]
    claim = moved(desk, claim, "grant")
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "作废", "付款入账"]
    voucher = usecases.post(desk, claim.id)
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "打印凭证", "冲销", "冲销并重做"]
    usecases.reverse(desk, voucher.id, "退货")
    assert verbs(page) == ["再记一笔", "打印报账单", *FORMS, "打印凭证"]


def test_a_claim_is_paid_and_reversed_on_the_page(page: PaymentsPage, desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    page.open(claim.id)
    press(page, "付款入账")
    assert "今天是第1号" in words(page)
    form(page).fields["posted_on"].set_value(date(2026, 1, 9))
    assert not form(page).try_save()
    form(page).fields["posted_on"].set_value(None)
    assert not form(page).try_save()
    form(page).fields["posted_on"].set_value(date(2026, 1, 5))
    assert form(page).try_save()
    assert "凭证2026年第1号" in words(page)
    press(page, "冲销")
    assert not form(page).try_save()
    form(page).fields["posted_on"].set_value(None)
    assert not form(page).try_save()
    form(page).set_values({"reason": "票据开错单位", "posted_on": date(2026, 1, 5)})
    assert form(page).try_save()
    assert "凭证2026年第2号：票据开错单位" in words(page)
    assert [badge.text() for badge in top(page).findChildren(Badge)] == ["已付款入账", "已冲销"]
    press(page, "打印凭证")
    assert isinstance(top(page), Preview)


def test_a_query_is_read_and_answered(page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog) -> None:
    claim = submitted(desk, a_claim(project))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.QUERIED, "数量比上月多一倍")
    as_(desk, "李会计")
    page.open(claim.id)
    assert "数量比上月多一倍" in words(page)
    in_dialog(with_reason("本月修了两条路，附签收单"))
    press(page, "答复")
    assert desk.get(Claim, claim.id).state is S.SUBMITTED
    assert "本月修了两条路，附签收单" in words(page)


@pytest.mark.parametrize(("verb", "state"), [("审批同意", S.APPROVED), ("有疑问", S.QUERIED), ("不同意", S.REFUSED)])
def test_the_village_head_gives_their_word_here(
    page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog, verb: str, state: ClaimState
) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    page.open(claim.id)
    as_(desk, "赵主任")
    if state is not S.APPROVED:
        in_dialog(with_reason("单价偏高"))
    press(page, verb)
    assert desk.get(Claim, claim.id).state is state


def test_whose_part_it_is_not_is_told_so(page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    page.open(claim.id)
    said: list[str] = []

    def read(over: QWidget) -> None:
        said.extend(label.text() for label in over.findChildren(QLabel))
        assert isinstance(over, QDialog)
        over.accept()

    in_dialog(read)
    press(page, "审批同意")
    assert any("这一步由村主要负责人办理" in text for text in said)
    assert desk.get(Claim, claim.id).state is S.REVIEWED


def test_a_claim_is_withdrawn_with_a_reason(
    page: PaymentsPage, desk: Desk, project: Project, in_dialog: InDialog
) -> None:
    claim = submitted(desk, a_claim(project))
    page.open(claim.id)
    in_dialog(with_reason("金额多记一位"))
    press(page, "作废")
    assert desk.get(Claim, claim.id).state is S.WITHDRAWN
    assert "金额多记一位" in words(page)


def test_the_page_leads_to_the_reviewers_and_to_the_township(
    page: PaymentsPage, desk: Desk, project: Project, went: Went
) -> None:
    claim = submitted(desk, a_claim(project))
    page.open(claim.id)
    press(page, "去审核")
    approved(desk, reviewed(desk, claim))
    press(page, "去上报")
    assert went == [("oversight", claim.id), ("exchange", "")]


def test_nobody_acts_unsigned(page: PaymentsPage, desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    draft = usecases.draft(desk, a_claim(project, 7))
    sign_out(desk)
    press(page, "记一笔")
    press(page, "导入发放表")
    assert page.steps_in == 0
    page.open(claim.id)
    for verb in ("付款入账", "作废"):
        press(page, verb)
        assert page.steps_in == 1
    page.open(draft.id)
    for verb in ("提交审核", "删去草稿", "修改"):
        press(page, verb)
    assert desk.get(Claim, draft.id) == draft


@pytest.mark.parametrize("paper", ["打印报账单", *FORMS])
def test_a_claims_forms_print(page: PaymentsPage, desk: Desk, project: Project, paper: str) -> None:
    page.open(submitted(desk, a_claim(project)).id)
    press(page, paper)
    assert isinstance(top(page), Preview)
    assert page.title_now().startswith(paper.removeprefix("打印"))


# Foreign sheets


def reading(page: PaymentsPage, qtbot: QtBot) -> Wizard:
    """Wait until a sheet was read and what it would bring is shown."""
    qtbot.waitUntil(lambda: isinstance(top(page), Wizard), timeout=10_000)
    shown = top(page)
    assert isinstance(shown, Wizard)
    return shown


def test_a_pay_sheet_is_taken_in_for_a_project(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(desk, REGISTER)
    notes: list[str] = []
    monkeypatch.setattr(wizard, "show_note", lambda _page, words: notes.append(words))
    press(page, "导入发放表")
    assert not form(page).try_save()
    form(page).set_values({"file": PAYROLL, "project_id": project.id})
    assert form(page).try_save()
    reading(page, qtbot).go_on()
    qtbot.waitUntil(lambda: bool(notes), timeout=10_000)
    assert "21,601.00" in notes[0]
    assert desk.find(Payroll)
    assert "尾号\u00a07012" in words(page)
    assert "6214578859271147012" not in words(page)
    press(page, "打印发放表")
    assert isinstance(top(page), Preview)


def test_old_expenses_are_taken_over(
    page: PaymentsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []
    monkeypatch.setattr(wizard, "show_note", lambda _page, words: notes.append(words))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(EXPENSES), ""))
    press(page, "往年支出")
    assert page._past
    page._past._empty.pressed.emit()
    reading(page, qtbot).go_on()
    qtbot.waitUntil(lambda: bool(notes), timeout=10_000)
    assert "2025年支出91笔" in notes[0]
    assert len(desk.find(PastExpense)) == page._past.model.rowCount() == 91
    page._past.filter.setText("冯国秀")
    page._past.reload()
    assert {page._past.model.row_at(row).payee for row in range(page._past.model.rowCount())} == {"冯国秀"}
    assert [page._past.model.data(page._past.model.index(0, column)) for column in (0, 3)] != ["", ""]
    assert "合计" in page._past._sum.text()


def test_a_sheet_that_is_not_right_is_listed_by_row(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    """Nobody is in the register: every name of the sheet is unknown."""
    press(page, "导入发放表")
    form(page).set_values({"file": PAYROLL, "project_id": project.id})
    assert form(page).try_save()
    shown = reading(page, qtbot)
    assert "有14处不对" in words(page)
    shown.go_on()
    assert desk.find(Payroll) == []


def test_a_hundred_thousand_claims_are_never_held_at_once(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    """The list holds ids and the rows near what is seen."""
    draft = usecases.draft(desk, a_claim(project))
    with desk.change("test.many") as change:
        for number in range(600):
            change.put(replace(draft, id="", version=0, invoice_number=f"M{number}"))
    asked: list[int] = []
    lines = register.claim_lines
    source = page.list.model._source

    def counted(ids: list[int]) -> object:
        asked.append(len(ids))
        return lines(desk, ids)

    source.rows = counted  # type: ignore[method-assign,assignment]
    page.list.reload()
    page.list.view.scrollToBottom()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 601)
    assert sum(asked) <= 401
