"""The books as they are read: a run of lines with a running balance, however long, and its lines page by page."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from villagedesk.ledger import flows
from villagedesk.ledger.figures import Book, Entry, Totals
from villagedesk.ledger.flows import KINDS, Kind
from villagedesk.ledger.store import fund_sums, held
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_label

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Run:
    """A book from a day to a day: for each line its key, what it moved and what there was after it, in order.

    ``adds`` says that payments are counted up (the ledger of a project or a payee) and not taken away.
    """

    first: date
    last: date
    totals: Totals
    keys: Sequence[int]
    moved: Sequence[int]
    balances: Sequence[int]
    adds: bool = False

    def __len__(self) -> int:
        return len(self.keys)


def day_book(desk: Desk, book: Book, first: date, last: date) -> Run:
    """Return the day book (日记账) of bank or cash box from ``first`` to ``last``."""
    opening = held(desk, book, first - timedelta(days=1))
    sql = flows.bank if book is Book.BANK else flows.cash
    return _run(desk, sql(_habits(desk)), {}, opening, first, last)


def fund_ledger(desk: Desk, fund_id: str, first: date, last: date) -> Run:
    """Return the ledger (明细账) of a fund: what it was given, what arrived, was paid and carried on."""
    before = first - timedelta(days=1)
    opening = sum(one.closing_fen for one in fund_sums(desk, date.min, before) if one.fund.id == fund_id)
    return _run(desk, flows.fund(), {"fund": fund_id}, opening, first, last)


def project_ledger(desk: Desk, project_id: str, first: date, last: date) -> Run:
    """Return the ledger of a project: what was paid for it, counted up."""
    paid = "SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = ? AND posted_on < ?"
    opening = int(desk.value(paid, [project_id, first.isoformat()]))
    return _run(desk, flows.project(), {"project": project_id}, opening, first, last, adds=True)


def payee_ledger(desk: Desk, payee: str, first: date, last: date) -> Run:
    """Return the ledger of a payee: what was paid to it, counted up."""
    paid = "SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE village_id = ? AND payee = ? AND posted_on < ?"
    opening = int(desk.value(paid, [desk.office_id, payee, first.isoformat()]))
    return _run(desk, flows.payee(), {"payee": payee}, opening, first, last, adds=True)


def entries(desk: Desk, run: Run, places: Iterable[int] | None = None) -> list[Entry]:
    """Return the lines at these places of a run (default: all of it), in the order given."""
    wanted = list(range(len(run)) if places is None else places)
    facts = _facts(desk, [run.keys[place] for place in wanted])
    return [_entry(run, place, facts[run.keys[place]]) for place in wanted]


def places_with(desk: Desk, run: Run, text: str) -> list[int]:
    """Return the places of the lines in whose words, project, fund or number a text is found."""
    like = {"text": f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%", "office": desk.office_id}
    found = {
        row * KINDS + kind
        for kind in {key % KINDS for key in run.keys}
        for row in desk.numbers(f"SELECT row FROM ({_ASKED[Kind(kind)]} {_OWN}) WHERE {_SAID[Kind(kind)]}", like)
    }
    return [place for place, key in enumerate(run.keys) if key in found]


def _run(
    desk: Desk, sql: str, key: dict[str, str], opening: int, first: date, last: date, *, adds: bool = False
) -> Run:
    values = {"office": desk.office_id, "first": first.isoformat(), "last": last.isoformat(), **key}
    flat = desk.numbers(f"SELECT key, moved_fen FROM ({sql}) ORDER BY day, place, number, key", values)
    keys, moved = flat[0::2], flat[1::2]
    if 0 in moved:  # a voucher that an advance had paid already moved nothing
        kept = [place for place, fen in enumerate(moved) if fen]
        keys, moved = array("q", (keys[place] for place in kept)), array("q", (moved[place] for place in kept))
    balances = array("q", accumulate(moved, initial=opening))[1:]
    came = sum(fen for key, fen in zip(keys, moved, strict=True) if key % KINDS != Kind.VOUCHER and _comes(key, fen))
    total = sum(moved)
    went = total if adds else came - total
    return Run(first, last, Totals(opening, came, went, opening + total), keys, moved, balances, adds)


def _habits(desk: Desk) -> flows.Habits:
    cash = "SELECT EXISTS (SELECT 1 FROM claims WHERE village_id = ? AND pay_way = 'cash')"
    settled = "SELECT EXISTS (SELECT 1 FROM settlements WHERE village_id = ? AND voucher_id IS NOT NULL)"
    return flows.Habits(*(bool(desk.value(asked, [desk.office_id])) for asked in (cash, settled)))


def _comes(key: int, fen: int) -> bool:
    """Tell whether a line stands in the column of what came; a red one stands where it takes back from."""
    kind = key % KINDS
    return kind in {Kind.OPENING, Kind.ARRIVAL, Kind.HANDED_BACK} or (kind == Kind.CASH_MOVE and fen > 0)


@dataclass(frozen=True, slots=True)
class _Facts:
    day: date
    label: str
    what: str
    party: str
    about: str
    place: str = ""


def _entry(run: Run, place: int, facts: _Facts) -> Entry:
    key, fen = run.keys[place], run.moved[place]
    comes = _comes(key, fen)
    out = 0 if comes else fen if run.adds else -fen
    return Entry(
        facts.day, facts.label, facts.what, facts.party, facts.about,
        fen if comes else 0, out, run.balances[place], facts.place,
    )  # fmt: skip


def _facts(desk: Desk, keys: Sequence[int]) -> dict[int, _Facts]:
    by_kind: dict[int, list[int]] = {}
    for key in keys:
        by_kind.setdefault(key % KINDS, []).append(key // KINDS)
    found: dict[int, _Facts] = {}
    for kind, rowids in by_kind.items():
        for start in range(0, len(rowids), _AT_ONCE):
            part = rowids[start : start + _AT_ONCE]
            rows = desk.rows(f"{_ASKED[Kind(kind)]} WHERE t.rowid IN ({', '.join('?' * len(part))})", part)
            found |= {row["row"] * KINDS + kind: _TOLD[Kind(kind)](row) for row in rows}
    return found


def _opening(row: Any) -> _Facts:
    what = f"从{row['other']}结转" if row["other"] else "期初余额"
    return _Facts(date.fromisoformat(row["day"]), "", _red(row, what), "", row["fund"], f"openings:{row['id']}")


def _carried(row: Any) -> _Facts:
    what = _red(row, f"结转到{row['fund']}")
    return _Facts(date.fromisoformat(row["day"]), "", what, "", row["other"], f"openings:{row['id']}")


def _arrival(row: Any) -> _Facts:
    what = "　".join(filter(None, ("资金到账", row["document"])))
    label = f"收-{row['number']}" if row["number"] else ""
    return _Facts(date.fromisoformat(row["day"]), label, _red(row, what), "", row["fund"], f"arrivals:{row['id']}")


def _red(row: Any, what: str) -> str:
    return f"冲销：{what}（{row['reason']}）" if row["amount_fen"] < 0 else what


def _cash_move(row: Any) -> _Facts:
    words = {"withdrawn": "提取现金", "deposited": "存入银行"}[row["kind"]]
    what = "　".join(filter(None, (words, row["note"], row["document"])))
    return _Facts(date.fromisoformat(row["day"]), "", what, "", "")


def _handed_back(row: Any) -> _Facts:
    return _Facts(date.fromisoformat(row["day"]), "", f"归还预借：{row['purpose']}", row["taker"], "")


def _advance(row: Any) -> _Facts:
    return _Facts(date.fromisoformat(row["day"]), "", f"预借：{row['purpose']}", row["taker"], "")


def _voucher(row: Any) -> _Facts:
    what = f"冲销：{row['purpose']}（{row['reason']}）" if row["amount_fen"] < 0 else row["purpose"]
    if row["settled"]:
        what += "（结清预借）"
    label = f"付-{row['number']}"
    return _Facts(
        date.fromisoformat(row["day"]), label, what, row["payee"], row["project"], f"payments:{row['claim_id']}"
    )


_NAMED = f"(SELECT {fund_label('f')} FROM funds f WHERE f.id = t.{{0}})"
_OPENINGS = f"""SELECT t.rowid AS row, t.id, t.opened_on AS day, t.amount_fen, t.reason,
                       {_NAMED.format("fund_id")} AS fund, {_NAMED.format("from_fund_id")} AS other FROM openings t"""
_ASKED = {
    Kind.OPENING: _OPENINGS,
    Kind.CARRIED: _OPENINGS,
    Kind.ARRIVAL: f"""SELECT t.rowid AS row, t.id, t.arrived_on AS day, t.number, t.amount_fen, t.document, t.reason,
                             {_NAMED.format("fund_id")} AS fund FROM arrivals t""",
    Kind.CASH_MOVE: "SELECT t.rowid AS row, t.moved_on AS day, t.kind, t.note, t.document FROM cash_moves t",
    Kind.HANDED_BACK: """SELECT t.rowid AS row, t.settled_on AS day, a.taker, a.purpose
                           FROM settlements t JOIN advances a ON a.id = t.advance_id""",
    Kind.ADVANCE: "SELECT t.rowid AS row, t.given_on AS day, t.taker, t.purpose FROM advances t",
    Kind.VOUCHER: """SELECT t.rowid AS row, t.posted_on AS day, t.number, t.amount_fen, t.purpose, t.payee, t.reason,
                            t.claim_id, (SELECT name FROM projects WHERE id = t.project_id) AS project,
                            EXISTS (SELECT 1 FROM settlements
                                     WHERE voucher_id = coalesce(t.reverses_id, t.id)) AS settled FROM vouchers t""",
}
_OWN = "WHERE t.village_id = :office"
_SAID = {
    kind: " OR ".join(f"{column} LIKE :text ESCAPE '!'" for column in columns)
    for kind, columns in {
        Kind.OPENING: ("'期初余额'", "fund", "other"),
        Kind.CARRIED: ("'结转'", "fund", "other"),
        Kind.ARRIVAL: ("'资金到账'", "document", "fund", "reason", "'收-' || number"),
        Kind.CASH_MOVE: ("CASE kind WHEN 'withdrawn' THEN '提取现金' ELSE '存入银行' END", "note", "document"),
        Kind.HANDED_BACK: ("'归还预借'", "taker", "purpose"),
        Kind.ADVANCE: ("'预借'", "taker", "purpose"),
        Kind.VOUCHER: ("purpose", "payee", "project", "reason", "'付-' || number"),
    }.items()
}
"""Where a text is looked for in each kind of line."""

_TOLD = {
    Kind.OPENING: _opening,
    Kind.CARRIED: _carried,
    Kind.ARRIVAL: _arrival,
    Kind.CASH_MOVE: _cash_move,
    Kind.HANDED_BACK: _handed_back,
    Kind.ADVANCE: _advance,
    Kind.VOUCHER: _voucher,
}
