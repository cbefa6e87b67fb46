"""What stands behind the window: how desks are opened and founded, who may sign in, what the header says."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.app.opening import open_desk
from villagedesk.app.remembered import last_desk, recent
from villagedesk.kernel.errors import DeskInUse, DeskPutBack, VillageDeskError, WriteProtected
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.ui.shell import Office
from villagedesk.ui.start import House, open_window
from villagedesk.village import store
from villagedesk.village.model import Role

if TYPE_CHECKING:  # Qt comes last: its loader reads the source of every module imported after it
    from PySide6.QtWidgets import QWidget


def open_house(folder: Path | None = None, *, person: str = "", page: str = "", picture: Path | None = None) -> int:
    """Open the window on a desk (default: the last one; none: the welcome page). Returns the exit code.

    ``person`` signs in with the password in VILLAGEDESK_PASSWORD; ``page`` is shown first; ``picture`` saves the window
    as a PNG and leaves.
    """
    house = House(
        open_desk=open_or_look,
        create_desk=create_desk,
        make_practice=make_practice,
        recent=recent,
        office=header,
        people=people,
        last_here=store.last_actor,
        sign_in=sign_in,
        sign_out=sign_out,
        restore_desk=restore_desk,
    )
    wanted = folder or last_desk()
    desk, fault = None, ""
    if wanted:
        try:
            desk, fault = open_or_look(wanted)
            if person and not fault:
                _sign_in_unasked(desk, person)
        except VillageDeskError as refusal:
            fault = str(refusal)
    return open_window(desk, house, fault=fault, page=page, picture=picture)


def open_or_look(folder: Path) -> tuple[Desk, str]:
    """Open a desk, for looking only where it cannot be written now; the sentence then says why, else it is "".

    Raises what Desk.open raises when it cannot even be looked at.
    """
    try:
        return open_desk(folder, who="窗口"), ""
    except (DeskInUse, DeskPutBack, WriteProtected) as refusal:
        return open_desk(folder, write=False), str(refusal)


def create_desk(parent: "QWidget") -> Desk | None:
    """Ask for what a new desk needs and lay it out."""
    from villagedesk.ui.founding import ask_new_desk

    return ask_new_desk(parent)


def make_practice(progress: Progress) -> Path:
    """Return the folder of the practice village's desk, making it the first time."""
    from villagedesk.app.practice.year import VILLAGE, build, home

    folder = home() / VILLAGE
    return folder if folder.is_dir() else build(home(), progress)


def header(desk: Desk) -> Office:
    """Return what the header shows now."""
    office = store.office(desk)
    person = desk.actor
    return Office(
        office.name, person.name if person else "", Role(person.role).label if person else "", office.is_practice
    )


def people(desk: Desk) -> Sequence[tuple[str, str, str]]:
    """Return who may sign in: id, name and role."""
    return [(officer.id, officer.name, officer.role.label) for officer in store.active_officers(desk)]


def sign_in(desk: Desk, officer_id: str, password: str) -> None:
    """Let somebody act. Raises WrongPassword."""
    from villagedesk.village import usecases

    usecases.sign_in(desk, store.officer_name(desk, officer_id), password)


def sign_out(desk: Desk) -> None:
    """Go on looking without acting."""
    from villagedesk.village import usecases

    usecases.sign_out(desk)


def restore_desk(parent: "QWidget", done: Callable[[Path, str], object]) -> None:
    """Ask for a backup and an empty folder and lay the desk out there."""
    from villagedesk.ui.books.restoring import restore_desk

    restore_desk(parent, done)


def _sign_in_unasked(desk: Desk, name: str) -> None:
    import os

    from villagedesk.village import usecases

    usecases.sign_in(desk, name, os.environ.get("VILLAGEDESK_PASSWORD", ""))
