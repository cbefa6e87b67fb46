"""Every side door to posted money and closed months: each refuses or leaves its trace, and says so in Chinese."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing as closed_after
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.closing.months import FEBRUARY, JANUARY, agreed, closed, on, paid, reopened, resolve, ruled, stands
from tests.exchange.offices import Offices
from tests.exchange.test_returning import enrol_anew
from tests.money.locked import DATED, IN_JANUARY, RECORDED, Locked, everything, in_chinese
from tests.money.stranger import Row, forge, insert, row_of, stranger
from tests.payments.paying import EXPENSES, YUAN, a_claim, as_, granted
from villagedesk.closing.model import MonthState
from villagedesk.exchange import usecases as exchange
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import (
    ClockSetBack,
    DamagedDesk,
    DeskInUse,
    FrozenRecord,
    MonthClosed,
    PackageRefused,
    RuleViolation,
    StaleRecord,
)
from villagedesk.ledger.closedmonths import altered_months, month_figures
from villagedesk.ledger.model import (
    Advance,
    CashMove,
    Closing,
    Reopening,
    ReopeningState,
    Settlement,
    Statement,
)
from villagedesk.ledger.monthfigures import kept_figures
from villagedesk.payments.model import Voucher
from villagedesk.payments.usecases import import_expenses, post, reverse
from villagedesk.projects.model import Project
from villagedesk.storage.backup import back_up, copy_file
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.restore import restore
from villagedesk.storage.schema import table_rules
from villagedesk.storage.verify import verify
from villagedesk.township.reopenings import waiting_reopenings
from villagedesk.township.usecases import rule_on_reopening
from villagedesk.village.model import Arrival, Opening
from villagedesk.village.usecases import record_arrival

SHUT = "这个月已经结账"


# A plain SQL program


@pytest.mark.parametrize("table", RECORDED)
def test_sql_cannot_change_what_is_recorded(locked: Locked, table: str) -> None:
    before = everything(locked.desk)
    with stranger(locked.desk.folder) as connection:
        row = row_of(connection, table)
        for sql in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET version = version + 1",
            f"UPDATE OR REPLACE {table} SET village_id = village_id",
            f"REPLACE INTO {table} SELECT * FROM {table}",
            f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 ON CONFLICT DO UPDATE SET version = version + 1",
        ):
            with pytest.raises(sqlite3.IntegrityError) as refused:
                connection.execute(sql)
            assert in_chinese(refused.value), refused.value
        fresh = row | {"version": row["version"] + 1}
        forge(connection, table, fresh)
        amount = next((name for name in row if name.endswith("_fen")), "village_id")
        with pytest.raises(sqlite3.IntegrityError) as refused:
            connection.execute(f"UPDATE {table} SET version = version + 1, {amount} = 0 WHERE id = ?", [row["id"]])
        assert in_chinese(refused.value)
        forge(connection, table, row | {"version": row["version"] + 2}, is_gone=True)
        with pytest.raises(sqlite3.IntegrityError) as refused:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", [row["id"]])
        assert in_chinese(refused.value)
    assert everything(locked.desk) == before


def fresh_row(row: Row, table: str) -> Row:
    """Return another row of the same month that lies over none: of a voucher its red reversal."""
    fresh = row | {"id": "01KE5TPFORGED0000000000000", "version": 1}
    if table == "vouchers":
        return fresh | {"number": 77, "reverses_id": row["id"], "amount_fen": -row["amount_fen"], "reason": "x"}
    return fresh | {name: None for name in ("voucher_id",) if name in row} | ({"number": 77} if "number" in row else {})


@pytest.mark.parametrize("action", ["forged", "exchange.package.applied", "exchange.return.applied"])
@pytest.mark.parametrize("table", DATED)
def test_a_forged_entry_opens_no_closed_month(locked: Locked, table: str, action: str) -> None:
    """Even one that says it came in a package, and one that says it was written when the month was open."""
    with stranger(locked.desk.folder) as connection:
        rule = table_rules(connection)[table]
        row = fresh_row(row_of(connection, table), table)
        forge(connection, table, row, action=action)
        for verb in ("INSERT", "REPLACE", "INSERT OR IGNORE", "INSERT OR REPLACE"):
            with pytest.raises(sqlite3.IntegrityError, match=SHUT):
                insert(connection, table, row, verb)
        before = row | {"id": "01KE5TPFORGED0000000000001", rule.month_of: "2025-11-30"}
        forge(connection, table, before, action=action)
        with pytest.raises(sqlite3.IntegrityError, match=SHUT):
            insert(connection, table, before)


@pytest.mark.parametrize("table", DATED)
def test_what_is_in_a_closed_month_cannot_be_taken_out_of_it(locked: Locked, table: str) -> None:
    """The guard of the month stands beside the guard of the record: dated rows do not move to another month either."""
    with stranger(locked.desk.folder) as connection:
        rule = table_rules(connection)[table]
        row = row_of(connection, table)
        moved = row | {"version": row["version"] + 1, rule.month_of: "2026-02-20"}
        forge(connection, table, moved)
        with pytest.raises(sqlite3.IntegrityError) as refused:
            connection.execute(
                f"UPDATE {table} SET version = version + 1, {rule.month_of} = '2026-02-20' WHERE id = ?", [row["id"]]
            )
        assert in_chinese(refused.value)


def test_the_clock_of_a_forged_entry_does_not_go_back(locked: Locked) -> None:
    """Somebody whose reopening is over dates an entry into its days."""
    reopened(locked.desk, locked.closing, days=2)
    locked.desk.clock.set(locked.desk.clock.now() + timedelta(days=20))  # type: ignore[attr-defined]
    _touch(locked.desk)
    with stranger(locked.desk.folder) as connection:
        row = row_of(connection, "arrivals") | {"id": "01KE5TPFORGED0000000000000", "version": 1}
        row |= {"number": 0}
        with pytest.raises(sqlite3.IntegrityError, match="流水的时间只能往前走"):
            forge(connection, "arrivals", row, at="2026-02-04T09:00:00+08:00")
        forge(connection, "arrivals", row)
        with pytest.raises(sqlite3.IntegrityError, match=SHUT):
            insert(connection, "arrivals", row)


def _touch(desk: Desk) -> None:
    """Write something that has no month."""
    office = dict(desk.rows("SELECT * FROM offices")[0])
    with desk.change("test.touched") as change:
        change.write("offices", office | {"version": office["version"] + 1})


def test_nobody_forges_a_closing_away_or_an_opening_in(locked: Locked) -> None:
    with stranger(locked.desk.folder) as connection:
        closing = row_of(connection, "closings")
        forge(connection, "closings", closing | {"version": closing["version"] + 1, "state": "prepared"})
        with pytest.raises(sqlite3.IntegrityError, match="结账的记录不能改动"):
            connection.execute(
                "UPDATE closings SET state = 'prepared', closed_on = NULL, closed_by = NULL, version = 3"
            )
        reopening = row_of(connection, "reopenings")
        granted_now = reopening | {
            "id": "01KE5TPFORGED0000000000000", "version": 1, "state": "granted", "open_until": "2030-01-01",
        }  # fmt: skip
        forge(connection, "reopenings", granted_now)
        with pytest.raises(sqlite3.IntegrityError, match="反结账要先申请"):
            insert(connection, "reopenings", granted_now)


def test_who_takes_the_guards_away_is_found_out(locked: Locked) -> None:
    """A program that drops the triggers, writes and puts them back leaves a row that the journal does not know."""
    folder = locked.desk.folder
    locked.desk.close()
    file = folder / FILE_NAME
    with closed_after(sqlite3.connect(file, isolation_level=None)) as connection:
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'vouchers_update'").fetchone()[0]
        connection.execute("DROP TRIGGER vouchers_update")
        with pytest.raises(DamagedDesk, match="账本结构“vouchers_update”被改动过"):
            Desk.open(folder)
        connection.execute("UPDATE vouchers SET amount_fen = 1")
        connection.execute(guard)
    faults = verify(folder).faults
    assert any("凭证" in fault and "和流水不一致：amount_fen" in fault for fault in faults)


# The program's own doors


def test_a_bulk_edit_is_refused_whole(locked: Locked) -> None:
    desk, before, fund_id = locked.desk, everything(locked.desk), locked.project.fund_id or ""
    with pytest.raises(FrozenRecord, match="入账的凭证不能改动。要更正，请用冲销"), desk.change("bulk.edit") as change:
        change.put_all(replace(voucher, payee="另一家") for voucher in desk.find(Voucher))
    with pytest.raises(MonthClosed), desk.change("bulk.arrivals") as change:
        change.put_all(Arrival(fund_id=fund_id, arrived_on=day, amount_fen=1) for day in (date(2026, 2, 2), IN_JANUARY))
    assert everything(desk) == before, "the lawful one of them is not there either"


def test_every_dated_record_is_refused_by_the_one_way_to_write(locked: Locked) -> None:
    desk = locked.desk
    for kind in (Arrival, Opening, Advance, CashMove, Settlement, Statement, Voucher):
        record = desk.find(kind)[0]
        fresh = kind.from_row(fresh_row(record.row(), kind.table))
        with pytest.raises(MonthClosed) as refused, desk.change("test.late") as change:
            change.put(replace(fresh, id="", version=0))
        assert in_chinese(refused.value)
        assert "账没有变动" in str(refused.value)


def test_an_import_cannot_reach_a_closed_month(locked: Locked) -> None:
    """Last year's expenses may come in at any time: they are no part of any month's sums."""
    desk, before = locked.desk, month_figures(locked.desk, JANUARY)
    import_expenses(desk, EXPENSES)
    assert month_figures(desk, JANUARY) == before
    assert altered_months(desk) == []


def test_nothing_is_posted_or_reversed_into_a_closed_month(locked: Locked) -> None:
    desk = locked.desk
    claim = granted(desk, a_claim(locked.project, 55 * YUAN, spent_on=date(2026, 2, 2), invoice_number="N55"))
    (voucher,) = desk.find(Voucher)
    with pytest.raises((MonthClosed, RuleViolation)) as refused:
        post(desk, claim.id, date(2026, 1, 31))
    assert in_chinese(refused.value)
    with pytest.raises((MonthClosed, RuleViolation)) as refused:
        reverse(desk, voucher.id, "退货", date(2026, 1, 31))
    assert in_chinese(refused.value)
    red = reverse(desk, voucher.id, "退货")
    assert red.posted_on == date(2026, 2, 3), "a reversal is dated in the open month"
    assert kept_figures(locked.closing) == month_figures(desk, JANUARY)


def test_a_batch_stops_at_what_is_refused(locked: Locked) -> None:
    """Claims paid one after the other: the one that a rule stops is not paid, those before it are, numbers run on."""
    desk = locked.desk
    claims = [
        granted(desk, a_claim(locked.project, yuan * YUAN, spent_on=date(2026, 2, 2), invoice_number=f"B{yuan}"))
        for yuan in (10, 20, 30)
    ]
    for place, claim in enumerate(claims):
        day = date(2026, 1, 31) if place == 1 else None
        try:
            post(desk, claim.id, day)
        except (MonthClosed, RuleViolation):
            assert place == 1
    assert [row[0] for row in desk.rows("SELECT number FROM vouchers ORDER BY number")] == [1, 2, 3]


def test_a_second_window_only_looks(locked: Locked) -> None:
    with pytest.raises(DeskInUse) as refused:
        Desk.open(locked.desk.folder)
    assert in_chinese(str(refused.value).replace(refused.value.facts["host"], ""))  # type: ignore[arg-type]
    with locked.desk.sibling() as other, pytest.raises(MonthClosed):
        record_arrival(
            other, Arrival(fund_id=locked.project.fund_id or "", arrived_on=IN_JANUARY, amount_fen=1), "补记"
        )


def test_what_two_windows_read_only_one_writes(locked: Locked) -> None:
    """Both see the reopening asked; the second to answer is told that it has been answered."""
    desk = locked.desk
    asked = agreed(desk, locked.closing)
    with desk.sibling() as other:
        seen = other.get(Reopening, asked.id)
        ruled(desk, asked)
        with pytest.raises(StaleRecord), other.change("test.second") as change:
            change.put(replace(seen, state=ReopeningState.REFUSED))


def test_a_clock_set_back_writes_nothing(locked: Locked, clock: SetClock) -> None:
    on(clock, 1, 20)
    claim_count = locked.desk.value("SELECT count(*) FROM claims")
    with pytest.raises(ClockSetBack, match="请先把电脑的日期和时间调对"):
        _touch(locked.desk)
    with pytest.raises((ClockSetBack, RuleViolation)):
        record_arrival(
            locked.desk, Arrival(fund_id=locked.project.fund_id or "", arrived_on=IN_JANUARY, amount_fen=1), "补记"
        )
    assert locked.desk.value("SELECT count(*) FROM claims") == claim_count


# Backups and the township


def test_a_restored_backup_is_another_desk_and_says_so(locked: Locked, tmp_path: Path, clock: SetClock) -> None:
    """The month is open in a backup from before it was closed; but that desk has another name for ever."""
    reopened(locked.desk, locked.closing)
    backup = back_up(locked.desk.folder / FILE_NAME, "test", clock.now())
    closed(locked.desk)
    restore(backup, tmp_path / "恢复", clock=clock)
    with Desk.open(tmp_path / "恢复", clock=clock) as old:
        assert stands(old).state is MonthState.REOPENED
        assert old.value("SELECT restored_from FROM desks") == locked.desk.value("SELECT id FROM desks")
        assert old.value("SELECT action FROM journal ORDER BY seq DESC LIMIT 1") == "storage.desk.restored"


@pytest.fixture
def reporting(offices: Offices) -> Iterator[Offices]:
    """A village that has paid, closed January and reported it; both stand in February."""
    village, clock = offices.village, offices.village.clock
    assert isinstance(clock, SetClock)
    (project,) = village.find(Project)
    resolve(village, project)
    paid(village, project)
    on(clock, 2, 3)
    closed(village)
    offices.take_up()
    offices.take_down()
    yield offices
    for desk in (offices.village, offices.township):
        assert not verify(desk.folder).faults


def late_arrival(desk: Desk, amount_fen: int = 700 * YUAN) -> Arrival:
    """Record money of January."""
    as_(desk, "李会计")
    (project,) = desk.find(Project)
    return record_arrival(
        desk, Arrival(fund_id=project.fund_id or "", arrived_on=IN_JANUARY, amount_fen=amount_fen), "补登"
    )


def granted_by_township(offices: Offices, closing: Closing, days: int = 5) -> Reopening:
    """Let the township grant that the village opens a month again, over the stick and back."""
    asked = agreed(offices.village, closing, days)
    offices.take_up()
    (wish,) = waiting_reopenings(offices.township)
    assert (wish.village, wish.period, wish.asked_by, wish.agreed_by) == ("青山村", JANUARY, "李会计", "赵主任")
    rule_on_reopening(offices.township, wish.reopening, is_granted=True)
    offices.take_down()
    return offices.village.get(Reopening, asked.id)


def test_the_township_keeps_a_villages_months_closed_too(reporting: Offices) -> None:
    """A village whose guards were taken away writes into January; its package is refused, in words."""
    with closed_after(sqlite3.connect(reporting.village.folder / FILE_NAME, isolation_level=None)) as connection:
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'arrivals_insert'").fetchone()[0]
        connection.execute("DROP TRIGGER arrivals_insert")
        late_arrival(reporting.village)
        connection.execute(guard)
    before = reporting.township.tip()
    with pytest.raises(PackageRefused, match=SHUT) as refused:
        reporting.take_up()
    assert in_chinese(refused.value)
    assert reporting.township.tip() == before
    assert altered_months(reporting.village) == ["2026-01"]


def test_what_was_written_while_the_month_was_open_arrives_whenever_it_comes(reporting: Offices) -> None:
    """Opened, written into, closed again, and all of it reported a month later in one package."""
    (closing,) = reporting.village.find(Closing)
    opened = granted_by_township(reporting, closing)
    assert (opened.state, opened.open_until) == (ReopeningState.GRANTED, date(2026, 2, 8))
    late_arrival(reporting.village)
    closed(reporting.village)
    clock = reporting.village.clock
    assert isinstance(clock, SetClock)
    on(clock, 3, 9)
    closed(reporting.village, FEBRUARY)
    reporting.take_up()
    assert [row[0] for row in reporting.township.rows("SELECT number FROM closings ORDER BY month, number")] == [
        1,
        2,
        1,
    ]
    assert altered_months(reporting.village) == []


def test_a_village_that_never_closed_again_still_reports(reporting: Offices) -> None:
    """The days ran out; what was written in them is lawful and arrives."""
    (closing,) = reporting.village.find(Closing)
    granted_by_township(reporting, closing, days=2)
    late_arrival(reporting.village)
    clock = reporting.village.clock
    assert isinstance(clock, SetClock)
    on(clock, 3, 9)
    reporting.take_up()
    assert reporting.township.value("SELECT count(*) FROM arrivals WHERE amount_fen = ?", [700 * YUAN]) == 1
    with pytest.raises(MonthClosed):
        late_arrival(reporting.village, 1)


def test_a_refusal_comes_back_with_its_reason(reporting: Offices) -> None:
    (closing,) = reporting.village.find(Closing)
    asked = agreed(reporting.village, closing)
    reporting.take_up()
    (wish,) = waiting_reopenings(reporting.township)
    with pytest.raises(RuleViolation, match="不同意要写明原因"):
        rule_on_reopening(reporting.township, wish.reopening, is_granted=False)
    rule_on_reopening(reporting.township, wish.reopening, is_granted=False, note="记到二月")
    with pytest.raises(RuleViolation, match="已经给过意见"):
        rule_on_reopening(reporting.township, wish.reopening, is_granted=True)
    assert waiting_reopenings(reporting.township) == []
    reporting.take_down()
    assert reporting.village.get(Reopening, asked.id).state is ReopeningState.REFUSED
    with pytest.raises(MonthClosed):
        late_arrival(reporting.village)


def lose_the_computer(offices: Offices, backup: Path, tmp_path: Path) -> None:
    """Close the village's desk and go on with one that is laid out from a backup, believed by the township."""
    actor, seed, clock = offices.village.actor, offices.village.signing_seed, offices.village.clock
    offices.village.close()
    restore(backup, tmp_path / "恢复", clock=clock)
    offices.village = Desk.open(tmp_path / "恢复", clock=clock)
    offices.village.actor, offices.village.signing_seed = actor, seed
    enrol_anew(offices)


