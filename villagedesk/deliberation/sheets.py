"""Meetings and scores as sheets of paper: minutes, resolution, ranking."""

from collections.abc import Mapping, Sequence

from villagedesk.deliberation.model import Attendance, Meeting, Motion, Presence
from villagedesk.deliberation.rules import quorum_sentence
from villagedesk.deliberation.scoring import CRITERIA, Ranked, formula, two_decimals
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import small_number
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Seal, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office
from villagedesk.village.profile import MeetingRule, ScoringRule

Decided = Mapping[str, Sequence[Project]]
"""The projects motions are about, by motion id."""


def minutes_sheet(
    office: Office,
    body: str,
    meeting: Meeting,
    roll: Sequence[Attendance],
    motions: Sequence[Motion],
    decided: Decided,
    rule: MeetingRule,
) -> Sheet:
    """Return the minutes (会议记录). ``body`` is the name of the body that met, ``rule`` what its quorum rests on."""
    facts = (
        ("会议名称", f"{office.name}{body}"),
        ("编号", meeting.number),
        ("时间", chinese_date(meeting.held_on)),
        ("地点", meeting.place),
        ("主持人", meeting.chair),
        ("记录人", meeting.recorder),
        ("应到人数", str(meeting.entitled)),
        ("实到人数", str(meeting.present)),
    )
    blocks: list[Block] = [Facts(facts)]
    for presence in (Presence.ABSENT, Presence.OBSERVER):
        names = [line.name for line in roll if line.presence is presence]
        if names:
            blocks.append(Paragraph(f"{presence.label}：{'、'.join(names)}"))
    blocks.append(Paragraph(f"{quorum_sentence(rule, meeting.entitled, meeting.present)}。依据：{rule.source}。"))
    if meeting.minutes.strip():
        blocks += [Paragraph(line.strip()) for line in meeting.minutes.splitlines() if line.strip()]
    if motions:
        blocks.append(_vote_table(motions, decided))
        blocks += [Paragraph(_conclusion(motion)) for motion in motions]
    blocks.append(Signatures(("主持人", "记录人", "监督小组")))
    present = [line.name for line in roll if line.presence is Presence.PRESENT]
    if present:
        blocks.append(Paragraph(f"到会人员：{'、'.join(present)}"))
    return Sheet(
        f"{office.name}{body}会议记录",
        tuple(blocks),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def resolution_sheet(
    office: Office, body: str, meeting: Meeting, motions: Sequence[Motion], decided: Decided, rule: MeetingRule
) -> Sheet:
    """Return the resolution (决议): each motion as it ended, with its votes; of a void meeting, what happened."""
    is_valid = rule.quorum.is_reached(meeting.present, meeting.entitled)
    opening = (
        f"{chinese_date(meeting.held_on)}，{office.name}{body}在{meeting.place}召开会议，由{meeting.chair}主持。"
        f"{quorum_sentence(rule, meeting.entitled, meeting.present)}"
        + (
            "，会议有效。表决结果如下："
            if rule.quorum.is_reached(meeting.present, meeting.entitled)
            else "，会议无效。"
        )
    )
    blocks: list[Block] = [Paragraph(opening)]
    for motion in motions:
        blocks.append(Paragraph(f"{small_number(motion.number)}、{motion.subject}", level=1))
        blocks.append(Paragraph(f"表决方式：{motion.method}。{_votes(motion)}。{motion.arithmetic}。"))
        blocks += _projects(decided.get(motion.id, ()))
    blocks.append(Signatures(("主持人", "记录人")))
    blocks.append(Seal(f"{office.name}{body}", chinese_date(meeting.held_on)))
    return Sheet(
        f"{office.name}{body}{'决议' if is_valid else '会议情况说明'}",
        tuple(blocks),
        number=meeting.number,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def ranking_sheet(office: Office, year: int, ranked: Sequence[Ranked], rule: ScoringRule) -> Sheet:
    """Return the ranking by points (量分排名表) with the sums it is counted from."""
    columns = (
        Column("名次", Align.CENTER),
        Column("项目"),
        Column("计分票数", Align.RIGHT),
        *(Column(f"{label}合计", Align.RIGHT) for _, label in CRITERIA),
        Column("得分", Align.AMOUNT),
    )
    rows = tuple(
        (
            str(one.place),
            one.name,
            str(one.counted),
            *(str(total) for total in one.sums),
            two_decimals(one.result),
        )
        for one in ranked
    )
    arithmetic = (Paragraph(f"{one.place}. {one.name}：{one.arithmetic}", flush=True) for one in ranked)
    return Sheet(
        f"{office.name}{year}年项目量分排名表",
        (
            Paragraph(formula(rule)),
            Table(columns, rows, unit="单位：分"),
            Paragraph("一、计算过程", level=1),
            *arithmetic,
            Paragraph("原始量分票存村委会，可以查对。"),
            Signatures(("主持人", "计分人", "监督人")),
        ),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def _vote_table(motions: Sequence[Motion], decided: Decided) -> Table:
    columns = (
        Column("序号", Align.CENTER),
        Column("议题"),
        Column("涉及项目"),
        Column("表决方式", Align.CENTER),
        Column("同意", Align.RIGHT),
        Column("反对", Align.RIGHT),
        Column("弃权", Align.RIGHT),
        Column("结论", Align.CENTER),
    )
    rows = tuple(
        (
            str(motion.number),
            motion.subject,
            "、".join(project.name for project in decided.get(motion.id, ())),
            motion.method,
            str(motion.yes),
            str(motion.no),
            str(motion.abstain),
            "通过" if motion.is_passed else "未通过",
        )
        for motion in motions
    )
    return Table(columns, rows, caption="表决情况", unit="单位：票")


def _conclusion(motion: Motion) -> str:
    return f"第{motion.number}项：{motion.arithmetic}。"


def _votes(motion: Motion) -> str:
    return f"同意{motion.yes}票，反对{motion.no}票，弃权{motion.abstain}票"


def _projects(projects: Sequence[Project]) -> list[Block]:
    """Return the projects of a motion: one in a sentence, several in a table."""
    if len(projects) == 1:
        place = f"（{projects[0].place}）" if projects[0].place else ""
        return [Paragraph(f"涉及项目：{projects[0].name}{place}，预算{yuan(projects[0].budget_fen)}元。")]
    return [_project_table(projects)] if projects else []


def _project_table(projects: Sequence[Project]) -> Table:
    columns = (Column("序号", Align.CENTER), Column("项目"), Column("实施地点"), Column("预算", Align.AMOUNT))
    rows = tuple(
        (str(place), project.name, project.place, yuan(project.budget_fen)) for place, project in enumerate(projects, 1)
    )
    total = ("", "合计", "", yuan(sum(project.budget_fen for project in projects)))
    return Table(columns, rows, total, unit="单位：元")
