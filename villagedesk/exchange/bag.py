"""A BagIt 1.0 bag (RFC 8493) in a zip, signed twice: its tag manifest inside, the whole file in the zip's comment.

The same content always makes the same bytes: fixed dates, attributes and order.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SEAL_SIZE = 128
"""The zip's comment: the Ed25519 signature of every byte before it, in hexadecimal."""

INFO, MANIFEST, TAG_MANIFEST, SIGNATURE = (
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "signature.txt",
)
_BLOCK = 1 << 20
_LEVEL = 6


def write(
    path: Path, base: str, info: Mapping[str, str], payload: Iterable[tuple[str, bytes]], sign: Callable[[bytes], str]
) -> str:
    """Write a bag to ``path`` and return the SHA-256 of the file. ``payload`` names begin with ``data/``.

    One member's content is in memory at a time. Raises OSError when the disk is full or gone.
    """
    with zipfile.ZipFile(path, "w") as archive:
        digests: dict[str, str] = {}
        size = 0
        for name, content in payload:
            digests[name] = _add(archive, base, name, content)
            size += len(content)
        lines = {**info, "Payload-Oxum": f"{size}.{len(digests)}"}
        tags = {
            "bagit.txt": DECLARATION,
            INFO: "".join(f"{label}: {value}\n" for label, value in lines.items()).encode(),
            MANIFEST: manifest(digests),
        }
        tag_manifest = manifest({name: _add(archive, base, name, content) for name, content in tags.items()})
        _add(archive, base, TAG_MANIFEST, tag_manifest)
        _add(archive, base, SIGNATURE, sign(tag_manifest).encode() + b"\n")
        archive.comment = b"0" * SEAL_SIZE
    with path.open("r+b") as stream:
        seal = sign(bytes.fromhex(digest_until(path, path.stat().st_size - SEAL_SIZE)))
        stream.seek(-SEAL_SIZE, 2)
        stream.write(seal.encode())
    return digest_until(path, path.stat().st_size)


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return the manifest of these names and digests, in the order of the names."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def digest_until(path: Path, end: int) -> str:
    """Return the SHA-256 of a file's first ``end`` bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        left = end
        while left > 0 and (block := stream.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def _add(archive: zipfile.ZipFile, base: str, name: str, content: bytes) -> str:
    member = zipfile.ZipInfo(f"{base}/{name}", (1980, 1, 1, 0, 0, 0))
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content, compresslevel=_LEVEL)
    return hashlib.sha256(content).hexdigest()
