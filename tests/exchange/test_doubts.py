"""A township believes no grant that it did not give itself, whatever a village's journal says."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.closing.months import agreed, closed, on, resolve
from tests.exchange.offices import Offices, approved_claim
from tests.money.stranger import forge, insert, row_of
from tests.payments import paying
from villagedesk.app.today import todos
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.plan import PackagePlan
from villagedesk.exchange.usecases import look, receipt, receive
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks import check
from villagedesk.oversight.unfounded import unfounded
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.payments.usecases import post
from villagedesk.projects.model import Project
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.verify import verify
from villagedesk.township.reopenings import waiting_reopenings
from villagedesk.township.usecases import give_verdict, rule_on_reopening
from villagedesk.village.model import Role
from villagedesk.village.usecases import appoint

Row = dict[str, Any]


@contextmanager
def forger(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Open a desk's file as somebody does who knows the journal's form and drops no guard; what was done stays."""
    with closing(sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def write(connection: sqlite3.Connection, table: str, row: Row, **facts: object) -> Row:
    """Write a record, or its next version, with an entry that says a receipt brought it. Returns the row."""
    row = {**row, **facts, "version": row["version"] + 1}
    forge(connection, table, row, action="exchange.receipt.applied")
    if row["version"] == 1:
        insert(connection, table, row)
    else:
        connection.execute(f"UPDATE {table} SET {', '.join(f'{key} = :{key}' for key in row)} WHERE id = :id", row)
    return row


def forge_grant(desk: Desk, claim_id: str, state: str = "granted") -> None:
    """Write down that the township said yes."""
    with forger(desk) as connection:
        write(connection, "claims", row_of(connection, "claims", f"id = '{claim_id}'"), state=state)


def forge_word(connection: sqlite3.Connection, row: Row) -> None:
    """Write down the township's yes to a reopening beside it."""
    verdict = Verdict(
        id="1" * 26, village_id=row["village_id"], subject_table="reopenings", subject_id=row["id"],
        subject_version=row["version"], outcome=Ruling.PASSED, given_by="吴所长",
        given_at=datetime(2026, 2, 3, 9, 0, tzinfo=CHINA),
    )  # fmt: skip
    write(connection, "verdicts", verdict.row())


def not_granted(desk: Desk) -> list[Finding]:
    return [finding for finding in check(desk) if finding.code == "oversight.not_granted_here"]


@pytest.fixture
def opened_by_nobody(offices: Offices) -> Offices:
    """青山村 has closed January, and writes down itself that it was opened again and closed."""
    village, clock = offices.village, offices.village.clock
    assert isinstance(clock, SetClock)
    (project,) = village.find(Project)
    resolve(village, project)
    on(clock, 2, 3)
    shut = closed(village)
    accountant, head = (
        village.value("SELECT id FROM officers WHERE name = ?", [name]) for name in ("李会计", "赵主任")
    )
    with forger(village) as connection:
        row = write(
            connection, "reopenings",
            {
                "id": "0" * 26, "version": 0, "village_id": village.office_id, "closing_id": shut.id, "reason": "补记",
                "asked_on": "2026-02-03", "days": 31, "asked_by": accountant, "agreed_by": None, "open_until": None,
                "state": "asked",
            },
        )  # fmt: skip
        row = write(connection, "reopenings", row, state="agreed", agreed_by=head)
        forge_word(connection, row)
        row = write(connection, "reopenings", row, state="granted", open_until="2026-03-06")
        late = {"id": "2" * 26, "version": 0, "arrived_on": "2026-01-20", "amount_fen": 7_000_00, "number": 0}
        write(connection, "arrivals", {**row_of(connection, "arrivals"), **late})
        write(connection, "reopenings", row, state="ended")
    return offices


def test_a_forged_grant_of_a_claim_is_taken_loudly_and_stands_from_then_on(offices: Offices) -> None:
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    post(offices.village, claim.id)
    assert not verify(offices.village.folder).faults
    plan = offices.take_up()
    (doubt,) = plan.doubts
    assert "已付给" in doubt
    assert "35.50元" in doubt
    assert "本乡镇没有给过这个意见" in doubt
    assert "有1处写着乡镇同意过" in plan.summary
    (finding,) = not_granted(offices.township)
    assert finding.message.startswith(f"青山村：{doubt}")
    (todo,) = [todo for todo in todos(offices.township) if "没有给过" in todo.words]
    assert (todo.page, todo.is_late) == ("township", True)
    assert "青山村" in todo.note


def test_looking_says_the_same_as_taking(offices: Offices) -> None:
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    plan = look(offices.township, path := offices.export())
    assert isinstance(plan, PackagePlan)
    assert plan.doubts
    assert "要付给" in plan.doubts[0]
    taken = receive(offices.township, path)
    assert isinstance(taken, PackagePlan)
    assert taken.doubts == plan.doubts
    assert [one.words for one in unfounded(offices.township)] == list(plan.doubts)


def test_the_receipt_names_it(offices: Offices) -> None:
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    doubts = offices.take_up().doubts
    plan = offices.take_down()
    assert plan.doubts == doubts
    assert "有1处写着乡镇同意过，乡镇却没有给过这个意见" in plan.summary
    last = list(offices.village.entries())[-1]
    assert "1处" in last.reason


def test_a_month_opened_by_nobody_is_found(opened_by_nobody: Offices) -> None:
    village, township = opened_by_nobody.village, opened_by_nobody.township
    assert not verify(village.folder).faults
    plan = opened_by_nobody.take_up()
    assert township.value("SELECT count(*) FROM arrivals WHERE amount_fen = 700000") == 1, "what was done is seen"
    (doubt,) = plan.doubts
    assert "2026年1月的反结账" in doubt
    assert doubt in not_granted(township)[0].message


@pytest.mark.parametrize(
    ("until", "open_until", "is_true"),
    [
        (None, "2026-02-08", True),
        (None, "2026-12-31", False),
        (date(2026, 2, 5), "2026-02-05", True),
        (date(2026, 2, 5), "2026-02-06", False),
    ],
)
def test_a_month_open_longer_than_the_township_said_is_found(
    offices: Offices, until: date | None, open_until: str, is_true: bool
) -> None:
    village, clock = offices.village, offices.village.clock
    assert isinstance(clock, SetClock)
    (project,) = village.find(Project)
    resolve(village, project)
    on(clock, 2, 3)
    agreed(village, closed(village))
    offices.take_up()
    (wish,) = waiting_reopenings(offices.township)
    rule_on_reopening(offices.township, wish.reopening, is_granted=True, until=until)
    with forger(village) as connection:
        row = row_of(connection, "reopenings")
        forge_word(connection, row)
        write(connection, "reopenings", row, state="granted", open_until=open_until)
    plan = offices.take_up()
    assert [one.record_id for one in unfounded(offices.township)] == ([] if is_true else [row["id"]])
    assert bool(plan.doubts) is not is_true


@pytest.mark.parametrize("outcome", list(Ruling))
def test_what_the_township_did_say_is_never_doubted(offices: Offices, outcome: Ruling) -> None:
    approved_claim(offices.village, amount_fen=35_50)
    offices.take_up()
    today = offices.township.clock.now().date()
    note, due_on = ("", None) if outcome is Ruling.PASSED else ("缺验收单", today + timedelta(days=9))
    for claim in offices.township.find(Claim):
        give_verdict(offices.township, claim, outcome, note, due_on)
    offices.take_down()
    for claim in offices.village.find(Claim, "state = 'granted'"):
        post(offices.village, claim.id)
    assert not offices.take_up().doubts
    assert not not_granted(offices.township)


@pytest.mark.parametrize("is_reported_between", [False, True])
def test_the_words_of_leader_and_office_together_are_a_grant(offices: Offices, is_reported_between: bool) -> None:
    township = offices.township
    appoint(township, "郑镇长", Role.LEADER, "shuangshi-1")
    offices.take_up()
    (claim,) = township.find(Claim)
    paying.as_(township, "郑镇长")
    give_verdict(township, claim, Ruling.PASSED)
    paying.as_(township, "吴所长")
    offices.take_down()
    if is_reported_between:
        assert not offices.take_up().doubts
    give_verdict(township, township.get(Claim, claim.id), Ruling.PASSED)
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.GRANTED
    post(offices.village, claim.id)
    assert not offices.take_up().doubts


def test_a_leaders_forged_word_is_found_and_the_office_does_not_go_on_from_it(offices: Offices) -> None:
    appoint(offices.township, "郑镇长", Role.LEADER, "shuangshi-1")
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id, "settling")
    (doubt,) = offices.take_up().doubts
    assert "主要领导没有给过这个意见" in doubt
    with pytest.raises(RuleViolation, match="主要领导没有给过") as caught:
        give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.PASSED)
    assert [finding.code for finding in caught.value.findings] == ["township.leader_unsaid"]
    today = offices.township.clock.now().date()
    give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.RETURNED, "领导没有签过", today)


def test_a_voucher_for_a_claim_that_still_waits_is_found(offices: Offices) -> None:
    """The claim's state was put back after it was paid."""
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    post(offices.village, claim.id)
    forge_grant(offices.village, claim.id, "approved")
    assert "已付给" in offices.take_up().doubts[0]


def test_a_claim_that_was_returned_and_paid_all_the_same_is_found(offices: Offices) -> None:
    offices.take_up()
    (claim,) = offices.township.find(Claim)
    today = offices.township.clock.now().date()
    give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", today)
    forge_grant(offices.village, claim.id)
    assert offices.take_up().doubts


def test_an_old_receipt_without_doubts_is_read(offices: Offices) -> None:
    offices.take_up()
    written = receipt(offices.township, offices.peer, offices.stick)
    assert b"doubts" not in written.path.read_bytes()
    assert not offices.take_down(written.path).doubts


def test_the_practice_year_has_nothing_to_doubt(practice: Any) -> None:
    with Desk.open(practice / "双石镇", write=False) as township:
        assert township.value("SELECT count(*) FROM claims WHERE state = 'paid'") > 50
        assert not unfounded(township)
