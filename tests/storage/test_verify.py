"""Whoever alters a desk past the program is found out: verify names the record, the entry or the file."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from villagedesk.kernel.errors import Cancelled, DamagedDesk, ForeignFile, NewerDesk, NoDesk, OlderDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal, schema
from villagedesk.storage.attachments import place
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Household

with closing(schema.fresh()) as _fresh:
    RULES = schema.table_rules(_fresh)
    COLUMNS = [
        (table, row[1]) for table in (*RULES, "journal") for row in _fresh.execute(f"PRAGMA table_info({table})")
    ]
RECORD_COLUMNS = [pair for pair in COLUMNS if pair[0] != "journal"]
ENTRY_COLUMNS = [column for table, column in COLUMNS if table == "journal"]


@pytest.fixture(scope="module")
def unguarded(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a full desk whose guards somebody has taken down."""
    folder = shutil.copytree(templates / "满村", tmp_path_factory.mktemp("unguarded") / "满村")
    with closing(_stranger(folder)) as stranger:
        for (name,) in stranger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            stranger.execute(f"DROP TRIGGER {name}")
    return folder


on_one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)


def test_an_untouched_desk_is_sound(full_folder: Path) -> None:
    proof = verify(full_folder)
    assert proof.faults == ()
    assert (proof.records, proof.attachments) == (proof.entries - 1, 1), "only the closing took two steps"
    with Desk.open(full_folder, write=False) as desk:
        assert proof.link == desk.tip()[1]


@on_one_file
@given(st.sampled_from(RECORD_COLUMNS), st.integers(0, 200))
def test_one_altered_character_of_a_record_is_named(unguarded: Path, column: tuple[str, str], place: int) -> None:
    table, name = column
    with _altered(unguarded, guards=False) as (folder, stranger):
        row = stranger.execute(f"SELECT rowid, * FROM {table} LIMIT 1").fetchone()
        stranger.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (_altered_value(row[name], place), row[0]))
    faults = verify(folder).faults
    assert any(RULES[table].title in fault and row["id"] in fault for fault in faults), faults
    assert name == "id" or any(name in fault for fault in faults)


