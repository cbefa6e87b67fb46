"""The program finds its own files in a checkout and in a wheel."""

from pathlib import Path

import pytest

from villagedesk.kernel import places
from villagedesk.kernel.places import own_file


def test_a_checkouts_files_lie_beside_the_package() -> None:
    assert own_file("db/schema.sql").is_file()


def test_a_wheels_files_lie_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "villagedesk"
    (package / "db").mkdir(parents=True)
    (package / "db" / "schema.sql").touch()
    monkeypatch.setattr(places, "PACKAGE", package)
    assert own_file("db/schema.sql") == package / "db" / "schema.sql"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="db/nothing"):
        own_file("db/nothing")
