"""Whether there is money for a claim: what is left of its project's budget in force and of its fund."""

from villagedesk.kernel.findings import Finding
from villagedesk.payments import rules, store
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Project
from villagedesk.projects.store import budget_in_force
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def within_means(desk: Desk, claim: Claim, project: Project, *, with_others: bool) -> list[Finding]:
    """Return what speaks against a claim's sum. ``with_others`` counts in what other claims on their way will take."""
    for_project = store.under_way_for(desk, project.id, claim.id) if with_others else 0
    paid, budget = store.paid_for(desk, project.id), budget_in_force(desk, project.id)
    findings = list(rules.within_budget(claim.amount_fen, paid, budget, for_project, f"projects:{project.id}"))
    if claim.fund_id:
        from_fund = store.under_way_from(desk, claim.fund_id, claim.id) if with_others else 0
        left = village_store.fund_balance(desk, claim.fund_id).left_fen
        findings += rules.within_fund(claim.amount_fen, left, from_fund)
    return findings
