"""The command line's front door: shared options, the commands by name, faults as sentences on stderr."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from villagedesk.cli.chinese import Help, sentence
from villagedesk.cli.session import Session
from villagedesk.kernel.errors import BadInput, RuleViolation, VillageDeskError

ROOMS: Mapping[str, tuple[str, ...]] = {
    "desk": ("today", "verify", "backup", "restore", "archive"),
    "demo": ("demo",),
    "village": ("new", "officer", "body", "fund"),
    "imports": ("import",),
    "projects": ("project",),
    "deliberation": ("meeting",),
    "payments": ("pay",),
    "oversight": ("review", "answer", "check"),
    "disclosure": ("notice", "notices", "slots"),
    "exchange": ("card", "enrol", "export", "receive", "revoke"),
    "township": ("villages", "waiting", "receipt", "verdict", "give-back"),
}
"""The files beside this one and the commands each holds, in the order the help shows them."""

DEBUG_VARIABLE = "VILLAGEDESK_DEBUG"
_UNFORESEEN = (
    "程序出了没有料到的错（{fault}）。刚才这一步没有记上，之前记的都在。"
    "请把做了什么告诉维护人员；先设 " + DEBUG_VARIABLE + "=1 再做一次，会显示详细的经过。"
)


class Rooms(click.Group):
    """Opens a room when one of its commands is asked for, so that no command waits for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        del ctx
        return [name for names in ROOMS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, None when there is none."""
        del ctx
        room = next((room for room, names in ROOMS.items() if cmd_name in names), None)
        if room is None:
            return None
        commands: Sequence[click.Command] = import_module(f"villagedesk.cli.{room}").COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path, file_okay=False), help="账本所在的文件夹（默认：上次打开的）"
)
@click.option("--as", "name", default="", help="谁来办（会问密码，或读取 VILLAGEDESK_PASSWORD）")
@click.option("--json", "as_json", is_flag=True, help="用程序能读的格式回答")
@click.pass_context
def villagedesk(context: click.Context, folder: Path | None, name: str, as_json: bool) -> None:
    """村务公开记账：项目、议事、支出、公示、上报。不带命令时打开窗口。"""
    context.obj = Session(folder, name, as_json)
    context.call_on_close(context.obj.close)


def main(words: Sequence[str] | None = None) -> int:
    """Run the typed command (default: what the shell passed). Returns 0 done, 1 refused or at fault, 2 misuse."""
    click.Context.formatter_class = Help
    as_json = "--json" in (sys.argv[1:] if words is None else words)
    try:
        left = villagedesk.main(words, prog_name="villagedesk", standalone_mode=False)
    except VillageDeskError as error:
        click.echo(json.dumps(_plain(error), ensure_ascii=False) if as_json else _lines(error), err=True)
        return 1
    except click.Abort:
        click.echo("已取消，没有留下任何改动。", err=True)
        return 1
    except click.ClickException as error:
        click.echo(sentence(error), err=True)
        return 2
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        click.echo(_UNFORESEEN.format(fault=f"{type(error).__name__}：{error}"), err=True)
        return 1
    return left if isinstance(left, int) else 0


def _lines(error: VillageDeskError) -> str:
    problems = error.problems if isinstance(error, BadInput) else ()
    return "\n".join([str(error), *(f"  {problem}" for problem in problems)])


def _plain(error: VillageDeskError) -> dict[str, object]:
    plain: dict[str, object] = {"error": type(error).__name__, "message": str(error)}
    if isinstance(error, RuleViolation):
        plain["findings"] = [
            {"code": one.code, "field": one.field, "message": one.message, "severity": one.severity}
            for one in error.findings
        ]
    if isinstance(error, BadInput):
        plain["problems"] = [{"row": one.row, "column": one.column, "message": one.message} for one in error.problems]
    return plain
