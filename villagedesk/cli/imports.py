"""Commands that take in foreign files, one for each kind of file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from villagedesk.cli.session import Session, chosen
from villagedesk.cli.typed import project_by

if TYPE_CHECKING:
    from villagedesk.storage.foreign.columns import Layout
    from villagedesk.village.intake import Preview, Way

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("import")
def imports() -> None:
    """导入表格：村民册、花名册、意愿表、量分表、发放表、往年支出。有一处不对就全不导入。

    导错了可以撤销；--look 只看不导入。
    """


@click.command("wishes")
@click.argument("file", type=_FILE)
@click.option("--year", type=int, help="哪一年的意愿（默认今年）")
@click.pass_obj
def wishes(session: Session, file: Path, year: int | None) -> None:
    """导入逐户收集的意愿表。"""
    from villagedesk.projects.store import coverage
    from villagedesk.projects.usecases import import_wishes

    desk = session.desk()
    year = year or desk.clock.now().year
    heard = import_wishes(desk, file, year)
    share = coverage(desk, year)
    text = f"导入完：{heard}户的意愿。全村{share.households}户，已征求{share.heard}户，占{share.percent}。"
    session.say(text, {"households": heard, "heard": share.heard, "of": share.households})


@click.command("scores")
@click.argument("file", type=_FILE)
@click.option("--year", type=int, help="哪一年的项目（默认今年）")
@click.pass_obj
def scores(session: Session, file: Path, year: int | None) -> None:
    """导入议事会的量分表；项目按名称对应。"""
    from villagedesk.deliberation.usecases import import_scores

    desk = session.desk()
    taken = import_scores(desk, file, year or desk.clock.now().year)
    session.say(f"导入完：{taken}张量分票。用 meeting ranking 查看排名。", {"ballots": taken})


def _way(sheet: str, columns: tuple[str, ...], said: tuple[str, ...], answers: tuple[str, ...], kind: str) -> "Way":
    """Return how the options say a file is to be read. Misuse names the option that is not understood."""
    from villagedesk.app.intake import KINDS
    from villagedesk.village.intake import Way

    layout = KINDS[kind].layout
    chosen: dict[str, str] = {}
    for written in columns:
        column, mark, label = written.partition("=")
        try:
            chosen[layout.field(label).field] = column
        except KeyError:
            mark = ""
        if not mark:
            fields = "、".join(one.label for one in layout.wanted)
            raise click.BadParameter(f"“{written}”看不懂，请写成 列=字段，字段有：{fields}", param_hint="--map")
    return Way(
        sheet, chosen, dict(_pair(one, "--say") for one in said), dict(_pair(one, "--answer") for one in answers)
    )


def _pair(written: str, option: str) -> tuple[str, str]:
    key, mark, value = written.rpartition("=")
    if not mark:
        raise click.BadParameter(f"“{written}”看不懂，请写成 名=值", param_hint=option)
    return key, value


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how a file is to be read, and whether it is only looked at."""
    for option in (
        click.option("--look", is_flag=True, help="只看会导入什么、哪里不对，不导入"),
        click.option("--answer", "answers", multiple=True, help="回答疑问：问号后面列出的 名=编号，可写多次"),
        click.option(
            "--say", "said", multiple=True, help="表里没写的：period=2026Q1、year=2025、date=2026-04-05、reason=原因"
        ),
        click.option(
            "--map", "columns", multiple=True, help="指明哪一栏是什么：列=字段，如 实发数=金额 或 E=金额，可写多次"
        ),
        click.option("--sheet", default="", help="读哪一张表（工作簿里有几张时）"),
    ):
        command = option(command)
    return command


def _run(session: Session, file: Path, kind: str, way: "Way", look: bool, project: str = "") -> None:
    """Take a file in, or with ``look`` tell what would be taken in and what stands against it."""
    from villagedesk.app.intake import look_at, take_in

    desk = session.desk(write=not look)
    project_id = project_by(desk, project).id if project else ""
    seen = look_at(desk, file, kind, way, project_id=project_id)
    if look or seen.doubts or seen.asks:
        for line in _told(seen):
            click.echo(line, err=not look)
    if look:
        return
    for note in seen.notes:
        click.echo(f"说明：{note}", err=True)
    taken = take_in(desk, file, kind, way, project_id=project_id)
    session.say(taken.text, taken.data)
    for warning in taken.warnings:
        click.echo(f"提醒：{warning}", err=True)


