"""What is printed about claims, shown as it comes out: claims, one or several, their pay sheets and vouchers."""

from collections.abc import Sequence

from villagedesk.kernel.progress import Progress
from villagedesk.payments import sheets, store
from villagedesk.payments.evidence import decision_of
from villagedesk.payments.model import Claim, Payroll, Voucher
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.doing import on_worker, show_sheet
from villagedesk.ui.kit.page import Page
from villagedesk.village.model import Fund
from villagedesk.village.store import office


def show_claim(page: Page, claim: Claim) -> None:
    """Show a claim as its form prints."""
    desk = page.context.desk
    show_sheet(page, f"报账单 {claim.number}", lambda: claim_paper(desk, claim))


def show_claims(page: Page, claim_ids: Sequence[str]) -> None:
    """Show several claims as one paper, drawn on a worker."""

    def draw(desk: Desk, progress: Progress) -> bytes:
        from villagedesk.reports.pdf import draw_all

        papers = [claim_paper(desk, desk.get(Claim, claim_id)) for claim_id in claim_ids]
        return draw_all(papers, "报账单", progress)

    def show(pdf: bytes) -> None:
        from villagedesk.ui.kit.preview import Preview

        preview = Preview()
        page.show_over(f"报账单 {len(claim_ids)}张", preview)
        preview.show_pdf(pdf, "报账单.pdf")

    on_worker(page, "画报账单", draw, show)


def show_payroll(page: Page, payroll_id: str) -> None:
    """Show a pay sheet as it prints."""
    desk = page.context.desk
    payroll, lines = desk.get(Payroll, payroll_id), store.payroll_lines(desk, payroll_id)
    show_sheet(page, "报酬发放表", lambda: sheets.payroll_sheet(office(desk), payroll, lines))


def show_voucher(page: Page, voucher: Voucher, reversed_: Voucher | None) -> None:
    """Show a voucher as it prints; a red one with the voucher it reversed."""
    desk = page.context.desk
    project, fund = desk.get(Project, voucher.project_id), desk.get(Fund, voucher.fund_id)
    own = office(desk)
    show_sheet(page, f"凭证{voucher.label}", lambda: sheets.voucher_sheet(own, voucher, project, fund, reversed_))


def claim_paper(desk: Desk, claim: Claim) -> Sheet:
    """Return a claim's form, to be signed along its chain."""
    project, fund = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id)
    decision = decision_of(desk, claim) if claim.decision_id else None
    chain = store.chain_of(desk, claim)
    return sheets.claim_sheet(office(desk), claim, project, fund, chain, decision.subject if decision else "")
