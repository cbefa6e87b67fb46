"""Commands that take in foreign files, one for each kind of file."""

from pathlib import Path

import click

from villagedesk.cli.session import Session
from villagedesk.cli.typed import project_by

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("import")
def imports() -> None:
    """导入表格：村民册、花名册、意愿表、量分表、发放表、往年支出。有一处不对就全不导入。"""


@click.command("people")
@click.argument("file", type=_FILE)
@click.pass_obj
def people(session: Session, file: Path) -> None:
    """导入村民册（CSV 或 Excel）；认识的人更新，不认识的人添加。"""
    from villagedesk.village.usecases import import_people

    added, updated = import_people(session.desk(), file)
    session.say(f"导入完：新增{added}人，更新{updated}人。", {"added": added, "updated": updated})


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


@click.command("payroll")
@click.argument("file", type=_FILE)
@click.option("--project", required=True, help="从哪个项目支出（名称的一部分）")
@click.pass_obj
def payroll(session: Session, file: Path, project: str) -> None:
    """导入报酬发放表，同时起草它的报账单。"""
    from villagedesk.kernel.money import plain_yuan, yuan
    from villagedesk.payroll.usecases import import_payroll

    desk = session.desk()
    sheet, claim = import_payroll(desk, file, project_by(desk, project).id)
    text = f"导入完：{sheet.title}，共{yuan(sheet.total_fen)}元。报账单 {claim.number} 已起草。"
    session.say(text, {"payroll": sheet.id, "claim": claim.id, "total": plain_yuan(sheet.total_fen)})


@click.command("roster")
@click.argument("file", type=_FILE)
@click.pass_obj
def roster(session: Session, file: Path) -> None:
    """导入一卡通花名册（17栏），更新户册里的账号、开户银行和电话。"""
    from villagedesk.village.usecases import import_roster

    changed, same = import_roster(session.desk(), file)
    session.say(f"导入完：更新{changed}人，{same}人没有变化。", {"changed": changed, "same": same})


@click.command("expenses")
@click.argument("file", type=_FILE)
@click.pass_obj
def expenses(session: Session, file: Path) -> None:
    """接收往年的支出明细表，每年一次；用 pay past 查看。"""
    from villagedesk.kernel.money import plain_yuan, yuan
    from villagedesk.payments.usecases import import_expenses

    lines = import_expenses(session.desk(), file)
    year, total = lines[0].year, sum(line.amount_fen for line in lines)
    text = f"导入完：{year}年支出{len(lines)}笔，共{yuan(total)}元。"
    session.say(text, {"year": year, "lines": len(lines), "total": plain_yuan(total)})


KINDS: tuple[click.Command, ...] = (people, roster, wishes, scores, payroll, expenses)
for _kind in KINDS:
    imports.add_command(_kind)

COMMANDS: tuple[click.Command, ...] = (imports,)
