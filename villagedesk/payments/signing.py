"""Who may say their word on a claim: another than its maker, no relative, each once, with paper where they signed it.

Pure: names in, findings out. The same rules hold for sign-ins and for scanned signatures.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.names import ungapped
from villagedesk.payments.model import Claim
from villagedesk.village.moneyrules import ChainStep

_KIN_BASIS = "近亲属回避：村务监督机构成员应当回避与本人有利害关系的事项"


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose claim it is. ``paid`` are the payee and everybody on its pay sheet, ``witness`` "" where none is named."""

    maker: str
    handler: str
    witness: str
    paid: tuple[str, ...]

    def parts(self) -> dict[str, str]:
        """Return what part each name has in the claim, the one that weighs most."""
        paid = dict.fromkeys(self.paid, "收款人")
        return {name: part for name, part in (paid | {self.handler: "经手人", self.maker: "经办人"}).items() if name}


@dataclass(frozen=True, slots=True)
class Bar:
    """What bars somebody from passing a claim. ``field`` is where another name helps (handler, witness), "" if none.

    ``can_be_decided``: money goes to them or theirs, which nobody chose; a meeting's decision is a way out of it.
    """

    code: str
    words: str
    field: str = ""
    basis: str = ""
    can_be_decided: bool = False


def parties_of(maker: str, claim: Claim, on_sheet: Sequence[str] = ()) -> Parties:
    """Return whose claim it is, by names without gaps; ``on_sheet`` are those on its pay sheet."""
    paid = tuple(map(ungapped, (claim.payee, *on_sheet)))
    return Parties(ungapped(maker), ungapped(claim.handler), ungapped(claim.witness), paid)


def bars_of(name: str, parties: Parties, kin: Mapping[str, str]) -> list[Bar]:
    """Return what bars somebody from passing a claim: their own part in it, or a close relative's.

    ``kin`` gives their recorded relatives with the relation.
    """
    return [*_own_part(name, parties), *_relatives(name, parties, kin)]


def two_people(name: str, parties: Parties) -> Iterator[Finding]:
    """Whoever made or handled a claim, or is paid by it, has no word on it."""
    for bar in _own_part(name, parties):
        yield refusal(bar)


def refusal(bar: Bar) -> Finding:
    """Return what somebody is told who signs although they are barred."""
    return Finding(bar.code, f"{bar.words}，请换人。", basis=bar.basis)


def as_witness(name: str, parties: Parties) -> list[Bar]:
    """Return what bars the witness from passing the same claim at another step."""
    if name != parties.witness:
        return []
    return [Bar("payments.is_witness", f"{name}是证明人，不能又证明又审批", "witness")]


def each_once(signers: Sequence[str], passed: Collection[str]) -> Iterator[Finding]:
    """Nobody passes a claim twice; ``passed`` are the names of who passed it since it was handed in."""
    for place, name in enumerate(signers):
        if name in passed or name in signers[:place]:
            yield Finding("payments.signed_already", f"{name}已经签过这张报账单，不能再签一次。")


def on_paper(signers: Sequence[str], *, has_paper: bool) -> Iterator[Finding]:
    """Who did not sign in signed on paper, and the scanned paper is there to show it."""
    if signers and not has_paper:
        message = f"{'、'.join(signers)}没有登录，请附上签了字的单子（扫描件或照片）。"
        yield Finding("payments.paper", message, "paper")
    if any(not name.strip() for name in signers):
        yield Finding("payments.signers", "请写上签字人的姓名。", "signers")


def of_the_group(signers: Sequence[str], members: Collection[str], group: str) -> Iterator[Finding]:
    """Who signs on paper for a group is on record as its member; ``members`` are nobody where none is on record."""
    for name in signers:
        if members and name not in members:
            yield Finding("payments.not_a_member", f"{name}不在{group}的名单里，请核对。", "signers")


def recorded_by_leader(actor: str, signers: Sequence[str], leader: str, group: str) -> Iterator[Finding]:
    """The group's 组长 records the others' signatures; any member does where nobody is on record as 组长."""
    if signers and leader and actor != leader:
        yield Finding("payments.leader_records", f"代录其他成员的签字由{group}组长{leader}登录办理。", "signers")


def still_needed(names: Collection[str], step: ChainStep, leader: str) -> str:
    """Return in words whose signatures a step still waits for, "" when it has all it needs."""
    short = step.needs - len(set(names))
    if step.leader_signs and leader and leader not in names:
        return f"还差组长{leader}签字" + (f"，共还差{short}人" if short > 1 else "")
    return f"还差{short}人签字" if short > 0 else ""


def _own_part(name: str, parties: Parties) -> Iterator[Bar]:
    part = parties.parts().get(name)
    if part == "收款人":
        words = f"{name}是收款人" if name == parties.paid[0] else f"{name}在这张发放表上领钱，也是收款人"
        yield Bar("payments.two_people", f"{words}，收款人不能审批自己的报账单", can_be_decided=True)
    elif part:
        field = "handler" if part == "经手人" else ""
        yield Bar("payments.two_people", f"{name}是{part}，{part}不能审批自己的报账单", field)


def _relatives(name: str, parties: Parties, kin: Mapping[str, str]) -> Iterator[Bar]:
    for other, part in parties.parts().items():
        if other != name and other in kin:
            is_chosen = part == "经手人"
            yield Bar(
                "payments.relative",
                f"{name}和{part}{other}是近亲属（{kin[other] or '近亲属'}），应当回避",
                "handler" if is_chosen else "",
                _KIN_BASIS,
                can_be_decided=not is_chosen,
            )
