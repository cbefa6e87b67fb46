"""Who may say their word on a claim: another than its maker, no relative, each once, with paper where they signed it.

Pure: names in, findings out. The same rules hold for sign-ins and for scanned signatures.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim
from villagedesk.village.moneyrules import ChainStep

_KIN_BASIS = "近亲属回避：村务监督机构成员应当回避与本人有利害关系的事项"


def two_people(maker: str, claim: Claim, signers: Sequence[str]) -> Iterator[Finding]:
    """Whoever made or handled a claim, or is paid by it, does not pass it; no switch turns this off.

    ``maker`` is the name of who made it, ``signers`` the names of who would pass it.
    """
    parts = {maker: "经办人", claim.handler.strip(): "经手人", claim.payee.strip(): "收款人"}
    for name in signers:
        if part := parts.get(name):
            message = f"{name}是{part}，{part}不能审批自己的报账单，请换人。"
            yield Finding("payments.two_people", message)


def no_relative(
    maker: str, claim: Claim, signers: Sequence[str], kin: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    """No close relative of the maker, the handler or the payee passes a claim.

    ``kin`` gives each signer's recorded relatives by name, with the relation.
    """
    parts = {"经办人": maker, "经手人": claim.handler.strip(), "收款人": claim.payee.strip()}
    for name in signers:
        for part, other in parts.items():
            if other and other != name and other in kin.get(name, {}):
                relation = kin[name][other] or "近亲属"
                message = f"{name}和{part}{other}是近亲属（{relation}），应当回避，请换人。"
                yield Finding("payments.relative", message, basis=_KIN_BASIS)


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
