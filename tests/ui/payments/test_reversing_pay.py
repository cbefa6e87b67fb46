"""Who is about to reverse pay is told first that the bank has paid it all the same."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.payroll.posts import ANSWER, REGISTER, booked, in_april
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.model import Voucher
from villagedesk.payroll.usecases import take_in_return
from villagedesk.storage.desk import Desk
from villagedesk.ui.payments.form import redo_form
from villagedesk.village.usecases import import_people


def warned(desk: Desk, voucher: Voucher, qtbot: QtBot) -> bool:
    form = redo_form(desk, voucher)
    qtbot.addWidget(form)
    return any("银行已经按这张表付给12人" in label.text() for label in form.findChildren(QLabel))


def test_who_reverses_pay_is_told_that_it_is_paid(desk: Desk, clock: SetClock, tmp_path: Path, qtbot: QtBot) -> None:
    in_april(clock)
    import_people(desk, REGISTER)
    voucher = booked(desk, tmp_path)
    assert not warned(desk, voucher, qtbot)
    take_in_return(desk, ANSWER)
    assert warned(desk, voucher, qtbot)
