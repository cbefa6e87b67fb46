import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.works import DATA, facts
from villagedesk.deliberation import rules
from villagedesk.deliberation.model import Attendance, Meeting, MotionFacts, Presence
from villagedesk.kernel.findings import Finding
from villagedesk.projects.model import ProjectState
from villagedesk.village.profile import MeetingRule, Share, load

MEETINGS = load().meetings
REPRESENTATIVES = MEETINGS["村民代表会议"]
TODAY = date(2026, 12, 1)
MEETING = Meeting(
    body_id="b",
    basis="村民代表会议",
    number="1",
    held_on=date(2026, 2, 10),
    place="村委会",
    chair="赵主任",
    recorder="李会计",
    entitled=60,
    present=43,
)
MOTION = MotionFacts("审议项目", 22, 15, 6)

with (DATA / "votes-worked.csv").open(encoding="utf-8") as _file:
    WORKED = list(csv.DictReader(_file))


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", WORKED, ids=lambda row: "-".join(row.values()))
def test_every_worked_vote_comes_out_right(row: dict[str, str]) -> None:
    rule = MEETINGS[row["body"]]
    entitled, present, yes = int(row["composition"]), int(row["present"]), int(row["yes"])
    assert rules.quorum_met(rule, entitled, present) is (row["quorum_met"] == "1")
    assert rules.passes(rule, entitled, present, yes) is (row["passed"] == "1")
    motion = MotionFacts("议题", yes, int(row["no"]), int(row["abstain"]))
    meeting = replace(MEETING, basis=row["body"], entitled=entitled, present=present)
    assert not list(rules.sound_motion(motion, 1, meeting, rule))


def test_there_are_seventeen_worked_votes() -> None:
    assert len(WORKED) == 17


@pytest.mark.parametrize(
    ("basis", "entitled", "present", "yes", "sentence"),
    [
        ("村民代表会议", 60, 43, 22, "应到60人，实到43人，达到三分之二；同意22票，超过到会人数半数，通过"),
        ("村民代表会议", 60, 40, 20, "应到60人，实到40人，达到三分之二；同意20票，未超过到会人数半数，未通过"),
        ("村民代表会议", 60, 39, 39, "应到60人，实到39人，未达到三分之二，会议无效"),
        ("村民会议-成年人", 1000, 501, 251, "应到1000人，实到501人，超过半数；同意251票，超过到会人数半数，通过"),
        ("村民会议-成年人", 1000, 500, 500, "应到1000人，实到500人，未超过半数，会议无效"),
        ("党员大会", 33, 22, 17, "应到33人，实到22人，达到三分之二；同意17票，超过应到人数半数，通过"),
        ("党员大会", 33, 22, 16, "应到33人，实到22人，达到三分之二；同意16票，未超过应到人数半数，未通过"),
        ("成员大会", 300, 200, 200, "应到300人，实到200人，达到三分之二；同意200票，达到全体成员三分之二，通过"),
        ("成员大会", 300, 260, 199, "应到300人，实到260人，达到三分之二；同意199票，未达到全体成员三分之二，未通过"),
    ],
)
def test_the_outcome_is_read_out_in_a_sentence(
    basis: str, entitled: int, present: int, yes: int, sentence: str
) -> None:
    assert rules.sentence(MEETINGS[basis], entitled, present, yes) == sentence


def test_two_thirds_of_those_present_is_worded_too() -> None:
    rule = replace(REPRESENTATIVES, passes=Share(Fraction(2, 3), is_strict=False))
    assert rules.sentence(rule, 60, 45, 30).endswith("同意30票，达到到会人数三分之二，通过")


shares = st.builds(
    Share,
    st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
    is_strict=st.booleans(),
    of_entitled=st.booleans(),
)


@given(quorum=shares, carried=shares, data=st.data())
def test_votes_are_counted_as_fractions_never_rounded(quorum: Share, carried: Share, data: st.DataObject) -> None:
    entitled = data.draw(st.integers(1, 5000))
    present = data.draw(st.integers(0, entitled))
    yes = data.draw(st.integers(0, present))
    rule = MeetingRule("任意", quorum, carried, "来源", TODAY)
    come = Fraction(present, entitled)
    is_quorate = come > quorum.fraction if quorum.is_strict else come >= quorum.fraction
    whole = entitled if carried.of_entitled else present
    wanted = carried.fraction * whole
    is_carried = Fraction(yes) > wanted if carried.is_strict else Fraction(yes) >= wanted
    assert rules.quorum_met(rule, entitled, present) is is_quorate
    assert rules.passes(rule, entitled, present, yes) is (is_quorate and is_carried)
    sentence = rules.sentence(rule, entitled, present, yes)
    assert sentence.endswith("，通过") is (is_quorate and is_carried)
    assert sentence.endswith("，会议无效") is not is_quorate


