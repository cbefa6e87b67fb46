"""A record becomes a row of plain values and comes back the same."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.records import VillageRecord


class Colour(StrEnum):
    """What colour a thing is."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing(VillageRecord):
    """A record with every kind of column."""

    table: ClassVar[str] = "things"

    name: str
    count: int
    is_good: bool
    day: date
    moment: datetime
    colour: Colour
    perhaps: str | None = None
    perhaps_day: date | None = None
    perhaps_colour: Colour | None = None


things = st.builds(
    Thing,
    id=st.text(),
    version=st.integers(),
    name=st.text(),
    count=st.integers(),
    is_good=st.booleans(),
    day=st.dates(),
    moment=st.datetimes(timezones=st.just(CHINA)),
    colour=st.sampled_from(Colour),
    perhaps=st.none() | st.text(),
    perhaps_day=st.none() | st.dates(),
    perhaps_colour=st.none() | st.sampled_from(Colour),
)


@given(things)
def test_a_record_comes_back_from_its_row(thing: Thing) -> None:
    row = thing.row()
    assert all(type(value) in (str, int, type(None)) for value in row.values())
    back = Thing.from_row(row)
    assert back == thing
    assert type(back.is_good) is bool
    assert type(back.colour) is Colour


def test_a_new_record_has_neither_id_nor_version() -> None:
    moment = datetime(2026, 4, 1, tzinfo=CHINA)
    thing = Thing(name="x", count=1, is_good=True, day=moment.date(), moment=moment, colour=Colour.RED)
    assert (thing.id, thing.version, thing.village_id) == ("", 0, "")
    assert thing.row()["moment"] == "2026-04-01T00:00:00+08:00"
