"""A bag that came from outside, looked at without trust: its shape before anything is unpacked, then its digests.

Every fault is a PackageRefused with a plain reason; nothing is ever written by what is read here.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from villagedesk.exchange import bag
from villagedesk.exchange.keys import is_signed
from villagedesk.kernel.errors import PackageRefused

LARGEST_FILE = 600 << 20
LARGEST_WHOLE = 1 << 30
LARGEST_MEMBER = 400 << 20
MOST_MEMBERS = 5_000
MOST_SQUEEZED = 100
"""A member that unpacks to more than this many times its size is a bomb, not a ledger."""

_LARGEST_DIRECTORY = 2 << 20
_SMALL = 64 << 10
_BASE = re.compile(r"[0-9]{9,12}-(package|receipt|return)-[0-9]{4,9}")
_NAMES = re.compile(
    r"bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt|signature\.txt"
    r"|data/journal\.jsonl|data/receipt\.json|data/records\.sealed"
    r"|data/attachments/[0-9a-f]{64}(\.sealed)?|data/tables/[\u4e00-\u9fff]{1,20}\.csv"
    r"|data/notices/[0-9]{4}-[0-9]{4,6}\.pdf"
)
_END = struct.Struct("<4s4H2LH")
_TAGS = ("bagit.txt", bag.INFO, bag.MANIFEST, bag.TAG_MANIFEST, bag.SIGNATURE)
_AGAIN = "请对方在程序里重新写一份，用U盘再拷一次。"
_CUT = "文件不完整或损坏，可能没有拷完，或者U盘有坏处。"
_ALTERED = "里面的内容和清单对不上，拷贝时损坏了，或者被人改过。"


@dataclass(frozen=True, slots=True)
class OpenedBag:
    """A bag whose members all are what its manifests say. Whether a known key signed it is asked separately."""

    path: Path
    base: str
    info: Mapping[str, str]
    digests: Mapping[str, str]
    tag_manifest: bytes
    signature: str
    digest: str

    def content(self, name: str) -> bytes:
        """Return a payload file. Raises KeyError when the bag has none of that name."""
        if name not in self.digests:
            raise KeyError(name)
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(f"{self.base}/{name}")

    def contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield payload files one by one with their content."""
        with zipfile.ZipFile(self.path) as archive:
            for name in names:
                yield name, archive.read(f"{self.base}/{name}")

    def is_signed_by(self, public_key: str) -> bool:
        """Tell whether the key signed both the tag manifest and every byte of the file."""
        size = self.path.stat().st_size
        with self.path.open("rb") as stream:
            stream.seek(size - bag.SEAL_SIZE)
            seal = stream.read().decode("ascii", "replace")
        whole = bytes.fromhex(bag.digest_until(self.path, size - bag.SEAL_SIZE))
        return is_signed(self.tag_manifest, self.signature, public_key) and is_signed(whole, seal, public_key)


def open_bag(path: Path) -> OpenedBag:
    """Return the bag in a local file after its shape, names, sizes and digests were checked.

    Raises PackageRefused; OSError only when the local disk itself fails.
    """
    _check_shape(path)
    with _faults_of_a_zip(), zipfile.ZipFile(path) as archive:
        base, members = _members(archive)
        digests = {name: _digest(archive, member) for name, member in members.items()}
        tags = {name: archive.read(members[name]) for name in _TAGS}
    _check_manifests(tags, digests)
    info = _labels(tags[bag.INFO])
    payload = {name: digest for name, digest in digests.items() if name.startswith("data/")}
    _check_contents(members, payload, info)
    signature = tags[bag.SIGNATURE].decode("ascii", "replace").removesuffix("\n")
    return OpenedBag(
        path, base, info, payload, tags[bag.TAG_MANIFEST], signature, bag.digest_until(path, path.stat().st_size)
    )


def refused(why: str, then: str = _AGAIN) -> PackageRefused:
    """Return the fault for a package that is not taken, with what to do next."""
    return PackageRefused(why=why, then=then)


