"""What must hold before a year's scores and ranking are kept."""

from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.projects.evaluation import Score
from villagedesk.projects.model import Evaluation


def may_evaluate(
    year: int, scores: Sequence[Score], kept: Sequence[Evaluation], missing: Sequence[tuple[str, str, str]], today: date
) -> Iterator[Finding]:
    """A year is evaluated once, when it is over or with a reason, and rests on something.

    ``missing`` are quarters that were not assessed, each with its subject's name and project.
    """
    if kept:
        message = f"{year}年已经考评过，结果不能再改。"
        yield Finding("projects.evaluated", message, "year")
        return
    if year > today.year:
        yield Finding("projects.year", f"{year}年还没有开始。", "year")
        return
    if not scores:
        yield Finding("projects.no_scores", f"{year}年还没有检查、考核或满意度调查，没有东西可以考评。", "year")
        return
    if today < date(year, 12, 31):
        message = f"{year}年还没有过完，考评后不能再改；确实要现在考评请写明原因。"
        yield Finding("projects.year_open", message, "year", severity=Severity.WARNING)
    for name, quarter, project_id in missing:
        message = f"{name}的{quarter}还没有考核，考评时就算不上这个季度。"
        yield Finding("projects.unassessed", message, "year", severity=Severity.WARNING, place=f"projects:{project_id}")
