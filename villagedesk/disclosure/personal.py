"""Finds villagers' numbers in a text, whoever typed them there and however parted, and takes them out.

What is looked for, and what stands in its place, is the profile's one table of personal data (domain §5).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from villagedesk.village.profile import PersonalRule, load

MASK = "（号码略）"
"""What stands in place of a number that the shipped profile does not let the board show."""

SHORTEST = 7
"""Digits a number of the register has at least; shorter ones are no numbers but remarks."""

_LONG = 11
"""Digits from which a number is found whatever signs part it: amounts beside one another make shorter ones."""

_CANDIDATE = re.compile(r"(?<![0-9])[0-9]{3,}(?: {1,2}[0-9]{3,})*X?(?![0-9])")
_RUN = re.compile(f"[0-9X]{{{SHORTEST},}}")
_PARTING = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc", "Mn", "Me"})
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text that is a villager's or looks like one: what it is, its digits, and where it stands."""

    what: str
    digits: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Register:
    """The villagers' numbers with what they are, digits only, and the policy they are judged by.

    ``allowed`` is the office's own phone; ``invoices`` are numbers of invoices in the books, which look like accounts.
    """

    known: Mapping[str, str]
    allowed: str = ""
    invoices: frozenset[str] = frozenset()
    policy: tuple[PersonalRule, ...] = ()

    @classmethod
    def of(
        cls,
        numbers: Mapping[str, str],
        office_phone: str,
        invoices: Iterable[str] = (),
        policy: Sequence[PersonalRule] = (),
    ) -> "Register":
        """Return the register of numbers as they are written in the books; the policy is by default the shipped one."""
        allowed = bare(office_phone)
        known = {run: what for written, what in numbers.items() for run in _RUN.findall(bare(written))}
        known.pop(allowed, None)
        return cls(known, allowed, frozenset(map(bare, invoices)), tuple(policy))

    @property
    def rules(self) -> tuple[PersonalRule, ...]:
        """What is done with each sort of personal data."""
        return self.policy or load().personal

    def mask_of(self, what: str) -> str:
        """Return what stands in place of a number of this sort."""
        return next((rule.mask for rule in self.rules if rule.what == what), MASK)


def numbers_in(text: str, register: Register) -> list[Number]:
    """Return the numbers in a text that are in the register or look like personal data by the policy, in order.

    Groups of figures with blanks or strokes between them count as one number, figures of any width and script as
    figures. A number of the register is found even where the text parts each of its figures.
    """
    if sum(map(str.isdigit, text)) < SHORTEST:
        return []
    found = [*_by_shape(text, register), *_of_register(text, register)]
    apart: list[Number] = []
    for number in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
        elif number.end > apart[-1].end:
            before = apart.pop()
            apart.append(Number(before.what, before.digits, before.start, number.end))
    return apart


def masked(text: str, register: Register) -> str:
    """Return a text from the books with every such number taken out."""
    for number in reversed(numbers_in(text, register)):
        text = text[: number.start] + register.mask_of(number.what) + text[number.end :]
    return text


def bare(text: str) -> str:
    """Return a text without blanks and strokes, its figures plain, so that numbers can be compared."""
    if text.isascii() and text.isdigit():  # nearly every number of the register, and there are thousands
        return text
    return _smooth(text, _parts)[0]


def _by_shape(text: str, register: Register) -> Iterator[Number]:
    for found in _CANDIDATE.finditer("".join(map(_plain, text))):
        digits = found[0].replace(" ", "")
        if digits != register.allowed and (what := _what(digits, register)):
            yield Number(what, digits, found.start(), found.end())


def _what(digits: str, register: Register) -> str:
    if known := register.known.get(digits):
        return known
    is_invoice = digits in register.invoices
    for rule in register.rules:
        if not is_invoice and any(_compiled(shape).fullmatch(digits) for shape in rule.shapes):
            return rule.what
    if is_invoice or len(digits) <= SHORTEST:
        return ""
    return next((what for number, what in register.known.items() if number in digits), "")


def _of_register(text: str, register: Register) -> Iterator[Number]:
    """Yield the register's own numbers: short ones parted by blanks and strokes only, long ones by any signs."""
    lengths = {len(number) for number in register.known}
    for parts, wanted in (
        (_parts, [length for length in lengths if length < _LONG]),
        (_is_no_word, [length for length in lengths if length >= _LONG]),
    ):
        if wanted:
            yield from _windows(*_smooth(text, parts), wanted, register)


def _windows(smooth: str, places: list[int], lengths: Iterable[int], register: Register) -> Iterator[Number]:
    for run in _RUN.finditer(smooth):
        for length in lengths:
            for start in range(run.start(), run.end() - length + 1):
                digits = smooth[start : start + length]
                if what := register.known.get(digits):
                    yield Number(what, digits, places[start], places[start + length - 1] + 1)


def _smooth(text: str, parts: Callable[[str], bool]) -> tuple[str, list[int]]:
    """Return the text without what parts figures, in plain characters, and the place of each in the text."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _smoothed(character, parts)
        kept.append(plain)
        places += [place] * len(plain)
    return "".join(kept), places


@cache
def _smoothed(character: str, parts: Callable[[str], bool]) -> str:
    return "".join(_plain(plain) for plain in unicodedata.normalize("NFKC", character) if not parts(plain))


@cache
def _plain(character: str) -> str:
    """Return a figure of any script as 0–9, a small x as X, what parts figures as a blank, all else as it is."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in "xXｘＸ":
        return "X"
    return " " if _parts(character) else character


@cache
def _parts(character: str) -> bool:
    """Tell whether a character is a blank, a line break, a stroke or invisible."""
    return character == _MINUS or unicodedata.category(character) in _PARTING


def _is_no_word(character: str) -> bool:
    return not character.isalnum()


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(shape)
