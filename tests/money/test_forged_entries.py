"""Somebody takes the guards down, forges rightly chained entries and puts the guards back: the proof still tells."""

import pytest

from tests.money.locked import RECORDED, Locked, in_chinese
from tests.money.stranger import alter, forge, guards_down, row_of
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


def test_claims_closings_and_reopenings_that_went_their_lawful_way_are_sound(locked: Locked) -> None:
    assert proved(locked.desk) == ()
