"""Money as whole fen: read from what people type, shown as people write it."""

import re

from villagedesk.kernel.halfwidth import half_width

FEN_PER_YUAN = 100
LARGEST_FEN = 999_999_999_999
"""9 999 999 999.99 yuan: ten digits before the point, the widest amount a subsidy roster holds."""

_SIGN = r"(?:[￥¥] ?(?P<after>-)?|(?P<before>-)[￥¥]? ?)?"
_WHOLE = r"(?:0*(?P<plain>[0-9]+)|(?P<parted>[1-9][0-9]{0,2}(?:(?P<by>[, ])[0-9]{3})(?:(?P=by)[0-9]{3})*))"
_FIGURES = re.compile(rf"{_SIGN}{_WHOLE}(?:\.(?P<rest>[0-9]{{1,2}}))? ?(?:[元圆][整正]?|[￥¥])?")
_SPOKEN = re.compile(rf"{_SIGN}{_WHOLE}[元圆](?:(?P<jiao>[0-9])角(?:(?P<fen>[0-9])分)?|零?(?P<cents>[0-9])分)")
_MARKS = re.compile("[￥¥元圆角分, ]")
_BARE = re.compile(r"-?[0-9]+(?:\.[0-9]{1,2})?")
_LONGEST = 10


def parse_yuan(written: str | int | float) -> int:
    """Return fen for an amount of yuan as typed or read from a sheet: ``"￥4,085.42"`` → 408542.

    Full-width figures are understood, ￥ before or 元 behind, commas or blanks between groups of three figures, and
    12元5角3分. A number from a sheet counts with the 15 digits a sheet itself shows (960.3000000000001 is 960.30).
    Raises ValueError with a Chinese sentence for anything else: more than two decimals, too large, no number at all,
    and whatever could mean two amounts, such as 12,5 or 12元5.
    """
    text = half_width(f"{written:.15g}" if isinstance(written, float) else str(written)).strip()
    match = _FIGURES.fullmatch(text) or _SPOKEN.fullmatch(text)
    if not match:
        what = "看不准是多少" if _BARE.fullmatch(_MARKS.sub("", text)) else "不是金额"
        raise ValueError(f"“{written}”{what}，请写成 1234.50 这样，最多两位小数")
    found = match.groupdict()
    whole = found["plain"] or re.sub("[, ]", "", found["parted"])
    if len(whole) > _LONGEST:
        raise ValueError(f"“{written}”太大，金额最多十位整数")
    fen = int(whole) * FEN_PER_YUAN + _cents(found)
    return -fen if found["before"] or found["after"] else fen


def yuan(fen: int) -> str:
    """Return fen as figures with separators: 140950 → ``"1,409.50"``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{rest:02d}"


def plain_yuan(fen: int) -> str:
    """Return fen as figures without separators, for files a program reads: 140950 → ``"1409.50"``."""
    return yuan(fen).replace(",", "")


def _cents(found: dict[str, str | None]) -> int:
    """Return what stands behind the yuan, in fen."""
    if "rest" in found:
        return int((found["rest"] or "").ljust(2, "0"))
    return int(found["cents"] or 0) + 10 * int(found["jiao"] or 0) + int(found["fen"] or 0)
