"""Finds villagers' numbers in a text, whoever typed them there, and takes them out (domain §5: one masking policy)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MASK = "（号码略）"
"""What stands in place of a number that the board must not show."""

SHORTEST = 7
"""Digits a number of the register has at least; shorter ones are no numbers but remarks."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CANDIDATE = re.compile(r"(?<![0-9])[0-9]{3,}(?:[ \u3000-][0-9]{3,})*[Xx]?(?![0-9])")
_SHAPES = (
    (re.compile(r"[0-9]{17}[0-9Xx]"), "身份证号"),
    (re.compile(r"[0-9]{15,22}"), "账号"),
    (re.compile(r"1[3-9][0-9]{9}"), "手机号"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text that is a villager's or looks like one: what it is, its digits, and where it stands."""

    what: str
    digits: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Register:
    """The villagers' numbers with what they are, digits only; ``allowed`` is the office's own phone."""

    known: Mapping[str, str]
    allowed: str = ""

    @classmethod
    def of(cls, numbers: Mapping[str, str], office_phone: str) -> "Register":
        """Return the register of numbers as they are written in the books."""
        allowed = bare(office_phone)
        known = {bare(number): what for number, what in numbers.items()}
        return cls({n: what for n, what in known.items() if len(n) >= SHORTEST and n != allowed}, allowed)


def numbers_in(text: str, register: Register) -> Iterator[Number]:
    """Yield the numbers in a text that are in the register, or look like an id, an account or a mobile phone.

    Groups of digits with blanks or strokes between them count as one number, full-width figures as figures.
    """
    for found in _CANDIDATE.finditer(text.translate(_DIGITS)):
        digits = bare(found[0])
        if digits != register.allowed and (what := _what(digits, register)):
            yield Number(what, digits, found.start(), found.end())


def holds_known(text: str, register: Register) -> Iterator[tuple[str, str]]:
    """Yield (digits, what) of the register's numbers that stand in a text, however it parts them."""
    smooth = bare(text)
    if sum(character.isdigit() for character in smooth) >= SHORTEST:
        yield from ((number, what) for number, what in register.known.items() if number in smooth)


def masked(text: str, register: Register) -> str:
    """Return a text from the books with every such number taken out; all of it where a number cannot be."""
    for number in reversed(list(numbers_in(text, register))):
        text = text[: number.start] + MASK + text[number.end :]
    return MASK if any(holds_known(text, register)) else text


def bare(text: str) -> str:
    """Return a text without blanks and strokes, its figures half-width, so that numbers can be compared."""
    return re.sub(r"[ \u3000-]", "", text.translate(_DIGITS))


def _what(digits: str, register: Register) -> str:
    if known := register.known.get(digits):
        return known
    shape = next((name for pattern, name in _SHAPES if pattern.fullmatch(digits)), "")
    if shape or len(digits) <= SHORTEST:
        return shape
    return next((what for number, what in register.known.items() if number in digits), "")
