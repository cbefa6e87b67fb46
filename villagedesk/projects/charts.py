"""Projects to look at, on the wall and in the window: wishes, budgets and what is used of them, what people say."""

from collections.abc import Iterable
from dataclasses import dataclass

from villagedesk.kernel.money import yuan
from villagedesk.kernel.shares import percent, portions, share
from villagedesk.projects.budget import BudgetRow
from villagedesk.projects.figures import WishCount
from villagedesk.projects.model import Survey
from villagedesk.reports.sheet import Bar, Chart

ANSWERS = ("好", "中", "差", "没表态")


@dataclass(frozen=True, slots=True)
class Use:
    """A project's budget and what is paid of it, in fen."""

    name: str
    budget_fen: int
    paid_fen: int


def wishes_chart(wishes: Iterable[WishCount], caption: str = "") -> Chart:
    """Return how many households wish each item first, second and third."""
    bars = (Bar(wish.item, (wish.first, wish.second, wish.third), f"{wish.households}户") for wish in wishes)
    return Chart(("第一意愿", "第二意愿", "第三意愿"), tuple(bars), caption)


def used_chart(uses: Iterable[Use], caption: str = "") -> Chart:
    """Return how much of each project's budget is paid; what went beyond it stands in the words."""
    bars = (
        Bar(use.name, (paid, max(use.budget_fen - use.paid_fen, 0)), f"用了{share(paid, use.budget_fen)}")
        for use in uses
        for paid in (max(use.paid_fen, 0),)
    )
    return Chart(("已支出", "未支出"), tuple(bars), caption)


def budget_chart(use: Use, pending: tuple[str, int] | None = None) -> Chart:
    """Return one budget: what is paid of it and what is left; ``pending`` names what will be paid next, in fen."""
    name, fen = pending or ("", 0)
    paid = max(use.paid_fen, 0)
    parts = {"已付": paid, name: max(fen, 0), "还剩": max(use.budget_fen - paid - fen, 0)}
    shown = {word: part for word, part in parts.items() if word}
    return Chart(tuple(shown), (Bar(use.name, tuple(shown.values()), f"已付{share(paid, use.budget_fen)}"),))


def satisfaction_chart(surveys: Iterable[tuple[str, Survey]], caption: str = "") -> Chart:
    """Return what part of those asked said 好, 中, 差 or nothing; each survey comes with its label."""
    shares = ((label, portions(answers(survey))) for label, survey in surveys)
    return Chart(ANSWERS, tuple(Bar(label, parts, f"好{percent(parts[0])}") for label, parts in shares), caption)


def answers(survey: Survey) -> tuple[int, int, int, int]:
    """Return how many gave each of the ``ANSWERS``."""
    return survey.good, survey.fair, survey.poor, survey.asked - survey.good - survey.fair - survey.poor


def budget_chart_of(rows: Iterable[BudgetRow], caption: str = "") -> Chart:
    """Return each budget in force: paid, under way, signed beyond both, free; an overdraft stands in the words."""
    bars = []
    for row in rows:
        paid, reviewing = max(row.paid_fen, 0), max(row.reviewing_fen, 0)
        signed = max(row.contracted_fen - paid - reviewing, 0)
        free = max(row.in_force_fen - paid - reviewing - signed, 0)
        text = f"还可用{yuan(row.left_fen)}元" if row.left_fen >= 0 else f"超出{yuan(-row.left_fen)}元"
        bars.append(Bar(row.project.name, (paid, reviewing, signed, free), text))
    return Chart(("已付", "正在报账", "合同未付", "未安排"), tuple(bars), caption)
