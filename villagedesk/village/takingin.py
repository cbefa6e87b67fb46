"""The household register and the subsidy roster taken in from foreign sheets, and back while nobody built on it."""

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import ReadOnlyDesk, RuleViolation, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.kernel.records import VillageRecord
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.journal import Entry
from villagedesk.village import register, roster, rules, store
from villagedesk.village.authority import acting
from villagedesk.village.intake import Preview, Way, laid_out, open_foreign, preview, register_import, still_in
from villagedesk.village.model import Household, Import, Person, Role
from villagedesk.village.register import RegisterLine, initials
from villagedesk.village.roster import RosterLine

_PEOPLE_SHOWN = ("户编号", "村民小组", "户主", "姓名", "性别", "身份证号", "出生日期", "电话", "账号")
_ROSTER_SHOWN = ("收款人", "银行账号", "开户银行", "享受人", "电话")
_KINDS: dict[str, type[Household | Person]] = {"households": Household, "people": Person}


def look_at_people(desk: Desk, path: Path, way: Way | None = None, progress: Progress | None = None) -> Preview:
    """Return what taking over a household register would store, and all that stands against it. Changes nothing."""
    opened = open_foreign(desk, path, register.LAYOUT, way, progress)
    if opened.laid is None:
        return preview(opened, register.LAYOUT, None, _PEOPLE_SHOWN, (), "")
    reading = register.read_register(opened.laid, progress)
    known = store.people_by_id_number(desk)
    reading.notes += _doubted_cards((line.name, line.account, known.get(line.id_number)) for line in reading.lines)
    fresh = sum(line.id_number not in known for line in reading.lines)
    households = len({line.household for line in reading.lines})
    effect = f"新增{fresh}人，核对更新{len(reading.lines) - fresh}人，共{households}户。"
    shown = [
        (
            line.row,
            (line.household, line.team, line.head_name, line.name, line.sex, line.id_number,
             line.born_on.isoformat(), line.phone, line.account),
        )
        for line in reading.lines
    ]  # fmt: skip
    return preview(opened, register.LAYOUT, reading, _PEOPLE_SHOWN, shown, effect)


def import_people(desk: Desk, path: Path, progress: Progress | None = None, way: Way | None = None) -> tuple[int, int]:
    """Take over a household register, all of it or nothing. Known people (by id number) are brought up to date.

    Returns how many people were added and how many updated. Raises BadInput with problems by row and column.
    """
    acting(desk, Role.ACCOUNTANT)
    if not desk.is_writable:
        raise ReadOnlyDesk
    opened = open_foreign(desk, path, register.LAYOUT, way, progress)
    laid = laid_out(opened, register.LAYOUT)
    lines = register.register_lines(laid, register.read_register(laid, progress))
    progress = progress or Progress()
    progress.start("导入村民", len(lines))
    with desk.change("village.people.imported", reason=path.name) as change:
        households, people, added = _fresh(desk, change, progress.counted(lines), laid.columns)
        if households or people:
            register_import(change, register.LAYOUT.kind, opened, len(people))
            change.put_all(households)
            change.put_all(people)
    return added, len(people) - added


def look_at_roster(desk: Desk, path: Path, way: Way | None = None, progress: Progress | None = None) -> Preview:
    """Return what a subsidy roster would bring up to date, and all that stands against it. Changes nothing."""
    opened = open_foreign(desk, path, roster.LAYOUT, way, progress)
    if opened.laid is None:
        return preview(opened, roster.LAYOUT, None, _ROSTER_SHOWN, (), "")
    known = store.people_by_id_number(desk)
    reading = roster.read_roster(opened.laid, known, progress)
    changed, same = _brought_up_to_date(known, reading.lines)
    reading.notes += _doubted_cards((person.name, person.account, known[person.id_number]) for person in changed)
    effect = f"更新{len(changed)}人的账号、开户银行或电话，{same}人没有变化。"
    shown = [
        (line.row, (line.payee.name, line.account, line.bank, line.beneficiary.name, line.phone))
        for line in reading.lines
    ]
    return preview(opened, roster.LAYOUT, reading, _ROSTER_SHOWN, shown, effect)


def import_roster(desk: Desk, path: Path, way: Way | None = None, progress: Progress | None = None) -> tuple[int, int]:
    """Bring accounts, banks and phones of known people up to date from a subsidy roster, all of it or nothing.

    Returns how many people were changed and how many stood as they are. Raises BadInput with problems by row and
    column; somebody the register does not know is one.
    """
    acting(desk, Role.ACCOUNTANT)
    opened = open_foreign(desk, path, roster.LAYOUT, way, progress)
    laid = laid_out(opened, roster.LAYOUT)
    known = store.people_by_id_number(desk)
    lines = roster.roster_lines(laid, roster.read_roster(laid, known, progress))
    changed, same = _brought_up_to_date(known, lines)
    if changed:
        with desk.change("village.roster.imported", reason=path.name) as change:
            register_import(change, roster.LAYOUT.kind, opened, len(changed))
            change.put_all(changed)
    return len(changed), same


