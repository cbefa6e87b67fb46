"""Work let by contract: somebody looks at it and gives points, and its parts are claimed by the score; plans change."""

from dataclasses import replace

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.claims import Claims
from tests.money.deeds.core import EXCUSE, amounts, any_of_many, days_back, deaths
from tests.money.village import CLEANER
from villagedesk.app.posting import post
from villagedesk.payments import evidence
from villagedesk.projects.model import Contract, Inspection, InspectionKind
from villagedesk.projects.usecases import record_inspection
from villagedesk.village.model import Fund
from villagedesk.village.usecases import change_plan

scores = some.sampled_from([40, 69, 70, 89, 90, 100])


class Contracts(Claims):
    """What is looked at, and paid by what was seen."""

    def _cleaning(self) -> Contract:
        (found,) = self.desk.find(Contract, "party = ?", [CLEANER])
        return found

    @rule(score=scores, back=days_back, is_own=some.sampled_from([True, True, False]), death=deaths)
    def the_work_is_looked_at(self, score: int, back: int, death: int, *, is_own: bool) -> None:
        """Of this contract, or of the whole project's work, which says nothing about it."""
        contract = self._cleaning()
        seen = Inspection(
            project_id=contract.project_id, kind=InspectionKind.INSPECTION, inspected_on=self._day(back), score=score,
            is_passed=score >= 60, inspectors="周监督", note="看过现场", contract_id=contract.id if is_own else None,
        )  # fmt: skip
        self._do("look", "李会计", lambda desk: record_inspection(desk, seen, reason=EXCUSE), death=death)

    @rule(more=some.sampled_from([-1_00, 0, 0, 0, 1]), visit=any_of_many, death=deaths, second=some.booleans())
    def a_part_is_claimed(self, more: int, visit: int, death: int, *, second: bool) -> None:
        """For what is due, for less with a word, for a fen too much; resting on whatever visit somebody would choose."""
        contract, seen = self._cleaning(), self._any(Inspection, visit)
        facts = self._facts(0, 1_00, 0)
        typed = replace(facts, project_id=contract.project_id, payee=contract.party, contract_id=contract.id)
        due = evidence.due_by_contract(self.desk, evidence.resting(self.desk, typed))
        fen = max((due.due_fen if due else 0) + more, 1)
        chosen = replace(typed, fund_id="", amount_fen=fen, inspection_id=seen.id if seen else None)
        if claim := self._granted(chosen, second=second):
            self._do("part", "李会计", lambda desk: post(desk, claim.id), death=death, second=second)

    @rule(which=any_of_many, fen=amounts, death=deaths)
    def a_plan_is_changed(self, which: int, fen: int, death: int) -> None:
        """To more, or to less than what arrived, which is refused."""
        fund: Fund = self._fund(which)
        plan = fen if which % 2 else fund.planned_fen + fen
        self._do(
            "plan", "李会计", lambda desk: change_plan(desk, fund.id, plan, "县财农〔2026〕9号", EXCUSE), death=death
        )
