"""What leaves the village, and what does not."""

import csv
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.exchange.offices import Files, Offices, files_of
from villagedesk.exchange import tables
from villagedesk.exchange.heads import HEADS, NAMES
from villagedesk.exchange.outgoing import travels
from villagedesk.exchange.records import RECORDS
from villagedesk.storage.desk import Desk
from villagedesk.storage.schema import create, table_rules
from villagedesk.village.model import Person, Photo

_NOT_SHOWN = {
    "id", "version", "village_id", "initials", "facts", "link", "profile_version", "subject_id", "subject_version",
    "claim_version", "person_id", "claim_id", "paper_id", "topic_id", "wording_version", "shape", "mapping", "counted",
    "import_id",
}  # fmt: skip
_SCHEMA = sqlite3.connect(":memory:")
create(_SCHEMA)
RULES = table_rules(_SCHEMA)
TRAVELLING = [name for name, rule in RULES.items() if travels(rule)]


@pytest.fixture
def files(first_package: Path) -> Files:
    return files_of(first_package)


def _rows(files: Files, title: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/tables/{title}.csv"].decode("utf-8-sig"))))


def test_every_table_is_either_private_or_has_its_record() -> None:
    assert list(RECORDS) == TRAVELLING or set(RECORDS) == set(TRAVELLING)
    private = {name for name, rule in RULES.items() if not travels(rule)}
    assert private == {"desks", "credentials", "kinships", "peers", "parcels", "verdicts"}


@pytest.mark.parametrize("table", TRAVELLING)
def test_every_column_is_shown_personal_or_left_out_on_purpose(table: str) -> None:
    columns = {row[1] for row in _SCHEMA.execute(f"PRAGMA table_info({table})")}
    shown = set(HEADS[table])
    assert shown <= columns
    assert not shown & RULES[table].personal
    assert columns - shown - RULES[table].personal <= _NOT_SHOWN
    parents = {row[3]: row[2] for row in _SCHEMA.execute(f"PRAGMA foreign_key_list({table})")}
    assert all(parents[column] in NAMES for column in shown & parents.keys())


def test_nothing_personal_leaves_in_readable_form(files: Files, offices: Offices) -> None:
    people = offices.village.find(Person)
    assert people
    secrets = [text for person in people for text in (person.id_number, person.account, person.phone) if len(text) > 5]
    assert secrets
    readable = b"\n".join(files.values())
    assert not [secret for secret in secrets if secret.encode() in readable]


def test_papers_that_hang_nowhere_are_sealed(files: Files) -> None:
    papers = [name for name in files if name.startswith("data/attachments/")]
    assert len(papers) == 3
    assert all(name.endswith(".sealed") for name in papers)
    assert b"6222020111122220001" not in b"".join(files.values())


def test_private_entries_travel_as_their_digest_alone(files: Files, offices: Offices) -> None:
    lines = files["data/journal.jsonl"].decode().splitlines()
    private = {
        entry.seq for entry in offices.village.entries() if entry.table_name in ("desks", "credentials", "peers")
    }
    bare = {number for number, line in enumerate(lines, 1) if '"head"' not in line}
    assert bare == private
    assert all(word not in "".join(lines) for word in ("wrapped_key", "verifier", "village.officer.signed"))


def test_a_table_opens_in_excel_as_a_person_reads_it(files: Files) -> None:
    assert files["data/tables/报账单.csv"].startswith(b"\xef\xbb\xbf")
    (claim,) = _rows(files, "报账单")
    assert claim["金额（元）"] == "1409.50"
    assert claim["项目"] == "生活垃圾清运"
    assert claim["资金"] == "2026年县级补助"
    assert claim["进度"] == "待乡镇审核"
    assert claim["制单人"] == "李会计"
    (review,) = _rows(files, "审核意见")
    assert (review["审核的是"], review["意见"]) == ("报账单", "同意")
    assert review["时间"].startswith("2026-01-05 09:")
    assert _rows(files, "办事人员")[0]["在任"] == "是"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-明细", "'-明细"),
        ("24512000000012345678", "24512000000012345678\t"),
        ("0137", "0137\t"),
        ("12345", "12345"),
        ("垃圾桶", "垃圾桶"),
    ],
)
def test_excel_leaves_text_as_it_is(typed: str, shown: str) -> None:
    assert tables._text(typed) == shown


def test_empty_tables_are_left_out(files: Files) -> None:
    assert "data/tables/凭证.csv" not in files


def test_an_issued_notice_travels_readable_under_its_number(offices: Offices) -> None:
    _issue(offices.village, b"%PDF notice", b"photo of the board")
    path = offices.export()
    files = files_of(path)
    assert files["data/notices/2026-0012.pdf"] == b"%PDF notice"
    assert any(content == b"photo of the board" for content in files.values()), "what hangs on the board is open"
    offices.take_up(path)
    assert offices.township.value("SELECT count(*) FROM attachments") == 5


def test_the_names_in_the_zip_are_plain(first_package: Path) -> None:
    with zipfile.ZipFile(first_package) as archive:
        assert all(name.startswith("510322105207-package-0001/") for name in archive.namelist())
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _issue(desk: Desk, notice_paper: bytes, photo: bytes) -> None:
    from datetime import date

    from villagedesk.disclosure.model import Issuance, Notice, NoticeState, Posting
    from villagedesk.oversight.model import Review
    from villagedesk.payments.model import Outcome

    officers = {row["name"]: row["id"] for row in desk.rows("SELECT name, id FROM officers")}
    with desk.change("test.issued") as change:
        notice = change.put(
            Notice(slot=5, kind="x", period="2026Q1", title="公示", facts="{}", state=NoticeState.ISSUED,
                   made_by=officers["李会计"], profile_version="1")
        )  # fmt: skip
        change.put(
            Review(subject_table="notices", subject_id=notice.id, subject_version=1, outcome=Outcome.PASSED,
                   given_by=officers["周监督"], given_at=change.at)
        )  # fmt: skip
        paper, board = (
            change.attach("公示.pdf", "application/pdf", notice_paper),
            change.attach("a.jpg", "image/jpeg", photo),
        )
        change.put(
            Issuance(notice_id=notice.id, year=2026, number=12, issued_on=date(2026, 1, 6),
                     issued_by=officers["李会计"], facts="{}", link=change.link, paper_id=paper.id)
        )  # fmt: skip
        posting = change.put(
            Posting(notice_id=notice.id, board="村委会", first_day=date(2026, 1, 6), last_day=date(2026, 1, 15),
                    posted_by=officers["李会计"])
        )  # fmt: skip
        change.put(
            Photo(subject_table="postings", subject_id=posting.id, attachment_id=board.id, added_by=officers["李会计"])
        )
