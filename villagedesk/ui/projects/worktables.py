"""The tables of a project's record: its contracts with what is due, posts, visits with their marks, budget versions."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects import store
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import Contract, Inspection, Mark, Post
from villagedesk.projects.settlement import Settlement
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.readtable import Cell, ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.model import Person


def contracts(desk: Desk, found: Sequence[Contract]) -> QWidget:
    """Return the contracts with their terms, and below what each comes to."""
    settled = store.settlements_of(desk, found[0].project_id)
    rows = [
        (
            "\n".join(part for part in (one.party, one.scope, one.standard) if part),
            _terms(desk, one),
            yuan(one.amount_fen),
        )
        for one in found
    ]
    table = ReadTable(("承包人或管护员、范围、标准", "付款和期限", "金额（元）"), rows, wide=(0,), amounts=(2,))
    return _column(table, *(label(_settled(desk, one), "small", wrap=True, selectable=True) for one in settled))


def posts(desk: Desk, found: Sequence[Post]) -> QWidget:
    """Return who does which duty for how much, and how the last quarters were assessed."""
    rows = [
        (
            _names(desk, post),
            "\n".join(part for part in (post.duty, post.area) if part),
            yuan(post.base_fen),
            yuan(post.performance_fen),
            _term(post),
            _judged(desk, post),
        )
        for post in found
    ]
    heads = ("姓名", "岗位", "每月（元）", "每季度绩效（元）", "期限", "考核")
    return ReadTable(heads, rows, wide=(0,), amounts=(2, 3))


def visits(desk: Desk, found: Sequence[Inspection], look: Callable[[str], object] | None) -> QWidget:
    """Return the visits, what points were taken off for, and the way to each sheet."""
    rows = [_visit(desk, visit) for visit in found]
    table = ReadTable(("检查", "得分", "结论", "情况"), rows, wide=(3,), amounts=(1,))
    sheets = [visit for visit in found if visit.template]
    if look is None or not sheets:
        return table
    last = sheets[-1]
    words = f"看评分表：{last.kind.label} {last.inspected_on.isoformat()}"
    return _column(table, button(words, lambda: look(last.id), kind="link"))


def versions(desk: Desk, figures: ProjectFigures) -> QWidget:
    """Return a project's budget version by version, each with the resolution it rests on."""
    project, rows = figures.project, []
    sum_fen = project.budget_fen
    rows.append(("议定", "会议决议通过项目和预算", "", yuan(sum_fen)))
    for version in store.versions_of(desk, project.year):
        if fen := version.of(project.id):
            sum_fen += fen
            told = f"{chinese_date(version.change.decided_on)} {version.motion.meeting}\n{version.change.reason}"
            rows.append((version.label, told, f"{'＋' if fen > 0 else '－'}{yuan(abs(fen))}", yuan(sum_fen)))
    return ReadTable(("版本", "依据和原因", "增减（元）", "预算（元）"), rows, wide=(1,), amounts=(2, 3))


def _terms(desk: Desk, one: Contract) -> str:
    cycles = f"，分{one.cycles}期" if one.cycles > 1 else ""
    rule = store.bands_of(desk, one.bands)
    lines = [f"{one.kind.label}，{one.pay_cycle}{cycles}", f"{one.first_day}", f"至 {one.last_day}"]
    return "\n".join([*lines, *([rule.name] if rule.key else []), *([one.deductions] if one.deductions else [])])


def _settled(desk: Desk, one: Settlement) -> str:
    words = f"{one.contract.party}：{one.arithmetic}"
    if len(one.parts) < one.contract.cycles and one.open_fen > 0:
        last = store.visit_to_pay_by(desk, one.contract)
        words += f"下一期按最近一次得分算：{store.due_of(desk, one.contract, last).arithmetic}"
    return words


def _names(desk: Desk, post: Post) -> str:
    name = desk.get(Person, post.person_id).name
    return name if post.payee_id == post.person_id else f"{name}\n打给{desk.get(Person, post.payee_id).name}"


def _term(post: Post) -> str:
    return f"{post.first_day}\n至 {post.last_day}" if post.last_day else f"{post.first_day}\n至今"


def _judged(desk: Desk, post: Post) -> str:
    """Return the scores of the year's quarters so far, newest last."""
    found = []
    for number in (1, 2, 3, 4):
        quarter = Period.quarter(desk.clock.now().year, number)
        if visit := store.assessment_of(desk, post, quarter):
            found.append(f"{number}季度{visit.score}分")
    return "\n".join(found) or "还没有"


def _visit(desk: Desk, visit: Inspection) -> tuple[Cell, ...]:
    about = store.subject_name(desk, visit).partition(" — ")[0] if visit.post_id or visit.contract_id else ""
    period = Period.parse(visit.period).label if visit.period else ""
    photos = len(store.photos_of(desk, visit.id))
    told = [
        "　".join(part for part in (about, period) if part),
        _off(store.marks_of(desk, visit.id)),
        visit.note,
        "　".join(part for part in (f"检查人：{visit.inspectors}", f"照片{photos}张" if photos else "") if part),
    ]
    return (
        f"{visit.kind.label}\n{visit.inspected_on.isoformat()}",
        str(visit.score),
        ("合格", Tone.GOOD) if visit.is_passed else ("不合格", Tone.BAD),
        "\n".join(part for part in told if part),
    )


def _off(marks: Sequence[Mark]) -> str:
    """Return what points were taken off for: 出勤扣4分（迟到两次）."""
    return "；".join(f"{mark.told}{f'（{mark.note}）' if mark.note else ''}" for mark in marks if mark.deducted)


def _column(*widgets: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap(10))
    for widget in widgets:
        column.addWidget(widget)
    return made
