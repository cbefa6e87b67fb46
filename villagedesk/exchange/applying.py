"""A judged package written into the township's desk: papers first, then entry by entry as the village wrote them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from villagedesk.exchange.keys import unseal
from villagedesk.exchange.opened import OpenedBag, refused
from villagedesk.exchange.plan import PackagePlan
from villagedesk.exchange.travelling import TravelledEntry
from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import StaleRecord
from villagedesk.kernel.progress import Progress
from villagedesk.kernel.records import Value
from villagedesk.storage.attachments import Attachment, is_kept, keep, place
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.faults import plain_faults

_TELL = "请不要手工改动，打电话问清楚情况。"


@contextmanager
def papers_kept(folder: Path, bag: OpenedBag, papers: Mapping[str, str], seed: bytes) -> Iterator[None]:
    """Keep the package's papers with the desk; those that are new here are taken away again when the block fails."""
    new: list[Path] = []
    try:
        names = {name: digest for digest, name in papers.items()}
        for name, content in bag.contents(names):
            paper = unseal(content, seed) if name.endswith(".sealed") else content
            if paper is None or digest_of(paper) != names[name]:
                raise refused("有一件附件打不开，不是封给本单位的，或者损坏了。")
            with plain_faults(folder):
                _keep_paper(place(folder, names[name]), names[name], paper, new)
        yield
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _keep_paper(path: Path, digest: str, paper: bytes, new: list[Path]) -> None:
    if not path.exists():
        new.append(path)
    if not is_kept(path, digest):
        keep(path, paper)


def apply(desk: Desk, change: Change, plan: PackagePlan, progress: Progress) -> None:
    """Write the plan's entries in their order. Raises PackageRefused when one does not fit what is here."""
    references = {table: _references(desk, table) for table in {entry.table for entry in plan.entries}}
    progress.start("接收数据包", len(plan.entries))
    for entry in plan.entries:
        progress.step()
        if _is_kept(desk, entry):
            continue
        if not _is_own(desk, entry, plan.village_id, references[entry.table]):
            raise refused(f"第{entry.seq}条流水牵涉到别的村的记录。", _TELL)
        try:
            if entry.row is None:
                change.erase(entry.table, entry.record_id, entry.version)
            else:
                change.write(entry.table, entry.row)
        except StaleRecord:
            raise refused(f"第{entry.seq}条流水和这里已有的记录接不上。", _TELL) from None


def _is_kept(desk: Desk, entry: TravelledEntry) -> bool:
    """Tell whether an attachment's row is here already: the same paper of two villages is kept once."""
    return entry.table == Attachment.table and bool(
        desk.value("SELECT 1 FROM attachments WHERE id = ?", [entry.record_id])
    )


def _is_own(desk: Desk, entry: TravelledEntry, village_id: str, references: Mapping[str, str]) -> bool:
    """Tell whether the record, and each record it points at, is the village's own or not here yet."""
    named: list[tuple[Value, Value]] = [(entry.table, entry.record_id)]
    if entry.row is not None:
        named += [(parent, entry.row[column]) for column, parent in references.items()]
        if "subject_id" in entry.row:
            named.append((entry.row["subject_table"], entry.row["subject_id"]))
    return all(_owner(desk, table, record_id) in (None, village_id) for table, record_id in named)


def _owner(desk: Desk, table: Value, record_id: Value) -> str | None:
    if record_id is None or table not in desk.table_rules:
        return None
    owner: str | None = desk.value(f"SELECT village_id FROM {table} WHERE id = ?", [record_id])  # noqa: S608
    return owner


def _references(desk: Desk, table: str) -> dict[str, str]:
    """Return the columns of a table that point at another, with that table; papers may be anyone's."""
    rows = desk.rows(f"PRAGMA foreign_key_list({table})")
    return {row["from"]: row["table"] for row in rows if row["table"] not in ("attachments", "offices")}
