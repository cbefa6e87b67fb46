"""A meeting to read: who came, what was voted on, and the sentence that was read out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.deliberation import rules, store
from villagedesk.deliberation.charts import votes_chart
from villagedesk.deliberation.model import Meeting, Motion, Presence
from villagedesk.kernel.dates import chinese_date
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.store import officer_name, profile

_MOST_LINKS = 3


class MeetingRecord(Detail):
    """One meeting as a column of cards. ``go_to`` shows a project."""

    def __init__(self, desk: Desk, meeting_id: str, go_to: Callable[[str], object]) -> None:
        super().__init__()
        self.meeting = desk.get(Meeting, meeting_id)
        meeting, rule = self.meeting, profile(desk).meetings[self.meeting.basis]
        is_valid = rules.quorum_met(rule, meeting.entitled, meeting.present)
        motions, projects = store.motions_of(desk, meeting_id), store.projects_of_motions(desk, meeting_id)
        state = ("人数够，会议有效", Tone.GOOD) if is_valid else ("人数不够，会议无效", Tone.BAD)
        title = f"{store.body_of(desk, meeting).name}　{chinese_date(meeting.held_on)}"
        self.title(title, state, *_outcomes(motions))
        if motions:
            self.section("表决情况", ChartView(votes_chart((motion.number, motion) for motion in motions)))
        for motion in motions:
            shown = MotionView(motion, projects.get(motion.id, []), go_to)
            self.section(f"第{motion.number}项　{motion.subject}", shown)
        self.facts(self._facts(desk), title="会议记录")
        self.callout(
            f"{rules.quorum_sentence(rule, meeting.entitled, meeting.present)}。{rule.source}。", title="人数依据"
        )
        self.done()

    def _facts(self, desk: Desk) -> list[Fact]:
        meeting = self.meeting
        roll = store.roll_of(desk, meeting.id)
        facts = [
            Fact("地点", meeting.place),
            Fact("主持人", meeting.chair),
            Fact("记录人", meeting.recorder),
            Fact("应到", f"{meeting.entitled}人"),
            Fact("实到", f"{meeting.present}人"),
            Fact("登记", officer_name(desk, meeting.recorded_by)),
        ]
        for presence in (Presence.ABSENT, Presence.OBSERVER, Presence.PRESENT):
            names = [line.name for line in roll if line.presence is presence]
            if names:
                facts.append(Fact(f"{presence.label}（{len(names)}人）", "、".join(names), wide=True))
        if meeting.minutes:
            facts.append(Fact("会议内容", meeting.minutes, wide=True))
        return facts


class MotionView(QWidget):
    """A motion: its outcome and how it is counted, its votes, its projects."""

    def __init__(self, motion: Motion, projects: list[Project], go_to: Callable[[str], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(10))
        head = QHBoxLayout()
        head.setSpacing(gap(12))
        head.addWidget(Badge("通过" if motion.is_passed else "未通过", Tone.GOOD if motion.is_passed else Tone.BAD))
        head.addWidget(label(f"{motion.arithmetic}。", "value", wrap=True, selectable=True), 1)
        column.addLayout(head)
        words = f"{motion.method}表决：同意{motion.yes}票，反对{motion.no}票，弃权{motion.abstain}票"
        column.addLayout(_foot(words, projects, go_to))


def _outcomes(motions: list[Motion]) -> list[tuple[str, Tone]]:
    passed = sum(motion.is_passed for motion in motions)
    counted = ((passed, "通过", Tone.GOOD), (len(motions) - passed, "未通过", Tone.BAD))
    return [(f"{words}{count}项", tone) for count, words, tone in counted if count]


def _foot(words: str, projects: list[Project], go_to: Callable[[str], object]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(gap(10))
    line.addWidget(label(words, "small"), 1)
    if len(projects) > _MOST_LINKS:
        line.addWidget(label(f"涉及{len(projects)}个项目", "small"))
        return line
    for project in projects:
        link = button(f"{project.name} ›", lambda project_id=project.id: go_to(project_id), kind="link")  # type: ignore[misc]
        link.setAccessibleName(f"看项目：{project.name}")
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignRight)
    return line
