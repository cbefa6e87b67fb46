"""One way to write a record as bytes, so that its digest means something (RFC 8785)."""

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of plain data. Raises ValueError for what JSON cannot hold exactly."""
    return rfc8785.dumps(value)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
