"""What a person does to record how the village deliberated: scores taken in, meetings with their votes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from villagedesk.deliberation import rules, store
from villagedesk.deliberation.model import Attendance, Meeting, Motion, MotionFacts, MotionProject, Presence
from villagedesk.deliberation.scoresheet import score_lines
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding, blocks
from villagedesk.kernel.progress import Progress
from villagedesk.projects import rules as project_rules
from villagedesk.projects import store as project_store
from villagedesk.projects.model import Project, ProjectState, Step
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import RESOLVING_BODIES, Body, Role
from villagedesk.village.profile import MeetingRule

COUNCIL = "议事会"


def import_scores(desk: Desk, path: Path, year: int, progress: Progress | None = None) -> int:
    """Take in the council's ballots about a year's projects, all of them or nothing; projects are matched by name.

    Returns how many ballots were taken. Raises BadInput with problems by row and column.
    """
    acting(desk, Role.ACCOUNTANT)
    council = village_store.body_of_kind(desk, COUNCIL)
    members = {member.name for member in village_store.members(desk, council.id)} if council else set()
    known = {(score.project_id, score.member) for score in store.scores_of_year(desk, year)}
    scores = score_lines(read_grid(path), project_store.projects_by_name(desk, year), members, known)
    progress = progress or Progress()
    progress.start("导入量分票", len(scores))
    with desk.change("deliberation.scores.imported", reason=path.name) as change:
        for score in scores:
            progress.step()
            change.put(score)
    return len(scores)


def meeting_findings(
    desk: Desk, meeting: Meeting, roll: Sequence[Attendance], motions: Sequence[MotionFacts]
) -> list[Finding]:
    """Return all that stands against recording a meeting, for the form and for recording alike."""
    profile = village_store.profile(desk)
    body = desk.get(Body, meeting.body_id)
    bases = profile.bases_of_body.get(body.kind, ())
    findings = list(rules.sound_meeting(meeting, bases, desk.clock.now().date()))
    if store.meeting_numbered(desk, meeting.number):
        findings.append(Finding("deliberation.number", f"已经有编号“{meeting.number}”的会议记录。", "number"))
    findings += rules.roll_agrees(meeting, roll)
    if not motions and not meeting.minutes.strip():
        findings.append(Finding("deliberation.empty", "请至少写一项议题，或写上会议内容。", "minutes"))
    rule = profile.meetings.get(meeting.basis)
    if rule is None or meeting.basis not in bases:
        return findings
    for number, motion in enumerate(motions, 1):
        findings += rules.sound_motion(motion, number, meeting, rule)
    resolves = body.kind in RESOLVING_BODIES
    if resolves and not blocks(findings) and rules.quorum_met(rule, meeting.entitled, meeting.present):
        findings += _project_findings(desk, meeting, motions, rule)
    return findings


def record_meeting(
    desk: Desk, meeting: Meeting, roll: Sequence[tuple[str, Presence]] = (), motions: Sequence[MotionFacts] = ()
) -> Meeting:
    """Record a meeting with its roll and its votes; none of it changes again.

    Whether a motion passed is counted here. When the body is one that resolves projects, a motion it passed takes
    the motion's proposed projects to 会议决议, one it voted down to 未通过; a meeting without a quorum moves nothing.
    ``meeting`` may leave ``profile_version`` and ``recorded_by`` empty. Raises RuleViolation.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    profile = village_store.profile(desk)
    meeting = replace(meeting, profile_version=profile.version, recorded_by=actor.id)
    lines = [Attendance(meeting_id="", name=name, presence=presence) for name, presence in roll]
    stop_at(meeting_findings(desk, meeting, lines, motions))
    rule = profile.meetings[meeting.basis]
    resolves = desk.get(Body, meeting.body_id).kind in RESOLVING_BODIES
    with desk.change("deliberation.meeting.recorded") as change:
        meeting = change.put(meeting)
        change.put_all(replace(line, meeting_id=meeting.id) for line in lines)
        for number, facts in enumerate(motions, 1):
            motion = change.put(_motion(meeting, facts, number, rule))
            change.put_all(MotionProject(motion_id=motion.id, project_id=each) for each in facts.project_ids)
            if resolves and rules.quorum_met(rule, meeting.entitled, meeting.present):
                _move_projects(desk, change, meeting, motion, facts)
    return meeting


def _motion(meeting: Meeting, facts: MotionFacts, number: int, rule: MeetingRule) -> Motion:
    return Motion(
        meeting_id=meeting.id,
        number=number,
        subject=facts.subject.strip(),
        method=facts.method,
        yes=facts.yes,
        no=facts.no,
        abstain=facts.abstain,
        is_passed=rules.passes(rule, meeting.entitled, meeting.present, facts.yes),
        arithmetic=rules.sentence(rule, meeting.entitled, meeting.present, facts.yes),
    )


def _move_projects(desk: Desk, change: Change, meeting: Meeting, motion: Motion, facts: MotionFacts) -> None:
    state = ProjectState.RESOLVED if motion.is_passed else ProjectState.REJECTED
    note = f"{meeting.number}第{motion.number}项议题：{motion.arithmetic}"
    for project_id in facts.project_ids:
        project = desk.get(Project, project_id)
        if project.state is ProjectState.PROPOSED:
            change.put(
                Step(project_id=project.id, state=state, taken_on=meeting.held_on, note=note, taken_by=change.actor_id)
            )
            change.put(replace(project, state=state))


def _project_findings(
    desk: Desk, meeting: Meeting, motions: Sequence[MotionFacts], rule: MeetingRule
) -> Iterator[Finding]:
    """Judge the projects on the agenda; the budgets passed earlier at the same meeting are counted in."""
    passed_fen: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    for motion in motions:
        state = _outcome(meeting, motion, rule)
        for project in (desk.get(Project, project_id) for project_id in motion.project_ids):
            if project.id in seen:
                yield Finding("deliberation.project_twice", f"“{project.name}”在议题里列了不止一次。", "projects")
            seen.add(project.id)
            yield from rules.up_for_decision(project)
            if project.state is ProjectState.PROPOSED:
                fund_id = project.fund_id or ""
                evidence = project_store.evidence_of(desk, project, meeting.held_on)
                evidence = replace(
                    evidence, has_motion=True, committed_fen=evidence.committed_fen + passed_fen[fund_id]
                )
                yield from project_rules.may_step(project, state, meeting.held_on, evidence, note=motion.subject)
                passed_fen[fund_id] += project.budget_fen if state is ProjectState.RESOLVED else 0


def _outcome(meeting: Meeting, motion: MotionFacts, rule: MeetingRule) -> ProjectState:
    is_passed = rules.passes(rule, meeting.entitled, meeting.present, motion.yes)
    return ProjectState.RESOLVED if is_passed else ProjectState.REJECTED
