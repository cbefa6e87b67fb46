"""Signing and sealing with a desk's key."""

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.exchange.keys import is_key, is_signed, seal, sign, unseal
from villagedesk.village.secrets import public_key

SEED, OTHER = b"\x01" * 32, b"\x02" * 32


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_with_the_recipients_key_alone(content: bytes) -> None:
    sealed = seal(content, public_key(OTHER), SEED)
    assert unseal(sealed, OTHER) == content
    assert unseal(sealed, SEED) is None


def test_the_same_content_is_sealed_to_the_same_bytes() -> None:
    sealed = seal(b"abc", public_key(OTHER), SEED)
    assert sealed == seal(b"abc", public_key(OTHER), SEED)
    assert sealed[:32] != seal(b"abd", public_key(OTHER), SEED)[:32], "each content has its own one-time key"
    assert sealed[:32] != seal(b"abc", public_key(OTHER), OTHER)[:32]


@given(st.data())
def test_a_changed_byte_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"51032219700101123X", public_key(OTHER), SEED))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    assert unseal(bytes(sealed), OTHER) is None


def test_only_the_own_key_signs() -> None:
    signature = sign(SEED, b"content")
    assert is_signed(b"content", signature, public_key(SEED))
    assert not is_signed(b"content!", signature, public_key(SEED))
    assert not is_signed(b"content", signature, public_key(OTHER))


@given(st.text(max_size=130), st.text(max_size=70))
def test_nonsense_is_not_signed(signature: str, key: str) -> None:
    assert not is_signed(b"content", signature, key)


def test_a_signature_is_written_in_one_way_only() -> None:
    assert not is_signed(b"content", sign(SEED, b"content").upper(), public_key(SEED))


def test_a_revoked_key_signs_nothing() -> None:
    assert not is_signed(b"content", sign(SEED, b"content"), "")


def test_keys_are_told_from_nonsense() -> None:
    assert is_key(public_key(SEED))
    assert not any(is_key(wrong) for wrong in ("", "00" * 32, "xyz", "ff" * 31, public_key(SEED).upper()))
