"""A list as people use it: filter, order, keys, counts, and the empty state."""

from collections.abc import Sequence
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type
from villagedesk.kernel.errors import DiskGone
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.theme import dress

VILLAGERS = {1: ("李秀英", 300), 2: ("王建国", 100), 3: ("张䶮", 200), 4: ("李福生", 50)}


class Villagers:
    def __init__(self) -> None:
        self.people = dict(VILLAGERS)

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        found = [key for key, (name, _) in self.people.items() if filter_text in name]
        if sort_key == "points":
            found.sort(key=lambda key: self.people[key][1], reverse=descending)
        return found

    def rows(self, ids: Sequence[int]) -> list[tuple[str, int]]:
        return [self.people[key] for key in ids]


COLUMNS: tuple[Column[tuple[str, int]], ...] = (
    Column("name", "姓名", lambda row: row[0]),
    Column("points", "积分", lambda row: str(row[1]), 100, align="right"),
    Column("note", "备注", lambda _row: "", 400, spare=True, sortable=False),
)


@pytest.fixture
def villagers() -> Villagers:
    return Villagers()


@pytest.fixture
def listing(qtbot: QtBot, villagers: Villagers) -> Listing[tuple[str, int]]:
    made = Listing(
        COLUMNS, villagers, Texts("人员", "人", "找姓名", Empty("还没有人")), total=lambda text: f"合计{text}"
    )
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.reload()
    return made


def _foot(listing: Listing[tuple[str, int]]) -> str:
    return listing._count.text()


def test_it_says_how_many_there_are(listing: Listing[tuple[str, int]]) -> None:
    assert (_foot(listing), listing._sum.text()) == ("共 4 人", "合计")


def test_typing_in_the_filter_asks_the_source_after_a_pause(
    qtbot: QtBot, listing: Listing[tuple[str, int]], type_in: Type
) -> None:
    type_in(listing.filter, "李")
    assert listing.model.rowCount() == 4, "not at each key"
    qtbot.waitUntil(lambda: listing.model.rowCount() == 2)
    assert (_foot(listing), listing._sum.text()) == ("找到 2 人，全部 4 人", "合计李")


def test_enter_in_the_filter_asks_at_once_and_goes_to_the_rows(
    qtbot: QtBot, listing: Listing[tuple[str, int]], type_in: Type
) -> None:
    listing.activateWindow()
    listing.filter.setFocus()
    type_in(listing.filter, "张")
    QTest.keyClick(listing.filter, Qt.Key.Key_Return)
    assert listing.current_row() == ("张䶮", 200)
    assert listing.focusWidget() is listing.view


def test_escape_clears_the_filter(qtbot: QtBot, listing: Listing[tuple[str, int]], type_in: Type) -> None:
    type_in(listing.filter, "张")
    QTest.keyClick(listing.filter, Qt.Key.Key_Escape)
    assert (listing.filter.text(), listing.model.rowCount()) == ("", 4)


def test_slash_goes_to_the_filter(qtbot: QtBot, listing: Listing[tuple[str, int]]) -> None:
    listing.view.setFocus()
    QTest.keyClick(listing.view, Qt.Key.Key_Slash)
    assert listing.focusWidget() is listing.filter


