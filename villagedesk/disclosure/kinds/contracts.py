"""③ 承包人与合同: the contracts let for works, what they are for, and what was paid on them so far."""

from villagedesk.disclosure.books.people import contracts_of, paid_to_parties
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import added, dotted, headed, looked_at
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.reports.sheet import Align, Bar, Block, Chart, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_Let = list[tuple[str, Contract]]


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the works contracts that ran during the period, and what was paid to their parties by its end."""
    period = scope.period
    contracts = contracts_of(desk, period, ContractKind.WORKS)
    if not contracts:
        return Gathered((Paragraph(f"{period.label}没有承包合同。"),))
    return Gathered(
        headed(
            ("承包人和合同", _contracts(contracts, period)),
            ("合同付款", _payments(contracts, paid_to_parties(desk, period), period)),
        )
    )


def _contracts(contracts: _Let, period: Period) -> list[Block]:
    columns = (
        Column("序号", Align.CENTER),
        Column("项目"),
        Column("承包人"),
        Column("承包内容和质量标准"),
        Column("合同金额", Align.AMOUNT),
        Column("期限"),
    )
    rows = tuple(
        (
            str(place),
            project,
            contract.party,
            _work(contract),
            yuan(contract.amount_fen),
            f"{dotted(contract.first_day)}至{dotted(contract.last_day)}",
        )
        for place, (project, contract) in enumerate(contracts, 1)
    )
    amounts = [contract.amount_fen for _, contract in contracts]
    fresh = sum(contract.signed_on in period for _, contract in contracts)
    total = sum(amounts)
    sums = added(amounts)
    return [
        Table(columns, rows, ("合计", "", "", "", yuan(total), ""), unit="单位：元"),
        Paragraph(f"共{len(contracts)}份合同，其中本期新签{fresh}份；合同金额合计{in_both(total)}。"),
        *([Paragraph(f"核对：{sums}元。")] if sums else []),
    ]


def _work(contract: Contract) -> str:
    return f"{contract.scope}；标准：{contract.standard}" if contract.standard else contract.scope


def _payments(contracts: _Let, paid: dict[tuple[str, str], int], period: Period) -> list[Block]:
    """The books know whom was paid, not by which contract: one party's contracts of one project stand together."""
    together: dict[tuple[str, str], _Let] = {}
    for project, contract in contracts:
        together.setdefault((contract.project_id, contract.party), []).append((project, contract))
    columns = (
        Column("项目"),
        Column("承包人"),
        Column("付款方式"),
        *(Column(head, Align.AMOUNT) for head in ("合同金额", "累计已付", "尚未支付")),
    )
    rows, bars, sums = [], [], []
    for key, of_party in together.items():
        (project, first), agreed = of_party[0], sum(contract.amount_fen for _, contract in of_party)
        gone = paid.get(key, 0)
        ways = "、".join(dict.fromkeys(contract.pay_cycle for _, contract in of_party if contract.pay_cycle))
        sums.append((agreed, gone, agreed - gone))
        rows.append((project, first.party, ways, *map(yuan, sums[-1])))
        parts = (max(gone, 0), max(agreed - gone, 0))
        bars.append(Bar(f"{first.party}（{project}）", parts, f"已付{yuan(gone)}元"))
    agreed, gone, left = map(sum, zip(*sums, strict=True))
    table = Table(columns, tuple(rows), ("合计", "", "", *map(yuan, (agreed, gone, left))), unit="单位：元")
    text = f"核对：合同金额{yuan(agreed)}元，减截至{chinese_date(period.last)}累计已付{yuan(gone)}元，等于尚未支付{in_both(left)}。"
    return [
        table,
        Paragraph(text),
        *([Paragraph(_OVER)] if any(line[2] < 0 for line in sums) else []),
        *looked_at(Chart(("累计已付", "尚未支付"), tuple(bars), "合同付款进度")),
    ]


_OVER = "“尚未支付”是负数的，付给该承包人的款超过了合同金额，包括合同以外向其购买的，明细见项目支出明细公示。"
