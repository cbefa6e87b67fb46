"""Whether there is money for a claim: in its project's budget in force, in its fund, in the bank or the cash box."""

from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.payments import rules, store
from villagedesk.payments.model import Claim, PayWay, Voucher
from villagedesk.projects.model import Project
from villagedesk.projects.store import budget_in_force
from villagedesk.storage.desk import Desk
from villagedesk.village import purse
from villagedesk.village import rules as village_rules
from villagedesk.village import store as village_store
from villagedesk.village.model import Purse


def within_means(
    desk: Desk, claim: Claim, project: Project, *, with_others: bool, day: date | None = None
) -> list[Finding]:
    """Return what speaks against a claim's sum. ``with_others`` counts in what other claims on their way will take.

    ``day`` is the day it is paid, where it is: the fund must hold the sum from that day on.
    """
    for_project = store.under_way_for(desk, project.id, claim.id) if with_others else 0
    paid, budget = store.paid_for(desk, project.id), budget_in_force(desk, project.id)
    findings = list(rules.within_budget(claim.amount_fen, paid, budget, for_project, f"projects:{project.id}"))
    if claim.fund_id:
        from_fund = store.under_way_from(desk, claim.fund_id, claim.id) if with_others else 0
        balance = village_store.fund_balance(desk, claim.fund_id)
        findings += rules.within_fund(claim.amount_fen, balance.left_fen, from_fund, f"village:{claim.fund_id}")
        if day:
            least = purse.lowest_of_fund(desk, balance, day)
            findings += rules.there_since(claim.amount_fen, balance.left_fen, least, day)
    return findings


def there_is_money(desk: Desk, claim: Claim, voucher: Voucher) -> list[Finding]:
    """Return what speaks against a voucher just stored: bank or cash box below nothing on its day or later.

    It is asked when the advance the claim accounts for is set off too: only what goes beyond it is taken from there.
    """
    source = Purse.CASH if claim.pay_way is PayWay.CASH else Purse.BANK
    left = purse.lowest(desk, source, voucher.posted_on)
    if left >= 0:
        return []
    taken = voucher.amount_fen - store.set_off_by(desk, voucher.id)
    return list(village_rules.enough_in(source, taken, left + taken)) if taken else []