def test_enter_and_double_click_open_the_row(qtbot: QtBot, listing: Listing[tuple[str, int]]) -> None:
    listing.choose(2)
    with qtbot.waitSignal(listing.opened) as opened:
        QTest.keyClick(listing.view, Qt.Key.Key_Return)
    assert opened.args == [2]
    place = listing.view.visualRect(listing.model.index(3, 0)).center()
    with qtbot.waitSignal(listing.opened) as opened:
        QTest.mouseDClick(listing.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened.args == [4]


def test_a_click_on_the_head_sorts_and_a_second_turns_the_order(
    qtbot: QtBot, listing: Listing[tuple[str, int]]
) -> None:
    listing.view.horizontalHeader().sectionClicked.emit(1)
    assert [listing.model.id_at(row) for row in range(4)] == [4, 2, 3, 1]
    listing.view.horizontalHeader().sectionClicked.emit(1)
    assert [listing.model.id_at(row) for row in range(4)] == [1, 3, 2, 4]
    listing.view.horizontalHeader().sectionClicked.emit(2)
    assert listing.model.id_at(0) == 1, "a column that cannot be sorted leaves the order"


def test_the_chosen_row_stays_chosen_when_the_list_is_read_again(
    listing: Listing[tuple[str, int]], villagers: Villagers
) -> None:
    listing.choose(3)
    villagers.people = {9: ("新来的", 1), **villagers.people}
    listing.reload()
    assert (listing.current_id(), listing.view.currentIndex().row()) == (3, 3)


def test_a_row_that_is_gone_gives_way_to_the_first(listing: Listing[tuple[str, int]], villagers: Villagers) -> None:
    listing.choose(3)
    del villagers.people[3]
    listing.reload()
    assert listing.current_id() == 1


def test_nothing_yet_and_nothing_found_are_told_apart(listing: Listing[tuple[str, int]], villagers: Villagers) -> None:
    listing.filter.setText("赵")
    listing.reload()
    assert "没有找到“赵”" in listing._empty.accessibleName()
    villagers.people.clear()
    listing.filter.clear()
    listing.reload()
    assert listing._empty.isVisible()
    assert "还没有人" in listing._empty.accessibleName()
    assert listing.current_id() is None


def test_a_spare_column_gives_way_when_there_is_no_room(
    qtbot: QtBot, qapp: QApplication, listing: Listing[tuple[str, int]]
) -> None:
    assert not listing.view.isColumnHidden(2)
    listing.resize(600, 500)
    assert listing.view.isColumnHidden(2)
    assert not listing.view.horizontalScrollBar().isVisible()
    listing.resize(900, 500)
    assert not listing.view.isColumnHidden(2)
    dress(qapp, 100)


def test_the_list_can_be_read_out(listing: Listing[tuple[str, int]]) -> None:
    assert (listing.view.accessibleName(), listing.filter.accessibleName()) == ("人员", "查找人员")


class Endless(Sequence[int]):
    """Numbers of which the first 600 are known before somebody counts."""

    def __init__(self, count: int) -> None:
        self.size, self.is_whole, self.known = count, count <= 600, min(count, 600)
        self.looked: list[int] = []

    def __len__(self) -> int:
        self.is_whole = True
        return self.size

    def __getitem__(self, place: int | slice) -> Any:
        return range(self.size)[place]

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        self.looked.append(value)
        return range(self.size).index(value)


class Many:
    """A source with a long list; it tells how often it was summed up."""

    def __init__(self, count: int) -> None:
        self.numbers, self.summed = Endless(count), 0

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        self.numbers = Endless(self.numbers.size)
        return self.numbers

    def rows(self, ids: Sequence[int]) -> list[tuple[str, int]]:
        return [(str(number), number) for number in ids]

    def total(self, text: str) -> str:
        self.summed += 1
        return f"合计{self.numbers.size}"


@pytest.fixture
def many(qtbot: QtBot) -> tuple[Listing[tuple[str, int]], Many]:
    source = Many(5000)
    made = Listing(COLUMNS, source, Texts("人员", "人"), total=source.total)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made, source


def test_a_long_list_is_shown_before_it_is_counted(qtbot: QtBot, many: tuple[Listing[tuple[str, int]], Many]) -> None:
    listing, source = many
    listing.reload()
    assert (listing.model.rowCount(), listing.model.is_whole, _foot(listing), source.summed) == (600, False, "", 0)
    assert listing.model.index(0, 0).data() == "0"
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert (listing.model.rowCount(), _foot(listing), listing._sum.text()) == (5000, "共 5,000 人", "合计5000")
    assert listing.model.index(4999, 0).data() == "4999"


def test_a_row_far_down_is_chosen_and_stays_so(qtbot: QtBot, many: tuple[Listing[tuple[str, int]], Many]) -> None:
    listing, _ = many
    listing.reload()
    assert listing.choose(4321)
    assert (listing.current_id(), _foot(listing)) == (4321, "共 5,000 人")
    top = listing.view.verticalScrollBar().value()
    listing.reload()
    assert (listing.current_id(), listing.view.verticalScrollBar().value()) == (4321, top)
    assert top > 4000


def test_another_order_begins_at_its_top_without_looking_for_the_chosen_row(
    qtbot: QtBot, many: tuple[Listing[tuple[str, int]], Many]
) -> None:
    listing, source = many
    listing.reload()
    listing.choose(4321)
    listing.view.horizontalHeader().sectionClicked.emit(1)
    assert source.numbers.looked == []
    assert (listing.current_id(), listing.view.verticalScrollBar().value()) == (0, 0)


def test_a_list_that_ends_with_its_first_rows_is_whole_at_once(qtbot: QtBot) -> None:
    source = Many(3)
    listing = Listing(COLUMNS, source, Texts("人员", "人"), total=source.total)
    qtbot.addWidget(listing)
    listing.reload()
    assert (listing.model.is_whole, _foot(listing), source.summed) == (True, "共 3 人", 1)


class Read(Endless):
    """As ``storage.longlist``: it is read on another thread, when the test lets it."""

    def __init__(self, count: int, begun: Sequence[int] | None = None) -> None:
        super().__init__(count)
        self.begun = list(range(600)) if begun is None else begun
        self.is_whole, self.known, self.threads, self.cancelled = False, len(self.begun), 0, 0
        self.may_end = Event()
        self.fault: Exception | None = None

    def __len__(self) -> int:
        assert not self.threads or self.fault or self.is_whole, "nobody counts it while it is read elsewhere"
        return super().__len__()

    def __getitem__(self, place: int | slice) -> Any:
        return (range(self.size) if self.is_whole else self.begun)[place]

    def rest(self) -> "Read":
        self.threads += 1
        return self

    def read(self) -> int:
        self.may_end.wait(5)
        if self.fault:
            raise self.fault
        return self.size

    def take(self, whole: int) -> None:
        self.size, self.is_whole = whole, True

    def cancel(self) -> None:
        self.cancelled += 1
        self.may_end.set()


@pytest.fixture
def read(
    many: tuple[Listing[tuple[str, int]], Many], monkeypatch: pytest.MonkeyPatch
) -> tuple[Listing[tuple[str, int]], list[Read]]:
    """A list of 5 000 rows, and each of its answers to the list's questions."""
    listing, source = many
    asked: list[Read] = []

    def ids(text: str, sort_key: str, descending: bool) -> Sequence[int]:
        asked.append(Read(source.numbers.size, [17, 4, 99] if text else None))
        return asked[-1]

    monkeypatch.setattr(source, "ids", ids)
    return listing, asked


def test_a_long_list_is_read_beside_the_window(qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]) -> None:
    listing, asked = read
    listing.reload()
    qtbot.waitUntil(lambda: asked[0].threads == 1)
    assert (listing.model.rowCount(), _foot(listing)) == (600, "")
    listing.view.selectRow(3)
    asked[0].may_end.set()
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert (listing.model.rowCount(), _foot(listing), listing.current_id()) == (5000, "共 5,000 人", 3)


