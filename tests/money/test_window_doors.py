"""The window's way of doing one thing with many claims: it walks past no lock, and says of each why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.money.locked import Locked, everything, in_chinese
from tests.payments.paying import YUAN, a_claim, as_, granted, submitted
from tests.ui.opening import opened
from villagedesk.app import posting
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import CashMove, CashMoveKind
from villagedesk.oversight.usecases import review
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim, ClaimState, Outcome, PayWay, Voucher
from villagedesk.storage.desk import Desk
from villagedesk.ui.payments import page as module
from villagedesk.ui.payments.batch import Deed, with_each
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.ui.theme import dress
from villagedesk.village.model import Officer

FEBRUARY = date(2026, 2, 2)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, locked: Locked) -> Iterator[PaymentsPage]:
    """The page of money out over the closed January; it is February."""
    if qapp.property("faces") is None:
        dress(qapp, 100)
    desk = locked.desk
    yield from opened(qtbot, desk, PaymentsPage)


def told(page: PaymentsPage, qtbot: QtBot) -> str:
    """Return what the report over the page says, and take it away."""
    qtbot.waitUntil(lambda: page.steps_in == 1, timeout=10_000)
    shown = page._stack.currentWidget()
    assert shown
    words = "\n".join(label.text() for label in shown.findChildren(QLabel))
    page.back(ask=False)
    return words


def all_refused(page: PaymentsPage, qtbot: QtBot, verb: str, claims: list[Claim], deed: Deed, why: str) -> None:
    """Do it with all of them: each is listed with a sentence that says why, and nothing is stored."""
    desk = page.context.desk
    before, tip = everything(desk), desk.tip()
    with_each(page, verb, [claim.id for claim in claims], deed)
    words = told(page, qtbot)
    assert f"没有办的（{len(claims)}张），它们都没有变" in words
    assert words.count(why) == len(claims), words
    assert in_chinese(words)
    assert "办好了" not in words
    assert desk.tip() == tip
    assert everything(desk) == before
    assert altered_months(desk) == []


def posted(desk: Desk, locked: Locked) -> list[Claim]:
    """Return January's paid claim and two of February."""
    for yuan in (10, 20):
        claim = granted(desk, a_claim(locked.project, yuan * YUAN, spent_on=FEBRUARY, invoice_number=f"B{yuan}"))
        posting.post(desk, claim.id)
    return desk.find(Claim, "state = 'paid'")


def wait_for_money(desk: Desk, locked: Locked, **facts: object) -> list[Claim]:
    """Return two claims everybody passed; they only wait to be paid."""
    return [
        granted(desk, a_claim(locked.project, yuan * YUAN, spent_on=FEBRUARY, invoice_number=f"W{yuan}", **facts))
        for yuan in (30, 40)
    ]


def test_posted_claims_are_neither_paid_again_nor_taken_back_nor_judged(
    page: PaymentsPage, locked: Locked, qtbot: QtBot
) -> None:
    desk = locked.desk
    claims = posted(desk, locked)
    assert len(claims) == 3
    why = "已付款"
    all_refused(page, qtbot, "付款入账", claims, posting.post, why)
    all_refused(page, qtbot, "提交审核", claims, usecases.submit, why)
    all_refused(page, qtbot, "作废", claims, lambda desk, one: usecases.withdraw(desk, one, "不办了"), why)
    all_refused(page, qtbot, "丢弃", claims, usecases.discard, why)
    all_refused(page, qtbot, "重报", claims, usecases.resubmit, why)
    as_(desk, "赵主任")
    all_refused(page, qtbot, "审批", claims, lambda desk, one: usecases.approve(desk, one, Outcome.PASSED), why)
    as_(desk, "孙理财")
    all_refused(page, qtbot, "审核", claims, lambda desk, one: review(desk, "claims", one, Outcome.PASSED), why)


def test_a_posted_claim_is_not_rewritten_in_a_batch(page: PaymentsPage, locked: Locked, qtbot: QtBot) -> None:
    """Not even by a deed that knows nothing of use-cases and writes the record itself."""

    def rewrite(desk: Desk, claim_id: str) -> None:
        with desk.change("test.bulk") as change:
            change.put(replace(desk.get(Claim, claim_id), amount_fen=1))

    def erase(desk: Desk, claim_id: str) -> None:
        with desk.change("test.bulk") as change:
            change.discard(desk.get(Claim, claim_id))

    claims = posted(locked.desk, locked)
    all_refused(page, qtbot, "改金额", claims, rewrite, "报账单提交后不能改动")
    all_refused(page, qtbot, "删除", claims, erase, "报账单提交后不能改动")


