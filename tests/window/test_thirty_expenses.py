"""Expenses typed one after another in the real window, by keyboard alone: key presses counted, seconds told.

Five are typed; VILLAGEDESK_EXPENSES=30 types thirty. The seconds are written beside the pictures (VILLAGEDESK_PICTURES keeps them).
"""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.window.screen import Screen, stands, until
from villagedesk.app.practice.facts import ACCOUNTANT, PASSWORD
from villagedesk.app.practice.year import VILLAGE
from villagedesk.storage.verify import verify

MOST_PRESSES = 12
"""Key presses beyond the data that an ordinary expense may take."""


@dataclass(frozen=True)
class Expense:
    """What stands on a paper: the day, the project and payee by initials, yuan, and the number of the invoice.

    ``purpose`` is typed where the last time's does not serve, ``photo`` says that its paper is photographed.
    """

    day: str
    project: str
    payee: str
    yuan: str
    purpose: str = ""
    photo: bool = False


EXPENSES = (
    Expense("3", "ldwh", "mgdlh", "286.5"),
    Expense("3", "ggcs", "rzms", "140", photo=True),
    Expense("1104", "ggcs", "rzms", "193.8"),
    Expense("5", "shljqy", "hws", "1150"),
    Expense("5", "shljqy", "jyz", "412.36", "清运车加柴油55升"),
    Expense("6", "zaxl", "oyjg", "300"),
    Expense("6", "tgz", "gdgs", "218.44"),
    Expense("7", "yysgw", "htgy", "675"),
    Expense("7", "yysgw", "jkzx", "480"),
    Expense("9", "cndl", "jcjyb", "1320"),
    Expense("9", "fxwz", "rzms", "356.2", "编织袋200条"),
    Expense("10", "shljqy", "qxc", "538"),
    Expense("10", "ggcs", "rzms", "180"),
    Expense("1111", "ldwh", "mgdlh", "164.9"),
    Expense("11", "zaxl", "rzms", "77.5"),
    Expense("12", "cndl", "njz", "650"),
    Expense("12", "tgz", "njz", "295"),
    Expense("13", "yysgw", "ycgx", "260"),
    Expense("13", "shljqy", "jyz", "398.15"),
    Expense("14", "ggcs", "rzms", "68.4"),
    Expense("14", "zaxl", "oyjg", "320"),
    Expense("16", "ldwh", "mgdlh", "200"),
    Expense("16", "fxwz", "jcjyb", "885", "沙袋用砂3方"),
    Expense("17", "cndl", "zy", "240"),
    Expense("17", "tgz", "gdgs", "231.07"),
    Expense("18", "yysgw", "htgy", "129.6"),
    Expense("18", "shljqy", "hws", "1150.5"),
    Expense("19", "ggcs", "rzms", "185"),
    Expense("19", "zaxl", "oyjg", "310"),
    Expense("20", "ldwh", "mgdlh", "98.2"),
)


class Hand:
    """Types as an accountant does; counts the key presses that are no data."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.presses = 0

    def data(self, text: str) -> None:
        self._screen.types(text)

    def press(self, *keys: str) -> None:
        self.presses += len(keys)
        self._screen.keys(*keys)


@pytest.mark.window
def test_expenses_are_typed_one_after_another(practice: Path, tmp_path: Path) -> None:
    village = Path(shutil.copytree(practice / VILLAGE, tmp_path / VILLAGE))
    pictures = Path(os.environ.get("VILLAGEDESK_PICTURES", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    photo = _photo(tmp_path / "paper.jpg")
    wanted = EXPENSES[: int(os.environ.get("VILLAGEDESK_EXPENSES", "5"))]
    before = stands(village, "SELECT count(*) FROM claims")
    assert isinstance(before, int)
    took: list[tuple[int, float]] = []
    with Screen(pictures) as screen:
        screen.open(village, ACCOUNTANT, PASSWORD)
        screen.keys("ctrl+4", "ctrl+n")
        for place, expense in enumerate(wanted, 1):
            hand, began = Hand(screen), time.monotonic()
            _type(hand, screen, expense, f"{88000000 + place}", photo)
            if place <= 5:
                screen.picture(f"expense-{place:02}")
            hand.press("ctrl+Return")
            _comes_in(village, before + place)
            took.append((hand.presses, time.monotonic() - began))
        screen.picture("expense-next")
        assert screen.close_program() == ""
    _tell(took, pictures / "expenses.txt")
    assert max(presses for presses, _ in took) <= MOST_PRESSES
    _look_at_the_books(village, wanted)


def _tell(took: list[tuple[int, float]], path: Path) -> None:
    """Write down how many key presses beyond the data each took, and how many seconds with the waits of the machine."""
    lines = [f"{place:2}: {presses} presses, {seconds:.1f} s" for place, (presses, seconds) in enumerate(took, 1)]
    mean = sum(seconds for _, seconds in took) / len(took)
    path.write_text("\n".join([*lines, f"mean {mean:.1f} s"]) + "\n", "utf-8")


def _comes_in(village: Path, count: int) -> None:
    until(lambda: stands(village, "SELECT count(*) FROM claims") == count, f"claim {count}")


def _type(hand: Hand, screen: Screen, expense: Expense, number: str, photo: Path) -> None:
    hand.data(expense.day)
    hand.press("Return")
    hand.data(expense.project)
    hand.press("Return", "Return")
    hand.data(expense.payee)
    hand.press("Return", "Return")
    hand.data(expense.yuan)
    hand.press("Return")
    hand.data(expense.purpose)
    hand.press("Return", "Return")
    hand.data(number)
    if expense.photo:
        hand.press("ctrl+b")
        screen.expect("票据照片")
        hand.data(str(photo))
        hand.press("Return")


def _look_at_the_books(village: Path, wanted: tuple[Expense, ...]) -> None:
    """Every expense came in as it was typed, on its day, with its number, and none is still half-written."""
    for place, expense in enumerate(wanted, 1):
        number = f"{88000000 + place}"
        fen = stands(village, "SELECT amount_fen FROM claims WHERE invoice_number = ? AND state = 'submitted'", number)
        assert fen == round(float(expense.yuan) * 100), expense
        day = stands(village, "SELECT spent_on FROM claims WHERE invoice_number = ?", number)
        assert str(day)[-2:] == f"{int(expense.day[-2:]):02}"
        papers = "SELECT count(*) FROM photos WHERE subject_id = (SELECT id FROM claims WHERE invoice_number = ?)"
        assert stands(village, papers, number) == int(expense.photo)
    assert not list((village / "unsaved").glob("*.json"))
    assert verify(village).faults == ()


def _photo(path: Path) -> Path:
    image = Image.new("RGB", (1200, 760), "#f4efe2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((30, 30, 1170, 730), outline="#a33", width=6)
    for line in range(6):
        draw.line((80, 160 + 90 * line, 1120, 160 + 90 * line), fill="#933", width=2)
    image.save(path)
    return path
