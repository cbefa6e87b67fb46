"""The page of the books pressed as a person does: copies, proof, archive, restoring, passwords, officers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.opening import opened, shown
from tests.village_fixtures import ACCOUNTANT, PASSWORD
from villagedesk.app.copies import last_copy
from villagedesk.kernel.errors import NotSignedIn, RuleViolation, WrongPassword
from villagedesk.storage.attachments import place
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.ui.books import page as books
from villagedesk.ui.books.page import BooksPage
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context
from villagedesk.village import store, usecases
from villagedesk.village.consent import APPROVING, Consent
from villagedesk.village.model import Role


@dataclass
class Person:
    """What somebody at the window chooses and answers, and what the window told them."""

    file: Path | None = None
    folder: Path | None = None
    agrees: bool = True
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    made = Person()

    def agree(_parent: object, sentence: str, *_: object, **__: object) -> bool:
        made.asked.append(sentence)
        return made.agrees

    def say(_parent: object, sentence: str, **_: object) -> None:
        made.said.append(sentence)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made.file or ""), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.folder or ""))
    monkeypatch.setattr(books, "confirm", agree)
    monkeypatch.setattr(books, "show_note", say)
    monkeypatch.setattr(dialogs, "show_error", say)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[BooksPage]:
    """The page, refreshed after each change as the shell does; who asks to sign in is refused."""
    yield from opened(qtbot, desk, BooksPage)


def words(page: BooksPage) -> str:
    QApplication.processEvents()  # cards drawn anew stand after the next look
    return "\n".join(label.text() for label in page._column.findChildren(QLabel) if label.isVisible())


def press(page: BooksPage, text: str, place: int = 0) -> None:
    QApplication.processEvents()
    [made for made in page._column.findChildren(QPushButton) if made.text() == text and made.isVisible()][place].click()


def fill(page: BooksPage, **values: str) -> bool:
    form = page._stack.currentWidget()
    assert isinstance(form, Form)
    form.set_values(values)
    return form.try_save()


def test_a_backup_is_written_proved_and_remembered(
    qtbot: QtBot, page: BooksPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    assert "还没有备份到U盘" in words(page)
    person.folder = tmp_path
    press(page, "备份到U盘")
    qtbot.waitUntil(lambda: bool(person.said))
    assert "读回来核对过" in person.said[0]
    (copy,) = tmp_path.glob("*.zip")
    assert copy.name in person.said[0]
    assert last_copy(desk.folder)
    assert "上次备份：2026年1月5日" in words(page)


def test_an_old_backup_asks_for_a_new_one(
    qtbot: QtBot, page: BooksPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    (desk.folder / "backups").mkdir(exist_ok=True)
    note = '{"made_at": "2025-11-20T09:00:00+08:00", "name": "x.zip"}'
    (desk.folder / "backups" / "last-copy.json").write_text(note, "utf-8")
    page.refresh(None)
    assert "上次备份：2025年11月20日09:00，核对过。已经过了一个月，请再备份一次。" in words(page)


def test_whole_books_are_said_to_be_whole(qtbot: QtBot, page: BooksPage, desk: Desk, person: Person) -> None:
    press(page, "核对账本")
    qtbot.waitUntil(lambda: "账本完好" in words(page))
    assert f"{desk.tip()[0]}条流水" in words(page)


def test_each_fault_of_the_books_is_listed(qtbot: QtBot, page: BooksPage, desk: Desk, person: Person) -> None:
    with desk.change("test.paper.kept") as change:
        first = change.attach("发票.jpg", "image/jpeg", b"one")
        second = change.attach("验收单.jpg", "image/jpeg", b"two")
    place(desk.folder, first.id).unlink()
    place(desk.folder, second.id).chmod(0o644)
    place(desk.folder, second.id).write_bytes(b"tow")
    press(page, "核对账本")
    qtbot.waitUntil(lambda: "账本和流水对不上" in words(page))
    assert "附件“发票.jpg”" in words(page)
    assert "附件“验收单.jpg”" in words(page)
    assert "账本完好" not in words(page)


def test_a_year_is_archived_by_the_accountant(
    qtbot: QtBot, page: BooksPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    person.folder = tmp_path
    press(page, "归档")
    qtbot.waitUntil(lambda: bool(person.said))
    assert "2026年" in person.said[0]
    assert [path.name for path in tmp_path.glob("*档案.zip")] or "没有可以归档的" in person.said[0]


def test_somebody_else_does_not_archive(page: BooksPage, desk: Desk, person: Person, tmp_path: Path) -> None:
    usecases.sign_in(desk, "钱组长", PASSWORD)
    person.folder = tmp_path
    with pytest.raises(RuleViolation, match="由村会计"):
        page.archive(2026)


def test_a_backup_becomes_another_desk_and_the_open_one_stays(
    qtbot: QtBot, page: BooksPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    person.folder = tmp_path / "stick"
    person.folder.mkdir()
    press(page, "备份到U盘")
    qtbot.waitUntil(lambda: bool(person.said))
    (person.file,) = person.folder.glob("*.zip")
    person.folder = tmp_path / "新电脑"
    before = desk.tip()
    press(page, "从备份恢复")
    qtbot.waitUntil(lambda: len(person.said) == 2)
    assert "恢复到" in person.said[1]
    assert "全部一致" in person.said[1]
    assert "没有动" in person.said[1]
    assert not verify(person.folder).faults
    assert desk.tip() == before


def test_a_folder_that_is_not_empty_is_left_alone(
    qtbot: QtBot, page: BooksPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    person.file, person.folder = tmp_path / "x.zip", tmp_path
    person.file.write_bytes(b"x")
    press(page, "从备份恢复")
    qtbot.waitUntil(lambda: bool(person.said))
    assert "已经有东西" in person.said[0]
    assert person.file.read_bytes() == b"x"


def test_giving_up_at_a_file_dialog_does_nothing(page: BooksPage, desk: Desk, person: Person) -> None:
    before = desk.tip()
    for text in ("备份到U盘", "归档", "从备份恢复"):
        press(page, text)
    person.file = desk.folder / "desk.sqlite"
    press(page, "从备份恢复")
    assert (desk.tip(), person.said, last_copy(desk.folder)) == (before, [], None)


def test_a_password_is_changed_by_who_knows_the_old_one(page: BooksPage, desk: Desk, person: Person) -> None:
    press(page, "改密码")
    assert page.title_now() == f"改密码：{ACCOUNTANT}"
    assert not fill(page, old=PASSWORD, password="baiyun-2027", again="baiyun-2028")
    assert not fill(page, old="falsch", password="baiyun-2027", again="baiyun-2027")
    assert fill(page, old=PASSWORD, password="baiyun-2027", again="baiyun-2027")
    assert "密码改好了" in person.said[0]
    assert page.steps_in == 0
    with pytest.raises(WrongPassword):
        usecases.sign_in(desk, ACCOUNTANT, PASSWORD)
    usecases.sign_in(desk, ACCOUNTANT, "baiyun-2027")


def test_an_officer_is_stopped_after_asking(page: BooksPage, desk: Desk, person: Person) -> None:
    names = [officer.name for officer in store.active_officers(desk)]
    person.agrees = False
    press(page, "停用", names.index("周监督"))
    assert "周监督不能再登录" in person.asked[0]
    assert "周监督" in words(page)
    person.agrees = True
    press(page, "停用", names.index("周监督"))
    assert "周监督" not in words(page)
    assert "周监督" not in [officer.name for officer in store.active_officers(desk)]


def test_once_the_group_has_said_its_word_another_officer_agrees(page: BooksPage, desk: Desk, person: Person) -> None:
    accountant, seed = desk.actor, desk.signing_seed
    usecases.sign_in(desk, "钱组长", PASSWORD)
    usecases.change_password(desk, PASSWORD, "qian-2026")
    desk.actor, desk.signing_seed = accountant, seed
    press(page, "添加")
    facts = {"name": "罗书记", "role": Role.HEAD.value, "password": "luo-2026"}
    assert not fill(page, **facts)
    assert not fill(page, **facts, second="钱组长", second_password=PASSWORD)
    assert fill(page, **facts, second="钱组长", second_password="qian-2026")
    names = [officer.name for officer in store.active_officers(desk)]
    press(page, "停用", names.index("赵主任"))
    assert person.asked == []
    assert not fill(page)
    assert fill(page, second="罗书记", second_password="luo-2026")
    assert "赵主任" not in [officer.name for officer in store.active_officers(desk)]


def test_the_last_who_approves_is_stopped_without_a_word_of_theirs(page: BooksPage, desk: Desk, person: Person) -> None:
    accountant, seed = desk.actor, desk.signing_seed
    usecases.sign_in(desk, "钱组长", PASSWORD)
    usecases.change_password(desk, PASSWORD, "qian-2026")
    desk.actor, desk.signing_seed = accountant, seed
    for one in [one for one in store.active_officers(desk) if one.role in APPROVING and one.name != "赵主任"]:
        usecases.dismiss(desk, one.id, Consent("赵主任", PASSWORD))
    names = [officer.name for officer in store.active_officers(desk)]
    person.agrees = True
    press(page, "停用", names.index("赵主任"))
    assert "没有别的人可以同意" in person.asked[0]
    assert "赵主任" not in words(page)


def test_the_last_accountant_is_not_stopped(page: BooksPage, desk: Desk, person: Person) -> None:
    (only,) = [officer for officer in store.active_officers(desk) if officer.role is Role.ACCOUNTANT]
    with pytest.raises(RuleViolation, match="唯一的村会计"):
        page.dismiss(only)
    assert ACCOUNTANT in words(page)


def test_only_the_accountant_stops_somebody(page: BooksPage, desk: Desk, person: Person) -> None:
    (head,) = [officer for officer in store.active_officers(desk) if officer.role is Role.HEAD]
    usecases.sign_in(desk, "钱组长", PASSWORD)
    with pytest.raises(RuleViolation, match="由村会计"):
        page.dismiss(head)
    assert person.asked == []


def test_nobody_signed_in_changes_nothing(page: BooksPage, desk: Desk, person: Person) -> None:
    usecases.sign_out(desk)
    before = desk.tip()
    for text in ("归档", "改密码", "添加", "停用"):
        press(page, text)
    assert (desk.tip(), page.steps_in, person.asked) == (before, 0, [])
    with pytest.raises(NotSignedIn):
        usecases.dismiss(desk, "")


def test_a_clerk_adds_another_clerk(qtbot: QtBot, township_desk: Desk, person: Person) -> None:
    page = shown(BooksPage(Context(township_desk, lambda _key, _record: None, lambda: False)), township_desk)
    qtbot.addWidget(page)
    press(page, "添加")
    assert fill(page, name="郑所员", role=Role.CLERK.value, password="shuangshi-1")
    assert "郑所员" in words(page)
    usecases.sign_in(township_desk, "郑所员", "shuangshi-1")
    assert township_desk.signing_seed


@pytest.mark.parametrize("text", ["备份到U盘", "核对账本", "归档", "从备份恢复", "改密码", "添加", "停用"])
def test_everything_that_can_be_pressed_is_named(page: BooksPage, text: str) -> None:
    named: Callable[[QPushButton], bool] = lambda made: made.accessibleName() == text  # noqa: E731
    assert [made for made in page._column.findChildren(QPushButton) if named(made)]
