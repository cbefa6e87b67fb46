"""What is not a whole desk of ours is refused with a sentence, and its bytes stay as they were."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.storage.medium import protected
from tests.storage.old_desk import old_desk
from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import (
    DamagedDesk,
    DeskInUse,
    ForeignFile,
    NewerDesk,
    NoDesk,
    OlderDesk,
    VillageDeskError,
    WriteProtected,
)
from villagedesk.storage.desk import FILE_NAME, Actor, Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Household

CHECKOUT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from villagedesk.storage.desk import Desk
desk = Desk.open(Path(sys.argv[1]), who="周出纳")
print("open", flush=True)
sys.stdin.read()
"""


def _text(file: Path) -> None:
    file.write_text("青山村的账\n" * 400, "utf-8")


def _another_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE money (amount REAL)")


def _newer(file: Path) -> None:
    _alter(file, "PRAGMA user_version = 99")


def _said_to_be(version: int) -> Callable[[Path], None]:
    return lambda file: _alter(file, f"PRAGMA user_version = {version}")


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 8 * 4096])


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 60] = b"\xa5" * (4096 * 57)
    file.write_bytes(content)


def _of_another_format(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[47] = 9  # SQLite's schema format number
    file.write_bytes(content)


def _without_a_guard(file: Path) -> None:
    _alter(file, "DROP TRIGGER vouchers_update")


def _with_a_table_more(file: Path) -> None:
    _alter(file, "CREATE TABLE extra (a)")


def _with_another_dictionary(file: Path) -> None:
    _alter(file, "DROP TRIGGER dictionary_update", "UPDATE dictionary SET travels = 'open' WHERE table_name = 'people'")


def _with_a_forged_last_entry(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_update'").fetchone()[0]
    last = "UPDATE journal SET reason = '改' WHERE seq = (SELECT max(seq) FROM journal)"
    _alter(file, "DROP TRIGGER journal_update", last, trigger)


def _alter(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("write", [True, False], ids=["to write", "to look"])
@pytest.mark.parametrize(
    ("spoil", "fault", "sentence"),
    [
        (_text, ForeignFile, "“desk.sqlite”不是本程序的账本，没有打开，也没有改动它"),
        (_another_database, ForeignFile, "不是本程序的账本"),
        (_newer, NewerDesk, "请先升级程序"),
        (_said_to_be(0), DamagedDesk, "文件上写的版本和里面的表对不上"),
        (_said_to_be(1), DamagedDesk, "文件上写的版本和里面的表对不上"),
        (_said_to_be(3), DamagedDesk, "文件上写的版本和里面的表对不上"),
        (_truncated, DamagedDesk, "文件不完整"),
        (_damaged, DamagedDesk, "账本文件损坏（文件内容被破坏）。程序没有改动它。请从 backups"),
        (_of_another_format, DamagedDesk, "文件内容被破坏"),
        (_without_a_guard, DamagedDesk, "账本结构“vouchers_update”被改动过"),
        (_with_a_table_more, DamagedDesk, "账本结构“extra”被改动过"),
        (_with_another_dictionary, DamagedDesk, "账本结构“dictionary.people”被改动过"),
        (_with_a_forged_last_entry, DamagedDesk, "条流水对不上"),
    ],
)
def test_what_is_not_a_whole_desk_is_refused_and_left_alone(
    folder: Path, spoil: Callable[[Path], None], fault: type[VillageDeskError], sentence: str, *, write: bool
) -> None:
    spoil(folder / FILE_NAME)
    before = _digests(folder)
    with pytest.raises(fault, match=sentence):
        Desk.open(folder, write=write)
    assert _digests(folder) == before


def test_a_folder_without_a_desk_is_named(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "没有"):
        with pytest.raises(NoDesk, match=f"“{missing.name}”里没有账本"):
            Desk.open(missing)
    assert not list(tmp_path.iterdir())


def test_an_older_desk_is_not_upgraded_by_looking_at_it(full_folder: Path, tmp_path: Path) -> None:
    folder = old_desk(3, full_folder, tmp_path / "旧村")
    before = _digests(folder)
    for look in (lambda: Desk.open(folder, write=False), lambda: verify(folder)):
        with pytest.raises(OlderDesk, match="自动备份并升级"):
            look()
    assert _digests(folder) == before


def test_a_desk_that_is_open_elsewhere_names_who_has_it(folder: Path) -> None:
    with _another_program(folder), pytest.raises(DeskInUse, match=r"正由“周出纳”打开着（\d\d月\d\d日\d\d:\d\d起"):
        Desk.open(folder)
    Desk.open(folder).close()


def test_a_desk_that_is_open_elsewhere_can_be_looked_at(folder: Path) -> None:
    with _another_program(folder):
        with Desk.open(folder, write=False) as desk:
            assert desk.value("SELECT name FROM offices") == "青山村"
        assert not verify(folder).faults


def test_opening_twice_in_one_program_is_refused_too(folder: Path) -> None:
    with Desk.open(folder) as desk:
        with pytest.raises(DeskInUse, match="村会计"):
            Desk.open(folder)
        with Desk.open(folder, write=False) as second:
            _add(desk, "0001")
            assert second.value("SELECT count(*) FROM households") == 1


def test_looking_at_an_open_desk_drops_none_of_its_locks(folder: Path) -> None:
    """A file opened and closed by hand would drop every lock this program holds on it (POSIX)."""
    with Desk.open(folder) as desk:
        verify(folder)
        Desk.open(folder, write=False).close()
        ask = f"import sqlite3; sqlite3.connect({str(folder / FILE_NAME)!r}, timeout=0).execute('PRAGMA journal_mode=DELETE')"
        done = subprocess.run([sys.executable, "-c", ask], capture_output=True, encoding="utf-8", check=False)
        assert "database is locked" in done.stderr
        _add(desk, "0001")


def test_a_lock_file_that_is_no_lock_does_not_lock_anyone_out(folder: Path) -> None:
    (folder / "desk.lock").write_text("not a lock" * 400)
    with Desk.open(folder) as desk:
        _add(desk, "0001")


def test_a_desk_that_was_never_closed_is_opened_with_all_it_holds(folder: Path, tmp_path: Path) -> None:
    """Files as a power cut leaves them: the last commits lie in the log only."""
    with Desk.open(folder) as desk:
        _add(desk, "0001")
        crashed = shutil.copytree(folder, tmp_path / "crashed")
    before = _digests(crashed)
    assert not verify(crashed).faults
    assert _digests(crashed)[FILE_NAME] == before[FILE_NAME]
    with Desk.open(crashed) as desk:
        assert desk.value("SELECT count(*) FROM households") == 1


def test_a_disc_can_be_looked_at_and_says_why_it_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    with protected(folder, tmp_path / "disc") as disc:
        with pytest.raises(WriteProtected, match=r"可能是光盘、写保护的U盘.*要办理，请把整个文件夹复制到本机硬盘"):
            Desk.open(disc)
        with Desk.open(disc, write=False) as desk:
            assert desk.value("SELECT name FROM offices") == "青山村"
        assert not verify(disc).faults


def test_a_desk_on_a_disc_that_was_not_closed_cannot_be_looked_at(folder: Path, tmp_path: Path) -> None:
    with Desk.open(folder) as desk:
        _add(desk, "0001")
        crashed = shutil.copytree(folder, tmp_path / "crashed", ignore=shutil.ignore_patterns("*-shm"))
    with protected(crashed, tmp_path / "disc") as disc, pytest.raises(WriteProtected, match="复制到本机硬盘"):
        Desk.open(disc, write=False)


def test_opening_and_reading_import_nothing_heavy(folder: Path) -> None:
    read = f"""
import sys
from pathlib import Path
from villagedesk.storage.desk import Desk
with Desk.open(Path({str(folder)!r})) as desk:
    desk.rows("SELECT * FROM offices")
heavy = {{"sqlite_utils", "rfc8785", "nacl", "click", "reportlab", "random", "secrets", "decimal"}}
print(*(heavy & set(sys.modules)))
"""
    assert _python(read).strip() == ""


def test_opening_takes_a_moment(folder: Path) -> None:
    """Five milliseconds on a quiet machine; the bound here only catches the tenfold."""
    Desk.open(folder).close()
    taken = []
    for _ in range(9):
        start = time.perf_counter()
        Desk.open(folder).close()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05


@contextmanager
def _another_program(folder: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == b"open\n"
        yield
        program.kill()


def _digests(folder: Path) -> dict[str, str]:
    """Return what lies beside the attachments: name and content of each file but the lock."""
    files = [path for path in folder.iterdir() if path.is_file() and path.name != "desk.lock"]
    return {path.name: digest_of(path.read_bytes()) for path in files}


def _add(desk: Desk, number: str) -> None:
    desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", "accountant")
    with desk.change("x") as change:
        change.put(Household(number=number, team="1组", head_name="陈䶮"))


def _python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True
    ).stdout
