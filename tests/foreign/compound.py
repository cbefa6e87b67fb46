"""A compound file with an encrypted package in it: what a workbook with a password looks like from outside."""

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM = b"\x11" * 4096


def locked_workbook() -> bytes:
    """Return a compound file with the two streams of an encrypted workbook."""
    names = ("EncryptionInfo", "EncryptedPackage")
    length = len(_STREAM) // _SECTOR
    chains = [_FAT, _END]
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0)
    for place, name in enumerate(names):
        start = len(chains)
        chains += [*range(start + 1, start + length), _END]
        directory += _entry(name, 2, right=2 if place == 0 else _FREE, start=start, size=len(_STREAM))
    directory += _entry("", 0)
    fat = chains + [_FREE] * (_SECTOR // 4 - len(chains))
    return _header() + struct.pack(f"<{len(fat)}I", *fat) + directory + _STREAM * len(names)


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    written = name.encode("utf-16-le") + bytes(2) if name else b""
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, _FREE, right, child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<IQ", start, size)
    )
