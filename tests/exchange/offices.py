"""A village and its township for tests, and a forger who has the village's key."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.payments import paying
from villagedesk.exchange import bag, store, usecases
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.keys import sign
from villagedesk.exchange.model import Peer
from villagedesk.exchange.plan import PackagePlan, Plan, ReceiptPlan
from villagedesk.kernel.canonical import canonical
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Actor, Desk
from villagedesk.storage.journal import digest, next_link
from villagedesk.village.usecases import import_people

Files = dict[str, bytes]
"""A bag's files by their names in it, ``data/`` and tags alike."""


@dataclass(slots=True)
class Offices:
    """Both desks, open, and the stick that goes between them."""

    village: Desk
    township: Desk
    stick: Path

    @property
    def peer(self) -> Peer:
        """The village as the township knows it."""
        found = store.peer_of(self.township, self.village.office_id)
        assert found
        return found

    @property
    def upwards(self) -> Peer:
        """The township as the village knows it."""
        found = store.township(self.village)
        assert found
        return found

    def export(self) -> Path:
        """Write a package to the stick."""
        return usecases.export(self.village, self.stick).path

    def take_up(self, path: Path | None = None) -> PackagePlan:
        """Let the township take in a package (default: a new one)."""
        plan = usecases.receive(self.township, path or self.export())
        assert isinstance(plan, PackagePlan)
        return plan

    def receipt(self) -> Path:
        """Write a receipt to the stick."""
        return usecases.receipt(self.township, self.peer, self.stick).path

    def take_down(self, path: Path | None = None) -> ReceiptPlan:
        """Let the village take in a receipt (default: a new one)."""
        plan = usecases.receive(self.village, path or self.receipt())
        assert isinstance(plan, ReceiptPlan)
        return plan

    def tips(self) -> tuple[object, object]:
        """Where both journals stand."""
        return self.village.tip(), self.township.tip()


def enrol_each_other(village: Desk, township: Desk, folder: Path) -> None:
    """Exchange the cards and compare their fingerprints."""
    for here, there in ((village, township), (township, village)):
        path = folder / f"{there.office_id}.card"
        card = usecases.write_card(there, path)
        usecases.enrol(here, path, fingerprint(card).figures)


def furnish(village: Desk) -> None:
    """Give the village people, a fund, a project, a claim the village approved and two papers."""
    register = village.folder / "户册.csv"
    register.write_bytes(b"".join(paying.REGISTER.read_bytes().splitlines(keepends=True)[:20]))
    import_people(village, register)
    register.unlink()
    paying.open_fund(village)
    project = paying.grant_project(village)
    approved_claim(village, project)
    with village.change("test.papers") as change:
        change.attach("照片.jpg", "image/jpeg", b"\xff\xd8" + bytes(range(256)) * 20)
        change.attach("发票.pdf", "application/pdf", b"%PDF-1.7 6222020111122220001")


def approved_claim(village: Desk, project: Project | None = None, amount_fen: int = 1_409_50) -> Claim:
    """Take a new claim as far as the village can."""
    project = project or village.find(Project)[0]
    claim = paying.submitted(village, paying.a_claim(project, amount_fen))
    return paying.approved(village, paying.reviewed(village, claim))


def files_of(path: Path) -> Files:
    """Unpack a bag into memory."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def base_of(path: Path) -> str:
    """The bag's folder in the zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()[0].partition("/")[0]


def forged(path: Path, seed: bytes, edit: Callable[[Files, dict[str, str]], object], *, base: str = "") -> Path:
    """Write the bag anew with changed files and particulars: a valid bag, signed with ``seed``."""
    files = files_of(path)
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    edit(payload, info)
    target = path.with_name("forged-" + path.name)
    bag.write(target, base or base_of(path), info, payload.items(), lambda content: sign(seed, content))
    return target


def packed(path: Path, members: list[tuple[str, bytes]]) -> Path:
    """Write members into a plain zip with a comment of a seal's size, whatever they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = b"0" * bag.SEAL_SIZE
    return path


def plan_of(desk: Desk, path: Path) -> Plan:
    """What a file would bring."""
    return usecases.look(desk, path)


def copied(folder: Path, target: Path, actor: Actor, seed: bytes, clock: object) -> Desk:
    """Open a copy of a desk for somebody who has signed in."""
    shutil.copytree(folder, target)
    desk = Desk.open(target, clock=clock)  # type: ignore[arg-type]
    desk.actor, desk.signing_seed = actor, seed
    return desk


def chained(lines: list[dict[str, Any]], info: dict[str, str]) -> None:
    """Chain changed entries anew, as their writer can."""
    link = info["Previous-Link"]
    for line in lines:
        if "body" in line:
            body = None if line["body"] is None else canonical(line["body"]).decode()
            line["digest"] = digest({"seq": line["seq"], **line["head"]}, body)
        line["link"] = link = next_link(link, line["digest"])
    info["Last-Link"] = link


def line_of(lines: list[dict[str, Any]], table: str) -> dict[str, Any]:
    """Return the first entry of a table."""
    return next(line for line in lines if line.get("head", {}).get("table") == table)
