"""Whom one may pay: who was paid before, the most frequent first, then the villagers; and how it was the last time."""

from collections.abc import Callable, Sequence

from villagedesk.payments import remembered
from villagedesk.payments.model import Claim
from villagedesk.payments.register import rowid_of
from villagedesk.payments.remembered import LastTime
from villagedesk.storage.desk import Desk
from villagedesk.village.store import names_like


class Payees:
    """The remembered payees of a desk. The books are asked at the first letter, once for all forms that share it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, int] | None = None
        self._find = spelt(lambda: list(self._rows))

    def find(self, text: str) -> Sequence[str]:
        """Return who fits what is typed, by characters or by the initials of their pinyin."""
        return list(dict.fromkeys([*self._find(text), *names_like(self._desk, text)]))

    def known(self, text: str) -> Sequence[str]:
        """Return who was paid before and fits what is typed; everybody for nothing."""
        return self._find(text)

    def last_time(self, payee: str) -> LastTime | None:
        """Return how somebody was paid the last time, None for who is new."""
        rowid = self._rows.get(payee, 0)
        return remembered.last_time(self._desk, rowid) if rowid else None

    def last_time_for(self, payee: str, project_id: str) -> LastTime | None:
        """Return how somebody was paid for a project the last time, None when they never were."""
        return remembered.last_time_for(self._desk, payee, project_id) if payee in self._rows else None

    def note(self, claim: Claim) -> None:
        """Remember a claim that was just stored."""
        if claim.payee not in self._rows:
            self._find = spelt(lambda: list(self._rows))
        self._rows[claim.payee] = rowid_of(self._desk, claim.id) or 0

    @property
    def _rows(self) -> dict[str, int]:
        if self._known is None:
            self._known = remembered.payees(self._desk)
        return self._known


def spelt(known: Callable[[], Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """Return a search over texts by characters, and by the initials of their pinyin once a Latin letter is typed.

    What begins with the text stands first; ``known`` is asked once.
    """
    texts: dict[str, str] = {}

    def find(text: str) -> Sequence[str]:
        if not texts:
            texts.update(dict.fromkeys(known(), ""))
        wanted = text.lower()
        if wanted.isascii() and not any(texts.values()):
            texts.update({one: _letters(one) for one in texts})
        fitting = [one for one, letters in texts.items() if wanted in one.lower() or wanted in letters]
        return sorted(fitting, key=lambda one: not (one.startswith(text) or _begins(texts[one], wanted)))

    return find


def _begins(letters: str, wanted: str) -> bool:
    return any(reading.startswith(wanted) for reading in letters.split())


def _letters(text: str) -> str:
    """Return the initials as the words are usually read, then every other reading."""
    from pypinyin import Style, lazy_pinyin

    from villagedesk.village.register import initials

    usual = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
    return f"{usual} {initials(text)}"
