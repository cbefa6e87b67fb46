"""① 项目立项公示: what a meeting resolved to do, for how much and from which money, before it takes effect."""

from collections.abc import Sequence
from itertools import groupby

from villagedesk.disclosure.books import ProjectLine, Resolution, projects_by_motion
from villagedesk.disclosure.budgets import project_budgets
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.kinds import votes as voting
from villagedesk.disclosure.tables import word_table
from villagedesk.disclosure.telling import headed
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Block, Paragraph
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

_HEADS = ("序号", "项目", "类别", "实施地点", "负责人")
_OBJECTING = (
    "以上项目公示期满没有异议的，报乡镇人民政府审核批复后实施。公示期内对某个项目有异议的，该项目暂不上报，"
    "由村民委员会会同村务监督委员会核实，把结果答复提出人；确需调整的，重新提交会议表决。"
)


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the projects a meeting resolved, or those that all meetings of the period resolved."""
    passed = [vote for votes in voting.meetings_of(desk, scope) for vote in votes if vote.is_passed]
    about = projects_by_motion(desk, [vote.motion_id for vote in passed], scope.period, only_resolved=True)
    decided = [vote for vote in passed if about[vote.motion_id]]
    projects = list({project.id: project for vote in decided for project in about[vote.motion_id]}.values())
    if not projects:
        return Gathered((Paragraph(f"{scope.period.label}没有会议决议立项的项目。"),))
    total = sum(project.budget_fen for project in projects)
    findings = tuple(_recounted(desk, decided))
    blocks = headed(
        ("会议决议", _decisions(desk, decided)),
        ("立项项目", [_table(projects)]),
        (
            "项目预算和资金来源",
            [*project_budgets(projects), Paragraph(f"共立项{len(projects)}个项目，预算合计{in_both(total)}。")],
        ),
        ("公示后怎样办", [Paragraph(_OBJECTING)]),
    )
    return Gathered(blocks, findings, _subject(decided) if scope.topic_id else "")


def _recounted(desk: Desk, decided: Sequence[Resolution]) -> list[Finding]:
    rules = village_store.profile(desk).meetings
    return [finding for vote in decided for finding in voting.recounted(desk, [vote], rules.get(vote.basis))]


def _decisions(desk: Desk, decided: Sequence[Resolution]) -> list[Block]:
    rules = village_store.profile(desk).meetings
    blocks: list[Block] = []
    for _, group in groupby(decided, lambda vote: vote.meeting_id):
        votes = list(group)
        rule = rules.get(votes[0].basis)
        blocks += [Paragraph(voting.attendance(votes[0], rule)), voting.votes_table(votes), *voting.votes_chart(votes)]
        blocks += voting.checked(votes, rule)
    return blocks


def _table(projects: Sequence[ProjectLine]) -> Block:
    rows = (
        (str(place), project.name, project.item, project.place or "—", project.manager or "—")
        for place, project in enumerate(projects, 1)
    )
    return word_table(_HEADS, rows, centred=("序号", "负责人"))


def _subject(decided: Sequence[Resolution]) -> str:
    return f"{voting.full_name(decided[0])}决议立项项目"
