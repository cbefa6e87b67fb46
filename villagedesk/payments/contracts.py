"""What holds between a claim and the contract it is paid by: it names it, and the contract is the payee's own."""

from collections.abc import Iterator

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.names import ungapped
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Contract

_BASIS = "按合同付款，合同金额、期数和检查得分都管到每一笔"


def names_its_contract(claim: Claim, contract: Contract | None) -> Iterator[Finding]:
    """A payee with a contract on the project is paid by it, or it is said why not.

    ``contract`` is the claim's own, or the one its project has with the payee.
    """
    if contract and not claim.contract_id and not claim.payroll_id:
        message = (
            f"“{contract.party}”在这个项目里有合同（{yuan(contract.amount_fen)}元）。是合同里的钱，请在“按哪份合同”里选上；"
            "不是的，请写明原因。"
        )
        yield Finding("payments.contract_unnamed", message, "contract_id", _BASIS, Severity.WARNING)


def pays_its_party(claim: Claim, contract: Contract) -> Iterator[Finding]:
    """By a contract its own party is paid, for its own project."""
    if contract.project_id != claim.project_id:
        yield Finding("payments.other_contract", "选的合同是别的项目的，请重新选。", "contract_id", _BASIS)
    elif ungapped(contract.party) != ungapped(claim.payee):
        message = f"这份合同是和“{contract.party}”签的，收款人写的是“{claim.payee}”，请核对。"
        yield Finding("payments.other_party", message, "payee", _BASIS, can_be_decided=True)
