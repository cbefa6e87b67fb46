"""What every deed of the machine stands on: a village of one's own, two windows, several people, deaths in between."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.money.dying import Killed, killed_at
from tests.money.village import OFFICERS
from tests.money.watching import CHECKS, Recorded, pay_taken_off_the_books
from tests.payments.paying import YUAN, as_
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.ids import seeded_chance
from villagedesk.kernel.records import Record
from villagedesk.oversight.checks import check
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Fund

R = TypeVar("R", bound=Record)
BEGIN = date(2026, 1, 5)
EXCUSE = "确实如此"
_MACHINE_WORDS = re.compile(r"[a-z]{5}")
_WRONG_SUMS = "的数对不上"

people = some.sampled_from(OFFICERS)
accountants, heads, groups = (some.sampled_from([name] * 8 + [*OFFICERS]) for name in ("李会计", "赵主任", "钱组长"))
"""Mostly who may; the others try it too."""
any_of_many = some.integers(0, 99)
amounts = some.integers(1, 500 * YUAN)
days_back = some.sampled_from([0, 0, 0, 1, 9, 40])
outcomes = some.sampled_from([*Outcome, Outcome.PASSED, Outcome.PASSED, Outcome.PASSED])
deaths = some.sampled_from([0] * 12 + [1, 2, 3, 4])
"""After how many writes of a change the program dies; 0: it lives."""


class Core(RuleBasedStateMachine):
    """The village and who does something in it. ``done`` counts what was really done, by name."""

    template: ClassVar[Path]
    moment: ClassVar[datetime]
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def lay_out(self) -> None:
        """Begin with a village of one's own, two windows on it."""
        self.room = Path(tempfile.mkdtemp(prefix="machine-"))
        self.clock = SetClock(self.moment)
        self.lives = self.openings = 0
        self.heard: set[str] = set()
        self.recorded = Recorded()
        self.folder = Path(shutil.copytree(self.template, self.room / "0"))
        self._open()

    def _open(self) -> None:
        self.openings += 1  # the same examples make the same ids at every run, and no id twice
        self.desk = Desk.open(self.folder, clock=self.clock, chance=seeded_chance(100 + self.openings))
        as_(self.desk, "李会计")
        self.other = self.desk.sibling()

    def _do(self, name: str, who: str, deed: Callable[[Desk], object], *, death: int = 0, second: bool = False) -> None:
        """Let somebody do something in one of the windows; refused or dead, nothing of it is there."""
        desk = self.other if second else self.desk
        as_(desk, who)
        before, image = desk.tip(), self.room / f"{self.lives + 1}" if death % 2 else None
        try:
            with killed_at(death, self.folder, image):
                deed(desk)
            self.done[name] += 1
        except Killed:
            self.done["died"] += 1
            if image:
                self._live_again(image)
            assert self.desk.tip() == before, "half a change is there"
        except VillageDeskError as fault:
            self.done[f"{name} refused"] += 1
            assert desk.tip() == before, "what was refused is there"
            self.heard.add(str(fault))

    def _do_in_two(self, name: str, deed: Callable[[Desk], object], *, death: int, second: bool) -> None:
        """Do what takes two changes: the first may be there when the second was refused or died."""
        desk = self.other if second else self.desk
        as_(desk, "李会计")
        try:
            with killed_at(death, self.folder, None):
                deed(desk)
            self.done[name] += 1
        except Killed:
            self.done["died"] += 1
        except VillageDeskError as fault:
            self.done[f"{name} refused"] += 1
            self.heard.add(str(fault))

    def _live_again(self, image: Path) -> None:
        """Go on with the files as death left them."""
        self.other.close()
        self.desk.close()
        self.lives += 1
        self.folder = image
        self._open()

    def _any(self, kind: type[R], which: int, where: str = "1", values: tuple[object, ...] = ()) -> R | None:
        """Return one of the records of a kind, None when there is none."""
        found = self.desk.find(kind, where, values)
        return found[which % len(found)] if found else None

    def _fund(self, which: int) -> Fund:
        funds = self.desk.find(Fund, order="year, source")
        return funds[which % len(funds)]

    def _day(self, back: int) -> date:
        return max(self.clock.now().date() - timedelta(days=back), BEGIN)

    @rule(days=some.sampled_from([0, 1, 1, 3, 9, 26]))
    def days_go_by(self, days: int) -> None:
        self.clock.set(self.clock.now() + timedelta(days=days, minutes=1))

    # What must hold

    @invariant()
    def the_money_is_sound(self) -> None:
        """Each check looks at the file; both windows see the same."""
        if not hasattr(self, "desk"):
            return
        for holds in CHECKS:
            holds(self.desk)
        self.recorded.look(self.desk)
        assert self.other.tip() == self.desk.tip()
        assert [words for words in self.heard if _MACHINE_WORDS.search(words)] == [], "not for people"
        assert [words for words in self.heard if _WRONG_SUMS in words] == [], "a paper does not add up"

    def teardown(self) -> None:
        """Prove the books at the end."""
        if not hasattr(self, "desk"):
            return
        try:
            as_(self.desk, "李会计")
            assert verify(self.folder).faults == ()
            wrong = [one for one in check(self.desk) if one.severity == "block"]
            told = {one.place for one in wrong if one.code == "oversight.paid_pay_reversed"}
            assert told == {f"payments:{claim_id}" for claim_id in pay_taken_off_the_books(self.desk)}
            assert [one.message for one in wrong if one.code != "oversight.paid_pay_reversed"] == []
        finally:
            self.other.close()
            self.desk.close()
            shutil.rmtree(self.room)
