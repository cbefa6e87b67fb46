"""③ 管护人员名单与报酬标准: who looks after what, to which standard and for how much, and who watches over it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from villagedesk.disclosure.books.people import PostLine, contracts_of, overseers_of, posts_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import counted, dotted, headed, told_apart
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village.store import profile

_Taken = list[tuple[str, Contract]]


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the caretaking agreements that ran during the period and the overseers at its end."""
    period = scope.period
    caretakers = contracts_of(desk, period, ContractKind.CARETAKING)
    overseers = overseers_of(desk, period)
    posts = posts_of(desk, period)
    nobody: list[Block] = [Paragraph(f"{period.label}没有管护人员。")]
    return Gathered(
        headed(
            ("管护人员和报酬", _people(caretakers) if caretakers else [] if posts else nobody),
            ("管护标准和报酬发放办法", _standards(caretakers) if caretakers else []),
            ("岗位和报酬标准", _posts(desk, posts, period)),
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


def _posts(desk: Desk, posts: Sequence[PostLine], period: Period) -> list[Block]:
    """Who holds which post, by which standards, and how performance pay follows the score."""
    if not posts:
        return []
    names = told_apart((line.person_id, line.name, line.id_tail) for line in posts)
    columns = (
        Column("序号", Align.CENTER),
        Column("姓名"),
        Column("岗位"),
        Column("项目和区域"),
        Column("每月基本报酬", Align.AMOUNT),
        Column("每季度绩效报酬", Align.AMOUNT),
        Column("期限"),
    )
    rows = tuple(
        (
            str(place),
            names[line.person_id],
            line.post.duty,
            f"{line.project}，{line.post.area}" if line.post.area else line.project,
            yuan(line.post.base_fen),
            yuan(line.post.performance_fen),
            _held(line, period),
        )
        for place, line in enumerate(posts, 1)
    )
    rules = profile(desk).works.bands
    used = dict.fromkeys(line.post.bands for line in posts if line.post.bands in rules and line.post.performance_fen)
    words = [f"绩效报酬按季度考核得分发：{rules[key].label}。" for key in used]
    people = len({line.person_id for line in posts})
    text = f"共{len(posts)}个岗位，{people}人；基本报酬按月发，绩效报酬经季度考核后发。"
    return [Table(columns, rows, unit="单位：元"), Paragraph(text), *map(Paragraph, words)]


def _held(line: PostLine, period: Period) -> str:
    """Return a post's term as the period's end saw it: one that ends later still goes on."""
    first, last = line.post.first_day, line.post.last_day
    return f"{dotted(first)}至{dotted(last)}" if last and last <= period.last else f"{dotted(first)}起"


def _overseers(overseers: list[tuple[str, str, str]]) -> Table:
    bodies: dict[str, list[str]] = defaultdict(list)
    for body, name, duty in overseers:
        bodies[body].append(f"{name}（{duty}）" if duty not in {"", "成员"} else name)
    return Table((Column("组织"), Column("人员")), tuple((body, "、".join(names)) for body, names in bodies.items()))
