"""The command line's front door: shared options, the commands by name, faults as one sentence on stderr."""

import sys
from importlib import import_module
from pathlib import Path

import click

from villagedesk.cli.session import Session
from villagedesk.kernel.errors import BadInput, VillageDeskError

ROOMS = (
    "desk",
    "demo",
    "village",
    "imports",
    "projects",
    "deliberation",
    "payments",
    "oversight",
    "disclosure",
    "exchange",
    "township",
)
"""The files beside this one that hold commands, in the order the help shows them."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for _room in ROOMS:
    for _command in import_module(f"villagedesk.cli.{_room}").COMMANDS:
        villagedesk.add_command(_command)


def main() -> int:
    """Run the typed command. Returns 0 done, 1 refused by a rule or a fault, 2 misuse."""
    try:
        villagedesk.main(standalone_mode=False)
    except VillageDeskError as error:
        click.echo(str(error), err=True)
        for problem in error.problems if isinstance(error, BadInput) else ():
            click.echo(f"  {problem}", err=True)
        return 1
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("已取消，没有留下任何改动。", err=True)
        return 1
    return 0
