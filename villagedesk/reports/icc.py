"""Writes the colour profile of sRGB, which says what the greys of a page mean; from the figures of the standard.

IEC 61966-2-1 gives the curve, its annexes the primaries; they are adapted to D50 (Bradford), as ICC.1:2001 asks.
"""

from functools import cache
from struct import pack

NAME = "sRGB IEC61966-2.1"

_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_STEPS = 1024
_HEAD = 128


@cache
def srgb_profile() -> bytes:
    """Return the profile: a display's, version 2.1, readable by old printers."""
    curve = pack(">4s4xL", b"curv", _STEPS) + pack(f">{_STEPS}H", *map(_level, range(_STEPS)))
    tags = {
        b"desc": _described(NAME),
        b"cprt": pack(">4s4x", b"text") + b"No copyright; use freely.\0",
        b"wtpt": _colour(_WHITE),
        b"rXYZ": _colour(_RED),
        b"gXYZ": _colour(_GREEN),
        b"bXYZ": _colour(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = _HEAD + 4 + 12 * len(tags)
    table, body, places = pack(">L", len(tags)), b"", dict[bytes, int]()
    for tag, content in tags.items():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += pack(">4sLL", tag, places[content], len(content))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    kind = pack(">4s4s4s", b"mntr", b"RGB ", b"XYZ ")
    made = pack(">6H", 2026, 1, 1, 0, 0, 0)
    return pack(">L4xL12s12s4s28x12s48x", size, 0x02100000, kind, made, b"acsp", _fixed(_WHITE))


def _level(step: int) -> int:
    """Return the light of a level of the curve, both from 0 to 1, in 65535ths."""
    level = step / (_STEPS - 1)
    light = level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4
    return round(light * 65535)


def _described(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return pack(">4s4xL", b"desc", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _colour(xyz: tuple[float, float, float]) -> bytes:
    return pack(">4s4x", b"XYZ ") + _fixed(xyz)


def _fixed(xyz: tuple[float, float, float]) -> bytes:
    return pack(">3l", *(round(part * 65536) for part in xyz))