def test_nothing_is_paid_into_a_closed_month_in_a_batch(page: PaymentsPage, locked: Locked, qtbot: QtBot) -> None:
    claims = wait_for_money(locked.desk, locked)

    def into_january(desk: Desk, claim_id: str) -> None:
        posting.post(desk, claim_id, date(2026, 1, 31))

    all_refused(page, qtbot, "付款入账", claims, into_january, "2026年1月已经结账，不能再入账")


def test_vouchers_of_a_closed_month_are_not_reversed_into_it_in_a_batch(
    page: PaymentsPage, locked: Locked, qtbot: QtBot
) -> None:
    (january,) = locked.desk.find(Claim, "state = 'paid'")

    def back_in_january(desk: Desk, claim_id: str) -> None:
        (voucher,) = desk.find(Voucher, "claim_id = ?", [claim_id])
        usecases.reverse(desk, voucher.id, "退货", date(2026, 1, 31))

    all_refused(page, qtbot, "冲销", [january], back_in_january, "2026年1月已经结账，不能再入账")


def test_expenses_of_a_closed_month_are_not_handed_in_without_a_word(
    page: PaymentsPage, locked: Locked, qtbot: QtBot
) -> None:
    """With a reason they go into the open month; a batch has no reason to give."""
    drafts = [
        usecases.draft(locked.desk, a_claim(locked.project, yuan * YUAN, spent_on=date(2026, 1, day), payee=f"店{day}"))
        for yuan, day in ((50, 12), (60, 13))
    ]
    all_refused(page, qtbot, "提交审核", drafts, usecases.submit, "2026年1月已经结账，这笔支出会记到还没有结账的月份")


def test_the_maker_passes_none_of_their_own_in_a_batch(page: PaymentsPage, locked: Locked, qtbot: QtBot) -> None:
    """The accountant is no reviewer; and who made a claim and sits in the group now does not review it either."""
    desk = locked.desk
    sent = [submitted(desk, a_claim(locked.project, yuan * YUAN, spent_on=FEBRUARY)) for yuan in (11, 12)]

    def passed(desk: Desk, claim_id: str) -> None:
        review(desk, "claims", claim_id, Outcome.PASSED)

    all_refused(page, qtbot, "审核", sent, passed, "由民主理财小组办理")
    (leader,) = desk.find(Officer, "name = '钱组长'")
    with desk.change("test.made_by_another") as change:
        own = [
            change.put(replace(claim, id="", version=0, invoice_number=f"M{place}", made_by=leader.id))
            for place, claim in enumerate(sent)
        ]
    as_(desk, "钱组长")
    all_refused(page, qtbot, "审核", own, passed, "不能审核自己")
    assert {claim.state for claim in desk.find(Claim, "made_by = ?", [leader.id])} == {ClaimState.SUBMITTED}


def test_a_batch_of_cash_stops_where_the_box_is_empty(page: PaymentsPage, locked: Locked, qtbot: QtBot) -> None:
    """Nine hundred yuan were drawn in January: what is claimed beyond them is refused one by one."""
    claims = wait_for_money(locked.desk, locked, pay_way=PayWay.CASH)
    with locked.desk.change("test.drawn") as change:
        put_in = CashMove(
            kind=CashMoveKind.DEPOSITED, moved_on=FEBRUARY, amount_fen=900 * YUAN, made_by=change.actor_id
        )
        change.put(put_in)
    all_refused(page, qtbot, "付款入账", claims, posting.post, "请先从银行取现")


def test_of_chosen_claims_only_those_in_turn_are_paid(
    page: PaymentsPage, locked: Locked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the person does it: everything chosen, paid ones and a closed month's included."""
    desk = locked.desk
    claims = posted(desk, locked)
    waiting = wait_for_money(desk, locked)
    monkeypatch.setattr(module, "confirm", lambda *_: True)
    page.list.view.selectAll()
    next(action for action in page.actions_now() if action.text() == "选中的付款入账").trigger()
    words = told(page, qtbot)
    assert f"付款入账：{len(waiting)}张办好了" in words
    assert f"没有办的（{len(claims)}张）" in words
    numbers = [row[0] for row in desk.rows("SELECT number FROM vouchers ORDER BY number")]
    assert numbers == list(range(1, len(claims) + len(waiting) + 1))
