"""Who takes part in a claim as it is written: who handles it, who bears witness, who is paid. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.payments.model import Claim
from villagedesk.payments.signing import Parties, bars_of


def handled_by_another(claim: Claim, heads: Collection[str]) -> Iterator[Finding]:
    """Whoever buys is not who approves. ``heads`` are the names of the village's heads."""
    handler = claim.handler.strip()
    if handler and handler in heads:
        message = f"经手人{handler}是审批人，不能审批自己经手的支出，请换经手人。"
        yield Finding("payments.handler", message, "handler")


def witnessed(claim: Claim, parties: Parties, kin: Mapping[str, str], *, signs: bool) -> Iterator[Finding]:
    """Handler, witness and payee are three people, and the witness is no close relative of the others.

    ``kin`` are the witness's recorded relatives; ``signs``: the chain has a step for them. Without one a pay sheet,
    which was signed for by everybody on it, goes without.
    """
    if parties.witness:
        yield from _barred(parties, kin)
    elif signs or claim.payroll_id is None:
        message = "请填证明人：经手人和收款人以外、知道这件事的人。"
        yield Finding("payments.witness", message, "witness", "票据由经手人、证明人签字")


def no_kin_paid(kin: Sequence[tuple[str, str, str]]) -> Iterator[Finding]:
    """A relative of somebody who holds an office is paid only with a word of explanation.

    ``kin`` are (payee, holder, relation).
    """
    for payee, holder, relation in kin:
        message = f"收款人{payee}是{holder}的{relation or '近亲属'}，请核对；确实应付请写明原因。"
        yield Finding("payments.kin", message, "payee", "近亲属回避", Severity.WARNING)


def _barred(parties: Parties, kin: Mapping[str, str]) -> Iterator[Finding]:
    if part := parties.parts().get(parties.witness):
        yield Finding("payments.witness", f"{parties.witness}是{part}，不能又当证明人，请换证明人。", "witness")
    for bar in bars_of(parties.witness, parties, kin):
        if bar.code == "payments.relative":
            yield Finding("payments.witness", f"{bar.words}，请换证明人。", "witness", bar.basis)
