"""What people type on a command line, understood: days, amounts, a record by a part of its name."""

from datetime import date

import click

from villagedesk.cli.session import chosen
from villagedesk.deliberation.model import Meeting, Motion
from villagedesk.kernel.dates import Period, parse_date
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.ledger.figures import AdvanceLine
from villagedesk.ledger.store import advance_lines
from villagedesk.payments.model import Voucher
from villagedesk.projects.model import Contract, Project
from villagedesk.projects.store import contracts_of, resolving_motion_ids
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.store import fund_balances, profile


def day(written: str) -> date:
    """Return the day an option holds. Raises click.BadParameter for what is none."""
    try:
        return parse_date(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def period(written: str) -> Period:
    """Return a month, quarter or year: 2026-04, 2026Q2, 2026. Misuse otherwise."""
    try:
        return Period.parse(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def fen(written: str) -> int:
    """Return the fen of an amount of yuan an option holds. Raises click.BadParameter for what is none."""
    try:
        return parse_yuan(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def bands(desk: Desk, written: str) -> str:
    """Return the key of the profile's way of paying by a score, "" for paying in full. Misuse for another word."""
    rules = profile(desk).works.bands
    if written and written not in rules:
        there = "、".join(f"{rule.key}（{rule.name}）" for rule in rules.values())
        raise click.UsageError(f"规则里没有“{written}”这种计分办法。可以写：{there}；空着是全额。")
    return written


def voucher_by(desk: Desk, written: str) -> Voucher:
    """Return the voucher of this year and number: 2026-12. Misuse for what is none."""
    year, _, number = written.partition("-")
    if not (year.isdigit() and number.isdigit()):
        raise click.BadParameter("凭证号请写成 2026-12 这样")
    key = [desk.office_id, int(year), int(number)]
    found: Voucher = chosen(f"凭证{written}", desk.find(Voucher, "village_id = ? AND year = ? AND number = ?", key))
    return found


def today(desk: Desk, typed: date | None) -> date:
    """Return the day typed, or the desk's today."""
    return typed or desk.clock.now().date()


def fund_by(desk: Desk, year: int, written: str, owner: str = "") -> Fund:
    """Return the year's fund of this source, or of a source with its owner behind it. Misuse for none and for two."""
    funds = [balance.fund for balance in fund_balances(desk, year=year) if owner in ("", balance.fund.owner)]
    found = [fund for fund in funds if written in (fund.source, _in_full(fund))]
    if len(found) > 1:
        there = "、".join(map(_in_full, found))
        raise click.UsageError(f"{year}年“{written}”的专账有{len(found)}个：{there}。请写明是哪一个归属的。")
    fund: Fund = chosen(f"{year}年“{written}”的专账", found)
    return fund


def _in_full(fund: Fund) -> str:
    return f"{fund.source}（{fund.owner}）"


def project_by(desk: Desk, words: str) -> Project:
    """Return the project of this id or name, or the only one whose name holds the words. Misuse otherwise."""
    exact = desk.find(Project, "village_id = :office AND (id = :words OR name = :words)",
                      {"office": desk.office_id, "words": words}, "year DESC")  # fmt: skip
    if exact:
        return exact[0]
    found = desk.find(Project, "village_id = ? AND name LIKE ?", [desk.office_id, f"%{words}%"])
    project: Project = chosen(f"名称里有“{words}”的项目", found)
    return project


def advance_of(desk: Desk, taker: str) -> AdvanceLine:
    """Return the open advance of somebody."""
    lines = advance_lines(desk, desk.clock.now().date())
    found: AdvanceLine = chosen(f"{taker}没有结清的预借", [one for one in lines if one.taker == taker and one.open_fen])
    return found


def contract_with(desk: Desk, project: Project, words: str) -> Contract:
    """Return the project's contract with somebody: by a part of the name, else of its scope, or the end of its id."""
    mine = contracts_of(desk, project.id)
    found = [one for one in mine if words in one.party]
    found = found or [one for one in mine if words in one.scope or one.id.endswith(words.upper())]
    told = [f"{one.id[-8:]}（{one.party}，{yuan(one.amount_fen)}元，{one.scope}）" for one in found]
    contract: Contract = chosen(f"“{project.name}”和“{words}”的合同", found, told)
    return contract


def decision_on(desk: Desk, project: Project, words: str) -> Motion:
    """Return the motion whose subject holds the words, or whose id ends so: rather one that can let a claim pass."""
    fits = "village_id = :office AND (instr(subject, :words) OR id LIKE '%' || upper(:words))"
    motions = desk.find(Motion, fits, {"office": desk.office_id, "words": words})
    founding = resolving_motion_ids(desk, project.id)
    about = desk.rows("SELECT motion_id FROM motion_projects WHERE project_id = ?", [project.id])
    deciding = {row[0] for row in about} - founding
    found = [one for one in motions if one.is_passed and one.id in deciding] or motions
    told = [f"{one.id[-8:]}（{desk.get(Meeting, one.meeting_id).held_on}，{one.subject}）" for one in found]
    motion: Motion = chosen(f"议题里有“{words}”的决议", found, told)
    return motion
