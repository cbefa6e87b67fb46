"""What contracts and a project come to in the end: sums, what scores and deductions cost, paid and due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, Inspection


@dataclass(frozen=True, slots=True)
class SettledPart:
    """A part of a contract that was claimed: by which visit, what it was worth, claimed and paid, in fen."""

    place: int
    claimed_on: date
    inspection: Inspection | None
    part_fen: int
    earned_fen: int
    claimed_fen: int
    paid_fen: int
    arithmetic: str

    @property
    def withheld_fen(self) -> int:
        """What the score cost."""
        return self.part_fen - self.earned_fen

    @property
    def deducted_fen(self) -> int:
        """What was claimed less than earned; nothing when more was claimed."""
        return max(self.earned_fen - self.claimed_fen, 0)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A contract with the parts that were claimed. ``paid_fen`` is all that was paid on it.

    ``is_told_apart`` is False where claims do not name the contract and the payee's name had to do.
    """

    contract: Contract
    parts: tuple[SettledPart, ...]
    paid_fen: int
    is_told_apart: bool = True

    @property
    def withheld_fen(self) -> int:
        """What scores cost altogether."""
        return sum(part.withheld_fen for part in self.parts)

    @property
    def deducted_fen(self) -> int:
        """What was deducted altogether."""
        return sum(part.deducted_fen for part in self.parts)

    @property
    def due_fen(self) -> int:
        """What the contract comes to: its sum less what scores cost and what was deducted."""
        return self.contract.amount_fen - self.withheld_fen - self.deducted_fen

    @property
    def open_fen(self) -> int:
        """What is still to be paid; negative when too much was."""
        return self.due_fen - self.paid_fen

    @property
    def arithmetic(self) -> str:
        """The settlement as a sentence."""
        words = f"合同金额{yuan(self.contract.amount_fen)}元"
        if self.withheld_fen:
            words += f"－按得分少付{yuan(self.withheld_fen)}元"
        if self.deducted_fen:
            words += f"－扣款{yuan(self.deducted_fen)}元"
        if self.withheld_fen or self.deducted_fen:
            words += f"＝应付{yuan(self.due_fen)}元"
        words += f"；已付{yuan(self.paid_fen)}元，"
        rest = self.open_fen
        return words + (f"还应付{yuan(rest)}元。" if rest > 0 else "已付清。" if not rest else f"多付{yuan(-rest)}元。")


def together(settlements: Sequence[Settlement]) -> tuple[int, int, int, int, int, int]:
    """Return sums of contracts, withheld, deducted, due, paid and open, in fen."""
    return (
        sum(one.contract.amount_fen for one in settlements),
        sum(one.withheld_fen for one in settlements),
        sum(one.deducted_fen for one in settlements),
        sum(one.due_fen for one in settlements),
        sum(one.paid_fen for one in settlements),
        sum(one.open_fen for one in settlements),
    )
