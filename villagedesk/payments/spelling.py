"""One spelling for what is typed, so that an invoice or a payee is found again however it was written."""

import re
import unicodedata
from dataclasses import replace

from villagedesk.kernel.names import ungapped
from villagedesk.payments.model import Claim

_LEAD = re.compile(r"^(?:(?:NO|(?:发票|票据?)?号码?)[.:]?)+(?=[A-Z0-9])")
_NOT_OF_A_NUMBER = re.compile(r"[\s\-‐‑‒–—―−_]")


def tidied(claim: Claim) -> Claim:
    """Return a claim with names and the number of its invoice in their one spelling."""
    return replace(
        claim,
        payee=ungapped(claim.payee),
        purpose=claim.purpose.strip(),
        handler=ungapped(claim.handler),
        witness=ungapped(claim.witness),
        invoice_number=invoice_number(claim.invoice_number),
    )


def invoice_number(text: str) -> str:
    """Return an invoice's number in capitals and plain digits: ``"№ ｎ２０２６－１１０１"`` → ``"N20261101"``."""
    return _LEAD.sub("", _NOT_OF_A_NUMBER.sub("", unicodedata.normalize("NFKC", text)).upper())


def unspaced(text: str) -> str:
    """Return a text without any space, to look for words in it."""
    return "".join(text.split())
