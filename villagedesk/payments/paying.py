"""The claim that pays a pay sheet, whether the sheet was taken in or made here."""

from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.payments.model import PAY_SHEET, Claim, Payroll, PayWay
from villagedesk.projects.model import Project


def claim_for_payroll(
    payroll: Payroll,
    project: Project,
    people: int,
    *,
    handler: str,
    made_by: str,
    today: date,
    profile_version: str,
    chain: str = "standard",
    purpose: str = "",
) -> Claim:
    """Return the draft that pays a stored sheet of so many ``people`` through their passbooks, never in cash.

    It is dated by the sheet, but never after ``today``. Without a ``purpose`` it says which period's pay it is.
    """
    return Claim(
        spent_on=min(payroll.sheet_date, today),
        project_id=project.id,
        fund_id=project.fund_id or "",
        payee=f"管护人员{people}人",
        amount_fen=payroll.total_fen,
        purpose=purpose or f"{Period.parse(payroll.period).label}管护人员报酬",
        invoice_kind=PAY_SHEET,
        handler=handler,
        pay_way=PayWay.PASSBOOK,
        payroll_id=payroll.id,
        made_by=made_by,
        profile_version=profile_version,
        chain=chain,
    )
