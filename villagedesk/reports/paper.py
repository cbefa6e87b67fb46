"""The habit of each kind of paper: its size, margins and type, in points."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from villagedesk.reports.sheet import Preset

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and its type. Lengths are points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    body: float
    """Size of running text."""
    pitch: float
    """From one line of running text to the next."""
    tracking: float
    """Ems added to each character of running text, so that a line holds the number the standard asks for."""
    title: float
    tables: tuple[float, ...]
    """Sizes a table may take, the best first."""
    number: float
    """Size of the page number."""
    fine: float
    """Size of the small print."""
    boxed_facts: bool
    """Facts stand in a ruled grid, two pairs a line."""
    tightest: float
    """How far lines may close up to save a nearly empty last page; for a notice the standard allows a little."""

    @property
    def measure(self) -> float:
        """Width of a line."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the text on a page."""
        return self.height - self.top - self.bottom


def across(paper: Paper) -> Paper:
    """Return the paper turned by a quarter, its margins with it: what was the top is at the left."""
    return replace(
        paper,
        width=paper.height,
        height=paper.width,
        left=paper.top,
        top=paper.left,
        right=paper.bottom,
        bottom=paper.right,
    )


_NOTICE = Paper(
    width=210 * MM,
    height=297 * MM,
    top=37 * MM,
    bottom=35 * MM,
    left=28 * MM,
    right=26 * MM,
    body=16,
    pitch=225 * MM / 22,
    tracking=156 * MM / 28 / 16 - 1,
    title=22,
    tables=(12, 10.5, 9),
    number=12,
    fine=9,
    boxed_facts=False,
    tightest=22 / 24,
)

_FORM = Paper(
    width=210 * MM,
    height=297 * MM,
    top=20 * MM,
    bottom=22 * MM,
    left=20 * MM,
    right=18 * MM,
    body=12,
    pitch=20,
    tracking=0,
    title=20,
    tables=(12, 10.5, 9, 8),
    number=10.5,
    fine=9,
    boxed_facts=True,
    tightest=0.85,
)

_WIDE = Paper(
    width=297 * MM,
    height=210 * MM,
    top=18 * MM,
    bottom=20 * MM,
    left=18 * MM,
    right=18 * MM,
    body=12,
    pitch=20,
    tracking=0,
    title=20,
    tables=(10.5, 9, 8, 7),
    number=10.5,
    fine=9,
    boxed_facts=True,
    tightest=0.85,
)

_POSTER = Paper(
    width=297 * MM,
    height=420 * MM,
    top=28 * MM,
    bottom=28 * MM,
    left=28 * MM,
    right=28 * MM,
    body=28,
    pitch=46,
    tracking=0,
    title=44,
    tables=(28, 26),
    number=24,
    fine=18,
    boxed_facts=False,
    tightest=0.85,
)

_SLIP = replace(
    _FORM, width=210 * MM, height=148 * MM, top=12 * MM, bottom=16 * MM, left=14 * MM, right=14 * MM, title=16
)

_VOUCHER = replace(_SLIP, width=240 * MM, height=140 * MM)

PAPERS: Mapping[Preset, Paper] = {
    Preset.NOTICE: _NOTICE,
    Preset.FORM: _FORM,
    Preset.WIDE: _WIDE,
    Preset.POSTER: _POSTER,
    Preset.SLIP: _SLIP,
    Preset.VOUCHER: _VOUCHER,
}
