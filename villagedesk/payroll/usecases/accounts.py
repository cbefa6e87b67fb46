"""What a person does when an account turns out wrong: it is put right in the register before anybody is paid again."""

from dataclasses import replace

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payroll import rules
from villagedesk.storage.desk import Desk
from villagedesk.village.accounts import strangers
from villagedesk.village.authority import acting
from villagedesk.village.model import Person, Role


def account_findings(desk: Desk, person_id: str, account: str, reason: str) -> list[Finding]:
    """Return what stands against a new account, for the form, the command and the change alike."""
    others = desk.find(Person, "village_id = ? AND account = ? AND id <> ?", [desk.office_id, account, person_id])
    person = desk.get(Person, person_id)
    return list(rules.new_account(person, account, strangers(person, others), reason))


def correct_account(desk: Desk, person_id: str, account: str, bank: str = "", reason: str = "") -> Person:
    """Put a villager's account right in the register; sheets and batches that are drawn up stay as they are.

    Raises RuleViolation when it is no account, is somebody else's of another household, or without a reason.
    """
    acting(desk, Role.ACCOUNTANT)
    account = "".join(account.split())
    stop_at(account_findings(desk, person_id, account, reason), reason)
    with desk.change("payroll.account.corrected", reason=reason) as change:
        person = desk.get(Person, person_id)
        return change.put(replace(person, account=account, bank=bank.strip() or person.bank))
