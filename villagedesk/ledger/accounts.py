"""What the books are called in the township's accounting system: accounts as data, entries with debit and credit."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from villagedesk.kernel.dates import Period
from villagedesk.kernel.places import own_file
from villagedesk.ledger.figures import Posting
from villagedesk.ledger.flows import SETTLED
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_label

SHIPPED = "collective-2023"
_TO_CONFIRM = "待县级口径确认"


@dataclass(frozen=True, slots=True)
class Account:
    """An account (科目). ``is_attested`` says that its number and name could be read in a source, not only guessed."""

    code: str
    name: str
    is_attested: bool
    source: str

    @property
    def remark(self) -> str:
        """What is printed beside one that the county has to confirm."""
        return "" if self.is_attested else _TO_CONFIRM


@dataclass(frozen=True, slots=True)
class Chart:
    """The accounts of a system, and which of them money of a source comes to and goes from."""

    name: str
    version: str
    source: str
    note: str
    as_of: date
    accounts: Mapping[str, Account]
    arrivals: Mapping[str, str]
    payments: Mapping[str, str]


@cache
def load(name: str = SHIPPED) -> Chart:
    """Return the shipped chart of accounts. Raises FileNotFoundError or KeyError when it is missing or incomplete."""
    return parse(tomllib.loads(own_file(f"resources/accounts/{name}.toml").read_text("utf-8")))


def parse(data: Mapping[str, Any]) -> Chart:
    """Return the chart a TOML document holds. Raises KeyError naming what is missing or points at no account."""
    accounts = {
        key: Account(one["code"], one["name"], one["state"] == "attested", one["source"])
        for key, one in data["accounts"].items()
    }
    for key in (*data["arrivals"].values(), *data["payments"].values(), "cash", "bank", "advances"):
        if key not in accounts:
            raise KeyError(key)
    return Chart(
        data["name"], data["version"], data["source"], data["note"], data["as_of"], accounts,
        data["arrivals"], data["payments"],
    )  # fmt: skip


def postings(desk: Desk, period: Period, chart: Chart | None = None) -> list[Posting]:
    """Return a period's entries (分录) for the township's books, day by day; each entry's debits equal its credits.

    A reversal stands in red: the same accounts on the same sides with negative amounts. Opening balances are no
    entries, and what is carried to the next year stays in the same accounts.
    """
    chart = chart or load()
    rows = desk.rows(
        _ENTRIES,
        {"office": desk.office_id, "first": period.first.isoformat(), "last": period.last.isoformat()},
    )
    return [one for row in rows for one in _sides(row, chart)]


def _sides(row: Any, chart: Chart) -> Iterator[Posting]:
    box = "cash" if row["is_cash"] else "bank"
    fen, settled, source = row["fen"], row["settled"], row["source"]
    match row["sort"]:
        case "arrival":
            pairs = [("bank", fen, 0), (chart.arrivals[source], 0, fen)]
        case "voucher":
            pairs = [(chart.payments[source], fen, 0), (box, 0, fen - settled), ("advances", 0, settled)]
        case "withdrawn":
            pairs = [("cash", fen, 0), ("bank", 0, fen)]
        case "deposited":
            pairs = [("bank", fen, 0), ("cash", 0, fen)]
        case "advance":
            pairs = [("advances", fen, 0), (box, 0, fen)]
        case _:
            pairs = [(box, fen, 0), ("advances", 0, fen)]
    for key, debit, credit in pairs:
        if debit or credit:
            account = chart.accounts[key]
            yield Posting(
                date.fromisoformat(row["day"]), row["label"], row["what"], account.code, account.name,
                debit, credit, row["about"],
            )  # fmt: skip


_DAYS = "village_id = :office AND {0} BETWEEN :first AND :last"
_NAME = fund_label("f")
_ENTRIES = f"""
SELECT * FROM (
    SELECT arrived_on AS day, 1 AS place, a.number, 'arrival' AS sort, '收-' || a.number AS label,
           CASE WHEN a.amount_fen < 0 THEN '冲销：资金到账' ELSE '资金到账' END
             || CASE WHEN a.document = '' THEN '' ELSE '　' || a.document END AS what,
           a.amount_fen AS fen, 0 AS settled, 0 AS is_cash, f.source, {_NAME} AS about
      FROM arrivals a JOIN funds f ON f.id = a.fund_id
     WHERE a.village_id = :office AND arrived_on BETWEEN :first AND :last
    UNION ALL
    SELECT moved_on, 2, 0, kind, '', CASE kind WHEN 'withdrawn' THEN '提取现金' ELSE '存入银行' END,
           amount_fen, 0, 0, '', '' FROM cash_moves WHERE {_DAYS.format("moved_on")}
    UNION ALL
    SELECT s.settled_on, 3, 0, 'back', '', '归还预借：' || a.taker, s.amount_fen, 0, s.pay_way = 'cash', '', ''
      FROM settlements s JOIN advances a ON a.id = s.advance_id
     WHERE s.village_id = :office AND s.settled_on BETWEEN :first AND :last AND s.voucher_id IS NULL
    UNION ALL
    SELECT given_on, 4, 0, 'advance', '', '预借：' || taker || '　' || purpose, amount_fen, 0, pay_way = 'cash', '', ''
      FROM advances WHERE {_DAYS.format("given_on")}
    UNION ALL
    SELECT v.posted_on, 6, v.number, 'voucher', '付-' || v.number,
           CASE WHEN v.reverses_id IS NULL THEN '' ELSE '冲销：' END || v.purpose || '　' || v.payee, v.amount_fen,
           CASE WHEN v.reverses_id IS NULL THEN {SETTLED} ELSE -{SETTLED} END,
           (SELECT pay_way = 'cash' FROM claims WHERE id = v.claim_id), f.source,
           {_NAME} || '　' || (SELECT name FROM projects WHERE id = v.project_id)
      FROM vouchers v JOIN funds f ON f.id = v.fund_id
     WHERE v.village_id = :office AND v.posted_on BETWEEN :first AND :last)
 ORDER BY day, place, number
"""
