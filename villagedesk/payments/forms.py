"""A claim's papers, asked of the books: its form, its approval form, the sheet its invoices are pasted on.

Each is in the words of its chain, as the people who sign it know them.
"""

from collections.abc import Sequence

from villagedesk.payments import sheets
from villagedesk.payments.evidence import decision_of, papers_of
from villagedesk.payments.model import Claim
from villagedesk.payments.signatures import Signature, steps_with_words
from villagedesk.payments.store import chain_of
from villagedesk.projects.model import Project
from villagedesk.reports.ownwords import in_own_words
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.moneyrules import ChainStep, Who
from villagedesk.village.store import office


def claim_form(desk: Desk, claim: Claim) -> Sheet:
    """Return a claim's form (报账单) with the signature areas of its own chain."""
    project, fund, chain = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id), chain_of(desk, claim)
    sheet = sheets.claim_sheet(office(desk), claim, project, fund, chain, _decision(desk, claim))
    return in_own_words(sheet, chain.words)


def approval_form(desk: Desk, claim: Claim) -> Sheet:
    """Return a claim's approval form (支出审批单): what each step of its chain has said so far, or room to say it."""
    project, fund = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id)
    chain = chain_of(desk, claim)
    stands = [_stand(step, said) for step, said in steps_with_words(desk, claim, chain)]
    sheet = sheets.approval_sheet(office(desk), claim, project, fund, stands, _decision(desk, claim))
    return in_own_words(sheet, chain.words)


def paste_form(desk: Desk, claim: Claim) -> Sheet:
    """Return the sheet a claim's papers are pasted on (票据粘贴单)."""
    sheet = sheets.paste_sheet(office(desk), claim, len(papers_of(desk, claim.id)))
    return in_own_words(sheet, chain_of(desk, claim).words)


def _stand(step: ChainStep, said: Sequence[Signature]) -> sheets.Stand:
    """Return what a step has said. The clerk's one word for the whole township is nobody's signature as its leader."""
    names = ["（财政所一并审核）" if one.step is None and step.who is not Who.OFFICE else one.name for one in said]
    days = sorted({one.at.date().isoformat() for one in said})
    return sheets.Stand(step.label, "同意" if said else "", "、".join(names), "、".join(days))


def _decision(desk: Desk, claim: Claim) -> str:
    decision = decision_of(desk, claim)
    return f"{decision.held_on.isoformat()}会议决议：{decision.subject}" if decision else ""
