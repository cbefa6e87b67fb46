"""How a person's numbers are shown on the screen: only their ends."""

import re

_NUMBER = re.compile(r"\d{11,}[Xx]?")
"""Ids, accounts and phones; no amount is as long."""


def tail(number: str) -> str:
    """Return what is shown of an id, an account or a phone: ``"尾号 5305"``; "" for none."""
    return f"尾号 {number[-4:]}" if number else ""


def masked(text: str) -> str:
    """Return a text with only the ends of the long numbers in it: ``"于荣旺 尾号 5305"``."""
    return _NUMBER.sub(lambda found: tail(found[0]), text)


def counted(text: str) -> str:
    """Return a text with only length and end of the long numbers in it: ``"18位，尾号 5305"``, to tell their kind."""
    return _NUMBER.sub(lambda found: f"{len(found[0])}位，{tail(found[0])}", text)
