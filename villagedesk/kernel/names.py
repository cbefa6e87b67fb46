"""One spelling of a name, so that it is found again however wide it was typed."""

import re

_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def ungapped(name: str) -> str:
    """Return a name without the spaces people put between its characters: ``"李 㛃"`` → ``"李㛃"``.

    Words in other letters keep one space between them.
    """
    return " ".join(_BESIDE_HAN.sub("", name.strip()).split())
