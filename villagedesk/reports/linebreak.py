"""Breaks Chinese text into lines and sets the lines flush; pure arithmetic in ems.

避头尾: no line starts with a mark that closes (，。）》”) or ends with one that opens （《“. Words and figures of Latin
letters stay whole unless they are longer than a line. Marks that meet share their blank halves; a mark that would fall
to the next line is first tried in a tighter line, then brings its neighbour along.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

NOT_AT_START = frozenset("，。、；：！？）》”’】〉」』〕］｝〗〙·‧•…～－／％‰℃°,.;:!?)]}%ー々")
NOT_AT_END = frozenset("（《“‘【〈「『〔［｛〖〘￥¥＄$№#([{／")
HALF_BLANK_AFTER = frozenset("，。、；：！？）》”’】〉」』〕］｝〗〙")
HALF_BLANK_BEFORE = frozenset("（《“‘【〈「『〔［｛〖〘")
PAIRED = frozenset("…—")

HAN_LATIN = 0.08
"""Ems between a Chinese character and a figure or letter of running text; their own blank makes an eighth of it."""
MAX_STRETCH = 0.095
"""Ems a gap may grow before a program that extracts the text takes it for a space."""
LOOSE_STRETCH = 0.25
"""Ems a gap may grow before a reader does; a line that would need more stays ragged."""
INNER_SQUEEZE = 0.25
"""Ems a mark inside a line may give up."""
END_SQUEEZE = 0.5
"""Ems a mark at the end of a line may give up."""
NARROW = 16.0
"""Ems below which lines are not set flush, so that one may be short for the sake of the next."""

_MEETING = re.compile(
    "[{after}](?=[{after}{before}])|[{before}](?=[{before}])".format(
        after=re.escape("".join(sorted(HALF_BLANK_AFTER))), before=re.escape("".join(sorted(HALF_BLANK_BEFORE)))
    )
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_MIXED = re.compile(f"[{_HAN}](?=[0-9A-Za-z])|[0-9A-Za-z%](?=[{_HAN}])")
_FULL = 0.9
_SLIP = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text with the spaces it ends in, the advance of each character and its natural width, in ems.

    ``last`` says that the text ends here, so that the line is not set flush.
    """

    text: str
    advances: tuple[float, ...]
    width: float
    last: bool


def shared(text: str, advances: Sequence[float]) -> list[float]:
    """Return the advances where marks that meet (：“ or ）、) share their blank halves."""
    closer = list(advances)
    for match in _MEETING.finditer(text):
        index = match.start()
        if advances[index] >= _FULL and advances[index + 1] >= _FULL:
            closer[index] -= 0.5
    return closer


def may_break(text: str, index: int) -> bool:
    """Say whether a new line may start at ``text[index]``, words whole and 避头尾 kept."""
    before, after = text[index - 1], text[index]
    return _kept_marks(text, index) and not (_in_word(before) and _in_word(after))


def lines(text: str, measure: Callable[[str], float], room: float, indent: float = 0.0, gap: float = 0.0) -> list[Line]:
    """Break a text without newlines into lines of at most ``room`` ems, the first shorter by ``indent``.

    ``measure`` gives the width of one character, ``gap`` the ems between Chinese characters and figures.
    No character is lost; spaces at a break stay at the line's end.
    """
    if not text:
        return []
    broken = _Breaking(text, shared(text, [measure(character) for character in text]), room, indent, gap)
    cuts = [0, *broken.cuts()]
    _comfort(broken, cuts)
    return [broken.line(start, end) for start, end in pairwise(cuts)]


def flush(line: Line, room: float, most: float = MAX_STRETCH) -> list[float]:
    """Return where each character of the line starts, in ems, so that the line fills ``room``.

    The last line of a text and a line that would need gaps wider than ``most`` keep their natural width.
    """
    slack = room - line.width
    if slack < -_SLIP:
        return _squeezed(line, -slack)
    return _stretched(line, 0.0 if line.last else slack, most)


