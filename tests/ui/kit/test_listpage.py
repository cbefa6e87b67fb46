"""A page with a list and a record over it: rows open, a change is shown, and the way back forgets the record."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts


class Names:
    """People by name; the name is the id."""

    def __init__(self) -> None:
        self.known = ["王建国", "李秀英"]

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        del filter_text, sort_key, descending
        return tuple(self.known)

    def rows(self, ids: Sequence[str]) -> list[str]:
        return list(ids)


class People(ListPage[str]):
    title = "人员"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names, self.laid = Names(), list[str]()
        self.show_list(Listing[str]([Column("name", "姓名", str)], self.names, Texts("人员", "人")))
        self.refresh(None)

    def show_record(self, record_id: str) -> None:
        if record_id in self.names.known:
            self.laid.append(record_id)
            self.show_over(record_id, QLabel(record_id))


class Settled(People):
    is_record_fixed = True


def standing(qtbot: QtBot, kind: type[People] = People) -> People:
    page = kind(Context(None, lambda _key, _record: None, lambda: True))  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot) -> People:
    return standing(qtbot)


def test_a_row_opens_by_enter_and_by_its_menu(page: People) -> None:
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    assert (page.title_now(), page.shown, page.steps_in) == ("王建国", "王建国", 1)
    page.back()
    page.list.choose("李秀英")
    page.list.view.menu_actions[0].trigger()
    assert (page.title_now(), page.shown) == ("李秀英", "李秀英")


def test_the_menu_of_an_empty_list_opens_nothing(page: People) -> None:
    page.names.known.clear()
    page.refresh(None)
    page.list.view.menu_actions[0].trigger()
    assert page.steps_in == 0


def test_another_record_takes_the_place_of_all_that_lay_over_the_list(page: People) -> None:
    page.look_at("王建国")
    page.show_over("修改", QLabel())
    page.open("李秀英")
    assert (page.steps_in, page.title_now()) == (1, "李秀英")


def test_a_change_shows_list_and_record_anew_but_not_below_a_form(page: People) -> None:
    page.open("王建国")
    page.names.known.append("张伟")
    page.refresh(frozenset({"people"}))
    assert (page.list.model.rowCount(), page.laid) == (3, ["王建国", "王建国"])
    page.show_over("修改", QLabel())
    page.refresh(frozenset({"people"}))
    assert (page.shown, len(page.laid), page.steps_in) == ("王建国", 2, 2)


def test_a_record_that_cannot_change_is_left_as_it_is(qtbot: QtBot) -> None:
    page = standing(qtbot, Settled)
    page.open("王建国")
    page.refresh(None)
    assert page.laid == ["王建国"]


def test_going_back_forgets_the_record(page: People) -> None:
    page.open("王建国")
    page.show_over("修改", QLabel())
    page.back()
    assert page.shown == "王建国"
    page.back()
    assert page.shown == ""


def test_a_record_that_is_gone_leads_back_to_the_list(page: People) -> None:
    page.open("王建国")
    page.names.known.remove("王建国")
    page.refresh(None)
    assert (page.steps_in, page.shown) == (0, "")
