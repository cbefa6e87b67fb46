"""The form that asks to open a closed month again."""

from villagedesk.closing import rules, usecases
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import Closing
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.fields import LongTextField, NumberField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village.store import profile

_DAYS = 3


def reopening_form(desk: Desk, closing: Closing) -> Form:
    """Return the form that asks to open a month again (申请反结账)."""
    most = profile(desk).closing.reopening_days

    def findings(values: Values) -> list[Finding]:
        return list(rules.asked_soundly(values["reason"], values["days"] or 0, most))

    return Form(
        [
            LongTextField(
                "reason", f"为什么要打开{Period.parse(closing.month).label}的账", hint="下一次支出公示上会印出来"
            ),
            NumberField("days", "开放", unit="天", hint=f"从收到乡镇同意的回执那天起，最多{most}天"),
        ],
        save=lambda values, _reason: usecases.ask_reopening(desk, closing.id, values["reason"], values["days"]),
        check=findings,
        verb="申请反结账",
        values={"days": _DAYS},
    )
