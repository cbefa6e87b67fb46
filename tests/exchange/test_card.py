"""Cards and their fingerprints."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from villagedesk.exchange.card import LARGEST, Card, fingerprint, read, write
from villagedesk.exchange.syllables import SYLLABLES
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import BadInput
from villagedesk.village.model import OfficeKind
from villagedesk.village.secrets import public_key

SEED = b"\x05" * 32
CARD = Card(
    kind=OfficeKind.VILLAGE, office_id="V1", name="青山村", code="510322105207", township="双石镇", desk_id="D1",
    public_key=public_key(SEED), is_practice=False,
)  # fmt: skip
_PLAIN = {field.name: getattr(CARD, field.name) for field in fields(CARD)} | {"kind": "village"}


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "card"
    path.write_bytes(write(CARD, SEED))
    assert read(path) == CARD


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_makes_it_no_card(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(write(CARD, SEED))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "card"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read(path)


def test_a_card_signed_by_another_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "card"
    path.write_bytes(write(CARD, b"\x06" * 32))
    with pytest.raises(BadInput, match="签名不对"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"card": 1}',
        b"[" * 50_000,
        b'{"card":{},"format":"villagedesk-card-2","signature":""}',
        canonical({"card": {"kind": "village"}, "format": "villagedesk-card-1", "signature": "00"}),
        canonical({"card": {**_PLAIN, "name": 5}, "format": "villagedesk-card-1", "signature": "00"}),
        canonical({"card": {**_PLAIN, "kind": "county"}, "format": "villagedesk-card-1", "signature": "00"}),
        b"PK\x03\x04" * 100,
        b"x" * (LARGEST + 1),
    ],
)  # fmt: skip
def test_anything_else_is_no_card(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "card"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"不是名片|签名不对"):
        read(path)


def test_a_missing_card_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="找不到"):
        read(tmp_path / "nothing")


def test_a_fingerprint_is_eight_groups_and_sixteen_characters() -> None:
    found = fingerprint(CARD)
    assert [len(group) for group in found.groups] == [5] * 8
    assert [len(word) for word in found.words] == [4] * 4


def test_figures_and_characters_say_the_same() -> None:
    found = fingerprint(CARD)
    characters = "".join(found.words)
    groups = [
        256 * SYLLABLES.index(a) + SYLLABLES.index(b) for a, b in zip(characters[::2], characters[1::2], strict=True)
    ]
    assert [f"{group:05d}" for group in groups] == list(found.groups)


def test_a_fingerprint_is_known_however_it_is_typed() -> None:
    found = fingerprint(CARD)
    assert found.is_written(found.figures)
    assert found.is_written("-".join(found.groups))
    assert found.is_written(f"　{found.reading}。")
    assert not found.is_written("")
    assert not found.is_written(found.figures[:-1])


def test_the_fingerprint_covers_office_desk_and_key_but_not_the_name() -> None:
    for change in (
        {"office_id": "V2"},
        {"code": "510322105208"},
        {"desk_id": "D2"},
        {"public_key": public_key(b"7" * 32)},
    ):
        assert fingerprint(replace(CARD, **change)) != fingerprint(CARD)  # type: ignore[arg-type]
    assert fingerprint(replace(CARD, name="青山社区")) == fingerprint(CARD)


def test_no_two_characters_of_a_fingerprint_sound_alike() -> None:
    assert len(SYLLABLES) == 256
    assert len(set(lazy_pinyin(SYLLABLES, style=Style.NORMAL))) == 256
