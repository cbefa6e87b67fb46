"""Typing commands as a person does at the shell: words in, exit code and what was written out."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.village_fixtures import ACCOUNTANT, PASSWORD
from villagedesk.cli.main import main
from villagedesk.cli.session import PASSWORD_VARIABLE
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


Typed = Callable[..., Answer]


@pytest.fixture
def at_the_shell(clock: SetClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type anything: ``at_the_shell("--desk", folder, "pay", "list")``. Desks tell the time by the set clock."""
    monkeypatch.setattr("villagedesk.storage.desk.SystemClock", lambda: clock)
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)

    def run(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture
def typed(desk: Desk, at_the_shell: Typed) -> Typed:
    """Type a command on 青山村's desk: ``typed("pay", "list")``; ``by`` names who acts, "" for nobody."""
    desk.close()

    def run(*words: object, by: str = ACCOUNTANT, as_json: bool = False) -> Answer:
        options = [*(("--as", by) if by else ()), *(("--json",) if as_json else ())]
        return at_the_shell("--desk", desk.folder, *options, *words)

    return run