class _Breaking:
    """One text under way: its prefix sums answer every width in one subtraction."""

    def __init__(self, text: str, advances: list[float], room: float, indent: float, gap: float) -> None:
        self.text, self.advances, self.room, self.indent = text, advances, room, indent
        self.gaps = {match.start(): gap for match in _MIXED.finditer(text)} if gap else {}
        for index in self.gaps:
            advances[index] += gap
        self.sums = [0.0, *accumulate(advances)]

    def cuts(self) -> Iterator[int]:
        start = 0
        while start < len(self.text):
            start = self._next_cut(start, self.room_at(start))
            yield start

    def room_at(self, start: int) -> float:
        return self.room if start else self.room - self.indent

    def width(self, start: int, end: int) -> float:
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return self.sums[end] - self.sums[start] - self.gaps.get(end - 1, 0.0)

    def line(self, start: int, end: int) -> Line:
        *advances, last = self.advances[start:end]
        last -= self.gaps.get(end - 1, 0.0)
        return Line(self.text[start:end], (*advances, last), self.width(start, end), end == len(self.text))

    def _next_cut(self, start: int, room: float) -> int:
        full = self._full(start, room)
        if full == len(self.text):
            return full
        loose = self._break_before(start, full, may_break)
        tight = self._break_after(full)
        if self._squeezes(start, tight, loose, room):
            return tight
        return loose or self._break_before(start, full, _kept_marks) or full

    def _full(self, start: int, room: float) -> int:
        """How far the characters go, with the spaces after them; at least one character."""
        end = max(bisect_right(self.sums, self.sums[start] + room + _SLIP) - 1, start + 1)
        while end < len(self.text) and self.text[end] == " ":
            end += 1
        return end

    def _break_before(self, start: int, full: int, allowed: Callable[[str, int], bool]) -> int:
        return next((index for index in range(full, start, -1) if allowed(self.text, index)), 0)

    def _break_after(self, full: int) -> int:
        end = len(self.text)
        return next((index for index in range(full + 1, min(full + 4, end)) if may_break(self.text, index)), end)

    def _squeezes(self, start: int, tight: int, loose: int, room: float) -> bool:
        need = self.width(start, tight) - room
        if need >= 1.5 or (loose and need >= room - self.width(start, loose)):
            return False
        return need <= sum(_give(self.line(start, tight))) + _SLIP


def _comfort(broken: _Breaking, cuts: list[int]) -> None:
    """Give a lonely last character company, if the line before can spare some."""
    if len(cuts) < 3 or len([mark for mark in broken.text[cuts[-2] :] if mark not in NOT_AT_START]) > 1:
        return
    start, cut, end = cuts[-3:]
    earlier = next((index for index in range(cut - 1, start, -1) if may_break(broken.text, index)), 0)
    slack = broken.room_at(start) - broken.width(start, earlier)
    spare = LOOSE_STRETCH / 2 * (earlier - start - 1) if broken.room >= NARROW else broken.room / 2
    if earlier and slack <= spare and broken.width(earlier, end) <= broken.room:
        cuts[-2] = earlier


def _kept_marks(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    if after == " " or after in NOT_AT_START:
        return False
    if before == " ":
        before = text[:index].rstrip(" ")[-1:]
    return before not in NOT_AT_END and not (before == after and after in PAIRED)


def _in_word(character: str) -> bool:
    return " " < character < "\u0530" and character not in "·°"


def _give(line: Line) -> list[float]:
    """How many ems each character can give up after itself, its own blank half or the next one's."""
    text, give = line.text, [0.0] * len(line.text)
    end = len(text.rstrip(" ")) - 1
    for index, (character, advance) in enumerate(zip(text, line.advances, strict=True)):
        if character in HALF_BLANK_AFTER and advance >= _FULL:
            give[index] += END_SQUEEZE if index == end else INNER_SQUEEZE
        elif character in HALF_BLANK_BEFORE and advance >= _FULL and index and line.advances[index - 1] >= _FULL:
            give[index - 1] += INNER_SQUEEZE
    return give


def _squeezed(line: Line, need: float) -> list[float]:
    give = _give(line)
    share = min(need / sum(give), 1.0) if any(give) else 0.0
    return _starts(advance - part * share for advance, part in zip(line.advances, give, strict=True))


def _stretched(line: Line, slack: float, most: float) -> list[float]:
    gaps = [_opens(before, after) for before, after in pairwise(line.text.rstrip(" "))]
    each = slack / gaps.count(True) if True in gaps else 0.0
    if each > most:
        each = 0.0
    gaps += [False] * (len(line.text) - len(gaps))
    return _starts(advance + each * gap for advance, gap in zip(line.advances, gaps, strict=True))


def _opens(before: str, after: str) -> bool:
    return not (_in_word(before) and _in_word(after)) and not (before == after and after in PAIRED)


def _starts(advances: Iterator[float]) -> list[float]:
    return list(accumulate(advances, initial=0.0))[:-1]