def undo_people(desk: Desk, import_id: str, reason: str) -> Import:
    """Take back a register or roster: old values are written back, people who came with it go, all or nothing.

    Raises RuleViolation without a reason, when somebody was changed since, or when somebody new is already referred to.
    """
    acting(desk, Role.ACCOUNTANT)
    if not reason.strip():
        stop_at([Finding("village.reason", "请写明撤销的原因。", "reason")])
    try:
        with desk.change("village.people.undone", reason=reason) as change:
            taken = desk.get(Import, import_id)
            stop_at(still_in(taken))
            entries = _written_by(desk, taken)
            stop_at(_changed_since(desk, entries))
            for entry in reversed(entries):  # people go before their households
                _write_back(desk, change, entry)
            return change.put(replace(taken, is_undone=True))
    except sqlite3.IntegrityError as error:
        message = "导入来的人里，有的已经用在别的地方（发放表、会议等），不能撤销。请逐个改正。"
        raise RuleViolation([Finding("village.import_used", message)]) from error


def _fresh(
    desk: Desk, change: Change, lines: Iterable[RegisterLine], told: Container[str]
) -> tuple[list[Household], list[Person], int]:
    """Return the households and people a register changes or adds, with ids, and how many people are new.

    ``told`` are the fields it has a column for: of the others it says nothing, and they stay as they are.
    """
    known, households = store.people_by_id_number(desk), store.households_by_number(desk)
    changed: dict[str, Household] = {}
    people: list[Person] = []
    added = 0
    for line in lines:
        household = households.get(line.household)
        if household is None or (household.team, household.head_name) != (line.team, line.head_name):
            base = household or Household(id=change.new_id(), number=line.household, team="", head_name="")
            household = replace(base, team=line.team, head_name=line.head_name)
            households[line.household] = changed[line.household] = household
        before = known.get(line.id_number)
        person = _person(line, household.id, before, told)
        if person != before:
            added += before is None
            people.append(person)
    return list(changed.values()), people, added


def _doubted_cards(lines: Iterable[tuple[str, str, Person | None]]) -> Iterator[str]:
    """Yield what is said of new cards whose check digit does not fit; each line is (name, account, who it is now)."""
    fresh = ((name, account) for name, account, now in lines if now is None or now.account != account)
    if doubtful := list(dict.fromkeys(name for name, account in fresh if account and not rules.likely_card(account))):
        yield f"{rules.doubted_cards(doubtful)}；没有错就照样导入。"


def _brought_up_to_date(known: dict[str, Person], lines: Iterable[RosterLine]) -> tuple[list[Person], int]:
    """Return who is different after a roster, and how many stand as they are."""
    fresh: dict[str, Person] = {}
    for line in lines:
        payee = fresh.get(line.payee.id, line.payee)
        fresh[payee.id] = replace(payee, account=line.account, bank=line.bank or payee.bank)
        beneficiary = fresh.get(line.beneficiary.id, line.beneficiary)
        fresh[beneficiary.id] = replace(beneficiary, phone=line.phone or beneficiary.phone)
    changed = [person for person in fresh.values() if person != known[person.id_number]]
    return changed, len(fresh) - len(changed)


def _written_by(desk: Desk, taken: Import) -> list[Entry]:
    """Return the journal's entries of people and households that were written with an import, in order."""
    first = desk.history(taken.id)[0]
    entries: list[Entry] = []
    for entry in desk.entries(first.seq):
        if (entry.at, entry.action) != (first.at, first.action) or entry.table_name == Import.table:
            break
        if entry.table_name in _KINDS:
            entries.append(entry)
    return entries


def _changed_since(desk: Desk, entries: Iterable[Entry]) -> Iterator[Finding]:
    for entry in entries:
        row = desk.rows(f"SELECT * FROM {entry.table_name} WHERE id = ?", [entry.record_id])  # noqa: S608 - of _KINDS
        if not row or row[0]["version"] != entry.version:
            record = json.loads(entry.body or "{}")
            name = record.get("name") or f"{record.get('number')}户"
            message = f"“{name}”在导入以后又改过，不能整批撤销，请单独改正。"
            yield Finding("village.changed_since", message)


def _write_back(desk: Desk, change: Change, entry: Entry) -> None:
    kind = _KINDS[entry.table_name]
    now: VillageRecord = desk.get(kind, entry.record_id)
    if entry.version == 1:
        change.discard(now)
        return
    before = next(one for one in desk.history(entry.record_id) if one.version == entry.version - 1)
    assert before.body
    change.put(replace(kind.from_row(json.loads(before.body)), version=now.version))


def _person(line: RegisterLine, household_id: str, before: Person | None, told: Container[str]) -> Person:
    base = before or Person(
        household_id="", name="", initials="", relation="", sex="", id_number=line.id_number, born_on=line.born_on
    )
    return replace(
        base,
        household_id=household_id,
        name=line.name,
        initials=base.initials if base.name == line.name else initials(line.name),
        relation=line.relation if "relation" in told else base.relation,
        sex=line.sex,
        born_on=line.born_on,
        phone=line.phone if "phone" in told else base.phone,
        account=line.account if "account" in told else base.account,
        bank=line.bank if "bank" in told else base.bank,
        note=line.note if "note" in told else base.note,
    )
