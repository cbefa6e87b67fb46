"""A pay sheet made elsewhere, held to the rules of one that is made here: what it pays, and what stands against it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Payroll, PayrollKind, PayrollLine
from villagedesk.payments.paysheet import PaySheet, PaySheetLine
from villagedesk.payments.rules import taken_once
from villagedesk.payroll import rules, store
from villagedesk.payroll.runs import Run
from villagedesk.projects.model import Post
from villagedesk.projects.store import assessment_of
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import plain

REASON = "reason"
"""Under which a written reason for what passes only with one is told with the way a file is read."""

_PERFORMANCE = re.compile(r"绩效|考核性?(?:报酬|奖|工资|补贴|补助|津贴|兑现|金(?!额))|奖励性(?:报酬|工资|补贴|补助)")
_NOT_HERE = re.compile(
    r"(?:不含|不包括|未含|除)[^,;、()]{0,4}绩效[^,;、()]{0,2}|绩效[^,;、()]{0,6}(?:另发|另行|另计|另表|除外)"
)
"""Words by which a sheet says that performance pay stands elsewhere."""
_ALSO = ("基本报酬", "基本工资", "基础报酬", "基础工资", "岗位工资")
PERFORMANCE_NOTE = "表上写着“绩效”或“考核”的报酬，按绩效报酬导入：当季度没有考核的人不能发。"


def pays_performance(words: Iterable[str]) -> bool:
    """Tell whether a sheet's title, heads or names say that it pays for an assessed quarter, alone or with base pay."""
    return any(_PERFORMANCE.search(_NOT_HERE.sub("", plain(word))) for word in words)


def kind_of(words: Sequence[str]) -> PayrollKind:
    """Return what a sheet pays by its words: performance pay alone, or whatever it is as it came."""
    is_mixed = any(mark in word for word in words for mark in _ALSO)
    return PayrollKind.PERFORMANCE if pays_performance(words) and not is_mixed else PayrollKind.IMPORTED


def run_of(desk: Desk, sheet: PaySheet, project_id: str, words: Sequence[str]) -> Run:
    """Return a sheet as a run; who is paid for an assessed quarter has their post and its assessment on their line.

    Either the whole sheet says so or the note beside somebody's amount.
    """
    wanted = pays_performance(words)
    return Run(
        project_id=project_id,
        kind=kind_of(words),
        period=sheet.period,
        title=sheet.title,
        sheet_date=sheet.sheet_date,
        lines=tuple(
            _assessed(desk, sheet.period, project_id, _line(one))
            if wanted or pays_performance([one.note])
            else _line(one)
            for one in sheet.lines
        ),
    )


def import_findings(desk: Desk, run: Run, words: Sequence[str], digest: str) -> list[Finding]:
    """Return all that stands against taking a sheet in, beside what its rows say themselves.

    The same rules as for a sheet that is made here, over the sheets of all projects; and it comes in once.
    """
    known = store.living_sheets(desk, run.period.year)
    findings = list(_once_in(run, known, digest))
    if findings:
        return findings
    findings += rules.begun(run, desk.clock.now().date())
    lines = run.lines if pays_performance(words) else tuple(one for one in run.lines if pays_performance([one.note]))
    if lines:
        findings += rules.of_a_quarter(run, desk.clock.now().date())
        findings += rules.assessed(replace(run, lines=lines))
    return findings + list(rules.once(run, known))


def _once_in(run: Run, known: Sequence[tuple[Payroll, Sequence[PayrollLine]]], digest: str) -> list[Finding]:
    """A file comes in once for a period, and nobody by two sheets of a kind for a project."""
    people = {line.person_id for line in run.lines}
    for payroll, lines in known:
        is_same = (payroll.project_id, payroll.period, payroll.kind) == (run.project_id, str(run.period), run.kind)
        if is_same and payroll.import_id and people & {line.person_id for line in lines}:
            return list(taken_once(f"{run.period.label}的发放表", is_taken=True))
        if payroll.source_id == digest and rules.overlap(run.period, Period.parse(payroll.period)):
            return list(taken_once(f"这个文件（“{payroll.title}”）", is_taken=True))
    return []


def _line(line: PaySheetLine) -> PayrollLine:
    return PayrollLine(
        payroll_id="",
        place=line.place,
        person_id=line.person.id,
        name=line.person.name,
        area=line.area,
        account=line.account,
        amount_fen=line.amount_fen,
        note=line.note,
    )


def _assessed(desk: Desk, period: Period, project_id: str, line: PayrollLine) -> PayrollLine:
    """Return a line with the post it is for and its assessment, without one while a post of theirs has none."""
    held = [post for post in store.posts_in(desk, project_id, period) if post.person_id == line.person_id]
    visits = [assessment_of(desk, post, Period.quarter_of(period.last)) for post in held]
    inspection = visits[-1] if all(visits) and visits else None
    return replace(line, post_id=_only(held), inspection_id=inspection.id if inspection else None)


def _only(held: Sequence[Post]) -> str | None:
    return held[0].id if len(held) == 1 else None
