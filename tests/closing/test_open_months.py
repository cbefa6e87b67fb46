"""What blocks a month is what the whole check finds in the months that are open, whatever was done to the file."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.closing.months import JANUARY, a_month, closed, reopened
from villagedesk.app.practice.year import VILLAGE
from villagedesk.closing.checklist import books_sound, closed_month_stands
from villagedesk.closing.waiting import open_from
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.checks import blocking, check
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival

EVENING = datetime(2026, 11, 19, 18, tzinfo=CHINA)
SEPTEMBER = Period(2026, 9, 1)

VOUCHERS = "SELECT id, posted_on FROM vouchers ORDER BY id"
PAID = "SELECT id, posted_on FROM vouchers WHERE reverses_id IS NULL ORDER BY id"
ARRIVED = "SELECT id, arrived_on FROM arrivals WHERE number > 0 ORDER BY id"
SHEETS = """SELECT p.id, v.posted_on FROM payrolls p JOIN claims c ON c.payroll_id = p.id AND c.state = 'paid'
              JOIN vouchers v ON v.claim_id = c.id AND v.reverses_id IS NULL ORDER BY p.id"""
ISSUED = "SELECT notice_id, issued_on FROM issuances ORDER BY notice_id"
UNDATED = "SELECT id, '2099-01-01' FROM {} ORDER BY id"

BENT = {
    "a voucher taken out": (VOUCHERS, "DELETE FROM vouchers WHERE id = ?"),
    "a voucher of another amount": (VOUCHERS, "UPDATE vouchers SET amount_fen = amount_fen + 1 WHERE id = ?"),
    "a voucher of far too much": (PAID, "UPDATE vouchers SET amount_fen = amount_fen + 900000000 WHERE id = ?"),
    "a voucher of another number": (VOUCHERS, "UPDATE vouchers SET number = number + 5000 WHERE id = ?"),
    "a voucher from another fund": (
        PAID,
        "UPDATE vouchers SET fund_id = (SELECT id FROM funds f WHERE f.id <> fund_id) WHERE id = ?",
    ),
    "a claim nobody reviewed": (
        PAID,
        "DELETE FROM reviews WHERE subject_id = (SELECT claim_id FROM vouchers WHERE id = ?)",
    ),
    "an arrival taken out": (ARRIVED, "DELETE FROM arrivals WHERE id = ?"),
    "an arrival of another number": (ARRIVED, "UPDATE arrivals SET number = number + 5000 WHERE id = ?"),
    "a pay sheet of another sum": (SHEETS, "UPDATE payrolls SET total_fen = total_fen + 1 WHERE id = ?"),
    "a notice nobody reviewed": (ISSUED, "DELETE FROM reviews WHERE subject_id = ?"),
    "a notice of another number": (ISSUED, "UPDATE issuances SET number = number + 5000 WHERE notice_id = ?"),
    "a project nobody resolved": (UNDATED.format("projects"), "DELETE FROM motion_projects WHERE project_id = ?"),
    "a vote miscounted": (UNDATED.format("motions"), "UPDATE motions SET yes = 0 WHERE id = ?"),
}
"""What somebody does to the file: rows it can be done to with the day they lie on, and the deed."""


@pytest.fixture(scope="module")
def unguarded(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the practice village without a guard left, open to be bent within a transaction."""
    folder = copytree(practice / VILLAGE, tmp_path_factory.mktemp("bent") / VILLAGE)
    with Desk.open(folder, clock=SetClock(EVENING)) as desk:
        connection = desk._connection
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        for row in desk.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            connection.execute(f"DROP TRIGGER {row['name']}")
        yield desk


def wrong(desk: Desk) -> list[Finding]:
    """Return what the whole check finds that blocks, but for the closed months: the checklist asks that in its own way."""
    blocks = [finding for finding in check(desk) if finding.severity is Severity.BLOCK]
    return [finding for finding in blocks if finding.code != "oversight.closed_month"]


def test_the_lived_year_has_nothing_wrong_in_any_stretch_of_it(unguarded: Desk) -> None:
    assert open_from(unguarded) == SEPTEMBER.first
    assert wrong(unguarded) == list(blocking(unguarded, SEPTEMBER.first)) == list(books_sound(unguarded, SEPTEMBER))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(sorted(BENT)), st.integers(0, 10**6), st.integers(1, 11))
