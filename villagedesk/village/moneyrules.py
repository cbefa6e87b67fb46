"""The profile's rules about money out: sign-off chains with their amount tiers, what a payment needs, splitting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Who(StrEnum):
    """Whose word a step of a sign-off chain waits for."""

    WITNESS = "witness"
    FINANCE_GROUP = "finance_group"
    SUPERVISION = "supervision"
    HEAD = "head"
    DECISION = "decision"
    LEADER = "leader"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _WHO_LABELS[self]

    @property
    def is_of_township(self) -> bool:
        """Whether the step is the township's, whose word comes by a receipt."""
        return self in {Who.LEADER, Who.OFFICE}


_WHO_LABELS = {
    Who.WITNESS: "证明人",
    Who.FINANCE_GROUP: "民主理财小组",
    Who.SUPERVISION: "村务监督委员会",
    Who.HEAD: "村主要负责人",
    Who.DECISION: "集体研究",
    Who.LEADER: "乡镇主要领导",
    Who.OFFICE: "财政所",
}


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of a chain: ``needs`` people sign it, the group's 组长 among them where ``leader_signs``.

    It is taken for amounts from ``from_fen`` up to ``up_to_fen``, both included (以上、以下均含本数; None: without
    end). ``label`` is what stands before the signature on paper.
    """

    who: Who
    label: str
    needs: int = 1
    leader_signs: bool = False
    from_fen: int = 0
    up_to_fen: int | None = None

    def applies_to(self, amount_fen: int) -> bool:
        """Tell whether a claim of this amount takes the step."""
        return self.from_fen <= amount_fen and (self.up_to_fen is None or amount_fen <= self.up_to_fen)


@dataclass(frozen=True, slots=True)
class Chain:
    """A sign-off chain: who says their word on a claim, in which order. ``signed_first`` sign the paper before all.

    ``words`` are what the claim's papers, and what stands on them, are called where people go by this chain.
    """

    key: str
    label: str
    signed_first: tuple[str, ...]
    steps: tuple[ChainStep, ...]
    source: str
    as_of: date
    words: Mapping[str, str] = field(default_factory=dict)

    def steps_for(self, amount_fen: int) -> tuple[ChainStep, ...]:
        """Return the steps a claim of this amount takes, in their order."""
        return tuple(step for step in self.steps if step.applies_to(amount_fen))

    def signatures(self, amount_fen: int) -> tuple[str, ...]:
        """Return what stands before the signatures on the paper of a claim of this amount."""
        return (*self.signed_first, *(step.label for step in self.steps_for(amount_fen)))

    @property
    def tiers_fen(self) -> tuple[int, ...]:
        """The amounts from which a claim goes another way, ascending."""
        edges = {step.from_fen for step in self.steps} | {step.up_to_fen + 1 for step in self.steps if step.up_to_fen}
        return tuple(sorted(edges - {0}))


class NeedKind(StrEnum):
    """What a payment may need before it is handed in."""

    BUDGET = "budget"
    RESOLUTION = "resolution"
    CONTRACT = "contract"
    INSPECTION = "inspection"
    ACCEPTANCE = "acceptance"
    INVOICE = "invoice"
    ASSESSMENT = "assessment"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _NEED_LABELS[self]


_NEED_LABELS = {
    NeedKind.BUDGET: "年度支出预算",
    NeedKind.RESOLUTION: "村民（代表）会议决议",
    NeedKind.CONTRACT: "合同",
    NeedKind.INSPECTION: "检查记录",
    NeedKind.ACCEPTANCE: "验收",
    NeedKind.INVOICE: "正规票据",
    NeedKind.ASSESSMENT: "本季度考核",
}


@dataclass(frozen=True, slots=True)
class Need:
    """What payments from ``from_fen`` on need, of these project ``classes``, pay ``ways`` and ``sheets`` (none: all).

    ``sheets`` are kinds of pay sheets; a need that names some is asked of claims for such a sheet only, and the
    others of ordinary claims only. ``is_block``: without it the claim is not handed in, else a written reason passes.
    ``can_be_decided``: a meeting's recorded decision may let it pass.
    """

    what: NeedKind
    from_fen: int
    classes: tuple[str, ...]
    ways: tuple[str, ...]
    sheets: tuple[str, ...]
    is_block: bool
    can_be_decided: bool
    source: str
    as_of: date

    def is_asked(self, amount_fen: int, class_code: str, way: str, sheet: str) -> bool:
        """Tell whether a payment needs this; ``sheet`` is the kind of its pay sheet, "" when it has none."""
        return (
            amount_fen >= self.from_fen
            and (not self.classes or class_code in self.classes)
            and (not self.ways or way in self.ways)
            and (sheet in self.sheets if sheet or self.sheets else True)
        )


@dataclass(frozen=True, slots=True)
class SplitRule:
    """When payments to one payee look like one purchase cut in pieces: within ``days``, together over a limit."""

    days: int
    limits_fen: tuple[int, ...]
    source: str
    as_of: date


def parse_chains(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Chain]:
    """Return the chains a profile's document holds. Raises ValueError for one that would let money out unseen."""
    found = {key: _chain(key, chain) for key, chain in data.items()}
    for chain in found.values():
        if why := "；".join(_unsound(chain.steps)):
            raise ValueError(f"{chain.key}: {why}")
    return found


def parse_needs(data: Iterable[Mapping[str, Any]]) -> tuple[Need, ...]:
    """Return what payments need by a profile's document. Raises KeyError or ValueError naming what is wrong."""
    return tuple(
        Need(
            what=NeedKind(need["what"]),
            from_fen=need.get("from_fen", 0),
            classes=tuple(need.get("classes", ())),
            ways=tuple(need.get("ways", ())),
            sheets=tuple(need.get("sheets", ())),
            is_block=need["is_block"],
            can_be_decided=need["can_be_decided"],
            source=need["source"],
            as_of=need["as_of"],
        )
        for need in data
    )


def parse_splits(data: Mapping[str, Any]) -> SplitRule:
    """Return when a purchase counts as cut in pieces. Raises KeyError naming what is missing."""
    return SplitRule(data["days"], tuple(sorted(data["limits_fen"])), data["source"], data["as_of"])


def _chain(key: str, data: Mapping[str, Any]) -> Chain:
    steps = tuple(_step(step) for step in data["steps"])
    words = dict(data.get("words", {}))
    return Chain(key, data["label"], tuple(data["signed_first"]), steps, data["source"], data["as_of"], words)


def _step(data: Mapping[str, Any]) -> ChainStep:
    who = Who(data["who"])
    return ChainStep(**{"label": who.label, **data, "who": who})


def _unsound(steps: Sequence[ChainStep]) -> list[str]:
    """Return what is wrong with a chain: 理财小组 and 财政所 see every claim, each once, and the township comes last."""
    order = [step.who for step in steps]
    always = [step.who for step in steps if step.from_fen == 0 and step.up_to_fen is None]
    wrong = []
    if len(set(order)) != len(order):
        wrong.append("一个环节只能有一次")
    if Who.FINANCE_GROUP not in always or order[-1:] != [Who.OFFICE] or Who.OFFICE not in always:
        wrong.append("每一笔都要经过民主理财小组，最后到财政所")
    if Who.LEADER in order and order[-2:] != [Who.LEADER, Who.OFFICE]:
        wrong.append("乡镇的环节在村里之后，主要领导在财政所之前")
    if any(step.needs < 1 for step in steps):
        wrong.append("每个环节至少一人签字")
    return wrong
