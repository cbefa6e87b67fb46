"""What a township sees of its villages: a line each, and the claims that wait for its word."""

from dataclasses import dataclass
from datetime import datetime

from villagedesk.exchange.model import Peer
from villagedesk.payments.model import Claim
from villagedesk.village.moneyrules import Who


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village as the list shows it. Sums are of the year asked for, in fen; the rest is as of now.

    ``last_at`` is when its last package was taken in, None before the first. ``untold`` counts verdicts that no
    receipt carries yet; ``needs_receipt`` says that a package or a verdict has not been answered by a receipt.
    """

    peer: Peer
    last_at: datetime | None
    projects: int
    planned_fen: int
    arrived_fen: int
    paid_fen: int
    waiting: int
    waiting_fen: int
    untold: int
    needs_receipt: bool
    opening_fen: int = 0
    """What the year's funds began with, less what they carried to the next year."""
    wishes: int = 0
    """How many wishes to open a closed month again wait for the township's word."""

    @property
    def left_fen(self) -> int:
        """What the funds began with and what arrived, as far as it is not paid out or carried on."""
        return self.opening_fen + self.arrived_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """A claim that waits for the township's word, with what is needed to judge it. ``waits_for`` says whose.

    ``signed`` names who passed it so far, the village's people and, where it has passed already, the leader.
    """

    claim: Claim
    village: str
    project: str
    fund: str
    budget_fen: int
    paid_fen: int
    signed: str
    waits_for: Who = Who.OFFICE