@on_one_file
@example("digest", 0, 3)
@example("body", 3, 0)
@given(st.sampled_from(ENTRY_COLUMNS), st.integers(0, 200), st.integers(0, 40))
def test_one_altered_character_of_an_entry_is_named(unguarded: Path, name: str, place: int, row: int) -> None:
    with _altered(unguarded, guards=False) as (folder, stranger):
        row %= stranger.execute("SELECT count(*) FROM journal").fetchone()[0]
        entry = stranger.execute("SELECT * FROM journal WHERE seq = ?", [row + 1]).fetchone()
        altered = 1000 + row if name == "seq" else _altered_value(entry[name], place)
        stranger.execute(f"UPDATE journal SET {name} = ? WHERE seq = ?", (altered, entry["seq"]))
    faults = verify(folder).faults
    number = {"seq": {entry["seq"] + 1, 1000 + row}}.get(name, {entry["seq"]})
    assert any(f"第{seq}条流水" in fault for seq in number for fault in faults), faults


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_one_altered_byte_of_the_file_is_found_or_lies_where_nothing_is(full_folder: Path, data: st.DataObject) -> None:
    whole = (full_folder / FILE_NAME).read_bytes()
    used = [at for at, byte in enumerate(whole) if byte]
    at = data.draw(st.sampled_from(used))
    altered = full_folder.with_name("改过的村")
    altered.mkdir(exist_ok=True)
    content = bytearray(whole)
    content[at] ^= data.draw(st.integers(1, 255))
    (altered / FILE_NAME).write_bytes(content)
    try:
        faults = [fault for fault in verify(altered).faults if not fault.startswith("附件“")]
    except DamagedDesk:
        return
    except (ForeignFile, NewerDesk, OlderDesk):
        assert at < 100  # the head of the file, where it says what it is
        return
    assert faults or _contents(altered) == _contents(full_folder)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.sampled_from(COLUMNS).filter(lambda column: column[1] != "seq"), st.sampled_from([777, 2.5, b"\xff\x00", None])
)
def test_a_value_of_another_kind_is_a_fault_not_a_crash(unguarded: Path, column: tuple[str, str], value: Any) -> None:
    """A damaged row header gives a number, bytes or nothing where a text was; STRICT only watches what is written."""
    table, name = column
    with _altered(unguarded, guards=False) as (folder, stranger):
        stranger.execute("PRAGMA writable_schema = ON")
        loose = "replace(replace(replace(sql, ') STRICT', ')'), 'TEXT NOT NULL', 'BLOB'), 'INTEGER NOT NULL', 'BLOB')"
        strict = stranger.execute("SELECT rowid, sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        stranger.execute(f"UPDATE sqlite_master SET sql = replace({loose}, 'TEXT', 'BLOB') WHERE name = ?", [table])
        stranger.execute("PRAGMA schema_version = 7777")
        stranger.execute("COMMIT")
        with closing(_stranger(folder)) as careless:
            assume(careless.execute(f"SELECT {name} FROM {table} WHERE rowid = 1").fetchone()[0] != value)
            careless.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = 1", [value])
            careless.execute("PRAGMA writable_schema = ON")
            careless.execute("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", (strict["sql"], strict["rowid"]))
            careless.execute("PRAGMA schema_version = 8888")
        stranger.execute("BEGIN")
    assert verify(folder).faults


def test_a_row_that_was_taken_out_is_named(full_folder: Path) -> None:
    with _altered(full_folder) as (folder, stranger):
        stranger.execute("DELETE FROM approvals")
    (fault,) = verify(folder).faults
    assert fault.startswith("村主任审批 ")
    assert fault.endswith(" 在流水里有，账里不见了。")


def test_a_row_that_was_slipped_in_is_named(full_folder: Path) -> None:
    with _altered(full_folder) as (folder, stranger):
        stranger.execute("INSERT INTO households SELECT 'slipped', 1, village_id, '0999', team, '假户' FROM households")
    assert verify(folder).faults == ("农户 slipped 在账里有，流水里没有。",)


def test_an_entry_that_was_taken_out_breaks_the_chain(full_folder: Path) -> None:
    with _altered(full_folder) as (folder, stranger):
        stranger.execute("DELETE FROM journal WHERE seq = 10")
    assert any("第11条流水" in fault and "前面有流水被拿走" in fault for fault in verify(folder).faults)


def test_a_tail_cut_off_leaves_rows_without_entries(full_folder: Path) -> None:
    with _altered(full_folder) as (folder, stranger):
        stranger.execute("DELETE FROM journal WHERE seq > (SELECT max(seq) - 3 FROM journal)")
    assert len([fault for fault in verify(folder).faults if "流水里没有" in fault]) == 3


def test_a_chain_forged_as_a_whole_does_not_fit_the_notice_on_the_board(full_folder: Path) -> None:
    """Somebody alters an early entry and its row and works out every link anew; the paper outside still knows better."""
    with _altered(full_folder) as (folder, stranger):
        stranger.execute("UPDATE offices SET name = '青山新村' WHERE name = '青山村'")
        stranger.execute("UPDATE journal SET body = replace(body, '青山村', '青山新村')")
        _chained_anew(stranger)
    assert verify(folder).faults == (
        "第1号公示上印的校验码在流水里找不到，流水可能被整体改写过。",
        "2026年1月结账单上的账目校验码在流水里找不到，流水可能被整体改写过。",
    )


def test_a_chain_forged_after_the_last_notice_does_not_fit_the_closings_paper(full_folder: Path) -> None:
    """The paper of a closed month bears the link before it; it is given out where no notice hangs."""
    with _altered(full_folder) as (folder, stranger):
        (link,) = stranger.execute("SELECT link FROM closings").fetchone()
        stranger.execute("UPDATE closings SET link = replace(link, ?, ?)", [link, "ab" * 32])
        stranger.execute("UPDATE journal SET body = replace(body, ?, ?)", [link, "ab" * 32])
        _chained_anew(stranger)
        stranger.execute("UPDATE issuances SET link = (SELECT link FROM journal WHERE seq = 1)")
    faults = verify(folder).faults
    assert "2026年1月结账单上的账目校验码在流水里找不到，流水可能被整体改写过。" in faults


def test_a_chain_forged_as_a_whole_does_not_fit_what_the_township_has(full_folder: Path) -> None:
    parcel = (
        "INSERT INTO parcels SELECT 'sent', 1, office_id, 'out', 'package', 3, 1, last_seq, last_link, digest, "
        "file_name, state, moved_at FROM parcels"
    )
    with _altered(full_folder) as (folder, stranger):
        stranger.execute(parcel)
        stranger.execute(
            "UPDATE parcels SET last_link = replace(last_link, substr(last_link, 1, 1), 'f'), last_seq = 5"
        )
    assert any("第3个上报数据包里的校验码" in fault for fault in verify(folder).faults)


def test_an_attachment_that_is_missing_or_altered_is_named(full_folder: Path) -> None:
    with Desk.open(full_folder, write=False) as desk:
        file = place(full_folder, desk.value("SELECT id FROM attachments"))
    file.write_bytes(b"another photo")
    assert verify(full_folder).faults == (f"附件“现场照片.jpg”（{file.name[:12]}…）被改动过。",)
    file.unlink()
    assert verify(full_folder).faults == (f"附件“现场照片.jpg”（{file.name[:12]}…）不见了。",)


def test_a_guard_that_was_taken_down_is_named(full_folder: Path) -> None:
    with _altered(full_folder, guards=False) as (folder, stranger):
        stranger.execute("DROP TRIGGER claims_delete")
    assert verify(folder).faults == ("账本结构“claims_delete”被改动过。",)


def test_where_a_table_has_another_shape_its_records_are_not_compared(full_folder: Path) -> None:
    with _altered(full_folder, guards=False) as (folder, stranger):
        stranger.execute("ALTER TABLE slots ADD COLUMN colour TEXT")
    assert verify(folder).faults == ("账本结构“slots”被改动过。", "表的结构变了，里面的记录没有再核对。")


def test_what_a_stranger_added_is_named_and_does_not_stop_the_proof(full_folder: Path) -> None:
    with _altered(full_folder) as (folder, stranger):
        stranger.create_function("lucky", 1, lambda _: 1, deterministic=True)
        stranger.execute("CREATE INDEX extra ON slots (lucky(name))")
        stranger.execute("DELETE FROM approvals")
    first, second, third = verify(folder).faults
    assert first == "账本结构“extra”被改动过。"
    assert second.startswith("文件里有读不懂的地方（unknown function: lucky()")
    assert third.startswith("村主任审批 ")


def test_a_desk_is_proved_while_it_is_open_and_written(full_desk: Desk) -> None:
    with full_desk.change("x") as change:
        change.put(Household(number="0777", team="1组", head_name="陈䶮"))
        assert verify(full_desk.folder).faults == ()  # what is not yet stored is not seen
    assert verify(full_desk.folder).entries == full_desk.tip()[0]


def test_proving_writes_nothing(full_folder: Path) -> None:
    before = {path: path.read_bytes() for path in full_folder.rglob("*") if path.is_file()}
    verify(full_folder)
    assert {path: path.read_bytes() for path in full_folder.rglob("*") if path.is_file()} == before


def test_proving_can_be_watched_and_cancelled(full_folder: Path) -> None:
    progress = Progress()
    verify(full_folder, progress)
    assert (progress.label, progress.done) == ("核对附件", 1)
    progress.cancel()
    with pytest.raises(Cancelled):
        verify(full_folder, progress)


def test_only_a_desk_can_be_proved(tmp_path: Path) -> None:
    with pytest.raises(NoDesk):
        verify(tmp_path)


def _chained_anew(stranger: sqlite3.Connection) -> None:
    """Work out every digest and link of a journal anew."""
    link = journal.FIRST_LINK
    for entry in list(journal.entries(stranger)):
        forged = journal.linked(entry.head(), entry.body, link)
        stranger.execute(
            "UPDATE journal SET digest = ?, link = ? WHERE seq = ?", (forged.digest, forged.link, entry.seq)
        )
        link = forged.link


@contextmanager
def _altered(folder: Path, *, guards: bool = True) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Yield a copy of a desk and a stranger's connection to it; with ``guards`` they are down only meanwhile."""
    copy = folder.with_name("改过的村")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with closing(_stranger(copy)) as stranger:
        triggers = stranger.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers if guards else ():
            stranger.execute(f"DROP TRIGGER {name}")
        stranger.execute("BEGIN")
        yield copy, stranger
        stranger.execute("COMMIT")
        for _, sql in triggers if guards else ():
            stranger.execute(sql)


def _stranger(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    return connection


def _altered_value(value: Any, place: int) -> Any:
    if isinstance(value, int):
        return value ^ 1 << place % 20
    if not value:
        return "x"
    place %= len(value)
    return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]


def _contents(folder: Path) -> list[Any]:
    with closing(for_reading(folder / FILE_NAME)) as connection:
        return [
            [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
            for table in (*RULES, "journal", "dictionary")
        ]