def _told(seen: "Preview") -> Iterator[str]:
    """Yield a preview as lines of text: columns, lines, questions, problems."""
    labels = {one.field: one.label for one in _layout(seen.kind).wanted}
    found = "，".join(f"{one.head or one.letter}={labels[one.field]}" for one in seen.opened.columns if one.field)
    yield f"表“{seen.opened.sheet or seen.opened.name}”，表头在第{seen.opened.heads.top + 1}行：{found}"
    if seen.opened.missing:
        yield f"缺：{'、'.join(seen.opened.missing)}。请用 --map 指明是哪一栏。"
    yield from (f"请指明：{why}。" for why in seen.opened.unclear.values())
    for number, cells in seen.lines:
        yield f"第{number}行　{'　'.join(cells)}"
    for doubt in seen.doubts:
        choices = "；".join(f"--answer '{doubt.key}={choice.value}'（{choice.label}）" for choice in doubt.choices)
        yield f"请回答：第{doubt.row}行 {doubt.question}{choices}"
    yield from (f"请补充：--say {ask.field}=…（{ask.label}）。{ask.why}" for ask in seen.asks)
    yield from (f"不对：{problem}" for problem in seen.problems)
    yield from (f"核对：{total}" for total in seen.totals)
    yield from (f"说明：{note}" for note in seen.notes)
    yield seen.effect if seen.is_ready else "还不能导入，账里一条也没有变。"


def _layout(kind: str) -> "Layout":
    from villagedesk.app.intake import KINDS

    return KINDS[kind].layout


@click.command("people")
@click.argument("file", type=_FILE)
@_reading
@click.pass_obj
def people(session: Session, /, file: Path, look: bool, **reading: Any) -> None:
    """导入村民册（CSV 或 Excel）；认识的人更新，不认识的人添加。"""
    _run(session, file, "people", _way(**reading, kind="people"), look)


@click.command("payroll")
@click.argument("file", type=_FILE)
@click.option("--project", required=True, help="从哪个项目支出（名称的一部分）")
@_reading
@click.pass_obj
def payroll(session: Session, /, file: Path, project: str, look: bool, **reading: Any) -> None:
    """导入报酬发放表，同时起草它的报账单。"""
    _run(session, file, "payroll", _way(**reading, kind="payroll"), look, project)


@click.command("roster")
@click.argument("file", type=_FILE)
@_reading
@click.pass_obj
def roster(session: Session, /, file: Path, look: bool, **reading: Any) -> None:
    """导入一卡通花名册（17栏），更新户册里的账号、开户银行和电话。"""
    _run(session, file, "roster", _way(**reading, kind="roster"), look)


@click.command("expenses")
@click.argument("file", type=_FILE)
@_reading
@click.pass_obj
def expenses(session: Session, /, file: Path, look: bool, **reading: Any) -> None:
    """接收往年的支出明细表，每年一次；用 pay past 查看。"""
    _run(session, file, "expenses", _way(**reading, kind="expenses"), look)


@click.command("list")
@click.pass_obj
def listed(session: Session) -> None:
    """列出导入过的表，最近的在前；编号用来撤销。"""
    from villagedesk.village.intake import imports as taken_in

    found = taken_in(session.desk(write=False))
    lines = [f"{one.id[-8:]}　{one.file_name}　{one.count}条{'　（已撤销）' if one.is_undone else ''}" for one in found]
    data = [{"id": one.id, "kind": one.kind, "file": one.file_name, "undone": one.is_undone} for one in found]
    session.say("\n".join(lines) or "还没有导入过表。", data)


@click.command("undo")
@click.argument("number")
@click.option("--reason", required=True, help="为什么撤销")
@click.pass_obj
def undo(session: Session, number: str, reason: str) -> None:
    """撤销一次导入（编号见 import list）；已经付款或者又改过的不能撤销。"""
    from villagedesk.app.intake import undo_import
    from villagedesk.village.intake import imports as taken_in

    desk = session.desk()
    found = [one for one in taken_in(desk) if one.id.endswith(number.upper())]
    taken = undo_import(desk, chosen(f"编号是“{number}”的导入", found).id, reason)
    session.say(f"已撤销：{taken.file_name}。", {"id": taken.id})


KINDS: tuple[click.Command, ...] = (people, roster, wishes, scores, payroll, expenses, listed, undo)
for _kind in KINDS:
    imports.add_command(_kind)

COMMANDS: tuple[click.Command, ...] = (imports,)
