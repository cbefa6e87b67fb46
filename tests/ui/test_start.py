"""Starting: the welcome page or a desk, signing in, changes that reach the page, another text size."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.storage.medium import protected
from tests.village_fixtures import PASSWORD, Founded
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import ClockFarAhead, DiskFull
from villagedesk.storage.desk import Desk
from villagedesk.ui import start
from villagedesk.ui.house import open_or_look
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.page import Context, Page, PageSpec
from villagedesk.ui.shell import Office
from villagedesk.ui.start import House, Window
from villagedesk.ui.textsize import choose_text_size, kept_text_size
from villagedesk.ui.theme import dress, text_scale
from villagedesk.ui.welcome import Welcome
from villagedesk.village import store, usecases

InDialog = Callable[[Callable[[QWidget], object]], None]


class Blank(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.show_first(QLineEdit())


PAGES = (PageSpec("home", "今天", "home", Blank), PageSpec("claims", "报账", "yuan", Blank))


RESTORED = Path("恢复的村")


def _office(desk: Desk) -> Office:
    return Office(store.office(desk).name, desk.actor.name if desk.actor else "")


def _sign_in(desk: Desk, name: str, password: str) -> None:
    usecases.sign_in(desk, name, password)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Window:
    house = House(
        open_desk=lambda folder: (desk, "") if folder == desk.folder else open_or_look(folder),
        create_desk=lambda _parent: None,
        make_practice=lambda _progress: desk.folder,
        recent=lambda: [("青山村", Path("青山村"))],
        office=_office,
        people=lambda desk: [(officer.name, officer.name, "") for officer in store.active_officers(desk)],
        last_here=lambda desk: desk.value("SELECT name FROM officers WHERE id = ?", [store.last_actor(desk)]),
        sign_in=_sign_in,
        sign_out=usecases.sign_out,
        restore_desk=lambda _parent, done: done(RESTORED, "恢复好了。"),
    )
    made = Window(house, PAGES)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    return made


def test_without_a_desk_the_doors_stand_open(window: Window, qtbot: QtBot) -> None:
    window.show_welcome()
    assert isinstance(window.findChild(Welcome), Welcome)
    next(made for made in window.findChildren(QPushButton) if made.text() == "去练习").click()
    qtbot.waitUntil(lambda: window.shell is not None)
    assert window.shell
    assert window.shell.key == "home"
    assert window.windowTitle() == "青山村 · 村务公开账"


def _told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return where the titles and sentences of faults are noted down."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _window, words, *, title: told.append((title, words)))
    return told


def _let_go() -> None:
    """Let go of what was on the screen, as the event loop does next."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_desk_that_is_open_elsewhere_can_be_looked_at(
    window: Window, founded: Founded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _told(monkeypatch)
    folder = shutil.copytree(founded.folder, tmp_path / "开着的")
    with Desk.open(folder, who="周出纳"):
        window._open(folder)
    assert window.shell
    assert not window.shell.context.desk.is_writable
    ((title, words),) = told
    assert title == "现在只能看，不能办理"
    assert "正由“周出纳”打开着" in words
    assert "这里现在只能看" in words


