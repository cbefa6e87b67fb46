"""Bags, judged by the Library of Congress's own program."""

import zipfile
from pathlib import Path

import bagit
import pytest

from tests.exchange.offices import Offices, files_of
from villagedesk.exchange import bag
from villagedesk.exchange.usecases import export


def _unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture
def unpacked(first_package: Path, tmp_path: Path) -> Path:
    return _unpacked(first_package, tmp_path / "unpacked")


def test_a_package_is_a_valid_bag(unpacked: Path) -> None:
    found = bagit.Bag(str(unpacked))
    found.validate()
    assert found.version_info == (1, 0)
    assert found.info["Parcel-Number"] == "1"


def test_a_receipt_is_a_valid_bag(offices: Offices, tmp_path: Path) -> None:
    offices.take_up()
    bagit.Bag(str(_unpacked(offices.receipt(), tmp_path / "receipt"))).validate()


def test_the_judge_sees_a_changed_file(unpacked: Path) -> None:
    (unpacked / "data" / "journal.jsonl").write_bytes(b"changed")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked)).validate()


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    content = [("data/journal.jsonl", b"{}\n"), ("data/tables/报账单.csv", b"x" * 9_000)]
    for name in ("a.zip", "b.zip"):
        bag.write(
            tmp_path / name, "510322105207-package-0001", {"A": "b"}, content, lambda c: c.hex()[:128].ljust(128, "0")
        )
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_package_written_from_the_same_journal_is_the_same_file(first_package: Path, offices: Offices) -> None:
    again = export(offices.village, offices.stick).path
    assert again.read_bytes() == first_package.read_bytes(), "sealed bodies and all"


def test_every_member_is_listed(first_package: Path) -> None:
    files = files_of(first_package)
    listed = {line.split("  ")[1] for line in files["manifest-sha256.txt"].decode().splitlines()}
    assert listed == {name for name in files if name.startswith("data/")}
