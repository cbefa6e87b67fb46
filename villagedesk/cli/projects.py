"""Commands about projects: the first list, the steps, contracts, inspections, papers."""

from datetime import date
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.cli.typed import day as as_day
from villagedesk.cli.typed import fen, project_by, today
from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.projects import store, usecases
from villagedesk.projects.catalogue import CLASSES, class_name, code_of
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Levy,
    Project,
    ProjectState,
    Survey,
)

_ITEMS = tuple(item for service in CLASSES for item in service.items)


@click.group("project")
def project() -> None:
    """项目：初选、办理、合同、检查验收。"""


@project.command("add")
@click.argument("name")
@click.option("--item", type=click.Choice(_ITEMS), required=True, help="子项（类别由它决定）")
@click.option("--budget", type=fen, default="0", help="预算（元）")
@click.option(
    "--fund", "source", default="", help="资金来源，例如 县级补助；两个归属都有的，写 村集体（农村集体经济组织）"
)
@click.option("--year", type=int, help="年度（默认今年）")
@click.option("--place", default="", help="实施地点")
@click.option("--manager", default="", help="项目负责人")
@click.option("--other-money", is_flag=True, help="有其他资金来源")
@click.option("--unnecessary", is_flag=True, help="不是必须发生的")
@click.option("--on", "day", type=as_day, help="初选日期（默认今天）")
@click.option("--reason", default="", help="有提醒时仍要列入的原因")
@click.pass_obj
def add(
    session: Session,
    name: str,
    item: str,
    budget: int,
    source: str,
    year: int | None,
    place: str,
    manager: str,
    other_money: bool,
    unnecessary: bool,
    day: date | None,
    reason: str,
) -> None:
    """把一个项目列入初选。"""
    desk = session.desk()
    year = year or desk.clock.now().year
    facts = Project(
        year=year,
        name=name,
        class_code=code_of(item),
        item=item,
        place=place,
        manager=manager,
        is_necessary=not unnecessary,
        has_other_money=other_money,
        budget_fen=budget,
        fund_id=typed.fund_by(desk, year, source).id if source else None,
    )
    stored = usecases.shortlist(desk, facts, day, reason=reason)
    session.say(f"“{name}”列入{year}年初选。", {"id": stored.id, "state": stored.state})


@project.command("list")
@click.option("--year", type=int, help="只看一年")
@click.option("--state", type=click.Choice([state.value for state in ProjectState]), help="只看一种状态")
@click.pass_obj
def list_projects(session: Session, year: int | None, state: str | None) -> None:
    """项目一览：状态、预算、已付、余额。"""
    desk = session.desk(write=False)
    found = store.projects_of(desk, year, ProjectState(state) if state else None)
    rows = [
        (
            each.project.year,
            each.project.name,
            class_name(each.project.class_code),
            each.project.state.label,
            yuan(each.budget_fen),
            yuan(each.paid_fen),
            yuan(each.left_fen),
        )
        for each in found
    ]
    session.say(
        listing(("年度", "项目", "类别", "状态", "预算", "已付", "余额"), rows), [_plain(each) for each in found]
    )


@project.command("show")
@click.argument("name")
@click.pass_obj
def show(session: Session, name: str) -> None:
    """一个项目的全部：事实、进度、合同、检查。"""
    desk = session.desk(write=False)
    figures = store.figures_of(desk, project_by(desk, name).id)
    facts = figures.project
    lines = [
        f"{facts.year}年 {facts.name}：{facts.state.label}",
        f"{class_name(facts.class_code)} / {facts.item}  地点：{facts.place or '—'}  负责人：{facts.manager or '—'}",
        f"预算{yuan(figures.budget_fen)}元，已付{yuan(figures.paid_fen)}元，余{yuan(figures.left_fen)}元",
    ]
    steps = store.steps_of(desk, facts.id)
    lines += [f"{step.taken_on}  {step.state.label}  {step.note}".rstrip() for step in steps]
    for contract in store.contracts_of(desk, facts.id):
        lines.append(f"合同 {contract.signed_on}  {contract.party}  {yuan(contract.amount_fen)}元  {contract.scope}")
    lines += [one.arithmetic for one in store.settlements_of(desk, facts.id)]
    for held in store.posts_of(desk, facts.id):
        pay = f"每月{yuan(held.base_fen)}元，每季度绩效{yuan(held.performance_fen)}元"
        lines.append(f"岗位 {store.post_name(desk, held)}  {pay}  {held.first_day}至{held.last_day or '今'}")
    for visit in store.inspections_of(desk, facts.id):
        outcome = "合格" if visit.is_passed else "不合格"
        about = f"{visit.period}  {store.subject_name(desk, visit)}" if visit.period else ""
        told = f"{visit.kind.label} {visit.inspected_on}  {visit.score}分  {outcome}  {visit.inspectors}  {about}"
        lines.append(told.rstrip())
    for asked in store.surveys_of(desk, facts.id):
        answers = f"调查{asked.asked}人：好{asked.good}、中{asked.fair}、差{asked.poor}"
        lines.append(f"满意度 {asked.held_on}  {asked.way}  {answers}")
    plain = _plain(figures) | {"steps": [{"state": step.state, "on": step.taken_on} for step in steps]}
    session.say("\n".join(lines), plain)


