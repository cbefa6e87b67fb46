"""What the first page asks, it asks in words the books know."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.disclosure.books import issued, keep_books
from tests.exchange.conftest import kept_offices, offices
from tests.exchange.offices import Offices
from tests.payments.paying import a_claim, grant_project
from villagedesk.app import today
from villagedesk.disclosure import usecases
from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.model import NoticeState
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.payments.model import ClaimState
from villagedesk.payments.usecases import draft as draft_claim
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Role
from villagedesk.village.usecases import appoint

__all__ = ["kept_offices", "offices"]


def test_every_state_that_is_asked_for_is_a_state_of_a_claim_or_a_notice() -> None:
    assert {state for state, *_ in today._CLAIMS} <= set(ClaimState)
    assert {state for state, *_ in today._NOTICES} <= set(NoticeState)


def test_a_new_desk_has_only_its_own_founding_to_report(desk: Desk) -> None:
    (todo,) = today.todos(desk)
    assert todo.page == "exchange"
    assert todo.words == f"{todo.count}条记录还没有上报乡镇"


def words(desk: Desk) -> dict[str, today.Todo]:
    return {todo.words: todo for todo in today.todos(desk)}


def test_what_is_due_and_what_is_late_stands_first(desk: Desk, clock: SetClock) -> None:
    keep_books(desk, clock)
    clock.set(datetime(2026, 4, 18, 9, 0, tzinfo=CHINA))
    due = due_notices(desk, date(2026, 4, 18))
    found = today.todos(desk)
    assert [todo.words for todo in found[: len(due)]] == [one.words for one in due]
    assert all(todo.is_late for todo in found[: len(due)])
    assert "已过期3天，应在2026年4月15日前张贴" in found[len(due) - 1].note


def test_what_hung_its_days_may_come_down_then_goes_into_the_binder(desk: Desk, clock: SetClock) -> None:
    keep_books(desk, clock)
    notice, _ = issued(desk)
    posting = usecases.post_up(desk, notice.id, "村委会公示栏")
    over, away = "1张公示贴满了天数，可以取下", "1份公示取下来了，等归档"
    clock.set(datetime(2026, 4, 17, 9, 0, tzinfo=CHINA))
    assert over not in words(desk)
    clock.set(datetime(2026, 4, 18, 9, 0, tzinfo=CHINA))
    assert words(desk)[over].note == "最早的一张2026年4月17日期满"
    usecases.take_down(desk, posting.id)
    assert over not in words(desk)
    assert away in words(desk)
    usecases.file_away(desk, notice.id, "2026年卷宗")
    assert away not in words(desk)


@pytest.mark.parametrize(
    ("state", "said", "role"),
    [
        (ClaimState.WITNESSING, "1张报账单等证明人签字", Role.ACCOUNTANT),
        (ClaimState.SUBMITTED, "1张报账单等理财小组审核", Role.FINANCE_GROUP),
        (ClaimState.SUPERVISING, "1张报账单等村务监督委员会审核", Role.SUPERVISION),
        (ClaimState.REVIEWED, "1张报账单等村主要负责人审批", Role.HEAD),
        (ClaimState.DECIDING, "1张报账单等集体研究的决议", Role.ACCOUNTANT),
        (ClaimState.GRANTED, "1张报账单乡镇已同意，可以付款入账", Role.ACCOUNTANT),
    ],
)
def test_whoever_is_waited_for_is_told(desk: Desk, state: ClaimState, said: str, role: Role) -> None:
    draft = draft_claim(desk, a_claim(grant_project(desk)))
    with desk.change("test.moved") as change:
        change.put(replace(draft, state=state))
    assert words(desk)[said].role is role


def test_the_townships_leader_and_office_are_told_apart(offices: Offices) -> None:
    offices.take_up()
    township = offices.township
    assert words(township)["1张报账单等乡镇审核"].role is Role.CLERK
    appoint(township, "周镇长", Role.LEADER, "zhou-2026")
    told = words(township)
    assert told["1张报账单等乡镇主要领导审核"].role is Role.LEADER
    assert not any("财政所" in said for said in told)
    assert today.figures(township, [], [])[2].number == "1"
