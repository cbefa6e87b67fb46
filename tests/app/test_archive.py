"""A year goes into the cabinet: whole, signed, and readable without the program."""

import csv
import hashlib
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.village_fixtures import ACCOUNTANT
from villagedesk.app.archive import archive
from villagedesk.app.practice.facts import PASSWORD
from villagedesk.app.practice.year import VILLAGE
from villagedesk.exchange.keys import is_signed
from villagedesk.kernel.errors import Cancelled, DiskFull, NotSignedIn, RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases
from villagedesk.village.store import desk_card


@pytest.fixture
def village(practice: Path) -> Iterator[Desk]:
    """The practice village's desk, its accountant acting."""
    with Desk.open(practice / VILLAGE, write=False) as desk:
        accountant = desk.value("SELECT name FROM officers WHERE role = 'accountant'")
        usecases.sign_in(desk, accountant, PASSWORD)
        yield desk


@pytest.fixture
def year(village: Desk) -> int:
    """The year the practice village has lived through."""
    return int(village.value("SELECT max(year) FROM vouchers"))


def test_the_year_is_there_notice_by_notice(village: Desk, year: int, tmp_path: Path) -> None:
    path = archive(village, year, tmp_path)
    assert path.name == f"青山村-{year}年档案.zip"
    files = _files(path)
    numbers = [row[0] for row in village.rows("SELECT number FROM issuances WHERE year = ?", [year])]
    notices = [name for name in files if name.startswith("data/公示/")]
    assert len(notices) == len(numbers) > 0
    assert all(files[name].startswith(b"%PDF") for name in notices)
    vouchers = _sheet(files["data/表格/凭证.csv"])
    assert len(vouchers) == village.value("SELECT count(*) FROM vouchers WHERE year = ?", [year])
    assert len(_sheet(files["data/表格/农户.csv"])) == 180
    assert not [name for name in files if "密码" in name]


def test_the_index_lists_every_file_and_is_signed(village: Desk, year: int, tmp_path: Path) -> None:
    files = _files(archive(village, year, tmp_path))
    index = _sheet(files.pop("data/目录.csv"))
    payload = {name.removeprefix("data/"): content for name, content in files.items() if name.startswith("data/")}
    assert [line["文件"] for line in index] == list(payload)
    for line in index:
        content = payload[line["文件"]]
        assert (int(line["字节"]), line["SHA-256"]) == (len(content), hashlib.sha256(content).hexdigest())
    key = desk_card(village).public_key
    assert is_signed(files["tagmanifest-sha256.txt"], files["signature.txt"].decode().strip(), key)
    assert f"Last-Link: {village.tip()[1]}" in files["bag-info.txt"].decode()


def test_the_archive_is_a_bag_by_anothers_judgement(village: Desk, year: int, tmp_path: Path) -> None:
    path = archive(village, year, tmp_path)
    with zipfile.ZipFile(path) as whole:
        whole.extractall(tmp_path / "out")
    (bag,) = (tmp_path / "out").iterdir()
    done = subprocess.run(["bagit.py", "--validate", bag], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_year_gives_the_same_file(village: Desk, year: int, tmp_path: Path) -> None:
    first = archive(village, year, tmp_path).read_bytes()
    assert archive(village, year, tmp_path).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [f"青山村-{year}年档案.zip"]


def test_a_year_without_books_has_no_archive(village: Desk, tmp_path: Path) -> None:
    with pytest.raises(RuleViolation, match="1999年没有记过账"):
        archive(village, 1999, tmp_path)
    assert not list(tmp_path.iterdir())


def test_who_does_not_keep_the_books_does_not_archive_them(desk: Desk, tmp_path: Path) -> None:
    usecases.sign_in(desk, "钱组长", "qingshan-1")
    with pytest.raises(RuleViolation, match="由村会计"):
        archive(desk, 2026, tmp_path)
    usecases.sign_in(desk, ACCOUNTANT, "qingshan-1")
    desk.signing_seed = None
    with pytest.raises(NotSignedIn):
        archive(desk, 2026, tmp_path)


def test_a_cancelled_or_failed_archive_leaves_nothing(
    village: Desk, year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        archive(village, year, tmp_path, progress)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        archive(village, year, tmp_path)
    assert not list(tmp_path.iterdir())


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as whole:
        return {name.partition("/")[2]: whole.read(name) for name in whole.namelist()}


def _sheet(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
