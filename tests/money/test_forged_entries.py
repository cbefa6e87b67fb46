"""Somebody takes the guards down, forges rightly chained entries and puts the guards back: the proof still tells."""

import pytest

from tests.cli.shell import Typed
from tests.money.locked import IN_JANUARY, RECORDED, Locked, in_chinese
from tests.money.stranger import alter, forge, forging, guards_down, insert, row_of
from tests.payments.paying import YUAN, a_claim, approved, reviewed, submitted
from villagedesk.kernel.findings import Severity
from villagedesk.oversight.checks import check
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify


def proved(desk: Desk) -> tuple[str, ...]:
    """Close a desk and return what its proof finds; the file opens all the same, nothing of its shape is altered."""
    desk.close()
    Desk.open(desk.folder, write=False).close()
    return verify(desk.folder).faults


@pytest.mark.parametrize("table", [*RECORDED, "openings", "advances", "cash_moves", "settlements", "statements"])
def test_a_recorded_record_given_a_second_version_is_named(locked: Locked, table: str) -> None:
    with guards_down(locked.desk.folder) as connection:
        row = row_of(connection, table)
        column = next(name for name in ("amount_fen", "note", "excuse", "reason") if name in row)
        alter(connection, table, row, **{column: "别的" if isinstance(row[column], str) else row[column] + 1})
        last = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
    (fault,) = proved(locked.desk)
    assert row["id"] in fault
    assert fault.endswith(f"登记以后又被改过（第{last}条流水）：{column}。")
    assert in_chinese(fault.replace(row["id"], "").replace(column, ""))


def test_a_voucher_and_its_claim_altered_together_are_both_named(locked: Locked) -> None:
    with guards_down(locked.desk.folder) as connection:
        voucher = row_of(connection, "vouchers")
        claim = row_of(connection, "claims", f"id = '{voucher['claim_id']}'")
        for table, row in (("vouchers", voucher), ("claims", claim)):
            alter(connection, table, row, amount_fen=row["amount_fen"] - 1000, payee="某人")
    faults = proved(locked.desk)
    assert [fault.split(" ")[0] for fault in faults] == ["报账单", "凭证"]
    assert all(fault.endswith("：payee、amount_fen。") for fault in faults)


def test_a_claim_taken_back_to_a_draft_altered_and_paid_again_is_named(locked: Locked) -> None:
    """Its state may move, in the schema any way; once handed in it is never a draft again."""
    with guards_down(locked.desk.folder) as connection:
        claim = row_of(connection, "claims", "state = 'paid'")
        row = alter(connection, "claims", claim, state="draft")
        row = alter(connection, "claims", row, payee="某人")
        alter(connection, "claims", row, state="paid")
    (fault,) = proved(locked.desk)
    assert fault.endswith("：payee。")


@pytest.mark.parametrize("table", ["vouchers", "reviews", "arrivals"])
def test_a_recorded_record_taken_out_with_its_entry_is_named(locked: Locked, table: str) -> None:
    locked.desk.close()
    with guards_down(locked.desk.folder) as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        row = row_of(connection, table)
        forge(connection, table, row | {"version": row["version"] + 1}, is_gone=True)
        connection.execute(f"DELETE FROM {table} WHERE id = ?", [row["id"]])
    assert any(row["id"] in fault and "登记以后又被删掉了" in fault for fault in proved(locked.desk))


def checked(desk: Desk) -> list[str]:
    """Return what blocks in the check of the books of a closed desk, in words."""
    with Desk.open(desk.folder, write=False, clock=desk.clock) as again:
        return [finding.message for finding in check(again) if finding.severity is Severity.BLOCK]


def test_a_voucher_to_oneself_on_a_claim_that_was_never_granted_is_named(locked: Locked) -> None:
    """No guard is taken down: number, day and sum are right, and the finance group has passed the claim."""
    desk = locked.desk
    claim = a_claim(locked.project, 55 * YUAN, spent_on=locked.closing.prepared_on)
    claim = approved(desk, reviewed(desk, submitted(desk, claim)))
    desk.close()
    with forging(desk.folder) as connection:
        row = row_of(connection, "vouchers") | {"id": "01KE5TPFORGED0000000000000", "version": 1, "number": 2}
        row |= {"claim_id": claim.id, "posted_on": "2026-02-03", "amount_fen": 55 * YUAN, "payee": "我自己"}
        forge(connection, "vouchers", row)
        insert(connection, "vouchers", row)
    assert not verify(desk.folder).faults, "the chain holds"
    assert checked(desk) == [
        "凭证2026年第2号的收款人和报账单（或被冲销的凭证）不一样。",
        "凭证2026年第2号的报账单没有乡镇主要领导、财政所的同意就入账了。",
        "凭证2026年第2号已经入账，它的报账单却不是“已付款入账”。",
    ]


def test_money_slipped_into_a_closed_month_is_named_wherever_one_looks(locked: Locked, typed: Typed) -> None:
    """The guard was down meanwhile and the entry is rightly chained: only the closing knows what the month was."""
    with guards_down(locked.desk.folder) as connection:
        row = row_of(connection, "arrivals") | {"id": "01KE5TPFORGED0000000000000", "version": 1, "amount_fen": 700_000}
        row |= {"number": 0, "year": 0, "arrived_on": IN_JANUARY.isoformat(), "document": "补"}
        forge(connection, "arrivals", row)
        insert(connection, "arrivals", row)
    said = "2026年1月结账以后，账里的数和结账时的对不上了，账可能在程序外面被改过。"
    assert any(message.startswith(said) for message in checked(locked.desk))
    assert f"【必须改正】{said}" in typed("check", by="").out
    months = typed("month", "list", by="").out
    assert "2026-01\t已结账，结账以后被改过" in months
    assert said in months


def test_claims_closings_and_reopenings_that_went_their_lawful_way_are_sound(locked: Locked) -> None:
    assert proved(locked.desk) == ()
