"""What an issued paper is proved by: a code made of its village, its number, what it says and the journal's link."""

from dataclasses import replace

from villagedesk.disclosure.drafting import plain_text
from villagedesk.kernel.canonical import digest_of
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
