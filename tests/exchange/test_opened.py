"""Files that come from outside: whatever they are, nothing is applied, nothing crashes, and a person is told why."""

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.exchange.offices import Offices, base_of, files_of, packed
from villagedesk.exchange import bag, opened, usecases
from villagedesk.exchange.opened import open_bag
from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import BadInput, PackageRefused

Members = list[tuple[str, bytes]]


@pytest.fixture
def members(first_package: Path) -> Members:
    """The first package's members as they stand in the zip."""
    with zipfile.ZipFile(first_package) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.fixture
def refused(offices: Offices) -> Callable[[Path], str]:
    """Let the township receive a file; return the reason after checking that it changed nothing but the quarantine."""

    def refused(path: Path) -> str:
        before, attachments = offices.tips(), list((offices.township.folder / "attachments").rglob("*"))
        with pytest.raises(PackageRefused) as caught:
            usecases.receive(offices.township, path)
        assert offices.tips() == before
        assert list((offices.township.folder / "attachments").rglob("*")) == attachments
        quarantine = offices.township.folder / "inbox" / "隔离"
        (reason,) = quarantine.glob("*.txt")
        assert reason.read_text("utf-8").strip() == str(caught.value)
        assert reason.with_suffix("").read_bytes() == path.read_bytes()
        assert not list((offices.township.folder / "inbox").glob("*.*"))
        shutil.rmtree(quarantine)
        return str(caught.value.facts["why"])

    return refused


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_anywhere_and_it_is_never_applied(
    offices: Offices, first_package: Path, data: st.DataObject
) -> None:
    content = bytearray(first_package.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = offices.stick / "changed.zip"
    path.write_bytes(content)
    before = offices.tips()
    with pytest.raises(PackageRefused):
        usecases.receive(offices.township, path)
    assert offices.tips() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(0, 40_000))
@example(0)
@example(1)
@example(149)
@example(150)
def test_a_file_cut_short_is_never_applied(offices: Offices, first_package: Path, kept: int) -> None:
    content = first_package.read_bytes()
    path = offices.stick / "short.zip"
    path.write_bytes(content[: min(kept, len(content) - 1)])
    with pytest.raises(PackageRefused, match=r"不完整|不是数据包"):
        usecases.receive(offices.township, path)


