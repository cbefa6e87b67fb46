"""What the first page asks, it asks in words the books know."""

from villagedesk.app import today
from villagedesk.disclosure.model import NoticeState
from villagedesk.payments.model import ClaimState
from villagedesk.storage.desk import Desk


def test_every_state_that_is_asked_for_is_a_state_of_a_claim_or_a_notice() -> None:
    assert {state for state, *_ in today._CLAIMS} <= set(ClaimState)
    assert {state for state, *_ in today._NOTICES} <= set(NoticeState)


def test_a_new_desk_has_only_its_own_founding_to_report(desk: Desk) -> None:
    (todo,) = today.todos(desk)
    assert todo.page == "exchange"
    assert todo.words == f"{todo.count}条记录还没有上报乡镇"
