"""各村 and 审核, pressed as the clerk presses them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.exchange.conftest import kept_offices, offices
from tests.exchange.offices import Offices, approved_claim
from tests.exchange.test_doubts import forge_grant
from tests.payments import paying
from tests.ui.exchange.pressing import Pressing, context, pressing, words
from tests.ui.opening import named, put_away, shown, top
from villagedesk.exchange import store, usecases
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.model import Ruling
from villagedesk.payments.model import Claim
from villagedesk.payments.usecases import withdraw
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.township.store import waiting_claims
from villagedesk.township.usecases import give_verdict
from villagedesk.ui.exchange.arrival import PlanView
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.pages import PAGES
from villagedesk.ui.township.claim import ClaimRecord
from villagedesk.ui.township.page import RulingPage, TownshipPage
from villagedesk.ui.township.record import VillageRecord
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.usecases import appoint

__all__ = ["kept_offices", "offices", "pressing"]
InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def villages(qtbot: QtBot, offices: Offices, pressing: Pressing) -> Iterator[TownshipPage]:
    """The page of the villages."""
    made = TownshipPage(context(offices.township, pressing))
    qtbot.addWidget(made)
    shown(made, offices.township)
    yield made
    put_away(made)


@pytest.fixture
def ruling(qtbot: QtBot, offices: Offices, pressing: Pressing) -> Iterator[RulingPage]:
    """The page of the claims to rule on, two of which wait."""
    approved_claim(offices.village, amount_fen=7_00)
    offices.take_up()
    made = RulingPage(context(offices.township, pressing))
    qtbot.addWidget(made)
    shown(made, offices.township)
    yield made
    put_away(made)


def accept(dialog: QWidget) -> None:
    """Press the button that does it."""
    assert isinstance(dialog, Question)
    dialog.accept()


def refuse(dialog: QWidget) -> None:
    """Press the button that does not."""
    assert isinstance(dialog, Question)
    dialog.reject()


def cells(page: TownshipPage | RulingPage) -> list[list[str]]:
    """Return the list as it is shown."""
    model = page.list.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_township_without_villages_is_told_how_to_begin(
    qtbot: QtBot, township_desk: Desk, pressing: Pressing
) -> None:
    page = TownshipPage(context(township_desk, pressing))
    qtbot.addWidget(page)
    shown(page, township_desk)
    assert "还没有登记哪个村" in words(page)
    put_away(page)


def test_a_package_is_shown_before_it_is_taken_in(
    qtbot: QtBot, villages: TownshipPage, offices: Offices, pressing: Pressing
) -> None:
    assert cells(villages)[0][:3] == ["青山村", "—", "还没有报过"]
    pressing.chosen = offices.export()
    before = offices.township.tip()
    named(villages, "接收数据包").trigger()
    qtbot.waitUntil(lambda: villages.steps_in == 1)
    assert isinstance(top(villages), PlanView)
    assert "青山村　第1号数据包" in words(villages)
    assert "报账单" in words(villages)
    assert offices.township.tip() == before
    named(villages, "接收").trigger()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "已记进账里" in pressing.said[-1]
    assert cells(villages)[0][1:5] == ["2026-01-06", "1张待审核", "1", "100,000.00"]
    assert villages.list.model.rowCount() == 1


def test_a_village_is_read_and_gets_its_receipt(
    qtbot: QtBot, villages: TownshipPage, offices: Offices, pressing: Pressing
) -> None:
    villages.look_at(offices.peer.office_id)
    assert not named(villages, "写回执").isEnabled()
    assert "村里还没有报来资金" in words(villages)
    offices.take_up()
    assert isinstance(top(villages), VillageRecord), "it is drawn anew where it is"
    assert "还有1张报账单没有审核" in words(villages)
    assert "双石镇建材经营部" in words(villages)
    assert "没有写文号" in words(villages), "a project without the township's paper is named"
    named(villages, "去审核").trigger()
    assert pressing.went == [("ruling", "")]
    give_verdict(offices.township, offices.township.find(Claim)[0], Ruling.PASSED)
    assert "1条意见还没有发给村里" in words(villages)
    pressing.chosen = offices.stick
    named(villages, "写回执").trigger()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "第1号回执已写好" in pressing.said[-1]
    assert "下一步" not in words(villages)
    villages.back()
    assert cells(villages)[0][2] == "已回执"


def test_a_revoked_village_is_marked(villages: TownshipPage, offices: Offices, pressing: Pressing) -> None:
    offices.take_up()
    villages.open(offices.peer.office_id)
    pressing.reason = "电脑丢了"
    named(villages, "作废名片").trigger()
    assert "名片已作废" in words(villages)
    assert [action.text() for action in villages.actions_now()] == ["归还记录", "写回执", "去审核"]
    assert not named(villages, "写回执").isEnabled()


def test_villages_are_found_and_sorted(villages: TownshipPage, offices: Offices) -> None:
    offices.take_up()
    for text, count in (("青", 1), ("5103221052", 1), ("白水", 0)):
        villages.list.filter.setText(text)
        villages.list.reload()
        assert villages.list.model.rowCount() == count
    villages.list.filter.setText("")
    for column in range(7):
        villages.list.view.horizontalHeader().sectionClicked.emit(column)
    assert villages.list.model.rowCount() == 1


def test_the_overview_is_printed(villages: TownshipPage) -> None:
    named(villages, "打印一览表").trigger()
    assert isinstance(top(villages), Preview)


def test_giving_up_writes_no_receipt(villages: TownshipPage, offices: Offices) -> None:
    before = offices.tips()
    villages.write_receipt(offices.peer)
    offices.township.actor = None
    villages.write_receipt(offices.peer)
    assert offices.tips() == before


def test_a_restored_village_gets_its_records_back(
    qtbot: QtBot, villages: TownshipPage, offices: Offices, pressing: Pressing, in_dialog: InDialog
) -> None:
    offices.take_up()
    villages.open(offices.peer.office_id)
    before = offices.tips()
    in_dialog(refuse)
    named(villages, "归还记录").trigger()
    in_dialog(accept)
    named(villages, "归还记录").trigger()
    assert offices.tips() == before, "nothing was chosen"
    pressing.chosen = offices.stick
    in_dialog(accept)
    named(villages, "归还记录").trigger()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "归还包已写好" in pressing.said[-1]
    (path,) = offices.stick.glob("*归还包*")
    assert "恢复备份以后缺的" in words_of(PlanView(offices.village, usecases.look(offices.village, path)))


def words_of(view: QWidget) -> str:
    """Return every word on a widget."""
    return "\n".join(label.text() for label in view.findChildren(QLabel))


def test_a_village_is_enrolled_from_the_list(villages: TownshipPage, offices: Offices, pressing: Pressing) -> None:
    pressing.chosen = offices.stick / "青山村.card"
    usecases.write_card(offices.village, pressing.chosen)
    named(villages, "登记村的名片").trigger()
    assert fingerprint(usecases.own_card(offices.village)).reading.split()[0] in words(villages)
    villages.back()
    named(villages, "本单位名片").trigger()
    assert "双石镇的名片" in words(villages)


def test_claims_are_ruled_on_one_after_the_other(ruling: RulingPage, offices: Offices, in_dialog: InDialog) -> None:
    assert [row[5] for row in cells(ruling)] == ["1,409.50", "7.00"]
    ruling.open(ruling.list.model.id_at(0))
    first = offices.township.find(Claim, "amount_fen = 140950")[0]
    assert isinstance(top(ruling), ClaimRecord)
    assert "人民币壹仟肆佰零玖元伍角" in words(ruling)
    assert "理财小组：同意" in words(ruling)
    in_dialog(refuse)
    named(ruling, "同意").trigger()
    assert not store.verdicts_of(offices.township, first.id)
    in_dialog(accept)
    named(ruling, "同意").trigger()
    assert store.verdicts_of(offices.township, first.id)[0].outcome is Ruling.PASSED
    assert "7.00 元" in words(ruling), "the next one is shown"
    named(ruling, "退回").trigger()
    form = top(ruling)
    assert isinstance(form, Form)
    assert not form.try_save(), "a reason is wanted"
    today = offices.township.clock.now().date()
    assert form.values()["due_on"] == today + timedelta(days=10)
    form.set_values({"note": "缺验收单"})
    assert form.try_save()
    assert ruling.steps_in == 0
    assert "没有等乡镇审核的报账单" in words(ruling)
    verdicts = [verdict.outcome for verdict in store.verdicts_about(offices.township, offices.village.office_id)]
    assert verdicts == [Ruling.PASSED, Ruling.RETURNED]


def test_a_question_may_be_left(ruling: RulingPage) -> None:
    ruling.look_at(ruling.list.model.id_at(0))
    named(ruling, "有疑问").trigger()
    form = top(ruling)
    assert isinstance(form, Form)
    form.leave()
    assert isinstance(top(ruling), ClaimRecord)


def test_nobody_signed_in_rules_on_nothing(ruling: RulingPage, offices: Offices) -> None:
    ruling.open(ruling.list.model.id_at(0))
    offices.township.actor = None
    before = offices.tips()
    for name in ("同意", "有疑问", "退回"):
        named(ruling, name).trigger()
    assert offices.tips() == before
    assert isinstance(top(ruling), ClaimRecord)


def test_a_claim_that_changed_meanwhile_is_not_ruled_on(
    ruling: RulingPage, offices: Offices, pressing: Pressing, in_dialog: InDialog
) -> None:
    ruling.open(ruling.list.model.id_at(0))
    claim = offices.village.find(Claim, "amount_fen = 140950")[0]
    withdraw(offices.village, claim.id, "供货商退了货")
    offices.take_up()
    in_dialog(accept)
    named(ruling, "同意").trigger()
    assert "刚被改过" in pressing.said[-1]


def test_what_is_doubtful_is_said_first(ruling: RulingPage, offices: Offices) -> None:
    project = offices.village.find(Project)[0]
    slip = paying.submitted(offices.village, paying.a_claim(project, 900_00, invoice_number=""), "店里给的定额发票")
    paying.approved(offices.village, paying.reviewed(offices.village, slip))
    offices.take_up()
    ruling.open(slip.id)
    assert "店里给的定额发票" in words(ruling)
    assert "超出了预算" not in words(ruling)
    line = next(line for line in waiting_claims(offices.township) if line.claim.id == slip.id)
    over = ClaimRecord(offices.township, replace(line, budget_fen=500_00))
    assert any("超出了预算" in label.text() for label in over.findChildren(QLabel))


def test_claims_are_found_and_sorted(ruling: RulingPage) -> None:
    for text, count in (("青山", 2), ("垃圾", 2), ("白水", 0)):
        ruling.list.filter.setText(text)
        ruling.list.reload()
        assert ruling.list.model.rowCount() == count
    ruling.list.filter.setText("")
    for column in range(6):
        ruling.list.view.horizontalHeader().sectionClicked.emit(column)
    assert [row[5] for row in cells(ruling)] == ["7.00", "1,409.50"]


def test_each_kind_of_desk_has_its_pages(offices: Offices) -> None:
    here = {spec.key for spec in PAGES if spec.suits(offices.village)}
    there = {spec.key for spec in PAGES if spec.suits(offices.township)}
    assert "exchange" in here
    assert not {"township", "ruling"} & here
    assert {"township", "ruling"} <= there
    assert "exchange" not in there
    count = next(spec.todo for spec in PAGES if spec.key == "ruling")
    assert count
    assert count(offices.township) == 0
    offices.take_up()
    assert count(offices.township) == 1


def test_the_leader_says_their_word_before_the_office_does(
    ruling: RulingPage, offices: Offices, in_dialog: InDialog
) -> None:
    desk = offices.township
    appoint(desk, "周镇长", Role.LEADER, "zhou-2026")
    ruling.refresh(None)
    assert {row[-1] for row in cells(ruling)} == {"乡镇主要领导"}
    paying.as_(desk, "周镇长")
    first = waiting_claims(desk)[0].claim
    ruling.open(first.id)
    assert "乡镇主要领导审核" in words(ruling)
    in_dialog(accept)
    named(ruling, "同意").trigger()
    assert [line.waits_for for line in waiting_claims(desk)] == [Who.OFFICE, Who.LEADER]
    assert isinstance(top(ruling), ClaimRecord), "the next one that waits for the leader is open"
    assert ruling.shown != first.id
    paying.as_(desk, "吴所长")
    ruling.open(first.id)
    assert "乡镇主要领导：同意" in words(ruling)
    assert "财政所审核" in words(ruling)
    in_dialog(accept)
    named(ruling, "同意").trigger()
    assert [line.claim.id for line in waiting_claims(desk)] != [first.id]


def test_a_grant_nobody_gave_stands_before_all_else_when_taken_and_in_the_village(
    qtbot: QtBot, villages: TownshipPage, offices: Offices, pressing: Pressing
) -> None:
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    pressing.chosen = offices.export()
    villages.receive()
    qtbot.waitUntil(lambda: villages.steps_in == 1)
    assert "必须核实：乡镇没有给过的意见" in words(villages)
    assert "35.50元" in words(villages)
    named(villages, "接收").trigger()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "查清以前，不要再同意它的报账单" in pressing.said[-1]
    villages.look_at(offices.village.office_id)
    assert "本乡镇没有给过这个意见" in words(villages)
