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
from villagedesk.kernel.errors import BadInput, ClockFarAhead, RuleViolation, VillageDeskError

ROOMS: Mapping[str, Mapping[str, str]] = {
    "desk": {
        "today": "今天要办的事。",
        "verify": "核对账本：流水是否完整，每张表、每个附件是否和流水一致。",
        "backup": "备份账本，写完读回核对；不加 -o 时只备份账，放在账本的 backups 文件夹。",
        "restore": "从备份恢复到一个空文件夹，并核对每一条。",
        "archive": "归档一年的账：公示、附件、各种表和带签名的目录，写成一个文件。",
    },
    "demo": {
        "demo": "在 FOLDER 里建练习村（青山村和双石镇），建好后打开窗口。",
    },
    "village": {
        "new": "新建一本账，由 --as 指定的人管。",
        "officer": "添加一位办事人员：村里的，或者乡镇财政所、乡镇主要领导。",
        "password": "改自己的密码。",
        "dismiss": "停用一位办事人员：从此不能登录，办过的事还在他名下。",
        "body": "设立一个组织，或者换它的成员；第一个名字是组长。",
        "fund": "资金：开专账、登记到账、查看余额。",
    },
    "imports": {
        "import": "导入表格：村民册、花名册、意愿表、量分表、发放表、往年支出。有一处不对就全不导入。",
    },
    "projects": {
        "project": "项目：初选、办理、合同、检查验收。",
    },
    "posts": {
        "posts": "岗位和季度考核：设岗位、结束岗位、考核。",
    },
    "budget": {
        "budget": "年度支出预算：各项目、调整、用了多少、下年建议。",
        "ranking": "年度考评：项目、合同、岗位的得分和排名。",
    },
    "deliberation": {
        "meeting": "议事：会议、表决、决议、量分排名。",
    },
    "chains": {
        "chain": "看有哪些审批流程，或选定一种（新提交的按它走，已在路上的不变）。",
        "relative": "看登记的亲属关系，或登记 HOLDER（任职人员）的亲属 RELATIVE。",
    },
    "payments": {
        "pay": "支出：报账、审批、入账、冲销、登记簿。",
    },
    "payroll": {
        "payroll": "报酬：考勤、发放表、银行文件、回盘、补发。",
    },
    "ledger": {
        "ledger": "收支账：日记账、明细账、台账、收支表、分录、断号检查、银行和现金。",
    },
    "oversight": {
        "review": "审核：理财小组审报账单，监督小组审公示。",
        "answer": "答复疑问，送回审核。",
        "check": "检查账目：有问题逐条列出。",
    },
    "closing": {
        "month": "结账：各月进度、清单、办结账、确认、取报表、反结账。",
        "reopenings": "乡镇：各村的反结账申请，同意或不同意。",
    },
    "disclosure": {
        "notice": "做一份公示，存成 PDF。",
        "notices": "公示：一览、送审、发布、张贴、取下、归档、更正、查真伪。",
        "slots": "五个公开栏目：设立、改名、确认。",
    },
    "objections": {
        "objection": "异议：登记、暂停计时、答复、打印答复。",
        "wording": "公示的措辞：看、改、恢复原样。",
    },
    "exchange": {
        "card": "写出本单位的名片，交给对方登记。",
        "enrol": "登记对方的名片（村登记乡镇，乡镇登记村）。",
        "export": "写出上报乡镇的数据包。",
        "receive": "接收文件：乡镇收村里的数据包，村里收乡镇的回执。",
        "revoke": "作废对方的名片，从此不再认它的签名。",
    },
    "township": {
        "villages": "各村一览：最近上报、资金、待审核。",
        "waiting": "等乡镇审核的报账单。",
        "receipt": "给一个村写回执，带上乡镇的意见。",
        "verdict": "对一张报账单给出乡镇意见。",
        "give-back": "村里的账本从旧备份恢复以后，把它报来过的记录还给它。",
    },
}
"""The files beside this one, the commands each holds in the order the help shows them, and the help's words.

The words begin each command's own help; they stand here too so that help need not open every room.
"""

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
        return [name for commands in ROOMS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, None when there is none."""
        del ctx
        room = next((room for room, commands in ROOMS.items() if cmd_name in commands), None)
        if room is None:
            return None
        commands: Sequence[click.Command] = import_module(f"villagedesk.cli.{room}").COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every command with its words."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([line for commands in ROOMS.values() for line in commands.items()])


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path, file_okay=False), help="账本所在的文件夹（默认：上次打开的）"
)
@click.option("--as", "name", default="", help="谁来办（会问密码，或读取 VILLAGEDESK_PASSWORD）")
@click.option("--json", "as_json", is_flag=True, help="用程序能读的格式回答")
@click.option("--today", default="", help="账里一年多没有记过时，写明今天的日期，例如 2026-04-05")
@click.pass_context
def villagedesk(context: click.Context, folder: Path | None, name: str, as_json: bool, today: str) -> None:
    """村务公开记账：项目、议事、支出、公示、上报。不带命令时打开窗口。"""
    context.obj = Session(folder, name, as_json, today)
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
    hint = ["用命令办的，真是今天的，加 --today 写明今天的日期再办。"] if isinstance(error, ClockFarAhead) else []
    return "\n".join([str(error), *(f"  {problem}" for problem in problems), *hint])


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
