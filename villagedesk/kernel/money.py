"""Money as whole fen: read from what people type, shown as people write it."""

import re

FEN_PER_YUAN = 100
LARGEST_FEN = 999_999_999_999
"""9 999 999 999.99 yuan: ten digits before the point, the widest amount a subsidy roster holds."""

_DECORATION = str.maketrans("", "", "￥¥元圆, \u3000，")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_PLAIN = re.compile(r"(-?)0*([0-9]+)(?:\.([0-9]{1,2}))?")
_LONGEST = 10


def parse_yuan(written: str | int | float) -> int:
    """Return fen for an amount of yuan as typed or read from a sheet: ``"￥4,085.42"`` → 408542.

    Full-width figures, separators and currency marks are understood. A number from a sheet counts with the 15
    digits a sheet itself shows (960.3000000000001 is 960.30). Raises ValueError with a Chinese sentence for
    anything else: more than two decimals, too large, or no number at all.
    """
    text = f"{written:.15g}" if isinstance(written, float) else str(written)
    match = _PLAIN.fullmatch(text.translate(_FULL_WIDTH).translate(_DECORATION))
    if not match:
        raise ValueError(f"“{written}”不是金额，请写成 1234.50 这样，最多两位小数")
    sign, whole, rest = match.groups()
    if len(whole) > _LONGEST:
        raise ValueError(f"“{written}”太大，金额最多十位整数")
    fen = int(whole) * FEN_PER_YUAN + int((rest or "").ljust(2, "0"))
    return -fen if sign else fen


def yuan(fen: int) -> str:
    """Return fen as figures with separators: 140950 → ``"1,409.50"``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{rest:02d}"


def plain_yuan(fen: int) -> str:
    """Return fen as figures without separators, for files a program reads: 140950 → ``"1409.50"``."""
    return yuan(fen).replace(",", "")
