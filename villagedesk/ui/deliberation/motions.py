"""The motions of a meeting to fill in: subject, votes, projects; the sentence is counted while one types."""

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.deliberation import rules
from villagedesk.deliberation.model import METHODS, MotionFacts
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import Field, NumberField, TextField
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, Tone, gap, ink, styled
from villagedesk.village.profile import MeetingRule

_ALL = "all"


class MotionsField(Field):
    """A meeting's motions, as many as there were. ``value`` is a tuple of MotionFacts."""

    effort = 2

    def __init__(self, name: str, title: str, projects: Sequence[Project]) -> None:
        """``projects`` may be voted on; those that are proposed stand first."""
        self._proposed = [project for project in projects if project.state is ProjectState.PROPOSED]
        self._projects = [*self._proposed, *(project for project in projects if project not in self._proposed)]
        self._rule: MeetingRule | None = None
        self._entitled = self._present = 0
        self._cards: list[MotionCard] = []
        inside = QWidget()
        super().__init__(name, title, inside)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(12))
        more = QHBoxLayout()
        self._more = button("加一项议题", lambda: self.add().setFocus(), icon="plus")
        more.addWidget(self._more)
        if self._proposed:
            more.addWidget(button(f"给{len(self._proposed)}个已提议的项目各加一项", self.add_proposed, icon="list"))
        more.addStretch(1)
        self._column.addLayout(more)
        self.setFocusProxy(self._more)

    def value(self) -> tuple[MotionFacts, ...]:
        """Return the motions as they stand."""
        return tuple(card.facts() for card in self._cards)

    def set_value(self, value: Any) -> None:
        """Begin with no motion; other contents cannot be put in."""
        del value
        for card in list(self._cards):
            self._remove(card)

    def typed(self) -> Typed:
        """Return each motion as it was typed."""
        return [json.dumps(card.typed(), ensure_ascii=False) for card in self._cards]

    def retype(self, typed: Typed) -> None:
        """Put the motions back; a project that may not be voted on any more is left out."""
        self.set_value(None)
        for words in typed if isinstance(typed, list) else []:
            self.add().retype(_read(words))

    def fault(self) -> str:
        """Return the first motion's number that is no number."""
        return next((fault for card in self._cards if (fault := card.fault())), "")

    def judge(self, rule: MeetingRule | None, entitled: int, present: int) -> None:
        """Count by another rule or other heads."""
        self._rule, self._entitled, self._present = rule, entitled, present
        for card in self._cards:
            card.judge(rule, entitled, present)

    def add(self, subject: str = "", projects: object = None) -> "MotionCard":
        """Add an empty motion, or one with a subject and a project."""
        choices = [Choice(project.id, project.name, project.state.label) for project in self._projects]
        if len(self._proposed) > 1:
            choices.insert(0, Choice(_ALL, f"全部{len(self._proposed)}个已提议的项目"))
        card = MotionCard(choices, [project.id for project in self._proposed])
        card.fill(subject, projects)
        card.edited.connect(self.edited.emit)
        card.removed.connect(lambda: self._remove(card))
        self._column.insertWidget(len(self._cards), card)
        self._cards.append(card)
        self._number()
        card.judge(self._rule, self._entitled, self._present)
        self.edited.emit()
        return card

    def add_proposed(self) -> None:
        """Add a motion for each proposed project that none is about yet."""
        taken = {project_id for card in self._cards for project_id in card.facts().project_ids}
        for project in self._proposed:
            if project.id not in taken:
                self.add(f"审议“{project.name}”项目", project.id)

    def _remove(self, card: "MotionCard") -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._number()
        self.edited.emit()

    def _number(self) -> None:
        for number, card in enumerate(self._cards, 1):
            card.set_number(number)


