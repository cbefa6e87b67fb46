"""What must hold for meetings and votes: who must be there, what passes, and the sentence that says so.

All arithmetic is in whole numbers and fractions. Abstentions stay among those present.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.deliberation.model import METHODS, Attendance, Meeting, MotionFacts, Presence
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village.profile import MeetingRule, Share


def quorum_met(rule: MeetingRule, entitled: int, present: int) -> bool:
    """Tell whether enough of those entitled are present."""
    return rule.quorum.is_reached(present, entitled)


def passes(rule: MeetingRule, entitled: int, present: int, yes: int) -> bool:
    """Tell whether so many yes votes carry a motion at a meeting; without a quorum nothing is carried."""
    whole = entitled if rule.passes.of_entitled else present
    return quorum_met(rule, entitled, present) and rule.passes.is_reached(yes, whole)


def sentence(rule: MeetingRule, entitled: int, present: int, yes: int) -> str:
    """Return the outcome as it is read out: ``"应到60人，实到43人，达到三分之二；同意22票，超过到会人数半数，通过"``."""
    opening = quorum_sentence(rule, entitled, present)
    if not quorum_met(rule, entitled, present):
        return f"{opening}，会议无效"
    return f"{opening}；{_vote(rule, entitled, present, yes)}"


def quorum_sentence(rule: MeetingRule, entitled: int, present: int) -> str:
    """Return how many came and whether that is enough: ``"应到60人，实到39人，未达到三分之二"``."""
    reached = "" if quorum_met(rule, entitled, present) else "未"
    return f"应到{entitled}人，实到{present}人，{reached}{_verb(rule.quorum)}{rule.quorum.label}"


def _vote(rule: MeetingRule, entitled: int, present: int, yes: int) -> str:
    is_passed = passes(rule, entitled, present, yes)
    share = f"{_verb(rule.passes)}{_whole(rule.passes)}{rule.passes.label}"
    return f"同意{yes}票，{'' if is_passed else '未'}{share}，{'通过' if is_passed else '未通过'}"


def _verb(share: Share) -> str:
    return "超过" if share.is_strict else "达到"


def _whole(share: Share) -> str:
    if not share.of_entitled:
        return "到会人数"
    return "应到人数" if share.is_strict else "全体成员"


def sound_meeting(meeting: Meeting, bases: Sequence[str], today: date) -> Iterator[Finding]:
    """Minutes say when and where, who led and who wrote, how many should come and how many came."""
    for field, label in (("number", "会议编号"), ("place", "地点"), ("chair", "主持人"), ("recorder", "记录人")):
        if not getattr(meeting, field).strip():
            yield Finding(f"deliberation.{field}", f"请写上{label}。", field, "会议记录要素")
    if meeting.basis not in bases:
        choices = "、".join(bases) or "（规则里没有）"
        yield Finding("deliberation.basis", f"这个组织开会的方式应是：{choices}。", "basis")
    if meeting.held_on > today:
        yield Finding("deliberation.future", f"会议日期{chinese_date(meeting.held_on)}还没有到。", "held_on")
    if meeting.entitled <= 0:
        yield Finding("deliberation.entitled", "应到人数应大于零。", "entitled")
    if not 0 <= meeting.present <= meeting.entitled:
        message = f"实到{meeting.present}人不对，应在0和应到{meeting.entitled}人之间。"
        yield Finding("deliberation.present", message, "present")


def roll_agrees(meeting: Meeting, roll: Sequence[Attendance]) -> Iterator[Finding]:
    """A roll that is kept names each person once and has as many present and absent as the minutes say."""
    twice = [name for name, count in Counter(line.name for line in roll).items() if count > 1]
    if twice:
        message = f"名册里“{'、'.join(twice)}”写了不止一次；同名的人请加字区分。"
        yield Finding("deliberation.roll_twice", message, "roll")
    if any(not line.name.strip() for line in roll):
        yield Finding("deliberation.roll_name", "名册里有空着的姓名。", "roll")
    count = Counter(line.presence for line in roll)
    if count[Presence.PRESENT] and count[Presence.PRESENT] != meeting.present:
        message = f"名册里到会{count[Presence.PRESENT]}人，实到填的是{meeting.present}人，请核对。"
        yield Finding("deliberation.roll_present", message, "present")
    absent = meeting.entitled - meeting.present
    if count[Presence.ABSENT] and count[Presence.ABSENT] != absent:
        message = f"名册里缺席{count[Presence.ABSENT]}人，按应到和实到算应缺席{absent}人，请核对。"
        yield Finding("deliberation.roll_absent", message, "present")


def sound_motion(motion: MotionFacts, number: int, meeting: Meeting, rule: MeetingRule) -> Iterator[Finding]:
    """A motion has a subject and a way of voting, its votes add up to those present, and the outcome is counted.

    ``number`` is its place on the agenda, from 1.
    """
    name = f"第{number}项议题"
    if not motion.subject.strip():
        yield Finding("deliberation.subject", f"{name}没有写内容。", "subject")
    if motion.method not in METHODS:
        yield Finding("deliberation.method", f"{name}的表决方式应是：{'、'.join(METHODS)}。", "method")
    if min(motion.yes, motion.no, motion.abstain) < 0:
        yield Finding("deliberation.votes", f"{name}的票数不能是负数。", "yes")
        return
    total = motion.yes + motion.no + motion.abstain
    if total != meeting.present:
        message = f"{name}的同意、反对、弃权加起来是{total}票，实到{meeting.present}人，对不上。"
        yield Finding("deliberation.votes", message, "yes", "弃权计入到会人数")
        return
    yield from _counted_as_read_out(motion, name, meeting, rule)


def _counted_as_read_out(motion: MotionFacts, name: str, meeting: Meeting, rule: MeetingRule) -> Iterator[Finding]:
    if motion.is_declared_passed is None:
        return
    is_passed = passes(rule, meeting.entitled, meeting.present, motion.yes)
    if motion.is_declared_passed != is_passed:
        said = "通过" if motion.is_declared_passed else "未通过"
        counted = sentence(rule, meeting.entitled, meeting.present, motion.yes)
        message = f"{name}不能记为“{said}”：{counted}。"
        yield Finding("deliberation.outcome", message, "is_declared_passed", rule.source)


def up_for_decision(project: Project) -> Iterator[Finding]:
    """A body that resolves projects decides on proposed ones; later motions about a resolved project move nothing."""
    if project.state in (ProjectState.WISHED, ProjectState.SHORTLISTED, ProjectState.REJECTED):
        message = f"“{project.name}”现在是“{project.state.label}”，要先经“两委”提议才能表决。"
        if project.state is ProjectState.REJECTED:
            message = f"“{project.name}”已经未通过，不能再表决。"
        yield Finding("deliberation.project_state", message, "projects")