@pytest.fixture
def early_backup(reporting: Offices, tmp_path: Path) -> Path:
    """A copy of the village's file from after January was closed, with the attachments beside it."""
    folder = tmp_path / "old" / "backups"
    folder.mkdir(parents=True)
    copy_file(reporting.village.folder / FILE_NAME, folder / "b.sqlite")
    shutil.copytree(reporting.village.folder / "attachments", tmp_path / "old" / "attachments")
    return folder / "b.sqlite"


def test_what_is_given_back_brings_openings_and_closings_too(
    reporting: Offices, early_backup: Path, tmp_path: Path
) -> None:
    """The backup knows of no reopening; the township gives back the wish, the grant, the late money and the second
    closing, though nothing of it could be written into January today."""
    (closing,) = reporting.village.find(Closing)
    granted_by_township(reporting, closing)
    late_arrival(reporting.village)
    closed(reporting.village)
    reporting.take_up()
    lose_the_computer(reporting, early_backup, tmp_path)
    assert len(reporting.village.find(Closing)) == 1
    exchange.receive(reporting.village, exchange.give_back(reporting.township, reporting.peer, reporting.stick))
    assert [one.number for one in reporting.village.find(Closing, order="number")] == [1, 2]
    assert reporting.village.find(Reopening)[0].state is ReopeningState.ENDED
    assert altered_months(reporting.village) == []
    with pytest.raises(MonthClosed):
        late_arrival(reporting.village, 1)
    reporting.take_up()
    reporting.take_down()


def test_who_writes_into_a_month_that_was_closed_since_the_backup_is_told(
    reporting: Offices, early_backup: Path, tmp_path: Path
) -> None:
    """February was closed after the backup; the restored desk writes into February before it takes back."""
    clock = reporting.village.clock
    assert isinstance(clock, SetClock)
    on(clock, 3, 2)
    closed(reporting.village, FEBRUARY)
    reporting.take_up()
    lose_the_computer(reporting, early_backup, tmp_path)
    (project,) = reporting.village.find(Project)
    february = Arrival(fund_id=project.fund_id or "", arrived_on=date(2026, 2, 9), amount_fen=1)
    record_arrival(reporting.village, february, "恢复以后记的")
    before = reporting.village.tip()
    path = exchange.give_back(reporting.township, reporting.peer, reporting.stick)
    with pytest.raises(PackageRefused, match="从备份恢复以后又往这个月里记了账") as refused:
        exchange.receive(reporting.village, path)
    assert in_chinese(refused.value)
    assert reporting.village.tip() == before
