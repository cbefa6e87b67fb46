"""The form of a verdict that does not agree: why, and until when the village is to answer."""

from datetime import timedelta

from villagedesk.exchange.model import Ruling
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.township import rules
from villagedesk.township.usecases import give_verdict
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.kit.form import Form, Values

_TERM = timedelta(days=10)
"""What is proposed for the village's answer."""


def verdict_form(desk: Desk, claim: Claim, outcome: Ruling) -> Form:
    """Return the form in which a claim is queried or sent back."""
    today = desk.clock.now().date()

    def check(values: Values) -> list[Finding]:
        return list(rules.says_why(outcome, values["note"], values["due_on"], today))

    def save(values: Values, reason: str) -> object:
        del reason
        return give_verdict(desk, claim, outcome, values["note"], values["due_on"])

    rows = [
        LongTextField("note", "原因", hint="村里会看到这句话，写清楚缺什么、要怎么改。"),
        DateField("due_on", "要求村里哪天前办好", today=lambda: today),
    ]
    verb = "退回给村里" if outcome is Ruling.RETURNED else "请村里答复"
    return Form(rows, save=save, check=check, verb=verb, values={"due_on": today + _TERM})
