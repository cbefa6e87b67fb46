"""What an issued paper is proved by: a code made of its village, its number, what it says and the journal's link."""

import json
import re
from dataclasses import dataclass, replace

from villagedesk.disclosure.drafting import plain_text
from villagedesk.kernel.canonical import canonical, digest_of
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.reports.sheet import Proof, Sheet

MARK = "VD1"
"""What every code begins with; another number stands for another way to make it."""
SHOWN = 16
"""Hexadecimal figures of a digest that are printed: 64 bits, beyond anybody's trying."""


def check_code(sheet: Sheet) -> str:
    """Return the figures that stand for all a numbered sheet says, its proof left out."""
    return digest_of(plain_text(replace(sheet, proof=None)).encode())[:SHOWN].upper()


def in_groups(code: str) -> str:
    """Return a code as people read it out: 7F3A-92C1-…"""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def proved(sheet: Sheet, village_code: str, number: DocumentNumber, link: str) -> Sheet:
    """Return a numbered sheet with its proof: figures and capitals only, so that any scanner can type it."""
    code = check_code(sheet)
    whole = f"{MARK}:{village_code}:{number.year}-{number.number}:{code}:{link[:SHOWN].upper()}"
    return replace(sheet, proof=Proof(whole, ("扫码或报文号查真伪", in_groups(code))))


@dataclass(frozen=True, slots=True)
class Printed:
    """What a printed code says: whose notice, its number, the first figures of its digest and of the journal's link."""

    village_code: str
    year: int
    number: int
    code: str
    link: str


_CODE = re.compile(rf"{MARK}:(\w+):(\d{{4}})-(\d+):([0-9A-F]{{{SHOWN}}}):([0-9A-F]{{{SHOWN}}})")


def printed_code(text: str) -> Printed | None:
    """Return what a scanned or typed code says, None when it is no whole code of a notice."""
    match = _CODE.fullmatch(text.strip().upper())
    if not match:
        return None
    village_code, year, number, code, link = match.groups()
    return Printed(village_code, int(year), int(number), code, link)


def check_code_of(facts: str) -> str:
    """Return the check code of frozen facts, made of what is written there and nothing a newer program adds."""
    plain = json.loads(facts)
    plain.pop("proof", None)
    return digest_of(canonical(plain))[:SHOWN].upper()
