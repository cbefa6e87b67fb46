"""The village at a glance: its card, its money, its bodies, who may act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.bars import Bar
from villagedesk.ui.kit.beside import Beside
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card, Scrolling, footnote, rule
from villagedesk.ui.kit.detail import Fact, Facts
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap
from villagedesk.village import store
from villagedesk.village.model import Body, Membership, Office
from villagedesk.village.store import FundBalance


@dataclass(frozen=True, slots=True)
class Ways:
    """What the cards offer at their heads."""

    change_card: Callable[[], object]
    set_up_body: Callable[[], object]
    appoint: Callable[[], object]


class Overview(Scrolling):
    """The village as cards: money and bodies at the left, its card and its officers at the right."""

    def __init__(self, desk: Desk, ways: Ways) -> None:
        super().__init__()
        funds, bodies = store.fund_balances(desk), store.bodies(desk)
        money = Card("专账")
        money.add(_Funds(funds) if funds else Callout("还没有开专账。写上年度、资金来源和计划金额，就可以登记到账。"))
        groups = _headed("组织", "设立组织", ways.set_up_body)
        rows = [_body(body, store.members(desk, body.id)) for body in bodies]
        nobody = Callout("还没有设立组织。议事会、理财小组、监督小组都要先设立。")
        groups.add(ReadTable(("组织", "成员", "任期"), rows, wide=(1,)) if rows else nobody)
        office = store.office(desk)
        card = _headed(office.name, "修改", ways.change_card)
        card.add(Facts(_card(office, store.household_count(desk)), 2, least=150))
        people = _headed("能登录办事的人", "添加", ways.appoint)
        officers = [(one.name, one.role.label) for one in store.active_officers(desk)]
        people.add(ReadTable(("姓名", "职责"), officers, wide=(0, 1)))
        self.body.addWidget(Beside([money, groups], [card, people]))
        self.body.addStretch(1)


def _headed(title: str, verb: str, act: Callable[[], object]) -> Card:
    return Card(title, extra=button(verb, act, kind="link"))


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


class _Funds(QWidget):
    """Each fund with its four sums and a bar: the whole is the plan, pale what came, full what is paid."""

    def __init__(self, funds: Sequence[FundBalance]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(20))
        grid.setVerticalSpacing(gap(6))
        for place, balance in enumerate(funds):
            top = 4 * place
            fund = balance.fund
            name = label(f"{fund.year}年{fund.source}", "value", selectable=True)
            grid.addWidget(name, top, 0, 1, 2)
            owner = label("　".join(part for part in (fund.owner, fund.document) if part), "small")
            grid.addWidget(owner, top, 2, 1, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            bar = Bar(fund.planned_fen, balance.arrived_fen, balance.paid_fen)
            sums = (
                ("计划", fund.planned_fen),
                ("到账", balance.arrived_fen),
                ("已付", balance.paid_fen),
                ("还剩", balance.left_fen),
            )
            bar.setAccessibleName(f"{name.text()}：" + "，".join(f"{word}{yuan(fen)}元" for word, fen in sums))
            grid.addWidget(bar, top + 1, 0, 1, 4)
            for column, (word, fen) in enumerate(sums):
                grid.addWidget(label(f"{word} {yuan(fen)}", "" if word == "还剩" else "soft"), top + 2, column)
                grid.setColumnStretch(column, 1)
            if place < len(funds) - 1:
                grid.addWidget(rule(), top + 3, 0, 1, 4)
        last = 4 * len(funds)
        grid.addWidget(footnote("整条是计划，浅绿是到账，深绿是已付。单位：元"), last, 0, 1, 4)
