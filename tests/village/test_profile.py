"""No regional number stands in code: each value of the profile says where it comes from and of which day it is."""

import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.places import own_file
from villagedesk.village.model import BODIES
from villagedesk.village.profile import Share, load, parse

PROFILES = sorted(own_file("resources/profiles").glob("*.toml"))
NO_VALUES = {"bodies"}  # which rule a body meets by; the rules themselves carry their sources

each_profile = pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)


@each_profile
def test_every_section_of_values_has_its_source_and_its_day(path: Path) -> None:
    for name, section in _sections(tomllib.loads(path.read_text("utf-8"))):
        sources = [value for key, value in section.items() if key == "source" or key.endswith("_source")]
        sources += [section["basis"]] if name == "slots" else []
        assert sources, name
        assert all(len(source) > 5 for source in sources), name
        if name != "slots":
            assert isinstance(section["as_of"], date), name
            assert section["as_of"] <= date(2026, 12, 31), name


@each_profile
def test_every_shipped_profile_is_whole(path: Path) -> None:
    profile = load(path.stem)
    assert profile.version
    assert profile.name
    assert [slot.number for slot in profile.slots] == [1, 2, 3, 4, 5]
    assert set(profile.bases_of_body) <= set(BODIES)
    for bases in profile.bases_of_body.values():
        assert set(bases) <= set(profile.meetings)


def test_a_profile_that_lacks_something_names_it() -> None:
    whole = tomllib.loads(own_file("resources/profiles/default.toml").read_text("utf-8"))
    for name in ("scoring", "payments", "disclosure", "meetings", "bodies", "slots", "version"):
        with pytest.raises(KeyError, match=name):
            parse({key: value for key, value in whole.items() if key != name})


def test_an_unknown_profile_is_no_profile() -> None:
    with pytest.raises(FileNotFoundError):
        load("月球")


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_more_than_half_is_strict_and_two_thirds_include_themselves(count: int, whole: int) -> None:
    assert Share(Fraction(1, 2), is_strict=True).is_reached(count, whole) == (2 * count > whole)
    assert Share(Fraction(2, 3), is_strict=False).is_reached(count, whole) == (3 * count >= 2 * whole)


def test_shares_in_words() -> None:
    shares = [Share(Fraction(share), is_strict=True).label for share in ("1/2", "2/3", "3/4", "1/3", "3/5")]
    assert shares == ["半数", "三分之二", "四分之三", "三分之一", "5分之3"]


def _sections(profile: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every section that holds values, with its name."""
    for name, section in profile.items():
        if name in NO_VALUES:
            continue
        if isinstance(section, list):
            yield from ((name, part) for part in section)
        elif isinstance(section, dict):
            inner = [part for part in section.values() if isinstance(part, dict)]
            if len(inner) == len(section):
                yield from ((name, part) for part in inner)
            else:
                yield name, section
