"""One command's session: which desk, who acts, and how answers are written."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from villagedesk.app.remembered import last_desk

if TYPE_CHECKING:
    from villagedesk.reports.sheet import Sheet
    from villagedesk.storage.desk import Desk

PASSWORD_VARIABLE = "VILLAGEDESK_PASSWORD"  # noqa: S105  (a variable's name)
SECOND_PASSWORD_VARIABLE = "VILLAGEDESK_SECOND_PASSWORD"  # noqa: S105


@dataclass(slots=True)
class Session:
    """The options every command shares. Desks opened through it are closed when the command ends."""

    folder: Path | None
    name: str
    as_json: bool
    today: str = ""
    opened: "list[Desk]" = field(default_factory=list)

    def desk(self, *, write: bool = True) -> "Desk":
        """Return the desk named by ``--desk`` (default: the last one opened), signed in when ``--as`` was given.

        Raises what Desk.open and sign_in raise. Ends the command as misuse when there is no desk to open.
        """
        from villagedesk.app.opening import open_desk

        folder = self.folder or last_desk()
        if folder is None:
            raise click.UsageError("还没有打开过账本。请用 --desk 写明账本所在的文件夹，或用 new 新建一本。")
        desk = open_desk(folder, write=write, who=self.name or "命令行")
        self.opened.append(desk)
        if self.today:
            self._believe_clock(desk)
        if self.name:
            from villagedesk.village.usecases import sign_in

            sign_in(desk, self.name, self.password_of(self.name))
        return desk

    def _believe_clock(self, desk: "Desk") -> None:
        """Write by the computer's date, however far ahead, when it is the one that was typed."""
        from villagedesk.kernel.dates import chinese_date, parse_date

        today = desk.clock.now().date()
        try:
            typed = parse_date(self.today)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--today") from error
        if typed != today:
            raise click.UsageError(f"电脑说今天是{chinese_date(today)}，和写的不一样。请先把电脑的日期调对。")
        desk.believe_clock()

    def close(self) -> None:
        """Close what was opened."""
        for desk in self.opened:
            desk.close()

    def say(self, text: str, data: Any = None) -> None:
        """Answer in words, or with ``--json`` as data for a program."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
        else:
            click.echo(text)

    def save(self, target: Path, content: bytes) -> None:
        """Write a file for elsewhere: whole or not at all, what lay there before until then. Raises NotSaved.

        Ends the command as misuse when paper (PDF) is to go under a name that no program would open it by.
        """
        from villagedesk.storage.saving import save_file

        if content.startswith(b"%PDF") and target.suffix.lower() not in {".pdf", ""}:
            raise click.UsageError(f"“{target.name}”没有存：这是打印用的 PDF，请把文件名写成 .pdf 结尾。")
        save_file(target, content)

    def save_sheet(self, target: Path, sheet: "Sheet") -> None:
        """Write a sheet as the file's name asks: as it prints (.pdf), or its tables for Excel (.xlsx).

        Raises NotSaved, and what drawing raises. Ends the command as misuse for another name, or paper without a table.
        """
        self.save(target, _drawn(target, sheet))

    def save_paper(self, target: Path, sheet: "Sheet") -> None:
        """Write a sheet as ``save_sheet`` does, and answer where it lies."""
        self.save_sheet(target, sheet)
        self.say(f"存好了：{target}", {"file": str(target)})

    def password_of(self, name: str, variable: str = PASSWORD_VARIABLE) -> str:
        """Return the password somebody types, or the one that stands in an environment variable."""
        typed = os.environ.get(variable)
        return click.prompt(f"{name}的密码", hide_input=True, err=True) if typed is None else typed


def _drawn(target: Path, sheet: "Sheet") -> bytes:
    from villagedesk.reports.sheet import Table

    if target.suffix.lower() != ".xlsx":
        from villagedesk.reports.pdf import draw

        return draw(sheet)
    if not any(isinstance(block, Table) for block in sheet.blocks):
        raise click.UsageError("这张纸上没有表格，请把文件名写成 .pdf 结尾。")
    from villagedesk.reports.workbook import to_xlsx

    return to_xlsx(sheet)


def listing(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows as lines of a list, cells parted by tabs so that they paste into a sheet; heads first."""
    return "\n".join("\t".join(str(cell) for cell in row) for row in [heads, *rows])


def chosen(label: str, found: Sequence[Any], told: Sequence[str] = ()) -> Any:
    """Return the only record found. Ends the command as misuse when there is none or more than one.

    ``told`` says of each which it is, after the number by which it can be named.
    """
    if len(found) == 1:
        return found[0]
    if told:
        raise click.UsageError(f"有{len(found)}个{label}：{'；'.join(told)}。请写其中一个前面的编号。")
    raise click.UsageError(f"找不到{label}。" if not found else f"有{len(found)}个{label}，请写得更完整些。")
