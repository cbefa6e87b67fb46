"""Finds villagers' numbers in a text, whoever typed them there, and takes them out (domain §5: one masking policy)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MASK = "（号码略）"
"""What stands in place of a number that the board must not show."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[0-9]{3,}(?:[ \u3000-][0-9]{3,})*[Xx]?(?![0-9A-Za-z])")
_SHAPES = (
    (re.compile(r"[0-9]{17}[0-9Xx]"), "身份证号"),
    (re.compile(r"[0-9]{15,22}"), "账号"),
    (re.compile(r"1[3-9][0-9]{9}"), "手机号"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text that looks like a villager's: what it looks like, its digits, and where it stands."""

    what: str
    digits: str
    start: int
    end: int


def numbers_in(text: str, allowed: str = "") -> Iterator[Number]:
    """Yield the numbers in a text that look like an id, an account or a mobile phone.

    Groups of digits with blanks or strokes between them count as one number, full-width figures as figures.
    ``allowed`` is a number that may stand there: the office's own phone.
    """
    for found in _CANDIDATE.finditer(text.translate(_DIGITS)):
        digits = bare(found[0])
        what = next((name for shape, name in _SHAPES if shape.fullmatch(digits)), "")
        if what and digits != bare(allowed):
            yield Number(what, digits, found.start(), found.end())


def bare(text: str) -> str:
    """Return a text without blanks and strokes, its figures half-width, so that numbers can be compared."""
    return re.sub(r"[ \u3000-]", "", text.translate(_DIGITS))


def masked(text: str) -> str:
    """Return a text from the books with every such number taken out."""
    for number in reversed(list(numbers_in(text))):
        text = text[: number.start] + MASK + text[number.end :]
    return text
