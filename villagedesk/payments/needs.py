"""What a payment needs by the profile, asked of what the books hold for it. Pure: evidence in, findings out.

Each missing thing says where it is put right; what a meeting may decide to do without says so too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Contract, ContractKind, Project, ProjectState
from villagedesk.village.moneyrules import Need, NeedKind

_DONE = frozenset({ProjectState.ACCEPTED, ProjectState.ASSESSED})
_FIELDS = {
    NeedKind.BUDGET: "project_id",
    NeedKind.RESOLUTION: "decision_id",
    NeedKind.CONTRACT: "contract_id",
    NeedKind.INSPECTION: "inspection_id",
    NeedKind.ACCEPTANCE: "inspection_id",
    NeedKind.INVOICE: "invoice_kind",
    NeedKind.ASSESSMENT: "payroll_id",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is for a claim. ``contract`` is its own, or the one its project has with the payee.

    ``has_inspection``: somebody looked, and since the last payment where the contract is paid by score. ``sheet`` is
    the kind of its pay sheet, "" without one; ``unassessed`` counts the sheet's lines that rest on no assessment.
    """

    is_resolved: bool
    contract: Contract | None
    has_inspection: bool
    has_invoice: bool
    is_accepted: bool
    sheet: str
    unassessed: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A motion a claim rests on: what it was about, whether it passed, when, and for which projects.

    ``is_founding``: by it the claim's project was resolved in the first place, or it led to that.
    """

    subject: str
    is_passed: bool
    held_on: date
    project_ids: tuple[str, ...]
    is_founding: bool = False


def needs_of(needs: Sequence[Need], claim: Claim, project: Project, sheet: str) -> list[Need]:
    """Return what a payment needs by the profile; ``sheet`` is the kind of its pay sheet, "" without one."""
    return [need for need in needs if need.is_asked(claim.amount_fen, project.class_code, claim.pay_way, sheet)]


def missing(
    needs: Sequence[Need], claim: Claim, project: Project, evidence: Evidence, budget_fen: int
) -> Iterator[Finding]:
    """A payment rests on what the profile asks of it: budget, resolution, contract, visit, acceptance, invoice."""
    for need in needs_of(needs, claim, project, evidence.sheet):
        ask = _ASKED.get(need.what)
        said = ask(claim, project, evidence, budget_fen) if ask else ""
        if said:
            yield _finding(need, said, project)


def decided(claim: Claim, decision: Decision | None, today: date) -> Iterator[Finding]:
    """A decision that is to let a claim pass was passed, by then, and is about an expense of its project.

    The motion by which the project was resolved decided about the project, not about what its payments may lack.
    """
    if not claim.decision_id:
        return
    if decision is None or not decision.is_passed:
        what = f"“{decision.subject}”没有通过" if decision else "账里没有这次决议"
        yield Finding("payments.decision", f"{what}，不能作为依据，请另选。", "decision_id")
    elif claim.project_id not in decision.project_ids:
        said = "决定的不是这个项目" if decision.project_ids else "没有写明是哪个项目的事"
        yield Finding("payments.decision", f"“{decision.subject}”{said}，请另选。", "decision_id")
    elif decision.is_founding:
        message = f"“{decision.subject}”是立项的决议（或更早），没有研究这一笔支出。请另外开会研究，再选那次决议。"
        yield Finding("payments.decision", message, "decision_id")
    elif decision.held_on > today:
        yield Finding("payments.decision", f"“{decision.subject}”的会还没有开，请另选。", "decision_id")


def _finding(need: Need, said: str, project: Project) -> Finding:
    way = "；确需支出的，先开会集体研究，再在报账单上选这次决议。" if need.can_be_decided and need.is_block else "。"
    return Finding(
        f"payments.needs_{need.what}",
        said + way,
        _FIELDS[need.what],
        need.source,
        Severity.BLOCK if need.is_block else Severity.WARNING,
        f"projects:{project.id}",
        need.can_be_decided,
    )


def _budget(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del claim, evidence
    return "" if budget_fen > 0 else f"项目“{project.name}”还没有预算，先定预算或调整预算"


def _resolution(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del budget_fen
    said = f"这一笔{yuan(claim.amount_fen)}元，项目“{project.name}”没有会议通过的决议"
    return "" if evidence.is_resolved else said


def _contract(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del budget_fen
    if evidence.contract and claim.contract_id:
        return ""
    if evidence.contract:
        return f"这一笔{yuan(claim.amount_fen)}元要凭合同付，请在“按哪份合同”里选上和“{claim.payee}”的合同"
    return f"这一笔{yuan(claim.amount_fen)}元，项目“{project.name}”里没有和“{claim.payee}”的合同"


def _inspection(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del project, budget_fen
    if claim.contract_id is None or evidence.contract is None or evidence.has_inspection:
        return ""
    if evidence.contract.bands:
        return "这份合同按检查得分付，上次付款以后还没有登记对它的检查，先检查再付"
    return "按合同付款，还没有检查记录，先检查再付"


def _acceptance(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del claim, budget_fen
    is_works = evidence.contract is not None and evidence.contract.kind is ContractKind.WORKS
    is_done = evidence.is_accepted or project.state in _DONE
    return f"“{project.name}”的工程还没有验收" if is_works and not is_done else ""


def _invoice(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del claim, project, budget_fen
    return "" if evidence.has_invoice else "没有正规票据（白条），请换正规票据；个人没有发票的，可以到税务代开"


def _assessment(claim: Claim, project: Project, evidence: Evidence, budget_fen: int) -> str:
    del claim, project, budget_fen
    return f"发放表上有{evidence.unassessed}人本季度还没有考核，不能发绩效报酬" if evidence.unassessed else ""


_Ask = Callable[[Claim, Project, Evidence, int], str]
_ASKED: Mapping[NeedKind, _Ask] = MappingProxyType({
    NeedKind.BUDGET: _budget,
    NeedKind.RESOLUTION: _resolution,
    NeedKind.CONTRACT: _contract,
    NeedKind.INSPECTION: _inspection,
    NeedKind.ACCEPTANCE: _acceptance,
    NeedKind.INVOICE: _invoice,
    NeedKind.ASSESSMENT: _assessment,
})  # fmt: skip
"""How each is asked for."""
