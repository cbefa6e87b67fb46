"""A village that has its own key and writes what it should not: the township takes nothing of it."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.offices import Files, Offices, approved_claim, chained, enrol_each_other, forged, furnish, line_of
from tests.village_fixtures import PASSWORD
from villagedesk.exchange import intake, usecases
from villagedesk.exchange.inbox import waiting
from villagedesk.exchange.keys import seal
from villagedesk.exchange.plan import Standing
from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import PackageHeld, PackageRefused
from villagedesk.kernel.ids import seeded_chance
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village import usecases as village_usecases
from villagedesk.village.model import Office, Role
from villagedesk.village.secrets import public_key

JOURNAL = "data/journal.jsonl"
Lines = list[dict[str, Any]]
Info = dict[str, str]


@pytest.fixture
def refused(offices: Offices) -> Callable[[Path], str]:
    """Let the township receive a file; return why it was refused, after checking that nothing changed."""

    def refused(path: Path) -> str:
        before = offices.tips()
        with pytest.raises(PackageRefused) as caught:
            usecases.receive(offices.township, path)
        assert offices.tips() == before
        assert not any(file.is_file() for file in (offices.township.folder / "attachments").rglob("*"))
        assert not verify(offices.township.folder).faults
        return str(caught.value.facts["why"])

    return refused


@pytest.fixture
def told(offices: Offices) -> Callable[[Callable[[Lines, Info], None]], Path]:
    """Write a package whose entries were changed by ``edit`` and chained and signed anew by the village itself."""

    def told(edit: Callable[[Lines, Info], None], *, chain: bool = True) -> Path:
        def change(files: Files, info: Info) -> None:
            lines = [json.loads(line) for line in files[JOURNAL].splitlines()]
            edit(lines, info)
            if chain:
                chained(lines, info)
            files[JOURNAL] = "".join(json.dumps(line) + "\n" for line in lines).encode()

        return forged(offices.export(), _seed(offices), change)

    return told


def _seed(offices: Offices) -> bytes:
    assert offices.village.signing_seed
    return offices.village.signing_seed


def test_an_honest_package_written_anew_is_taken(
    offices: Offices, told: Callable[[Callable[[Lines, Info], None]], Path]
) -> None:
    assert offices.take_up(told(lambda lines, info: None)).standing is Standing.NEW


@pytest.mark.parametrize("table", ["claims", "offices", "reviews", "attachments"])
def test_another_villages_record(refused: Any, told: Any, table: str) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, table)["body"]["village_id"] = "Y" * 26

    assert "别的村" in refused(told(edit))


def test_a_table_that_is_not_the_villages(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line = line_of(lines, "claims")
        line["head"]["table"] = "verdicts"

    assert "不归村里管" in refused(told(edit))


def test_a_table_nobody_knows(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["head"]["table"] = "sqlite_master"

    assert "不归村里管" in refused(told(edit))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_fen", "140950"),
        ("payee", 5),
        ("payee", None),
        ("spent_on", "2026-02-30"),
        ("spent_on", "20260105"),
        ("state", "golden"),
        ("extra", "x"),
        ("id", "Z" * 26),
        ("version", 7),
    ],
)
def test_a_record_that_is_not_of_its_form(refused: Any, told: Any, column: str, value: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["body"][column] = value

    assert "不合格式" in refused(told(edit))


def test_a_record_without_one_of_its_columns(refused: Any, told: Any) -> None:
    assert "不合格式" in refused(told(lambda lines, info: line_of(lines, "claims")["body"].pop("payee") and None))


@pytest.mark.parametrize("value", [1.5, True, 2**60, ["x"], {"a": 1}, "\ud800"])
def test_a_value_no_column_holds(refused: Any, told: Any, value: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["body"]["amount_fen"] = value

    assert "内容不对" in refused(told(edit, chain=False))


@pytest.mark.parametrize(
    "edit",
    [
        lambda line: line["head"].update(version="1"),
        lambda line: line["head"].update(version=0),
        lambda line: line["head"].update(reason="\ud800"),
        lambda line: line["head"].update(version=True),
        lambda line: line["head"].pop("actor"),
        lambda line: line.update(head=[]),
        lambda line: line.update(head=None),
    ],
)
def test_a_head_that_is_none(refused: Any, told: Any, edit: Callable[[dict[str, Any]], None]) -> None:
    assert "抬头" in refused(told(lambda lines, info: edit(line_of(lines, "claims")), chain=False))


@pytest.mark.parametrize(
    "edit",
    [
        lambda line: line.pop("body"),
        lambda line: line.pop("head"),
        lambda line: line.update(sealed="AAAA"),
        lambda line: line.update(more=1),
    ],
)
def test_a_line_with_more_or_less(refused: Any, told: Any, edit: Callable[[dict[str, Any]], None]) -> None:
    assert "多了或少了" in refused(told(lambda lines, info: edit(line_of(lines, "claims")), chain=False))


def test_a_changed_body_does_not_fit_its_digest(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["body"]["amount_fen"] += 1

    assert "摘要对不上" in refused(told(edit, chain=False))


@pytest.mark.parametrize("sealed", ["%%%", "AAAA", 5, None, "é"])
def test_a_sealed_body_that_does_not_open(refused: Any, told: Any, sealed: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "people")["sealed"] = sealed

    assert "摘要对不上" in refused(told(edit, chain=False))


def test_a_body_sealed_to_somebody_else(offices: Offices, refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        sealed = seal(b"{}", public_key(b"9" * 32), _seed(offices))
        line_of(lines, "people")["sealed"] = b64encode(sealed).decode()

    assert "摘要对不上" in refused(told(edit, chain=False))


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: lines.pop(5),
        lambda lines: lines.insert(5, lines[5]),
        lambda lines: lines.reverse(),
        lambda lines: lines[5].update(seq=99),
        lambda lines: lines[5].update(digest=5),
        lambda lines: lines[5].update(digest="zz"),
        lambda lines: lines[5].update(link="0" * 64),
    ],
)
def test_entries_out_of_their_places(refused: Any, told: Any, edit: Callable[[Lines], object]) -> None:
    assert refused(told(lambda lines, info: edit(lines) and None, chain=False))


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"not json\n", b"[" * 99_999 + b"\n", b"\xff\n", b"5\n"])
def test_a_journal_that_is_none(offices: Offices, refused: Any, content: bytes) -> None:
    def edit(files: Files, info: Info) -> None:
        files[JOURNAL] = content
        info["Last-Entry"] = "1"

    assert refused(forged(offices.export(), _seed(offices), edit))


def test_the_last_link_is_what_the_first_page_says(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        info["Last-Link"] = "0" * 64

    assert "说明页" in refused(told(edit, chain=False))


@pytest.mark.parametrize(
    ("label", "value", "why"),
    [
        ("Schema-Version", "999", "比这里的新"),
        ("Format-Version", "2", "比这里的新"),
        ("Recipient-Id", "T" * 26, "别的单位"),
        ("Desk-Id", "D" * 26, "从备份恢复"),
        ("Office-Id", "O" * 26, "没有在这里登记"),
        ("Parcel-Number", "x", "说明页不全"),
        ("Parcel-Number", "-1", "说明页不全"),
        ("Parcel-Number", "²", "说明页不全"),
        ("Parcel-Number", "2", "文件夹"),
        ("Parcel-Kind", "letter", "说明页不全"),
        ("Parcel-Kind", "receipt", "文件夹"),
        ("Last-Entry", "3", "对不上"),
    ],
)
def test_a_first_page_that_is_not_right(offices: Offices, refused: Any, label: str, value: str, why: str) -> None:
    def edit(files: Files, info: Info) -> None:
        info[label] = value

    assert why in refused(forged(offices.export(), _seed(offices), edit))


def test_a_first_page_that_lacks_a_line(offices: Offices, refused: Any) -> None:
    assert "说明页不全" in refused(forged(offices.export(), _seed(offices), lambda files, info: info.pop("Desk-Id")))


def test_a_package_signed_by_another_key(offices: Offices, refused: Any) -> None:
    assert "签名" in refused(forged(offices.export(), b"8" * 32, lambda files, info: None))


def test_a_receipt_that_says_it_comes_from_a_village(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        files.clear()
        files["data/receipt.json"] = b"{}"
        info["Parcel-Kind"] = "receipt"

    path = forged(offices.export(), _seed(offices), edit, base="510322105207-receipt-0001")
    assert "来处" in refused(path)


def test_a_package_with_a_receipts_file(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        files["data/receipt.json"] = b"{}"

    assert "不是这种" in refused(forged(offices.export(), _seed(offices), edit))


def test_a_paper_that_is_missing(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        files.pop(next(name for name in files if name.startswith("data/attachments/")))

    assert "缺1件附件" in refused(forged(offices.export(), _seed(offices), edit))


def test_a_paper_nobody_wrote_down(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        files["data/attachments/" + digest_of(b"virus")] = b"virus"

    assert "多出" in refused(forged(offices.export(), _seed(offices), edit))


def test_a_paper_under_another_papers_name(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        files["data/attachments/" + digest_of(b"one")] = b"another"

    assert "对不上" in refused(forged(offices.export(), _seed(offices), edit))


def test_a_sealed_paper_that_is_another(offices: Offices, refused: Any) -> None:
    def edit(files: Files, info: Info) -> None:
        first, second, _ = (name for name in files if name.endswith(".sealed"))
        files[first] = files[second]

    assert "附件打不开" in refused(forged(offices.export(), _seed(offices), edit))


def test_a_record_that_contradicts_the_schema(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["body"]["project_id"] = "P" * 26

    assert "互相矛盾" in refused(told(edit))


def test_a_version_that_does_not_follow(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line = line_of(lines, "claims")
        line["head"]["version"] = line["body"]["version"] = 3

    assert "接不上" in refused(told(edit))


def test_a_removal_of_what_is_not_there(refused: Any, told: Any) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line = line_of(lines, "arrivals")
        line["body"] = None
        line["head"]["version"] = 2

    assert "接不上" in refused(told(edit))


def test_a_removed_draft_goes_from_the_township_too(offices: Offices) -> None:
    claim = offices.village.find(Claim)[0]
    with offices.village.change("test.draft") as change:
        draft = change.put(replace(claim, id="", version=0, state=ClaimState.DRAFT))
    offices.take_up()
    assert offices.township.find(Claim, "id = ?", [draft.id])
    with offices.village.change("test.discard") as change:
        change.discard(draft)
    offices.take_up()
    assert not offices.township.find(Claim, "id = ?", [draft.id])
    with offices.village.change("test.back_from_the_bin") as change:
        change.put(replace(draft, version=draft.version + 1))
    lines = offices.take_up().lines
    assert offices.township.find(Claim, "id = ?", [draft.id])
    assert not verify(offices.township.folder).faults
    assert [line.title for line in lines] == ["报账单"]


def test_a_frozen_record_stays_frozen_at_the_township(offices: Offices, refused_later: Any, told: Any) -> None:
    offices.take_up()
    voucher = offices.township.value("SELECT id FROM claims")
    assert voucher

    def edit(lines: Lines, info: Info) -> None:
        head = {"at": "2026-01-06", "actor": "x", "action": "x", "reason": "", "table": "claims", "id": voucher}
        row = dict(offices.township.rows("SELECT * FROM claims")[0])
        row |= {"amount_fen": 1, "version": row["version"] + 1}
        lines[-1].update(head={**head, "version": row["version"]}, body=row)

    assert "不能改动" in refused_later(told(edit))


@pytest.fixture
def refused_later(offices: Offices) -> Callable[[Path], str]:
    """Like ``refused``, for a township that has taken something before."""

    def refused(path: Path) -> str:
        before = offices.tips()
        with pytest.raises(PackageRefused) as caught:
            usecases.receive(offices.township, path)
        assert offices.tips() == before
        return str(caught.value.facts["why"])

    return refused


@pytest.fixture
def other_village(offices: Offices, tmp_path: Path) -> str:
    """A second village of the township that has reported a claim; returns the claim's id."""
    office = Office(name="白水村", code="510322105208", township="双石镇", is_practice=True)
    desk = village_usecases.found_desk(
        tmp_path / "白水村", office, "何会计", PASSWORD, clock=offices.village.clock, chance=seeded_chance(9)
    )
    with desk:
        village_usecases.appoint(desk, "赵主任", Role.HEAD, PASSWORD)
        village_usecases.appoint(desk, "钱组长", Role.FINANCE_GROUP, PASSWORD)
        village_usecases.appoint(desk, "李会计", Role.ACCOUNTANT, PASSWORD)
        enrol_each_other(desk, offices.township, tmp_path)
        furnish(desk)
        usecases.receive(offices.township, usecases.export(desk, offices.stick).path)
        return str(desk.value("SELECT id FROM claims"))