@project.command("step")
@click.argument("name")
@click.argument("state", type=click.Choice([state.value for state in ProjectState]))
@click.option("--on", "day", type=as_day, help="日期（默认今天）")
@click.option("--note", default="", help="说明；有提醒时要写")
@click.option("--paper", type=click.Path(path_type=Path, dir_okay=False), help="附上的资料（照片、扫描件）")
@click.pass_obj
def step(session: Session, name: str, state: str, day: date | None, note: str, paper: Path | None) -> None:
    """让项目走一步，例如 proposed、publicized、granted、running、accepted、assessed。"""
    desk = session.desk()
    stored = usecases.take_step(desk, project_by(desk, name).id, ProjectState(state), day, note, paper)
    session.say(f"“{stored.name}”：{stored.state.label}。", {"id": stored.id, "state": stored.state})


@project.command("manager")
@click.argument("name")
@click.argument("manager")
@click.pass_obj
def manager(session: Session, name: str, manager: str) -> None:
    """换项目负责人。"""
    desk = session.desk()
    stored = usecases.entrust(desk, project_by(desk, name).id, manager)
    session.say(f"“{stored.name}”由{stored.manager}负责。", {"id": stored.id, "manager": stored.manager})


@project.command("contract")
@click.argument("name")
@click.argument("party")
@click.argument("amount", type=fen)
@click.argument("scope")
@click.option("--caretaking", is_flag=True, help="管护协议（默认是承包合同）")
@click.option("--standard", default="", help="标准")
@click.option("--pay", "pay_cycle", default="一次性", help="付款方式：按月、按季、一次性……")
@click.option("--cycles", type=int, default=1, show_default=True, help="分几期付，每期一样多")
@click.option("--bands", default="", help="每期按检查得分怎么付：计分办法的代号（看 posts bands），默认全额")
@click.option("--deductions", default="", help="扣款约定")
@click.option("--signed", type=as_day, help="签订日期（默认今天）")
@click.option("--from", "first", type=as_day, required=True, help="起日")
@click.option("--to", "last", type=as_day, required=True, help="止日")
@click.option("--reason", default="", help="超过预算时的原因")
@click.pass_obj
def contract(
    session: Session,
    name: str,
    party: str,
    amount: int,
    scope: str,
    caretaking: bool,
    standard: str,
    pay_cycle: str,
    cycles: int,
    bands: str,
    deductions: str,
    signed: date | None,
    first: date,
    last: date,
    reason: str,
) -> None:
    """登记签好的合同：项目、承包人、金额（元）、工作范围。"""
    desk = session.desk()
    facts = Contract(
        project_id=project_by(desk, name).id,
        kind=ContractKind.CARETAKING if caretaking else ContractKind.WORKS,
        party=party,
        scope=scope,
        standard=standard,
        amount_fen=amount,
        pay_cycle=pay_cycle,
        signed_on=today(desk, signed),
        first_day=first,
        last_day=last,
        cycles=cycles,
        bands=typed.bands(desk, bands),
        deductions=deductions,
    )
    stored = usecases.sign_contract(desk, facts, reason)
    text = f"合同登记了：{party}，{yuan(amount)}元。"
    session.say(text, {"id": stored.id, "amount": plain_yuan(stored.amount_fen)})


@project.command("inspect")
@click.argument("name")
@click.argument("kind", type=click.Choice([kind.value for kind in InspectionKind]))
@click.argument("score", type=int)
@click.option("--by", "inspectors", required=True, help="检查人，用顿号分开")
@click.option("--failed", is_flag=True, help="不合格")
@click.option("--on", "day", type=as_day, help="日期（默认今天）")
@click.option("--note", default="", help="说明；不合格的要写")
@click.option("--contract", "party", default="", help="看的是哪份合同的活（默认整个项目）；按得分付的合同要写")
@click.pass_obj
def inspect(
    session: Session,
    name: str,
    kind: str,
    score: int,
    inspectors: str,
    failed: bool,
    day: date | None,
    note: str,
    party: str,
) -> None:
    """登记检查、抽查、验收或考核，SCORE 是得分（0到100）。"""
    desk = session.desk()
    of_project = project_by(desk, name)
    facts = Inspection(
        project_id=of_project.id,
        kind=InspectionKind(kind),
        inspected_on=today(desk, day),
        score=score,
        is_passed=not failed,
        inspectors=inspectors,
        note=note,
        contract_id=typed.contract_with(desk, of_project, party).id if party else None,
    )
    stored = usecases.record_inspection(desk, facts)
    outcome = "合格" if stored.is_passed else "不合格"
    session.say(f"{stored.kind.label}登记了：{score}分，{outcome}。", {"id": stored.id})