@given(st.sampled_from(sorted(MEETINGS)), st.integers(1, 3000), st.data())
def test_one_more_yes_never_undoes_a_decision(basis: str, entitled: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(1, entitled))
    yes = data.draw(st.integers(0, present - 1))
    rule = MEETINGS[basis]
    assert rules.passes(rule, entitled, present, yes) <= rules.passes(rule, entitled, present, yes + 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": ""}, "deliberation.number"),
        ({"place": " "}, "deliberation.place"),
        ({"chair": ""}, "deliberation.chair"),
        ({"recorder": ""}, "deliberation.recorder"),
        ({"basis": "党员大会"}, "deliberation.basis"),
        ({"held_on": date(2026, 12, 2)}, "deliberation.future"),
        ({"entitled": 0, "present": 0}, "deliberation.entitled"),
        ({"present": 61}, "deliberation.present"),
        ({"present": -1}, "deliberation.present"),
    ],
)
def test_minutes_lack_nothing(changed: dict[str, Any], code: str) -> None:
    meeting = replace(MEETING, **changed)
    assert codes(rules.sound_meeting(meeting, ("村民代表会议",), TODAY)) == [code]


def test_sound_minutes_raise_nothing() -> None:
    assert not list(rules.sound_meeting(MEETING, ("村民代表会议",), TODAY))


def roll(present: int, absent: int) -> list[Attendance]:
    return [
        *(Attendance(meeting_id="", name=f"到{n}", presence=Presence.PRESENT) for n in range(present)),
        *(Attendance(meeting_id="", name=f"缺{n}", presence=Presence.ABSENT) for n in range(absent)),
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (roll(43, 17), []),
        (roll(43, 0), []),
        (roll(0, 17), []),
        ([], []),
        (roll(42, 17), ["deliberation.roll_present"]),
        (roll(43, 16), ["deliberation.roll_absent"]),
        ([Attendance(meeting_id="", name=" ", presence=Presence.OBSERVER)], ["deliberation.roll_name"]),
        (roll(1, 0) * 43, ["deliberation.roll_twice"]),
    ],
)
def test_a_roll_agrees_with_the_head_counts(lines: list[Attendance], found: list[str]) -> None:
    assert codes(rules.roll_agrees(MEETING, lines)) == found


@pytest.mark.parametrize(
    ("motion", "code"),
    [
        (replace(MOTION, subject=" "), "deliberation.subject"),
        (replace(MOTION, method="鼓掌"), "deliberation.method"),
        (replace(MOTION, yes=23), "deliberation.votes"),
        (replace(MOTION, yes=-1), "deliberation.votes"),
        (replace(MOTION, is_declared_passed=False), "deliberation.outcome"),
        (replace(MOTION, yes=20, no=17, is_declared_passed=True), "deliberation.outcome"),
    ],
)
def test_a_motion_adds_up_and_ends_as_it_is_counted(motion: MotionFacts, code: str) -> None:
    assert codes(rules.sound_motion(motion, 1, MEETING, REPRESENTATIVES)) == [code]


def test_a_motion_without_quorum_cannot_have_passed() -> None:
    few = replace(MEETING, present=39)
    said = MotionFacts("审议项目", 39, 0, 0, is_declared_passed=True)
    (finding,) = rules.sound_motion(said, 2, few, REPRESENTATIVES)
    assert finding.message == "第2项议题不能记为“通过”：应到60人，实到39人，未达到三分之二，会议无效。"
    assert not list(rules.sound_motion(replace(said, is_declared_passed=False), 2, few, REPRESENTATIVES))


def test_only_proposed_projects_are_up_for_decision() -> None:
    def found(state: ProjectState) -> list[Finding]:
        return list(rules.up_for_decision(replace(facts(), state=state)))

    assert codes(found(ProjectState.SHORTLISTED)) == ["deliberation.project_state"]
    assert found(ProjectState.REJECTED)[0].message == "“路灯维护”已经未通过，不能再表决。"
    assert found(ProjectState.PROPOSED) == found(ProjectState.RUNNING) == []
