"""The practice year's money: claims of a month through the whole chain, pay sheets, what is left open at the end."""

import random
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.app.posting import post
from villagedesk.app.practice import bank, cash, facts, moneyfacts, posts
from villagedesk.app.practice.papers import FIRST_PAY_SHEET, shipped, write_pay_sheet
from villagedesk.kernel.dates import Period
from villagedesk.oversight import usecases as oversight
from villagedesk.payments import store, usecases
from villagedesk.payments.model import Claim, ClaimState, Outcome, Voucher
from villagedesk.payments.rules import PAYING_STATES
from villagedesk.payroll import usecases as pay
from villagedesk.payroll.elsewhere import REASON
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village.intake import Way

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_MONTHS = 9
_PAY_SHEETS = (
    (4, 1, "生活垃圾清运"),
    (7, 2, "生活垃圾清运"),
    (10, 3, "生活垃圾清运"),
)
"""(month it is paid in, quarter it is for, work): sheets that are made elsewhere and taken in."""
_DAYS = (19, 21, 22, 23)
_LAST = 11
_DAYS_OF_LAST = (9, 11, 12, 13)
"""Days of the month on which claims are written, submitted, reviewed, approved; the last month ends early."""
_QUERIED = (5, "第2张发票的数量和验收单不一致，请说明。", "多出的2袋已退回，发票已重开。")


