"""What a Chinese keyboard writes wide, made plain: １２．５ is 12.5."""

_FIRST, _LAST, _APART = 0xFF01, 0xFF5E, 0xFEE0
_PLAIN = {wide: wide - _APART for wide in range(_FIRST, _LAST + 1)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Return a text with figures, Latin letters, marks and the blank as an English keyboard writes them.

    Nothing else is changed, and each character stays one: ½ and ① are no figures.
    """
    return text.translate(_PLAIN)
