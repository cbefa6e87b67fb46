"""Names what no face can draw, before anything is printed: the name or word it stands in, and its number in Unicode."""

import re
from collections.abc import Iterable, Iterator

from villagedesk.reports.fonts import unprintable

MOST = 12
"""Characters of a text up to which it is named whole, as a person's name is."""

_WORD = re.compile(r"[^\s，。；：！？、（）《》“”]+")


def lacking(texts: Iterable[str]) -> list[str]:
    """Return in words what cannot be printed in some texts, each once: “王𫝀”里的“𫝀”(U+2B740)."""
    return list(dict.fromkeys(words for text in texts for words in _named(text)))


def _named(text: str) -> Iterator[str]:
    for character in unprintable(text):
        where = text if len(text) <= MOST else next(word for word in _words(text) if character in word)
        name = f"“{character}”(U+{ord(character):04X})"
        yield name if where == character else f"“{where}”里的{name}"


def _words(text: str) -> Iterator[str]:
    """Yield the words of a long text, none longer than ``MOST``; every character stands in one."""
    for word in _WORD.findall(text):
        yield from (word[start : start + MOST] for start in range(0, len(word), MOST))
    yield from text
