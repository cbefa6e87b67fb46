"""The register narrowed, summed up and acted on in a batch; where the money is as a picture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.payments.paying import a_claim, grant_project, granted, reviewed, submitted
from tests.ui.conftest import Type
from tests.ui.opening import press
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim, ClaimState, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.payments import page as module
from villagedesk.ui.payments.batch import one_by_one
from villagedesk.ui.payments.page import PaymentsPage

S = ClaimState
InDialog = Callable[[Callable[[QWidget], object]], None]


def cells(page: PaymentsPage, key: str) -> list[str]:
    """Return a column of the register from the top."""
    model = page.list.model
    column = [one.key for one in model.columns].index(key)
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def faint(page: PaymentsPage) -> list[bool]:
    """Return from the top which amounts stand back."""
    model = page.list.model
    column = [one.key for one in model.columns].index("amount_fen")
    inks = [model.data(model.index(row, column), Qt.ItemDataRole.ForegroundRole) for row in range(model.rowCount())]
    return [ink is not None for ink in inks]


def words(page: PaymentsPage) -> str:
    shown = page._stack.currentWidget()
    assert shown
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


@pytest.fixture
def three(desk: Desk, project: Project) -> list[Claim]:
    """Three drafts of three days, two payees and two projects, 1, 20 and 300 yuan."""
    lights = grant_project(desk, "路灯电费")
    facts = ((project, 1_00, 3, "冯国秀"), (lights, 20_00, 4, "荣县供电公司"), (project, 300_00, 5, "冯国秀"))
    return [
        usecases.draft(desk, a_claim(where, fen, spent_on=date(2026, 1, day), payee=payee))
        for where, fen, day, payee in facts
    ]


# Running sums


def test_an_empty_register_has_no_sum(page: PaymentsPage) -> None:
    assert cells(page, "running") == []


def test_what_the_claims_amount_to_runs_along_the_days_either_way(page: PaymentsPage, three: list[Claim]) -> None:
    page._stretches.pick("draft")
    assert cells(page, "running") == ["321.00", "21.00", "1.00"]
    page.list._sort_by(0)
    assert cells(page, "amount_fen") == ["1.00", "20.00", "300.00"]
    assert cells(page, "running") == ["1.00", "21.00", "321.00"]
    page.list._sort_by(4)
    assert cells(page, "running") == ["", "", ""], "it goes by days and by nothing else"


def test_the_running_sum_is_of_what_is_shown(page: PaymentsPage, three: list[Claim]) -> None:
    page._stretches.pick("draft")
    page.list.filter.setText("冯国秀")
    page.list.reload()
    assert cells(page, "running") == ["301.00", "1.00"]


def test_what_came_to_nothing_stands_back_and_adds_nothing(
    page: PaymentsPage, desk: Desk, project: Project, three: list[Claim]
) -> None:
    """What was paid amounts to what the vouchers amount to, whatever was reversed."""
    for claim in three[1:]:
        usecases.submit(desk, claim.id)
    usecases.withdraw(desk, three[1].id, "写错了")
    paid = granted(desk, a_claim(project, 4_000_00))
    wrong = usecases.post(desk, granted(desk, a_claim(project, 500_00)).id)
    usecases.post(desk, paid.id)
    usecases.reverse(desk, wrong.id, "退货")
    assert cells(page, "state") == ["已冲销", "已付", "待理财审核", "已作废", "草稿"]
    assert cells(page, "running") == ["4,300.00", "4,300.00", "300.00", "0.00", "0.00"]
    assert faint(page) == [True, False, False, True, True]
    assert page.list._sum.text() == "合计 4,300.00 元（草稿、未通过、作废、冲销的不算）"
    page._stretches.pick("paid")
    assert (cells(page, "running"), faint(page)) == (["4,000.00", "4,000.00"], [True, False])
    assert page.list._sum.text() == "合计 4,000.00 元（冲销的不算）"
    assert sum(voucher.amount_fen for voucher in desk.find(Voucher)) == 4_000_00
    page.list._sort_by(4)
    assert page.list._sum.text() == "合计 4,000.00 元（冲销的不算）"
    page._stretches.pick("ended")
    assert page.list._sum.text() == "这些没有付，不算合计"
    page._stretches.pick("draft")
    assert (page.list._sum.text(), faint(page)) == ("合计 1.00 元", [False])
    page._narrowing._state.set_value("reversed")
    page._narrowing._state.edited.emit()
    assert (cells(page, "amount_fen"), cells(page, "running"), faint(page)) == (["500.00"], [""], [True])
    assert (page._stretches.key(), page.list._sum.text()) == ("paid", "这些冲销了，不算合计")
    page._stretches.pick("passing")
    assert page.list._sum.text() == "合计 300.00 元"


def test_the_running_sum_of_a_long_register_is_right_on_every_page(
    page: PaymentsPage, desk: Desk, three: list[Claim]
) -> None:
    with desk.change("test.many") as change:
        for number in range(500):
            change.put(replace(three[0], id="", version=0, invoice_number=f"M{number}"))
    page._stretches.pick("draft")
    assert cells(page, "running")[-1] == "1.00"
    assert cells(page, "running")[250:252] == ["253.00", "252.00"]


# Narrowing


def test_a_project_and_a_payee_narrow_the_register(page: PaymentsPage, desk: Desk, three: list[Claim]) -> None:
    press(page, "筛选")
    narrowing = page._narrowing
    assert narrowing.isVisible()
    narrowing._project.set_value(three[1].project_id)
    narrowing._project.edited.emit()
    assert cells(page, "payee") == ["荣县供电公司"]
    assert page.list._sum.text() == "合计 0.00 元（草稿、未通过、作废、冲销的不算）"
    usecases.submit(desk, three[1].id)
    assert page.list._sum.text() == "合计 20.00 元（草稿、未通过、作废、冲销的不算）"
    narrowing._payee.set_value("冯国秀")
    narrowing._payee.edited.emit()
    assert cells(page, "payee") == []
    QTest.keyClick(narrowing, Qt.Key.Key_Escape)
    assert not narrowing.isVisible()
    assert len(cells(page, "payee")) == 3


def test_a_period_narrows_the_register(page: PaymentsPage, desk: Desk, three: list[Claim]) -> None:
    narrowing = page._narrowing
    periods = {choice.label: choice.id for choice in narrowing._period._find("")}
    assert list(periods)[:3] == ["2026年1月", "2025年12月", "2026年第一季度"]
    for label, found in (("2025年12月", 0), ("2026年第一季度", 3), ("2026年", 3), ("2022年", 0)):
        narrowing._period.set_value(periods[label])
        narrowing._period.edited.emit()
        assert len(cells(page, "payee")) == found, label


def test_any_month_of_the_books_is_found_by_its_number(page: PaymentsPage, desk: Desk, three: list[Claim]) -> None:
    with desk.change("test.old") as change:
        for year, month in ((2016, 8), (2025, 8), (2025, 9)):
            change.put(replace(three[0], id="", version=0, spent_on=date(year, month, 30)))
    page.narrow()
    narrowing = page._narrowing
    labels = [choice.label for choice in narrowing._period._find("8月")]
    assert (labels[0], labels[-1], len(labels)) == ("2025年8月", "2016年8月", 10)
    for text, label in (
        ("1月", "2026年1月"),
        ("201608", "2016年8月"),
        ("2016年第", "2016年第四季度"),
        ("2016", "2016年12月"),
    ):
        assert narrowing._period._find(text)[0].label == label
    narrowing._period.set_value(narrowing._period._find("8月")[0].id)
    narrowing._period.edited.emit()
    assert cells(page, "spent_on") == ["2025-08-30"]
    assert (narrowing._first.value(), narrowing._last.value()) == (date(2025, 8, 1), date(2025, 8, 31))


def test_typed_days_narrow_the_register(
    page: PaymentsPage, desk: Desk, three: list[Claim], type_in: Type, qtbot: QtBot
) -> None:
    page.narrow()
    narrowing = page._narrowing
    narrowing._period.set_value("2026-01")
    narrowing._period.edited.emit()
    narrowing._first._line.clear()
    type_in(narrowing._first.editor, "１．４")
    qtbot.waitUntil(lambda: cells(page, "spent_on") == ["2026-01-05", "2026-01-04"])
    assert narrowing._period.value() is None, "the days are no whole month any more"
    narrowing._last._line.clear()
    type_in(narrowing._last.editor, "26.1.4")
    narrowing._last.left.emit()
    assert cells(page, "spent_on") == ["2026-01-04"]
    type_in(narrowing._last.editor, "号")
    narrowing._last.left.emit()
    assert "不是日期" in narrowing._last._findings.messages()[0]
    assert cells(page, "spent_on") == ["2026-01-04"], "half a day looks for nothing else"
    narrowing._last.set_value(date(2026, 1, 1))
    narrowing._last.left.emit()
    assert narrowing._last._findings.messages() == ["比“从哪天”还早，请改一改。"]
    narrowing.clear()
    assert (len(cells(page, "spent_on")), narrowing._last._findings.messages()) == (3, [])


def test_a_single_state_narrows_the_register_within_its_stretch(
    page: PaymentsPage, desk: Desk, project: Project, three: list[Claim]
) -> None:
    usecases.submit(desk, three[0].id)
    reviewed(desk, submitted(desk, a_claim(project, 7_00)))
    page.narrow()
    state = page._narrowing._state
    assert [choice.id for choice in state._find("")] == [*S, "reversed"], "each state can be had"
    found = state._find("村主要")[0].id
    assert state._find("dczyfzr")[0].id == found == S.REVIEWED
    state.set_value(found)
    state.edited.emit()
    assert (cells(page, "amount_fen"), page._stretches.key()) == (["7.00"], "passing")
    page._stretches.pick("passing")
    assert (len(cells(page, "amount_fen")), state.value()) == (2, None)
    state.set_value(S.DRAFT)
    state.edited.emit()
    assert page._stretches.key() == "draft"
    page._narrowing.clear()
    assert (len(cells(page, "amount_fen")), page._stretches.key()) == (4, "all")


def test_who_was_paid_is_found_by_initials(page: PaymentsPage, three: list[Claim]) -> None:
    page.narrow()
    assert [choice.id for choice in page._narrowing._payee._find("gdgs")] == ["荣县供电公司"]
    assert next(choice.id for choice in page._narrowing._project._find("ld")) == three[1].project_id


def test_enter_goes_through_the_fields_to_the_rows(page: PaymentsPage, three: list[Claim], qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.narrow()
    narrowing = page._narrowing
    for field in narrowing._fields:
        assert page.focusWidget() is field.editor
        QTest.keyClick(narrowing, Qt.Key.Key_Return)
    assert page.focusWidget() is page.list.view


# Several at once


def test_each_claim_is_done_by_itself_and_a_refusal_says_why(desk: Desk, three: list[Claim]) -> None:
    usecases.submit(desk, three[1].id)
    outcome = one_by_one(desk, [claim.id for claim in three], usecases.submit)
    assert outcome.done == 2
    assert [(one.claim.id, "不能办这一步" in one.why) for one in outcome.refused] == [(three[1].id, True)]


def test_a_batch_bypasses_no_rule(desk: Desk, project: Project) -> None:
    """A twin of an invoice, a slip without a reason and an unreviewed claim stay what they were."""
    good = usecases.draft(desk, a_claim(project, 1_00))
    twin = usecases.draft(desk, a_claim(project, 1_00, payee="另一家"))
    slip = usecases.draft(desk, a_claim(project, 2_00, invoice_kind="收据"))
    outcome = one_by_one(desk, [good.id, twin.id, slip.id], usecases.submit)
    assert [one.claim.id for one in outcome.refused] == [good.id, twin.id, slip.id]
    unreviewed = submitted(desk, a_claim(project, 3_00))
    assert one_by_one(desk, [unreviewed.id], usecases.post).done == 0
    assert desk.find(Voucher) == []


def test_chosen_claims_are_submitted_and_the_others_listed(
    page: PaymentsPage, desk: Desk, three: list[Claim], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(_page: QWidget, sentence: str, _verb: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(module, "confirm", confirm)
    usecases.submit(desk, three[1].id)
    page.list.view.selectAll()
    press(page, "提交选中的")
    assert asked == ["提交审核选中的2张，共301.00元？一张一张办，不合规定的不办。"]
    qtbot.waitUntil(lambda: page.steps_in == 1, timeout=10_000)
    assert "提交审核：2张办好了。" in words(page)
    assert "没有办的（1张），它们都没有变" in words(page)
    assert {claim.state for claim in desk.find(Claim)} == {S.SUBMITTED}


def test_chosen_claims_are_paid_one_after_another(
    page: PaymentsPage, desk: Desk, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "confirm", lambda *_: True)
    for fen in (1_00, 2_00):
        granted(desk, a_claim(project, fen))
    page.list.view.selectAll()
    press(page, "选中的付款入账")
    qtbot.waitUntil(lambda: len(desk.find(Voucher)) == 2, timeout=10_000)
    assert sorted(voucher.number for voucher in desk.find(Voucher)) == [1, 2]


def test_where_none_is_in_its_turn_nothing_is_asked(
    page: PaymentsPage, desk: Desk, three: list[Claim], in_dialog: InDialog
) -> None:
    said: list[str] = []

    def read(over: QWidget) -> None:
        said.extend(label.text() for label in over.findChildren(QLabel))
        assert isinstance(over, QDialog)
        over.accept()

    page.list.view.selectAll()
    in_dialog(read)
    press(page, "选中的付款入账")
    assert "选中的3张里没有“待付款入账”的。" in said


def test_chosen_claims_print_as_one_paper(page: PaymentsPage, three: list[Claim], qtbot: QtBot) -> None:
    page.list.view.selectAll()
    press(page, "打印选中的")
    qtbot.waitUntil(lambda: isinstance(page._stack.currentWidget(), Preview), timeout=10_000)
    assert page.title_now() == "报账单 3张"


# The picture


def test_where_the_money_is_is_drawn_and_said(page: PaymentsPage, desk: Desk, project: Project) -> None:
    usecases.post(desk, granted(desk, a_claim(project, 1_000_00)).id)
    reviewed(desk, submitted(desk, a_claim(project, 2_000_00)))
    press(page, "钱在哪里")
    budgets, flow = page.findChildren(ChartView)
    assert budgets.accessibleName() == "生活垃圾清运，剩47,000.00元，预算50,000.00元"
    assert flow.accessibleName() == "1月到账，100,000.00元；1月支出，1,000.00元"
    for figure in ("50,000.00", "1,000.00", "2,000.00", "47,000.00"):
        assert figure in words(page)


def test_a_village_without_money_says_so(page: PaymentsPage, desk: Desk) -> None:
    page.show_money()
    assert page.findChildren(ChartView)[0].accessibleName() == "生活垃圾清运，剩50,000.00元，预算50,000.00元"
