"""The Qt we build on keeps its promises: 6.12.0 lost a reference to None at each call."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_five_thousand_calls_lose_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(5_000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 100
