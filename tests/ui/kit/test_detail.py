"""A record to read, and the small furniture."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.buttons import Segments
from villagedesk.ui.kit.cards import FigureCard, TaskRow, Tiles
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.theme import Tone

LONG = "四川省自贡市富顺县双石镇青山村农村公共服务运行维护项目二组三组四组沟渠清淤及路灯更换工程施工合同补充协议书第二号附件一览表（修订稿）"


def _words(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QLabel) if made.text() and made.isVisibleTo(widget)]


@pytest.fixture
def detail(qtbot: QtBot) -> Detail:
    made = (
        Detail()
        .title("沟渠清淤", ("等审核", Tone.ACTIVE), figure="7,234.50 元")
        .callout("请换一位审核人。", Tone.WARN)
        .facts([Fact("收款人", LONG, wide=True), Fact("金额", "7,234.50 元"), Fact("账号", "")], title="内容")
        .timeline(
            [Step("填写", "李秀英", "4月5日"), Step("退回", "王建国", "4月6日", Tone.WARN, "缺签到册。"), Step("审批")]
        )
        .done()
    )
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_everything_that_was_said_is_shown(detail: Detail) -> None:
    words = _words(detail)
    for expected in ("沟渠清淤", "7,234.50 元", "请换一位审核人。", LONG, "缺签到册。", "李秀英　4月5日", "审批"):
        assert expected in words


def test_a_fact_without_a_value_shows_a_dash_and_is_read_as_empty(detail: Detail) -> None:
    names = [made.accessibleName() for made in detail.findChildren(QLabel) if made.text() == "—"]
    assert names == ["账号：没有填"]


def test_values_can_be_copied(detail: Detail) -> None:
    value = next(made for made in detail.findChildren(QLabel) if made.text() == LONG)
    assert value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_long_values_wrap_and_nothing_scrolls_sideways(qtbot: QtBot, detail: Detail) -> None:
    detail.resize(420, 700)
    inside = detail.widget()
    assert inside
    qtbot.waitUntil(lambda: inside.width() <= 420)
    value = next(made for made in detail.findChildren(QLabel) if made.text() == LONG)
    qtbot.waitUntil(lambda: value.height() >= 3 * value.fontMetrics().height())


def test_a_badge_is_read_out(qtbot: QtBot) -> None:
    badge = Badge("逾期 3 天", Tone.BAD)
    qtbot.addWidget(badge)
    narrow = badge.sizeHint().width()
    badge.set_state("已经逾期 13 天", Tone.BAD)
    assert badge.accessibleName() == "已经逾期 13 天"
    assert badge.sizeHint().width() > narrow


def test_a_long_title_is_shortened_and_its_whole_text_a_tip(qtbot: QtBot) -> None:
    title = ElidedLabel(LONG)
    qtbot.addWidget(title)
    title.resize(300, 30)
    title.show()
    assert title.text().endswith("…")
    assert (title.whole(), title.toolTip()) == (LONG, LONG)
    title.resize(3000, 30)
    assert (title.text(), title.toolTip()) == (LONG, "")


def test_a_card_leads_where_it_says(qtbot: QtBot) -> None:
    gone: list[str] = []
    card = FigureCard("3", "张单据等审核", tone=Tone.WARN, verb="去审核", act=lambda: gone.append("claims"))
    row = TaskRow("退回第 3 批", "逾期 3 天", tone=Tone.BAD, verb="去看看", act=lambda: gone.append("exchange"))
    for widget in (card, row):
        qtbot.addWidget(widget)
        widget.findChildren(QPushButton)[0].click()
    assert gone == ["claims", "exchange"]
    assert (card.accessibleName(), row.accessibleName()) == ("3 张单据等审核", "退回第 3 批 逾期 3 天")


def test_tiles_stand_in_as_many_columns_as_have_room(qtbot: QtBot) -> None:
    tiles = [QWidget() for _ in range(4)]
    group = Tiles(tiles, least=200)
    qtbot.addWidget(group)
    group.resize(1000, 300)
    group.show()
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 1)
    group.resize(450, 300)
    qtbot.waitUntil(lambda: len({tile.x() for tile in tiles}) == 2)


def test_segments_tell_which_was_pressed(qtbot: QtBot) -> None:
    states = Segments((("all", "全部"), ("waiting", "等审核"), ("posted", "已入账")))
    qtbot.addWidget(states)
    assert states.key() == "all"
    with qtbot.waitSignal(states.picked) as picked:
        states.pick("posted")
    assert (picked.args, states.key()) == (["posted"], "posted")
    states.relabel("waiting", "等审核 3")
    assert states.findChildren(QPushButton)[1].accessibleName() == "等审核 3"
