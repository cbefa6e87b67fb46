"""③ 承包与人员公开: contracts for works, caretakers with their standards and pay, and who oversees."""

from datetime import date

from villagedesk.disclosure.books import contracts_of, overseers_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the contracts that ran during the period and the overseers at its end."""
    period = scope.period
    works = contracts_of(desk, period, ContractKind.WORKS)
    caretakers = contracts_of(desk, period, ContractKind.CARETAKING)
    blocks: list[Block] = [Paragraph("一、承包合同", 1)]
    blocks += _contracts(works, "承包人", "承包内容", "合同金额") or [Paragraph("本期没有承包合同。")]
    blocks.append(Paragraph("二、管护人员", 1))
    blocks += _contracts(caretakers, "管护员", "负责区域", "合同报酬") or [Paragraph("本期没有管护人员。")]
    overseers = overseers_of(desk, period)
    if overseers:
        blocks += [Paragraph("三、监督人员", 1), _overseers(overseers)]
    return Gathered(tuple(blocks))


def _contracts(contracts: list[tuple[str, Contract]], party: str, scope: str, amount: str) -> list[Block]:
    if not contracts:
        return []
    columns = (
        Column("项目"),
        Column(party),
        Column(scope),
        Column("质量标准"),
        Column(amount, Align.AMOUNT),
        Column("支付"),
        Column("期限"),
    )
    rows = tuple(
        (
            project,
            contract.party,
            contract.scope,
            contract.standard,
            yuan(contract.amount_fen),
            contract.pay_cycle,
            f"{_short(contract.first_day)}至{_short(contract.last_day)}",
        )
        for project, contract in contracts
    )
    total = sum(contract.amount_fen for _, contract in contracts)
    table = Table(columns, rows, ("合计", "", "", "", yuan(total), "", ""), unit="单位：元")
    return [table, Paragraph(f"共{len(contracts)}份，合计{in_both(total)}。")]


def _short(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _overseers(overseers: list[tuple[str, str, str]]) -> Table:
    return Table((Column("组织"), Column("姓名"), Column("职务")), tuple(overseers))