def _read(words: str) -> dict[str, Typed]:
    """Return what ``typed`` of a motion returned, nothing where it cannot be read."""
    try:
        found = json.loads(words)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class MotionCard(QFrame):
    """One motion. Its sentence says at once how it ends, or how many votes are missing."""

    edited = Signal()
    removed = Signal()

    def __init__(self, projects: Sequence[Choice], proposed: Sequence[str]) -> None:
        super().__init__()
        styled(self, "motion")
        self.setStyleSheet(
            f"#motion {{ background: {Colour.SUNK}; border: 1px solid {Colour.LINE}; border-radius: 8px; }}"
        )
        self._proposed = tuple(proposed)
        self._rule: MeetingRule | None = None
        self._entitled = self._present = 0
        self._head = label(name="fieldName")
        self.subject = TextField("subject", "议题", sample="如：审议路灯维护项目")
        self.yes = NumberField("yes", "同意", unit="票")
        self.no = NumberField("no", "反对", unit="票")
        self.abstain = NumberField("abstain", "弃权", unit="票")
        self.method = ChoiceField("method", "表决方式", [Choice(method, method) for method in METHODS])
        self.projects = ChoiceField("projects", "涉及项目", projects, optional=True, sample="与项目无关")
        self._sentence = label(wrap=True)
        self._lay_out()
        self._fields = (self.subject, self.yes, self.no, self.abstain, self.method, self.projects)
        for field in self._fields:
            field.edited.connect(self._on_edited)
        self.setFocusProxy(self.subject)

    def fill(self, subject: str, projects: object) -> None:
        """Put in what is known already."""
        self.subject.set_value(subject)
        self.method.set_value(METHODS[0])
        self.no.set_value(0)
        self.abstain.set_value(0)
        self.projects.set_value(projects)

    def typed(self) -> dict[str, Typed]:
        """Return what stands in each field, as it was typed."""
        return {field.name: field.typed() for field in self._fields}

    def retype(self, typed: dict[str, Typed]) -> None:
        """Put back what ``typed`` returned."""
        for field in self._fields:
            field.retype(typed.get(field.name))
        self._say()

    def facts(self) -> MotionFacts:
        """Return the motion as it stands; an empty number counts as none."""
        chosen = self.projects.value()
        return MotionFacts(
            subject=self.subject.value(),
            yes=int(self.yes.value() or 0),
            no=int(self.no.value() or 0),
            abstain=int(self.abstain.value() or 0),
            method=self.method.value() or "",
            project_ids=self._proposed if chosen == _ALL else (chosen,) if chosen else (),
        )

    def fault(self) -> str:
        """Return why a number is none."""
        return self.yes.fault() or self.no.fault() or self.abstain.fault()

    def set_number(self, number: int) -> None:
        """Say which motion this is."""
        self._head.setText(f"第{number}项")
        self.setAccessibleName(f"第{number}项议题")

    def judge(self, rule: MeetingRule | None, entitled: int, present: int) -> None:
        """Count by another rule or other heads, and say how it ends."""
        self._rule, self._entitled, self._present = rule, entitled, present
        self._say()

    def _on_edited(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        words, tone = self._outcome()
        self._sentence.setText(words)
        self._sentence.setStyleSheet(f"color: {ink(tone)};")

    def _outcome(self) -> tuple[str, Tone]:
        facts = self.facts()
        total = facts.yes + facts.no + facts.abstain
        if self._rule is None or not self._entitled:
            return "先填会议的应到和实到人数。", Tone.QUIET
        if not rules.quorum_met(self._rule, self._entitled, self._present):
            return f"{rules.sentence(self._rule, self._entitled, self._present, 0)}。", Tone.BAD
        if total != self._present:
            gap_ = self._present - total
            missing = f"还差{gap_}票" if gap_ > 0 else f"多了{-gap_}票"
            return f"三样加起来{total}票，实到{self._present}人，{missing}。", Tone.QUIET
        is_passed = rules.passes(self._rule, self._entitled, self._present, facts.yes)
        words = rules.sentence(self._rule, self._entitled, self._present, facts.yes)
        return f"{words}。", Tone.GOOD if is_passed else Tone.BAD

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(button("去掉这一项", self.removed.emit, kind="flat", icon="close"))
        votes = QHBoxLayout()
        votes.setSpacing(gap(16))
        for field in (self.yes, self.no, self.abstain):
            votes.addWidget(field)
        votes.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(gap(24))
        below.addWidget(self.method, 1)
        below.addWidget(self.projects, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(16), gap(10), gap(16), gap(14))
        column.setSpacing(gap(12))
        column.addLayout(head)
        column.addWidget(self.subject)
        column.addLayout(below)
        column.addLayout(votes)
        column.addWidget(self._sentence)
