"""Peers, parcels and verdicts as they are asked for, and what is waiting to go out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from villagedesk.exchange.model import Direction, Parcel, ParcelKind, ParcelState, Peer, Verdict
from villagedesk.exchange.outgoing import travels, unsent
from villagedesk.kernel.records import Row
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OfficeKind


@dataclass(frozen=True, slots=True)
class Status:
    """How far a desk's news have come.

    On a village's desk: entries not yet in any package, packages that wait for a receipt, packages the township has
    acknowledged, claims it sent back that wait for the accountant. On a township's desk: verdicts not yet in any
    receipt, receipts written, packages taken in, claims sent back that have not come again.
    """

    is_enrolled: bool
    unsent: int
    sent: int
    received: int
    returned: int


def peers(desk: Desk) -> list[Peer]:
    """Return the enrolled offices, by area code."""
    return desk.find(Peer, order="code")


def peer_of(desk: Desk, office_id: str) -> Peer | None:
    """Return an enrolled office, None when it is not."""
    found = desk.find(Peer, "office_id = ?", [office_id])
    return found[0] if found else None


def township(desk: Desk) -> Peer | None:
    """Return the township a village desk reports to, None before it is enrolled."""
    found = desk.find(Peer, "kind = ?", [OfficeKind.TOWNSHIP.value])
    return found[0] if found else None


def peer_named(desk: Desk, name: str) -> Peer | None:
    """Return the enrolled office with this name, area code or id; None when there is none or several."""
    found = desk.find(Peer, "name = ? OR code = ? OR office_id = ?", [name, name, name])
    return found[0] if len(found) == 1 else None


def parcels(desk: Desk, office_id: str = "", limit: int = 200) -> list[Parcel]:
    """Return what went out and came in, of one office or of all, newest first."""
    where = "? IN ('', office_id)"
    return desk.find(Parcel, where, [office_id], f"moved_at DESC, id DESC LIMIT {int(limit)}")


def next_number(desk: Desk, office_id: str, kind: ParcelKind) -> int:
    """Return the number of the next parcel that goes out; a restored desk goes on behind what the other side knows."""
    own = desk.value(
        "SELECT max(number) FROM parcels WHERE office_id = ? AND direction = ? AND kind = ?",
        [office_id, Direction.OUT.value, kind.value],
    )
    known = desk.value("SELECT last_number FROM peers WHERE office_id = ?", [office_id])
    return 1 + max(own or 0, known if kind is ParcelKind.PACKAGE else 0)


def receipt_with(desk: Desk, digest: str) -> Parcel | None:
    """Return the parcel that came in as this very file, None when it never did."""
    found = desk.find(Parcel, "direction = ? AND digest = ?", [Direction.IN.value, digest])
    return found[0] if found else None


def unacknowledged(desk: Desk, office_id: str, up_to: int) -> list[Parcel]:
    """Return the packages written up to a number that still wait for their receipt."""
    return desk.find(
        Parcel,
        "office_id = ? AND direction = ? AND kind = ? AND state = ? AND number <= ?",
        [office_id, Direction.OUT.value, ParcelKind.PACKAGE.value, ParcelState.WRITTEN.value, up_to],
    )


def link_at(desk: Desk, seq: int) -> str | None:
    """Return the journal's link at an entry, None when there is none."""
    return "0" * 64 if seq == 0 else desk.value("SELECT link FROM journal WHERE seq = ?", [seq])


def status(desk: Desk) -> Status:
    """Return how far this desk's news have come, for the first page."""
    tally = {(row[0], row[1]): row[2] for row in desk.rows(_TALLY)}
    first = township(desk)
    is_village = desk.value("SELECT kind FROM desks") == OfficeKind.VILLAGE
    return Status(
        is_enrolled=bool(first) if is_village else bool(desk.value("SELECT 1 FROM peers")),
        unsent=unsent(desk) if is_village else desk.value(_UNTOLD),
        sent=tally.get(("package", "written") if is_village else ("receipt", "written"), 0),
        received=tally.get(("package", "acknowledged") if is_village else ("package", "applied"), 0),
        returned=desk.value(_RETURNED, ["queried" if is_village else "approved"]),
    )


_TALLY = "SELECT kind, state, count(*) FROM parcels GROUP BY kind, state"
_UNTOLD = (
    "SELECT count(*) FROM verdicts AS v WHERE given_at > coalesce((SELECT max(moved_at) FROM parcels "
    "WHERE office_id = v.village_id AND direction = 'out' AND kind = 'receipt'), '')"
)
_RETURNED = (
    "SELECT count(*) FROM claims AS c WHERE village_id IN (SELECT id FROM offices) AND state = ? "
    "AND EXISTS (SELECT 1 FROM verdicts AS v "
    "WHERE v.subject_id = c.id AND v.outcome <> 'passed' AND v.subject_version >= c.version - 1)"
)
"""Sent back by the township and not changed since: on the village's desk the sending back is a version of its own."""


def verdicts_of(desk: Desk, subject_id: str) -> list[Verdict]:
    """Return what the township said of a record, oldest first."""
    return desk.find(Verdict, "subject_id = ?", [subject_id], "given_at, id")


def verdicts_about(desk: Desk, village_id: str) -> list[Verdict]:
    """Return all the township said of a village's records, oldest first."""
    return desk.find(Verdict, "village_id = ?", [village_id], "given_at, id")


