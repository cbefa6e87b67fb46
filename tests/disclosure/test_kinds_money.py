"""What slot ② tells of money: budget, arrivals and ledger, levies, the year's accounts; columns that add up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.disclosure.books import Q1, Books, book, claim
from tests.disclosure.matters import Matters, add_matters, told
from tests.golden import assert_golden
from villagedesk.disclosure.books import budgeted_projects, projects_of
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import annual, budget, funds, kind_named
from villagedesk.disclosure.tables import money_table
from villagedesk.disclosure.telling import short_day
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import parse_yuan
from villagedesk.projects.model import Levy
from villagedesk.reports.sheet import Sheet, Table, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OWNERS, Arrival, Fund, Opening
from villagedesk.village.usecases import change_plan

GOLDEN = Path(__file__).parent / "golden"
YEAR = Scope(Period(2026))
UNTIL = date(2026, 12, 31)


@pytest.fixture
def matters(desk: Desk, books: Books) -> Matters:
    """The quarter's books with all that slots ① and ② tell of."""
    return add_matters(desk, books)


def amounts(table: Table, *heads: str) -> list[tuple[int, ...]]:
    """The rows of a table as fen, the total last, of the columns named."""
    places = [place for place, column in enumerate(table.columns) if column.head in heads]
    return [tuple(parse_yuan(row[place]) for place in places) for row in (*table.rows, table.total)]


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet."""
    return [block for block in sheet.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("kind", ["budget", "funds", "levies", "annual"])
def test_a_whole_year_reads_as_it_was_approved(desk: Desk, matters: Matters, kind: str) -> None:
    scope = Scope(Period(2026), matters.levy.id) if kind == "levies" else YEAR
    sheet, findings = told(desk, kind, scope)
    assert findings == []
    assert_golden(sheet, GOLDEN / f"{kind}-full.txt")


def test_opening_and_in_less_out_is_closing_in_every_row(desk: Desk, matters: Matters) -> None:
    flows = next(table for table in tables(told(desk, "funds", Q1)[0]) if "期末结余" in {c.head for c in table.columns})
    for opening, came, went, closing in amounts(flows, "期初结余", "本期到账", "本期支出", "期末结余"):
        assert opening + came - went == closing


def test_each_month_begins_with_what_the_month_before_left(desk: Desk, matters: Matters) -> None:
    ledgers = [table for table in tables(told(desk, "funds", Q1)[0]) if table.columns[0].head == "月份"]
    assert [table.caption for table in ledgers] == ["2026年县级补助", "2026年村集体"]
    for ledger in ledgers:
        *months, _ = amounts(ledger, "月初结余", "收入", "支出", "月末结余")
        for (before, came, went, left), after in zip(months, [*months[1:], None], strict=True):
            assert before + came - went == left
            assert after is None or after[0] == left


def test_every_arrival_stands_in_the_register_with_its_document(desk: Desk, books: Books) -> None:
    with desk.change("test.arrival") as change:
        late = Arrival(
            fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1, document="荣财农〔2026〕9号"
        )
        change.put(late)
    register = tables(told(desk, "funds", Q1)[0])[1]
    assert [row[1:] for row in register.rows] == [
        ("1月20日", "2026年县级补助", "荣财农〔2026〕1号", "140,000.00"),
        ("2月2日", "2026年村集体", "—", "20,000.00"),
        ("3月31日", "2026年县级补助", "荣财农〔2026〕9号", "0.01"),
    ]


def test_what_a_fund_begins_with_and_carries_on_is_told_and_adds_up(desk: Desk, books: Books) -> None:
    """On the period's first day it is part of the opening, on a later day it has a column of its own."""
    with desk.change("test.carried") as change:
        older = change.put(Fund(year=2025, source="村集体", planned_fen=0))
        change.put(Opening(fund_id=older.id, opened_on=date(2026, 1, 1), amount_fen=900_00, document="2025年总账"))
        change.put(
            Opening(fund_id=books.village.id, opened_on=date(2026, 2, 5), amount_fen=900_00, from_fund_id=older.id)
        )
    sheet, findings = told(desk, "funds", Q1)
    assert findings == []
    flows = next(table for table in tables(sheet) if "期初结余" in [column.head for column in table.columns])
    assert [row[1:] for row in flows.rows] == [
        ("2026年县级补助", "40,000.00", "140,000.00", "0.00", "26,100.00", "153,900.00"),
        ("2026年村集体", "0.00", "20,000.00", "900.00", "0.00", "20,900.00"),
        ("2025年村集体", "900.00", "0.00", "-900.00", "0.00", "0.00"),
    ]
    assert "加本期到账160,000.00元，加结转0.00元，减本期支出26,100.00元" in text_of(sheet)
    second, findings = told(desk, "funds", Scope(Period.quarter(2026, 2)))
    assert findings == []
    flows = next(table for table in tables(second) if "期初结余" in [column.head for column in table.columns])
    assert flows.rows[1][1:] == ("2026年村集体", "20,900.00", "0.00", "0.00", "20,900.00")


