"""What a parcel would bring, as plain data: shown to a person first, then applied as it was shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.exchange.model import Verdict
from villagedesk.exchange.package import Particulars
from villagedesk.exchange.travelling import TravelledEntry


class Standing(StrEnum):
    """Whether a parcel brings anything."""

    NEW = "new"
    HAD = "had"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"new": "可以接收", "had": "已经收过"}[self]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What would change in one table, in records."""

    title: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePlan:
    """What a village's package would bring, or what the township gives back to it.

    ``entries`` are those that are new here, ``papers`` member names by the SHA-256 of the opened paper. ``doubts`` say
    in words what rests on a grant this township never gave.
    """

    particulars: Particulars
    village_id: str
    standing: Standing
    digest: str
    entries: tuple[TravelledEntry, ...] = ()
    papers: Mapping[str, str]
    lines: tuple[PlanLine, ...] = ()
    paid_fen: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The plan in one sentence."""
        who = f"{self.particulars.office_name}的第{self.particulars.number}号{self.particulars.kind.label}"
        if self.standing is Standing.HAD:
            return f"{who}已经收过，不用再收，账没有变动。"
        added = sum(line.added for line in self.lines)
        changed = sum(line.changed + line.removed for line in self.lines)
        return f"{who}：新增{added}条，变动{changed}条，附件{len(self.papers)}件。{_doubted(self.doubts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPlan:
    """What a township's receipt would bring: how far our entries arrived, and the verdicts that are new here.

    ``doubts`` say in words which grants in this village's books the township says it never gave.
    """

    particulars: Particulars
    standing: Standing
    digest: str
    verdicts: tuple[Verdict, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The plan in one sentence."""
        who = f"{self.particulars.office_name}的第{self.particulars.number}号回执"
        if self.standing is Standing.HAD:
            return f"{who}已经收过，不用再收，账没有变动。"
        arrived = f"乡镇已收到第{self.particulars.previous_number}号数据包" if self.particulars.previous_number else ""
        return f"{who}：{arrived}，新的乡镇意见{len(self.verdicts)}条。{_doubted(self.doubts)}"


Plan = PackagePlan | ReceiptPlan


def _doubted(doubts: Sequence[str]) -> str:
    return f"注意：有{len(doubts)}处写着乡镇同意过，乡镇却没有给过这个意见，请马上核实。" if doubts else ""
