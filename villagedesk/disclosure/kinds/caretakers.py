"""③ 管护人员名单与报酬标准: who looks after what, to which standard and for how much, and who watches over it."""

from collections import defaultdict
from datetime import date, timedelta

from villagedesk.disclosure.books.people import contracts_of, overseers_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import counted, dotted, headed
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_Taken = list[tuple[str, Contract]]


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the caretaking agreements that ran during the period and the overseers at its end."""
    period = scope.period
    caretakers = contracts_of(desk, period, ContractKind.CARETAKING)
    overseers = overseers_of(desk, period)
    nobody: list[Block] = [Paragraph(f"{period.label}没有管护人员。")]
    return Gathered(
        headed(
            ("管护人员和报酬", _people(caretakers) if caretakers else nobody),
            ("管护标准和报酬发放办法", _standards(caretakers) if caretakers else []),
            ("监督人员", [_overseers(overseers)] if overseers else []),
        )
    )


def _people(caretakers: _Taken) -> list[Block]:
    columns = (
        Column("序号", Align.CENTER),
        Column("姓名"),
        Column("项目"),
        Column("负责区域"),
        Column("协议报酬", Align.AMOUNT),
        Column("折合每月", Align.AMOUNT),
        Column("期限"),
    )
    rows = tuple(
        (
            str(place),
            contract.party,
            project,
            contract.scope,
            yuan(contract.amount_fen),
            _monthly(contract),
            f"{dotted(contract.first_day)}至{dotted(contract.last_day)}",
        )
        for place, (project, contract) in enumerate(caretakers, 1)
    )
    amounts = [contract.amount_fen for _, contract in caretakers]
    total, sums = sum(amounts), counted(amounts, "份")
    text = f"共{len(caretakers)}份管护协议，报酬合计{in_both(total)}。"
    return [
        Table(columns, rows, ("合计", "", "", "", yuan(total), "", ""), unit="单位：元"),
        Paragraph(text),
        *([Paragraph(f"核对：{sums}元。")] if sums else []),
        *_example(caretakers),
    ]


def _example(caretakers: _Taken) -> list[Block]:
    """One line of the table reckoned aloud, so that the others can be."""
    for _, contract in caretakers:
        if months := _months(contract.first_day, contract.last_day):
            reckoned = f"{yuan(contract.amount_fen)}元÷{months}个月＝{_monthly(contract)}元"
            text = "折合每月＝协议报酬÷协议月数，四舍五入到分，只供比较；"
            return [Paragraph(f"{text}例如{contract.party}：{reckoned}。实际发放见人员报酬发放公示。")]
    return []


def _monthly(contract: Contract) -> str:
    months = _months(contract.first_day, contract.last_day)
    return yuan((2 * contract.amount_fen + months) // (2 * months)) if months else "—"


def _months(first: date, last: date) -> int:
    """Return the whole months of a term, 0 when it is not of whole months."""
    after = last + timedelta(days=1)
    months = 12 * (after.year - first.year) + after.month - first.month
    return months if after.day == first.day and months > 0 else 0


def _standards(caretakers: _Taken) -> list[Block]:
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for project, contract in caretakers:
        alike[project, contract.standard, contract.pay_cycle].append(contract.party)
    columns = (Column("项目"), Column("管护人员"), Column("管护标准"), Column("报酬发放办法"))
    rows = tuple(
        (project, "、".join(dict.fromkeys(names)), standard or "协议没有写", way or "协议没有写")
        for (project, standard, way), names in alike.items()
    )
    return [Table(columns, rows), Paragraph("按规定，报酬经检查、考核后通过一折通发给本人，不发现金。")]


def _overseers(overseers: list[tuple[str, str, str]]) -> Table:
    bodies: dict[str, list[str]] = defaultdict(list)
    for body, name, duty in overseers:
        bodies[body].append(f"{name}（{duty}）" if duty not in {"", "成员"} else name)
    return Table((Column("组织"), Column("人员")), tuple((body, "、".join(names)) for body, names in bodies.items()))
