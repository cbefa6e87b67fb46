"""The village at a glance: its card, its money, its bodies, who may act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton

from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.beside import Beside
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Fact, Facts
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.village.signing import chain_now, way_of
from villagedesk.village import store
from villagedesk.village.charts import funds_chart, standing
from villagedesk.village.model import Body, Fund, Membership, Office
from villagedesk.village.moneyrules import Chain
from villagedesk.village.store import FundBalance


@dataclass(frozen=True, slots=True)
class Ways:
    """What the cards offer at their heads."""

    show_fund: Callable[[str], object]
    change_card: Callable[[], object]
    set_up_body: Callable[[], object]
    change_members: Callable[[Body], object]
    appoint: Callable[[], object]
    choose_chain: Callable[[], object]
    record_kinship: Callable[[], object]


class Overview(Scrolling):
    """The village as cards: money and bodies at the left, its card and its officers at the right."""

    def __init__(self, desk: Desk, ways: Ways) -> None:
        super().__init__()
        funds, bodies = store.fund_balances(desk), store.bodies(desk)
        money = Card("专账")
        if funds:
            money.add(ChartView(funds_chart(map(standing, funds))))
            money.add(_sums(funds, ways.show_fund))
        else:
            money.add(Callout("还没有开专账。写上年度、资金来源和计划金额，就可以登记到账。"))
        groups = _headed("组织", "设立组织", ways.set_up_body)
        rows = [(*_body(body, store.members(desk, body.id)), _change(body, ways)) for body in bodies]
        nobody = Callout("还没有设立组织。议事会、理财小组、监督小组都要先设立。")
        groups.add(ReadTable(("组织", "成员", "任期", ""), rows, wide=(1,)) if rows else nobody)
        office = store.office(desk)
        card = _headed(office.name, "修改", ways.change_card)
        card.add(Facts(_card(office, store.household_count(desk)), 2, least=150))
        people = _headed("能登录办事的人", "添加", ways.appoint)
        officers = [(one.name, one.role.label) for one in store.active_officers(desk)]
        people.add(ReadTable(("姓名", "职责"), officers, wide=(0, 1)))
        signing = _headed("报账怎么审批", "换一种", ways.choose_chain)
        signing.add(_chain(chain_now(desk)))
        kin = _headed("近亲属回避", "登记", ways.record_kinship)
        known = [(one.holder, one.relative, one.relation) for one in store.kinships(desk)]
        nobody = Callout("还没有登记。登记以后，给任职人员的近亲属付钱会提醒，亲属之间不能互相审。")
        kin.add(ReadTable(("任职的人", "近亲属", "关系"), known, wide=(0, 1)) if known else nobody)
        self.body.addWidget(Beside([money, groups], [card, people, signing, kin]))
        self.body.addStretch(1)


def _headed(title: str, verb: str, act: Callable[[], object]) -> Card:
    return Card(title, extra=button(verb, act, kind="link"))


def _chain(chain: Chain | None) -> Facts | Callout:
    if chain is None:
        return Callout("规则里已经没有原来选的审批流程，请另选一种。")
    return Facts([Fact(chain.label, way_of(chain), wide=True)], 1)


def _card(office: Office, registered: tuple[int, int]) -> list[Fact]:
    households, people = registered
    known = f"{households:,} 户 {people:,} 人" if households else "还没有导入户册"
    return [
        Fact("所在乡镇", office.township),
        Fact("区划代码", office.code),
        Fact("户数", f"{office.households:,} 户"),
        Fact("人口", f"{office.population:,} 人"),
        Fact("户册里有", known, wide=True),
        Fact("受理异议的人", office.contact),
        Fact("单位电话", office.phone),
    ]


def _body(body: Body, members: Sequence[Membership]) -> tuple[str, str, str]:
    names = "、".join(one.name if one.duty == "成员" else f"{one.name}（{one.duty}）" for one in members)
    term = f"{members[0].first_day}\n至 {members[0].last_day}" if members else ""
    return body.name, names or "还没有成员", term


def _change(body: Body, ways: Ways) -> QPushButton:
    link = button("换成员", partial(ways.change_members, body), kind="link")
    link.setAccessibleName(f"换{body.name}的成员")
    return link


def _sums(funds: Sequence[FundBalance], show: Callable[[str], object]) -> ReadTable:
    """Each fund's sums and the way to it; what it began with and what was carried on stand where there is any."""
    is_begun, is_carried = any(one.opening_fen for one in funds), any(one.carried_fen for one in funds)
    heads = ("计划", *(("期初",) if is_begun else ()), "到账", "已支出", *(("结转",) if is_carried else ()), "结余")
    rows = [
        (
            _named(one.fund),
            yuan(one.fund.planned_fen),
            *((yuan(one.opening_fen),) if is_begun else ()),
            yuan(one.arrived_fen),
            yuan(one.paid_fen),
            *((yuan(one.carried_fen),) if is_carried else ()),
            yuan(one.left_fen),
            _way(one.fund, show),
        )
        for one in funds
    ]
    return ReadTable(("资金（元）", *heads, ""), rows, wide=(0,), amounts=tuple(range(1, len(heads) + 1)))


def _way(fund: Fund, show: Callable[[str], object]) -> QPushButton:
    link = button("打开", partial(show, fund.id), kind="link")
    link.setAccessibleName(f"打开{fund.label}")
    return link


def _named(fund: Fund) -> str:
    """A fund's name, and below it whose it is and by which document."""
    return "\n".join(part for part in (fund.label, "　".join(filter(None, (fund.owner, fund.document)))) if part)
