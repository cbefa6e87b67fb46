"""The village's records as they are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from villagedesk.kernel.records import Row
from villagedesk.storage.desk import Desk
from villagedesk.village.model import (
    OWNER_MARKS,
    Body,
    Credential,
    DeskCard,
    Fund,
    Household,
    Kinship,
    Membership,
    Office,
    Officer,
    Opening,
    Person,
)

if TYPE_CHECKING:
    from villagedesk.village.profile import Profile


@dataclass(frozen=True, slots=True)
class FundBalance:
    """A fund with its sums in fen: what it began with, what arrived, was paid out, and was carried to the next year."""

    fund: Fund
    arrived_fen: int
    paid_fen: int
    opening_fen: int = 0
    carried_fen: int = 0

    @property
    def had_fen(self) -> int:
        """What there was to spend: what the fund began with and what arrived."""
        return self.opening_fen + self.arrived_fen

    @property
    def available_fen(self) -> int:
        """What its year's budget may arrange: what the fund began with, and the plan."""
        return self.opening_fen + self.fund.planned_fen

    @property
    def left_fen(self) -> int:
        """What is left of it: neither paid out nor carried to the next year."""
        return self.had_fen - self.paid_fen - self.carried_fen


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A villager as a list shows them, with their household's number and team."""

    person: Person
    household: str
    team: str


_PEOPLE_ORDERS = {
    "household": "h.number {0}, p.rowid {0}",
    "name": "p.name {0}, p.rowid {0}",
    "team": "h.team {0}, h.number {0}, p.rowid {0}",
    "born_on": "p.born_on {0}, p.rowid {0}",
}

_CAME_AND_CARRIED = """
    (SELECT coalesce(sum(amount_fen), 0) FROM arrivals WHERE fund_id = f.id) AS arrived_fen,
    (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE fund_id = f.id) AS opening_fen,
    (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE from_fund_id = f.id) AS carried_fen"""


def desk_card(desk: Desk) -> DeskCard:
    """Return which office this desk belongs to."""
    return desk.find(DeskCard)[0]


def office(desk: Desk) -> Office:
    """Return the card of the desk's own office."""
    return desk.get(Office, desk.office_id)


def profile(desk: Desk) -> "Profile":
    """Return the rules this desk judges by."""
    from villagedesk.village.profile import load

    del desk  # one profile ships today; a township's own will come with its packages
    return load()


def active_officers(desk: Desk) -> list[Officer]:
    """Return who may sign in on this desk."""
    return desk.find(Officer, "village_id = ? AND is_active = 1", [desk.office_id], "rowid")


def last_actor(desk: Desk) -> str | None:
    """Return the id of who changed something here last and may still sign in; None when there is nobody."""
    here = "o.village_id = ? AND o.is_active = 1"
    wrote = f"SELECT o.id FROM journal j JOIN officers o ON o.id = j.actor WHERE {here} ORDER BY j.seq DESC LIMIT 1"
    found: str | None = desk.value(wrote, [desk.office_id])
    return found


def credential_of(desk: Desk, name: str) -> tuple[Officer, Credential] | None:
    """Return an active officer of this desk by name, with the stored password; None when there is none."""
    officers = desk.find(Officer, "village_id = ? AND name = ? AND is_active = 1", [desk.office_id, name])
    return (officers[0], desk.find(Credential, "officer_id = ?", [officers[0].id])[0]) if officers else None


def officer_name(desk: Desk, officer_id: str) -> str:
    """Return an officer's name, also of one who no longer acts."""
    return desk.value("SELECT name FROM officers WHERE id = ?", [officer_id]) or "（不详）"


def households_by_number(desk: Desk) -> dict[str, Household]:
    """Return the village's households by their number in the register."""
    found = desk.find(Household, "village_id = ?", [desk.office_id])
    return {household.number: household for household in found}


def people_by_id_number(desk: Desk) -> dict[str, Person]:
    """Return the villagers by resident id number."""
    return {person.id_number: person for person in desk.find(Person, "village_id = ?", [desk.office_id])}


