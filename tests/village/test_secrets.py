"""A password opens the desk's key, and nothing else does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.kernel.ids import seeded_chance, system_chance
from villagedesk.village.secrets import Sealed, new_seed, public_key, seal, unseal


@settings(max_examples=8)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 2**30))
def test_what_was_sealed_opens_with_the_same_password(password: str, number: int) -> None:
    chance = seeded_chance(number)
    seed = new_seed(chance)
    sealed = seal(password, seed, chance)
    assert unseal(password, sealed) == (True, seed)
    assert unseal(password + "x", sealed) == (False, None)


def test_somebody_without_the_key_proves_only_who_they_are() -> None:
    assert unseal("qingshan-1", seal("qingshan-1", None, system_chance())) == (True, None)


def test_a_harmed_key_is_not_believed() -> None:
    sealed = seal("qingshan-1", new_seed(system_chance()), system_chance())
    other = "0" if sealed.wrapped_key[-1] != "0" else "1"
    assert unseal("qingshan-1", Sealed(sealed.salt, sealed.verifier, sealed.wrapped_key[:-1] + other)) == (False, None)


def test_the_same_password_is_never_stored_twice_the_same() -> None:
    first, second = (seal("qingshan-1", None, system_chance()) for _ in range(2))
    assert first.salt != second.salt
    assert first.verifier != second.verifier


def test_a_seed_has_one_public_key() -> None:
    seed = new_seed(seeded_chance(1))
    assert public_key(seed) == public_key(seed)
    assert len(bytes.fromhex(public_key(seed))) == len(seed) == 32
