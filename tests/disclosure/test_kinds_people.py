"""Contracts, caretakers, spending, pay and the teams: the arithmetic, namesakes, and what nobody hopes for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.disclosure.books import Q1, Books, book, claim
from tests.golden import assert_golden
from villagedesk.deliberation.model import Meeting, Motion
from villagedesk.disclosure.books.money import vouchers_of
from villagedesk.disclosure.books.people import pay_sheets_of
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import pay, spending
from villagedesk.disclosure.usecases import prepare
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.money import LARGEST_FEN
from villagedesk.payments.model import Payroll, PayrollLine, Voucher
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Chart, Sheet, Table, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body, Person

GOLDEN = Path(__file__).parent / "golden"
LONG = ("阿依古丽·买买提艾力·" * 6)[:60]
"""A name of 60 characters."""
KINDS = ("contracts", "caretakers", "spending", "pay", "group")

each_kind = pytest.mark.parametrize("kind", KINDS)


def drawn(desk: Desk, kind: str, scope: Scope = Q1) -> Sheet:
    """Prepare a notice and see that it can be drawn."""
    sheet = kept_sheet(prepare(desk, kind, scope))
    assert draw(sheet).startswith(b"%PDF")
    return sheet


def tables(sheet: Sheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def contract(books: Books, **changed: object) -> Contract:
    facts = {
        "project_id": books.projects[1].id, "kind": ContractKind.WORKS, "party": "双石镇宏达工程队", "scope": "清运",
        "standard": "日产日清", "amount_fen": 1_00, "pay_cycle": "按月", "signed_on": date(2026, 3, 1),
        "first_day": date(2026, 3, 1), "last_day": date(2026, 12, 31),
    } | changed  # fmt: skip
    return Contract(**facts)  # type: ignore[arg-type]


def pay_out(
    desk: Desk, books: Books, lines: Sequence[tuple[Person, int]], number: int, day: date = date(2026, 3, 31)
) -> Voucher:
    """Put a pay sheet and pay it."""
    with desk.change("test.pay") as change:
        total = sum(fen for _, fen in lines)
        project = books.projects[1]
        sheet = change.put(
            Payroll(
                project_id=project.id, title=f"保洁员第{number}号表", period="2026Q1", sheet_date=day, total_fen=total
            )
        )
        change.put_all(
            PayrollLine(
                payroll_id=sheet.id, place=place, person_id=person.id, name=person.name, area="全村",
                account=person.account, amount_fen=fen,
            )
            for place, (person, fen) in enumerate(lines, 1)
        )  # fmt: skip
        return book(desk, change, claim(project, "报酬", "保洁员", total, day, sheet.id), number, day)


def take_back(desk: Desk, voucher: Voucher, number: int, day: date) -> None:
    with desk.change("test.back") as change:
        change.put(
            Voucher(
                year=2026, number=number, claim_id=voucher.claim_id, posted_on=day, project_id=voucher.project_id,
                fund_id=voucher.fund_id, payee=voucher.payee, purpose=voucher.purpose, amount_fen=-voucher.amount_fen,
                reverses_id=voucher.id, reason="金额记错", posted_by=change.actor_id,
            )
        )  # fmt: skip


def villagers(desk: Desk, books: Books, names_and_ids: Sequence[tuple[str, str]]) -> list[Person]:
    """Put people into the register."""
    home = books.people[0].household_id
    with desk.change("test.people") as change:
        return [
            change.put(
                Person(
                    household_id=home, name=name, initials="", relation="本人", sex="女", id_number=number,
                    born_on=date(1965, 3, 2), account=f"62170055{place:011d}", bank="农商行",
                )
            )
            for place, (name, number) in enumerate(names_and_ids)
        ]  # fmt: skip


# Contracts


def test_a_contracts_payments_are_taken_from_its_amount(desk: Desk, books: Books) -> None:
    with desk.change("test.more") as change:
        road = books.projects[0]
        paid = claim(road, "路面第一笔款", "双石镇宏达工程队", 30_000_00, date(2026, 3, 20))
        book(desk, change, paid, 6, date(2026, 3, 20))
        change.put(contract(books, project_id=road.id, amount_fen=2_000_00, pay_cycle="验收后付清"))
    sheet = drawn(desk, "contracts")
    assert "减截至2026年3月31日累计已付30,000.00元，等于尚未支付70,000.00元" in text_of(sheet)
    assert "核对：98,000.00＋2,000.00＝100,000.00元。" in text_of(sheet)
    row = tables(sheet)[1].rows[0]
    assert row[1:] == ("双石镇宏达工程队", "按进度、验收后付清", "100,000.00", "30,000.00", "70,000.00")


def test_more_paid_than_agreed_is_said_and_charted_as_nothing_left(desk: Desk, books: Books) -> None:
    with desk.change("test.more") as change:
        paid = claim(books.projects[0], "路面款", "双石镇宏达工程队", 99_000_00, date(2026, 3, 20))
        book(desk, change, paid, 6, date(2026, 3, 20))
    sheet = drawn(desk, "contracts")
    assert "“尚未支付”是负数的" in text_of(sheet)
    (chart,) = (block for block in sheet.blocks if isinstance(block, Chart))
    assert chart.bars[0].parts == (99_000_00, 0)


def test_contracts_show_no_caretakers_and_caretakers_no_contractors(desk: Desk, books: Books) -> None:
    assert "张䶮" not in text_of(drawn(desk, "contracts"))
    assert "宏达" not in text_of(drawn(desk, "caretakers"))


# Caretakers


@pytest.mark.parametrize(
    ("first", "last", "monthly"),
    [
        (date(2026, 3, 1), date(2026, 12, 31), "960.00"),
        (date(2026, 1, 15), date(2026, 7, 14), "1,600.00"),
        (date(2026, 1, 1), date(2026, 7, 31), "1,371.43"),
        (date(2026, 1, 1), date(2026, 3, 20), "—"),
        (date(2026, 3, 31), date(2026, 4, 29), "—"),
    ],
)
def test_pay_is_told_by_the_month_where_a_term_has_whole_months(
    desk: Desk, books: Books, first: date, last: date, monthly: str
) -> None:
    with desk.change("test.more") as change:
        facts = contract(
            books, kind=ContractKind.CARETAKING, party="严珍", amount_fen=9_600_00, first_day=first, last_day=last
        )
        change.put(facts)
    row = next(row for row in tables(drawn(desk, "caretakers"))[0].rows if row[1] == "严珍")
    assert row[5] == monthly


# Spending


@pytest.mark.parametrize("period", ["2026-03", "2026Q1", "2026"])
def test_spending_is_told_for_a_month_a_quarter_and_a_year(desk: Desk, books: Books, period: str) -> None:
    text = text_of(drawn(desk, "spending", Scope(Period.parse(period))))
    assert ("按月合计" in text) == (period != "2026-03")
    before = "12,600.00" if period == "2026-03" else "0.00"
    assert f"核对：以前支出{before}元" in text
    assert "等于预算结余173,900.00元。" in text


def test_sums_by_voucher_and_by_project_that_differ_stop_the_notice(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = vouchers_of(desk, Q1.period)
    monkeypatch.setattr(spending, "vouchers_of", lambda *_: found[1:])
    with pytest.raises(RuleViolation, match=r"按凭证加是13,500\.00元，按项目加是26,100\.00元"):
        prepare(desk, "spending", Q1)


def test_a_project_over_its_budget_says_by_how_much(desk: Desk, books: Books) -> None:
    with desk.change("test.more") as change:
        book(desk, change, claim(books.projects[2], "清淤", "陈龑", 61_000_00, date(2026, 3, 31)), 6, date(2026, 3, 31))
    sheet = drawn(desk, "spending")
    (chart,) = (block for block in sheet.blocks if isinstance(block, Chart))
    assert (chart.bars[2].parts, chart.bars[2].text) == ((0, 61_000_00, 0), "超预算1,000.00元")


# Pay


def test_what_somebody_got_twice_is_added_up_by_person(desk: Desk, books: Books) -> None:
    pay_out(desk, books, [(books.people[2], 600_00)], 6)
    sheet = drawn(desk, "pay")
    by_person = tables(sheet)[2]
    assert by_person.rows[2] == ("3", "张䶮", "2", "2,400.00")
    assert by_person.total == ("合计", "", "4", "6,000.00")
    assert "合计6,000.00元（人民币陆仟元整）。核对：5,400.00＋600.00＝6,000.00元。" in text_of(sheet)


def test_pay_taken_back_in_the_period_is_told_without_its_names(desk: Desk, books: Books) -> None:
    wrong = pay_out(desk, books, [(books.people[2], 700_00)], 6)
    take_back(desk, wrong, 7, date(2026, 3, 31))
    sheet = drawn(desk, "pay")
    assert [table.caption for table in tables(sheet)] == ["2026年第一季度保洁员报酬发放表", ""]
    assert tables(sheet)[1].rows == (("2026-7", "3月31日", "2026-6号“保洁员第6号表”", "金额记错", "-700.00"),)
    assert "本期发放人员报酬1次，合计5,400.00元" in text_of(sheet)


def test_pay_of_before_taken_back_now_is_taken_off(desk: Desk, books: Books) -> None:
    wrong = pay_out(desk, books, [(books.people[2], 700_00)], 6)
    take_back(desk, wrong, 7, date(2026, 4, 2))
    assert "保洁员第6号表" in text_of(drawn(desk, "pay"))
    after = text_of(drawn(desk, "pay", Scope(Period.quarter(2026, 2))))
    assert "合计-700.00元（人民币负柒佰元整）" in after
    assert "张䶮" not in after


def test_a_list_that_is_not_what_was_paid_stops_the_notice(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sheet,) = pay_sheets_of(desk, Q1.period)
    short = replace(sheet, lines=sheet.lines[1:])
    monkeypatch.setattr(pay, "pay_sheets_of", lambda *_: [short])
    with pytest.raises(RuleViolation, match=r"名单加起来是3,600\.00元，凭证2026-5号付了5,400\.00元"):
        prepare(desk, "pay", Q1)


def test_two_people_of_one_name_with_the_same_last_four_are_told_apart(desk: Desk, books: Books) -> None:
    same = villagers(desk, books, [("刘红", "51032219650302991X"), ("刘红", "51032219700302991X")])
    pay_out(desk, books, [(person, 100_00) for person in same], 6)
    names = {row[1] for row in tables(drawn(desk, "pay"))[1].rows}
    assert names == {"刘红（证件尾号991X甲）", "刘红（证件尾号991X乙）"}
    assert "按户册的先后注明甲、乙" in text_of(drawn(desk, "pay"))


# Teams


def test_what_a_team_voted_stands_with_its_figures(desk: Desk, books: Books) -> None:
    with desk.change("test.team") as change:
        body = change.put(Body(kind="村民小组会议", name="村民小组会议"))
        for number, day in (("1组2026年第1次", date(2026, 3, 6)), ("2组2026年第1次", date(2026, 3, 7))):
            meeting = change.put(
                Meeting(
                    body_id=body.id, basis="村民小组会议", number=number, held_on=day, place="1组院坝", chair="程组长",
                    recorder="李会计", entitled=30, present=24, recorded_by=change.actor_id,
                )
            )  # fmt: skip
            if number.startswith("1组"):
                motion = Motion(
                    meeting_id=meeting.id, number=1, subject="堰塘清淤各户出工一天", method="举手", yes=20, no=3,
                    abstain=1, is_passed=True, arithmetic="应到30人，实到24人，达到三分之二；同意20票，超过到会人数半数，通过",
                )  # fmt: skip
                change.put(motion)
    assert_golden(drawn(desk, "group"), GOLDEN / "group-met.txt")


# What nobody hopes for


@each_kind
@pytest.mark.parametrize("period", ["2031", "2031Q2", "2031-02"])
def test_a_period_with_nothing_says_so(desk: Desk, books: Books, kind: str, period: str) -> None:
    assert "没有" in text_of(drawn(desk, kind, Scope(Period.parse(period))))


@each_kind
def test_a_name_of_sixty_characters_and_the_largest_amount_are_drawn(desk: Desk, books: Books, kind: str) -> None:
    assert len(LONG) == 60
    with desk.change("test.long") as change:
        for contract_kind in ContractKind:
            change.put(contract(books, kind=contract_kind, party=LONG, scope=LONG, amount_fen=LARGEST_FEN))
        book(desk, change, claim(books.projects[0], LONG, LONG, LARGEST_FEN, Q1.period.last), 6, Q1.period.last)
    (person,) = villagers(desk, books, [(LONG, "510322198001019999")])
    pay_out(desk, books, [(person, LARGEST_FEN)], 7)
    text = text_of(drawn(desk, kind))
    assert "9,999,999,999.99" in text or "10,000,0" in text


@each_kind
def test_a_thousand_lines_are_drawn(desk: Desk, books: Books, kind: str) -> None:
    people = villagers(desk, books, [(f"村民{place}", f"5103221980{place:08d}") for place in range(1000)])
    pay_out(desk, books, [(person, 100_00 + place) for place, person in enumerate(people)], 6)
    with desk.change("test.many") as change:
        for place in range(1000):
            party = f"承包{place}"
            kinds = (ContractKind.WORKS, ContractKind.CARETAKING)
            change.put(contract(books, kind=kinds[place % 2], party=party))
            if place < 200:
                bought = claim(books.projects[0], f"第{place}笔", party, 1_00, Q1.period.last)
                book(desk, change, bought, 100 + place, Q1.period.last)
    sheet = drawn(desk, kind)
    longest = max(len(table.rows) for table in tables(sheet))
    assert longest >= {"contracts": 501, "caretakers": 502, "spending": 204, "pay": 1000, "group": 1}[kind]