def account_holders(desk: Desk, accounts: Iterable[str]) -> dict[str, list[Person]]:
    """Return whose these accounts are by the register."""
    where = "village_id = ? AND account = ?"
    return {one: desk.find(Person, where, [desk.office_id, one], "rowid") for one in set(accounts) if one}


def person_ids(desk: Desk, text: str = "", order: str = "household", *, descending: bool = False) -> Sequence[int]:
    """Return the rowids of the villagers in the order asked for.

    ``text`` is looked for in names, in the household's number and team, and in the initials of names (``zgx``).
    """
    by = _PEOPLE_ORDERS[order].format("DESC" if descending else "ASC")
    return desk.numbers(
        f"""SELECT p.rowid FROM people p JOIN households h ON h.id = p.household_id
             WHERE p.village_id = :office
               AND (instr(p.name, :text) OR h.number = :text OR h.team = :text OR {_SPELT} OR instr(h.head_name, :text))
             ORDER BY {by}""",
        {"office": desk.office_id, "text": text, "initials": _initials(text)},
    )


def person_lines(desk: Desk, rowids: Sequence[int]) -> list[PersonLine]:
    """Return the villagers with these rowids, at most some thousands, in the order given."""
    rows = desk.rows(
        f"""SELECT p.*, p.rowid AS place, h.number, h.team FROM people p JOIN households h ON h.id = p.household_id
             WHERE p.rowid IN ({", ".join("?" * len(rowids))})""",
        list(rowids),
    )
    found = {row["place"]: PersonLine(Person.from_row(row), row["number"], row["team"]) for row in rows}
    return [found[rowid] for rowid in rowids if rowid in found]


def names_like(desk: Desk, text: str, most: int = 8) -> list[str]:
    """Return villagers' names that hold the text or whose initials begin with it, the shortest first."""
    rows = desk.rows(
        f"""SELECT DISTINCT p.name FROM people p WHERE p.village_id = :office AND (instr(p.name, :text) OR {_SPELT})
             ORDER BY length(p.name), p.name LIMIT :most""",
        {"office": desk.office_id, "text": text, "initials": _initials(text), "most": most},
    )
    return [row[0] for row in rows]


_SPELT = "(:initials <> '' AND instr(' ' || p.initials, :initials))"


def _initials(text: str) -> str:
    """Return what begins a word of ``initials`` when the text is letters, "" otherwise."""
    return f" {text.lower()}" if text.isascii() and text.isalpha() else ""


def household_count(desk: Desk) -> tuple[int, int]:
    """Return how many households and how many people the register holds."""
    households = desk.value("SELECT count(*) FROM households WHERE village_id = ?", [desk.office_id])
    return int(households), int(desk.value("SELECT count(*) FROM people WHERE village_id = ?", [desk.office_id]))


def bodies(desk: Desk) -> list[Body]:
    """Return the village's bodies in the order they were set up."""
    return desk.find(Body, "village_id = ?", [desk.office_id], "rowid")


def body_of_kind(desk: Desk, kind: str) -> Body | None:
    """Return the village's body of a kind, None when it is not set up."""
    found = desk.find(Body, "village_id = ? AND kind = ?", [desk.office_id, kind])
    return found[0] if found else None


def members(desk: Desk, body_id: str) -> list[Membership]:
    """Return a body's members of today; those of its last term when that is over."""
    today = desk.clock.now().date().isoformat()
    last = "last_day >= (SELECT min(?, max(last_day)) FROM memberships WHERE body_id = ?)"
    return desk.find(Membership, f"body_id = ? AND {last}", [body_id, today, body_id], "rowid")


def kinships(desk: Desk) -> list[Kinship]:
    """Return who is recorded as a close relative of whom, by the office holder's name."""
    return desk.find(Kinship, "village_id = ?", [desk.office_id], "holder, relative")


def fund_name(of: str) -> str:
    """Return the SQL that says what the fund of a table or alias is called within its year, as ``Fund.name``."""
    marks = " ".join(f"WHEN '{owner}' THEN '{mark}'" for owner, mark in OWNER_MARKS.items())
    return f"({of}.source || CASE {of}.owner {marks} ELSE '' END)"


