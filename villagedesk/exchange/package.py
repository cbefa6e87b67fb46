"""A village's package: which entries, papers and tables go to the township, and under which particulars."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from villagedesk import __version__
from villagedesk.exchange import tables
from villagedesk.exchange.keys import seal
from villagedesk.exchange.model import ParcelKind, Peer
from villagedesk.exchange.travelling import to_line
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.storage.journal import Entry
from villagedesk.storage.schema import SCHEMA_VERSION
from villagedesk.village.model import DeskCard, Office

FORMAT = 1
JOURNAL = "data/journal.jsonl"
RECEIPT = "data/receipt.json"
RETURNED = "data/records.sealed"
ATTACHMENTS = "data/attachments/"
NOTICES = "data/notices/"
MOST_PAPERS = 4_000
LARGEST_PAPERS = 300 << 20
"""How many papers, and how many bytes of them, one package carries; the rest waits for the next one."""
_HUNG = """SELECT paper_id FROM issuances UNION SELECT photo_id FROM postings WHERE photo_id IS NOT NULL
            UNION SELECT attachment_id FROM photos WHERE subject_table IN ('postings', 'takedowns')"""
"""Papers that hang on the board for everyone; all others are sealed to the township."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the first page (bag-info.txt) of a package or receipt says. Links are the journal's, in hexadecimal."""

    kind: ParcelKind
    office_id: str
    office_name: str
    office_code: str
    desk_id: str
    recipient_id: str
    number: int
    first_seq: int
    last_seq: int
    previous_link: str
    last_link: str
    previous_number: int = 0
    schema_version: int = SCHEMA_VERSION
    format_version: int = FORMAT

    @property
    def base(self) -> str:
        """The bag's folder in the zip."""
        return f"{self.office_code}-{self.kind.value}-{self.number:04d}"

    def labels(self, written_on: str) -> dict[str, str]:
        """Return the page's lines by their labels."""
        return {
            "Source-Organization": self.office_name,
            "Bagging-Date": written_on,
            "Bag-Software-Agent": f"VillageDesk {__version__}",
            **{label: str(getattr(self, name)) for label, name in _LABELS.items()},
        }

    @classmethod
    def read(cls, labels: Mapping[str, str]) -> "Particulars":
        """Return what a page says. Raises ValueError or KeyError when something is missing or no number."""
        texts = {name: labels[label] for label, name in _LABELS.items()}
        numbers = {name: _number(texts.pop(name)) for name in _NUMBERS}
        kind = ParcelKind(texts.pop("kind"))
        fields: dict[str, Any] = {**texts, **numbers}
        return cls(kind=kind, **fields)


_LABELS = {
    "Parcel-Kind": "kind",
    "Format-Version": "format_version",
    "Schema-Version": "schema_version",
    "Office-Id": "office_id",
    "Office-Name": "office_name",
    "Office-Code": "office_code",
    "Desk-Id": "desk_id",
    "Recipient-Id": "recipient_id",
    "Parcel-Number": "number",
    "Previous-Number": "previous_number",
    "First-Entry": "first_seq",
    "Last-Entry": "last_seq",
    "Previous-Link": "previous_link",
    "Last-Link": "last_link",
}
_NUMBERS = ("number", "previous_number", "first_seq", "last_seq", "schema_version", "format_version")


def particulars(desk: Desk, office: Office, card: DeskCard, township: Peer, number: int) -> Particulars:
    """Return the particulars of a package with what the township has not acknowledged, as far as it fits."""
    last_seq, last_link = _reach(desk, township.last_seq)
    return Particulars(
        kind=ParcelKind.PACKAGE,
        office_id=office.id,
        office_name=office.name,
        office_code=office.code,
        desk_id=card.id,
        recipient_id=township.office_id,
        number=number,
        first_seq=township.last_seq + 1,
        last_seq=last_seq,
        previous_link=township.last_link,
        last_link=last_link,
        previous_number=township.last_number,
    )


def _reach(desk: Desk, after: int) -> tuple[int, str]:
    """Return the last entry (and its link) up to which the papers fit in one package; one paper always does."""
    seq, link, _ = desk.tip()
    count = size = 0
    for number, paper_size in desk.rows(_PAPERS_AFTER, [after]):
        count, size = count + 1, size + paper_size
        if count > 1 and (count > MOST_PAPERS or size > LARGEST_PAPERS):
            return number - 1, desk.value("SELECT link FROM journal WHERE seq = ?", [number - 1])
    return seq, link


_PAPERS_AFTER = (
    "SELECT j.seq, a.size FROM journal AS j JOIN attachments AS a ON a.id = j.record_id "
    "WHERE j.seq > ? AND j.table_name = 'attachments' ORDER BY j.seq"
)


def payload(desk: Desk, said: Particulars, township: Peer, seed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the package's files one by one, each with its content."""
    entries = list(takewhile(lambda entry: entry.seq <= said.last_seq, desk.entries(township.last_seq)))
    office_id = desk.office_id
    yield (
        JOURNAL,
        b"".join(
            to_line(entry, desk.table_rules.get(entry.table_name), office_id, township.public_key, seed)
            for entry in entries
        ),
    )
    yield from _papers(desk, entries, township, seed)
    yield from tables.sheets(desk)


def _papers(desk: Desk, entries: list[Entry], township: Peer, seed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the papers that came with these entries: notices by number, hung ones open, all others sealed."""
    new = sorted({entry.record_id for entry in entries if entry.table_name == Attachment.table})
    notices = {
        row[0]: f"{NOTICES}{row[1]}-{row[2]:04d}.pdf"
        for row in desk.rows("SELECT paper_id, year, number FROM issuances")
    }
    hung = {row[0] for row in desk.rows(_HUNG)}
    for digest in new:
        content = desk.content(digest)
        if digest in notices:
            yield notices[digest], content
        elif digest in hung:
            yield ATTACHMENTS + digest, content
        else:
            yield f"{ATTACHMENTS}{digest}.sealed", seal(content, township.public_key, seed)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ValueError(text)
    return int(text)