def test_first_hits_are_shown_while_the_others_are_looked_for(
    qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]
) -> None:
    listing, asked = read
    listing.filter.setText("李")
    listing.reload()
    assert (_foot(listing), listing.model.rowCount()) == ("已找到 3 人，还在往下找……", 3)
    listing.view.selectRow(1)
    asked[-1].may_end.set()
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert (_foot(listing), listing.current_id()) == ("找到 5,000 人", 4), (
        "the chosen one stays chosen where it belongs"
    )
    assert len(asked) == 1, "typing asked once, not again after its pause"


def test_another_question_stops_the_reading_for_the_last(
    qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]
) -> None:
    listing, asked = read
    listing.reload()
    qtbot.waitUntil(lambda: asked[0].threads == 1)
    listing.view.horizontalHeader().sectionClicked.emit(1)
    assert asked[0].cancelled == 1
    qtbot.waitUntil(lambda: asked[1].threads == 1)
    asked[1].may_end.set()
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert not asked[0].is_whole
    assert listing.model.ids is asked[1]


def test_a_list_looked_at_far_down_stays_until_the_new_one_is_read(
    qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]
) -> None:
    listing, asked = read
    listing.reload()
    asked[0].may_end.set()
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert listing.choose(4321)
    top = listing.view.verticalScrollBar().value()
    listing.reload()
    assert listing.model.ids is asked[0]
    assert (listing.current_id(), _foot(listing)) == (4321, "共 5,000 人")
    asked[1].may_end.set()
    qtbot.waitUntil(lambda: listing.model.ids is asked[1])
    assert (listing.current_id(), listing.view.verticalScrollBar().value()) == (4321, top)


def test_what_cannot_be_read_elsewhere_is_read_here(
    qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]
) -> None:
    listing, asked = read
    listing.reload()
    asked[0].fault = DiskGone(where="x", detail="x")
    asked[0].may_end.set()
    qtbot.waitUntil(lambda: listing.model.is_whole)
    assert _foot(listing) == "共 5,000 人"


def test_a_list_that_goes_stops_reading(qtbot: QtBot, read: tuple[Listing[tuple[str, int]], list[Read]]) -> None:
    parent, asked = QWidget(), read[1]
    listing = Listing(COLUMNS, read[0].model._source, Texts("人员", "人"))
    listing.setParent(parent)
    listing.reload()
    listing._read_on()
    assert asked[0].threads == 1
    parent.deleteLater()
    qtbot.waitUntil(lambda: asked[0].cancelled == 1)
