"""A day in the real window, by keyboard alone: claim, review, approval, notice, package, verdict, receipt, payment."""

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.window.screen import Screen, stands, until
from villagedesk.app.practice.facts import ACCOUNTANT, CLERK, HEAD, OFFICERS, PASSWORD, REVIEWER, SUPERVISOR
from villagedesk.app.practice.year import TOWNSHIP, VILLAGE
from villagedesk.storage.verify import verify

INVOICE = "99887766"
OFFICE = [ACCOUNTANT, *(name for name, _ in OFFICERS)]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where the screenshots go; VILLAGEDESK_PICTURES keeps them."""
    folder = Path(os.environ.get("VILLAGEDESK_PICTURES", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.window
def test_a_claim_goes_its_whole_way_in_the_real_window(practice: Path, tmp_path: Path, pictures: Path) -> None:
    village = Path(shutil.copytree(practice / VILLAGE, tmp_path / VILLAGE))
    township = Path(shutil.copytree(practice / TOWNSHIP, tmp_path / TOWNSHIP))
    stick = tmp_path / "U"
    stick.mkdir()
    with Screen(pictures) as screen:
        screen.open(village, ACCOUNTANT, PASSWORD)
        screen.picture("01-today")
        _claim(screen, village)
        _review(screen, village)
        _approve(screen, village)
        _notice(screen, village)
        _export(screen, village, stick)
        assert screen.close_program() == ""
        screen.open(township, CLERK, PASSWORD)
        _rule(screen, township, stick)
        assert screen.close_program() == ""
        screen.open(village, ACCOUNTANT, PASSWORD)
        _post(screen, village, stick)
        assert screen.close_program() == ""
    for folder in (village, township):
        assert verify(folder).faults == ()


def _claim(screen: Screen, desk: Path) -> None:
    screen.keys("ctrl+4", "ctrl+n", "Return")
    screen.types("zaxl")  # 治安巡逻
    screen.keys("Return", "Return")
    for value in ("张䶮", "320.50", "11月巡逻误工补助"):
        screen.types(value)
        screen.keys("Return")
    screen.keys("Return")
    screen.types(INVOICE)
    screen.picture("02-claim")
    screen.keys("ctrl+Return")
    _reaches(desk, "submitted")
    screen.picture("03-next")
    screen.keys("Escape")
    assert stands(desk, "SELECT payee FROM claims WHERE invoice_number = ?", INVOICE) == "张䶮"
    assert stands(desk, "SELECT amount_fen FROM claims WHERE invoice_number = ?", INVOICE) == 32050
    screen.picture("03-submitted")


def _review(screen: Screen, desk: Path) -> None:
    """The finance group's leader looks at what waits and passes it."""
    _become(screen, REVIEWER, ACCOUNTANT)
    screen.keys("alt+1", "alt+Right")  # the practice year left one claim waiting before ours
    screen.picture("04-review")
    screen.keys("ctrl+Return")
    screen.confirm()
    _reaches(desk, "reviewed")


def _approve(screen: Screen, desk: Path) -> None:
    _become(screen, HEAD, REVIEWER)
    screen.keys("ctrl+4", "ctrl+f")
    screen.types(INVOICE)
    screen.keys("Down", "Return")
    screen.picture("05-approve")
    screen.keys("ctrl+Return")
    screen.confirm()
    _reaches(desk, "approved")


def _notice(screen: Screen, desk: Path) -> None:
    """The draft of October's payments is submitted, reviewed by the supervision group, issued and looked at."""
    draft = "SELECT state FROM notices WHERE period = '2026-10'"
    _become(screen, ACCOUNTANT, HEAD)
    _next_step(screen)
    screen.picture("06-draft")
    screen.confirm()
    until(lambda: stands(desk, draft) == "submitted", "the notice to be submitted")
    _become(screen, SUPERVISOR, ACCOUNTANT)
    screen.keys("alt+1")
    screen.picture("07-notice-review")
    screen.keys("ctrl+Return")
    screen.confirm()
    until(lambda: stands(desk, draft) == "reviewed", "the notice to be reviewed")
    _become(screen, ACCOUNTANT, SUPERVISOR)
    _next_step(screen)
    screen.keys("ctrl+Return")
    until(lambda: stands(desk, draft) == "issued", "the notice to be issued")
    time.sleep(1)
    screen.picture("08-issued")
    number = stands(desk, "SELECT max(number) FROM issuances")
    assert (desk / "printed" / f"村务公示〔{stands(desk, 'SELECT max(year) FROM issuances')}〕{number}号.pdf").exists()