@project.command("survey")
@click.argument("name")
@click.argument("asked", type=int)
@click.argument("good", type=int)
@click.argument("fair", type=int)
@click.argument("poor", type=int)
@click.option("--way", default="逐户走访", show_default=True, help="怎样调查的")
@click.option("--on", "day", type=as_day, help="日期（默认今天）")
@click.option("--note", default="", help="村民的主要意见")
@click.pass_obj
def survey(
    session: Session, name: str, asked: int, good: int, fair: int, poor: int, way: str, day: date | None, note: str
) -> None:
    """登记满意度调查：调查人数、评好、评中、评差的人数；其余的没表态。"""
    desk = session.desk()
    facts = Survey(
        project_id=project_by(desk, name).id,
        held_on=today(desk, day),
        way=way,
        asked=asked,
        good=good,
        fair=fair,
        poor=poor,
        note=note,
    )
    stored = usecases.record_survey(desk, facts)
    silent = asked - good - fair - poor
    session.say(f"满意度调查登记了：{asked}人，好{good}、中{fair}、差{poor}、没表态{silent}。", {"id": stored.id})


@project.command("levy")
@click.argument("name")
@click.option("--payers", type=int, default=0, help="出资人数")
@click.option("--each", type=fen, default="0", help="每人筹资（元）")
@click.option("--workers", type=int, default=0, help="出工的劳动力人数")
@click.option("--days", type=int, default=0, help="每人工日")
@click.option("--exempt", type=int, default=0, help="减免人数")
@click.option("--on", "day", type=as_day, help="议定日期（默认今天）")
@click.option("--note", default="", help="说明")
@click.option("--reason", default="", help="全年加起来超过上限时的原因")
@click.pass_obj
def levy(
    session: Session,
    name: str,
    payers: int,
    each: int,
    workers: int,
    days: int,
    exempt: int,
    day: date | None,
    note: str,
    reason: str,
) -> None:
    """登记一事一议筹资筹劳：会议议定的人数和每人标准，登记后不能改。"""
    desk = session.desk()
    facts = Levy(
        project_id=project_by(desk, name).id,
        resolved_on=today(desk, day),
        payers=payers,
        exempt=exempt,
        fen_per_head=each,
        workers=workers,
        days_per_head=days,
        note=note,
    )
    stored = usecases.record_levy(desk, facts, reason)
    text = f"“{name}”筹资筹劳登记了：筹资{yuan(stored.planned_fen)}元，筹劳{stored.planned_days}个工日。"
    plain = {"id": stored.id, "amount": plain_yuan(stored.planned_fen), "days": stored.planned_days}
    session.say(text, plain)


@project.command("worked")
@click.argument("name")
@click.argument("days", type=int)
@click.option("--reason", default="", help="超过议定工日时的原因")
@click.pass_obj
def worked(session: Session, name: str, days: int, reason: str) -> None:
    """登记筹劳出工，DAYS 是到现在为止累计的工日。"""
    desk = session.desk()
    found = store.levy_of(desk, project_by(desk, name).id)
    there: Levy = chosen(f"“{name}”的筹资筹劳", [found] if found else [])
    stored = usecases.record_levied_days(desk, there.id, days, reason)
    text = f"“{name}”累计出工{stored.days_worked}个工日，议定{stored.planned_days}个。"
    session.say(text, {"id": stored.id, "worked": stored.days_worked, "days": stored.planned_days})


@project.command("wishes")
@click.option("--year", type=int, help="年度（默认今年）")
@click.pass_obj
def wishes(session: Session, year: int | None) -> None:
    """村民意愿按户数排名。"""
    desk = session.desk(write=False)
    year = year or desk.clock.now().year
    share, counts = store.coverage(desk, year), store.wish_ranking(desk, year)
    rows = [(count.item, count.households, count.first, count.second, count.third) for count in counts]
    heads = ("意愿", "户数", "第一", "第二", "第三")
    text = f"全村{share.households}户，已征求{share.heard}户，占{share.percent}。\n{listing(heads, rows)}"
    session.say(text, [{"item": count.item, "households": count.households} for count in counts])


@project.command("print")
@click.argument("paper", type=click.Choice(["wishes", "shortlist", "card", "acceptance", "settlement"]))
@click.option("--year", type=int, help="年度（默认今年）")
@click.option("--name", default="", help="项目卡、验收单、结算单是哪个项目")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_paper(session: Session, paper: str, year: int | None, name: str, target: Path) -> None:
    """把意见汇总表、初选表、项目卡、验收单或结算单存成 PDF。"""
    from villagedesk.projects import papers

    desk = session.desk(write=False)
    year = year or desk.clock.now().year
    of_project = {
        "card": papers.project_card,
        "acceptance": papers.acceptance_sheet,
        "settlement": papers.settlement_sheet,
    }
    if paper in of_project:
        sheet = of_project[paper](desk, project_by(desk, name).id)
    else:
        sheet = papers.wish_sheet(desk, year) if paper == "wishes" else papers.shortlist_sheet(desk, year)
    session.save_paper(target, sheet)


def _plain(figures: ProjectFigures) -> dict[str, object]:
    facts = figures.project
    return {
        "id": facts.id,
        "year": facts.year,
        "name": facts.name,
        "state": facts.state,
        "budget": plain_yuan(figures.budget_fen),
        "paid": plain_yuan(figures.paid_fen),
    }


COMMANDS: tuple[click.Command, ...] = (project,)
