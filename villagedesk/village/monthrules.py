"""When a month should be closed, and how long it may stay open again: the profile's ``[closing]``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from villagedesk.village.profiletext import profile_text

_DUE_DAYS = re.compile(r"^\[closing\]\ndue_days = (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """A month is closed within ``due_days`` days of its end; opened again it stays open ``reopening_days`` at most."""

    due_days: int
    reopening_days: int
    source: str
    as_of: date


def parse_closing(data: Mapping[str, Any]) -> ClosingRule:
    """Return the rule a profile's ``[closing]`` holds. Raises TypeError naming what is missing."""
    return ClosingRule(**data)


@cache
def due_days(name: str = "default") -> int:
    """Return ``due_days`` of the shipped profile ``name`` without the rest: the first page asks at every start."""
    found = _DUE_DAYS.search(profile_text(name))
    assert found
    return int(found[1])
