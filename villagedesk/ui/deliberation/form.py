"""The form of a meeting: who met, how many came, what was voted on."""

from collections.abc import Sequence
from dataclasses import replace

from villagedesk.deliberation import store, usecases
from villagedesk.deliberation.model import Attendance, Meeting, Presence
from villagedesk.kernel.findings import Finding
from villagedesk.projects.model import Project, ProjectState
from villagedesk.projects.rules import names_in
from villagedesk.projects.store import projects_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.deliberation.motions import MotionsField
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import LongTextField, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village.model import RESOLVING_BODIES
from villagedesk.village.store import bodies, members, profile

_UNFINISHED = "deliberation.votes"
"""While votes are being typed each motion says itself what is missing."""
_OF_MOTIONS = frozenset({"subject", "method", "yes", "projects", "is_declared_passed"})


class MeetingForm(Form):
    """The form of a meeting. Choosing the body proposes its number, its rule and how many should come."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = profile(desk)
        self._known = {body.id: body for body in bodies(desk) if body.kind in self._rules.bases_of_body}
        today = today_of(desk)
        self._body = ChoiceField("body", "哪个组织开会", [Choice(body.id, body.name) for body in self._known.values()])
        self._basis = ChoiceField("basis", "人数按什么算", [])
        self._number = TextField("number", "会议编号")
        self._day = DateField("held_on", "开会日期", today=today)
        self._entitled = NumberField("entitled", "应到", unit="人")
        self._present = NumberField("present", "实到", unit="人")
        self._motions = MotionsField("motions", "议题和表决", _may_be_voted_on(desk))
        super().__init__(
            [
                (self._body, self._basis),
                (self._day, self._number),
                (TextField("place", "地点"), TextField("chair", "主持人"), TextField("recorder", "记录人")),
                (self._entitled, self._present),
                (
                    LongTextField("absent", "缺席人员", optional=True, lines=2, hint="姓名用顿号分开"),
                    LongTextField("observers", "列席人员", optional=True, lines=2, hint="姓名用顿号分开"),
                ),
                LongTextField("minutes", "会议内容", optional=True, lines=3, hint="方案、发言要点"),
                self._motions,
            ],
            save=self._record,
            check=self._findings,
            verb="登记会议",
        )
        self._begin()
        self._body.edited.connect(self._on_body)
        self._day.edited.connect(self._propose_number)
        for field in (self._basis, self._entitled, self._present):
            field.edited.connect(self._judge)

    def _begin(self) -> None:
        chosen = next((body for body in self._known.values() if body.kind in RESOLVING_BODIES), None)
        actor = self._desk.actor
        self.set_values(
            {
                "body": chosen and chosen.id,
                "held_on": self._desk.clock.now().date(),
                "place": "村委会会议室",
                "recorder": actor.name if actor else "",
            }
        )
        self._on_body()
        self._dirty = False

    def _on_body(self) -> None:
        body = self._known.get(self._body.value())
        if body is None:
            return
        bases = self._rules.bases_of_body[body.kind]
        self._basis.set_choices([Choice(basis, _basis_words(basis)) for basis in bases])
        self._basis.set_value(bases[0])
        self._entitled.set_value(len(members(self._desk, body.id)) or None)
        self._propose_number()
        self._judge()

    def _propose_number(self) -> None:
        body, day = self._known.get(self._body.value()), self._day.value()
        if body and day:
            self._number.set_value(store.next_number(self._desk, body.kind, day.year))

    def _judge(self) -> None:
        rule = self._rules.meetings.get(self._basis.value() or "")
        self._motions.judge(rule, int(self._entitled.value() or 0), int(self._present.value() or 0))

    def _findings(self, values: Values) -> Sequence[Finding]:
        for name, words in (("body", "请选哪个组织开会。"), ("held_on", "请填开会日期。")):
            if values[name] is None:
                return [Finding("form.missing", words, name)]
        for name, words in (("entitled", "请填应到人数。"), ("present", "请填实到人数。")):
            if values[name] is None:
                return [Finding("form.missing", words, name)]
        lines = [Attendance(meeting_id="", name=name, presence=presence) for name, presence in self._roll(values)]
        found = usecases.meeting_findings(self._desk, _meeting(values), lines, values["motions"])
        return [_placed(finding) for finding in found if self._tried or finding.code != _UNFINISHED]

    def _record(self, values: Values, _reason: str) -> Meeting:
        return usecases.record_meeting(self._desk, _meeting(values), self._roll(values), values["motions"])

    def _roll(self, values: Values) -> list[tuple[str, Presence]]:
        """Return the roll: those present too, when the body's members are all the people who should come."""
        absent, observers = names_in(values["absent"]), names_in(values["observers"])
        names = [member.name for member in members(self._desk, values["body"])]
        is_whole = len(names) == values["entitled"] and len(names) - len(absent) == values["present"]
        present = [name for name in names if name not in absent] if is_whole and absent <= set(names) else []
        return [
            *((name, Presence.PRESENT) for name in present),
            *((name, Presence.ABSENT) for name in sorted(absent)),
            *((name, Presence.OBSERVER) for name in sorted(observers)),
        ]


def _meeting(values: Values) -> Meeting:
    return Meeting(
        body_id=values["body"],
        basis=values["basis"] or "",
        number=values["number"],
        held_on=values["held_on"],
        place=values["place"],
        chair=values["chair"],
        recorder=values["recorder"],
        entitled=values["entitled"],
        present=values["present"],
        minutes=values["minutes"],
    )


def _may_be_voted_on(desk: Desk) -> list[Project]:
    closed = (ProjectState.WISHED, ProjectState.REJECTED, ProjectState.ASSESSED)
    year = desk.clock.now().year
    return [each.project for each in projects_of(desk, year) if each.project.state not in closed]


def _basis_words(basis: str) -> str:
    return {"村民会议-户代表": "按户代表", "村民会议-成年人": "按成年村民"}.get(basis, basis)


def _placed(finding: Finding) -> Finding:
    """Put a finding beside the field the form has for it."""
    if finding.field in _OF_MOTIONS:
        return replace(finding, field="motions")
    return replace(finding, field="absent") if finding.field == "roll" else finding
