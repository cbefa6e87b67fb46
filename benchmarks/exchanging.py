"""A package to the township and its taking in, beside zipping and hashing the same bytes."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.books import cache, founded
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.exchange import usecases
from villagedesk.exchange.card import fingerprint
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, OfficeKind, Person

_NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)


def exchange(entries: int = 2_000, rounds: int = 5) -> Iterator[Figure]:
    """Write a package of so many entries and take it in at the township, each time between two new desks."""
    cache().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache()) as place:
        office = _Offices(Path(place), entries)
        things = {"export": office.export, "zip": office.zip, "receive": office.receive, "unzip": office.unzip}
        taken = side_by_side(things, rounds)
        office.close()
    size = f"{entries} entries"
    yield Figure("exchange.export", median(taken["export"]), "s", f"{size} gathered, sealed, signed and read back")
    yield Figure("exchange.zip", median(taken["zip"]), "s", "the same bytes hashed and zipped")
    yield Figure("exchange.export_ratio", ratio(taken["export"], taken["zip"]), "times", "over hashing and zipping")
    yield Figure("exchange.receive", median(taken["receive"]), "s", f"{size} verified and applied in one transaction")
    yield Figure("exchange.unzip", median(taken["unzip"]), "s", "the same bytes unzipped and hashed")
    yield Figure(
        "exchange.receive_ratio", ratio(taken["receive"], taken["unzip"]), "times", "over unzipping and hashing"
    )


class _Offices:
    """A village and its township, new for each round, and the package that goes between them."""

    def __init__(self, place: Path, entries: int) -> None:
        self._place, self._entries, self._round = place, entries, 0
        self._desks: list[Desk] = []
        self._package = place
        self._members: list[tuple[str, bytes]] = []

    def export(self) -> float:
        self.close()
        self._round += 1
        home = self._place / str(self._round)
        village = founded(home / "村", SetClock(_NOW))
        township = founded(home / "镇", SetClock(_NOW), OfficeKind.TOWNSHIP)
        self._desks = [village, township]
        _enrol(village, township, home)
        _fill(village, self._entries)
        taken = seconds(lambda: setattr(self, "_package", usecases.export(village, home).path))
        with zipfile.ZipFile(self._package) as package:
            self._members = [(name, package.read(name)) for name in package.namelist()]
        return taken

    def zip(self) -> float:
        return seconds(lambda: _zip(self._package.with_suffix(".bare"), self._members))

    def receive(self) -> float:
        return seconds(lambda: usecases.receive(self._desks[1], self._package))

    def unzip(self) -> float:
        return seconds(lambda: _unzip(self._package.with_suffix(".bare")))

    def close(self) -> None:
        for desk in self._desks:
            desk.close()


def _enrol(village: Desk, township: Desk, folder: Path) -> None:
    for here, there in ((village, township), (township, village)):
        path = folder / f"{there.office_id}.card"
        usecases.enrol(here, path, fingerprint(usecases.write_card(there, path)).reading)


def _fill(desk: Desk, entries: int) -> None:
    """Write down households of three, as a register brings them in."""
    with desk.change("village.people.imported", reason="花名册") as change:
        for number in range(entries // 4):
            household = change.put(Household(number=f"{number + 1:04d}", team=f"{number % 8 + 1}组", head_name="王𬭎"))
            for place in range(3):
                change.put(
                    Person(
                        household_id=household.id, name="王𬭎", initials="wh", relation="户主" if place == 0 else "子",
                        sex="男", id_number=f"5103221969{number:04d}{place:04d}", born_on=date(1969, 7, 2),
                        phone="13152133505", account=f"62145915102{number:04d}{place:04d}", bank="农商银行",
                    )
                )  # fmt: skip


def _zip(path: Path, members: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            hashlib.sha256(content).hexdigest()
            package.writestr(name, content)


def _unzip(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            hashlib.sha256(package.read(name)).hexdigest()
