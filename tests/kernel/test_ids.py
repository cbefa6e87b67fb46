"""Ids sort as time goes and never meet."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.ids import least_id, new_id, seeded_chance, system_chance

moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(CHINA))


@given(moments, st.integers(1, 10**12), st.randoms())
def test_a_later_id_sorts_behind(at: datetime, milliseconds: int, chance: object) -> None:
    later = at + timedelta(milliseconds=milliseconds)
    assert new_id(at, chance) < new_id(later, chance)  # type: ignore[arg-type]


@given(moments, st.integers(0, 10**12))
def test_the_least_id_of_a_moment_parts_what_was_made_before_from_what_comes(at: datetime, milliseconds: int) -> None:
    least, apart = least_id(at), timedelta(milliseconds=milliseconds)
    assert len(least) == 26
    assert new_id(at - timedelta(milliseconds=1), system_chance()) < least <= new_id(at + apart, system_chance())


def test_before_all_time_is_the_least_id_of_all() -> None:
    assert least_id(datetime.min.replace(tzinfo=CHINA)) == "0" * 26


@given(moments)
def test_an_id_is_26_characters_that_cannot_be_misread(at: datetime) -> None:
    made = new_id(at, system_chance())
    assert len(made) == 26
    assert not set(made) & set("ILOU")
    assert made.isupper()
    assert made.isascii()


def test_ids_of_one_moment_do_not_meet() -> None:
    at = datetime(2026, 4, 1, tzinfo=CHINA)
    chance = system_chance()
    assert len({new_id(at, chance) for _ in range(10_000)}) == 10_000


def test_seeded_chance_repeats_itself() -> None:
    at = datetime(2026, 4, 1, tzinfo=CHINA)
    assert new_id(at, seeded_chance(7)) == new_id(at, seeded_chance(7)) != new_id(at, seeded_chance(8))


@given(st.integers(1, 300))
def test_the_systems_chance_gives_as_many_bits_as_asked(bits: int) -> None:
    assert 0 <= system_chance().getrandbits(bits) < 1 << bits


def test_the_systems_chance_uses_every_bit() -> None:
    chance = system_chance()
    seen = 0
    for _ in range(200):
        seen |= chance.getrandbits(13)
    assert seen == (1 << 13) - 1
