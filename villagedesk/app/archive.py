"""The archive of a year: every notice, paper and table of it in one signed file for the cabinet."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from villagedesk.disclosure.model import Issuance
from villagedesk.disclosure.papers import printed_path
from villagedesk.exchange import bag, keys, tables
from villagedesk.kernel.errors import DiskGone, NotSignedIn, RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.storage.attachments import flush_folder
from villagedesk.storage.desk import Desk
from villagedesk.storage.faults import plain_faults
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.store import desk_card, office

NOTICES, PAPERS, TABLES, INDEX = "data/公示/", "data/附件/", "data/表格/", "data/目录.csv"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DAYS = ("sheet_date", "first_day", "given_at")
_RECORDED = "(SELECT j.at FROM journal AS j WHERE j.record_id = t.id AND j.version = 1)"
_PAPERS_OF_YEAR = """
    SELECT a.id, a.name FROM attachments AS a JOIN journal AS j ON j.record_id = a.id AND j.version = 1
     WHERE a.village_id = ? AND substr(j.at, 1, 4) = ? AND a.id NOT IN (SELECT paper_id FROM issuances)
     ORDER BY a.id
"""

File = tuple[str, bytes]


def archive(desk: Desk, year: int, target: Path, progress: Progress | None = None) -> Path:
    """Write the archive of a year to the folder ``target``, signed with the desk's key. Returns its path.

    It is a BagIt bag in a zip: notices as they were printed, the papers kept in that year, tables as CSV, and an index
    of all with sizes and digests. Raises RuleViolation when nothing lies in the year or it is not the actor's part,
    DiskFull, DiskGone or Cancelled; no half-written file is left then.
    """
    acting(desk, Role.ACCOUNTANT, Role.CLERK)
    seed = desk.signing_seed
    if seed is None:
        raise NotSignedIn
    own, (_, link, _) = office(desk), desk.tip()
    files = _counted(_files(desk, year), progress or Progress())
    name = f"{_fit(own.name)}-{year}年档案"
    path, half = target / f"{name}.zip", target / f"{name}.part"
    about = {
        "Source-Organization": own.name, "Office-Code": own.code, "Year": str(year), "Last-Link": link,
        "Public-Key": desk_card(desk).public_key,
    }  # fmt: skip
    with plain_faults(target):
        try:
            digest = bag.write(half, name, about, files, lambda content: keys.sign(seed, content))
            with half.open("rb+") as stream:
                os.fsync(stream.fileno())
            if bag.digest_until(half, half.stat().st_size) != digest:
                raise DiskGone(where=target.name, detail="写下的和原来的不一样")
            half.replace(path)
            flush_folder(target)
        finally:
            half.unlink(missing_ok=True)
    return path


def _files(desk: Desk, year: int) -> Iterator[File]:
    """Yield the year's files and, last, their index."""
    lines: list[tuple[str, int, str]] = []
    for name, content in (*_notices(desk, year), *_papers(desk, year), *_tables(desk, year)):
        lines.append((name.removeprefix("data/"), len(content), hashlib.sha256(content).hexdigest()))
        yield name, content
    if not lines:
        raise RuleViolation([Finding("app.nothing_to_archive", f"{year}年没有记过账，没有可以归档的。", "year")])
    yield INDEX, _index(lines)


def _notices(desk: Desk, year: int) -> Iterator[File]:
    for issuance in desk.find(Issuance, "village_id = ? AND year = ?", [desk.office_id, year], "number"):
        yield NOTICES + printed_path(desk, issuance).name, desk.content(issuance.paper_id)


def _papers(desk: Desk, year: int) -> Iterator[File]:
    """Yield the photos and scans that were kept in the year, by their names with a bit of their digest."""
    rows = desk.rows(_PAPERS_OF_YEAR, [desk.office_id, str(year)])
    for digest, name in rows:
        yield f"{PAPERS}{digest[:8]}-{_fit(name)}", desk.content(digest)


def _tables(desk: Desk, year: int) -> Iterator[File]:
    """Yield the rows of the year; registers that live on (people, bodies …) stand as they are now, beside others."""
    conditions = {name: _of_year(desk, name, year) for name in desk.table_rules}
    dated = list(tables.sheets(desk, TABLES, lambda name: conditions[name] or "0"))
    if dated:
        yield from dated
        yield from tables.sheets(desk, TABLES, lambda name: "0" if conditions[name] else "1")


def _of_year(desk: Desk, table: str, year: int) -> str:
    """Return the condition that a row belongs to a year: by its own year, period or day, else by when it was recorded.

    "" for a register, which belongs to no year.
    """
    columns = [row["name"] for row in desk.rows(f"PRAGMA table_info({table})")]
    if "year" in columns:
        return f"t.year = {year:d}"
    day = next((name for name in columns if name.endswith("_on") or name in _DAYS), "")
    if "period" in columns:
        return f"substr(t.period, 1, 4) = '{year:d}'"
    if not desk.table_rules[table].frozen_when:
        return ""
    return f"substr({f't.{day}' if day else _RECORDED}, 1, 4) = '{year:d}'"


def _index(lines: list[tuple[str, int, str]]) -> bytes:
    written = io.StringIO(newline="")
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(("序号", "文件", "字节", "SHA-256"))
    sheet.writerows((number, *line) for number, line in enumerate(lines, 1))
    return ("\ufeff" + written.getvalue()).encode()


def _counted(files: Iterator[File], progress: Progress) -> Iterator[File]:
    progress.start("归档", 0)
    for file in files:
        progress.step()
        yield file


def _fit(name: str) -> str:
    """Return a name that every system takes for a file."""
    return _UNFIT.sub("_", name)
