"""What a bank's word about a line means: paid by the whole word only; what leaves a doubt means nothing.

The words are data (``resources/bankwords``): a word is paid when the list holds it as it stands, never because 成功 is
somewhere in it (未发放成功, 受理成功, 成功已冲正).
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from villagedesk.kernel.places import own_file
from villagedesk.payroll.model import PayOutcome

FILE = "resources/bankwords/default.toml"
_LISTS = ("paid", "failed", "bounced", "no_more", "done", "undone", "unsure", "silent")
_MARKS = "。.!！;；,，、:："


@dataclass(frozen=True, slots=True)
class BankWords:
    """The words of a bank's answers, normalised: see the file they stand in."""

    paid: frozenset[str]
    failed: tuple[str, ...]
    bounced: tuple[str, ...]
    no_more: tuple[str, ...]
    done: tuple[str, ...]
    undone: tuple[str, ...]
    unsure: tuple[str, ...]
    silent: frozenset[str]
    source: str
    as_of: date

    def outcome(self, told: str) -> PayOutcome | None:
        """Return what a word means, None when nobody can be sure."""
        word = normal(told)
        if word in self.paid:
            return PayOutcome.PAID
        if self._says(word, self.bounced):
            return PayOutcome.BOUNCED
        return PayOutcome.FAILED if self._says(word, self.failed) else None

    def speaks(self, told: str) -> bool:
        """Tell whether a text is about what became of money at all, understood or not."""
        parts = (*self.failed, *self.bounced, *self.done, *self.undone, *self.unsure)
        return any(part in normal(told) for part in parts)

    def is_silent(self, reason: str) -> bool:
        """Tell whether what stands where a failure's reason would stand says nothing against a success."""
        word = normal(reason)
        return not word or word in self.silent or word.lstrip("0-:") in self.paid  # 0000 交易成功

    def objects(self, remark: str) -> bool:
        """Tell whether a remark, which may be about anything, says something against a success."""
        return any(part in normal(remark) for part in (*self.failed, *self.bounced, *self.undone))

    def _says(self, word: str, parts: Iterable[str]) -> bool:
        """Tell whether a word says one of these, not its contrary, and nothing beside it that leaves a doubt."""
        rest, is_said = word, False
        for part in sorted(parts, key=len, reverse=True):
            before, said, behind = rest.partition(part)
            if said and before.endswith(self.no_more):
                return False
            if said:
                rest, is_said = f"{before} {behind}", True
        doubts = (*self.done, *self.undone, *self.unsure)
        return is_said and not rest.endswith(self.no_more) and not any(mark in rest for mark in doubts)


@cache
def bank_words() -> BankWords:
    """Return the words of the house."""
    return parse(tomllib.loads(own_file(FILE).read_text("utf-8")))


def parse(data: Mapping[str, Any]) -> BankWords:
    """Return the words a TOML document holds.

    Raises KeyError when a list is missing, ValueError when a word is called paid that says it is not.
    """
    lists = {name: tuple(normal(word) for word in data[name]) for name in _LISTS}
    made = BankWords(
        paid=frozenset(lists.pop("paid")),
        silent=frozenset(lists.pop("silent")),
        source=data["source"],
        as_of=data["as_of"],
        **lists,
    )
    against = (*made.failed, *made.bounced, *made.no_more, *made.undone, *made.unsure)
    for word in made.paid:
        if any(part in word for part in against):
            raise ValueError(f"{word} leaves a doubt: it cannot mean that somebody is paid")
    return made


def normal(written: str) -> str:
    """Return a word as it is compared: one width, no gaps, small letters, no mark at its ends."""
    return "".join(unicodedata.normalize("NFKC", written).split()).lower().strip(_MARKS)
