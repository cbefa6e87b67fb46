"""The practice year's cash box: money drawn from the bank, advances given, small and final buys drafted."""

from datetime import date
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, moneyfacts
from villagedesk.app.practice.moneyfacts import Buy
from villagedesk.ledger import usecases as ledger
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Project

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear


def draw(year: "PracticeYear", month: int) -> None:
    """Take the month's cash from the bank, where it needs some."""
    for drawn_on, fen, note in moneyfacts.WITHDRAWN:
        if drawn_on.month == month:
            year.at(month, drawn_on.day)
            move = CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=drawn_on, amount_fen=fen, note=note)
            ledger.record_cash_move(year.village, move)


def advance(year: "PracticeYear", month: int) -> None:
    """Give the advance of a month, where there is one."""
    for taker, purpose, fen, day, due in (moneyfacts.ADVANCED, moneyfacts.STILL_ADVANCED):
        if day.month == month:
            year.at(month, day.day, 10)
            given = Advance(taker=taker, purpose=purpose, amount_fen=fen, given_on=day, due_on=due)
            year.advances[month] = ledger.give_advance(year.village, given)


def hand_back(year: "PracticeYear", month: int) -> None:
    """Take back what was not spent of a month's advance."""
    if month in year.advances:
        given = year.advances[month]
        spent = sum(buy.fen for buy in moneyfacts.BUYS if buy.is_advanced)
        year.at(month, 29)
        ledger.settle_advance(year.village, given.id, given.amount_fen - spent, date(2026, month, 29))


def buys(year: "PracticeYear", month: int) -> list[Claim]:
    """Draft the month's buys outside the year's rhythm."""
    return [_drafted(year, buy) for buy in moneyfacts.BUYS if buy.spent_on.month == month]


def _drafted(year: "PracticeYear", buy: Buy) -> Claim:
    project = year.village.get(Project, year.projects[buy.work])
    contract_id, inspection_id = _accepted(year, project) if buy.is_contracted else (None, None)
    return usecases.draft(
        year.village,
        Claim(
            spent_on=buy.spent_on,
            project_id=project.id,
            fund_id=project.fund_id or "",
            payee=buy.payee,
            amount_fen=buy.fen,
            purpose=buy.purpose,
            invoice_kind="增值税普通发票",
            invoice_number=buy.invoice,
            handler=facts.ACCOUNTANT if project.manager == facts.HEAD else project.manager,
            witness=facts.TEAM_LEADERS[0],
            pay_way=buy.pay_way,
            advance_id=year.advances[buy.spent_on.month].id if buy.is_advanced else None,
            contract_id=contract_id,
            inspection_id=inspection_id,
        ),
    )


def _accepted(year: "PracticeYear", project: Project) -> tuple[str, str]:
    """Return the contract of a work and the visit that accepted it."""
    (contract,) = year.village.find(Contract, "project_id = ?", [project.id])
    (visit,) = year.village.find(Inspection, "project_id = ? AND kind = ?", [project.id, InspectionKind.ACCEPTANCE])
    return contract.id, visit.id
