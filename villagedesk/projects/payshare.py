"""Base pay against performance pay of a post: what is paid whatever the score, and what hangs on it, a quarter."""

from fractions import Fraction

from villagedesk.kernel.money import yuan
from villagedesk.projects.bands import times
from villagedesk.projects.model import Post
from villagedesk.village.workrules import BandRule, PayShareRule, in_percent

_MONTHS = 3
_NEAR_FEN = 100
"""Standards are agreed in whole yuan: by less than one of them a split is still the rule's."""


def secured_fen(post: Post, bands: BandRule) -> Fraction:
    """Return what a post is paid in a quarter whatever the score, in fen: base pay, and the bands' fixed share.

    Without bands the score changes nothing: all of it is.
    """
    fixed = bands.fixed if bands.key else Fraction(1)
    return _MONTHS * post.base_fen + fixed * post.performance_fen


def performance_for(base_fen: int, bands: BandRule, rule: PayShareRule) -> int | None:
    """Return the quarter's performance pay in fen that splits a post's pay by the rule; None when no sum does."""
    if not bands.key or rule.base <= bands.fixed:
        return None
    return times(_MONTHS * base_fen, (1 - rule.base) / (rule.base - bands.fixed))


def follows(post: Post, bands: BandRule, rule: PayShareRule) -> bool:
    """Tell whether a post's pay is split as the rule says, to less than a yuan."""
    whole = _MONTHS * post.base_fen + post.performance_fen
    proper = performance_for(post.base_fen, bands, rule)
    if proper is None:
        return secured_fen(post, bands) == rule.base * whole
    return abs(post.performance_fen - proper) < _NEAR_FEN


def share_told(post: Post, bands: BandRule, rule: PayShareRule) -> str:
    """Return how a post's pay is split, by what the rule says it should be, with the arithmetic."""
    whole, secured = _MONTHS * post.base_fen + post.performance_fen, secured_fen(post, bands)
    part = Fraction(secured, whole) if whole else Fraction(0)
    hundredths = times(10_000, part)
    shown = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    words = (
        f"每季度共{yuan(whole)}元，其中不看得分的{yuan(times(1, secured))}元，占{shown}%；"
        f"规则是{in_percent(rule.base)}对{in_percent(1 - rule.base)}"
    )
    proper = performance_for(post.base_fen, bands, rule)
    return f"{words}，绩效应是每季度{yuan(proper)}元" if proper else words