def test_what_blocks_a_month_is_what_is_wrong_from_its_first_day_on(
    unguarded: Desk, bent: str, place: int, month: int
) -> None:
    rows, deed = BENT[bent]
    found = unguarded.rows(rows)
    record, day = found[place % len(found)]
    since = date(2026, month, 1)
    unguarded._connection.execute("BEGIN")
    try:
        unguarded._connection.execute(deed, [record])
        whole, asked = wrong(unguarded), list(blocking(unguarded, since))
    finally:
        unguarded._connection.execute("ROLLBACK")
    assert [finding for finding in whole if finding in asked] == asked
    if day >= since.isoformat():
        assert asked == whole
    elif bent in {"a claim nobody reviewed", "a notice nobody reviewed"}:
        assert asked == [], "what a closed month holds was asked when it was closed"


@pytest.mark.parametrize("bent", sorted(BENT))
def test_what_is_bent_last_blocks_its_month(unguarded: Desk, bent: str) -> None:
    rows, deed = BENT[bent]
    record, day = max(unguarded.rows(rows), key=lambda row: row[1])
    month = min(Period.month_of(date.fromisoformat(day)), SEPTEMBER)
    unguarded._connection.execute("BEGIN")
    try:
        unguarded._connection.execute(deed, [record])
        found = list(books_sound(unguarded, month))
    finally:
        unguarded._connection.execute("ROLLBACK")
    assert {finding.code for finding in found} == {"closing.check"}


def test_the_first_open_day_follows_the_closed_months(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    assert open_from(desk) == date.min, "no month was ever closed"
    closing = closed(desk)
    assert open_from(desk) == JANUARY.following.first
    reopened(desk, closing)
    assert open_from(desk) == JANUARY.first


def test_a_closed_month_is_asked_about_itself(unguarded: Desk) -> None:
    """The page shows the checklist of any month."""
    record, _ = unguarded.rows("SELECT id, posted_on FROM vouchers WHERE posted_on LIKE '2026-08-%' ORDER BY id")[0]
    unguarded._connection.execute("BEGIN")
    try:
        unguarded._connection.execute(BENT["a voucher of another amount"][1], [record])
        august, september = (list(books_sound(unguarded, Period(2026, month, 1))) for month in (8, 9))
    finally:
        unguarded._connection.execute("ROLLBACK")
    assert ["和报账单" in finding.message for finding in august] == [True]
    assert september == []


@pytest.mark.parametrize("year_back", [True, False])
def test_sums_that_moved_in_a_closed_month_block_the_next(unguarded: Desk, year_back: bool) -> None:
    """Whatever was done to what is closed, in whichever month: its end is what is open begins with."""
    asked = "SELECT id FROM vouchers WHERE reverses_id IS NULL AND posted_on LIKE ? ORDER BY id"
    record = unguarded.value(asked, ["2026-03-%" if year_back else "2026-08-%"])
    unguarded._connection.execute("BEGIN")
    try:
        unguarded._connection.execute(BENT["a voucher of another amount"][1], [record])
        (found,) = closed_month_stands(unguarded, SEPTEMBER)
    finally:
        unguarded._connection.execute("ROLLBACK")
    assert (found.code, found.severity, found.place) == ("closing.altered", Severity.BLOCK, "closing:2026-08")
    assert found.message.startswith("2026年8月结账以后，账里的数和结账时的对不上了")
    assert not list(closed_month_stands(unguarded, SEPTEMBER))


def test_a_month_that_was_opened_again_may_have_other_sums(desk: Desk, clock: SetClock) -> None:
    project, _ = a_month(desk, clock)
    closing = closed(desk)
    assert not list(closed_month_stands(desk, JANUARY.following))
    reopened(desk, closing)
    with desk.change("test.arrival") as change:
        change.put(Arrival(fund_id=project.fund_id or "", arrived_on=date(2026, 1, 30), amount_fen=100))
    assert not list(closed_month_stands(desk, JANUARY))
