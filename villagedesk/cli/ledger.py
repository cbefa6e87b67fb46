"""Commands about the books: read and write them out, check numbers, cash, bank, advances."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.ledger import accounts, books, cashsheets, ledgers, numbers, sheets, store, usecases
from villagedesk.ledger.books import Run
from villagedesk.ledger.counting import VALUES, sum_of, value_label
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Statement, StatementKind, Uncashed, UncashedSide
from villagedesk.ledger.returned import proposed_items
from villagedesk.ledger.standing import standing
from villagedesk.payments.model import PayWay
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_balances, office

_HEADS = ("日期", "凭证号", "摘要", "对方", "项目、资金", "收入", "支出", "余额")
_WAYS = click.Choice([PayWay.TRANSFER.value, PayWay.CASH.value])
_SIDES = {
    "账收": UncashedSide.BOOKS_IN,
    "账付": UncashedSide.BOOKS_OUT,
    "行收": UncashedSide.BANK_IN,
    "行付": UncashedSide.BANK_OUT,
}


@click.group("ledger")
def ledger() -> None:
    """收支账：日记账、明细账、台账、收支表、分录、断号检查、银行和现金。"""


def _out(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that writes what it shows as paper or tables."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写成 .pdf 或 .xlsx 文件"
    )(command)


@ledger.command("book")
@click.argument("which", type=click.Choice(["bank", "cash", "fund", "project", "payee"]))
@click.argument("period")
@click.option("--of", "whose", default="", help="资金来源（如 县级补助）、项目名或收款人")
@_out
@click.pass_obj
def book(session: Session, which: str, period: str, whose: str, output: Path | None) -> None:
    """看一本账：bank 银行、cash 现金、fund 资金、project 项目、payee 收款人；PERIOD 如 2026、2026Q1、2026-03。"""
    desk, stretch = session.desk(write=False), typed.period(period)
    run, title = _run(desk, which, stretch, whose)
    found = books.entries(desk, run)
    draw = sheets.spending_sheet if run.adds else sheets.book_sheet
    rows = [
        (
            one.day, one.label, one.what, one.party, one.about,
            *map(yuan, (one.in_fen, one.out_fen, one.balance_fen)),
        )
        for one in found
    ]  # fmt: skip
    sums = run.totals
    said = listing(_HEADS, rows) + "\n" + sheets.arithmetic(sums) if not run.adds else listing(_HEADS, rows)
    data = {
        "opening": plain_yuan(sums.opening_fen), "in": plain_yuan(sums.in_fen), "out": plain_yuan(sums.out_fen),
        "closing": plain_yuan(sums.closing_fen), "count": len(run),
    }  # fmt: skip
    _answer(session, said, data, output, lambda: draw(office(desk), title, stretch.label, found, sums))


@ledger.command("income")
@click.argument("period")
@_out
@click.pass_obj
def income(session: Session, period: str, output: Path | None) -> None:
    """收支明细表：按资金、按类别、按月。"""
    desk, stretch = session.desk(write=False), typed.period(period)
    found = ledgers.income(desk, stretch)
    rows = [
        (one.name, *map(yuan, (one.opening_fen, one.in_fen, one.carried_fen, one.out_fen, one.closing_fen)))
        for one in found.funds
    ]
    data = [{"fund": one.name, "closing": plain_yuan(one.closing_fen)} for one in found.funds]
    said = listing(("资金", "期初", "到账", "结转", "支出", "期末"), rows)
    _answer(session, said, data, output, lambda: sheets.income_sheet(office(desk), found))


@ledger.command("projects")
@click.argument("period")
@click.option("--name", default="", help="只要一个项目的明细台账")
@_out
@click.pass_obj
def projects(session: Session, period: str, name: str, output: Path | None) -> None:
    """项目台账：预算、合同、支付、检查。"""
    desk, stretch = session.desk(write=False), typed.period(period)
    lines = ledgers.project_lines(desk, stretch)
    rows = [
        (one.project.name, *map(yuan, (one.budget_fen, one.contracted_fen, one.paid_fen, one.left_fen)), one.visits)
        for one in lines
    ]
    data = [{"id": one.project.id, "name": one.project.name, "left": plain_yuan(one.left_fen)} for one in lines]

    def draw() -> Sheet:
        if not name:
            return sheets.projects_sheet(office(desk), stretch, lines)
        card = ledgers.project_card(desk, typed.project_by(desk, name).id, stretch)
        return sheets.project_sheet(office(desk), card, stretch.last)

    _answer(session, listing(("项目", "预算", "合同", "已付", "结余", "检查"), rows), data, output, draw)


@ledger.command("postings")
@click.argument("period")
@_out
@click.pass_obj
def postings(session: Session, period: str, output: Path | None) -> None:
    """会计分录表：给乡镇代理记账用，借贷相等。"""
    desk, stretch, chart = session.desk(write=False), typed.period(period), accounts.load()
    lines = accounts.postings(desk, stretch, chart)
    rows = [
        (one.day, one.label, one.what, one.code, one.account, yuan(one.debit_fen), yuan(one.credit_fen))
        for one in lines
    ]
    data = {"count": len(lines), "debit": plain_yuan(sum(one.debit_fen for one in lines))}
    said = listing(("日期", "凭证号", "摘要", "科目编号", "科目", "借方", "贷方"), rows) + f"\n{chart.note}"
    _answer(session, said, data, output, lambda: cashsheets.postings_sheet(office(desk), stretch, lines, chart))


@ledger.command("numbers")
@click.option("--year", type=int, help="只查一年")
@_out
@click.pass_obj
def numbers_(session: Session, year: int | None, output: Path | None) -> None:
    """凭证断号重号检查：号数和流水对照。"""
    desk = session.desk(write=False)
    found = numbers.number_report(desk, year)
    rows = [
        (one.year, one.name, one.count, f"{one.first}—{one.last}", "；".join(one.faults) or "连号") for one in found
    ]
    data = [{"year": one.year, "series": one.name, "count": one.count, "faults": one.faults} for one in found]
    today = desk.clock.now().date()
    said = listing(("年度", "凭证", "张数", "起止", "结果"), rows)
    _answer(session, said, data, output, lambda: sheets.numbers_sheet(office(desk), found, today))


@ledger.command("money")
@click.pass_obj
def money(session: Session) -> None:
    """今天银行和现金账上各有多少，有什么要办的。"""
    desk = session.desk(write=False)
    today = desk.clock.now().date()
    there, found = store.holdings(desk, today), list(standing(desk, today))
    said = f"银行{yuan(there.bank_fen)}元，现金{yuan(there.cash_fen)}元，预借在外{yuan(there.advanced_fen)}元。"
    data = {
        "bank": plain_yuan(there.bank_fen), "cash": plain_yuan(there.cash_fen),
        "advanced": plain_yuan(there.advanced_fen), "findings": [one.message for one in found],
    }  # fmt: skip
    session.say("\n".join([said, *(one.message for one in found)]), data)


@ledger.command("cash")
@click.argument("kind", type=click.Choice([one.value for one in CashMoveKind]))
@click.argument("amount")
@click.option("--on", "day", default="", help="日期（默认今天）")
@click.option("--document", default="", help="支票或回单号")
@click.option("--reason", default="", help="超过现金限额时的原因")
@click.pass_obj
def cash(session: Session, kind: str, amount: str, day: str, document: str, reason: str) -> None:
    """登记存取现金：withdrawn 提取现金，deposited 存入银行。"""
    desk = session.desk()
    move = CashMove(kind=CashMoveKind(kind), moved_on=_day(desk, day), amount_fen=typed.fen(amount), document=document)
    stored = usecases.record_cash_move(desk, move, reason)
    session.say(f"{stored.kind.label}{yuan(stored.amount_fen)}元，记上了。", {"id": stored.id})


@ledger.command("advance")
@click.argument("taker")
@click.argument("amount")
@click.argument("purpose")
@click.option("--due", required=True, help="最迟归还日期")
@click.option("--on", "day", default="", help="日期（默认今天）")
@click.option("--by", "way", type=_WAYS, default=PayWay.TRANSFER.value, help="转账或现金")
@click.option("--reason", default="", help="前账没有结清、期限太长时的原因")
@click.pass_obj
def advance(session: Session, taker: str, amount: str, purpose: str, due: str, day: str, way: str, reason: str) -> None:
    """登记预借。"""
    desk = session.desk()
    wanted = Advance(
        taker=taker, purpose=purpose, amount_fen=typed.fen(amount), given_on=_day(desk, day), due_on=typed.day(due),
        pay_way=PayWay(way),
    )  # fmt: skip
    given = usecases.give_advance(desk, wanted, reason)
    session.say(f"{given.taker}预借{yuan(given.amount_fen)}元，记上了。", {"id": given.id})


@ledger.command("settle")
@click.argument("taker")
@click.argument("amount")
@click.option("--on", "day", default="", help="日期（默认今天）")
@click.option("--by", "way", type=_WAYS, default=PayWay.TRANSFER.value, help="转账或现金")
@click.pass_obj
def settle(session: Session, taker: str, amount: str, day: str, way: str) -> None:
    """登记归还预借没有花完的钱。"""
    desk = session.desk()
    back = usecases.settle_advance(
        desk, typed.advance_of(desk, taker).id, typed.fen(amount), _day(desk, day), PayWay(way)
    )
    session.say(f"{taker}归还{yuan(back.amount_fen)}元，记上了。", {"id": back.id})


@ledger.command("set-off")
@click.argument("number")
@click.pass_obj
def set_off(session: Session, number: str) -> None:
    """用一张已入账的凭证结清它该结清的预借，NUMBER 写成 2026-12 这样。"""
    desk = session.desk()
    voucher = typed.voucher_by(desk, number)
    settled = usecases.settle_by_voucher(desk, voucher.id)
    if settled is None:
        session.say(f"凭证{voucher.label}没有要结清的预借，账没有变动。", {"id": None})
        return
    session.say(f"凭证{voucher.label}结清了预借{yuan(settled.amount_fen)}元，记上了。", {"id": settled.id})


@ledger.command("statement")
@click.argument("amount")
@click.option("--on", "day", default="", help="对账单截至哪天（默认今天）")
@click.option("--item", "items", multiple=True, help="未达账项：账收|账付|行收|行付,事项,日期,金额")
@click.option("--alone", is_flag=True, help="不自动列入退票和没有发成的报酬")
@click.option("--note", default="", help="对完还差的，说明原因")
@_out
@click.pass_obj
def statement(
    session: Session, amount: str, day: str, items: tuple[str, ...], note: str, output: Path | None, *, alone: bool
) -> None:
    """和银行对账单核对，退票和没有发成的报酬自动列入未达账项；-o 写出余额调节表。"""
    desk = session.desk()
    stated = Statement(kind=StatementKind.BANK, stated_on=_day(desk, day), amount_fen=typed.fen(amount), note=note)
    known = [] if alone else proposed_items(desk, stated.stated_on)
    stored = usecases.assert_balance(desk, stated, [*known, *(_item(one) for one in items)])
    found = store.uncashed_of(desk, stored.id)
    listed = [f"  自动列入：{one.what}，{yuan(one.amount_fen)}元（{one.side.label}）" for one in known]
    said = "\n".join([f"对账单{yuan(stored.amount_fen)}元，账面{yuan(stored.books_fen)}元，记上了。", *listed])
    session.say(said, {"id": stored.id})
    if output:
        session.save_sheet(output, cashsheets.reconciliation_sheet(office(desk), stored, found))


@ledger.command("count")
@click.argument("counts", nargs=-1, required=True)
@click.option("--witness", required=True, help="监盘人")
@click.option("--on", "day", default="", help="盘点日期（默认今天）")
@click.option("--note", default="", help="账实不符的，说明原因")
@_out
@click.pass_obj
def count(session: Session, counts: tuple[str, ...], witness: str, day: str, note: str, output: Path | None) -> None:
    """现金盘点：每种面额写“面额=张数”，如 100元=12 5角=3；-o 写出盘点表。"""
    desk, counted = session.desk(), dict(_counted(one) for one in counts)
    stated = Statement(
        kind=StatementKind.CASH, stated_on=_day(desk, day), amount_fen=sum_of(counted), note=note, witness=witness
    )
    stored = usecases.assert_balance(desk, stated, (), counted)
    session.say(f"点得{yuan(stored.amount_fen)}元，账面{yuan(stored.books_fen)}元，记上了。", {"id": stored.id})
    if output:
        session.save_sheet(output, cashsheets.cash_count_sheet(office(desk), stored))


@ledger.command("blank-count")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def blank_count(session: Session, target: Path) -> None:
    """把空白的库存现金盘点表存成 PDF，带到现场填；上面有今天的账面余额。"""
    desk = session.desk(write=False)
    today = desk.clock.now().date()
    session.save_paper(target, cashsheets.blank_count_sheet(office(desk), store.held(desk, Book.CASH, today), today))


def _answer(session: Session, said: str, data: object, output: Path | None, draw: Callable[[], Sheet]) -> None:
    if output is None:
        session.say(said, data)
        return
    session.save_sheet(output, draw())
    session.say(f"写好了：{output}", {"file": str(output)})


def _run(desk: Desk, which: str, period: Period, whose: str) -> tuple[Run, str]:
    first, last = period.first, period.last
    if which in {"bank", "cash"}:
        found = Book(which)
        return books.day_book(desk, found, first, last), found.label
    if which == "fund":
        labels = {one.fund.label: one.fund for one in fund_balances(desk)}
        funds = [labels[whose]] if whose in labels else [labels[label] for label in labels if whose in label]
        fund = chosen(f"资金“{whose}”", funds)
        return books.fund_ledger(desk, fund.id, first, last), f"资金明细账：{fund.label}"
    if which == "project":
        project = typed.project_by(desk, whose)
        return books.project_ledger(desk, project.id, first, last), f"项目明细账：{project.name}"
    return books.payee_ledger(desk, whose, first, last), f"收款人明细账：{whose}"


def _day(desk: Desk, written: str) -> date:
    return typed.day(written) if written else desk.clock.now().date()


def _item(written: str) -> Uncashed:
    parts = written.replace("，", ",").split(",")
    if len(parts) != 4 or parts[0] not in _SIDES:
        raise click.BadParameter("未达账项请写成“账收|账付|行收|行付,事项,日期,金额”")
    side, what, since, amount = parts
    return Uncashed(side=_SIDES[side], what=what, since=typed.day(since), amount_fen=typed.fen(amount))


def _counted(written: str) -> tuple[int, int]:
    label, _, number = written.partition("=")
    by_label = {value_label(value): value for value in VALUES}
    if label not in by_label or not number.isdigit():
        raise click.BadParameter(f"“{written}”请写成“100元=12”这样，面额是{'、'.join(by_label)}")
    return by_label[label], int(number)


COMMANDS: tuple[click.Command, ...] = (ledger,)
