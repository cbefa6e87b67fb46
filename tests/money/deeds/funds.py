"""Money in, from the older books and to the next year, and all of it taken back."""

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.core import EXCUSE, Core, accountants, amounts, any_of_many, days_back, deaths
from villagedesk.village.model import Arrival, Fund, Opening
from villagedesk.village.usecases import (
    carry_forward,
    open_balance,
    record_arrival,
    reverse_arrival,
    reverse_opening,
)


class Funds(Core):
    """What comes into the funds."""

    @rule(which=any_of_many, fen=amounts, back=days_back, who=accountants, death=deaths, second=some.booleans())
    def money_arrives(self, which: int, fen: int, back: int, who: str, death: int, *, second: bool) -> None:
        arrival = Arrival(fund_id=self._fund(which).id, arrived_on=self._day(back), amount_fen=fen)
        self._do("arrival", who, lambda desk: record_arrival(desk, arrival, EXCUSE), death=death, second=second)

    @rule(which=any_of_many, back=days_back, death=deaths)
    def an_arrival_is_taken_back(self, which: int, back: int, death: int) -> None:
        if arrival := self._any(Arrival, which):
            self._take_back(arrival.id, back, death)

    def _take_back(self, arrival_id: str, back: int = 0, death: int = 0) -> None:
        day = self._day(back) if back else None
        self._do("arrival back", "李会计", lambda desk: reverse_arrival(desk, arrival_id, "记错了", day), death=death)

    @rule(which=any_of_many, fen=amounts, back=days_back, who=accountants, death=deaths)
    def an_opening_is_written_down(self, which: int, fen: int, back: int, who: str, death: int) -> None:
        fund, day = self._fund(which), self._day(back)
        self._do("opening", who, lambda desk: open_balance(desk, fund.id, fen, day, "总账", EXCUSE), death=death)

    @rule(
        which=any_of_many, to=any_of_many, is_next=some.sampled_from([True, True, False]), back=days_back, death=deaths
    )
    def a_year_is_carried_on(self, which: int, to: int, back: int, death: int, *, is_next: bool) -> None:
        """To the same money of the next year, or to wherever it must not go."""
        old, day = self._fund(which), self._day(back)
        same = "year = ? AND source = ? AND owner = ?", (old.year + 1, old.source, old.owner)
        new = (self._any(Fund, 0, *same) if is_next else None) or self._fund(to)
        self._do("carry", "李会计", lambda desk: carry_forward(desk, old.id, new.id, day, "", EXCUSE), death=death)

    @rule(fen=amounts, death=deaths)
    def what_the_year_before_left_is_carried_on(self, fen: int, death: int) -> None:
        """As on a good day: the older books' balance, and all of it to the next year."""
        self.an_opening_is_written_down(0, fen, 0, "李会计", 0)
        self.a_year_is_carried_on(0, 0, 0, death, is_next=True)

    @rule(which=any_of_many, back=days_back, death=deaths)
    def an_opening_is_taken_back(self, which: int, back: int, death: int) -> None:
        """Whether it was written down by hand or carried."""
        if opening := self._any(Opening, which):
            day = self._day(back) if back else None
            self._do(
                "opening back", "李会计", lambda desk: reverse_opening(desk, opening.id, "记错了", day), death=death
            )
