"""① 表决结果: who came to a meeting, whether that was enough, how the votes fell on each motion and what they decide."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from villagedesk.deliberation import charts
from villagedesk.deliberation.rules import passes, quorum_met
from villagedesk.disclosure.books import ProjectLine, Resolution, projects_by_motion, votes_between, votes_of_meeting
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.tables import word_table
from villagedesk.disclosure.telling import headed, looked_at
from villagedesk.disclosure.wording import meeting_name
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import MeetingRule, Share

_HEADS = ("议题", "内容", "表决方式", "同意", "反对", "弃权", "合计", "结果")
_MOST_NAMED = 10
"""Projects a cell can name."""

_MOST_COUNTED = 3
"""Votes that are counted one by one; of more, what holds for all is said once."""


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return a meeting's votes, or those of all meetings of the period that resolve projects."""
    meetings = meetings_of(desk, scope)
    if not meetings:
        return Gathered((Paragraph(f"{scope.period.label}没有召开村民会议、村民代表会议进行表决。"),))
    rules = village_store.profile(desk).meetings
    told = [_told(desk, scope, votes, rules.get(votes[0].basis)) for votes in meetings]
    findings = tuple(finding for votes in meetings for finding in recounted(desk, votes, rules.get(votes[0].basis)))
    if len(meetings) == 1:
        return Gathered(headed(*told[0]), findings, f"{full_name(meetings[0][0])}表决结果")
    parts = ((full_name(votes[0]), _flat(parts)) for votes, parts in zip(meetings, told, strict=True))
    return Gathered(headed(*parts), findings)


def meetings_of(desk: Desk, scope: Scope) -> list[list[Resolution]]:
    """Return the votes of the meeting a scope is about, or of each meeting of its period that resolves projects."""
    if scope.topic_id:
        votes = votes_of_meeting(desk, scope.topic_id)
        return [votes] if votes else []
    return _meetings(votes_between(desk, scope.period.first, scope.period.last))


def full_name(vote: Resolution) -> str:
    """Return a meeting's name with its year: 2026年村民代表会议第1次会议."""
    return f"{vote.held_on.year}年{meeting_name(vote)}"


def attendance(vote: Resolution, rule: MeetingRule | None) -> str:
    """Return when a meeting was held, who came and how many had to, in people, so that it can be counted."""
    held = f"{chinese_date(vote.held_on)}召开{meeting_name(vote)}"
    if rule is None:
        return f"{held}，{vote.arithmetic.partition('；')[0]}。"
    is_valid = quorum_met(rule, vote.entitled, vote.present)
    least = least_of(rule.quorum, vote.entitled)
    return (
        f"{held}，应到{vote.entitled}人，按规定至少到会{least}人（{_asked(rule.quorum)}）会议才有效；"
        f"实到{vote.present}人，会议{'有效' if is_valid else '无效'}。"
    )


def least_of(share: Share, whole: int) -> int:
    """Return how many of a whole at least reach a share."""
    return math.floor(share.fraction * whole) + 1 if share.is_strict else math.ceil(share.fraction * whole)


def counted(vote: Resolution, rule: MeetingRule | None) -> str:
    """Return a vote's sum and what it takes to pass, to be counted again."""
    cast = _cast(vote)
    added = f"同意{vote.yes}票＋反对{vote.no}票＋弃权{vote.abstain}票＝{cast}票"
    agrees = f"与实到{vote.present}人相符" if cast == vote.present else f"实到{vote.present}人"
    if rule is None:
        return f"{added}，{agrees}。{vote.arithmetic.rpartition('；')[2]}。"
    if not quorum_met(rule, vote.entitled, vote.present):
        return f"{added}，{agrees}。到会人数不够，表决无效。"
    return f"{added}，{agrees}。{_needed(vote, rule)}，同意{vote.yes}票，{_outcome(vote)}。"


def checked(votes: Sequence[Resolution], rule: MeetingRule | None) -> list[Block]:
    """Return how the votes of one meeting are counted again, each by itself or all together."""
    if len(votes) <= _MOST_COUNTED or rule is None or any(_cast(vote) != vote.present for vote in votes):
        return [Paragraph(f"第{vote.place}项：{counted(vote, rule)}") for vote in votes]
    first = votes[0]
    added = f"每项议题的同意、反对、弃权票加起来都是{first.present}票，与实到{first.present}人相符。"
    if not quorum_met(rule, first.entitled, first.present):
        return [Paragraph(f"{added}到会人数不够，表决无效。")]
    return [Paragraph(f"{added}{_needed(first, rule)}，达到的通过，达不到的不通过。")]


