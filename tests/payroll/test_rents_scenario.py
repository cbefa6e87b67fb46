"""A quarter's rents in Chinese sentences: counted by the 亩, sent, come back, reconciled by themselves, paid again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from tests.payroll.posts import CHECKED, QUARTER
from tests.payroll.test_payroll_scenario import Pay, running, through_the_chain, two_desks
from villagedesk.exchange import usecases as exchange
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Statement, StatementKind, Uncashed, UncashedSide
from villagedesk.ledger.returned import proposed_items
from villagedesk.ledger.store import held, uncashed_of
from villagedesk.ledger.usecases import assert_balance
from villagedesk.payments import usecases as payments
from villagedesk.payments.model import PayrollKind, PayrollLine
from villagedesk.payroll import papers, store, usecases
from villagedesk.payroll.drafting import copied, proposed, recounted, work_line
from villagedesk.payroll.model import PayOutcome
from villagedesk.payroll.quantities import parse_quantity
from villagedesk.payroll.runs import Run
from villagedesk.reports.sheet import text_of
from villagedesk.storage.verify import verify
from villagedesk.village.model import Person

scenarios("rents.feature")

step = parsers.parse

given("青山村和双石镇各有一本账，互相登记了名片，户册已经导入", target_fixture="pay")(two_desks)
given(step("2026年县级补助到账{arrived:d}元，“{name}”项目已经开工，预算{budget:d}元"))(running)
when("会计提交，理财小组和村主任同意，数据包交给乡镇，乡镇同意，回执收回")(through_the_chain)


def rents(pay: Pay, lines: list[PayrollLine]) -> Run:
    """A sheet of these lines, reckoned."""
    return recounted(replace(proposed(pay.desk, PayrollKind.RENT, pay.project_id, QUARTER), lines=tuple(lines)))


def line_of(pay: Pay, name: str, what: str, written: str, price: str, off: str = "0") -> PayrollLine:
    """A line as it is typed."""
    (person,) = pay.desk.find(Person, "name = ?", [name])
    number, unit = parse_quantity(written) if written else (None, "")
    line = work_line(
        pay.desk, person, standard_fen=parse_yuan(price), quantity=number, unit=unit, work=what
    )  # fmt: skip
    return replace(line, deduction_fen=parse_yuan(off))


def reconciled(pay: Pay, day: date, stated_fen: int) -> list[Uncashed]:
    """Hold what the bank states against the books, with what they propose and nothing else; return what is open."""
    statement = Statement(kind=StatementKind.BANK, stated_on=day, amount_fen=stated_fen)
    kept = assert_balance(pay.desk, statement, proposed_items(pay.desk, day))
    return uncashed_of(pay.desk, kept.id)


@when("会计做2026年第一季度的承包费表")
def made(pay: Pay, datatable: list[list[str]]) -> None:
    pay.on(4, 5)
    run = rents(pay, [line_of(pay, *row) for row in datatable[1:]])
    pay.payroll, claim = usecases.make_payroll(pay.desk, run, CHECKED)
    pay.claim_id = claim.id


@then(step("表上{count:d}人，合计{total}元，数量合计{quantity}"))
def as_drawn_up(pay: Pay, count: int, total: str, quantity: str) -> None:
    assert len(store.lines_of(pay.desk, pay.sheet.id)) == count
    assert (pay.sheet.total_fen, pay.claim.amount_fen) == (parse_yuan(total),) * 2
    assert f"合计\n{quantity}\n" in text_of(papers.pay_sheet(pay.desk, pay.sheet.id)).replace("\n\n", "\n")


@then(step("表上写着“{words}”"))
def reckoned(pay: Pay, words: str) -> None:
    assert words in text_of(papers.pay_sheet(pay.desk, pay.sheet.id))


@then(step("没有写单位的数量做不出表，因为“{why}”"))
def without_unit(pay: Pay, why: str) -> None:
    with pytest.raises(RuleViolation, match=why):
        usecases.make_payroll(pay.desk, rents(pay, [line_of(pay, "孔丽芬", "果园", "2", "300")]), CHECKED)


@when(step("会计生成银行文件，付款入账，银行答复{count:d}人都成功"))
def sent_and_answered(pay: Pay, count: int) -> None:
    pay.on(4, 8)
    pay.send()
    pay.vouchers.append(payments.post(pay.desk, pay.claim_id))
    pay.on(4, 9)
    pay.answer_paid()
    assert list(pay.where().values()) == ["paid"] * count


@then(step("{month:d}月{day:d}日的对账单和账面一样，都是{total}元，没有未达账项"))
def equal(pay: Pay, month: int, day: int, total: str) -> None:
    stated_on = pay.on(month, day)
    assert held(pay.desk, Book.BANK, stated_on) == parse_yuan(total)
    assert reconciled(pay, stated_on, parse_yuan(total)) == []


@when(step("4月15日丁青强的钱退票，“{why}”"))
def bounced(pay: Pay, why: str) -> None:
    pay.on(4, 15)
    line = next(one for one in store.batch_lines(pay.desk, pay.batches[0].id) if one.name == "丁青强")
    usecases.record_answer(pay.desk, line.id, PayOutcome.BOUNCED, why)


@then(step("4月30日的对账单比账面多{more:d}元，账上自己列出{count:d}笔未达账项，对得上"))
def explained(pay: Pay, more: int, count: int) -> None:
    day = pay.on(4, 30)
    books = held(pay.desk, Book.BANK, day)
    with pytest.raises(RuleViolation, match="没有说明"):
        assert_balance(pay.desk, Statement(kind=StatementKind.BANK, stated_on=day, amount_fen=books + more * 100))
    items = reconciled(pay, day, books + more * 100)
    assert [(one.side, one.amount_fen) for one in items] == [(UncashedSide.BOOKS_OUT, more * 100)] * count


@then(step("这一笔写的是“{what}”，没有全名，也没有账号"))
def veiled(pay: Pay, what: str) -> None:
    (item,) = proposed_items(pay.desk, date(2026, 4, 30))
    assert (item.what, item.since) == (what, date(2026, 4, 15))


@when("5月6日会计改正丁青强的账号，再补发")
def again(pay: Pay) -> None:
    pay.on(5, 6)
    pay.correct("丁青强", "5103201234567890123458")
    pay.send()
    assert (pay.batches[-1].count, pay.batches[-1].reissues_id) == (1, pay.batches[0].id)


@then("银行没有答复以前，这一笔还列着")
def still_open(pay: Pay) -> None:
    assert len(proposed_items(pay.desk, date(2026, 5, 6))) == 1


@when("银行答复补发的1人成功")
def paid_at_last(pay: Pay) -> None:
    pay.on(5, 8)
    pay.answer_paid()


@then("每个人都拿到了钱，每个人正好拿到一次")
def once_each(pay: Pay) -> None:
    assert set(pay.where().values()) == {"paid"}
    rows = pay.desk.rows(
        """SELECT sum(a.outcome = 'paid') - sum(a.outcome = 'bounced') AS times
             FROM batch_lines l JOIN bank_answers a ON a.batch_line_id = l.id GROUP BY l.payroll_line_id"""
    )
    assert [row["times"] for row in rows] == [1] * 3


@then("做下一季度的承包费表，数量和单价都带过来")
def next_quarter(pay: Pay) -> None:
    run, differences = copied(pay.desk, pay.sheet.id, QUARTER.following)
    assert [str(one) for one in differences] == ["换了账号 丁青强：尾号3373→尾号3458"]
    assert (run.lines[0].ratio, run.lines[0].work, yuan(run.lines[0].amount_fen)) == (
        "5.5", "东沟水田（亩）", "3,300.00",
    )  # fmt: skip
    assert Decimal(run.lines[1].ratio) == Decimal("2.35")


@then("两本账都经得起核对")
def sound(pay: Pay) -> None:
    (pay.folder / "u盘2").mkdir()
    exchange.receive(pay.township, exchange.export(pay.desk, pay.folder / "u盘2").path)
    for desk in (pay.desk, pay.township):
        assert verify(desk.folder).faults == ()
    open_items = [one.what for one in pay.township.find(Uncashed)]
    assert open_items == ["2026年第一季度承包费退票，待补发：丁某某（尾号3373）"]
