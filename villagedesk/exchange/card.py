"""A desk's card: who it is and by which key it is known, signed by that key; compared on paper by its fingerprint."""

import json
from dataclasses import dataclass, fields
from pathlib import Path

from villagedesk.exchange.keys import is_key, is_signed, sign
from villagedesk.exchange.model import Peer
from villagedesk.exchange.syllables import SYLLABLES
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import BadInput
from villagedesk.village.model import OfficeKind

LARGEST = 64 * 1024
_FORMAT = "villagedesk-card-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an office shows of itself. ``public_key`` is its desk's Ed25519 key in hexadecimal."""

    kind: OfficeKind
    office_id: str
    name: str
    code: str
    township: str
    desk_id: str
    public_key: str
    is_practice: bool


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A card's identity, short enough for paper and telephone: 128 bits as figures and as characters."""

    groups: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def figures(self) -> str:
        """Eight groups of five figures: 01234 56789 …."""
        return " ".join(self.groups)

    @property
    def reading(self) -> str:
        """Four groups of four characters, to be read aloud."""
        return " ".join(self.words)

    def is_written(self, typed: str) -> bool:
        """Tell whether somebody typed this fingerprint, in figures or in characters, whatever the spaces."""
        squeezed = "".join(character for character in typed if character.isalnum())
        return squeezed in {"".join(self.groups), "".join(self.words)}


def fingerprint(card: Card | Peer) -> Fingerprint:
    """Return the fingerprint of what must not change: office, code, desk and key."""
    import hashlib

    fixed = canonical([card.kind.value, card.office_id, card.code, card.desk_id, card.public_key])
    digest = hashlib.sha256(fixed).digest()[:16]
    groups = tuple(f"{int.from_bytes(digest[at : at + 2], 'big'):05d}" for at in range(0, 16, 2))
    words = tuple("".join(SYLLABLES[byte] for byte in digest[at : at + 4]) for at in range(0, 16, 4))
    return Fingerprint(groups, words)


def write(card: Card, seed: bytes) -> bytes:
    """Return the card as a file's content, signed with the desk's seed."""
    plain = _plain(card)
    return canonical({"card": plain, "format": _FORMAT, "signature": sign(seed, canonical(plain))}) + b"\n"


def read(path: Path) -> Card:
    """Return the card in a file. Raises BadInput when it is missing, no card, or not signed by its own key."""
    if not path.is_file():
        raise BadInput(path.name, "找不到这个文件，请检查文件是否还在、U盘是否插好。")
    if path.stat().st_size > LARGEST:
        raise BadInput(path.name, "这个文件不是名片，请检查是不是选错了文件。")
    try:
        written = path.read_bytes()
        content = json.loads(written)
        plain, signature = content["card"], content["signature"]
        card = _card(plain) if content["format"] == _FORMAT else None
        whole = card is not None and is_key(card.public_key) and is_signed(canonical(plain), signature, card.public_key)
        whole = whole and written == canonical(content) + b"\n"
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput(path.name, "这个文件不是名片，请检查是不是选错了文件。") from None
    if card is None or not whole:
        raise BadInput(path.name, "名片的签名不对，可能没有拷完或被改过。请对方重新写一张名片。")
    return card


def _plain(card: Card) -> dict[str, str | bool]:
    return {field.name: getattr(card, field.name) for field in fields(card)} | {"kind": card.kind.value}


def _card(plain: dict[str, str | bool]) -> Card:
    """Return the card these fields make. Raises ValueError when one is missing, unknown or of another kind."""
    if plain.keys() != {field.name for field in fields(Card)} or not isinstance(plain["is_practice"], bool):
        raise ValueError("not the fields of a card")
    texts = {name: value for name, value in plain.items() if name not in ("kind", "is_practice")}
    if not all(isinstance(value, str) and len(value) <= 200 for value in texts.values()):
        raise ValueError("not the fields of a card")
    return Card(kind=OfficeKind(plain["kind"]), is_practice=plain["is_practice"], **texts)  # type: ignore[arg-type]
