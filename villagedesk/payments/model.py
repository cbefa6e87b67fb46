"""Claims with their way through the sign-off chain, payrolls, approvals, vouchers. All money in fen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.dates import Period
from villagedesk.kernel.records import VillageRecord


class ClaimState(StrEnum):
    """Where a claim stands on its way from the accountant to the voucher."""

    DRAFT = "draft"
    WITNESSING = "witnessing"
    SUBMITTED = "submitted"
    SUPERVISING = "supervising"
    QUERIED = "queried"
    REVIEWED = "reviewed"
    DECIDING = "deciding"
    APPROVED = "approved"
    SETTLING = "settling"
    GRANTED = "granted"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Chinese name of the state, which says who is to act next."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ClaimState.DRAFT: "草稿",
    ClaimState.WITNESSING: "待证明人签字",
    ClaimState.SUBMITTED: "待理财小组审核",
    ClaimState.SUPERVISING: "待村务监督委员会审核",
    ClaimState.QUERIED: "有疑问，待答复",
    ClaimState.REVIEWED: "待村主要负责人审批",
    ClaimState.DECIDING: "待集体研究决定",
    ClaimState.APPROVED: "待乡镇审核",
    ClaimState.SETTLING: "待财政所审核",
    ClaimState.GRANTED: "待付款入账",
    ClaimState.PAID: "已付款入账",
    ClaimState.REFUSED: "未通过",
    ClaimState.WITHDRAWN: "已作废",
}

UNDER_WAY = (
    ClaimState.WITNESSING,
    ClaimState.SUBMITTED,
    ClaimState.SUPERVISING,
    ClaimState.QUERIED,
    ClaimState.REVIEWED,
    ClaimState.DECIDING,
    ClaimState.APPROVED,
    ClaimState.SETTLING,
    ClaimState.GRANTED,
)
"""Handed in and not yet paid: the money is spoken for."""


class PayWay(StrEnum):
    """How the money goes out."""

    TRANSFER = "transfer"
    PASSBOOK = "passbook"
    CASH = "cash"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"transfer": "转账", "passbook": "一折通", "cash": "现金"}[self]


PAY_SHEET = "报酬发放表"
INVOICE_KINDS = ("增值税普通发票", "增值税专用发票", "财政票据", "税务代开发票", PAY_SHEET, "收据")
"""Kinds of papers a payment rests on; 收据 alone is not a proper invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(VillageRecord):
    """A request to pay (报账单). Its facts freeze when it is submitted; ``excuse`` says why a warning was passed over.

    It goes by the profile's sign-off ``chain``. ``inspection_id`` is the visit its sum rests on, ``decision_id`` the
    motion that lets it pass where something is missing, ``advance_id`` the advance it accounts for, ``redoes_id`` the
    reversed voucher it stands in for.
    """

    table: ClassVar[str] = "claims"

    spent_on: date
    project_id: str
    fund_id: str
    payee: str
    amount_fen: int
    purpose: str
    invoice_kind: str = ""
    invoice_number: str = ""
    handler: str = ""
    witness: str = ""
    pay_way: PayWay = PayWay.TRANSFER
    payroll_id: str | None = None
    excuse: str = ""
    state: ClaimState = ClaimState.DRAFT
    made_by: str = ""
    profile_version: str = ""
    chain: str = "standard"
    contract_id: str | None = None
    inspection_id: str | None = None
    decision_id: str | None = None
    advance_id: str | None = None
    redoes_id: str | None = None

    @property
    def number(self) -> str:
        """What the claim is called on paper and in speech: the last eight characters of its id."""
        return self.id[-8:]


class Outcome(StrEnum):
    """How a look at something ended; queried and refused need a note."""

    PASSED = "passed"
    QUERIED = "queried"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"passed": "同意", "queried": "有疑问", "refused": "不同意"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(VillageRecord):
    """A word on a claim at a step of its chain that no group reviews, bound to the version that was seen.

    ``signer`` is who signed on paper (``paper_id``, scanned) where that is not who is signed in.
    """

    table: ClassVar[str] = "approvals"

    claim_id: str
    claim_version: int
    outcome: Outcome
    note: str = ""
    given_by: str
    given_at: datetime
    step: str = "head"
    signer: str = ""
    paper_id: str | None = None


class PayrollKind(StrEnum):
    """What a pay sheet pays: taken in as it came, or made here from posts, days of work or contracts."""

    IMPORTED = "imported"
    BASE = "base"
    PERFORMANCE = "performance"
    LABOUR = "labour"
    POST = "post"
    RENT = "rent"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _PAYROLL_LABELS[self]


_PAYROLL_LABELS = {
    PayrollKind.IMPORTED: "导入的发放表",
    PayrollKind.BASE: "基本报酬",
    PayrollKind.PERFORMANCE: "绩效报酬",
    PayrollKind.LABOUR: "务工补贴",
    PayrollKind.POST: "岗位工资",
    PayrollKind.RENT: "承包费",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payroll(VillageRecord):
    """A pay sheet, frozen. ``period`` is a quarter or month (2026Q1, 2026-03); its lines sum to ``total_fen``.

    ``previous_id`` is the sheet it was copied from, ``import_id`` the taking-in it came by.
    """

    table: ClassVar[str] = "payrolls"

    project_id: str
    title: str
    period: str
    sheet_date: date
    total_fen: int
    source_id: str | None = None
    kind: PayrollKind = PayrollKind.IMPORTED
    previous_id: str | None = None
    import_id: str | None = None

    @property
    def brief(self) -> str:
        """What it is called where its title is too long: 2026年第一季度绩效报酬."""
        return f"{Period.parse(self.period).label}{self.kind.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayrollLine(VillageRecord):
    """One person's pay on a sheet; ``place`` is the printed 序号.

    ``payee_id`` is whose account it is (None: the person's own). What the amount was made from: ``standard_fen`` in
    full, ``day_tenths`` of a day worked (55 = 5.5 days), the band's ``ratio`` (a fraction, 4/5) by the assessment
    ``inspection_id``, less ``deduction_fen``; an amount that is not what this gives has a ``reason``. Of rent the
    ``ratio`` is how much is paid for (5.5) and may be more than the whole; ``work`` ends with its unit: 水田（亩）.
    """

    table: ClassVar[str] = "payroll_lines"

    payroll_id: str
    place: int
    person_id: str
    name: str
    area: str
    account: str
    amount_fen: int
    note: str = ""
    payee_id: str | None = None
    post_id: str | None = None
    inspection_id: str | None = None
    standard_fen: int = 0
    day_tenths: int = 0
    ratio: str = ""
    deduction_fen: int = 0
    work: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher(VillageRecord):
    """A posted payment, or, with a negative amount, the red reversal of one. Never changes."""

    table: ClassVar[str] = "vouchers"
    series: ClassVar[str] = "付款凭证"

    year: int
    number: int
    claim_id: str
    posted_on: date
    project_id: str
    fund_id: str
    payee: str
    purpose: str
    amount_fen: int
    reverses_id: str | None = None
    reason: str = ""
    posted_by: str

    @property
    def label(self) -> str:
        """The voucher's number as written: 2026年第12号."""
        return f"{self.year}年第{self.number}号"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastExpense(VillageRecord):
    """A line of an earlier year's expense sheet, taken over as it stood; ``place`` is its row on the sheet."""

    table: ClassVar[str] = "past_expenses"

    year: int
    place: int
    spent_on: date
    item: str
    payee: str
    amount_fen: int
    source: str = ""
    handler: str = ""
    invoice_number: str = ""
    opinion: str = ""
    import_id: str = ""