def test_a_desk_on_a_disc_can_be_looked_at(
    window: Window, founded: Founded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _told(monkeypatch)
    with protected(founded.folder, tmp_path / "disc") as disc:
        window._open(disc)
        assert window.shell
        assert not window.shell.context.desk.is_writable
        window.close()
        _let_go()
    assert "复制到本机硬盘" in told[0][1]


def test_a_door_one_turns_away_from_leaves_the_welcome_page(window: Window) -> None:
    window.show_welcome()
    next(made for made in window.findChildren(QPushButton) if made.text() == "开始建账").click()
    assert window.shell is None


def test_signing_in_goes_on_until_the_password_fits(window: Window, desk: Desk, in_dialog: InDialog) -> None:
    window.show_desk(desk)
    seen: list[bool] = []

    def answer(password: str) -> Callable[[QWidget], None]:
        def write(dialog: QWidget) -> None:
            line = dialog.findChild(QLineEdit)
            assert isinstance(line, QLineEdit)
            line.setText(password)
            line.textEdited.emit(password)
            wrong = any("姓名或密码不对" in made.accessibleName() for made in dialog.findChildren(QWidget))
            seen.append(wrong)
            if not wrong:
                in_dialog(answer(PASSWORD))
            next(made for made in dialog.findChildren(QPushButton) if made.text() == "登录").click()

        return write

    in_dialog(answer("wrong"))
    assert window.sign_in()
    assert seen == [False, True]


def test_who_worked_here_last_need_only_write_the_password(window: Window, desk: Desk, in_dialog: InDialog) -> None:
    usecases.sign_out(desk)
    window.show_desk(desk)

    def write(dialog: QWidget) -> None:
        at_hand = dialog.focusWidget()
        assert isinstance(at_hand, QLineEdit)
        QTest.keyClicks(at_hand, PASSWORD)
        QTest.keyClick(at_hand, Qt.Key.Key_Return)

    in_dialog(write)
    assert window.sign_in()
    assert desk.actor
    assert desk.actor.name == "李会计"


def test_the_text_size_is_chosen_applied_and_kept(
    qapp: QApplication, window: Window, desk: Desk, in_dialog: InDialog
) -> None:
    window.show_desk(desk)
    assert window.shell
    window.shell.go("claims")
    in_dialog(
        lambda dialog: next(
            made for made in dialog.findChildren(QPushButton) if made.accessibleName() == "更大，150%"
        ).click()
    )
    percent = choose_text_size(window)
    assert percent == 150
    window.resize_text(percent)
    assert (text_scale(), kept_text_size(), window.shell.key) == (150, 150, "claims")
    window.resize_text(100)
    dress(qapp, 100)


def _press(window: QWidget, text: str) -> None:
    next(made for made in window.findChildren(QPushButton) if made.accessibleName() == text).click()


def test_another_desk_is_chosen_on_the_welcome_page(window: Window, desk: Desk) -> None:
    window.show_desk(desk)
    _press(window, "换账本")
    _let_go()
    assert (window.shell, desk.is_writable) == (None, False)
    assert isinstance(window.findChild(Welcome), Welcome)
    with Desk.open(desk.folder):  # somebody else may open it now
        pass
    window.resize_text(100)
    assert window.shell is None


def test_an_unsaved_page_keeps_the_desk(window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_desk(desk)
    assert window.shell
    monkeypatch.setattr(window.shell.current, "may_leave", lambda: False)
    _press(window, "换账本")
    assert desk.is_writable
    assert not window.findChildren(Welcome)
    monkeypatch.undo()


def test_a_restored_desk_is_opened_from_the_welcome_page(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "show_note", lambda _window, sentence: told.append(sentence))
    monkeypatch.setattr(window, "_open", opened.append)
    window.show_welcome()
    _press(window, "电脑坏过，有备份？从备份恢复")
    assert (told, opened) == (["恢复好了。"], [RESTORED])


def test_signing_out_leaves_only_looking(window: Window, desk: Desk, in_dialog: InDialog) -> None:
    window.show_desk(desk)
    in_dialog(lambda dialog: _press(dialog, "退出登录，只看不办"))
    assert not window.sign_in()
    assert desk.signing_seed is None
    seen: list[str] = []

    def look(dialog: QWidget) -> None:
        seen.extend(made.text() for made in dialog.findChildren(QPushButton))
        _press(dialog, "取消")

    in_dialog(look)
    assert not window.sign_in()
    assert "退出登录，只看不办" not in seen


def test_closing_the_window_closes_the_desk(window: Window, desk: Desk) -> None:
    window.show_desk(desk)
    assert window.close()
    _let_go()
    assert not desk.is_writable


def test_what_is_still_on_the_screen_may_ask_the_desk_while_the_window_closes(window: Window, desk: Desk) -> None:
    """A long list that is to be read on in a moment would else meet a closed file, and its error a closing window."""
    window.show_desk(desk)
    assert window.shell
    waiting = QTimer(window.shell, singleShot=True, interval=0)
    waiting.timeout.connect(lambda: desk.value("SELECT 1"))
    waiting.start()
    assert window.close()
    QTest.qWait(50)
    assert not desk.is_writable


def test_a_fault_at_the_edge_is_a_sentence(
    window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _window, sentence: told.append(sentence))
    for fault in (DiskFull(), KeyError("x")):
        start._tell(window, type(fault), fault, None)
    assert "磁盘满了" in told[0]
    assert "KeyError" in told[1]
    assert "KeyError" in capsys.readouterr().err


@pytest.mark.parametrize("is_so", [True, False])
def test_a_date_years_ahead_is_asked_about_once(
    window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch, is_so: bool
) -> None:
    window.show_desk(desk)
    desk.clock = SetClock(datetime(2036, 3, 1, 9, 0, tzinfo=CHINA))
    asked: list[str] = []

    def answer(_parent: object, sentence: str, verb: str, **_said: str) -> bool:
        asked.append(f"{sentence}{verb}")
        return is_so

    monkeypatch.setattr(dialogs, "confirm", answer)
    monkeypatch.setattr(dialogs, "sign_in", lambda *_args, **_facts: ("赵主任", PASSWORD))
    assert window.sign_in()
    assert "电脑说今天是2036年3月1日，账里最后一笔却是2026年1月5日" in asked[0]
    assert asked[0].endswith("今天真的是2036年3月1日")
    assert desk.is_clock_far_ahead() is not is_so
    assert window.sign_in()
    assert len(asked) == (1 if is_so else 2), "who said no is asked again"
    if is_so:
        with desk.change("test.later"):
            pass
    else:
        with pytest.raises(ClockFarAhead), desk.change("test.later"):
            pass
