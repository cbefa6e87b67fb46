"""A month is made ready by one person, closed by another, and opened again only with three people's word."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from tests.closing.months import (
    EXCUSE,
    FEBRUARY,
    JANUARY,
    a_month,
    agreed,
    closed,
    on,
    paid,
    prepared,
    reopened,
    ruled,
    stands,
)
from tests.payments.paying import YUAN, a_claim, as_, granted, submitted
from tests.village_fixtures import PASSWORD
from villagedesk.closing import facts
from villagedesk.closing.model import MonthState
from villagedesk.closing.papers import kept_paper, month_sheets
from villagedesk.closing.usecases import (
    agree_reopening,
    ask_reopening,
    close_month,
    prepare_closing,
    refuse_reopening,
)
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, MonthClosed, RuleViolation
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import Closing, ClosingState, ReopeningState
from villagedesk.ledger.monthfigures import kept_figures
from villagedesk.payments.model import ClaimState, Voucher
from villagedesk.projects.model import Project
from villagedesk.reports.pdf import draw
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.consent import Consent
from villagedesk.village.model import Arrival, Office
from villagedesk.village.usecases import dismiss, record_arrival, update_card


@pytest.fixture
def project(desk: Desk, clock: SetClock) -> Project:
    """A project that was paid for in January; it is 3 February."""
    return a_month(desk, clock)[0]


def codes(caught: "pytest.ExceptionInfo[RuleViolation]") -> list[str]:
    return [finding.code for finding in caught.value.findings]


def arrival(project: Project, day: date, amount_fen: int = 700 * YUAN) -> Arrival:
    assert project.fund_id
    return Arrival(fund_id=project.fund_id, arrived_on=day, amount_fen=amount_fen)


# Closing


@pytest.mark.usefixtures("project")
def test_a_month_is_closed_with_its_sums(desk: Desk) -> None:
    closing = closed(desk)
    figures = kept_figures(closing)
    (fund,) = figures.funds
    assert (fund.opening_fen, fund.in_fen, fund.out_fen, fund.closing_fen) == (0, 100_000_00, 300_00, 99_700_00)
    assert (figures.first, figures.last, figures.vouchers, figures.arrivals) == ("2026-1", "2026-1", 1, 1)
    assert closing.state is ClosingState.CLOSED
    assert stands(desk).state is MonthState.CLOSED
    assert altered_months(desk) == []
    assert not verify(desk.folder).faults


@pytest.mark.usefixtures("project")
def test_what_is_left_needs_an_excuse_that_is_kept(desk: Desk) -> None:
    as_(desk, "李会计")
    with pytest.raises(RuleViolation) as caught:
        prepare_closing(desk, JANUARY)
    assert "closing.unreconciled" in codes(caught)
    assert "closing.papers" in codes(caught)
    closing = closed(desk)
    assert closing.excuse == EXCUSE
    assert "2026年1月的银行存款没有和银行对账单核对。" in facts.passed_over(closing)


def test_what_is_wrong_in_the_books_blocks_whatever_is_written(desk: Desk, project: Project) -> None:
    """Somebody wrote a voucher past the use-cases and left numbers out."""
    claim = granted(desk, a_claim(project, 100 * YUAN))
    first = desk.find(Voucher)[0]
    with desk.change("test.gap") as change:
        change.put(replace(claim, state=ClaimState.PAID))
        change.put(replace(first, id="", version=0, number=9, claim_id=claim.id, amount_fen=100 * YUAN))
    with pytest.raises(RuleViolation, match="缺第2至8号") as caught:
        prepare_closing(desk, JANUARY, EXCUSE)
    assert codes(caught) == ["closing.check"]
    assert caught.value.findings[0].place == "oversight:"


@pytest.mark.usefixtures("project")
def test_a_month_is_not_closed_before_it_is_over(desk: Desk, clock: SetClock) -> None:
    closed(desk)
    on(clock, 2, 28)
    with pytest.raises(RuleViolation, match="2026年2月28日以后才能结账") as caught:
        prepare_closing(desk, FEBRUARY, EXCUSE)
    assert codes(caught) == ["closing.not_over"]
    on(clock, 3, 1)
    assert closed(desk, FEBRUARY).month == "2026-02"


@pytest.mark.usefixtures("project")
def test_months_are_closed_one_after_the_other(desk: Desk, clock: SetClock) -> None:
    on(clock, 3, 2)
    with pytest.raises(RuleViolation, match="请先结2026年1月的账"):
        prepare_closing(desk, FEBRUARY, EXCUSE)
    closed(desk)
    with pytest.raises(RuleViolation, match="已结账"):
        prepare_closing(desk, JANUARY, EXCUSE)
    for period in (Period(2025, 12, 1), Period(2026, 4, 1), Period.quarter(2026, 1)):
        with pytest.raises(RuleViolation, match="不在账上"):
            prepare_closing(desk, period, EXCUSE)


@pytest.mark.usefixtures("project")
def test_the_schema_too_lets_no_month_be_passed_over(desk: Desk, clock: SetClock) -> None:
    on(clock, 4, 2)
    first = closed(desk)
    skipped = replace(
        first, id="", version=0, month="2026-03", state=ClosingState.PREPARED, closed_on=None, closed_by=None
    )
    with pytest.raises(FrozenRecord, match="不能跳过"):
        _close_past_the_rules(desk, skipped, first)
    with pytest.raises(FrozenRecord, match="再由另一位确认"), desk.change("test.alone") as change:
        change.put(replace(first, id="", version=0, month="2026-02"))
    with pytest.raises(FrozenRecord, match="不能跳过"):
        _close_past_the_rules(desk, replace(skipped, month="2026-01", number=2), first)


def _close_past_the_rules(desk: Desk, ready: Closing, by: Closing) -> None:
    with desk.change("test.closed") as change:
        ready = change.put(ready)
        change.put(replace(ready, state=ClosingState.CLOSED, closed_on=by.closed_on, closed_by=by.closed_by))


@pytest.mark.usefixtures("project")
def test_who_made_it_ready_does_not_close_it(desk: Desk) -> None:
    ready = prepared(desk)
    with pytest.raises(RuleViolation, match="这一步由村主要负责人、民主理财小组办理"):
        close_month(desk, JANUARY)
    assert desk.actor
    desk.actor = replace(desk.actor, role="head")
    with pytest.raises(RuleViolation) as caught:
        close_month(desk, JANUARY)
    assert codes(caught) == ["closing.two_people"]
    alone = replace(ready, state=ClosingState.CLOSED, closed_on=ready.prepared_on, closed_by=ready.prepared_by)
    with pytest.raises(sqlite3.IntegrityError, match="closed_by <> prepared_by"), desk.change("test.alone") as change:
        change.put(alone)


@pytest.mark.usefixtures("project")
def test_only_what_was_made_ready_is_closed(desk: Desk) -> None:
    as_(desk, "钱组长")
    with pytest.raises(RuleViolation, match="要先由会计办好结账"):
        close_month(desk, JANUARY)
    with pytest.raises(RuleViolation, match="这一步由村会计办理"):
        prepare_closing(desk, JANUARY, EXCUSE)


def test_what_moved_since_it_was_made_ready_is_made_ready_again(desk: Desk, project: Project) -> None:
    first = prepared(desk)
    record_arrival(desk, arrival(project, date(2026, 1, 20)), "补登")
    as_(desk, "赵主任")
    with pytest.raises(RuleViolation, match="数字和办的时候不一样"):
        close_month(desk, JANUARY)
    again = prepared(desk)
    assert (again.id, again.version) == (first.id, 2)
    as_(desk, "赵主任")
    assert close_month(desk, JANUARY).number == 1


def test_what_came_up_since_is_not_passed_over_by_closing(desk: Desk, project: Project) -> None:
    prepared(desk)
    submitted(desk, a_claim(project, 55 * YUAN, spent_on=date(2026, 1, 30)))
    as_(desk, "钱组长")
    with pytest.raises(RuleViolation, match="请会计重新办一次结账") as caught:
        close_month(desk, JANUARY)
    assert codes(caught) == ["closing.new_findings", "closing.unreviewed"]


@pytest.mark.usefixtures("project")
def test_what_was_made_ready_may_be_closed_days_later(desk: Desk, clock: SetClock) -> None:
    """Nothing was written since; what is late is only later now, and that is nothing new."""
    on(clock, 4, 20)
    for month in (1, 2):
        closed(desk, Period(2026, month, 1))
    march = Period(2026, 3, 1)
    assert any("公示" in message for message in facts.passed_over(prepared(desk, march)))
    on(clock, 4, 25)
    with desk.change("test.touched") as change:
        change.put(desk.get(Office, desk.office_id))
    as_(desk, "赵主任")
    assert close_month(desk, march).state is ClosingState.CLOSED


def test_nothing_is_written_into_a_closed_month(desk: Desk, project: Project) -> None:
    prepared(desk)
    record_arrival(desk, arrival(project, date(2026, 1, 20)), "还没有结账，可以补登")
    closed(desk)
    with pytest.raises(MonthClosed, match=r"这个月已经结账.*账没有变动。"):
        record_arrival(desk, arrival(project, date(2026, 1, 21)), "补登")
    with pytest.raises(MonthClosed):
        record_arrival(desk, arrival(project, date(2025, 12, 31)), "比第一个结账的月份还早")
    assert record_arrival(desk, arrival(project, date(2026, 2, 1)), "记到没有结账的月份").version == 1


# Opening again


def test_a_month_is_opened_again_by_three_people_and_closed_again(
    desk: Desk, clock: SetClock, project: Project
) -> None:
    closing = closed(desk)
    reopening = agreed(desk, closing)
    assert stands(desk).state is MonthState.ASKED
    with pytest.raises(MonthClosed):
        record_arrival(desk, arrival(project, date(2026, 1, 20)), "乡镇还没有同意")
    on(clock, 2, 6)
    reopening = ruled(desk, reopening)
    assert (reopening.state, reopening.open_until) == (ReopeningState.GRANTED, date(2026, 2, 11))
    assert stands(desk).state is MonthState.REOPENED
    record_arrival(desk, arrival(project, date(2026, 1, 20)), "补登")
    again = closed(desk)
    assert (again.number, stands(desk).state) == (2, MonthState.CLOSED)
    assert desk.get(type(reopening), reopening.id).state is ReopeningState.ENDED
    with pytest.raises(MonthClosed):
        record_arrival(desk, arrival(project, date(2026, 1, 22)), "又关上了")
    assert kept_figures(closing).arrivals + 1 == kept_figures(again).arrivals
    assert not verify(desk.folder).faults


@pytest.mark.usefixtures("clock")
def test_the_second_opening_works_as_the_first(desk: Desk, project: Project) -> None:
    reopened(desk, closed(desk))
    reopened(desk, closed(desk))
    record_arrival(desk, arrival(project, date(2026, 1, 20)), "补登")
    assert closed(desk).number == 3
    with pytest.raises(MonthClosed):
        record_arrival(desk, arrival(project, date(2026, 1, 22)), "又关上了")


def test_when_its_days_are_over_the_month_shuts_by_itself(desk: Desk, clock: SetClock, project: Project) -> None:
    reopened(desk, closed(desk), days=2)
    on(clock, 2, 5)
    record_arrival(desk, arrival(project, date(2026, 1, 20)), "最后一天")
    on(clock, 2, 6)
    assert stands(desk).state is MonthState.LAPSED
    with pytest.raises(MonthClosed):
        record_arrival(desk, arrival(project, date(2026, 1, 22)), "过期了")
    on(clock, 3, 1)
    with pytest.raises(RuleViolation, match="请先结2026年1月的账"):
        prepare_closing(desk, FEBRUARY, EXCUSE)
    assert closed(desk).number == 2
    assert closed(desk, FEBRUARY).number == 1


@pytest.mark.usefixtures("project")
def test_the_township_may_allow_fewer_days(desk: Desk) -> None:
    reopening = ruled(desk, agreed(desk, closed(desk)), due_on=date(2026, 2, 4))
    assert reopening.open_until == date(2026, 2, 4)


@pytest.mark.usefixtures("project")
def test_a_refusal_leaves_the_month_closed(desk: Desk) -> None:
    closing = closed(desk)
    refused = ruled(desk, agreed(desk, closing), Ruling.RETURNED)
    assert (refused.state, stands(desk).state) == (ReopeningState.REFUSED, MonthState.CLOSED)
    asked = ask_reopening(desk, closing.id, "又查了一遍，确实漏了", 3)
    as_(desk, "赵主任")
    with pytest.raises(RuleViolation, match="请写明不同意的原因"):
        refuse_reopening(desk, asked.id, " ")
    assert refuse_reopening(desk, asked.id, "记到下月").state is ReopeningState.REFUSED
    with pytest.raises(RuleViolation, match="现在是“未同意”"):
        agree_reopening(desk, asked.id)


@pytest.mark.usefixtures("project")
def test_what_is_not_refused_any_more_is_called_what_it_is(desk: Desk) -> None:
    wish = agreed(desk, closed(desk))
    for state in ("待乡镇同意", "已同意，可以补记"):
        as_(desk, "赵主任")
        with pytest.raises(RuleViolation, match=f"现在是“{state}”"):
            refuse_reopening(desk, wish.id, "记到下月")
        ruled(desk, wish)


@pytest.mark.usefixtures("clock")
@pytest.mark.usefixtures("project")
def test_a_wish_needs_a_reason_a_term_and_its_turn(desk: Desk) -> None:
    january = closed(desk)
    for reason, days, code in ((" ", 3, "closing.reason"), ("漏记", 0, "closing.days"), ("漏记", 11, "closing.days")):
        with pytest.raises(RuleViolation) as caught:
            ask_reopening(desk, january.id, reason, days)
        assert codes(caught) == [code]
    ask_reopening(desk, january.id, "漏记", 3)
    with pytest.raises(RuleViolation, match="已经有一个反结账在办"):
        ask_reopening(desk, january.id, "漏记", 3)


@pytest.mark.usefixtures("project")
def test_only_the_month_closed_last_is_opened_again(desk: Desk, clock: SetClock) -> None:
    january = closed(desk)
    on(clock, 3, 1)
    february = closed(desk, FEBRUARY)
    with pytest.raises(RuleViolation, match="只能从最后结账的那个月开始"):
        ask_reopening(desk, january.id, "漏记", 3)
    reopened(desk, february)
    with pytest.raises(RuleViolation, match="已经有一个反结账在办"):
        ask_reopening(desk, january.id, "漏记", 3)


@pytest.mark.usefixtures("project")
def test_who_asked_does_not_agree(desk: Desk) -> None:
    asked = ask_reopening(desk, closed(desk).id, "漏记", 3)
    assert desk.actor
    desk.actor = replace(desk.actor, role="head")
    with pytest.raises(RuleViolation) as caught:
        agree_reopening(desk, asked.id)
    assert codes(caught) == ["closing.two_people"]


@pytest.mark.usefixtures("project")
def test_the_schema_lets_no_step_of_an_opening_be_left_out(desk: Desk) -> None:
    closing = closed(desk)
    asked = ask_reopening(desk, closing.id, "漏记", 3)
    head = desk.value("SELECT id FROM officers WHERE role = 'head'")
    for change_to, why in (
        (
            {"state": ReopeningState.GRANTED, "agreed_by": head, "open_until": date(2026, 2, 9)},
            "乡镇没有同意",
        ),
        ({"state": ReopeningState.ASKED, "open_until": date(2026, 2, 9)}, "村主要负责人和乡镇同意"),
        ({"state": ReopeningState.ENDED}, "村主要负责人和乡镇同意"),
    ):
        with pytest.raises(FrozenRecord, match=why), desk.change("test.shortcut") as change:
            change.put(replace(asked, **change_to))
    at_once = replace(asked, id="", version=0, state=ReopeningState.GRANTED, agreed_by=head, open_until=asked.asked_on)
    with pytest.raises(FrozenRecord, match="反结账要先申请"), desk.change("test.shortcut") as change:
        change.put(at_once)
    as_(desk, "赵主任")
    reopening = agree_reopening(desk, asked.id)
    with pytest.raises(FrozenRecord, match="乡镇没有同意"), desk.change("test.shortcut") as change:
        change.put(replace(reopening, state=ReopeningState.GRANTED, open_until=date(2026, 2, 9)))
    open_now = ruled(desk, reopening)
    with pytest.raises(FrozenRecord, match="开放的日子不能改"), desk.change("test.longer") as change:
        change.put(replace(open_now, open_until=date(2026, 12, 31)))
    closed(desk)
    ended = desk.get(type(reopening), reopening.id)
    with pytest.raises(FrozenRecord, match="乡镇没有同意"), desk.change("test.again") as change:
        change.put(replace(ended, state=ReopeningState.GRANTED, open_until=date(2026, 12, 31)))


# Papers


def test_the_papers_of_a_closed_month_print_the_same_for_ever(desk: Desk, clock: SetClock, project: Project) -> None:
    """Later payments, another fund, a renamed village and an officer who left change no byte of what was kept."""
    closing = closed(desk)
    before = {title: kept_paper(desk, closing, title) for title in facts.papers_of(closing)}
    again = {title: draw(sheet) for title, sheet in month_sheets(desk, desk.get(Closing, closing.id))}
    assert again == before, "nothing is on them that the books do not keep"
    for later in (2, 3, 4):
        on(clock, later, 20)
        paid(desk, project, (100 + later) * YUAN)
        on(clock, later + 1, 2)
        closed(desk, Period(2026, later, 1))
    again = {title: draw(sheet) for title, sheet in month_sheets(desk, desk.get(Closing, closing.id))}
    assert again == before, "and nothing that happens later"
    update_card(desk, replace(desk.get(Office, desk.office_id), phone="0813-6200009", name="青山新村"))
    dismiss(desk, desk.value("SELECT id FROM officers WHERE name = '钱组长'"), Consent("赵主任", PASSWORD))
    assert {title: kept_paper(desk, closing, title) for title in facts.papers_of(closing)} == before
    assert "结账单" in before
    assert "凭证登记簿" in before