def _check_shape(path: Path) -> None:
    """Look at the zip's last bytes alone: a plain archive, its directory small, our seal behind it, nothing more."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise refused("文件太大，不像是村里报来的数据包。", "请检查是不是选错了文件。")
    tail = _END.size + bag.SEAL_SIZE
    if size < tail:
        raise refused(_CUT)
    with path.open("rb") as stream:
        magic = stream.read(4)
        stream.seek(size - tail)
        end = _END.unpack(stream.read(_END.size))
    if magic != b"PK\x03\x04":
        raise refused("这个文件不是数据包。", "请检查是不是选错了文件。")
    mark, disks, disk, here, total, directory, offset, comment = _end_fields(end)
    is_ours = mark == b"PK\x05\x06" and comment == bag.SEAL_SIZE and not disks and not disk and here == total
    if not is_ours or offset + directory + tail != size:
        raise refused("文件不完整，或者不是本程序写的数据包（用压缩软件重新打过包也会这样）。")
    if total > MOST_MEMBERS or directory > _LARGEST_DIRECTORY:
        raise refused(f"里面的文件太多（超过{MOST_MEMBERS}个），不像是村里报来的数据包。")


def _end_fields(end: tuple[object, ...]) -> tuple[bytes, int, int, int, int, int, int, int]:
    return end  # type: ignore[return-value]


def _members(archive: zipfile.ZipFile) -> tuple[str, dict[str, zipfile.ZipInfo]]:
    """Return the bag's folder and its members by their names in it, all names, kinds and sizes allowed."""
    found: dict[str, zipfile.ZipInfo] = {}
    bases: set[str] = set()
    for member in archive.infolist():
        base, _, name = member.filename.partition("/")
        bases.add(base)
        if member.filename != member.orig_filename or not _BASE.fullmatch(base) or not _NAMES.fullmatch(name):
            raise refused(f"里面有不该有的文件“{_shown(member.orig_filename)}”。")
        if name in found:
            raise refused(f"里面的文件“{name}”有两份，不知道该信哪一份。")
        found[name] = member
    if len(bases) != 1 or not found.keys() >= set(_TAGS):
        raise refused("里面缺少必要的文件，不是完整的数据包。")
    _check_sizes(found)
    return bases.pop(), found


def _check_sizes(members: Mapping[str, zipfile.ZipInfo]) -> None:
    for name, member in members.items():
        squeezed = member.file_size > _SMALL and member.file_size > MOST_SQUEEZED * member.compress_size
        if squeezed or member.file_size > LARGEST_MEMBER or (name in _TAGS and member.file_size > 16 * _SMALL):
            raise refused(f"里面的文件“{name}”解开后大得不正常，没有解开它。")
        if member.compress_type != zipfile.ZIP_DEFLATED or member.flag_bits & ~0x800:
            raise refused(f"里面的文件“{name}”的存法不对（加了密码或用了别的压缩方式）。")
    if sum(member.file_size for member in members.values()) > LARGEST_WHOLE:
        raise refused("解开后大得不正常，没有解开它。")


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    digest = sha256()
    with archive.open(member) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _check_manifests(tags: Mapping[str, bytes], digests: Mapping[str, str]) -> None:
    """Compare what stands in the manifests with what is there: the exact set of files, each with its digest."""
    payload = {name: digest for name, digest in digests.items() if name.startswith("data/")}
    listed = {name: digests[name] for name in ("bagit.txt", bag.INFO, bag.MANIFEST)}
    if tags[bag.MANIFEST] != bag.manifest(payload) or tags[bag.TAG_MANIFEST] != bag.manifest(listed):
        raise refused(_ALTERED)
    if tags["bagit.txt"] != bag.DECLARATION:
        raise refused("数据包的格式说明不对，不是本程序写的。")


def _labels(content: bytes) -> dict[str, str]:
    try:
        pairs = [line.split(": ", 1) for line in content.decode().splitlines()]
    except UnicodeDecodeError:
        raise refused(_ALTERED) from None
    labels = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    if len(labels) != len(pairs):
        raise refused("数据包的说明页看不懂。")
    return labels


def _check_contents(
    members: Mapping[str, zipfile.ZipInfo], payload: Mapping[str, str], info: Mapping[str, str]
) -> None:
    size = sum(members[name].file_size for name in payload)
    if info.get("Payload-Oxum") != f"{size}.{len(payload)}":
        raise refused(_ALTERED)
    for name, digest in payload.items():
        folder, _, file = name.rpartition("/")
        if folder == "data/attachments" and not file.endswith(".sealed") and file != digest:
            raise refused(_ALTERED)


def _shown(name: str) -> str:
    plain = "".join(character if character.isprintable() else "?" for character in name)
    return plain if len(plain) <= 60 else plain[:57] + "…"


@contextmanager
def _faults_of_a_zip() -> Iterator[None]:
    """Turn what zipfile and zlib say of a damaged archive into one sentence."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
        ValueError,
        OverflowError,
        LookupError,
    ) as fault:
        raise refused(_CUT) from fault
