"""Commands about who does the work: posts, and how their quarters are assessed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.cli.typed import day as as_day
from villagedesk.cli.typed import fen, project_by, today
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.projects import store, usecases
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Mark, Post, Project
from villagedesk.projects.payshare import performance_for
from villagedesk.projects.scoresheets import Template, template_named, templates
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person
from villagedesk.village.store import profile
from villagedesk.village.workrules import IN_FULL

_TEMPLATES = tuple(template.key for template in templates())


@click.group("posts")
def posts() -> None:
    """岗位和季度考核：设岗位、结束岗位、考核。"""


@posts.command("list")
@click.option("--project", "words", default="", help="只看一个项目")
@click.option("--on", "day", type=as_day, help="只看这一天在岗的")
@click.pass_obj
def list_posts(session: Session, words: str, day: date | None) -> None:
    """岗位一览：谁、做什么、报酬标准、起止。"""
    desk = session.desk(write=False)
    found = store.posts_of(desk, project_by(desk, words).id if words else None, day)
    rows = [
        (
            desk.get(Project, post.project_id).name,
            store.post_name(desk, post),
            yuan(post.base_fen),
            yuan(post.performance_fen),
            post.first_day,
            post.last_day or "今",
        )
        for post in found
    ]
    plain = [{"id": post.id, "person": post.person_id, "duty": post.duty, "area": post.area} for post in found]
    session.say(listing(("项目", "岗位", "每月", "每季度绩效", "起", "止"), rows), plain)


@posts.command("add")
@click.argument("project")
@click.argument("person")
@click.argument("duty")
@click.option("--area", default="", help="负责区域")
@click.option("--base", type=fen, default="0", help="每月基本报酬（元）")
@click.option("--performance", type=fen, help="每季度绩效报酬（元）；不写就按规则的比例从基本报酬算")
@click.option("--bands", help="绩效按得分怎么付：计分办法的代号（看 posts bands；默认第一种），空着是全额")
@click.option("--payee", default="", help="打给谁（默认本人；可以是户主）")
@click.option("--party", default="", help="按哪份合同（承包人或管护员）")
@click.option("--from", "first", type=as_day, required=True, help="起日")
@click.option("--to", "last", type=as_day, help="止日（默认没有）")
@click.option("--reason", default="", help="有提醒时仍要设的原因")
@click.pass_obj
def add(
    session: Session,
    project: str,
    person: str,
    duty: str,
    area: str,
    base: int,
    performance: int | None,
    bands: str | None,
    payee: str,
    party: str,
    first: date,
    last: date | None,
    reason: str,
) -> None:
    """设岗位：项目、姓名、做什么。"""
    desk = session.desk()
    of_project = project_by(desk, project)
    who = _person(desk, person)
    works = profile(desk).works
    by = next(iter(works.bands), "") if bands is None else typed.bands(desk, bands)
    if performance is None:
        performance = performance_for(base, works.bands.get(by, IN_FULL), works.pay_share) or 0
    facts = Post(
        project_id=of_project.id,
        person_id=who.id,
        payee_id=_person(desk, payee).id if payee else who.id,
        contract_id=_contract(desk, of_project, party).id if party else None,
        duty=duty,
        area=area,
        base_fen=base,
        performance_fen=performance,
        bands=by,
        first_day=first,
        last_day=last,
    )
    stored = usecases.set_up_post(desk, facts, reason)
    session.say(f"岗位设好了：{store.post_name(desk, stored)}。", {"id": stored.id})


@posts.command("bands")
@click.pass_obj
def list_bands(session: Session) -> None:
    """规则里有哪些计分办法：岗位的绩效、合同的每期按得分怎么付。"""
    rules = profile(session.desk(write=False)).works.bands.values()
    rows = [(one.key, one.name, one.source) for one in rules]
    session.say(listing(("代号", "名称", "依据"), rows), {one.key: one.name for one in rules})


@posts.command("end")
@click.argument("project")
@click.argument("person")
@click.option("--on", "day", type=as_day, help="最后一天（默认今天）")
@click.option("--reason", default="", help="为什么")
@click.pass_obj
def end(session: Session, project: str, person: str, day: date | None, reason: str) -> None:
    """结束一个人在项目上的岗位。"""
    desk = session.desk()
    post = _post(desk, project_by(desk, project), person, only_open=True)
    stored = usecases.end_post(desk, post.id, today(desk, day), reason)
    session.say(f"{store.post_name(desk, stored)}到{stored.last_day}结束。", {"id": stored.id})


@posts.command("assess")
@click.argument("project")
@click.argument("subject")
@click.argument("period")
@click.option("--sheet", "key", type=click.Choice(_TEMPLATES), help="用哪张评分表")
@click.option("--off", multiple=True, help="扣分，例如 出勤=4:迟到两次；没有写的项目不扣")
@click.option("--by", "inspectors", required=True, help="考核人，用顿号分开")
@click.option("--on", "day", type=as_day, help="日期（默认今天）")
@click.option("--note", default="", help="说明；不合格的要写")
@click.option("--photo", "photos", multiple=True, type=click.Path(path_type=Path, dir_okay=False), help="照片")
@click.option("--reason", default="", help="提前考核、更正考核的原因")
@click.pass_obj
def assess(
    session: Session,
    project: str,
    subject: str,
    period: str,
    key: str | None,
    off: tuple[str, ...],
    inspectors: str,
    day: date | None,
    note: str,
    photos: tuple[Path, ...],
    reason: str,
) -> None:
    """按评分表考核一个岗位（姓名）或一份合同（承包人）的一个季度，例如 2026Q1；按月考核的写月份，例如 2026-03。"""
    desk = session.desk()
    of_project = project_by(desk, project)
    about = _subject(desk, of_project, subject)
    rule = profile(desk).works.assessment
    usual = rule.sheet if rule.is_monthly else "caretaker" if isinstance(about, Post) else "upkeep"
    template = template_named(key or usual)
    assert template
    seen = Inspection(
        project_id=of_project.id,
        kind=InspectionKind.ASSESSMENT,
        inspected_on=today(desk, day),
        score=0,
        is_passed=False,
        inspectors=inspectors,
        note=note,
        template=template.key,
    )
    stored = usecases.assess(desk, about, typed.period(period), seen, _marks(template, off), photos, reason)
    outcome = "合格" if stored.is_passed else "不合格"
    quarter = Period.quarter_of(typed.period(period).first)
    of_quarter = store.assessment_of(desk, about, quarter) if rule.is_monthly and isinstance(about, Post) else None
    made = f"{quarter.label}{of_quarter.score}分：{of_quarter.note}。" if of_quarter else ""
    session.say(f"考核登记了：{stored.score}分，{outcome}。{made}", {"id": stored.id, "score": stored.score})


@posts.command("missing")
@click.option("--year", type=int, help="年度（默认今年）")
@click.pass_obj
def missing(session: Session, year: int | None) -> None:
    """哪些岗位、合同还有季度没有考核。"""
    desk = session.desk(write=False)
    now = desk.clock.now().date()
    found = [(_named(desk, one), quarter) for one, quarter in store.unassessed(desk, year or now.year, now)]
    text = listing(("岗位或合同", "季度"), found) if found else "过去的季度都考核了。"
    session.say(text, [{"subject": name, "period": quarter} for name, quarter in found])


@posts.command("sheet")
@click.argument("key", type=click.Choice(_TEMPLATES))
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def blank_sheet(session: Session, key: str, target: Path) -> None:
    """把空白评分表存成 PDF，带到现场填。"""
    from villagedesk.projects import papers

    template = template_named(key)
    assert template
    session.save_paper(target, papers.blank_score_sheet(session.desk(write=False), template))


def _person(desk: Desk, name: str) -> Person:
    found = desk.find(Person, "village_id = ? AND (id = ? OR name = ?)", [desk.office_id, name, name])
    person: Person = chosen(f"叫“{name}”的村民", found)
    return person


def _contract(desk: Desk, project: Project, party: str) -> Contract:
    found = [one for one in store.contracts_of(desk, project.id) if party in (one.id, one.party)]
    contract: Contract = chosen(f"“{party}”的合同", found)
    return contract


def _post(desk: Desk, project: Project, person: str, *, only_open: bool = False) -> Post:
    found = _posts_of(desk, project, person)
    post: Post = chosen(f"“{person}”的岗位", [one for one in found if not (only_open and one.last_day)])
    return post


def _posts_of(desk: Desk, project: Project, person: str) -> list[Post]:
    return [one for one in store.posts_of(desk, project.id) if person in (one.id, desk.get(Person, one.person_id).name)]


def _subject(desk: Desk, project: Project, words: str) -> Post | Contract:
    return _post(desk, project, words) if _posts_of(desk, project, words) else _contract(desk, project, words)


def _named(desk: Desk, subject: Post | Contract) -> str:
    return store.post_name(desk, subject) if isinstance(subject, Post) else f"{subject.party}的合同"


def _marks(template: Template, off: Sequence[str]) -> list[Mark]:
    """Return the sheet's marks with what was typed taken off. Misuse when an item is not on the sheet."""
    from dataclasses import replace

    marks = {mark.item: mark for mark in template.blank()}
    for written in off:
        item, _, rest = written.partition("=")
        points_off, _, note = rest.partition(":")
        if item not in marks or not points_off.strip().isdigit():
            items = "、".join(marks)
            raise click.BadParameter(f"“{written}”看不懂。请写成 项目=扣分:原因，项目有：{items}。")
        marks[item] = replace(marks[item], deducted=int(points_off), note=note)
    return list(marks.values())


COMMANDS: tuple[click.Command, ...] = (posts,)