class Purse:
    """Who pays for what, month by month. Amounts are drawn from seeded chance."""

    def __init__(self, year: "PracticeYear") -> None:
        self.year = year
        self._chance = random.Random(7)  # noqa: S311
        self._invoice = 20_260_000
        self._redone: list[Claim] = []

    def month(self, month: int) -> None:
        """Claim, review, approve, report, post: one month's expenses."""
        desk = self.year.village
        drafted, submitted, reviewed, approved = _DAYS_OF_LAST if month == _LAST else _DAYS
        self.year.at(month, drafted)
        claims = [self._claim(work, month, turn) for work in facts.WORKS for turn in self._turns(work, month)]
        claims += [self._pay_sheet(quarter, work) for paid_in, quarter, work in _PAY_SHEETS if paid_in == month]
        posts.attend(self.year, month)
        claims += [*posts.sheets(self.year, month), *cash.buys(self.year, month), *self._redone]
        self._redone = []
        self.year.at(month, submitted)
        for claim in claims:
            usecases.submit(desk, claim.id, _excuse(claim))
        self.year.at(month, reviewed)
        self._review(month, claims)
        self.year.at(month, approved)
        self.year.acts(facts.HEAD)
        for claim in store.claims_in(desk, ClaimState.REVIEWED):
            usecases.approve(desk, claim.id, Outcome.PASSED)
        self.year.acts(facts.ACCOUNTANT)
        if month != _LAST:
            self.year.report(month)
            self.year.at(month, 27, 9)
            bank.send(self.year)
            for claim in store.claims_in(desk, ClaimState.GRANTED):
                post(desk, claim.id)
        if month == 8:
            self._redo_one(month)

    def left_open(self) -> None:
        """Leave something to do: a query to answer, a claim to review, one to approve, a draft."""
        year, desk = self.year, self.year.village
        year.at(11, 19, 15)
        names = ("村内道路破损修补", "公共厕所管护", "治安巡逻", "提灌站看护")
        claims = [self._claim(work, 11, 3) for work in facts.WORKS if work.name in names]
        for claim in claims[:3]:
            usecases.submit(desk, claim.id, _excuse(claim))
        year.acts(facts.REVIEWER)
        oversight.review(desk, "claims", claims[0].id, Outcome.QUERIED, "沙石的数量比上月多一倍，请附上签收单。")
        oversight.review(desk, "claims", claims[1].id, Outcome.PASSED)
        year.acts(facts.ACCOUNTANT)

    def _turns(self, work: facts.Work, month: int) -> range:
        project = self.year.village.get(Project, self.year.projects[work.name])
        if not work.buys or project.state not in PAYING_STATES or project.state is ProjectState.ASSESSED:
            return range(0)
        return range(2 if (month + len(work.name)) % 2 else 1)

    def _claim(self, work: facts.Work, month: int, turn: int) -> Claim:
        desk = self.year.village
        purpose, payee = work.buys[(month + turn) % len(work.buys)]
        day = 3 + self._chance.randrange(6 if month == _LAST else 15)
        share = work.budget_fen * (3 if work.name == "生活垃圾清运" else 6) // 10 // (2 * _MONTHS)
        amount = share * self._chance.randrange(70, 130) // 100
        self._invoice += self._chance.randrange(1, 90)
        is_person = bool(desk.value("SELECT 1 FROM people WHERE name = ?", [payee]))
        return usecases.draft(
            desk,
            Claim(
                spent_on=date(2026, month, day),
                project_id=self.year.projects[work.name],
                fund_id=self.year.funds[work.source],
                payee=payee,
                amount_fen=amount,
                purpose=f"{month}月{purpose}",
                invoice_kind="税务代开发票" if is_person else "增值税普通发票",
                invoice_number=str(self._invoice),
                handler=facts.ACCOUNTANT if work.manager == facts.HEAD else work.manager,
                witness=self._chance.choice(facts.TEAM_LEADERS),
            ),
        )

    def _pay_sheet(self, quarter: int, work: str) -> Claim:
        desk = self.year.village
        project_id = self.year.projects[work]
        if quarter == 1:
            return pay.import_payroll(desk, shipped(FIRST_PAY_SHEET), project_id)[1]
        period = Period.quarter(2026, quarter)
        rows = desk.rows(
            "SELECT l.name, l.area, q.account, l.amount_fen FROM payroll_lines l JOIN people q ON q.id = l.person_id "
            "JOIN payrolls p ON p.id = l.payroll_id WHERE p.period = '2026Q1' ORDER BY l.place"
        )
        lines = [(row[0], row[1], row[2], row[3] / 100) for row in rows]
        with tempfile.TemporaryDirectory() as folder:
            path = write_pay_sheet(Path(folder), period, work, lines)
            way = Way(said={REASON: moneyfacts.BOTH_JOBS})  # the pump keepers' months are paid by then
            return pay.import_payroll(desk, path, project_id, way)[1]

    def _review(self, month: int, claims: list[Claim]) -> None:
        """The finance group looks at each claim; in May it asks about one and gets an answer."""
        year, desk = self.year, self.year.village
        year.acts(facts.REVIEWER)
        asked_in, question, answer = _QUERIED
        for place, claim in enumerate(claims):
            if month == asked_in and place == 1:
                oversight.review(desk, "claims", claim.id, Outcome.QUERIED, question)
            else:
                oversight.review(desk, "claims", claim.id, Outcome.PASSED)
        if month == asked_in:
            year.acts(facts.ACCOUNTANT)
            oversight.answer(desk, "claims", claims[1].id, answer)
            year.acts(facts.REVIEWER)
            oversight.review(desk, "claims", claims[1].id, Outcome.PASSED)

    def _redo_one(self, month: int) -> None:
        """A voucher with a wrong payee is reversed and its claim made anew in one step; it goes with next month's."""
        desk = self.year.village
        self.year.at(month, 28, 9)
        (voucher,) = desk.find(
            Voucher, "posted_on >= ? AND purpose LIKE '%公厕洁具%'", [date(2026, month, 1).isoformat()]
        )
        _, claim = usecases.redo(desk, voucher.id, "收款人写错，应付给双石镇建材经营部，冲销重做")
        self._redone.append(usecases.draft(desk, replace(claim, payee="双石镇建材经营部")))


def _excuse(claim: Claim) -> str:
    """Return what is said to a claim's warnings, where it has some."""
    if claim.redoes_id:
        return moneyfacts.REDONE
    return moneyfacts.PAID_LATER if claim.payroll_id else moneyfacts.EXCUSES.get(claim.payee, "")
