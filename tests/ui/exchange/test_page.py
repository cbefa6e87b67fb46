"""上报, pressed as the accountant presses it, on a real desk with a real stick."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.exchange.conftest import kept_offices, offices
from tests.exchange.offices import Offices, approved_claim
from tests.exchange.test_rekeyed import SEED
from tests.ui.exchange.pressing import Pressing, context, pressing, words
from tests.ui.opening import named, put_away, shown, top
from tests.village_fixtures import PASSWORD
from villagedesk.exchange import store, usecases
from villagedesk.exchange.card import fingerprint, read, write
from villagedesk.exchange.model import Ruling
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.township.usecases import give_verdict
from villagedesk.ui.exchange import cards
from villagedesk.ui.exchange.arrival import PlanView
from villagedesk.ui.exchange.page import ExchangePage
from villagedesk.ui.kit.choicefield import Choice
from villagedesk.ui.kit.preview import Preview
from villagedesk.village.secrets import public_key

__all__ = ["kept_offices", "offices", "pressing"]


@pytest.fixture
def page(qtbot: QtBot, offices: Offices, pressing: Pressing) -> Iterator[ExchangePage]:
    """The page of a village that is enrolled."""
    made = ExchangePage(context(offices.village, pressing))
    qtbot.addWidget(made)
    shown(made, offices.village)
    yield made
    put_away(made)


def test_a_village_that_knows_nobody_is_shown_the_first_steps(qtbot: QtBot, desk: Desk, pressing: Pressing) -> None:
    page = ExchangePage(context(desk, pressing))
    qtbot.addWidget(page)
    shown(page, desk)
    assert "互换名片" in words(page)
    assert not named(page, "写出数据包").isEnabled()
    assert not named(page, "接收回执").isEnabled()
    put_away(page)


def test_the_figures_and_the_next_step_follow_a_round(
    qtbot: QtBot, page: ExchangePage, offices: Offices, pressing: Pressing
) -> None:
    unsent = store.status(offices.village).unsent
    assert f"{unsent}\n条新记录还没有写进数据包" in words(page)
    assert "按“写出数据包”" in words(page)
    pressing.chosen = offices.stick
    named(page, "写出数据包").trigger()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "第1号数据包已写好，读回来核对过" in pressing.said[-1]
    assert "把U盘交给双石镇" in words(page)
    approved_claim(offices.village, amount_fen=7_00)
    assert "又有了新记录" in words(page)
    (path,) = offices.stick.iterdir()
    offices.take_up(path)
    claim = offices.township.find(Claim)[0]
    today = offices.township.clock.now().date()
    give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", today + timedelta(days=9))
    pressing.chosen = offices.receipt()
    named(page, "接收回执").trigger()
    qtbot.waitUntil(lambda: page.steps_in == 1)
    assert isinstance(top(page), PlanView)
    assert "缺验收单" in words(page)
    assert "与本村的账一致" in words(page)
    named(page, "接收").trigger()
    qtbot.waitUntil(lambda: len(pressing.said) == 2)
    assert "退回的请按意见补好" in pressing.said[-1]
    assert page.steps_in == 0
    assert "乡镇退回了1张报账单" in words(page)
    assert "有疑问，待答复" in words(page)
    link = next(found for found in top(page).findChildren(QPushButton) if found.accessibleName() == "去答复")
    link.click()
    assert pressing.went == [("payments", "")]


def test_when_all_has_arrived_there_is_nothing_to_do(page: ExchangePage, offices: Offices) -> None:
    offices.take_up()
    offices.take_down()
    assert "都报上去了" in words(page)
    assert "乡镇已收到" in words(page)


def test_a_receipt_taken_before_is_only_mentioned(
    qtbot: QtBot, page: ExchangePage, offices: Offices, pressing: Pressing
) -> None:
    offices.take_up()
    pressing.chosen = offices.receipt()
    offices.take_down(pressing.chosen)
    page.receive()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "已经收过" in pressing.said[-1]
    assert page.steps_in == 0


def test_a_wrong_file_is_refused_in_plain_words(
    qtbot: QtBot, page: ExchangePage, offices: Offices, pressing: Pressing
) -> None:
    pressing.chosen = offices.stick / "照片.jpg"
    pressing.chosen.write_bytes(b"\xff\xd8" * 200)
    page.receive()
    qtbot.waitUntil(lambda: bool(pressing.said))
    assert "不是数据包" in pressing.said[-1]
    assert "隔离" in pressing.said[-1]


def test_giving_up_at_the_file_dialog_does_nothing(page: ExchangePage, offices: Offices) -> None:
    before = offices.tips()
    page.send()
    page.receive()
    cards.enrol(page)
    cards.write_card(page)
    assert offices.tips() == before
    assert page.steps_in == 0


def test_nobody_signed_in_does_nothing(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    pressing.chosen, pressing.reason = offices.stick, "x"
    offices.village.actor = None
    before = offices.tips()
    page.send()
    page.receive()
    cards.enrol(page)
    cards.write_card(page)
    cards.revoke_action(page, offices.upwards).trigger()
    assert offices.tips() == before


def test_the_own_card_is_shown_written_and_printed(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    named(page, "本单位名片").trigger()
    own = usecases.own_card(offices.village)
    assert all(group in words(page) for group in fingerprint(own).groups)
    pressing.chosen = offices.stick / "青山村.card"
    named(page, "写到U盘").trigger()
    assert read(pressing.chosen) == own
    pressing.chosen = offices.stick / "nowhere" / "青山村.card"
    named(page, "写到U盘").trigger()
    assert "出错" in pressing.said[-1]
    named(page, "打印名片").trigger()
    assert isinstance(top(page), Preview)


def test_a_card_is_compared_before_it_is_believed(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    pressing.chosen = offices.stick / "双石镇.card"
    usecases.write_card(offices.township, pressing.chosen)
    cards.enrol(page)
    theirs = usecases.own_card(offices.township)
    assert fingerprint(theirs).words[0] in words(page)
    version = offices.upwards.version
    named(page, "核对过，完全一样，登记").trigger()
    assert offices.upwards.version == version + 1
    assert "已登记" in pressing.said[-1]
    assert page.steps_in == 0


def test_what_is_no_card_is_said_so(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    cards.compare(page, offices.stick / "nothing.card")
    assert "找不到" in pressing.said[-1]
    own = offices.stick / "own.card"
    usecases.write_card(offices.village, own)
    cards.compare(page, own)
    named(page, "核对过，完全一样，登记").trigger()
    assert "这里要登记的是乡镇的名片" in pressing.said[-1]
    own.unlink()
    named(page, "核对过，完全一样，登记").trigger()
    assert "找不到" in pressing.said[-1]


def test_another_area_asks_for_a_reason(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    path = _card_of_another_area(offices)
    cards.compare(page, path)
    named(page, "核对过，完全一样，登记").trigger()
    assert page.steps_in == 1, "without a reason nothing happens"
    pressing.reason = "并镇以后代码还没换"
    named(page, "核对过，完全一样，登记").trigger()
    assert offices.upwards.code == "510322199"


def _card_of_another_area(offices: Offices) -> Path:
    path = offices.stick / "x.card"
    assert offices.township.signing_seed
    card = replace(usecases.own_card(offices.township), code="510322199")
    path.write_bytes(write(card, offices.township.signing_seed))
    return path


def test_a_township_is_revoked_with_a_reason(page: ExchangePage, offices: Offices, pressing: Pressing) -> None:
    revoke = next(found for found in top(page).findChildren(QPushButton) if found.text() == "作废名片")
    revoke.click()
    assert offices.upwards.public_key
    pressing.reason = " "
    revoke = next(found for found in top(page).findChildren(QPushButton) if found.text() == "作废名片")
    revoke.click()
    assert "原因" in pressing.said[-1]
    pressing.reason = "镇里换了电脑"
    revoke.click()
    assert not offices.upwards.public_key
    assert "名片已作废" in words(page)
    assert not named(page, "写出数据包").isEnabled()


def test_another_key_asks_a_second_person_until_the_password_fits(
    page: ExchangePage, offices: Offices, pressing: Pressing, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = offices.village.value("SELECT id FROM officers WHERE name = '赵主任'")
    asked: list[str] = []
    answers = [None, (head, "wrong-password"), (head, PASSWORD)]

    def answer(_page: object, people: list[Choice], **said: str) -> object:
        assert "李会计" not in [one.label for one in people]
        asked.append(said["fault"])
        return answers.pop(0)

    monkeypatch.setattr(cards, "sign_in", answer)
    card = replace(usecases.own_card(offices.township), public_key=public_key(SEED))
    path = offices.stick / "new.card"
    path.write_bytes(write(card, SEED))
    before = offices.upwards
    cards.compare(page, path)
    named(page, "核对过，完全一样，登记").trigger()
    assert offices.upwards == before, "who would rather not leaves everything as it was"
    named(page, "核对过，完全一样，登记").trigger()
    assert asked == ["", "", "姓名或密码不对。账没有变动。请看清大小写后再试一次。"]
    assert offices.upwards.public_key == public_key(SEED)
    assert "经赵主任确认" in pressing.said[-1]
    assert "名片在2026年1月6日换过钥匙，李会计办理，经赵主任（" in words(page)
