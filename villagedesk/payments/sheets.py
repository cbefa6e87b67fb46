"""Claims and vouchers as sheets of paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.payments.model import Claim, Voucher
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Fund, Office
from villagedesk.village.moneyrules import Chain

_PASTE_ROOM = "\n" * 24
"""Empty lines that leave room for papers on the sheet they are pasted on."""
_WORD_ROOM = "\u3000" * 6
"""Blanks that leave room for an opinion or a day."""
_SIGN_ROOM = "\u3000" * 9 + "\n"
"""Blanks and an empty line that leave room to sign and stamp."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A step of a claim's chain on paper: whose part it is, what was said, by whom and when; "" is still to be said."""

    label: str
    word: str = ""
    name: str = ""
    day: str = ""


def claim_sheet(office: Office, claim: Claim, project: Project, fund: Fund, chain: Chain, decision: str = "") -> Sheet:
    """Return the claim form (报账单) to be signed along its chain; ``decision`` is what a meeting decided on it."""
    said = [("集体研究决定", decision), ("说明", claim.excuse)]
    facts = (*_facts(claim, project, fund), *((label, text) for label, text in said if text))
    return _form(office, "报账单", Facts(facts), Signatures(chain.signatures(claim.amount_fen)))


def approval_sheet(
    office: Office, claim: Claim, project: Project, fund: Fund, stands: Sequence[Stand], decision: str = ""
) -> Sheet:
    """Return the approval form (支出审批单): each step of the claim's chain with its opinion, signature and day."""
    columns = (
        Column("审批环节"),
        Column("意见", Align.CENTER),
        Column("签字（章）", Align.CENTER),
        Column("日期", Align.CENTER),
    )
    rows = tuple((one.label, one.word or _WORD_ROOM, one.name or _SIGN_ROOM, one.day or _WORD_ROOM) for one in stands)
    facts = (*_facts(claim, project, fund), *((("集体研究决定", decision),) if decision else ()))
    signed_first = (("经手人", claim.handler), ("证明人", claim.witness))
    return _form(
        office,
        "支出审批单",
        Facts((*facts, *((who, name) for who, name in signed_first if name))),
        Table(columns, rows),
    )


def paste_sheet(office: Office, claim: Claim, papers: int = 0) -> Sheet:
    """Return the sheet the papers of a claim are pasted on (票据粘贴单); ``papers`` are those kept with it."""
    facts = (
        ("报账单编号", claim.number or "草稿"),
        ("日期", chinese_date(claim.spent_on)),
        ("收款人", claim.payee),
        ("用途", claim.purpose),
        ("票据张数", f"    张（已存照片{papers}张）" if papers else "    张"),
        ("金额（小写）", f"￥{yuan(claim.amount_fen)}"),
        ("金额（大写）", amount_in_words(claim.amount_fen)),
    )
    room = Table((Column("票据粘贴处（从左到右、由小到大，均匀粘贴，不要盖住金额和印章）"),), ((_PASTE_ROOM,),))
    return _form(office, "票据粘贴单", Facts(facts), room, Signatures(("经手人", "证明人", "理财小组")))


def _facts(claim: Claim, project: Project, fund: Fund) -> tuple[tuple[str, str], ...]:
    return (
        ("编号", claim.number or "草稿"),
        ("日期", chinese_date(claim.spent_on)),
        ("项目", project.name),
        ("资金来源", fund.label),
        ("收款人", claim.payee),
        ("用途", claim.purpose),
        ("票据", f"{claim.invoice_kind} {claim.invoice_number}".strip()),
        ("付款方式", claim.pay_way.label),
        ("金额（小写）", f"￥{yuan(claim.amount_fen)}"),
        ("金额（大写）", amount_in_words(claim.amount_fen)),
    )


def _form(office: Office, what: str, *blocks: Block) -> Sheet:
    return Sheet(
        title=f"{office.name}农村公共服务运行维护{what}",
        blocks=blocks,
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def voucher_sheet(
    office: Office, voucher: Voucher, project: Project, fund: Fund, reverses: Voucher | None = None
) -> Sheet:
    """Return a posted voucher; a reversal says which voucher it ``reverses`` and why."""
    red = (("冲销凭证", reverses.label), ("冲销原因", voucher.reason)) if reverses else ()
    facts = (
        ("凭证号", voucher.label),
        ("入账日期", chinese_date(voucher.posted_on)),
        ("项目", project.name),
        ("资金来源", fund.label),
        ("收款人", voucher.payee),
        ("用途", voucher.purpose),
        ("金额（小写）", f"￥{yuan(voucher.amount_fen)}"),
        ("金额（大写）", amount_in_words(voucher.amount_fen)),
        *red,
    )
    return Sheet(
        title=f"{office.name}{voucher.series}",
        blocks=(Facts(facts), Signatures(("审核", "记账", "制单"))),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def register_sheet(
    office: Office, period_label: str, vouchers: Sequence[tuple[Voucher, str]], kind: str = "支出登记簿"
) -> Sheet:
    """Return the register of vouchers of a period, its sums carried from page to page.

    Each voucher comes with its project's name; ``kind`` is what the register is called.
    """
    columns = (
        Column("凭证号", Align.CENTER),
        Column("日期", Align.CENTER),
        Column("项目"),
        Column("收款人"),
        Column("用途"),
        Column("金额", Align.AMOUNT),
    )
    rows = tuple(
        (
            f"{voucher.year}-{voucher.number}",
            f"{voucher.posted_on.month}月{voucher.posted_on.day}日",
            project,
            voucher.payee,
            f"冲销：{voucher.purpose}（{voucher.reason}）" if voucher.reverses_id else voucher.purpose,
            yuan(voucher.amount_fen),
        )
        for voucher, project in vouchers
    )
    total = ("合计", "", "", "", "", yuan(sum(voucher.amount_fen for voucher, _ in vouchers)))
    listed: Block = Paragraph(f"{period_label}没有凭证。", flush=True)
    if rows:
        listed = Table(columns, rows, total, unit="单位：元", carries=True)
    return Sheet(
        title=f"{office.name}{period_label}{kind}",
        blocks=(listed, Signatures(("村会计", "理财小组组长"))),
        preset=Preset.WIDE,
        watermark=watermark(office),
        issuer=issuer(office),
    )
