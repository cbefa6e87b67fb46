"""A broken answer of the bank is refused with its faults listed, and changes nothing: not a row, not a file."""

import time
from pathlib import Path

import pytest

from tests.payroll.broken_returns import BROKEN, broken
from tests.payroll.posts import sent
from villagedesk.kernel.errors import BadInput, RuleViolation
from villagedesk.payroll.usecases import preview_return, take_in_return
from villagedesk.storage.desk import Desk

BOUNCED = "a bounced line before it was paid"
LONGEST_SECONDS = 20


def kept(desk: Desk) -> set[Path]:
    """Return every file the desk keeps beside its books."""
    return {path for path in (desk.folder / "attachments").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", sorted(set(BROKEN) - {BOUNCED}))
def test_a_broken_answer_is_refused_and_changes_nothing(peopled: Desk, tmp_path: Path, name: str) -> None:
    batch = sent(peopled, tmp_path)
    file = broken(name, tmp_path)
    before, files = peopled.tip(), kept(peopled)
    started = time.monotonic()
    with pytest.raises(BadInput) as refusal:
        take_in_return(peopled, file, batch.id)
    assert time.monotonic() - started < LONGEST_SECONDS
    assert file.name in str(refusal.value)
    assert (peopled.tip(), kept(peopled)) == (before, files)
    for problem in refusal.value.problems:
        assert problem.row >= 1
        assert problem.column
        assert problem.message
    with pytest.raises(BadInput):
        preview_return(peopled, file)


def test_a_bounced_line_before_it_was_paid_is_refused_by_rule(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    before, files = peopled.tip(), kept(peopled)
    with pytest.raises(RuleViolation, match="退票"):
        take_in_return(peopled, broken(BOUNCED, tmp_path), batch.id)
    assert (peopled.tip(), kept(peopled)) == (before, files)


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("one amount is another", 3, "金额"),
        ("an amount in words", 3, "金额"),
        ("an unknown account", 8, "账号"),
        ("another name", 8, "户名"),
        ("a number that was never sent", 8, "序号"),
        ("a line missing", 13, "序号"),
        ("an outcome nobody understands", 4, "处理结果"),
        ("a hidden row that was never sent", 16, "序号"),
    ],
)
def test_each_fault_is_named_by_row_and_column(peopled: Desk, tmp_path: Path, name: str, row: int, column: str) -> None:
    batch = sent(peopled, tmp_path)
    with pytest.raises(BadInput) as refusal:
        take_in_return(peopled, broken(name, tmp_path), batch.id)
    assert (row, column) in [(problem.row, problem.column) for problem in refusal.value.problems]


def test_there_are_at_least_twenty_ways_to_break_it() -> None:
    assert len(BROKEN) >= 20
