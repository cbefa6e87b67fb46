"""A fund's plan is corrected and raised with a paper and a reason; both versions stay, and what stands on it holds."""

from datetime import date, datetime

import pytest

from tests.projects.money import budgeted
from tests.works import late_in_the_year
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.projects.store import COMMITTED
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village import plans, rules, store, usecases
from villagedesk.village.model import OWNERS, SOURCES, Arrival, Fund, Role

MORE = "县财农〔2026〕30号"


def fund_of(desk: Desk, fen: int = 100_000_00, source: str = "县级补助", owner: str = OWNERS[0]) -> Fund:
    return usecases.open_fund(
        desk, Fund(year=2026, source=source, owner=owner, planned_fen=fen, document="县财农〔2026〕1号")
    )


def refused(desk: Desk, fund: Fund, fen: int, document: str = MORE, reason: str = "追加") -> Finding:
    with pytest.raises(RuleViolation) as stopped:
        usecases.change_plan(desk, fund.id, fen, document, reason)
    (finding,) = stopped.value.findings
    return finding


def test_a_plan_is_raised_and_the_first_one_stays_in_the_journal(desk: Desk, clock: SetClock) -> None:
    fund = fund_of(desk)
    clock.set(datetime(2026, 7, 3, 9, 0, tzinfo=CHINA))
    raised = usecases.change_plan(desk, fund.id, 120_000_00, f" {MORE} ", "上级追加")
    assert (raised.planned_fen, raised.document) == (120_000_00, MORE)
    assert store.fund_balance(desk, fund.id).fund.planned_fen == 120_000_00
    (told,) = plans.plan_changes(desk, fund.id)
    assert (told.day, told.before_fen, told.after_fen) == (date(2026, 7, 3), 100_000_00, 120_000_00)
    assert (told.before_document, told.document) == ("县财农〔2026〕1号", MORE)
    assert (told.reason, told.by) == ("上级追加", "李会计")


def test_what_arrived_is_remembered_with_the_new_plan(desk: Desk) -> None:
    """What a balance was asked before is not answered again."""
    fund = fund_of(desk)
    assert store.fund_balance(desk, fund.id).available_fen == 100_000_00
    usecases.change_plan(desk, fund.id, 90_000_00, MORE, "更正")
    assert store.fund_balance(desk, fund.id).available_fen == 90_000_00


def test_nobody_but_the_accountant_changes_a_plan(desk: Desk) -> None:
    fund = fund_of(desk)
    desk.actor = Actor("head", "赵主任", Role.HEAD)
    assert refused(desk, fund, 1).code == "village.role"


def test_a_plan_is_never_less_than_what_arrived(desk: Desk) -> None:
    fund = fund_of(desk)
    usecases.record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=date(2026, 1, 5), amount_fen=60_000_00))
    found = refused(desk, fund, 59_999_99)
    assert found.code == "village.plan_arrived"
    assert "已经到账60,000.00元" in found.message
    assert found.place == f"ledger:fund:{fund.id}"
    assert usecases.change_plan(desk, fund.id, 60_000_00, MORE, "调减").planned_fen == 60_000_00


def test_a_plan_is_never_less_than_the_budgets_that_stand_on_it(desk: Desk, clock: SetClock) -> None:
    late_in_the_year(clock)
    fund = fund_of(desk)
    budgeted(desk, fund)
    found = refused(desk, fund, 39_999_99)
    assert found.code == "village.plan_budgets"
    assert "40,000.00元" in found.message
    assert found.place == "projects:budget"
    assert usecases.change_plan(desk, fund.id, 40_000_00, MORE, "调减").planned_fen == 40_000_00


def test_money_the_fund_began_with_carries_budgets_too(desk: Desk, clock: SetClock) -> None:
    late_in_the_year(clock)
    fund = fund_of(desk)
    usecases.open_balance(desk, fund.id, 15_000_00, date(2026, 1, 1), "2025年总账")
    budgeted(desk, fund)
    assert refused(desk, fund, 24_999_99).code == "village.plan_budgets"
    assert usecases.change_plan(desk, fund.id, 25_000_00, MORE, "调减").planned_fen == 25_000_00


def test_a_plan_that_was_too_low_for_its_budgets_may_be_raised_in_part(desk: Desk, clock: SetClock) -> None:
    """What a wrong plan left behind never bars the way back: only going down is looked at."""
    late_in_the_year(clock)
    fund = fund_of(desk)
    budgeted(desk, fund)
    with desk.change("test.plan") as change:
        from dataclasses import replace

        fund = change.put(replace(desk.get(Fund, fund.id), planned_fen=10_000_00))
    assert usecases.change_plan(desk, fund.id, 20_000_00, MORE, "追加").planned_fen == 20_000_00


@pytest.mark.parametrize("source", SOURCES)
def test_a_change_names_the_paper_it_rests_on(desk: Desk, source: str) -> None:
    fund = fund_of(desk, source=source)
    found = refused(desk, fund, 1, document="  ")
    assert (found.code, found.field) == ("village.plan_document", "document")
    assert ("文号" in found.message) == source.endswith("补助")
    assert ("会议" in found.message) != source.endswith("补助")


def test_a_change_says_why_and_changes_something(desk: Desk) -> None:
    fund = fund_of(desk)
    assert refused(desk, fund, 1, reason=" ").field == "reason"
    assert refused(desk, fund, -1).code == "village.fund_plan"
    assert refused(desk, fund, fund.planned_fen, fund.document).code == "village.plan_same"


def test_a_missing_document_is_added_and_the_plan_stays(desk: Desk) -> None:
    fund = usecases.open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=100))
    usecases.record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=date(2026, 1, 5), amount_fen=200), "追加")
    assert usecases.change_plan(desk, fund.id, 100, MORE, "补写文号").document == MORE
    (told,) = plans.plan_changes(desk, fund.id)
    assert (told.before_fen, told.after_fen, told.before_document) == (100, 100, "")


def test_the_plan_of_a_day_is_the_one_that_held_then(desk: Desk, clock: SetClock) -> None:
    clock.set(datetime(2026, 4, 2, 9, 0, tzinfo=CHINA))
    fund = fund_of(desk)
    assert plans.planned_on(desk, fund, date(2026, 1, 1)) == 100_000_00
    clock.set(datetime(2026, 7, 3, 9, 0, tzinfo=CHINA))
    fund = usecases.change_plan(desk, fund.id, 120_000_00, MORE, "追加")
    assert plans.planned_on(desk, fund, date(2026, 7, 2)) == 100_000_00
    assert plans.planned_on(desk, fund, date(2026, 7, 3)) == 120_000_00


def test_budgets_count_in_the_same_states_as_for_the_projects_own_rules() -> None:
    assert COMMITTED == plans.COMMITTED


def test_more_than_planned_leads_to_the_plan(desk: Desk) -> None:
    (found,) = rules.within_plan(2, 1, "village:F")
    assert found.place == "village:F"
    assert "改计划" in found.message


@pytest.mark.parametrize("owner", OWNERS)
def test_a_funds_name_is_the_same_in_the_books_and_in_the_program(desk: Desk, owner: str) -> None:
    fund = fund_of(desk, owner=owner)
    said = f"SELECT {store.fund_label('f')}, {store.fund_name('f')} FROM funds f"
    assert tuple(desk.rows(said)[0]) == (fund.label, fund.name)


def test_two_owners_money_of_one_year_and_source_reads_apart(desk: Desk) -> None:
    labels = {fund_of(desk, source="村集体", owner=owner).label for owner in OWNERS}
    assert labels == {"2026年村集体", "2026年村集体（集体经济组织）"}
