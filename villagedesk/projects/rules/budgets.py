"""What must hold for a change of the year's budget (预算调整): a resolution, one fund, its plan, what is spoken for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.projects.budget import Budget, BudgetRow, Resolved
from villagedesk.village.model import RESOLVING_BODIES

RESOLVED_ONLY = "年度支出预算的调整须经村民（代表）会议决议"
OWN_FUND = "专账专用，严禁平调"

Moves = Sequence[tuple[str, int]]
"""Projects by id with how many fen their budget gains or loses."""


def may_change_budget(
    budget: Budget, motion: Resolved | None, moves: Moves, reason: str, today: date, own_motions: Mapping[str, set[str]]
) -> Iterator[Finding]:
    """A budget changes by a passed motion of its own, within each fund's plan, never below what is spoken for.

    ``own_motions`` are the motions by which each project was resolved: they made version 0 and no other.
    """
    yield from _resolved(budget, motion, moves, today, own_motions)
    if not reason.strip():
        yield Finding("projects.change_reason", "请写明为什么调整。", "reason_text")
    rows = [(budget.row(project_id), fen) for project_id, fen in moves if fen]
    if not rows:
        yield Finding("projects.change_empty", "请写上哪个项目增加或减少多少。", "lines")
        return
    if [project_id for project_id, count in Counter(project_id for project_id, _ in moves).items() if count > 1]:
        yield Finding("projects.change_twice", "一个项目在一次调整里只能写一行。", "lines")
        return
    if any(row is None for row, _ in rows):
        message = f"只有{budget.year}年已经会议决议的项目，预算才能调整。"
        yield Finding("projects.change_project", message, "lines", RESOLVED_ONLY)
        return
    known = [(row, fen) for row, fen in rows if row]
    yield from _spoken_for(known)
    yield from _within_funds(budget, known)


def _resolved(
    budget: Budget, motion: Resolved | None, moves: Moves, today: date, own_motions: Mapping[str, set[str]]
) -> Iterator[Finding]:
    if motion is None:
        yield Finding(
            "projects.change_motion", "请选会议通过的那项决议；还没有开会的，先到“议事”里登记。", "motion_id",
            RESOLVED_ONLY, place="deliberation:",
        )  # fmt: skip
        return
    if not motion.is_passed:
        message = f"“{motion.subject}”没有通过，不能据此调整预算。"
        yield Finding("projects.change_motion", message, "motion_id", RESOLVED_ONLY)
    if not motion.is_resolving:
        message = f"调整预算要{'或'.join(RESOLVING_BODIES)}通过，“{motion.meeting}”不算。"
        yield Finding("projects.change_motion", message, "motion_id", RESOLVED_ONLY)
    if motion.held_on > today:
        yield Finding("projects.future", f"会议日期{chinese_date(motion.held_on)}还没有到。", "motion_id")
    used = next((version for version in budget.versions if version.motion.motion_id == motion.motion_id), None)
    if used:
        message = f"这项决议已经用于{used.label}，再调整要再开会决议。"
        yield Finding("projects.change_motion", message, "motion_id", RESOLVED_ONLY)
    if any(motion.motion_id in own_motions.get(project_id, ()) for project_id, _ in moves):
        message = "这是当初议定项目和预算的决议，调整要另开会决议。"
        yield Finding("projects.change_motion", message, "motion_id", RESOLVED_ONLY)
    last = max((version.change.decided_on for version in budget.versions), default=motion.held_on)
    if motion.held_on < last:
        message = f"会议日期不能早于上一次调整（{chinese_date(last)}）。"
        yield Finding("projects.change_order", message, "motion_id")


def _spoken_for(rows: Sequence[tuple[BudgetRow, int]]) -> Iterator[Finding]:
    for row, fen in rows:
        after, place = row.in_force_fen + fen, f"projects:{row.project.id}"
        if after < row.floor_fen:
            message = (
                f"“{row.project.name}”已签合同{yuan(row.contracted_fen)}元，已付和正在报账{yuan(row.used_fen)}元，"
                f"预算不能减到{yuan(after)}元，最多减{yuan(max(row.in_force_fen - row.floor_fen, 0))}元。"
            )
            yield Finding("projects.change_floor", message, "lines", place=place)
        if after > LARGEST_FEN:
            yield Finding("projects.change_large", f"“{row.project.name}”的预算太大，请核对。", "lines", place=place)
        if row.fund is None:
            message = f"“{row.project.name}”没有选资金来源，不能调整。"
            yield Finding("projects.no_fund", message, "lines", place=place)


def _within_funds(budget: Budget, rows: Sequence[tuple[BudgetRow, int]]) -> Iterator[Finding]:
    net: dict[str, int] = defaultdict(int)
    for row, fen in rows:
        if row.fund:
            net[row.fund.id] += fen
    funds = {row.fund.id: row.fund for row, _ in rows if row.fund}
    if min(net.values(), default=0) < 0 < max(net.values(), default=0):
        given = "、".join(funds[fund_id].name for fund_id, fen in net.items() if fen < 0)
        taken = "、".join(funds[fund_id].name for fund_id, fen in net.items() if fen > 0)
        message = f"这样调是把{given}的钱调给{taken}，不同资金之间不能调剂。请让每项资金自己增减相等，或分开决议。"
        yield Finding("projects.change_funds", message, "lines", OWN_FUND)
    for fund_id, fen in net.items():
        fund, source = funds[fund_id], budget.source(fund_id)
        begun = source.begun_fen if source else 0
        planned = sum(row.in_force_fen for row in budget.rows if row.fund and row.fund.id == fund_id) + fen
        if fen > 0 and planned > fund.planned_fen + begun:
            carried = f"，加上年结转和期初{yuan(begun)}元" if begun else ""
            message = (
                f"{fund.name}计划{yuan(fund.planned_fen)}元{carried}，调整后各项目预算共{yuan(planned)}元，"
                f"超过{yuan(planned - fund.planned_fen - begun)}元。"
            )
            yield Finding(
                "projects.over_plan", message, "lines", "专账专用，严禁超计划安排", place=f"village:{fund_id}"
            )
