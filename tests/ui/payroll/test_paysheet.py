"""Who signs for a pay sheet sees what its paper shows, wherever it is laid open, and prints the same paper."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.payroll.posts import CHECKED, MARCH, a_post, a_project, person_with, told
from tests.ui.opening import opened, press
from villagedesk.oversight.store import waiting
from villagedesk.payments.model import Claim, ClaimState, PayrollKind
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.model import Timesheet
from villagedesk.payroll.papers import pay_sheet
from villagedesk.payroll.usecases import make_payroll, record_timesheet
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.township.model import WaitingClaim
from villagedesk.ui.oversight.exhibit import Exhibit
from villagedesk.ui.payments import paper
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.ui.payments.record import ClaimRecord
from villagedesk.ui.payroll.paysheet import PaySheet
from villagedesk.ui.township.claim import ClaimRecord as RulingRecord

REASON = "请人代班两周，与代班人结清"


@pytest.fixture
def claim(village: Desk) -> Claim:
    """Wages of a month that wait for the finance group: two days off and 38.71 less, and an amount changed by hand."""
    project = a_project(village)
    off, changed = (a_post(village, project, person_with(village, line.account)) for line in told()[:2])
    record_timesheet(village, Timesheet(post_id=off.id, month="2026-03", absent_tenths=20, deduction_fen=3_871))
    run = proposed(village, PayrollKind.BASE, project.id, MARCH)
    lines = (run.lines[0], replace(run.lines[1], amount_fen=50_000, reason=REASON))
    assert run.lines[1].post_id == changed.id
    wages = replace(run, kind=PayrollKind.POST, title="2026年3月工资结算单", lines=lines)
    made = make_payroll(village, wages, CHECKED)[1]
    with village.change("test.submitted") as change:
        return change.put(replace(made, state=ClaimState.SUBMITTED))


def in_the_village(desk: Desk, claim: Claim) -> QWidget:
    return ClaimRecord(desk, claim.id, go=str, jump=str, add_papers=str)


def before_the_group(desk: Desk, claim: Claim) -> QWidget:
    (one,) = [one for one in waiting(desk) if one.subject_id == claim.id]
    return Exhibit(desk, one)


def before_the_township(desk: Desk, claim: Claim) -> QWidget:
    return RulingRecord(desk, WaitingClaim(claim, "青山村", "村庄保洁", "县级补助", 5_000_000, 0, ""))


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.mark.parametrize("face", [in_the_village, before_the_group, before_the_township])
def test_who_signs_sees_standard_deduction_and_why_an_amount_was_changed(
    qtbot: QtBot, village: Desk, claim: Claim, face: Callable[[Desk, Claim], QWidget]
) -> None:
    shown = face(village, claim)
    qtbot.addWidget(shown)
    (sheet,) = shown.findChildren(PaySheet)
    said = texts(sheet)
    for part in ("序号", "姓名", "明细", "实发金额", "合计", "计算明细", "怎样算出来的"):
        assert part in said, part
    ends = [line.account[-4:] for line in told()[:2]]
    assert [line.replace("\u00a0", " ") for line in said if "月标准\u00a0" in line] == [
        f"保洁员，2026年3月，月标准 800.00，扣除款 38.71，尾号 {ends[0]}，缺勤2天",
        f"保洁员，2026年3月，月标准 800.00，扣除款 0.00，尾号 {ends[1]}\n调整原因：{REASON}",
        "月标准 1,600.00，扣除款 38.71",
    ]
    assert any(line.startswith("计算办法：") for line in said)


def test_there_is_one_paper_for_a_pay_sheet(
    qtbot: QtBot, village: Desk, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Sheet] = []
    monkeypatch.setattr(paper, "show_sheet", lambda _page, _title, make: shown.append(make()))
    for page in opened(qtbot, village, PaymentsPage):
        page.open(claim.id)
        press(page, "打印发放表")
    assert claim.payroll_id
    assert shown == [pay_sheet(village, claim.payroll_id)]
