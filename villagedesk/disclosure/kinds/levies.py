"""② 一事一议筹资筹劳: what villagers resolved to give for a project, who is let off, and how much is worked."""

from collections.abc import Iterator

from villagedesk.disclosure.books import levies_between, resolutions_about
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.kinds import votes as voting
from villagedesk.disclosure.tables import word_table
from villagedesk.disclosure.telling import headed
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Levy, Project
from villagedesk.reports.sheet import Block, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import LevyRule


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return what is levied for one project, or by all resolutions of the period."""
    found = levies_between(desk, scope.period.first, scope.period.last)
    if scope.topic_id:
        found = [(name, levy) for name, levy in found if levy.id == scope.topic_id]
    if not found:
        return Gathered((Paragraph(f"{scope.period.label}没有一事一议筹资筹劳。"),))
    rule = village_store.profile(desk).levies
    findings = tuple(finding for name, levy in found for finding in _findings(name, levy, rule))
    if len(found) == 1:
        name, levy = found[0]
        subject = f"{levy.resolved_on.year}年“{name}”一事一议筹资筹劳方案"
        return Gathered(headed(*_told(desk, name, levy, rule)), findings, subject)
    parts = ((name, [block for _, some in _told(desk, name, levy, rule) for block in some]) for name, levy in found)
    return Gathered(headed(*parts), findings)


def _told(desk: Desk, name: str, levy: Levy, rule: LevyRule) -> list[tuple[str, list[Block]]]:
    return [
        ("议定经过", _resolved(desk, name, levy)),
        ("筹资筹劳标准和数额", [_table(levy), *map(Paragraph, _sums(levy))]),
        ("上限", [Paragraph(_caps(rule))]),
        ("出工进度", _worked(levy)),
    ]


def _resolved(desk: Desk, name: str, levy: Levy) -> list[Block]:
    project = desk.get(Project, levy.project_id)
    what = f"“{name}”（{project.place}）" if project.place else f"“{name}”"
    votes = [
        vote for vote in resolutions_about(desk, project.id) if vote.is_passed and vote.held_on <= levy.resolved_on
    ]
    blocks: list[Block] = [
        Paragraph(f"{what}于{chinese_date(levy.resolved_on)}议定，由受益村民一事一议筹资筹劳。"),
    ]
    if votes:
        vote = votes[-1]
        rule = village_store.profile(desk).meetings.get(vote.basis)
        blocks.append(Paragraph(voting.attendance(vote, rule)))
        blocks.append(Paragraph(f"“{vote.subject}”：{voting.counted(vote, rule)}"))
    if levy.note:
        blocks.append(Paragraph(f"议定时说明：{levy.note.rstrip('。')}。"))
    return blocks


def _table(levy: Levy) -> Table:
    rows = []
    if levy.planned_fen:
        each, all_of_it = f"{yuan(levy.fen_per_head)}元", f"{yuan(levy.planned_fen)}元"
        rows.append(("筹资", f"{levy.payers}人", each, all_of_it))
    if levy.planned_days:
        rows.append(("筹劳", f"{levy.workers}人", f"{levy.days_per_head}个工日", f"{levy.planned_days}个工日"))
    heads = ("事项", "人数", "每人", "合计")
    return word_table(heads, rows, centred=heads)


def _sums(levy: Levy) -> Iterator[str]:
    if levy.planned_fen:
        yield (
            f"筹资：{levy.payers}人，每人{yuan(levy.fen_per_head)}元，"
            f"{levy.payers}×{yuan(levy.fen_per_head)}＝{in_both(levy.planned_fen)}。"
        )
    else:
        yield "本项目不筹资。"
    if levy.planned_days:
        days = f"{levy.workers}×{levy.days_per_head}＝{levy.planned_days}个工日"
        yield f"筹劳：{levy.workers}个劳动力，每人{levy.days_per_head}个工日，{days}。"
    else:
        yield "本项目不筹劳。"
    yield f"按规定减免{levy.exempt}人，减免的不出资、不出工。" if levy.exempt else "没有减免人员。"


def _caps(rule: LevyRule) -> str:
    return f"筹资每人每年不超过{yuan(rule.most_fen)}元，筹劳每个劳动力每年不超过{rule.most_days}个工日。依据：{rule.source}。"


def _worked(levy: Levy) -> list[Block]:
    if not levy.planned_days:
        return []
    left = levy.planned_days - levy.days_worked
    rest = f"还差{left}个工日" if left > 0 else "已全部完成" if not left else f"比议定多出{-left}个工日"
    return [Paragraph(f"议定{levy.planned_days}个工日，已出工{levy.days_worked}个工日，{rest}。")]


def _findings(name: str, levy: Levy, rule: LevyRule) -> Iterator[Finding]:
    if levy.fen_per_head > rule.most_fen or levy.days_per_head > rule.most_days:
        message = (
            f"“{name}”每人筹{yuan(levy.fen_per_head)}元、{levy.days_per_head}个工日，超过上限，不能公示。请先核对。"
        )
        yield Finding("disclosure.levy", message, basis=rule.source)
