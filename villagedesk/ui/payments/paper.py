"""What is printed about claims, shown as it comes out: claims, one or several, their pay sheets and vouchers."""

from collections.abc import Sequence

from villagedesk.kernel.progress import Progress
from villagedesk.payments import forms, sheets
from villagedesk.payments.model import Claim, Payroll, Voucher
from villagedesk.payroll.papers import pay_sheet
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.doing import on_worker, show_sheet
from villagedesk.ui.kit.page import Page
from villagedesk.village.model import Fund
from villagedesk.village.store import office


def show_claim(page: Page, claim: Claim) -> None:
    """Show a claim as its form prints."""
    desk = page.context.desk
    show_sheet(page, f"报账单 {claim.number}", lambda: forms.claim_form(desk, claim))


def show_approval(page: Page, claim: Claim) -> None:
    """Show what each step of a claim's chain has said, as it prints."""
    desk = page.context.desk
    show_sheet(page, f"支出审批单 {claim.number}", lambda: forms.approval_form(desk, claim))


def show_paste(page: Page, claim: Claim) -> None:
    """Show the sheet a claim's papers are pasted on."""
    desk = page.context.desk
    show_sheet(page, f"票据粘贴单 {claim.number}", lambda: forms.paste_form(desk, claim))


def show_claims(page: Page, claim_ids: Sequence[str]) -> None:
    """Show several claims as one paper, drawn on a worker."""

    def draw(desk: Desk, progress: Progress) -> bytes:
        from villagedesk.reports.pdf import draw_all

        papers = [forms.claim_form(desk, desk.get(Claim, claim_id)) for claim_id in claim_ids]
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
    show_sheet(page, desk.get(Payroll, payroll_id).title, lambda: pay_sheet(desk, payroll_id))


def show_voucher(page: Page, voucher: Voucher, reversed_: Voucher | None) -> None:
    """Show a voucher as it prints; a red one with the voucher it reversed."""
    desk = page.context.desk
    project, fund = desk.get(Project, voucher.project_id), desk.get(Fund, voucher.fund_id)
    own = office(desk)
    show_sheet(page, f"凭证{voucher.label}", lambda: sheets.voucher_sheet(own, voucher, project, fund, reversed_))
