"""A journal entry as it travels: in the open, sealed to the township, or as its digest alone."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

from villagedesk.exchange.keys import seal, unseal
from villagedesk.exchange.outgoing import travels
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.records import Value
from villagedesk.storage.journal import Entry, digest, next_link
from villagedesk.storage.schema import TableRule

_HEAD = {"at": str, "actor": str, "action": str, "reason": str, "table": str, "id": str, "version": int}
_LARGEST_NUMBER = 2**53


class UnsoundEntry(ValueError):
    """A line that is no entry; its message is a Chinese half-sentence about the entry."""


@dataclass(frozen=True, slots=True)
class TravelledEntry:
    """An entry that arrived. ``table`` is "" when only its digest came; ``row`` is None when it removed the record."""

    seq: int
    digest: str
    link: str
    table: str = ""
    record_id: str = ""
    version: int = 0
    row: dict[str, Value] | None = None


def to_line(entry: Entry, rule: TableRule | None, office_id: str, township_key: str, seed: bytes) -> bytes:
    """Return the entry as a line of ``data/journal.jsonl``, as much of it as may leave the village."""
    line: dict[str, Any] = {"seq": entry.seq, "digest": entry.digest, "link": entry.link}
    body = json.loads(entry.body) if entry.body is not None else None
    if rule is not None and travels(rule) and (body is None or body["village_id"] == office_id):
        line["head"] = {name: value for name, value in entry.head().items() if name != "seq"}
        if rule.travels == "sealed" and entry.body is not None:
            line["sealed"] = b64encode(seal(entry.body.encode(), township_key, seed)).decode()
        else:
            line["body"] = body
    return canonical(line) + b"\n"


def from_line(line: bytes, seq: int, link: str, seed: bytes) -> TravelledEntry:
    """Return the entry in a line when it is number ``seq`` and follows ``link``; ``seed`` opens what is sealed.

    Raises UnsoundEntry.
    """
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        raise UnsoundEntry("看不懂") from None
    if not isinstance(plain, dict) or plain.get("seq") != seq or not isinstance(plain.get("digest"), str):
        raise UnsoundEntry("不在它的位置上")
    shown = plain.keys() - {"seq", "digest", "link"}
    if shown not in (set(), {"head", "body"}, {"head", "sealed"}):
        raise UnsoundEntry("多了或少了内容")
    _check_chain(plain, link)
    if not shown:
        return TravelledEntry(seq, plain["digest"], plain["link"])
    head = _head(plain["head"])
    body = _opened(plain["sealed"], seed) if "sealed" in plain else _body(plain["body"])
    if plain["digest"] != digest({"seq": seq, **head}, body.decode() if body is not None else None):
        raise UnsoundEntry("和它的摘要对不上，被改动过")
    row = json.loads(body) if body is not None else None
    return TravelledEntry(seq, plain["digest"], plain["link"], head["table"], head["id"], head["version"], row)


def _check_chain(plain: dict[str, Any], link: str) -> None:
    try:
        follows = plain["link"] == next_link(link, plain["digest"])
    except (ValueError, KeyError):
        follows = False
    if not follows:
        raise UnsoundEntry("和前一条接不上")


def _head(head: Any) -> dict[str, Any]:
    if not isinstance(head, dict) or head.keys() != _HEAD.keys():
        raise UnsoundEntry("的抬头不对")
    if (
        not all(type(head[name]) is kind and is_value(head[name]) for name, kind in _HEAD.items())
        or not 0 < head["version"] < _LARGEST_NUMBER
    ):
        raise UnsoundEntry("的抬头不对")
    return head


def _body(body: Any) -> bytes | None:
    """Return a record's canonical bytes; only flat text, whole numbers and nothing are ever stored."""
    if body is None:
        return None
    if not isinstance(body, dict) or not all(is_value(value) for value in body.values()):
        raise UnsoundEntry("的内容不对")
    try:
        return canonical(body)
    except (ValueError, UnicodeError):
        raise UnsoundEntry("的内容不对") from None


def _opened(sealed: Any, seed: bytes) -> bytes:
    try:
        body = unseal(b64decode(sealed, validate=True), seed)
        return _body(json.loads(body)) or b"" if body is not None else b""
    except (NotBase64, ValueError, TypeError, RecursionError):
        return b""


def is_value(value: Any) -> bool:
    """Tell whether a column can hold a value: text of real characters, an exact whole number, or nothing."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    return value is None or (type(value) is int and abs(value) < _LARGEST_NUMBER)
