"""Pressing a page of the exchange as a person does, with files chosen beforehand and notes written down."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.ui.opening import top
from villagedesk.storage.desk import Desk
from villagedesk.ui.exchange import cards
from villagedesk.ui.kit import dialogs, doing
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.page import Context, Page


@dataclass(slots=True)
class Pressing:
    """What the person chose, and what the window said and where it wanted to go."""

    chosen: Path = Path()
    reason: str | None = None
    said: list[str] = field(default_factory=list)
    went: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def pressing(monkeypatch: pytest.MonkeyPatch) -> Pressing:
    """File dialogs answer with ``chosen``, questions for a reason with ``reason``; notes and faults are collected."""
    made = Pressing()
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(made.chosen) if made.chosen.name else "", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.chosen) if made.chosen.name else "")

    def say(_parent: object, sentence: str, **_: object) -> None:
        made.said.append(sentence)

    from villagedesk.ui.exchange import arrival
    from villagedesk.ui.township import page as township

    for module in (doing, cards, arrival, township, dialogs):
        for name in ("show_note", "show_error"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, say)
    monkeypatch.setattr(cards, "ask_reason", lambda *_, **__: made.reason)
    return made


def context(desk: Desk, pressing: Pressing) -> Context:
    """A context in which going elsewhere is written down."""
    return Context(desk, lambda key, record: pressing.went.append((key, record)), lambda: False)


def words(page: Page) -> str:
    """Return every word on top, badges too."""
    labels = [label.text() for label in top(page).findChildren(QLabel) if not label.isHidden()]
    return "\n".join(labels + [badge.text() for badge in top(page).findChildren(Badge)])
