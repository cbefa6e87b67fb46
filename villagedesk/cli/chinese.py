"""What click says of itself, in Chinese: the headings of help, and how a command was typed wrong."""

import re
from collections.abc import Iterable

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_HELP_OF_HELP = "Show this message and exit."
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Help(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line with the command and its words."""
        words = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
        super().write_usage(prog, words, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they are, one below the other."""
        super().write_dl([(name, _in_chinese(words)) for name, words in rows], col_max, col_spacing)


def sentence(error: click.ClickException) -> str:
    """Return why a command was not understood, and where its help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{_fault(error)}\n看用法：{context.command_path if context else 'villagedesk'} -h"


def _fault(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            like = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else "。"
            return f"没有 {error.option_name} 这个选项{like}"
        case click.MissingParameter():
            return f"少写了 {_name(error)}。"
        case click.BadParameter():
            return f"{_name(error)} 写得不对：{_of_type(error)}"
        case click.BadOptionUsage():
            return f"{error.option_name} 后面要写内容。"
        case click.FileError():
            return f"打不开文件“{error.ui_filename}”。"
        case _:
            return _usage(error.message)


def _usage(message: str) -> str:
    if _CHINESE.search(message):
        return message
    if quoted := re.fullmatch(r"No such command '(.*)'\.(?: .*)?", message, re.DOTALL):
        return f"没有“{quoted[1]}”这个命令。"
    if quoted := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"多写了“{quoted[1]}”。"
    return f"没有看懂：{message}" if message else "没有写要办什么。"


def _of_type(error: click.BadParameter) -> str:
    """Return what is wrong with a value; what our own checks say is Chinese already."""
    kind = error.param.type if error.param else None
    match kind:
        case click.Choice():
            return f"应是 {'、'.join(str(choice) for choice in kind.choices)} 之一。"
        case click.DateTime():
            return "日期请写成 2026-04-05 这样。"
        case click.Path():
            return "找不到，或者不能读写，请检查路径。"
        case click.IntRange():
            return f"应是 {kind.min} 到 {kind.max} 的整数。"
    return "应是整数。" if kind is click.INT else error.message.rstrip("。") + "。"


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "这一项")
    is_option = isinstance(error.param, click.Option)
    return error.param.opts[0] if is_option else error.param.metavar or (error.param.name or "").upper()


def _in_chinese(words: str) -> str:
    words = words.replace(_HELP_OF_HELP, "显示这些说明")
    return words.replace("[required]", "（必填）")