def fund_label(of: str) -> str:
    """Return the SQL that says what the fund of a table or alias is called everywhere, as ``Fund.label``."""
    return f"({of}.year || '年' || {fund_name(of)})"


def fund_balances(desk: Desk, village_id: str = "", year: int | None = None) -> list[FundBalance]:
    """Return the funds of an office (default: this desk's) with their sums, newest year first."""
    where = "f.village_id = ? AND (? IS NULL OR f.year = ?)"
    return _balances(desk, where, [village_id or desk.office_id, year, year])


def fund_balance(desk: Desk, fund_id: str) -> FundBalance:
    """Return one fund with its sums. Raises KeyError when there is none."""
    came = desk.unchanged(("came", fund_id), lambda: _came(desk, fund_id))
    paid_fen = desk.total("vouchers", "amount_fen", "fund_id", fund_id)
    return FundBalance(came.fund, came.arrived_fen, paid_fen, came.opening_fen, came.carried_fen)


def fund_before(desk: Desk, fund: Fund) -> Fund | None:
    """Return the fund of the year before of the same source and owner, None when it is not in these books."""
    return fund_like(desk, fund, fund.year - 1)


def fund_like(desk: Desk, fund: Fund, year: int) -> Fund | None:
    """Return the fund of a year of the same source and owner, None when it is not in these books."""
    same = "village_id = ? AND year = ? AND source = ? AND owner = ?"
    found = desk.find(Fund, same, [fund.village_id or desk.office_id, year, fund.source, fund.owner])
    return found[0] if found else None


def next_receipt(desk: Desk, year: int) -> int:
    """Return the number the next receipt (收款凭证) of a year gets."""
    last = desk.value("SELECT max(number) FROM arrivals WHERE village_id = ? AND year = ?", [desk.office_id, year])
    return int(last or 0) + 1


def openings_of(desk: Desk, fund_id: str) -> list[Opening]:
    """Return what a fund began with, oldest first."""
    return desk.find(Opening, "fund_id = ?", [fund_id], "opened_on, rowid")


def last_moved(desk: Desk, fund_id: str) -> date | None:
    """Return the last day on which money of a fund moved, None when none ever did."""
    day = desk.value(
        """SELECT max(day) FROM (
             SELECT max(arrived_on) AS day FROM arrivals WHERE fund_id = :fund
             UNION ALL SELECT max(posted_on) FROM vouchers WHERE fund_id = :fund
             UNION ALL SELECT max(opened_on) FROM openings WHERE fund_id = :fund
             UNION ALL SELECT max(opened_on) FROM openings WHERE from_fund_id = :fund)""",
        {"fund": fund_id},
    )
    return date.fromisoformat(day) if day else None


def claims_waiting_fen(desk: Desk, fund_id: str) -> int:
    """Return what claims handed in and not yet paid from a fund amount to in fen."""
    waiting = "fund_id = ? AND state NOT IN ('draft', 'paid', 'refused', 'withdrawn')"
    return int(desk.value(f"SELECT coalesce(sum(amount_fen), 0) FROM claims WHERE {waiting}", [fund_id]))


def _came(desk: Desk, fund_id: str) -> FundBalance:
    """Return what came into a fund, as if nothing had been paid from it."""
    rows = desk.rows(f"SELECT f.*, {_CAME_AND_CARRIED} FROM funds f WHERE f.id = ?", [fund_id])
    if not rows:
        raise KeyError(fund_id)
    return _balance(rows[0], 0)


def _balances(desk: Desk, where: str, values: Sequence[object]) -> list[FundBalance]:
    rows = desk.rows(
        f"""SELECT f.*, {_CAME_AND_CARRIED},
                   (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE fund_id = f.id) AS paid_fen
              FROM funds f
             WHERE {where}
             ORDER BY f.year DESC, f.rowid""",
        values,
    )
    return [_balance(row, row["paid_fen"]) for row in rows]


def _balance(row: Row, paid_fen: int) -> FundBalance:
    return FundBalance(Fund.from_row(row), row["arrived_fen"], paid_fen, row["opening_fen"], row["carried_fen"])
