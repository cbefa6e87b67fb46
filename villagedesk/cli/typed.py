"""What people type on a command line, understood: days, amounts, a record by a part of its name."""

from datetime import date

import click

from villagedesk.cli.session import chosen
from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.money import parse_yuan
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk


def day(written: str) -> date:
    """Return the day an option holds. Raises click.BadParameter for what is none."""
    try:
        return parse_date(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def fen(written: str) -> int:
    """Return the fen of an amount of yuan an option holds. Raises click.BadParameter for what is none."""
    try:
        return parse_yuan(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def today(desk: Desk, typed: date | None) -> date:
    """Return the day typed, or the desk's today."""
    return typed or desk.clock.now().date()


def project_by(desk: Desk, words: str) -> Project:
    """Return the project of this id or name, or the only one whose name holds the words. Misuse otherwise."""
    exact = desk.find(Project, "village_id = :office AND (id = :words OR name = :words)",
                      {"office": desk.office_id, "words": words}, "year DESC")  # fmt: skip
    if exact:
        return exact[0]
    found = desk.find(Project, "village_id = ? AND name LIKE ?", [desk.office_id, f"%{words}%"])
    project: Project = chosen(f"名称里有“{words}”的项目", found)
    return project