def recounted(desk: Desk, votes: Sequence[Resolution], rule: MeetingRule | None) -> Iterator[Finding]:
    """Votes add up to those present, and what was read out is what they amount to by the rules it was judged by."""
    version = village_store.profile(desk).version
    for vote in votes:
        name = f"{full_name(vote)}第{vote.place}项议题"
        cast = _cast(vote)
        if cast != vote.present:
            message = f"{name}的票数加起来是{cast}票，实到{vote.present}人，对不上。请先检查会议记录。"
            yield Finding("disclosure.votes", message)
        elif rule and vote.version == version:
            is_passed = passes(rule, vote.entitled, vote.present, vote.yes)
            if is_passed != vote.is_passed:
                message = f"{name}记的是“{_outcome(vote)}”，按票数算不是。请先检查会议记录。"
                yield Finding("disclosure.votes", message, basis=rule.source)


def votes_chart(votes: Sequence[Resolution]) -> list[Block]:
    """Return how the votes fell on each motion, to look at; a single one is read faster."""
    if len(votes) == 1:
        return []
    return looked_at(charts.votes_chart(((vote.place, vote) for vote in votes), "表决情况图（单位：票）"))


def votes_table(votes: Iterable[Resolution]) -> Table:
    """Return each motion with its votes, which add up to those present."""
    rows = (
        (
            f"第{vote.place}项",
            vote.subject,
            vote.method,
            *map(str, (vote.yes, vote.no, vote.abstain, _cast(vote))),
            _outcome(vote),
        )
        for vote in votes
    )
    return word_table(_HEADS, rows, centred={*_HEADS} - {"内容"}, unit="单位：票")


def _told(
    desk: Desk, scope: Scope, votes: Sequence[Resolution], rule: MeetingRule | None
) -> list[tuple[str, list[Block]]]:
    came: list[Block] = [Paragraph(attendance(votes[0], rule))]
    if rule:
        came.append(Paragraph(f"依据：{rule.source}。"))
    return [
        ("到会情况", came),
        ("表决结果", [votes_table(votes), *votes_chart(votes)]),
        ("票数核对", checked(votes, rule)),
        ("涉及的项目", _projects(desk, scope, votes)),
    ]


def _projects(desk: Desk, scope: Scope, votes: Sequence[Resolution]) -> list[Block]:
    about = projects_by_motion(desk, [vote.motion_id for vote in votes], scope.period)
    rows = [
        (f"第{vote.place}项", _named(some), yuan(sum(project.budget_fen for project in some)), _outcome(vote))
        for vote in votes
        if (some := about[vote.motion_id])
    ]
    columns = (
        Column("议题", Align.CENTER), Column("项目"), Column("预算", Align.AMOUNT), Column("结果", Align.CENTER),
    )  # fmt: skip
    return [Table(columns, tuple(rows), unit="单位：元")] if rows else []


def _named(projects: Sequence[ProjectLine]) -> str:
    if len(projects) > _MOST_NAMED:
        return f"{projects[0].name}等{len(projects)}个项目"
    return "、".join(project.name for project in projects)


def _cast(vote: Resolution) -> int:
    return vote.yes + vote.no + vote.abstain


def _needed(vote: Resolution, rule: MeetingRule) -> str:
    whole, of = (vote.entitled, "应到") if rule.passes.of_entitled else (vote.present, "实到")
    return f"至少{least_of(rule.passes, whole)}票（{of}人数{_asked(rule.passes)}）同意才通过"


def _flat(parts: Iterable[tuple[str, list[Block]]]) -> list[Block]:
    return [block for _, blocks in parts for block in blocks]


def _meetings(votes: Iterable[Resolution]) -> list[list[Resolution]]:
    return [list(group) for _, group in groupby(votes, lambda vote: vote.meeting_id)]


def _asked(share: Share) -> str:
    return f"{'超过' if share.is_strict else '达到'}{share.label}"


def _outcome(vote: Resolution) -> str:
    return "通过" if vote.is_passed else "未通过"