def test_a_quarter_without_arrivals_or_payments_says_so(desk: Desk, books: Books) -> None:
    text = text_of(told(desk, "funds", Scope(Period.quarter(2026, 2)))[0])
    assert "2026年第二季度没有资金到账。" in text


def test_money_counted_in_other_ways_must_agree(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(funds, "arrivals_of", lambda *_: [])
    _, findings = told(desk, "funds", Q1)
    assert [one.message for one in findings] == [
        "本期到账按资金加是160,000.00元，按到账登记加是0.00元，对不上。请先检查账目。"
    ]
    monkeypatch.undo()
    monkeypatch.setattr(funds, "months_of", lambda *_: [])
    assert len(told(desk, "funds", Q1)[1]) == 2


def test_the_budget_adds_up_by_class_by_source_and_by_project(desk: Desk, matters: Matters) -> None:
    by_fund, by_class, by_project = tables(told(desk, "budget", YEAR)[0])
    total = amounts(by_project, "预算")[-1]
    assert amounts(by_class, "预算")[-1] == total == amounts(by_fund, "已安排项目")[-1] == (276_000_00,)
    for county, village, whole in amounts(by_project, "县级补助", "村集体", "预算"):
        assert county + village == whole


def test_a_project_without_a_fund_of_the_year_stops_the_budget(
    desk: Desk, matters: Matters, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = projects_of(desk, YEAR.period)
    astray = [replace(lines[0], fund_id="", source="", class_code="9"), *lines[1:]]
    monkeypatch.setattr(budget, "projects_of", lambda *_: astray)
    _, findings = told(desk, "budget", YEAR)
    assert [one.message[:7] for one in findings] == ["预算按资金来源", "预算按类别加是"]


def test_the_budget_is_due_with_the_first_resolution(desk: Desk, matters: Matters) -> None:
    kind = kind_named("budget")
    assert kind
    assert [(one.scope, one.happened_on) for one in kind.occasions(desk, UNTIL)] == [(YEAR, date(2026, 1, 12))]
    assert kind.occasions(desk, date(2026, 1, 11)) == []


def test_the_accounts_show_spending_of_the_years_before(desk: Desk, books: Books, matters: Matters) -> None:
    first = text_of(told(desk, "annual", YEAR)[0])
    assert "以前支出" not in first
    with desk.change("test.next") as change:
        late = claim(books.projects[2], "清淤尾款", "宏达工程队", 9_000_00, date(2027, 1, 5))
        voucher = book(desk, change, late, 6, date(2027, 1, 6))
        again = claim(books.projects[0], "养护尾款", "宏达工程队", 1_000_00, date(2027, 1, 5))
        book(desk, change, again, 7, date(2027, 1, 6))
    assert voucher.amount_fen == 9_000_00
    sheet, findings = told(desk, "annual", Scope(Period(2027)))
    assert findings == []
    works = tables(sheet)[-1]
    for planned, before, now, left in amounts(works, "预算", "以前支出", "本年支出", "预算结余"):
        assert planned - before - now == left
    assert amounts(works, "以前支出", "本年支出")[-1] == (20_700_00, 10_000_00)


def test_accounts_that_differ_are_found(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = budgeted_projects(desk, YEAR.period)
    monkeypatch.setattr(annual, "budgeted_projects", lambda *_: [replace(lines[0], class_code="9"), *lines[2:]])
    _, findings = told(desk, "annual", YEAR)
    assert [one.message[:7] for one in findings] == ["支出按资金加是", "支出按类别加是"]


def test_a_levy_is_told_with_its_vote_and_no_names(desk: Desk, matters: Matters) -> None:
    sheet, _ = told(desk, "levies", Scope(Period(2026), matters.levy.id))
    text = text_of(sheet)
    assert sheet.title.endswith("关于2026年“路灯维护”一事一议筹资筹劳方案的公示")
    assert "310×15.00＝4,650.00元" in text
    assert "120×2＝240个工日" in text
    assert "同意29票＋反对0票＋弃权1票＝30票" in text
    assert "议定240个工日，已出工90个工日，还差150个工日。" in text


def test_each_levy_is_an_event_of_its_own(desk: Desk, matters: Matters) -> None:
    kind = kind_named("levies")
    assert kind
    (one,) = kind.occasions(desk, UNTIL)
    assert (one.scope.topic_id, one.happened_on) == (matters.levy.id, date(2026, 2, 20))
    assert kind.occasions(desk, date(2026, 2, 19)) == []


def test_a_levy_of_money_alone_says_that_no_work_is_asked(desk: Desk, matters: Matters) -> None:
    with desk.change("test.levy") as change:
        facts = Levy(project_id=matters.patrol.id, resolved_on=date(2026, 2, 20), payers=3, fen_per_head=25_00)
        levy = change.put(facts)
    sheet, findings = told(desk, "levies", Scope(Period(2026), levy.id))
    text = text_of(sheet)
    assert "本项目不筹劳。" in text
    assert "没有减免人员。" in text
    assert "出工进度" not in text
    assert "超过上限，不能公示" in findings[0].message


@given(some.lists(some.tuples(some.integers(-(10**12), 10**12), some.integers(0, 10**12)), max_size=40))
def test_the_total_of_a_money_table_is_the_sum_of_its_rows(fens: list[tuple[int, int]]) -> None:
    table = money_table(("项目",), ("预算", "支出"), [(("路",), fen) for fen in fens])
    shown = [tuple(cell.replace(",", "").replace(".", "") for cell in row[2:]) for row in (*table.rows, table.total)]
    *rows, total = [tuple(map(int, row)) for row in shown]
    assert total == (sum(row[0] for row in rows), sum(row[1] for row in rows))
    assert table.carries == (len(fens) > 30)


def test_a_changed_plan_is_told_in_the_period_it_was_changed_and_not_before(desk: Desk, books: Books) -> None:
    """In April the county adds to the plan: the first quarter's notice still shows what held then."""
    change_plan(desk, books.county.id, 250_000_00, "荣财农〔2026〕9号", "上级追加。")
    first, second = (told(desk, "funds", Scope(Period.quarter(2026, number)))[0] for number in (1, 2))
    sentence = (
        f"“2026年县级补助”的计划，{short_day(desk.clock.now().date())}由240,000.00元改为250,000.00元。"
        "依据：荣财农〔2026〕9号。原因：上级追加。"
    )
    assert sentence in text_of(second)
    assert "改为" not in text_of(first)
    plans = [
        amounts(next(t for t in tables(one) if "计划数" in {c.head for c in t.columns}), "计划数")[0]
        for one in (first, second)
    ]
    assert plans == [(240_000_00,), (250_000_00,)]


def test_a_plan_that_was_changed_past_the_rules_is_told_all_the_same(desk: Desk, books: Books) -> None:
    with desk.change("test.plan") as change:
        change.put(replace(books.village, planned_fen=1_00))
    text = text_of(told(desk, "funds", Scope(Period.quarter(2026, 2)))[0])
    assert "由20,000.00元改为1.00元。依据：没有写。原因：没有写。" in text


def test_a_document_that_is_written_down_later_is_no_change_of_the_plan(desk: Desk, books: Books) -> None:
    change_plan(desk, books.village.id, books.village.planned_fen, "村民代表会议2026年第1次", "补写依据")
    assert "改为" not in text_of(told(desk, "funds", Scope(Period.quarter(2026, 2)))[0])


def test_the_money_of_two_owners_has_its_own_months_and_its_own_name(desk: Desk, books: Books) -> None:
    """Of one year and source they were one table before, which began with the other one's opening."""
    with desk.change("test.owners") as change:
        same = replace(books.county, id="", version=0, owner=OWNERS[1], planned_fen=500_00)
        other = change.put(same)
        change.put(Arrival(fund_id=other.id, arrived_on=date(2026, 1, 20), amount_fen=500_00))
    sheet, findings = told(desk, "funds", Q1)
    assert findings == []
    (months,) = (table for table in tables(sheet) if table.caption == "2026年县级补助（集体经济组织）")
    assert months.rows == (("1月", "0.00", "500.00", "0.00", "500.00"),)
