"""What must hold for what villagers resolve to give for a project, in money and in days of work."""

from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.projects.model import Levy, Project, ProjectState
from villagedesk.village.profile import LevyRule

S = ProjectState


def may_levy(
    project: Project, levy: Levy, others: Sequence[Levy], rule: LevyRule, today: date, *, has_motion: bool
) -> Iterator[Finding]:
    """What is levied was resolved by the villagers, asks for something, and stays within the caps on a head and year.

    ``others`` are the year's other levies: what the same people give to all of them should stay within the caps too.
    """
    if project.state is S.REJECTED:
        message = f"“{project.name}”没有通过，不能筹资筹劳。"
        yield Finding("projects.levy_state", message, "project_id")
        return
    if any(other.project_id == project.id for other in others):
        message = f"“{project.name}”已经登记过筹资筹劳，议定的数不能再改。"
        yield Finding("projects.levy_twice", message, "project_id")
        return
    if levy.resolved_on > today:
        yield Finding("projects.future", f"议定日期{chinese_date(levy.resolved_on)}还没有到。", "resolved_on")
    elif not has_motion:
        message = "到这一天村民（代表）会议还没有通过这个项目，请先登记会议和表决。"
        yield Finding("projects.levy_motion", message, "resolved_on", "一事一议：由村民会议或村民代表会议议定")
    yield from _whole_levy(levy)
    yield from _within_caps(levy, others, rule)


def _whole_levy(levy: Levy) -> Iterator[Finding]:
    counts = (levy.payers, levy.exempt, levy.fen_per_head, levy.workers, levy.days_per_head)
    if min(counts) < 0:
        yield Finding("projects.levy_negative", "人数、金额和工日都不能是负数。", "payers")
        return
    if bool(levy.payers) != bool(levy.fen_per_head):
        yield Finding("projects.levy_money", "筹资要写人数和每人多少钱；不筹资的两项都空着。", "payers")
    if bool(levy.workers) != bool(levy.days_per_head):
        yield Finding("projects.levy_days", "筹劳要写劳动力人数和每人几个工日；不筹劳的两项都空着。", "workers")
    if not any((levy.payers, levy.fen_per_head, levy.workers, levy.days_per_head)):
        yield Finding("projects.levy_empty", "请写上筹资或者筹劳。", "payers")
    if levy.planned_fen > LARGEST_FEN:
        yield Finding("projects.levy_large", "筹资合计太大，最多十位整数，请核对。", "fen_per_head")


def _within_caps(levy: Levy, others: Sequence[Levy], rule: LevyRule) -> Iterator[Finding]:
    money, days = levy.fen_per_head, levy.days_per_head
    if money > rule.most_fen:
        message = f"每人筹{yuan(money)}元，超过每人每年{yuan(rule.most_fen)}元的上限。"
        yield Finding("projects.levy_cap", message, "fen_per_head", rule.source)
    if days > rule.most_days:
        message = f"每人筹{days}个工日，超过每个劳动力每年{rule.most_days}个工日的上限。"
        yield Finding("projects.levy_cap", message, "days_per_head", rule.source)
    all_money = money + sum(other.fen_per_head for other in others)
    all_days = days + sum(other.days_per_head for other in others)
    if money <= rule.most_fen < all_money or days <= rule.most_days < all_days:
        message = (
            f"今年已经有{len(others)}次筹资筹劳，每人加起来{yuan(all_money)}元、{all_days}个工日，超过一年的上限；"
            "不是同一些人的，请写明原因。"
        )
        yield Finding("projects.levy_year", message, "fen_per_head", rule.source, Severity.WARNING)


def may_count_days(levy: Levy, days_worked: int) -> Iterator[Finding]:
    """Days worked are counted on, never back; beyond what was resolved only with a reason."""
    if not levy.planned_days:
        yield Finding("projects.levy_no_days", "这个项目没有议定筹劳，不用登记出工。", "days_worked")
        return
    if days_worked <= levy.days_worked:
        message = f"已经登记出工{levy.days_worked}个工日，累计数只能比它大。"
        yield Finding("projects.levy_back", message, "days_worked")
    elif days_worked > levy.planned_days:
        message = f"议定的是{levy.planned_days}个工日，填的{days_worked}个超过了；确实如此请写明原因。"
        yield Finding("projects.levy_over", message, "days_worked", severity=Severity.WARNING)