def latest_verdicts(desk: Desk, village_id: str, limit: int = 10) -> list[tuple[Verdict, Claim]]:
    """Return the township's latest words on a village's claims, newest first, each with its claim as it is now."""
    found = desk.find(
        Verdict, "village_id = ? AND subject_table = 'claims'", [village_id], f"id DESC LIMIT {int(limit)}"
    )
    return [(verdict, desk.get(Claim, verdict.subject_id)) for verdict in found]


def received_rows(desk: Desk, village_id: str, after: int) -> list[dict[str, Any]]:
    """Return what a village's packages after number ``after`` brought, in order: table, id, version and row of each.

    Papers that another village brought first are among them under this village's name.
    """
    since = desk.value(_SEQ_OF_PARCEL, [village_id, after]) or 0
    found: list[dict[str, Any]] = []
    for entry in desk.rows(_RECEIVED, [since, village_id]):
        row = json.loads(entry["body"]) if entry["body"] is not None else None
        if row is not None or _owner_before(desk, entry) == village_id:
            found.append(
                {"table": entry["table_name"], "id": entry["record_id"], "version": entry["version"], "row": row}
            )
    return [*_shared_papers(desk, village_id, found), *found]


def _owner_before(desk: Desk, entry: Row) -> str | None:
    """Return whose record it was that an entry removed."""
    body = desk.value(_BODY_BEFORE, [entry["record_id"], entry["table_name"], entry["version"] - 1])
    return json.loads(body)["village_id"] if body else None


def _shared_papers(desk: Desk, village_id: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    here = {line["id"] for line in found if line["table"] == "attachments"}
    wanted: dict[str, None] = {}
    for table in {line["table"] for line in found}:
        columns = [
            row["from"] for row in desk.rows(f"PRAGMA foreign_key_list({table})") if row["table"] == "attachments"
        ]
        papers = (line["row"][column] for line in found if line["table"] == table and line["row"] for column in columns)
        wanted |= dict.fromkeys(paper for paper in papers if paper and paper not in here)
    papers_rows = [desk.rows("SELECT * FROM attachments WHERE id = ?", [paper])[0] for paper in wanted]
    return [
        {"table": "attachments", "id": row["id"], "version": 1, "row": {**dict(row), "village_id": village_id}}
        for row in papers_rows
    ]


_RECEIVED = (
    "SELECT table_name, record_id, version, body FROM journal WHERE seq > ? AND action = 'exchange.package.applied' "
    "AND table_name NOT IN ('peers', 'parcels') "
    "AND (body IS NULL OR json_extract(body, '$.village_id') = ?) ORDER BY seq"
)
_BODY_BEFORE = "SELECT body FROM journal WHERE record_id = ? AND table_name = ? AND version = ?"
_SEQ_OF_PARCEL = (
    "SELECT max(j.seq) FROM journal AS j JOIN parcels AS p ON p.id = j.record_id "
    "WHERE p.office_id = ? AND p.direction = 'in' AND p.kind = 'package' AND p.number <= ?"
)


def counts(desk: Desk, village_id: str, up_to: int | None = None) -> dict[str, int]:
    """Return how many records of a village stand in each table that travels; empty tables are left out.

    With ``up_to`` the village's own desk counts as it stood after that entry.
    """
    found = {}
    for name, rule in desk.table_rules.items():
        if not travels(rule) or name == "attachments":  # the same photo of two villages is kept once
            continue
        if up_to is None:
            count = desk.value(f"SELECT count(*) FROM {name} WHERE village_id = ?", [village_id])
        else:
            count = desk.value(
                """SELECT count(*) FROM journal AS last WHERE table_name = ? AND seq <= ? AND body IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM journal AS later WHERE later.record_id = last.record_id
                                   AND later.table_name = last.table_name
                                   AND later.seq > last.seq AND later.seq <= ?)""",
                [name, up_to, up_to],
            )
        if count:
            found[name] = int(count)
    return found


def voucher_sum(desk: Desk, village_id: str, up_to: int | None = None) -> int:
    """Return the sum of a village's vouchers in fen, on its own desk as it stood after entry ``up_to``."""
    if up_to is None:
        return int(desk.value("SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE village_id = ?", [village_id]))
    return int(
        desk.value(
            "SELECT coalesce(sum(v.amount_fen), 0) FROM vouchers AS v JOIN journal AS j "
            "ON j.record_id = v.id AND j.table_name = 'vouchers' WHERE j.seq <= ?",
            [up_to],
        )
    )


def shown_rows(
    desk: Desk, table: str, columns: Iterable[str], names: Mapping[str, str], where: str = "1"
) -> list[tuple[object, ...]]:
    """Return these columns of the village's rows, oldest first; where one points at a record stands its name.

    ``where`` is a condition on the row, which is called ``t``.
    """
    parents = {row["from"]: row["table"] for row in desk.rows(f"PRAGMA foreign_key_list({table})")}
    wanted = ", ".join(
        f"(SELECT {names[parents[column]]} FROM {parents[column]} AS p WHERE p.id = t.{column})"
        if column in parents
        else f"t.{column}"
        for column in columns
    )
    own = f"SELECT {wanted} FROM {table} AS t WHERE t.village_id = ? AND ({where}) ORDER BY t.id"
    rows = desk.rows(own, [desk.office_id])
    return [tuple(row) for row in rows]
