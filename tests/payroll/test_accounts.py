"""An account is put right in the register, with a reason; what is drawn up already stays as it is."""

from pathlib import Path

import pytest

from tests.payroll.posts import ANSWER, CHECKED, PLAIN, as_, person_with, sent, told
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Severity
from villagedesk.payroll import store
from villagedesk.payroll.usecases import account_findings, correct_account, take_in_return, write_batch
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person

NEW = "5103201234567890123456"


@pytest.fixture
def person(peopled: Desk) -> Person:
    return person_with(peopled, told()[3].account)


def refused(desk: Desk, person: Person, account: str, reason: str = "换了新存折") -> list[str]:
    with pytest.raises(RuleViolation) as refusal:
        correct_account(desk, person.id, account, reason=reason)
    return [finding.code for finding in refusal.value.findings]


def test_a_corrected_account_is_paid_and_the_old_sheet_stays(peopled: Desk, person: Person, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    correct_account(peopled, person.id, "5103 2012 3456 7890 1234 56", "双石支行", "户名不符，换了新存折")
    again, _ = write_batch(peopled, batch.payroll_id, PLAIN, tmp_path, CHECKED)
    paid = {line.name: line.account for line in store.batch_lines(peopled, again.id)}
    sheet = {line.name: line.account for line in store.lines_of(peopled, batch.payroll_id)}
    assert (paid[person.name], sheet[person.name]) == (NEW, person.account)
    assert peopled.get(Person, person.id).bank == "双石支行"


@pytest.mark.parametrize(
    "account", ["", "123", "5103a01234567890123456", "６２１４３４６６５２５８６７６４５７４", "1" * 31]
)
def test_what_is_no_account_is_refused(peopled: Desk, person: Person, account: str) -> None:
    assert refused(peopled, person, account) == ["payroll.account"]


def test_it_needs_a_reason_and_must_be_another(peopled: Desk, person: Person) -> None:
    assert refused(peopled, person, NEW, "") == ["payroll.reason"]
    assert refused(peopled, person, person.account) == ["payroll.same"]


def test_an_account_of_another_household_is_refused(peopled: Desk, person: Person) -> None:
    assert refused(peopled, person, told()[0].account) == ["payroll.strangers"]


def test_a_card_that_may_be_miscopied_is_told_and_passes_once_somebody_looked(peopled: Desk, person: Person) -> None:
    card, miscopied = "6222021234567894", "6222021234567895"
    (finding,) = account_findings(peopled, person.id, miscopied, "换了新卡")
    assert (finding.code, finding.severity, finding.field) == ("payroll.check_digit", Severity.WARNING, "account")
    assert account_findings(peopled, person.id, card, "换了新卡") == []
    assert correct_account(peopled, person.id, miscopied, reason="换了新卡，照卡核对过").account == miscopied


def test_only_the_accountant_changes_it(peopled: Desk, person: Person) -> None:
    as_(peopled, "赵主任")
    assert refused(peopled, person, NEW) == ["village.role"]
