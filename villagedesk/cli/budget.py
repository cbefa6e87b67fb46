"""Commands about a whole year of works: its budget with versions, next year's proposal, scores and ranking."""

from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.cli.typed import project_by
from villagedesk.kernel.money import parse_yuan, plain_yuan, yuan
from villagedesk.projects import store, usecases
from villagedesk.projects.budget import Budget, points, sums
from villagedesk.projects.sources import source_lines, sums_told, use_told
from villagedesk.storage.desk import Desk


@click.group("budget")
def budget() -> None:
    """年度支出预算：各项目、调整、用了多少、下年建议。"""


@budget.command("show")
@click.option("--year", type=int, help="年度（默认今年）")
@click.pass_obj
def show(session: Session, year: int | None) -> None:
    """各项目的议定预算、历次调整、现行预算和使用。"""
    desk = session.desk(write=False)
    found = store.budget_of(desk, year or desk.clock.now().year)
    heads = ("项目", "议定", *(one.label for one in found.versions), "现行", "已签合同", "正在报账", "已付", "还可用")
    rows = [
        (
            row.project.name,
            *map(yuan, (row.resolved_fen, *row.changes_fen, row.in_force_fen)),
            *map(yuan, (row.contracted_fen, row.reviewing_fen, row.paid_fen, row.left_fen)),
        )
        for row in found.rows
    ]
    whole = sums(found.rows)
    money = "\n".join(_money(found))
    text = (
        f"{listing(heads, rows)}\n{money}\n现行预算合计{yuan(whole.in_force_fen)}元，还可用{yuan(whole.left_fen)}元。"
    )
    plain = [
        {"project": row.project.name, "resolved": plain_yuan(row.resolved_fen), "budget": plain_yuan(row.in_force_fen)}
        for row in found.rows
    ]
    session.say(text, plain)


@budget.command("change")
@click.option("--motion", "words", required=True, help="依据的决议：议题里的字，或它的编号")
@click.option("--move", "moves", multiple=True, required=True, help="项目=增减（元），例如 路灯维护=-3000")
@click.option("--why", required=True, help="为什么调整")
@click.option("--year", type=int, help="年度（默认今年）")
@click.pass_obj
def change(session: Session, words: str, moves: tuple[str, ...], why: str, year: int | None) -> None:
    """按会议通过的决议调整预算。"""
    desk = session.desk()
    year = year or desk.clock.now().year
    motions = [one for one in store.passed_motions(desk, year) if words in (one.motion_id, one.subject)]
    motions = motions or [one for one in store.passed_motions(desk, year) if words in one.subject]
    motion = chosen(f"可以据以调整预算、议题里有“{words}”的决议", motions)
    stored = usecases.change_budget(desk, year, motion.motion_id, [_move(desk, one) for one in moves], why)
    session.say(f"{year}年度支出预算第{stored.number}次调整登记了。", {"id": stored.id, "number": stored.number})


@budget.command("next")
@click.option("--year", type=int, help="按哪一年的考评（默认今年）")
@click.pass_obj
def following(session: Session, year: int | None) -> None:
    """按考评结果建议下年的分配，只作参考。"""
    from villagedesk.projects.papers import proposals_of

    desk = session.desk(write=False)
    found = proposals_of(desk, year or desk.clock.now().year)
    rows = [(one.project.name, yuan(one.proposed_fen), one.arithmetic) for one in found]
    plain = [{"project": one.project.name, "proposed": plain_yuan(one.proposed_fen)} for one in found]
    session.say(listing(("项目", "建议数", "算法"), rows), plain)


@budget.command("print")
@click.argument("paper", type=click.Choice(["budget", "next", "ranking"]))
@click.option("--year", type=int, help="年度（默认今年）")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_paper(session: Session, paper: str, year: int | None, target: Path) -> None:
    """把年度预算表、下年建议表或考评排名表存成 PDF。"""
    from villagedesk.projects import papers

    desk = session.desk(write=False)
    make = {"budget": papers.budget_sheet, "next": papers.proposal_sheet, "ranking": papers.ranking_sheet}[paper]
    session.save_paper(target, make(desk, year or desk.clock.now().year))


@click.command("ranking")
@click.option("--year", type=int, help="年度（默认今年）")
@click.option("--keep", is_flag=True, help="登记考评，登记后不能改")
@click.option("--reason", default="", help="年度没过完、有季度没考核时仍要登记的原因")
@click.pass_obj
def rank(session: Session, year: int | None, keep: bool, reason: str) -> None:
    """年度考评：项目、合同、岗位的得分和排名。"""
    desk = session.desk(write=keep)
    year = year or desk.clock.now().year
    if keep:
        usecases.evaluate_year(desk, year, reason)
    names = {subject.id: subject.name for subject in store.subjects_of(desk, year)}
    kept = [
        (one.place, names.get(one.subject_id, ""), one.score, one.arithmetic)
        for one in store.evaluations_of(desk, year)
    ]
    rows = kept or [
        (one.place, one.subject.name, one.tenths, one.arithmetic) for one in usecases.year_scores(desk, year)
    ]
    head = f"{year}年的考评已经登记。" if kept else f"{year}年到现在为止的得分，还没有登记。"
    lines = [(place, name, points(score), words) for place, name, score, words in rows]
    plain = [{"place": place, "name": name, "score": points(score)} for place, name, score, _ in rows]
    session.say(f"{head}\n{listing(('名次', '名称', '得分', '算法'), lines)}", plain)


def _money(found: Budget) -> list[str]:
    """Return where the year's money comes from, sum by sum, and what becomes of it."""
    whole = sums([row for row in found.rows if row.fund])
    begun = sum(source.begun_fen for source in found.sources)
    planned = sum(source.fund.planned_fen for source in found.sources)
    used = use_told(whole.in_force_fen, whole.reviewing_fen, whole.paid_fen, whole.left_fen)
    lines = [f"资金来源：{name}{yuan(fen)}元。" for name, fen in source_lines(found.sources)]
    return [*lines, sums_told(begun, planned, whole.in_force_fen), used]


def _move(desk: Desk, typed: str) -> tuple[str, int]:
    name, _, amount = typed.rpartition("=")
    try:
        return project_by(desk, name).id, parse_yuan(amount.lstrip("+"))
    except ValueError as error:
        raise click.BadParameter(f"“{typed}”看不懂：{error}。请写成 项目=-3000 这样。") from error


COMMANDS: tuple[click.Command, ...] = (budget, rank)
