"""How long a post is held and what it costs by its standards: months of base pay, quarters of performance pay."""

from datetime import date

from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Post


def months_of(first: date, last: date) -> int:
    """Return how many calendar months a term touches, 0 when it ends before it begins."""
    return max(12 * (last.year - first.year) + last.month - first.month + 1, 0) if last >= first else 0


def quarters_of(first: date, last: date) -> int:
    """Return how many quarters a term touches, 0 when it ends before it begins."""
    if last < first:
        return 0
    return 4 * (last.year - first.year) + (last.month - 1) // 3 - (first.month - 1) // 3 + 1


def cost_of(post: Post, year: int) -> int:
    """Return in fen what a post costs at most in a year, by its standards: every month and quarter it is held in."""
    first, last = _held_in(post, year)
    return post.base_fen * months_of(first, last) + post.performance_fen * quarters_of(first, last)


def cost_words(post: Post, year: int) -> str:
    """Return the arithmetic of ``cost_of``: 500.00元×10个月＋600.00元×4个季度＝7,400.00元."""
    first, last = _held_in(post, year)
    parts = []
    if post.base_fen:
        parts.append(f"{yuan(post.base_fen)}元×{months_of(first, last)}个月")
    if post.performance_fen:
        parts.append(f"{yuan(post.performance_fen)}元×{quarters_of(first, last)}个季度")
    return f"{'＋'.join(parts) or '没有报酬'}＝{yuan(cost_of(post, year))}元"


def is_held(post: Post, first: date, last: date) -> bool:
    """Tell whether a post is held on some day from ``first`` to ``last``."""
    return post.first_day <= last and (post.last_day is None or post.last_day >= first)


def _held_in(post: Post, year: int) -> tuple[date, date]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return max(post.first_day, first), min(post.last_day or last, last)
