"""Claims, vouchers and the register on paper: the whole text of each sheet was approved by a person.

After an intended change, delete the file in ``golden``, run the tests twice, and read what it says now.
"""

from dataclasses import replace
from pathlib import Path

from tests.golden import assert_golden
from tests.payments.paying import a_claim, granted
from villagedesk.kernel.dates import Period
from villagedesk.payments import sheets, store, usecases
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Project
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.profile import load
from villagedesk.village.store import office

GOLDEN = Path(__file__).parent / "golden"
STANDARD = load().chains["standard"]


def test_the_claim_form_says_what_was_approved(desk: Desk, project: Project, fund: Fund) -> None:
    claim = replace(a_claim(project), id="01KE5TP9E0ERCATGMT5F4DD342", excuse="村民自产，开不出发票")
    sheet = sheets.claim_sheet(office(desk), claim, project, fund, STANDARD)
    assert_golden(sheet, GOLDEN / "claim.txt")


def test_a_claim_without_an_excuse_has_no_line_for_it(desk: Desk, project: Project, fund: Fund) -> None:
    assert "说明" not in text_of(sheets.claim_sheet(office(desk), a_claim(project), project, fund, STANDARD))


def test_a_voucher_and_its_reversal_say_what_was_approved(desk: Desk, project: Project, fund: Fund) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    red = usecases.reverse(desk, voucher.id, "票据开错单位")
    black_sheet = sheets.voucher_sheet(office(desk), voucher, project, fund)
    red_sheet = sheets.voucher_sheet(office(desk), red, project, fund, voucher)
    assert_golden(black_sheet, GOLDEN / "voucher.txt")
    assert_golden(red_sheet, GOLDEN / "reversal.txt")


def test_the_register_says_what_was_approved(desk: Desk, project: Project) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    usecases.post(desk, granted(desk, a_claim(project, 6_007_14, payee="冯国秀", purpose="清运")).id)
    usecases.reverse(desk, voucher.id, "票据开错单位")
    period = Period.quarter(2026, 1)
    sheet = sheets.register_sheet(office(desk), period.label, store.vouchers_in(desk, period))
    assert_golden(sheet, GOLDEN / "register.txt")


def test_every_sheet_of_the_practice_village_is_marked(desk: Desk, project: Project, fund: Fund) -> None:
    assert sheets.claim_sheet(office(desk), a_claim(project), project, fund, STANDARD).watermark == "练习"


def test_the_claim_form_fits_one_page_also_with_long_facts(desk: Desk, project: Project, fund: Fund) -> None:
    from villagedesk.reports.preview import page_sizes

    long = Claim(
        spent_on=a_claim(project).spent_on, project_id=project.id, fund_id=fund.id, amount_fen=999_999_999_999,
        payee="荣县双石镇青山村农村集体经济组织（股份经济合作联合社）", purpose="一组至八组通户道路路肩培土、边沟清淤、涵管更换" * 4,
        invoice_kind="增值税专用发票", invoice_number="51032210520726000001",
    )  # fmt: skip
    assert len(page_sizes(draw(sheets.claim_sheet(office(desk), long, project, fund, STANDARD)))) == 1
