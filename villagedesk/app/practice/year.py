"""The practice year: 青山村 and its township 双石镇 from December to November, by the same use-cases people use."""

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from villagedesk.app.practice import (
    bank,
    beginning,
    board,
    cash,
    facts,
    meetings,
    moneyfacts,
    months,
    posts,
    villagers,
    works,
)
from villagedesk.app.practice.money import Purse
from villagedesk.closing import store as closing_store
from villagedesk.disclosure import usecases as disclosure
from villagedesk.disclosure.kind import Scope
from villagedesk.exchange import store as exchange_store
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.ids import seeded_chance
from villagedesk.kernel.progress import Progress
from villagedesk.ledger.model import Advance
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Post, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.township import usecases as township
from villagedesk.township.reopenings import waiting_reopenings
from villagedesk.village import usecases as village
from villagedesk.village.model import Office, OfficeKind

VILLAGE = "青山村"
TOWNSHIP = "双石镇"
_SEED = 20260101


def home() -> Path:
    """Return where the practice village lies when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share"
    return Path(base) / "villagedesk" / "practice"


def build(folder: Path, progress: Progress | None = None) -> Path:
    """Make both desks under ``folder`` and return the village's. A cancelled or failed making leaves nothing."""
    progress = progress or Progress()
    target = folder / VILLAGE
    try:
        PracticeYear(folder, progress).run()
    except BaseException:
        for name in (VILLAGE, TOWNSHIP):
            shutil.rmtree(folder / name, ignore_errors=True)
        raise
    return target


class PracticeYear:
    """The making of the practice year: two desks on one clock, and who is at which."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.clock = SetClock(datetime(2025, 12, 20, 9, 0, tzinfo=CHINA))
        self.chance = seeded_chance(_SEED)
        self.progress = progress
        self.village = self._found(folder / VILLAGE, OfficeKind.VILLAGE, VILLAGE, "510322105207", facts.ACCOUNTANT)
        self.township = self._found(folder / TOWNSHIP, OfficeKind.TOWNSHIP, TOWNSHIP, "510322105", facts.CLERK)
        self.funds: dict[str, str] = {}
        self.projects: dict[str, str] = {}
        self.representatives: list[str] = []
        self.posts: dict[str, Post] = {}
        self.advances: dict[int, Advance] = {}

    def run(self) -> None:
        """Live the year, then close both desks."""
        with self.village, self.township:
            self.progress.start("建练习村", len(_WINTER) + 10)
            for chapter in _WINTER:
                chapter(self)
                self.progress.step()
            purse = Purse(self)
            for month in range(3, 11):
                self._first_days(month)
                self._board_of(month)
                purse.month(month)
                works.works_of(self, month)
                bank.hear(self, month)
                cash.hand_back(self, month)
                if month != 10:  # the correction of October still hangs when its days are over
                    board.tidy(self)
                self.progress.step()
            self._november(purse)
            self.progress.step(2)

    def at(self, month: int, day: int, hour: int = 9, year: int = 2026) -> None:
        """Set the clock both desks look at."""
        self.clock.set(datetime(year, month, day, hour, 0, tzinfo=CHINA))

    def acts(self, name: str) -> None:
        """Let an officer of the village sign in."""
        village.sign_in(self.village, name, facts.PASSWORD)

    def step(self, work: facts.Work, state: ProjectState, note: str = "") -> None:
        """Take a work's project a step further today."""
        projects.take_step(self.village, self.projects[work.name], state, self.clock.now().date(), note)

    def _found(self, folder: Path, kind: OfficeKind, name: str, code: str, owner: str) -> Desk:
        is_village = kind is OfficeKind.VILLAGE
        office = Office(
            kind=kind,
            name=name,
            code=code,
            township=TOWNSHIP if is_village else "",
            households=180 if is_village else 0,
            population=600 if is_village else 0,
            contact=facts.HEAD if is_village else facts.CLERK,
            phone="0813-6200001" if is_village else "0813-6200000",
            is_practice=True,
        )
        return village.found_desk(folder, office, owner, facts.PASSWORD, clock=self.clock, chance=self.chance)

    def report(self, month: int) -> None:
        """Exchange with the township: a package up, a verdict on every claim, the receipt back."""
        self.at(month, 25, 9)
        sent = exchange.export(self.village, self.village.folder / "outbox")
        self.at(month, 25, 14)
        exchange.receive(self.township, sent.path)
        for claim in self.township.find(Claim, "state = ?", [ClaimState.APPROVED]):
            township.give_verdict(self.township, claim, Ruling.PASSED)
        for wish in waiting_reopenings(self.township):
            township.rule_on_reopening(self.township, wish.reopening, is_granted=True, until=date(2026, month, 30))
        peer = exchange_store.peer_named(self.township, VILLAGE)
        assert peer
        back = exchange.receipt(self.township, peer, self.township.folder / "outbox")
        self.at(month, 26, 9)
        exchange.receive(self.village, back.path)
        if closing_store.unsettled(self.village):
            months.make_up(self)

    def _first_days(self, month: int) -> None:
        """Cash, advances, the bank and a grant in a month's first days; the caretakers' quarter is scored."""
        cash.draw(self, month)
        cash.advance(self, month)
        if month in (4, 7, 10):
            posts.assess(self, month // 3)
        elif month == 5:
            bank.pay_again(self)
        elif month == 8:
            meetings.grant_flood_supplies(self)

    def _board_of(self, month: int) -> None:
        """Hang last quarter's notices, close last month, let people ask, and hold the month's other meetings."""
        if month in (4, 7, 10):
            board.disclose(self, Period.quarter(2026, month // 3))
        if 3 < month <= moneyfacts.LEFT_TO_CLOSE[0]:
            self.at(month, 10, 8)
            months.close(self, month - 1)
        meetings.teams_meet(self, month)
        if month == moneyfacts.REOPENED[0] + 1:
            months.ask_to_reopen(self)
        if month == 4:
            villagers.first_question(self)
        elif month == 7:
            villagers.unsigned_question(self)
        elif month == 10:
            villagers.question_with_reason(self)
            works.late_contract(self)
            board.correct_contracts(self)
        if month == 7:
            meetings.gather_in_july(self)

    def _november(self, purse: Purse) -> None:
        """The month that is not over: two meetings whose votes are not on the board yet, questions, a draft."""
        meetings.gather_again(self, 3, 6, "增补一名质量监督小组成员", 47)
        purse.month(11)
        meetings.gather_again(self, 4, 14, "2027年公共服务项目征集办法", 50)
        villagers.open_questions(self)
        cash.advance(self, 11)
        months.hold_september(self)
        disclosure.prepare(self.village, "spending", Scope(Period(2026, 10, 1)))
        purse.left_open()


_WINTER: tuple[Callable[[PracticeYear], None], ...] = (
    beginning.take_in_people,
    beginning.take_in_wishes,
    beginning.open_funds,
    meetings.council,
    meetings.assembly,
    works.publicize_works,
    months.close_january,
    works.start_works,
    posts.set_up_posts,
    months.close_february,
)
"""What is done before the works begin."""
