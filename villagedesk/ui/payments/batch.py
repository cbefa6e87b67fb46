"""Doing one thing with several claims: one after another by one use-case; what was refused is listed with why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.doing import on_worker
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.theme import Tone

Deed = Callable[[Desk, str], object]


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim with which it was not done, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """With how many it was done, and with which it was not."""

    done: int
    refused: tuple[Refused, ...]


def one_by_one(desk: Desk, claim_ids: Sequence[str], deed: Deed, progress: Progress | None = None) -> Outcome:
    """Do ``deed`` with each claim by itself; a refusal of one is none of the next. Raises Cancelled in between."""
    progress = progress or Progress()
    progress.start("一张一张办", len(claim_ids))
    refused = []
    for claim_id in claim_ids:
        progress.step()
        try:
            deed(desk, claim_id)
        except RuleViolation as refusal:
            why = "\n".join(finding.message for finding in refusal.findings)
            refused.append(Refused(desk.get(Claim, claim_id), why))
        except VillageDeskError as fault:
            refused.append(Refused(desk.get(Claim, claim_id), str(fault)))
    return Outcome(len(claim_ids) - len(refused), tuple(refused))


def with_each(page: Page, verb: str, claim_ids: Sequence[str], deed: Deed) -> None:
    """Do ``deed`` with the claims on a worker, then show what came of it over the page."""

    def ended(outcome: Outcome) -> None:
        page.show_over(f"{verb}：{len(claim_ids)}张", _Report(verb, outcome))

    on_worker(page, verb, lambda desk, progress: one_by_one(desk, claim_ids, deed, progress), ended)


class _Report(Scrolling):
    """What came of it: how many were done, and the others with why they were not."""

    def __init__(self, verb: str, outcome: Outcome) -> None:
        super().__init__()
        if outcome.done:
            self.body.addWidget(Callout(f"{verb}：{outcome.done}张办好了。", Tone.GOOD))
        if outcome.refused:
            card = Card(f"没有办的（{len(outcome.refused)}张），它们都没有变")
            rows = [
                (one.claim.payee, one.claim.purpose, yuan(one.claim.amount_fen), one.why) for one in outcome.refused
            ]
            card.add(ReadTable(("收款人", "用途", "金额（元）", "为什么没有办"), rows, wide=(1, 3), amounts=(2,)))
            self.body.addWidget(card)
        self.body.addStretch(1)