@settings(max_examples=60)
@given(st.binary(max_size=2_000))
def test_no_rubbish_is_a_bag(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("rubbish") / "x.zip"
    path.write_bytes(b"PK\x03\x04" + content)
    with pytest.raises(PackageRefused):
        open_bag(path)


def test_a_member_added(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    added = [*members, (members[0][0].partition("/")[0] + "/data/attachments/" + "0" * 64, b"")]
    assert "对不上" in refused(packed(offices.stick / "x.zip", added))


def test_a_member_removed(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    for name, _ in members:
        left = [member for member in members if member[0] != name]
        assert refused(packed(offices.stick / "x.zip", left))


def test_a_member_renamed(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    renamed = [(name.replace("村民.csv", "农民.csv"), content) for name, content in members]
    assert "对不上" in refused(packed(offices.stick / "x.zip", renamed))


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "{base}/../../evil.txt",
        "/etc/passwd",
        "C:\\evil.txt",
        "{base}\\data\\journal.jsonl",
        "{base}/data/attachments/../../x",
        "{base}/data/tables/a.exe",
        "{base}/data/notices/2026-0001.pdf.exe",
        "{base}/data/",
        "{base}/",
        "other/data/journal.jsonl",
        "{base}/fetch.txt",
    ],
)
def test_a_name_that_has_no_business_there(
    refused: Callable[[Path], str], members: Members, offices: Offices, name: str
) -> None:
    base = members[0][0].partition("/")[0]
    assert "不该有" in refused(packed(offices.stick / "x.zip", [*members, (name.format(base=base), b"x")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    assert "两份" in refused(packed(offices.stick / "x.zip", [*members, members[0]]))


def test_two_folders_in_one_zip(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    first, *rest = members
    elsewhere = ("510322105207-package-0009/" + first[0].partition("/")[2], first[1])
    assert "缺少" in refused(packed(offices.stick / "x.zip", [elsewhere, *rest]))


def test_a_name_that_ends_early(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    base = members[0][0].partition("/")[0]
    path = packed(offices.stick / "x.zip", [*members, (f"{base}/fetch.txt#.txt", b"x")])
    path.write_bytes(path.read_bytes().replace(b"fetch.txt#", b"fetch.txt\x00"))
    assert "不该有" in refused(path)


def test_ten_thousand_members(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    base = members[0][0].partition("/")[0]
    many = [(f"{base}/data/attachments/{number:064x}", b"") for number in range(10_000)]
    assert "太多" in refused(packed(offices.stick / "x.zip", [*members, *many]))


def test_a_bomb_is_not_unpacked(
    refused: Callable[[Path], str], members: Members, offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*_: object) -> str:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(opened, "_digest", unpacked)
    bombed = [(name, b"0" * 50_000_000 if name.endswith("journal.jsonl") else content) for name, content in members]
    assert "大得不正常" in refused(packed(offices.stick / "x.zip", bombed))


def test_a_whole_that_is_too_large_is_not_unpacked(
    refused: Callable[[Path], str], first_package: Path, offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "LARGEST_WHOLE", 1_000)
    path = Path(shutil.copy(first_package, offices.stick / "x.zip"))
    assert "大得不正常" in refused(path)


def test_a_member_that_lies_about_its_size(
    refused: Callable[[Path], str], first_package: Path, offices: Offices
) -> None:
    content = bytearray(first_package.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 10)
    (offices.stick / "x.zip").write_bytes(content)
    assert refused(offices.stick / "x.zip")


def test_a_password_or_another_method(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    path = offices.stick / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = b"0" * bag.SEAL_SIZE
    assert "存法" in refused(path)


def test_packed_anew_by_another_program(refused: Callable[[Path], str], members: Members, offices: Offices) -> None:
    path = offices.stick / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    assert "压缩软件" in refused(path)
    assert "签名" in refused(packed(path, members)), "all files are right, but the seal is not"


def test_something_before_or_behind_the_zip(
    refused: Callable[[Path], str], first_package: Path, offices: Offices
) -> None:
    content = first_package.read_bytes()
    path = offices.stick / "x.zip"
    for foreign in (b"MZ" + content, content + b"\n"):
        path.write_bytes(foreign)
        assert refused(path)


def test_manifests_rewritten_with_the_payload(
    refused: Callable[[Path], str], first_package: Path, offices: Offices
) -> None:
    files = files_of(first_package)
    files["data/tables/村民.csv"] += b"x"
    files["bag-info.txt"] = _oxum(files)
    payload = {name: digest_of(content) for name, content in files.items() if name.startswith("data/")}
    files["manifest-sha256.txt"] = bag.manifest(payload)
    listed = {name: digest_of(files[name]) for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")}
    files["tagmanifest-sha256.txt"] = bag.manifest(listed)
    base = base_of(first_package)
    path = packed(offices.stick / "x.zip", [(f"{base}/{name}", content) for name, content in files.items()])
    open_bag(path)
    assert "签名" in refused(path), "a valid bag, not an authentic one"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bag-info.txt", b"\xff\xfe"),
        ("bag-info.txt", b"no label\n"),
        ("bag-info.txt", b"A: b\nA: c\n"),
        ("bagit.txt", b"BagIt-Version: 0.97\n"),
    ],
)
def test_tags_that_cannot_be_read(
    refused: Callable[[Path], str], first_package: Path, offices: Offices, name: str, content: bytes
) -> None:
    files = files_of(first_package) | {name: content}
    listed = {tag: digest_of(files[tag]) for tag in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")}
    files["tagmanifest-sha256.txt"] = bag.manifest(listed)
    base = base_of(first_package)
    assert refused(packed(offices.stick / "x.zip", [(f"{base}/{n}", c) for n, c in files.items()]))


def test_a_missing_file_is_said_to_be_missing(offices: Offices) -> None:
    with pytest.raises(BadInput, match="U盘"):
        usecases.receive(offices.township, offices.stick / "nothing.zip")


def test_a_far_too_large_file_is_not_even_copied(offices: Offices) -> None:
    path = offices.stick / "film.zip"
    with path.open("wb") as stream:
        stream.truncate(opened.LARGEST_FILE + 1)
    with pytest.raises(BadInput, match="太大"):
        usecases.receive(offices.township, path)
    with pytest.raises(PackageRefused):
        open_bag(path)


def test_an_unknown_payload_file_has_no_content(first_package: Path) -> None:
    with pytest.raises(KeyError):
        open_bag(first_package).content("data/nothing")


def _oxum(files: dict[str, bytes]) -> bytes:
    payload = [content for name, content in files.items() if name.startswith("data/")]
    lines = files["bag-info.txt"].decode().splitlines()[:-1]
    return "\n".join([*lines, f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}", ""]).encode()
