"""Draws by what a paper can be proved: a QR code with its quiet zone, and the lines to read beside or below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from villagedesk.reports.box import Box, Fill
from villagedesk.reports.fonts import Style, spelled
from villagedesk.reports.paper import MM, Paper
from villagedesk.reports.setting import Text, placed, wrapped
from villagedesk.reports.sheet import Proof

MODULE = 0.55 * MM
"""Side of a module on paper with type of 16 pt or less; it grows with larger type, which is read from farther away."""
QUIET = 4
"""Modules that stay white around the code."""
SEAL = 44 * MM
"""Width that stays free for the seal: it is 42 mm across."""

_BESIDE = 13.0
"""Ems of small print that must find room beside the code; where there are fewer, it stands below."""
_PITCH = 1.4


@dataclass(frozen=True, slots=True)
class _Block:
    """The proof as it is drawn, in points from the top left of its own."""

    height: float
    texts: tuple[Text, ...]
    fills: tuple[Fill, ...]


def modules(code: str) -> list[tuple[int, int, int]]:
    """Return the dark runs of the code without its quiet zone: row, first column, length, all in modules.

    A seventh of it may be dirty at least (level M); where the same size allows more, it is sturdier.
    """
    return [(y, start, end - start) for y, row in enumerate(_matrix(code)) for start, end in _runs(row)]


def with_proof(boxes: list[Box], proof: Proof, paper: Paper, *, has_seal: bool) -> list[Box]:
    """Return the boxes with the proof left of the seal, which is the last box, or else below everything."""
    right = _seal_starts(boxes[-1], paper) if has_seal else paper.left + paper.measure
    drawn = _drawn(proof, paper, right - paper.left)
    if not has_seal or right - paper.left < _side(proof, paper):
        if has_seal:
            drawn = _drawn(proof, paper, paper.measure)
        return [*boxes, _box(drawn, paper)]
    return [*boxes[:-1], _joined(boxes[-1], drawn)]


def _seal_starts(seal: Box, paper: Paper) -> float:
    """Where the issuer's name, or the seal over its middle, begins."""
    spans = [(text.x, text.x + text.line.width * text.size) for text in seal.texts]
    starts = [start for start, _ in spans]
    middles = [(start + end - SEAL) / 2 for start, end in spans]
    return min([*starts, *middles, paper.left + paper.measure]) - paper.body / 2


def _box(drawn: _Block, paper: Paper) -> Box:
    return Box(drawn.height, drawn.texts, fills=drawn.fills, before=paper.pitch / 2)


def _joined(seal: Box, drawn: _Block) -> Box:
    """Both end on one line; what is taller gives the height."""
    height = max(seal.height, drawn.height)
    down, below = height - drawn.height, height - seal.height
    return replace(
        seal,
        height=height,
        texts=(*(text._replace(y=text.y + below) for text in seal.texts), *_moved(drawn.texts, down)),
        fills=tuple(fill._replace(y=fill.y + down) for fill in drawn.fills),
    )


def _moved(texts: Sequence[Text], down: float) -> Iterator[Text]:
    return (text._replace(y=text.y + down) for text in texts)


def _drawn(proof: Proof, paper: Paper, room: float) -> _Block:
    """The code at the left margin; its lines beside it within ``room`` points, or below it."""
    fine, side = paper.fine, _side(proof, paper)
    left = room - side - fine
    beside = left >= _BESIDE * fine
    ems = (left if beside else max(room, side)) / fine
    lines = [line for text in proof.lines for line in wrapped(spelled(text), Style.FINE, ems)]
    tall = len(lines) * _PITCH * fine
    height = max(side, tall) if beside else side + tall
    x = paper.left + (side + fine if beside else 0.0)
    top = (height - tall) / 2 if beside else side
    texts = [placed(line, fine, x, top + (index + 0.5) * _PITCH * fine) for index, line in enumerate(lines)]
    return _Block(height, tuple(texts), tuple(_fills(proof.code, paper, (height - side) / 2 if beside else 0.0)))


def _module(paper: Paper) -> float:
    return MODULE * max(paper.body / 16, 1.0)


def _side(proof: Proof, paper: Paper) -> float:
    return (len(_matrix(proof.code)) + 2 * QUIET) * _module(paper)


def _fills(code: str, paper: Paper, top: float) -> Iterator[Fill]:
    """White behind it all, so that no watermark shines through, then the dark runs, the first at the left margin."""
    module = _module(paper)
    side = (len(_matrix(code)) + 2 * QUIET) * module
    yield Fill(paper.left - QUIET * module, top, side, side, 1.0)
    for row, column, length in modules(code):
        yield Fill(paper.left + column * module, top + (QUIET + row) * module, length * module, module)


@lru_cache(maxsize=16)
def _matrix(code: str) -> Sequence[Sequence[int]]:
    import segno

    return segno.make(code, error="m", micro=False, encoding=None if code.isascii() else "utf-8").matrix


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = None
    for index, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            yield start, index
            start = None