def test_two_villages_lie_side_by_side(offices: Offices, other_village: str) -> None:
    offices.take_up()
    rows = offices.township.rows("SELECT village_id, count(*) FROM claims GROUP BY village_id")
    assert [row[1] for row in rows] == [1, 1]
    assert offices.township.value("SELECT count(*) FROM attachments") == 3, "the same papers are kept once"
    assert not verify(offices.township.folder).faults
    offices.take_down()


def test_another_villages_record_cannot_be_taken_over(
    offices: Offices, other_village: str, refused_later: Any, told: Any
) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line = line_of(lines, "claims")
        row = dict(offices.township.rows("SELECT * FROM claims WHERE id = ?", [other_village])[0])
        row |= {"village_id": offices.village.office_id, "version": row["version"] + 1}
        line["head"].update(id=other_village, version=row["version"])
        line["body"] = row

    assert "牵涉到别的村" in refused_later(told(edit))


def test_another_villages_record_cannot_be_removed(
    offices: Offices, other_village: str, refused_later: Any, told: Any
) -> None:
    def edit(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["head"].update(id=other_village, version=9)
        line_of(lines, "claims")["body"] = None

    assert "牵涉到别的村" in refused_later(told(edit))


def test_another_villages_record_cannot_be_pointed_at(
    offices: Offices, other_village: str, refused_later: Any, told: Any
) -> None:
    project = offices.township.value("SELECT project_id FROM claims WHERE id = ?", [other_village])

    def point(lines: Lines, info: Info) -> None:
        line_of(lines, "claims")["body"]["project_id"] = project

    def review(lines: Lines, info: Info) -> None:
        line_of(lines, "reviews")["body"]["subject_id"] = other_village

    assert "牵涉到别的村" in refused_later(told(point))
    assert "牵涉到别的村" in refused_later(told(review))


def test_a_gap_is_held_and_names_the_missing_number(offices: Offices) -> None:
    first = offices.export()
    offices.take_up(first)
    receipt = offices.receipt()
    offices.take_down(receipt)
    restored = _before_anything_came(offices)
    approved_claim(offices.village, amount_fen=5_00)
    second = offices.export()
    with restored:
        before = restored.tip()
        with pytest.raises(PackageHeld) as caught:
            usecases.receive(restored, second)
        assert "第1号还没有收到" in str(caught.value)
        assert restored.tip() == before
        assert [path.name for path in waiting(restored.folder)] == ["青山村-第0002号.zip"]
        usecases.receive(restored, first)
        usecases.receive(restored, waiting(restored.folder)[0])
        assert waiting(restored.folder) == []
        assert not verify(restored.folder).faults
        assert restored.value("SELECT count(*) FROM claims") == 2


def _before_anything_came(offices: Offices) -> Desk:
    """The township as it was before the first package: a desk restored from an old backup."""
    desk = Desk.create(offices.stick.parent / "旧备份", offices.township.clock, offices.township.chance)
    desk.actor, desk.signing_seed = offices.township.actor, offices.township.signing_seed
    with desk.change("test.restored") as change:
        for row in offices.township.rows("SELECT * FROM offices WHERE kind = 'township'"):
            change.write("offices", {**dict(row), "version": 1})
        for row in offices.township.rows("SELECT * FROM desks"):
            change.write("desks", {**dict(row), "version": 1})
        change.put(replace(offices.peer, version=0, last_seq=0, last_link="0" * 64, last_number=0))
    return desk


def test_a_column_of_a_later_schema_may_be_missing(offices: Offices) -> None:
    columns = intake.columns_of(offices.township, "offices")
    row = dict(offices.village.rows("SELECT * FROM offices")[0])
    del row["phone"]
    assert not intake.check_row(Office, row, columns)
    later = tuple(replace(column, default="") if column.name == "phone" else column for column in columns)
    assert intake.check_row(Office, row, later)
    defaults = {column.name: column.default for column in intake.columns_of(offices.township, "desks")}
    assert defaults["restored_from"] == ""
    assert defaults["kind"] is None


def test_rows_are_checked_against_the_declared_columns(offices: Offices) -> None:
    columns = intake.columns_of(offices.township, "offices")
    row = dict(offices.village.rows("SELECT * FROM offices")[0])
    assert intake.check_row(Office, row, columns)
    assert not intake.check_row(Office, {**row, "kind": "county"}, columns)
