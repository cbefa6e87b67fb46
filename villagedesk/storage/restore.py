"""A desk laid out anew from a backup. It is another desk than the one that was lost, and says so.

Two desks that both believe to be the same one would send two histories. So a restored desk takes a new id: the
township knows the old one only, and takes nothing from the new one until its card was compared and enrolled again.
"""

import shutil
import sqlite3
from contextlib import ExitStack
from pathlib import Path

from villagedesk.kernel.clock import Clock
from villagedesk.kernel.errors import BadBackup, DamagedDesk, DeskExists, ForeignFile, NoDesk
from villagedesk.kernel.ids import Chance
from villagedesk.kernel.progress import Progress
from villagedesk.storage import backup
from villagedesk.storage.attachments import FOLDER as ATTACHMENTS
from villagedesk.storage.desk import FILE_NAME, FOLDERS, Actor, Desk
from villagedesk.storage.faults import plain_faults
from villagedesk.storage.verify import Proof, verify
from villagedesk.storage.wholecopy import unpack

ACTOR = Actor("", "恢复备份", "")


def restore(
    source: Path,
    folder: Path,
    *,
    clock: Clock | None = None,
    chance: Chance | None = None,
    progress: Progress | None = None,
) -> Proof:
    """Lay a desk out in an empty or missing folder from a whole copy (.zip) or a copy in ``backups/`` (.sqlite).

    An older desk is upgraded, every desk proved. Raises BadBackup (not a backup, or what it holds does not prove
    sound), NewerDesk, DeskExists, DiskFull, DiskGone or Cancelled; nothing is left in the folder then.
    """
    progress = progress or Progress()
    if not source.is_file():
        raise BadBackup(name=source.name, why="找不到这个文件。")
    if folder.exists() and any(folder.iterdir()):
        raise DeskExists(folder=folder.name)
    with plain_faults(folder), ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        try:
            _lay_out(source, folder, progress)
            _take_new_identity(source.name, folder, clock, chance)
            proof = verify(folder, progress)
        except (NoDesk, ForeignFile) as fault:
            raise BadBackup(name=source.name, why="它不是本程序的账本备份。") from fault
        except DamagedDesk as fault:
            raise BadBackup(name=source.name, why=f"{fault.facts['detail']}。") from fault
        if proof.faults:
            raise BadBackup(name=source.name, why=proof.faults[0])
        undo.pop_all()
    return proof


def _lay_out(source: Path, folder: Path, progress: Progress) -> None:
    if source.suffix == ".zip":
        unpack(source, folder, progress)
        return
    shutil.copyfile(source, folder / FILE_NAME)
    beside = source.parent.parent / ATTACHMENTS
    if source.parent.name == backup.FOLDER and beside.is_dir():  # the desk it was copied in has the attachments still
        shutil.copytree(beside, folder / ATTACHMENTS, dirs_exist_ok=True)


def _take_new_identity(source: str, folder: Path, clock: Clock | None, chance: Chance | None) -> None:
    with Desk.open(folder, who=ACTOR.name, clock=clock, chance=chance) as desk:
        desk.actor = ACTOR
        desk.believe_clock()  # an old backup is restored too; with a wrong date the backup is there for another try
        with desk.change("storage.desk.restored", reason=f"从“{source}”恢复") as change:
            for card in _cards(desk):
                change.erase("desks", card["id"], card["version"] + 1)
                change.write("desks", {**dict(card), "id": change.new_id(), "version": 1, "restored_from": card["id"]})


def _cards(desk: Desk) -> list[sqlite3.Row]:
    return desk.rows("SELECT * FROM desks WHERE office_id = ?", [desk.office_id])
