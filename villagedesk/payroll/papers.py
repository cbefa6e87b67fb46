"""The papers about pay, filled from the books."""

from villagedesk.payments.model import Payroll
from villagedesk.payroll import sheets, store
from villagedesk.payroll.channels import channel
from villagedesk.payroll.model import Batch
from villagedesk.payroll.names import told_apart
from villagedesk.payroll.sheets import PaperLine
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office


def pay_sheet(desk: Desk, payroll_id: str) -> Sheet:
    """Return a pay sheet in the form of its kind. Raises KeyError when there is none."""
    return sheets.pay_sheet(office(desk), desk.get(Payroll, payroll_id), paper_lines(desk, payroll_id))


def slips(desk: Desk, payroll_id: str) -> list[Sheet]:
    """Return a slip for each line of a pay sheet."""
    payroll = desk.get(Payroll, payroll_id)
    project = desk.get(Project, payroll.project_id).name
    return [sheets.slip_sheet(office(desk), payroll, line, project) for line in paper_lines(desk, payroll_id)]


def batch_sheet(desk: Desk, batch_id: str) -> Sheet:
    """Return the paper that goes to the bank with a batch."""
    batch = desk.get(Batch, batch_id)
    payroll = desk.get(Payroll, batch.payroll_id)
    rows = store.file_rows(desk, batch)
    return sheets.batch_sheet(office(desk), payroll, batch, rows, channel(batch.channel).name)


def unpaid_sheet(desk: Desk) -> Sheet:
    """Return who is not yet paid, and why."""
    rows = [
        (
            payroll.brief,
            one.line.name,
            (one.sent.account if one.sent else one.line.account)[-4:],
            one.line.amount_fen,
            one.standing.label,
            one.reason,
        )
        for payroll, one in store.unpaid(desk)
    ]
    return sheets.unpaid_sheet(office(desk), rows)


def paper_lines(desk: Desk, payroll_id: str) -> list[PaperLine]:
    """Return a sheet's lines as they are printed, namesakes told apart."""
    lines = store.lines_of(desk, payroll_id)
    people = store.people(desk, [one for line in lines for one in (line.person_id, line.payee_id) if one])
    called = told_apart(lines, people, store.households(desk, people.values()))
    return [
        PaperLine(line, called[line.person_id], people[line.payee_id].name if line.payee_id else "") for line in lines
    ]