def _next_step(screen: Screen) -> None:
    """Take the next step of the one notice about October in the list of what is to do."""
    screen.keys("ctrl+8", "ctrl+f")
    screen.types("支出明细")
    screen.keys("Down", "Return")


def _export(screen: Screen, desk: Path, stick: Path) -> None:
    screen.keys("alt+2", "ctrl+n")
    _choose(screen, "数据包写到哪里", stick)
    until(lambda: any(stick.iterdir()), "the package")
    screen.confirm("办好了")
    screen.picture("09-sent")
    (package,) = stick.iterdir()
    package.rename(stick / "package.zip")
    assert stands(desk, "SELECT count(*) FROM parcels WHERE state = 'written'") == 1


def _rule(screen: Screen, desk: Path, stick: Path) -> None:
    """The township takes the package in, passes the claim and writes its receipt."""
    screen.keys("ctrl+2", "ctrl+n")
    _choose(screen, "数据包", stick / "package.zip")
    time.sleep(2)
    screen.picture("10-plan")
    screen.keys("ctrl+Return")
    until(lambda: stands(desk, "SELECT count(*) FROM claims WHERE invoice_number = ?", INVOICE) == 1, "the claim")
    screen.confirm("办好了")
    screen.keys("ctrl+3", "ctrl+f")
    screen.types("张䶮")
    screen.keys("Down", "Return")
    screen.picture("11-ruling")
    screen.keys("ctrl+Return")
    screen.confirm("同意这张报账单")
    ruled = "SELECT count(*) FROM verdicts v JOIN claims c ON c.id = v.subject_id WHERE c.invoice_number = ?"
    until(lambda: stands(desk, ruled, INVOICE) == 1, "the verdict")
    screen.keys("ctrl+2", "Return")
    screen.command("写回执")
    _choose(screen, "回执写到哪里", stick)
    until(lambda: len(list(stick.iterdir())) == 2, "the receipt")
    screen.confirm("办好了")
    screen.picture("12-receipt")
    (receipt,) = (path for path in stick.iterdir() if path.name != "package.zip")
    receipt.rename(stick / "receipt.zip")


def _post(screen: Screen, desk: Path, stick: Path) -> None:
    screen.keys("alt+2", "ctrl+r")
    _choose(screen, "回执", stick / "receipt.zip")
    time.sleep(2)
    screen.keys("ctrl+Return")
    _reaches(desk, "granted")
    screen.confirm("办好了")
    screen.keys("ctrl+4", "ctrl+f")
    screen.types(INVOICE)
    screen.keys("Down", "Return")
    screen.keys("ctrl+Return", "ctrl+Return")
    _reaches(desk, "paid")
    screen.picture("13-paid")


def _become(screen: Screen, name: str, before: str) -> None:
    """Let somebody else sign in; the list offers whoever is signed in first."""
    screen.keys("ctrl+u")
    screen.expect("登录")
    steps = OFFICE.index(name) - OFFICE.index(before)
    screen.keys("shift+Tab", "space", *(["Down" if steps > 0 else "Up"] * abs(steps)), "Return")
    screen.types(PASSWORD)
    screen.keys("Return")
    screen.expect("村务公开账")


def _choose(screen: Screen, title: str, path: Path) -> None:
    screen.expect(title)
    screen.keys("ctrl+a")
    screen.types(str(path), pause="100")  # overtaken, Qt's own dialog takes a folder on the way for a chosen one
    screen.keys("Return")


def _reaches(desk: Path, state: str) -> None:
    until(lambda: stands(desk, "SELECT state FROM claims WHERE invoice_number = ?", INVOICE) == state, state)
