"""The page of pay, pressed as a person presses it, on a real desk: from posts to the last person paid."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.payments.paying import PAYROLL as PAY_SHEET
from tests.payroll.posts import (
    ANSWER,
    CHECKED,
    a_post,
    a_project,
    assessed,
    person_with,
    the_quarter,
    told,
)
from tests.ui.opening import Went, offered, opened, press, top
from villagedesk.payments.model import Payroll
from villagedesk.payroll import store
from villagedesk.payroll.model import Batch, Timesheet
from villagedesk.payroll.store import Standing
from villagedesk.payroll.usecases import take_in_return, write_batch
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake.wizard import Wizard
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.table import Listing
from villagedesk.ui.payroll.bankforms import AccountForm, AttendanceForm, BatchForm, BouncedForm
from villagedesk.ui.payroll.draft import DraftView
from villagedesk.ui.payroll.lineform import LineForm
from villagedesk.ui.payroll.page import PayrollPage
from villagedesk.ui.payroll.record import PaySheetRecord
from villagedesk.ui.payroll.returnview import ProblemsView, ReturnView
from villagedesk.ui.payroll.startform import CopyForm, StartForm
from villagedesk.village.usecases import sign_out

InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def page(qtbot: QtBot, village: Desk, went: Went) -> Iterator[PayrollPage]:
    """The page, refreshed after each change as the shell does."""
    yield from opened(qtbot, village, PayrollPage, went)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def fill(form: QWidget, **values: object) -> Form:
    assert isinstance(form, Form)
    for name, value in values.items():
        form.fields[name].set_value(value)
        form.fields[name].edited.emit()
    return form


def written(words: str) -> Callable[[QWidget], object]:
    """Answer a question for a reason."""

    def answer(over: QWidget) -> None:
        assert isinstance(over, Question)
        (field,) = over.findChildren(LongTextField)
        field.set_value(words)
        over.done(QDialog.DialogCode.Accepted)

    return answer


def closed(over: QWidget) -> None:
    assert isinstance(over, QDialog)
    over.done(QDialog.DialogCode.Accepted)


def test_an_empty_page_says_how_to_begin(page: PayrollPage) -> None:
    assert "这里还没有发放表" in texts(page)
    assert offered(page) == [
        "还没到账的人", "导入过的表", "登记考勤", "导入发放表", "导入回盘", "做发放表",
    ]  # fmt: skip


def test_a_month_is_made_from_posts_and_attendance(page: PayrollPage, village: Desk, in_dialog: InDialog) -> None:
    project = a_project(village)
    posts = [a_post(village, project, person_with(village, line.account)) for line in told()[:2]]
    press(page, "登记考勤")
    attendance = fill(top(page), month="2026-03", post_id=posts[1].id, absent=Decimal("1.5"))
    assert isinstance(attendance, AttendanceForm)
    assert attendance.fields["deduction_fen"].value() == 3_871
    assert attendance.try_save()
    assert village.find(Timesheet)[0].absent_tenths == 15
    press(page, "做发放表")
    start = fill(top(page), kind="base", project_id=project.id)
    assert isinstance(start, StartForm)
    assert start.fields["period"].value() == "2026-03"
    assert start.try_save()
    view = top(page)
    assert isinstance(view, DraftView)
    assert [line.amount_fen for line in view.run.lines] == [80_000, 76_129]
    assert "加一个人" not in offered(page)
    in_dialog(written(CHECKED))
    press(page, "生成发放表")
    (payroll,) = village.find(Payroll)
    assert payroll.total_fen == 156_129
    assert isinstance(top(page), PaySheetRecord)
    assert "报账单已经起草" in texts(page)


def test_an_amount_is_changed_with_a_reason_only(page: PayrollPage, village: Desk) -> None:
    project = a_project(village)
    a_post(village, project, person_with(village, told()[0].account))
    press(page, "做发放表")
    fill(top(page), kind="base", project_id=project.id, period="2026-03")
    assert fill(top(page)).try_save()
    press(page, "修改这一行")
    form = fill(top(page), amount_fen=70_000)
    assert isinstance(form, LineForm)
    assert not form.try_save()
    assert "请写明调整原因" in texts(form)
    assert fill(form, reason="与代班人分").try_save()
    press(page, "生成发放表")
    (line,) = store.lines_of(village, village.find(Payroll)[0].id)
    assert (line.amount_fen, line.reason) == (70_000, "与代班人分")


def test_who_is_not_assessed_stops_the_sheet_until_taken_off(page: PayrollPage, village: Desk, went: Went) -> None:
    project = a_project(village)
    first, second = (a_post(village, project, person_with(village, line.account)) for line in told()[:2])
    assessed(village, first)
    press(page, "做发放表")
    assert fill(top(page), kind="performance", project_id=project.id).try_save()
    press(page, "生成发放表")
    view = top(page)
    assert isinstance(view, DraftView)
    assert "都还没有考核" in "\n".join(view.findings.messages())
    page.jump(f"projects:{project.id}")
    assert went == [("projects", project.id)]
    view.list.choose(1)
    press(page, "去掉这一行")
    press(page, "生成发放表")
    assert [line.post_id for line in store.lines_of(village, village.find(Payroll)[0].id)] == [first.id]
    assert second.id


def test_labour_is_written_line_by_line_and_counted_as_one_types(page: PayrollPage, village: Desk) -> None:
    project = a_project(village)
    press(page, "做发放表")
    assert fill(top(page), kind="labour", project_id=project.id, period="2026-03").try_save()
    press(page, "加一个人")
    form = top(page)
    assert isinstance(form, LineForm)
    assert not form.try_save()
    person = person_with(village, told()[0].account)
    fill(form, person_id=person.id, when="3月8日", what="清淤", standard_fen=12_000, days=Decimal("5.5"))
    assert "120.00 × 5.5工日 ＝ 660.00" in texts(form)
    assert form.try_save()
    press(page, "生成发放表")
    (line,) = store.lines_of(village, village.find(Payroll)[0].id)
    assert (line.amount_fen, line.work) == (66_000, "3月8日 清淤")


def test_rent_is_written_by_the_mu_and_counted_as_one_types(page: PayrollPage, village: Desk) -> None:
    project = a_project(village)
    press(page, "做发放表")
    assert fill(top(page), kind="rent", project_id=project.id, period="2026-03").try_save()
    press(page, "加一个人")
    form = top(page)
    assert isinstance(form, LineForm)
    assert form.fields["unit"].value() == "亩"
    person = person_with(village, told()[0].account)
    fill(form, person_id=person.id, what="东沟水田", standard_fen=60_000, quantity=Decimal(-1))
    assert not form.try_save()
    assert "数量应大于零" in texts(form)
    fill(form, quantity=Decimal("5.5"))
    assert "600.00 × 5.5亩 ＝ 3,300.00" in texts(form)
    assert form.try_save()
    press(page, "修改这一行")
    again = top(page)
    assert isinstance(again, LineForm)
    held = {name: again.fields[name].value() for name in ("what", "quantity", "unit", "standard_fen")}
    assert held == {"what": "东沟水田", "quantity": Decimal("5.5"), "unit": "亩", "standard_fen": 60_000}
    assert fill(again, quantity=None, standard_fen=141_000).try_save()
    press(page, "生成发放表")
    (line,) = store.lines_of(village, village.find(Payroll)[0].id)
    assert (line.amount_fen, line.work, line.ratio) == (141_000, "东沟水田", "")


def test_the_next_period_shows_what_is_different(page: PayrollPage, village: Desk) -> None:
    project = a_project(village)
    people = [person_with(village, line.account) for line in told()[:2]]
    a_post(village, project, people[0])
    press(page, "做发放表")
    assert fill(top(page), kind="base", project_id=project.id, period="2026-03").try_save()
    press(page, "生成发放表")
    a_post(village, project, people[1])
    press(page, "做下一期")
    form = fill(top(page), period="2026-04")
    assert isinstance(form, CopyForm)
    assert form.try_save()
    assert f"和上一期相比：新增 {people[1].name}" in texts(top(page))


def test_the_bank_is_offered_only_after_the_chain(page: PayrollPage, village: Desk) -> None:
    payroll, claim = the_quarter(village)
    page.open(payroll.id)
    assert "生成银行文件" in offered(page)
    assert "审核已经通过" in texts(page)
    assert claim.state == "granted"


def test_a_file_is_written_and_answered_until_everybody_is_paid(
    page: PayrollPage, village: Desk, tmp_path: Path, in_dialog: InDialog, qtbot: QtBot
) -> None:
    payroll, _ = the_quarter(village)
    page.open(payroll.id)
    press(page, "生成银行文件")
    form = fill(top(page), channel="bank_text", folder=tmp_path)
    assert isinstance(form, BatchForm)
    in_dialog(closed)
    assert form.try_save()
    (batch,) = village.find(Batch)
    assert (tmp_path / batch.file_name).exists()
    page.look_at_answer(ANSWER)
    assert isinstance(top(page), PaySheetRecord), "it is read beside the window"
    qtbot.waitUntil(lambda: isinstance(top(page), ReturnView), timeout=10_000)
    shown = top(page)
    assert "12人到账" in texts(shown)
    assert "户名不符" in texts(shown)
    press(page, "登记回盘")
    qtbot.waitUntil(lambda: isinstance(top(page), PaySheetRecord), timeout=10_000)
    assert "没有到账的2人" in texts(page)
    press(page, "逐人办理")
    people = top(page)
    assert isinstance(people, Listing)
    back = [one for one in store.standings(village, payroll.id) if one.standing == "failed"]
    for place, one in enumerate(back):
        people.choose(one.line.id)
        press(page, "改正账号")
        account = fill(top(page), account=f"510320123456789012345{place}", why="换了新存折")
        assert isinstance(account, AccountForm)
        assert account.try_save()
    page.back()
    assert "补发：生成银行文件" in offered(page)
    press(page, "补发：生成银行文件")
    in_dialog(closed)
    assert fill(top(page), channel="bank_text", folder=tmp_path).try_save()
    assert len(village.find(Batch)) == 2


def test_the_head_says_briefly_which_sheet_is_open_and_the_card_its_whole_title(
    page: PayrollPage, village: Desk
) -> None:
    payroll, _ = the_quarter(village)
    page.open(payroll.id)
    assert page.title_now() == "2026年第一季度绩效报酬"
    assert payroll.title in texts(top(page))
    press(page, "逐人办理")
    assert page.title_now() == "逐人办理：2026年第一季度绩效报酬"


def test_a_sheet_made_elsewhere_goes_through_the_wizard_and_opens(
    page: PayrollPage, village: Desk, qtbot: QtBot, in_dialog: InDialog
) -> None:
    project = a_project(village)
    press(page, "导入发放表")
    assert fill(top(page), project_id=project.id, file=PAY_SHEET).try_save()
    qtbot.waitUntil(lambda: isinstance(top(page), Wizard), timeout=10_000)
    assert "登记14人，共21,601.00元" in texts(top(page))
    assert village.find(Payroll) == []
    in_dialog(closed)
    press(page, "导入")
    qtbot.waitUntil(lambda: isinstance(top(page), PaySheetRecord), timeout=10_000)
    (payroll,) = village.find(Payroll)
    assert page.shown == payroll.id
    page.back()
    press(page, "导入过的表")
    assert page.title_now() == "导入过的表"


def test_what_is_wrong_with_an_answer_is_listed(page: PayrollPage, village: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    payroll, _ = the_quarter(village)
    write_batch(village, payroll.id, "bank_text", tmp_path)
    wrong = tmp_path / "回盘.txt"
    wrong.write_bytes(ANSWER.read_bytes().replace(b"1209.46", b"1209.47"))
    page.look_at_answer(wrong)
    qtbot.waitUntil(lambda: isinstance(top(page), ProblemsView), timeout=10_000)
    shown = top(page)
    assert "写的是1,209.47元，送出的第3行是1,209.46元" in texts(shown)
    assert "登记回盘" not in offered(page)


def test_money_that_came_back_is_written_down(page: PayrollPage, village: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(village)
    write_batch(village, payroll.id, "bank_text", tmp_path)
    take_in_return(village, ANSWER)
    page.open(payroll.id)
    press(page, "逐人办理")
    people = top(page)
    assert isinstance(people, Listing)
    people.choose(store.lines_of(village, payroll.id)[0].id)
    press(page, "登记银行答复或退票")
    form = fill(top(page), reason="账户已销户")
    assert isinstance(form, BouncedForm)
    assert form.try_save()
    assert store.standings(village, payroll.id)[0].standing is Standing.BOUNCED
    page.back()
    page.back()
    page.show_unpaid()
    assert len(store.unpaid(village)) == 3


def test_a_whole_batch_is_refused_with_a_reason(
    page: PayrollPage, village: Desk, tmp_path: Path, in_dialog: InDialog
) -> None:
    payroll, _ = the_quarter(village)
    write_batch(village, payroll.id, "bank_text", tmp_path)
    page.open(payroll.id)
    in_dialog(written("格式不对"))
    press(page, "整批退回")
    assert {one.standing for one in store.standings(village, payroll.id)} == {"failed"}


def test_papers_are_shown_as_they_will_be_printed(page: PayrollPage, village: Desk) -> None:
    payroll, _ = the_quarter(village)
    page.open(payroll.id)
    press(page, "打印发放表")
    assert isinstance(top(page), Preview)
    page.back()
    press(page, "打印发放单")
    assert isinstance(top(page), Preview)


def test_without_signing_in_nothing_is_begun(page: PayrollPage, village: Desk) -> None:
    sign_out(village)
    press(page, "做发放表")
    assert page.steps_in == 0


def test_sheets_are_found_by_where_they_stand(page: PayrollPage, village: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(village)
    shown = {}
    for key in ("all", "chain", "send", "bank", "back"):
        page._stretches._group.button(page._stretches._keys.index(key)).click()
        shown[key] = page.list.model.rowCount()
    assert shown == {"all": 1, "chain": 0, "send": 1, "bank": 0, "back": 0}
    write_batch(village, payroll.id, "bank_text", tmp_path)
    take_in_return(village, ANSWER)
    assert page.list.model.rowCount() == 1
