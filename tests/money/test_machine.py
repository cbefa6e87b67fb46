"""Whatever is done, by whomever, in whatever order, with deaths in between: the money stays right."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.money.machine import MoneyMachine
from tests.money.village import lay_out
from tests.village_fixtures import Founded

EXAMPLES = int(os.environ.get("VILLAGEDESK_MACHINE_EXAMPLES", "25"))
STEPS = int(os.environ.get("VILLAGEDESK_MACHINE_STEPS", "40"))
PHASES = [Phase.generate, Phase.shrink] if "VILLAGEDESK_MACHINE_SHRINK" in os.environ else [Phase.generate]
"""Making a failure small takes minutes; whoever looks for it asks for it."""
EVERYTHING = {
    "advance", "agree", "answer", "approve", "arrival", "ask", "cash", "clock", "close", "died", "open", "payroll", "post",
    "prepare", "redo", "reverse", "review", "submit", "verdict", "withdraw",
}  # fmt: skip
"""What was really done at least once in a run of the usual size."""


@pytest.fixture(scope="session")
def template(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village every example begins with."""
    return lay_out(founded, tmp_path_factory.mktemp("machine") / "青山村")


def test_the_money_stays_right_whatever_is_done(founded: Founded, template: Path) -> None:
    class Machine(MoneyMachine):
        """The machine on this village."""

    Machine.template, Machine.moment, Machine.done = template, founded.moment, Counter()
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=PHASES)
    )
    if EXAMPLES >= 25:
        assert EVERYTHING - Machine.done.keys() == set(), f"the machine never got there: {Machine.done}"
